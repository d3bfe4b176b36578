// Number of statements by every column that the report groups by.
MATCH (said:Statement)
OPTIONAL MATCH (said)-[:STATED_IN]->(article:Article)
WITH said.kind AS kind, said.predicate AS predicate, said.status AS status, said.basis AS basis,
  article.id AS article, said.as_of AS as_of
RETURN kind, predicate, status, basis, article, count(*) AS statements, max(as_of) AS latest
