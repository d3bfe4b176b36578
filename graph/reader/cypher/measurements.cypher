// Ids of measurements; a parameter that is null does not filter.
MATCH (said:Measurement)-[:SUBJECT]->(subject:Entity)
WHERE said.id > $after
  AND ($subject IS NULL OR subject.id = $subject)
  AND ($indicator IS NULL OR said.indicator = $indicator)
RETURN said.id AS id
ORDER BY id LIMIT $limit
