// Ids of the disagreements with a reading that uses one of the given statements.
UNWIND $ids AS id
MATCH (:Statement {id: id})<-[:RESTS_ON]-(:Reading)-[:READING_OF]->(about:Disagreement)
RETURN DISTINCT about.id AS id
