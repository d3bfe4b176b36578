// Ids of statements that start with a prefix.
MATCH (said:Statement)
WHERE said.id STARTS WITH $start
WITH said.id AS id
ORDER BY id LIMIT $limit
RETURN id
