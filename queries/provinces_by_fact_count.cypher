/*
title: How much is told of each province
topic: provinces
question:
  en: How much do the articles tell of each province and city, and up to which day?
  vi: Các bài báo nói bao nhiêu về mỗi tỉnh, thành phố và đến thời điểm nào?
returns:
  province:        {type: entity, help: the province or city, vi: 'tỉnh, thành phố'}
  province_name:   {help: its name, vi: 'tên tỉnh, thành phố'}
  statement_count: {type: integer, help: 'statements of articles of which it is subject, object or topic', vi: 'số phát biểu trong bài mà tỉnh là chủ thể, đối tượng hoặc chủ đề'}
  edges:           {type: integer, help: edges at it that articles tell, vi: số quan hệ do bài báo nêu}
  reference_edges: {type: integer, help: edges at it from reference tables only, vi: số quan hệ chỉ có trong bảng tra cứu}
  mentions:        {type: integer, help: places in the articles where a name of it stands, vi: số chỗ trong bài có tên tỉnh}
  articles:        {type: integer, help: articles that speak of it, vi: số bài có nói đến}
  origins:         {type: integer, help: independent tellings among these, vi: số nguồn độc lập trong đó}
  last_as_of:      {type: date, help: the last day for which something is said of it, vi: thời điểm gần nhất được nói đến}
  statements:      {type: statements, help: the statements counted, vi: các phát biểu được đếm}
  of_today:        {type: boolean, help: it is a province or city of today, vi: là tỉnh hoặc thành phố hiện nay, not: 'it was abolished', not_vi: đã giải thể}
  spoken_of:       {type: boolean, help: an article speaks of it, vi: có bài nói đến, not: no article speaks of it, not_vi: không bài nào nói đến}
conditions: [of_today, spoken_of]
example: {}
expect:
  rows: {at_least: 8}
  near_misses: {at_least: 25}
  has:
    - {province: 'province:hai-phong', articles: 1, origins: 1}
    - {province: 'province:thai-nguyen', articles: 2, origins: 1, last_as_of: '2025-10-19'}
    - {province: 'province:lam-dong', articles: 2, origins: 1}
  near:
    - {province: 'province:da-nang', statement_count: 0, edges: 0, articles: 0, fails: [spoken_of]}
  never:
    - {province: 'province:binh-duong'}
    - {statement_count: 0, mentions: 0}
*/
MATCH (province:Province)
CALL (province) {
  OPTIONAL MATCH (province)<-[:SUBJECT|OBJECT|ABOUT]-(said:Statement)-[:STATED_IN]->(article:Article)
  RETURN said.id AS one, said.as_of AS day, 0 AS places, article.id AS source,
    coalesce(said.origin, article.origin) AS origin
  UNION ALL
  OPTIONAL MATCH (province)<-[named:MENTIONS]-(article:Article)
  RETURN null AS one, null AS day, coalesce(size(named.lines), 0) AS places, article.id AS source,
    article.origin AS origin
}
WITH * ORDER BY one
WITH province, collect(DISTINCT one) AS statements, max(day) AS last_as_of, sum(places) AS mentions,
  count(DISTINCT source) AS articles, count(DISTINCT origin) AS origins
RETURN province.id AS province, province.name AS province_name, size(statements) AS statement_count,
  COUNT { (province)-[edge]-(other:Entity) WHERE edge.basis IN ['stated', 'inferred', 'context'] } AS edges,
  COUNT { (province)-[edge]-(other:Entity) WHERE edge.basis = 'reference' } AS reference_edges,
  mentions, articles, origins, last_as_of, statements,
  province.abolished_on IS NULL AS of_today, articles > 0 AS spoken_of
ORDER BY statement_count DESC, mentions DESC, province
