/*
title: Statements about each province
topic: provinces
question:
  en: How much do the articles say about each province and city, and up to which date?
  vi: Các bài báo nói bao nhiêu về mỗi tỉnh, thành phố và đến thời điểm nào?
asks: {needs: [coverage|rank, Province|coverage], covers: [Province, rank, order, count, Article, mention, statement, number, speak]}
returns:
  province:        {type: entity, help: the province or city, vi: 'tỉnh, thành phố'}
  province_name:   {help: its name, vi: 'tên tỉnh, thành phố'}
  statement_count: {type: integer, help: 'number of statements in articles of which it is subject, object or topic', vi: 'số thông tin trong bài mà tỉnh là chủ thể, đối tượng hoặc chủ đề'}
  edges:           {type: integer, help: number of its edges that articles state, vi: số quan hệ do bài báo nêu}
  reference_edges: {type: integer, help: number of its edges only from reference tables, vi: số quan hệ chỉ có trong bảng tra cứu}
  mentions:        {type: integer, help: number of times that articles name it, vi: số chỗ trong bài có tên tỉnh}
  articles:        {type: integer, help: number of articles that mention it, vi: số bài có nói đến}
  origins:         {type: integer, help: number of independent origins among these articles, vi: số nguồn độc lập trong đó}
  last_as_of:      {type: date, help: latest date of a statement about it, vi: ngày gần nhất được nói đến}
  statements:      {type: statements, help: statements that are counted, vi: các thông tin được đếm}
  is_current:      {type: boolean, help: it is a current province or city, vi: là tỉnh hoặc thành phố hiện nay, not: it has been abolished, not_vi: đã giải thể}
  is_mentioned:    {type: boolean, help: an article has a statement about it, vi: có bài nêu thông tin về tỉnh, not: no article has a statement about it, not_vi: không bài nào nêu thông tin về tỉnh}
conditions: [is_current, is_mentioned]
example: {}
expect:
  rows: {at_least: 8}
  near_misses: {at_least: 25}
  has:
    - {province: 'province:hai-phong', articles: 1, origins: 1}
    - {province: 'province:thai-nguyen', articles: 2, origins: 1, last_as_of: '2025-10-19'}
    - {province: 'province:lam-dong', articles: 2, origins: 1}
  near:
    - {province: 'province:da-nang', statement_count: 0, edges: 0, articles: 0, fails: [is_mentioned]}
  never:
    - {province: 'province:binh-duong'}
    - {statement_count: 0}
*/
MATCH (province:Province)
CALL (province) {
  OPTIONAL MATCH (province)<-[:SUBJECT|OBJECT|ABOUT]-(statement:Statement)-[:STATED_IN]->(article:Article)
  RETURN statement.id AS statement_id, statement.as_of AS day, 0 AS mention_count, article.id AS article_id,
    coalesce(statement.origin, article.origin) AS origin
  UNION ALL
  OPTIONAL MATCH (province)<-[mention:MENTIONS]-(article:Article)
  RETURN null AS statement_id, null AS day, coalesce(size(mention.lines), 0) AS mention_count, article.id AS article_id,
    article.origin AS origin
}
WITH * ORDER BY statement_id
WITH province, collect(DISTINCT statement_id) AS statements, max(day) AS last_as_of, sum(mention_count) AS mentions,
  count(DISTINCT article_id) AS articles, count(DISTINCT origin) AS origins
RETURN province.id AS province, province.name AS province_name, size(statements) AS statement_count,
  COUNT { (province)-[edge]-(neighbour:Entity) WHERE edge.basis IN ['stated', 'inferred', 'context'] } AS edges,
  COUNT { (province)-[edge]-(neighbour:Entity) WHERE edge.basis = 'reference' } AS reference_edges,
  mentions, articles, origins, last_as_of, statements,
  province.abolished_on IS NULL AS is_current, size(statements) > 0 AS is_mentioned
ORDER BY statement_count DESC, mentions DESC, province
