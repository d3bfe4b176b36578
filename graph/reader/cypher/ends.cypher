// The two ends of paths, each with how many edges lead on from it.
UNWIND $ids AS id
MATCH (entity:Entity {id: id})
RETURN entity.id AS id, entity.type AS type, entity.kind AS kind, entity.name AS name, entity.status AS status,
  COUNT {
    MATCH (entity)-[edge]-(:Entity)
    WHERE type(edge) IN $predicates AND ($statuses IS NULL OR edge.status IN $statuses)
  } AS edges
