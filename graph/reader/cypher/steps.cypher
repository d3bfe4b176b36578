// Entities with their edges, at most `most` per entity: one step of the bidirectional search.
UNWIND $ids AS id
MATCH (entity:Entity {id: id})
RETURN entity.id AS id, entity.type AS type, entity.kind AS kind, entity.name AS name, entity.status AS status,
  COLLECT {
    MATCH (entity)-[edge]-(other:Entity)
    WHERE type(edge) IN $predicates AND ($statuses IS NULL OR edge.status IN $statuses)
    RETURN [other.id, edge.status, edge.basis, edge.origins] LIMIT $most
  } AS edges
