/*
title: Edges told by one origin
topic: sources
question:
  en: Which edges rest on one independent telling only?
  vi: Những quan hệ nào chỉ dựa vào một nguồn độc lập?
params:
  edge_type:
    {type: string, several: true, values_of: edges, default: any, help: types of edge asked for, vi: loại quan hệ}
  entity:
    {type: entity, help: only edges of it, vi: chỉ quan hệ của đối tượng này}
returns:
  subject:      {type: entity, help: where the edge starts, vi: điểm đầu của quan hệ}
  subject_name: {help: its name, vi: tên điểm đầu}
  predicate:    {help: type of the edge, vi: loại quan hệ}
  object:       {type: entity, help: where the edge ends, vi: điểm cuối của quan hệ}
  object_name:  {help: its name, vi: tên điểm cuối}
  status:       {help: how far it is, vi: tình trạng}
  basis:        {help: how firmly it is said, vi: mức căn cứ}
  as_of:        {type: date, help: the day it held, vi: thời điểm}
  origin:       {help: the one independent telling, vi: nguồn độc lập duy nhất}
  articles:     {type: entities, help: the articles of that origin that say so, vi: các bài báo của nguồn đó}
  in_reference: {type: boolean, help: a reference table says it too, vi: bảng tra cứu cũng nêu}
  statements:   {type: statements, help: what the row rests on, vi: các phát biểu làm căn cứ}
example: {edge_type: [HOLDS_ROLE, ISSUED]}
expect:
  has:
    - {subject: 'person:lam-dinh-thang', predicate: HOLDS_ROLE, articles: ['article:003', 'article:004']}
    - {subject: 'province:dong-nai', predicate: ISSUED, object: 'policy:469-kh-tu-dong-nai', articles: ['article:001']}
  never:
    - {subject: 'person:pham-hong-quat'}
    - {basis: reference}
*/
MATCH (one:Entity)-[edge]->(other:Entity)
WHERE type(edge) IN $edge_type AND edge.origins = 1 AND ($entity IS NULL OR one.id = $entity OR other.id = $entity)
UNWIND edge.statements AS sid
MATCH (said:Statement {id: sid})
OPTIONAL MATCH (said)-[:STATED_IN]->(article:Article)
WITH one, edge, other, said, article.id AS article, coalesce(said.origin, article.origin, article.id) AS origin
ORDER BY article
WITH one, edge, other, collect(DISTINCT article) AS articles, min(origin) AS origin,
  sum(CASE said.basis WHEN 'reference' THEN 1 ELSE 0 END) AS looked_up
RETURN one.id AS subject, one.name AS subject_name, type(edge) AS predicate, other.id AS object,
  other.name AS object_name, edge.status AS status, edge.basis AS basis, edge.as_of AS as_of, origin, articles,
  looked_up > 0 AS in_reference, edge.statements AS statements
ORDER BY predicate, subject, object
