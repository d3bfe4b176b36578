// The edges that some statements are added up in.
UNWIND $ids AS id
MATCH (said:Statement {id: id})-[:SUBJECT]->(one:Entity)
MATCH (said)-[:OBJECT]->(other:Entity)
MATCH (one)-[edge]-(other)
WHERE id IN edge.statements
RETURN said.id AS statement, type(edge) AS predicate, startNode(edge).id AS subject, endNode(edge).id AS object,
  edge.status AS status
