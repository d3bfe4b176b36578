/*
title: Statements counted by article
topic: sources
question:
  en: How many statements did each article give, by kind, basis and status?
  vi: Mỗi bài báo cho bao nhiêu phát biểu, theo loại, căn cứ và tình trạng?
params:
  article:
    {type: entity, values_of: Article, help: only this article, vi: chỉ bài này}
returns:
  article:         {type: entity, help: the article, vi: bài báo}
  article_name:    {help: its title, vi: tên bài báo}
  kind:            {help: 'relation, measurement or claim', vi: 'quan hệ, số liệu hoặc nhận định'}
  basis:           {help: how firmly the passages say so, vi: mức căn cứ}
  status:          {help: 'how far a relation is; of a measurement whether it is actual, target or planned; a claim has none', vi: 'tình trạng của quan hệ; với số liệu là thực tế, mục tiêu hay kế hoạch; nhận định không có'}
  statement_count: {type: integer, help: how many, vi: số lượng}
  statements:      {type: statements, help: the statements counted, vi: các phát biểu được đếm}
example: {article: 'article:002'}
expect:
  has:
    - {article: 'article:002', kind: relation, basis: stated, status: considered}
    - {article: 'article:002', kind: measurement, status: target, statement_count: 1}
    - {article: 'article:002', kind: measurement, status: planned, statement_count: 2}
  never:
    - {article: 'article:000'}
    - {basis: reference}
*/
MATCH (article:Article)<-[:STATED_IN]-(said:Statement)
WHERE $article IS NULL OR article.id = $article
WITH article, said.kind AS kind, said.basis AS basis, coalesce(said.status, said.value_status) AS status, said.id AS one
ORDER BY one
RETURN article.id AS article, article.name AS article_name, kind, basis, status, count(DISTINCT one) AS statement_count,
  collect(DISTINCT one) AS statements
ORDER BY article, kind, basis, coalesce(status, '')
