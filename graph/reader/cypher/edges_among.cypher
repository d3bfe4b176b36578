// The edges between the given entities (induced subgraph).
UNWIND $ids AS id
MATCH (subject:Entity {id: id})-[edge]->(object:Entity)
WHERE type(edge) IN $predicates AND object.id IN $ids
RETURN type(edge) AS predicate, subject.id AS subject, object.id AS object,
  edge {.id, .status, .basis, .as_of, .articles, .origins, .holds, .statements, .due, .alternative, .operator, .edition,
    .implementation, .disagreements} AS edge
