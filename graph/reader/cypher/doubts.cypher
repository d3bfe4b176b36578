// Pairs of statement and disagreement, for disagreements whose readings use the given statements.
UNWIND $ids AS id
MATCH (:Statement {id: id})<-[:RESTS_ON]-(:Reading)-[:READING_OF]->(about:Disagreement)
RETURN DISTINCT id, about.id AS disagreement
