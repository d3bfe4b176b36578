/*
title: Statements counted by article
topic: sources
question:
  en: How many statements does each article make, by kind, basis and status?
  vi: Mỗi bài báo cho bao nhiêu thông tin, theo loại, căn cứ và tình trạng?
params:
  article:
    {type: entity, values_of: Article, help: only this article, vi: chỉ bài này}
returns:
  article:         {type: entity, help: the article, vi: bài báo}
  article_name:    {help: its title, vi: tên bài báo}
  kind:            {help: 'relation, measurement or claim', vi: 'quan hệ, số liệu hoặc nhận định'}
  basis:           {help: 'how we know it: stated, inferred or context', vi: mức căn cứ}
  status:          {help: 'status of a relation; for a measurement actual, target or planned; empty for a claim', vi: 'tình trạng của quan hệ; với số liệu là thực tế, mục tiêu hay kế hoạch; nhận định không có'}
  statement_count: {type: integer, help: number of statements, vi: số lượng}
  statements:      {type: statements, help: statements that are counted, vi: các thông tin được đếm}
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
MATCH (article:Article)<-[:STATED_IN]-(statement:Statement)
WHERE $article IS NULL OR article.id = $article
WITH article, statement.kind AS kind, statement.basis AS basis,
  coalesce(statement.status, statement.value_status) AS status, statement.id AS statement_id
ORDER BY statement_id
RETURN article.id AS article, article.name AS article_name, kind, basis, status,
  count(DISTINCT statement_id) AS statement_count,
  collect(DISTINCT statement_id) AS statements
ORDER BY article, kind, basis, coalesce(status, '')
