// Number of statements by the source of their date: their own, the article's, or none; of one entity if `id` is given.
CALL () {
  MATCH (said:Statement)
  WHERE $id IS NULL
  RETURN said
  UNION
  MATCH (:Entity {id: $id})<-[:SUBJECT|OBJECT|ABOUT|SAID_BY]-(said:Statement)
  RETURN said
}
WITH CASE WHEN said.period IS NOT NULL OR said.date IS NOT NULL THEN 'own'
  WHEN said.as_of IS NULL THEN 'none'
  WHEN coalesce(said.as_of_from, 'article') = 'article' THEN 'article' ELSE 'own' END AS dated
RETURN dated, count(*) AS statements
