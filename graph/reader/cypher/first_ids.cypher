// The first entities by id.
MATCH (entity:Entity)
RETURN entity.id AS id
ORDER BY id
LIMIT $limit
