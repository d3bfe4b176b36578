// The edges between pairs of entities, in either direction.
UNWIND $pairs AS pair
MATCH (:Entity {id: pair[0]})-[edge]-(other:Entity)
WHERE other.id = pair[1] AND type(edge) IN $predicates AND ($statuses IS NULL OR edge.status IN $statuses)
RETURN DISTINCT type(edge) AS predicate, startNode(edge).id AS subject, endNode(edge).id AS object,
  properties(edge) AS edge
