// Number of entities by type.
MATCH (entity:Entity)
WITH entity.type AS type
RETURN type, count(*) AS entities
