/*
title: Edges with a single origin
topic: sources
question:
  en: Which edges rest on only one independent origin?
  vi: Những quan hệ nào chỉ dựa vào một nguồn độc lập?
asks: {needs: [single_source], covers: [source, connected, statement, Article]}
params:
  predicate:
    {type: string, several: true, values_of: edges, default: any, help: predicates to include, vi: loại quan hệ}
  entity:
    {type: entity, help: only edges of this entity, vi: chỉ quan hệ của đối tượng này}
returns:
  subject:           {type: entity, help: subject of the edge, vi: điểm đầu của quan hệ}
  subject_name:      {help: its name, vi: tên điểm đầu}
  predicate:         {help: predicate of the edge, vi: loại quan hệ}
  object:            {type: entity, help: object of the edge, vi: điểm cuối của quan hệ}
  object_name:       {help: its name, vi: tên điểm cuối}
  status:            {help: stage it has reached, vi: tình trạng}
  basis:             {help: 'how we know it: stated, inferred, context or reference', vi: mức căn cứ}
  as_of:             {type: date, help: date on which it held, vi: tính đến ngày}
  origin:            {help: its only independent origin, vi: nguồn độc lập duy nhất}
  articles:          {type: entities, help: articles of that origin that state it, vi: các bài báo của nguồn đó}
  also_in_reference: {type: boolean, help: whether a reference table states it too, vi: bảng tra cứu cũng nêu}
  statements:        {type: statements, help: statements that support the row, vi: các thông tin làm căn cứ}
example: {predicate: [HOLDS_ROLE, ISSUED]}
expect:
  has:
    - {subject: 'person:lam-dinh-thang', predicate: HOLDS_ROLE, articles: ['article:003', 'article:004']}
    - {subject: 'province:dong-nai', predicate: ISSUED, object: 'policy:469-kh-tu-dong-nai', articles: ['article:001']}
  never:
    - {subject: 'person:pham-hong-quat'}
    - {basis: reference}
*/
MATCH (subject:Entity)-[edge]->(object:Entity)
WHERE type(edge) IN $predicate AND edge.origins = 1 AND ($entity IS NULL OR subject.id = $entity OR object.id = $entity)
UNWIND edge.statements AS statement_id
MATCH (statement:Statement {id: statement_id})
OPTIONAL MATCH (statement)-[:STATED_IN]->(article:Article)
WITH subject, edge, object, statement, article.id AS article, coalesce(statement.origin, article.origin, article.id) AS origin
ORDER BY article
WITH subject, edge, object, collect(DISTINCT article) AS articles, min(origin) AS origin,
  sum(CASE statement.basis WHEN 'reference' THEN 1 ELSE 0 END) AS reference_count
RETURN subject.id AS subject, subject.name AS subject_name, type(edge) AS predicate, object.id AS object,
  object.name AS object_name, edge.status AS status, edge.basis AS basis, edge.as_of AS as_of, origin, articles,
  reference_count > 0 AS also_in_reference, edge.statements AS statements
ORDER BY predicate, subject, object
