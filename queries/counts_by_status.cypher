/*
title: Edges counted by type and status
topic: graph
question:
  en: How many edges of each type are there, how far is what they say, and how many actors and articles do they involve?
  vi: Mỗi loại quan hệ có bao nhiêu, ở tình trạng nào, liên quan đến bao nhiêu chủ thể và bài báo?
params:
  edge_type:
    {type: string, several: true, values_of: edges, default: any, help: types of edge asked for, vi: các loại quan hệ}
returns:
  edge_type:       {help: type of the edges, vi: loại quan hệ}
  status:          {help: how far it is, vi: tình trạng}
  edges:           {type: integer, help: edges that articles tell, vi: số quan hệ do bài báo nêu}
  reference_edges: {type: integer, help: 'edges known from reference tables only, not counted in the other columns', vi: 'số quan hệ chỉ có trong bảng tra cứu, không tính vào các cột khác'}
  entities:        {type: integer, help: entities at their ends, vi: số chủ thể ở hai đầu}
  provinces:       {type: integer, help: provinces and cities of today among them, vi: 'số tỉnh, thành phố hiện nay trong đó'}
  articles:        {type: integer, help: articles that tell them, vi: số bài báo}
  origins:         {type: integer, help: independent tellings among these, vi: số nguồn độc lập}
  statements:      {type: statements, help: what the edges rest on, vi: các phát biểu làm căn cứ}
example: {edge_type: [OPERATES, PLANS, PROPOSES, MERGED_INTO]}
expect:
  has:
    - {edge_type: MERGED_INTO, status: existing, edges: 0, reference_edges: 29, articles: 0, origins: 0}
    - {edge_type: OPERATES, status: disputed}
  never:
    - {edge_type: PLANS, status: existing}
    - {edge_type: OPERATES, status: planned}
*/
MATCH (start:Entity)-[edge]->(end:Entity)
WHERE type(edge) IN $edge_type
UNWIND edge.statements AS one
MATCH (said:Statement {id: one})
OPTIONAL MATCH (said)-[:STATED_IN]->(article:Article)
WITH edge, start, end, one, article.id AS source, coalesce(said.origin, article.origin) AS origin,
  edge.basis <> 'reference' AS told
ORDER BY one
UNWIND [start, end] AS body
WITH type(edge) AS edge_type, coalesce(edge.status, 'unclear') AS status, one, source, origin,
  CASE WHEN told THEN edge.id END AS told_edge, CASE WHEN told THEN null ELSE edge.id END AS looked_up,
  CASE WHEN told THEN body.id END AS actor,
  CASE WHEN told AND body:Province AND body.abolished_on IS NULL THEN body.id END AS province
RETURN edge_type, status, count(DISTINCT told_edge) AS edges, count(DISTINCT looked_up) AS reference_edges,
  count(DISTINCT actor) AS entities, count(DISTINCT province) AS provinces, count(DISTINCT source) AS articles,
  count(DISTINCT origin) AS origins, collect(DISTINCT one) AS statements
ORDER BY edge_type, status
