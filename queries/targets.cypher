/*
title: Targets and planned values
topic: numbers
question:
  en: Which targets and planned values are stated, for whom and for which year?
  vi: Những mục tiêu và giá trị kế hoạch nào được nêu, của ai và cho năm nào?
asks: {needs: [target|goal|value_statuses], covers: [comparison, due, when, Province, plan, number, who, indicators, claim_types, goal, amount, count]}
params:
  subject:
    {type: entity, help: only targets of this entity, vi: mục tiêu của chủ thể này; để trống là tất cả}
  last_year:
    {type: integer, min: 1900, max: 2200, help: last year to include; a target without a year is then a near miss, vi: 'năm cuối cần hỏi; mục tiêu không nêu năm chỉ được coi là đáp ứng một phần'}
returns:
  subject:      {type: entity, help: entity that the target is about, vi: chủ thể của mục tiêu}
  subject_name: {help: its name, vi: tên chủ thể}
  indicator:    {help: what is to be reached, vi: chỉ số}
  comparator:   {help: 'whether the number is exact, approximate or a bound', vi: 'số chính xác, gần đúng hay là giới hạn'}
  value:        {type: value, help: the number, vi: giá trị}
  unit:         {help: its unit, vi: đơn vị}
  value_status: {help: target or planned, vi: mục tiêu hay kế hoạch}
  year:         {type: integer, help: 'last year of its period, if stated', vi: 'năm cuối của kỳ, nếu có nêu'}
  period:       {type: date, help: 'period or date of the number, if stated', vi: 'kỳ hoặc ngày của số liệu, nếu có nêu'}
  as_of:        {type: date, help: latest date on which it was stated, vi: ngày gần nhất được nêu}
  articles:     {type: entities, help: articles that state it, vi: các bài nêu mục tiêu}
  basis:        {help: 'how we know it: stated, inferred or context', vi: mức căn cứ}
  due:          {type: date, help: 'date, year or period by which it is to be so; ../2030 means by 2030', vi: 'thời hạn: ngày, năm hoặc giai đoạn; ../2030 là chậm nhất năm 2030'}
  disputed:     {type: boolean, help: it is part of a disagreement, vi: số liệu chưa thống nhất}
  is_rejected:  {type: boolean, help: 'another reading is preferred', vi: 'cách hiểu khác được chọn'}
  statements:   {type: statements, help: statements that support the row, vi: các thông tin làm căn cứ}
  is_target:    {type: boolean, help: 'it is a target or a plan, not an actual value', vi: 'là mục tiêu hoặc kế hoạch, không phải số thực tế', not: it is an actual value, not_vi: là số thực tế}
  year_matches: {type: boolean, help: its year is not after the last year to include, vi: không sau năm cuối cần hỏi, not: its year is later or not stated, not_vi: 'năm muộn hơn hoặc không nêu năm'}
conditions: [is_target, year_matches]
example: {last_year: '2025'}
expect:
  rows: 3
  has:
    - {subject: 'province:thai-nguyen', indicator: rd_share_of_grdp, comparator: more than, value: 1.0, unit: percent, year: 2025, articles: ['article:003', 'article:004']}
    - {subject: 'province:thai-nguyen', indicator: public_share_of_rd_spending, value: 60, disputed: true}
    - {subject: 'province:thai-nguyen', indicator: social_share_of_rd_spending, value: 60, disputed: true}
  near:
    - {subject: 'province:lam-dong', indicator: regional_innovation_centres, value: 3, value_status: planned, year: 2030, fails: [year_matches]}
    - {subject: 'province:hai-phong', indicator: startup_ecosystem_rank, comparator: at most, value: 1000, year: null}
  never:
    - {indicator: startup_support_centres}
    - {value_status: actual}
*/
MATCH (statement:Measurement)-[:SUBJECT]->(subject:Entity)
WHERE statement.value_status IN ['target', 'planned'] AND ($subject IS NULL OR subject.id = $subject)
OPTIONAL MATCH (statement)-[:STATED_IN]->(article:Article)
WITH subject, statement, statement.id AS id, article.id AS article_id,
  EXISTS { (statement)<-[:RESTS_ON]-(:Reading) } AS in_disagreement,
  EXISTS {
    MATCH (statement)<-[:RESTS_ON]-(reading:Reading)-[:READING_OF]->(disagreement:Disagreement)
    WHERE disagreement.preferred <> reading.position
  } AND NOT EXISTS {
    MATCH (statement)<-[:RESTS_ON]-(reading:Reading)-[:READING_OF]->(disagreement:Disagreement)
    WHERE disagreement.preferred = reading.position
  } AS in_rejected_reading
ORDER BY id, article_id
WITH subject, statement.indicator AS indicator, statement.comparator AS comparator, statement.value AS value,
  statement.unit AS unit,
  statement.value_status AS value_status, statement.period AS period, max(statement.as_of) AS as_of,
  collect(DISTINCT article_id) AS articles, count(CASE WHEN in_disagreement THEN 1 END) > 0 AS disputed,
  count(CASE WHEN NOT in_rejected_reading THEN 1 END) = 0 AS is_rejected, max(statement.due) AS due,
  min(CASE statement.basis WHEN 'stated' THEN 0 WHEN 'inferred' THEN 1 ELSE 2 END) AS basis_rank,
  collect(id) AS statements
WITH *, toInteger(left(split(coalesce(period, due), '/')[size(split(coalesce(period, due), '/')) - 1], 4)) AS year
RETURN subject.id AS subject, subject.name AS subject_name, indicator, comparator, value, unit, value_status, year,
  period, as_of, articles, ['stated', 'inferred', 'context'][basis_rank] AS basis, due, disputed, is_rejected, statements, true AS is_target,
  CASE WHEN $last_year IS NULL THEN true ELSE year <= $last_year END AS year_matches
ORDER BY coalesce(year, 9999), subject, indicator, statements[0]
