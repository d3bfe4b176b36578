// The number of statements and sentences of each article.
MATCH (article:Article)
RETURN article.id AS id,
  COUNT { (article)<-[:STATED_IN]-(:Statement) } AS statements,
  COUNT { (article)<-[:SENTENCE_OF]-(:Sentence) } AS sentences
