/*
title: Edges with several independent origins
topic: sources
question:
  en: Which edges have two or more independent origins?
  vi: Điều gì được từ hai nguồn độc lập trở lên nêu?
asks: {needs: [corroborated], covers: [source, connected, statement, Article]}
params:
  min_origins:
    {type: integer, min: 1, max: 1000, default: 2, help: minimum number of origins, vi: số nguồn tối thiểu}
  predicate:
    {type: string, several: true, values_of: edges, default: any, help: predicates to include, vi: các loại quan hệ}
returns:
  subject:         {type: entity, help: subject of the edge, vi: chủ thể}
  subject_name:    {help: its name, vi: tên chủ thể}
  predicate:       {help: predicate of the edge, vi: loại quan hệ}
  object:          {type: entity, help: object of the edge, vi: đối tượng}
  object_name:     {help: its name, vi: tên đối tượng}
  status:          {help: stage it has reached, vi: tình trạng}
  basis:           {help: 'how we know it: stated, inferred, context or reference', vi: mức căn cứ}
  as_of:           {type: date, help: date on which it held, vi: tính đến ngày}
  disputed:        {type: boolean, help: sources or readings disagree about it, vi: 'các nguồn hoặc cách hiểu chưa thống nhất'}
  articles:        {type: integer, help: articles that state it, vi: số bài báo}
  origins:         {type: integer, help: 'number of independent origins; copies and translations of a text, and reports of one event, count as one', vi: 'số nguồn độc lập: bản sao, bản dịch và các bài về cùng một sự kiện là một nguồn'}
  article_ids:     {type: entities, help: the articles, vi: các bài báo}
  statements:      {type: statements, help: statements that support the edge, vi: các thông tin làm căn cứ}
example: {}
expect:
  has:
    - {subject: 'person:pham-hong-quat', predicate: HOLDS_ROLE, object: 'agency:most-startup-department', articles: 2, origins: 2}
  never:
    - {predicate: MERGED_INTO}
    - {origins: 1}
*/
MATCH (subject:Entity)-[edge]->(object:Entity)
WHERE type(edge) IN $predicate AND edge.origins >= $min_origins
UNWIND edge.statements AS statement_id
MATCH (statement:Statement {id: statement_id})
OPTIONAL MATCH (statement)-[:STATED_IN]->(article:Article)
WITH subject, edge, object, article.id AS article_id ORDER BY article_id
WITH subject, edge, object, collect(DISTINCT article_id) AS article_ids
RETURN subject.id AS subject, subject.name AS subject_name, type(edge) AS predicate, object.id AS object,
  object.name AS object_name, coalesce(edge.status, 'unclear') AS status, edge.basis AS basis, edge.as_of AS as_of,
  edge.disagreements IS NOT NULL AS disputed,
  edge.articles AS articles, edge.origins AS origins, article_ids, edge.statements AS statements
ORDER BY origins DESC, articles DESC, subject, predicate, object
