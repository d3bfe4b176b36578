// The ledger of one article.
MATCH (:Entity {id: $article})<-[:SENTENCE_OF]-(sentence:Sentence)
RETURN sentence {.*} AS sentence
