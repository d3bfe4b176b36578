// Entities without edges; `statements` counts the statements about them (measurements and claims).
MATCH (entity:Entity)
WHERE NOT EXISTS { (entity)-[edge]-(:Entity) WHERE type(edge) IN $predicates }
RETURN entity.id AS id, entity.type AS type, entity.name AS name,
  COUNT { (entity)<-[:SUBJECT|OBJECT|SAID_BY|ABOUT]-(:Statement) } AS statements
ORDER BY id
