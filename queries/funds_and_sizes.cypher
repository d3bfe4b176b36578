/*
title: Funds and their sizes
topic: funds
question:
  en: How large is each fund, and for which funds do the articles not say so?
  vi: Mỗi quỹ lớn bao nhiêu, và quỹ nào không được bài báo nêu quy mô?
asks: {needs: [amount|rank, Fund|Fund.kind|@Fund], covers: [number, count, exist, Fund, give]}
params:
  fund:
    {type: entity, values_of: Fund, help: only this fund, vi: chỉ quỹ này}
  fund_kind:
    {type: string, several: true, values_of: Fund.kind, default: any, help: kind of fund, vi: loại quỹ}
returns:
  fund:         {type: entity, help: the fund, vi: quỹ}
  fund_name:    {help: its name, vi: tên quỹ}
  fund_kind:    {help: its kind, vi: loại quỹ}
  fund_status:  {help: status of the fund; the size of a planned fund is not money available today, vi: 'tình trạng của quỹ; quy mô của quỹ mới dự kiến chưa phải là tiền đã có'}
  indicator:    {help: what was measured, vi: chỉ số}
  comparator:   {help: 'whether the value is exact, approximate or a bound', vi: cách so sánh}
  value:        {type: value, help: the measured value, vi: giá trị}
  unit:         {help: its unit, vi: đơn vị}
  value_status: {help: 'actual, target or planned', vi: 'thực tế, mục tiêu hay kế hoạch'}
  basis:        {help: 'how we know it: stated, inferred, context or reference', vi: mức căn cứ}
  period:       {help: period that it covers, vi: giai đoạn}
  as_of:        {type: date, help: date on which it held, vi: tính đến ngày}
  due:          {type: date, help: 'date, year or period by which it is to be so; ../2030 means by 2030', vi: 'thời hạn: ngày, năm hoặc giai đoạn; ../2030 là chậm nhất năm 2030'}
  disputed:     {type: boolean, help: the number is part of a disagreement, vi: số liệu chưa thống nhất}
  articles:     {type: integer, help: number of articles that mention the fund, vi: số bài báo nói về quỹ}
  statements:   {type: statements, help: 'the measurement; if there is none, all statements about the fund', vi: 'số đo; nếu không có thì mọi thông tin về quỹ'}
  kind_matches: {type: boolean, help: the fund is of the requested kind, vi: đúng loại quỹ yêu cầu, not: the fund is of another kind, not_vi: 'quỹ thuộc loại khác'}
  size_stated:  {type: boolean, help: 'an article gives the capital of the fund; limits of what it may spend on a project do not count', vi: 'có bài báo nêu vốn của quỹ; không tính mức chi cho một dự án', not: the articles that mention it do not state its capital, not_vi: 'các bài báo nói về quỹ không nêu vốn của quỹ'}
conditions: [kind_matches, size_stated]
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
OPTIONAL MATCH (fund)<-[:SUBJECT]-(measurement:Measurement)
WHERE measurement.unit IN ['VND', 'USD'] AND (measurement.indicator CONTAINS 'capital' OR measurement.indicator CONTAINS 'size')
WITH fund, articles, measurement,
  COLLECT { MATCH (fund)<-[:SUBJECT|OBJECT|ABOUT]-(statement:Statement) RETURN DISTINCT statement.id AS statement_id
    ORDER BY statement_id } AS statement_ids
RETURN fund.id AS fund, fund.name AS fund_name, fund.kind AS fund_kind, coalesce(fund.status, 'unclear') AS fund_status,
  measurement.indicator AS indicator, measurement.comparator AS comparator, measurement.value AS value,
  measurement.unit AS unit,
  measurement.value_status AS value_status, measurement.basis AS basis, measurement.period AS period,
  measurement.as_of AS as_of, measurement.due AS due, EXISTS { (measurement)<-[:RESTS_ON]-(:Reading) } AS disputed, articles,
  CASE WHEN measurement IS NULL THEN statement_ids ELSE [measurement.id] END AS statements,
  fund.kind IN $fund_kind AS kind_matches, measurement IS NOT NULL AS size_stated
ORDER BY fund, indicator, period, measurement.id
