// Ids of statements that begin so.
MATCH (said:Statement)
WHERE said.id STARTS WITH $start
WITH said.id AS id
ORDER BY id LIMIT $limit
RETURN id
