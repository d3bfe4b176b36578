// The two endpoints of a path search, each with the number of its edges that match the filter.
UNWIND $ids AS id
MATCH (entity:Entity {id: id})
RETURN entity.id AS id, entity.type AS type, entity.kind AS kind, entity.name AS name, entity.status AS status,
  COUNT {
    MATCH (entity)-[edge]-(:Entity)
    WHERE type(edge) IN $predicates AND ($statuses IS NULL OR edge.status IN $statuses)
  } AS edges
