/*
title: Funds and their sizes
topic: funds
question:
  en: How large is each fund, and where do the articles not say so?
  vi: Mỗi quỹ lớn bao nhiêu, và quỹ nào không được bài báo nêu quy mô?
params:
  fund:
    {type: entity, values_of: Fund, help: only this fund, vi: chỉ quỹ này}
  fund_kind:
    {type: string, several: true, values_of: Fund.kind, default: any, help: kind of fund asked for, vi: loại quỹ}
returns:
  fund:          {type: entity, help: the fund, vi: quỹ}
  fund_name:     {help: its name, vi: tên quỹ}
  fund_kind:     {help: its kind, vi: loại quỹ}
  fund_status:   {help: 'how far it is; a size of a planned fund is no money that is there', vi: 'tình trạng của quỹ; quy mô của quỹ mới dự kiến chưa phải là tiền đã có'}
  indicator:     {help: what was measured, vi: chỉ số}
  comparator:    {help: how the value is meant, vi: cách so sánh}
  value:         {type: value, help: the measured value, vi: giá trị}
  unit:          {help: its unit, vi: đơn vị}
  value_status:  {help: 'actual, target or planned', vi: 'thực tế, mục tiêu hay kế hoạch'}
  period:        {help: the time it is for, vi: giai đoạn}
  as_of:         {type: date, help: the day it held, vi: thời điểm}
  articles:      {type: integer, help: articles that speak of the fund, vi: số bài báo nói về quỹ}
  statements:    {type: statements, help: 'the measurement; where there is none, all that is said of the fund', vi: 'số đo; nếu không có thì mọi phát biểu về quỹ'}
  kind_as_asked: {type: boolean, help: the fund is of a kind asked for, vi: đúng loại quỹ yêu cầu, not: 'the fund is of another kind', not_vi: 'quỹ thuộc loại khác'}
  size_stated:   {type: boolean, help: an article gives an amount of money for the fund, vi: có bài báo nêu số tiền của quỹ, not: 'no amount of money is stated in the articles that speak of it', not_vi: 'các bài báo nói về quỹ không nêu số tiền'}
conditions: [kind_as_asked, size_stated]
example: {}
expect:
  rows: 0
  near_misses: {at_least: 7}
  near:
    - {fund: 'fund:dong-nai-st-development', articles: 1, value: null, fails: [size_stated]}
    - {fund: 'fund:quang-ninh-venture-capital', articles: 2, fails: [size_stated]}
    - {fund: 'fund:ho-chi-minh-startup-support', articles: 2, fails: [size_stated]}
    - {fund: 'fund:khanh-hoa-venture-capital', articles: 1, fails: [size_stated]}
*/
MATCH (fund:Fund)
WHERE $fund IS NULL OR fund.id = $fund
CALL (fund) {
  MATCH (fund)<-[:SUBJECT|OBJECT|ABOUT]-(:Statement)-[:STATED_IN]->(article:Article)
  RETURN article.id AS article
  UNION
  MATCH (fund)<-[:MENTIONS]-(article:Article)
  RETURN article.id AS article
  UNION
  RETURN null AS article
}
WITH fund, count(article) AS articles
OPTIONAL MATCH (fund)<-[:SUBJECT]-(size:Measurement)
WITH fund, articles, size,
  COLLECT { MATCH (fund)<-[:SUBJECT|OBJECT|ABOUT]-(said:Statement) RETURN DISTINCT said.id AS said ORDER BY said } AS all_said
RETURN fund.id AS fund, fund.name AS fund_name, fund.kind AS fund_kind, coalesce(fund.status, 'unclear') AS fund_status,
  size.indicator AS indicator, size.comparator AS comparator, size.value AS value, size.unit AS unit,
  size.value_status AS value_status, size.period AS period, size.as_of AS as_of, articles,
  CASE WHEN size IS NULL THEN all_said ELSE [size.id] END AS statements,
  fund.kind IN $fund_kind AS kind_as_asked, coalesce(size.unit IN ['VND', 'USD'], false) AS size_stated
ORDER BY fund, indicator, period, size.id
