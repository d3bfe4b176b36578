/*
title: Numbers about an entity
topic: numbers
question:
  en: Which numbers do the articles give about an entity, and about its parts?
  vi: Các bài báo nêu những số liệu nào về một đối tượng và về các bộ phận của nó?
params:
  entity:
    {type: entity, required: true, help: entity that the numbers are about, vi: đối tượng cần xem số liệu}
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
  article:       {type: entity, help: article that states it, vi: bài báo nêu số liệu}
  article_name:  {help: its title, vi: tên bài báo}
  is_disputed:   {type: boolean, help: it is part of a disagreement, vi: số liệu chưa thống nhất}
  statements:    {type: statements, help: the statement, vi: thông tin}
example: {entity: 'province:hai-phong', include_parts: 'true'}
expect:
  rows: {at_least: 35}
  has:
    - {subject: 'province:hai-phong', indicator: st_budget_spending, value: 63000000000, unit: VND, period: '2021', is_disputed: true}
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
OPTIONAL MATCH (statement)-[:STATED_IN]->(article:Article)
OPTIONAL MATCH (statement)-[:SAID_BY]->(speaker:Entity)
RETURN subject.id AS subject, subject.name AS subject_name, subject.id <> $entity AS is_about_part,
  statement.indicator AS indicator, statement.comparator AS comparator, statement.value AS value, statement.unit AS unit,
  statement.value_status AS value_status, statement.period AS period, statement.as_of AS as_of, statement.basis AS basis,
  speaker.id AS speaker, speaker.name AS speaker_name, article.id AS article, article.name AS article_name,
  EXISTS { (statement)<-[:RESTS_ON]-(:Reading) } AS is_disputed, [statement.id] AS statements
ORDER BY is_about_part, subject, indicator, coalesce(period, as_of, ''), statement.id
