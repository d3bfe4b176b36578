// Ids of the statements of an article.
MATCH (:Article {id: $article})<-[:STATED_IN]-(statement:Statement)
RETURN statement.id AS id
ORDER BY id
