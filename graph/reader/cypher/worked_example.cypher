// One edge that explains edges well: supported by several articles, and planned if there is one.
MATCH (subject:Entity)-[edge]->(object:Entity)
WHERE type(edge) IN $predicates AND edge.basis <> 'reference'
WITH subject, edge, object, edge.id AS id, object.type AS kind, edge.articles AS articles,
  CASE WHEN edge.status = 'planned' THEN 0 ELSE 1 END AS status,
  CASE WHEN edge.basis = 'stated' THEN 0 ELSE 1 END AS basis
ORDER BY articles DESC, status, basis, kind, id LIMIT 1
RETURN subject {.id, .name} AS subject, type(edge) AS predicate, object {.id, .name} AS object,
  edge {.status, .basis, .as_of, .articles, .origins, .statements} AS edge
