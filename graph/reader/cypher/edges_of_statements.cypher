// The edges that combine the given statements.
UNWIND $ids AS id
MATCH (said:Statement {id: id})-[:SUBJECT]->(one:Entity)
MATCH (said)-[:OBJECT]->(other:Entity)
MATCH (one)-[edge]-(other)
WHERE id IN edge.statements
WITH said, edge, startNode(edge) AS start, endNode(edge) AS end
RETURN said.id AS statement, type(edge) AS predicate, properties(edge) AS edge, start {.id, .name} AS subject,
  end {.id, .name} AS object
