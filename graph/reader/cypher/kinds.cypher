// The kinds that entities have, by type.
MATCH (entity:Entity)
WHERE entity.kind IS NOT NULL
RETURN entity.type AS type, collect(DISTINCT entity.kind) AS kinds
