/*
title: Edges told by several independent origins
topic: sources
question:
  en: What is told by two or more independent origins, and what only seems so because one text was translated?
  vi: Điều gì được từ hai nguồn độc lập trở lên nêu, và điều gì chỉ có vẻ như vậy vì là bản dịch của cùng một văn bản?
params:
  at_least:
    {type: integer, min: 1, max: 1000, default: 2, help: how many origins, vi: số nguồn tối thiểu}
  edge_type:
    {type: string, several: true, values_of: edges, default: any, help: types of edge asked for, vi: các loại quan hệ}
returns:
  subject:      {type: entity, help: where the edge starts, vi: chủ thể}
  subject_name: {help: its name, vi: tên chủ thể}
  edge_type:    {help: type of the edge, vi: loại quan hệ}
  object:       {type: entity, help: where the edge ends, vi: đối tượng}
  object_name:  {help: its name, vi: tên đối tượng}
  status:       {help: how far it is, vi: tình trạng}
  as_of:        {type: date, help: the day it held, vi: thời điểm}
  articles:     {type: integer, help: articles that tell it, vi: số bài báo}
  origins:      {type: integer, help: 'independent tellings: copies and translations of a text, and reports of one event, are one', vi: 'số nguồn độc lập: bản sao, bản dịch và các bài về cùng một sự kiện là một nguồn'}
  told_in:      {type: entities, help: the articles, vi: các bài báo}
  statements:   {type: statements, help: what the edge rests on, vi: các phát biểu làm căn cứ}
  many_articles: {type: boolean, help: as many articles tell it, vi: đủ số bài báo nêu, not: fewer articles tell it, not_vi: ít bài báo nêu hơn}
  many_origins: {type: boolean, help: as many independent origins tell it, vi: đủ số nguồn độc lập nêu, not: 'the articles go back to fewer origins', not_vi: các bài bắt nguồn từ ít nguồn hơn}
conditions: [many_articles, many_origins]
example: {}
expect:
  has:
    - {subject: 'person:pham-hong-quat', edge_type: HOLDS_ROLE, object: 'agency:most-startup-department', articles: 2, origins: 2}
  near:
    - {subject: 'province:thai-nguyen', edge_type: IMPLEMENTS, object: 'policy:57-nq-tw', articles: 2, origins: 1, fails: [many_origins]}
    - {subject: 'province:quang-ninh', edge_type: PLANS, object: 'fund:quang-ninh-venture-capital', articles: 2, origins: 1, fails: [many_origins]}
  never:
    - {edge_type: MERGED_INTO}
    - {origins: 1}
*/
MATCH (subject:Entity)-[edge]->(object:Entity)
WHERE type(edge) IN $edge_type AND edge.articles >= $at_least
UNWIND edge.statements AS one
MATCH (said:Statement {id: one})
OPTIONAL MATCH (said)-[:STATED_IN]->(article:Article)
WITH subject, edge, object, article.id AS source ORDER BY source
WITH subject, edge, object, collect(DISTINCT source) AS told_in
RETURN subject.id AS subject, subject.name AS subject_name, type(edge) AS edge_type, object.id AS object,
  object.name AS object_name, coalesce(edge.status, 'unclear') AS status, edge.as_of AS as_of,
  edge.articles AS articles, edge.origins AS origins, told_in, edge.statements AS statements,
  true AS many_articles, edge.origins >= $at_least AS many_origins
ORDER BY origins DESC, articles DESC, subject, edge_type, object
