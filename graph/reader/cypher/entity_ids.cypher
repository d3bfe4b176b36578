// Ids of all entities.
MATCH (entity:Entity)
RETURN entity.id AS id
ORDER BY id
