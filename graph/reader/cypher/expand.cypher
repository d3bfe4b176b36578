// The edges of the given entities in both directions: one step of a neighbourhood.
UNWIND $ids AS id
MATCH (:Entity {id: id})-[edge]-(:Entity)
WHERE type(edge) IN $predicates
RETURN DISTINCT type(edge) AS predicate, startNode(edge).id AS subject, endNode(edge).id AS object,
  edge.origins AS origins
