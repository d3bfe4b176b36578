// Counts for one entity: relations, statements, articles and disagreements.
MATCH (entity:Entity {id: $id})
RETURN entity {.id, .type, .kind, .name, .status, .city_since} AS entity,
  COUNT { (entity)-[edge]-(:Entity) WHERE type(edge) <> 'MENTIONS' } AS relations,
  COLLECT { MATCH (entity)<-[:SUBJECT|OBJECT|SAID_BY|ABOUT]-(said:Statement) RETURN DISTINCT said.id } AS statements,
  COLLECT {
    MATCH (entity)<-[:SUBJECT|OBJECT|SAID_BY|ABOUT]-(:Statement)-[:STATED_IN]->(article:Article)
    RETURN DISTINCT article.id
  } AS articles,
  COLLECT { MATCH (entity)<-[:CONCERNS]-(about:Disagreement) RETURN about.id } AS disagreements,
  COLLECT {
    MATCH (entity)<-[:SUBJECT|OBJECT|SAID_BY|ABOUT]-(:Statement)<-[:RESTS_ON]-(:Reading)-[:READING_OF]->(about:Disagreement)
    RETURN DISTINCT about.id
  } AS doubts
