// Counts per article, by kind, and the ids of the disagreements that involve its statements.
MATCH (article:Article)
RETURN article.id AS id,
  COUNT { (article)<-[:STATED_IN]-(:Relation) } AS relations,
  COUNT { (article)<-[:STATED_IN]-(:Measurement) } AS measurements,
  COUNT { (article)<-[:STATED_IN]-(:Claim) } AS claims,
  COUNT { (article)<-[:SENTENCE_OF]-(sentence:Sentence) WHERE size(sentence.statements) > 0 } AS sentences_with_statements,
  COUNT { (article)-[:MENTIONS]->(:Entity) } AS entities,
  COLLECT {
    MATCH (article)<-[:STATED_IN]-(:Statement)<-[:RESTS_ON]-(:Reading)-[:READING_OF]->(about:Disagreement)
    RETURN DISTINCT about.id
  } AS disagreements
