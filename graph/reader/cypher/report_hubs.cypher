// The entities with the most edges; edges from reference tables are counted separately and do not make a hub.
MATCH (entity:Entity)-[edge]-(:Entity)
WHERE type(edge) IN $predicates
WITH entity.id AS id, entity.type AS type, entity.name AS name,
  sum(CASE WHEN edge.basis = 'reference' THEN 0 ELSE 1 END) AS edges,
  sum(CASE WHEN edge.basis = 'reference' THEN 1 ELSE 0 END) AS reference
WHERE edges > 0
RETURN id, type, name, edges, reference
ORDER BY edges DESC, id LIMIT $limit
