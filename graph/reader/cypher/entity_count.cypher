// The number of entities.
MATCH (entity:Entity)
RETURN count(entity) AS entities
