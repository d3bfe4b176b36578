// How many entities there are.
MATCH (entity:Entity)
RETURN count(entity) AS entities
