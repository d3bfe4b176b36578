// One entity with its names, its edges (without mentions) the disagreements about it, and those (`doubts`) with
// a statement in which it takes part; the reader sorts them.
MATCH (entity:Entity {id: $id})
RETURN entity {.*} AS entity,
  COLLECT { MATCH (entity)<-[:NAMES]-(name:Name) RETURN name {.text, .language, .kind, .article} } AS names,
  COLLECT {
    MATCH (entity)-[edge]->(other:Entity) WHERE type(edge) <> 'MENTIONS'
    RETURN {predicate: type(edge), edge: properties(edge), id: other.id, type: other.type, name: other.name, status: other.status}
  } AS leaving,
  COLLECT {
    MATCH (entity)<-[edge]-(other:Entity) WHERE type(edge) <> 'MENTIONS'
    RETURN {predicate: type(edge), edge: properties(edge), id: other.id, type: other.type, name: other.name, status: other.status}
  } AS arriving,
  COLLECT {
    MATCH (entity)<-[mention:MENTIONS]-(article:Article)
    RETURN {article: article.id, lines: mention.lines}
  } AS mentions,
  COLLECT { MATCH (entity)<-[:CONCERNS]-(about:Disagreement) RETURN about.id } AS disagreements,
  COLLECT {
    MATCH (entity)<-[:SUBJECT|OBJECT|SAID_BY|ABOUT]-(:Statement)<-[:RESTS_ON]-(:Reading)-[:READING_OF]->(about:Disagreement)
    RETURN DISTINCT about.id
  } AS doubts
