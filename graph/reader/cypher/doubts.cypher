// The disagreements that have some statements among their readings.
UNWIND $ids AS id
MATCH (:Statement {id: id})<-[:RESTS_ON]-(:Reading)-[:READING_OF]->(about:Disagreement)
RETURN DISTINCT id, about.id AS disagreement
