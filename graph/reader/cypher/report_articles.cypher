// Articles with the size of their ledgers and what each of their mentions counts.
MATCH (article:Article)
RETURN article.id AS id, article.name AS name, article.language AS language, article.published AS published,
  COUNT { (article)<-[:SENTENCE_OF]-(:Sentence) } AS sentences,
  COLLECT { MATCH (article)-[mention:MENTIONS]->(:Entity) RETURN size(mention.lines) } AS mentions
