// Entities that no edge ties to another one; `statements` counts those that tell of them all the same.
MATCH (entity:Entity)
WHERE NOT EXISTS { (entity)-[edge]-(:Entity) WHERE type(edge) IN $predicates }
RETURN entity.id AS id, entity.type AS type, entity.name AS name,
  COUNT { (entity)<-[:SUBJECT|OBJECT|SAID_BY|ABOUT]-(:Statement) } AS statements
ORDER BY id
