// Statements by id, with their subject, object, speaker, article, passage and topics.
UNWIND $ids AS id
MATCH (said:Statement {id: id})-[:SUBJECT]->(subject:Entity)
OPTIONAL MATCH (said)-[:OBJECT]->(object:Entity)
OPTIONAL MATCH (said)-[:SAID_BY]->(speaker:Entity)
OPTIONAL MATCH (said)-[place:STATED_IN]->(article:Article)
RETURN said {.*} AS statement, subject {.id, .name} AS subject, object {.id, .name} AS object,
  speaker {.id, .name} AS speaker, article {.id, .name, .url, .language} AS article,
  place {.line, .start, .end, .sha256} AS place,
  COLLECT { MATCH (said)-[:ABOUT]->(topic:Entity) RETURN topic {.id, .name} } AS topics
