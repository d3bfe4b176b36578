/*
title: Edges counted by predicate and status
topic: graph
question:
  en: How many edges are there of each predicate and status, and how many entities and articles do they involve?
  vi: Mỗi loại quan hệ có bao nhiêu, ở tình trạng nào, liên quan đến bao nhiêu chủ thể và bài báo?
params:
  predicate:
    {type: string, several: true, values_of: edges, default: any, help: predicates to include, vi: các loại quan hệ}
returns:
  predicate:       {help: predicate of the edges, vi: loại quan hệ}
  status:          {help: stage it has reached, vi: tình trạng}
  edges:           {type: integer, help: number of edges that articles state, vi: số quan hệ do bài báo nêu}
  reference_edges: {type: integer, help: number of edges known only from reference tables; not counted in the other columns, vi: 'số quan hệ chỉ có trong bảng tra cứu, không tính vào các cột khác'}
  entities:        {type: integer, help: number of subjects and objects, vi: số chủ thể ở hai đầu}
  provinces:       {type: integer, help: number of current provinces and cities among them, vi: 'số tỉnh, thành phố hiện nay trong đó'}
  articles:        {type: integer, help: number of articles that state them, vi: số bài báo}
  origins:         {type: integer, help: number of independent origins among these articles, vi: số nguồn độc lập}
  statements:      {type: statements, help: statements that support the edges, vi: các thông tin làm căn cứ}
example: {predicate: [HAS, PLANS, PROPOSES, MERGED_INTO]}
expect:
  has:
    - {predicate: MERGED_INTO, status: existing, edges: 0, reference_edges: 29, articles: 0, origins: 0}
    - {predicate: HAS, status: disputed}
  never:
    - {predicate: PLANS, status: existing}
    - {predicate: HAS, status: planned}
*/
MATCH (start:Entity)-[edge]->(end:Entity)
WHERE type(edge) IN $predicate
UNWIND edge.statements AS statement_id
MATCH (statement:Statement {id: statement_id})
OPTIONAL MATCH (statement)-[:STATED_IN]->(article:Article)
WITH edge, start, end, statement_id, article.id AS article_id, coalesce(statement.origin, article.origin) AS origin,
  edge.basis <> 'reference' AS is_stated
ORDER BY statement_id
UNWIND [start, end] AS end_entity
WITH type(edge) AS predicate, coalesce(edge.status, 'unclear') AS status, statement_id, article_id, origin,
  CASE WHEN is_stated THEN edge.id END AS stated_edge, CASE WHEN is_stated THEN null ELSE edge.id END AS reference_edge,
  CASE WHEN is_stated THEN end_entity.id END AS actor,
  CASE WHEN is_stated AND end_entity:Province AND end_entity.abolished_on IS NULL THEN end_entity.id END AS province
RETURN predicate, status, count(DISTINCT stated_edge) AS edges, count(DISTINCT reference_edge) AS reference_edges,
  count(DISTINCT actor) AS entities, count(DISTINCT province) AS provinces, count(DISTINCT article_id) AS articles,
  count(DISTINCT origin) AS origins, collect(DISTINCT statement_id) AS statements
ORDER BY predicate, status
