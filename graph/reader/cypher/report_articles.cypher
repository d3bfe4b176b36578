// Articles with the number of sentences in their ledger and the number of spans of each mention.
MATCH (article:Article)
RETURN article.id AS id, article.name AS name, article.language AS language, article.published AS published,
  COUNT { (article)<-[:SENTENCE_OF]-(:Sentence) } AS sentences,
  COLLECT { MATCH (article)-[mention:MENTIONS]->(:Entity) RETURN size(mention.lines) } AS mentions
