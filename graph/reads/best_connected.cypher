// Every entity with how many edges it has, most first.
MATCH (entity:Entity)
WITH entity.id AS id, COUNT { (entity)-[edge]-(:Entity) WHERE type(edge) IN $predicates } AS edges
RETURN id, edges
ORDER BY edges DESC, id
