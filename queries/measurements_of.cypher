/*
title: Numbers about an entity
topic: numbers
question:
  en: Which numbers do the articles give about an entity, and about its parts?
  vi: Các bài báo nêu những số liệu nào về một đối tượng và về các bộ phận của nó?
asks: {needs: [number|count|indicators, '@Province|@Agency|@Organisation|@Event|@Place|@Programme'], covers: [indicators, amount, count, number, statement, exist]}
params:
  entity:
    {type: entity, required: true, help: entity that the numbers are about, vi: đối tượng cần xem số liệu}
  indicator:
    {type: string, several: true, help: 'only these indicators; if empty, all', vi: 'chỉ các chỉ số này; để trống là tất cả'}
  include_parts:
    {type: boolean, default: false, help: also include numbers about its parts and about entities located in it, vi: kể cả số liệu của các bộ phận hoặc những gì nằm trong đối tượng}
returns:
  subject:       {type: entity, help: entity that the number is about, vi: chủ thể của số liệu}
  subject_name:  {help: its name, vi: tên chủ thể}
  is_about_part: {type: boolean, help: 'it is about a part of the requested entity, or an entity located in it', vi: số liệu của một bộ phận hoặc của đối tượng nằm trong}
  indicator:     {help: what is counted or measured, vi: chỉ số}
  comparator:    {help: 'whether the number is exact, approximate or a bound', vi: 'số chính xác, gần đúng hay là giới hạn'}
  value:         {type: value, help: the number, vi: giá trị}
  unit:          {help: its unit, vi: đơn vị}
  value_status:  {help: 'actual, target or planned', vi: 'thực tế, mục tiêu hay kế hoạch'}
  period:        {type: date, help: 'period or date of the number, if stated', vi: 'kỳ hoặc ngày của số liệu, nếu có nêu'}
  as_of:         {type: date, help: date on which it held, vi: tính đến ngày}
  basis:         {help: 'how we know it: stated, inferred or context', vi: mức căn cứ}
  speaker:       {type: entity, help: 'speaker, if one is named', vi: 'người phát biểu, nếu có nêu'}
  speaker_name:  {help: name of the speaker, vi: tên người phát biểu}
  scope:         {help: 'which extent of a merged province it is about: before, after, whole or part', vi: 'phạm vi của tỉnh đã sáp nhập: trước, sau, toàn bộ hay một phần'}
  articles:      {type: entities, help: articles that state it, vi: các bài nêu số liệu}
  origins:       {type: integer, help: 'number of independent origins; translations of one text count as one', vi: 'số nguồn độc lập; các bản dịch của một văn bản là một nguồn'}
  disputed:      {type: boolean, help: it is part of a disagreement, vi: số liệu chưa thống nhất}
  statements:    {type: statements, help: 'the statements that give this number, also those of translations of one text', vi: 'các thông tin nêu số liệu này, kể cả của các bản dịch'}
example: {entity: 'province:hai-phong', include_parts: 'true'}
expect:
  rows: {at_least: 28}
  has:
    - {subject: 'province:hai-phong', indicator: st_budget_spending, value: 63000000000, unit: VND, period: '2021', disputed: true}
    - {subject: 'province:hai-phong', indicator: population, comparator: more than, value: 4600000}
    - {subject: 'event:techfest-hai-phong', indicator: projects, value: 23, period: '2017', is_about_part: true}
    - {subject: 'centre:hai-phong-urban-complex', indicator: area, comparator: nearly, value: 100, unit: ha}
  never:
    - {indicator: startup_ecosystem_rank, value_status: actual}
    - {indicator: booths, value_status: actual}
*/
MATCH location_path = (:Entity {id: $entity})<-[:PART_OF|LOCATED_IN|HAS_SITE_IN*0..3]-(subject:Entity)
WHERE length(location_path) = 0 OR $include_parts
  AND all(step IN relationships(location_path) WHERE step.holds)
WITH DISTINCT subject
MATCH (subject)<-[:SUBJECT]-(statement:Measurement)
WHERE $indicator IS NULL OR statement.indicator IN $indicator
OPTIONAL MATCH (statement)-[:STATED_IN]->(article:Article)
OPTIONAL MATCH (statement)-[:SAID_BY]->(speaker:Entity)
WITH subject, statement, statement.id AS id, article.id AS article_id, speaker,
  coalesce(statement.origin, article.origin, article.id) AS origin, EXISTS { (statement)<-[:RESTS_ON]-(:Reading) } AS in_disagreement
ORDER BY id
WITH subject, statement.indicator AS indicator, statement.comparator AS comparator, statement.value AS value,
  statement.unit AS unit, statement.value_status AS value_status, statement.period AS period, statement.scope AS scope,
  speaker, max(statement.as_of) AS as_of, collect(DISTINCT article_id) AS articles, count(DISTINCT origin) AS origins,
  min(CASE statement.basis WHEN 'stated' THEN 0 WHEN 'inferred' THEN 1 WHEN 'context' THEN 2 ELSE 3 END) AS basis_rank,
  count(CASE WHEN in_disagreement THEN 1 END) > 0 AS disputed, collect(id) AS statements
RETURN subject.id AS subject, subject.name AS subject_name, subject.id <> $entity AS is_about_part, indicator, comparator,
  value, unit, value_status, period, as_of, ['stated', 'inferred', 'context', 'reference'][basis_rank] AS basis,
  speaker.id AS speaker, speaker.name AS speaker_name, scope, articles, origins, disputed, statements
ORDER BY is_about_part, subject, indicator, coalesce(period, as_of, ''), statements[0]
