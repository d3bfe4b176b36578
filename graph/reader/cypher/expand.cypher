// The edges of some entities, to both sides: one step of a neighbourhood.
UNWIND $ids AS id
MATCH (:Entity {id: id})-[edge]-(:Entity)
WHERE type(edge) IN $predicates
RETURN DISTINCT type(edge) AS predicate, startNode(edge).id AS subject, endNode(edge).id AS object,
  edge.origins AS origins
