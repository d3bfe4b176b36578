/*
title: Targets and planned values
topic: numbers
question:
  en: Which targets and planned values are told, of whom and for which year?
  vi: Những mục tiêu và giá trị kế hoạch nào được nêu, của ai và cho năm nào?
params:
  subject:
    {type: entity, help: whose targets; without it all, vi: mục tiêu của chủ thể này; để trống là tất cả}
  until:
    {type: integer, min: 1900, max: 2200, help: 'the last year asked for; a target without a year is then a near miss', vi: 'năm cuối cần hỏi; mục tiêu không nêu năm sẽ là gần đạt'}
returns:
  subject:      {type: entity, help: whose target it is, vi: chủ thể của mục tiêu}
  subject_name: {help: its name, vi: tên chủ thể}
  indicator:    {help: what is to be reached, vi: chỉ số}
  comparator:   {help: 'whether the number is exact, nearly so or a bound', vi: 'số chính xác, gần đúng hay là giới hạn'}
  value:        {type: value, help: the number, vi: giá trị}
  unit:         {help: its unit, vi: đơn vị}
  value_status: {help: target or planned, vi: mục tiêu hay kế hoạch}
  year:         {type: integer, help: 'the last year of its period, where one is told', vi: 'năm cuối của kỳ, nếu có nêu'}
  period:       {type: date, help: 'period or day it is for, where one is told', vi: 'kỳ hoặc ngày của số liệu, nếu có nêu'}
  as_of:        {type: date, help: the last day on which it was told, vi: thời điểm gần nhất được nêu}
  articles:     {type: entities, help: articles that tell it, vi: các bài nêu mục tiêu}
  disputed:     {type: boolean, help: a disagreement rests on it, vi: số liệu còn mâu thuẫn}
  statements:   {type: statements, help: what the row rests on, vi: các phát biểu làm căn cứ}
  aimed_at:     {type: boolean, help: 'it is a target or a plan, not an actual value', vi: 'là mục tiêu hoặc kế hoạch, không phải số thực tế', not: 'it is an actual value', not_vi: là số thực tế}
  year_as_asked: {type: boolean, help: 'its year is not after the last one asked for', vi: không sau năm cuối cần hỏi, not: 'its year is later, or none is told', not_vi: 'năm muộn hơn hoặc không nêu năm'}
conditions: [aimed_at, year_as_asked]
example: {until: '2025'}
expect:
  rows: 3
  has:
    - {subject: 'province:thai-nguyen', indicator: rd_share_of_grdp, comparator: more than, value: 1.0, unit: percent, year: 2025, articles: ['article:003', 'article:004']}
    - {subject: 'province:thai-nguyen', indicator: public_share_of_rd_spending, value: 60, disputed: true}
    - {subject: 'province:thai-nguyen', indicator: social_share_of_rd_spending, value: 60, disputed: true}
  near:
    - {subject: 'province:lam-dong', indicator: regional_innovation_centres, value: 3, value_status: planned, year: 2030, fails: [year_as_asked]}
    - {subject: 'province:hai-phong', indicator: startup_ecosystem_rank, comparator: at most, value: 1000, year: null}
  never:
    - {indicator: startup_support_centres}
    - {value_status: actual}
*/
MATCH (said:Measurement)-[:SUBJECT]->(subject:Entity)
WHERE said.value_status IN ['target', 'planned'] AND ($subject IS NULL OR subject.id = $subject)
OPTIONAL MATCH (said)-[:STATED_IN]->(article:Article)
WITH subject, said, said.id AS id, article.id AS source, EXISTS { (said)<-[:RESTS_ON]-(:Reading) } AS open
ORDER BY id, source
WITH subject, said.indicator AS indicator, said.comparator AS comparator, said.value AS value, said.unit AS unit,
  said.value_status AS value_status, said.period AS period, max(said.as_of) AS as_of,
  collect(DISTINCT source) AS articles, count(CASE WHEN open THEN 1 END) > 0 AS disputed, collect(id) AS statements
WITH *, toInteger(left(split(period, '/')[size(split(period, '/')) - 1], 4)) AS year
RETURN subject.id AS subject, subject.name AS subject_name, indicator, comparator, value, unit, value_status, year,
  period, as_of, articles, disputed, statements, true AS aimed_at,
  CASE WHEN $until IS NULL THEN true ELSE year <= $until END AS year_as_asked
ORDER BY coalesce(year, 9999), subject, indicator, statements[0]
