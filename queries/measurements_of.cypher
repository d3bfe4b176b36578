/*
title: Numbers about an entity
topic: numbers
question:
  en: Which numbers do the articles give about an entity, and about its parts?
  vi: Các bài báo nêu những số liệu nào về một đối tượng và về các bộ phận của nó?
params:
  entity:
    {type: entity, required: true, help: 'whose numbers', vi: đối tượng cần xem số liệu}
  parts:
    {type: boolean, default: false, help: 'also the numbers of what is part of it or lies in it', vi: kể cả số liệu của các bộ phận hoặc những gì nằm trong đối tượng}
returns:
  subject:      {type: entity, help: whose number it is, vi: chủ thể của số liệu}
  subject_name: {help: its name, vi: tên chủ thể}
  of_a_part:    {type: boolean, help: 'it is about a part of what was asked for, or something in it', vi: số liệu của một bộ phận hoặc của đối tượng nằm trong}
  indicator:    {help: what is counted or measured, vi: chỉ số}
  comparator:   {help: 'whether the number is exact, nearly so or a bound', vi: 'số chính xác, gần đúng hay là giới hạn'}
  value:        {type: value, help: the number, vi: giá trị}
  unit:         {help: its unit, vi: đơn vị}
  value_status: {help: 'actual, target or planned', vi: 'thực tế, mục tiêu hay kế hoạch'}
  period:       {type: date, help: 'period or day it is for, where one is told', vi: 'kỳ hoặc ngày của số liệu, nếu có nêu'}
  as_of:        {type: date, help: the day it held, vi: thời điểm}
  basis:        {help: how firmly the passage says so, vi: mức căn cứ}
  speaker:      {type: entity, help: 'who said it, where somebody is named', vi: 'người phát biểu, nếu có nêu'}
  speaker_name: {help: name of the speaker, vi: tên người phát biểu}
  article:      {type: entity, help: the article that tells it, vi: bài báo nêu số liệu}
  article_name: {help: its title, vi: tên bài báo}
  disputed:     {type: boolean, help: a disagreement rests on it, vi: số liệu còn mâu thuẫn}
  statements:   {type: statements, help: the statement, vi: phát biểu}
example: {entity: 'province:hai-phong', parts: 'true'}
expect:
  rows: {at_least: 35}
  has:
    - {subject: 'province:hai-phong', indicator: st_budget_spending, value: 63000000000, unit: VND, period: '2021', disputed: true}
    - {subject: 'province:hai-phong', indicator: population, comparator: more than, value: 4600000}
    - {subject: 'event:techfest-hai-phong', indicator: projects, value: 23, period: '2017', of_a_part: true}
    - {subject: 'centre:hai-phong-urban-complex', indicator: area, comparator: nearly, value: 100, unit: ha}
  never:
    - {indicator: startup_ecosystem_rank, value_status: actual}
    - {indicator: booths, value_status: actual}
*/
MATCH way = (:Entity {id: $entity})<-[:PART_OF|LOCATED_IN|HAS_SITE_IN*0..3]-(subject:Entity)
WHERE length(way) = 0 OR $parts
  AND all(step IN relationships(way) WHERE NOT coalesce(step.status, 'unclear') IN ['planned', 'past', 'disputed'])
WITH DISTINCT subject
MATCH (subject)<-[:SUBJECT]-(said:Measurement)
OPTIONAL MATCH (said)-[:STATED_IN]->(article:Article)
OPTIONAL MATCH (said)-[:SAID_BY]->(speaker:Entity)
RETURN subject.id AS subject, subject.name AS subject_name, subject.id <> $entity AS of_a_part,
  said.indicator AS indicator, said.comparator AS comparator, said.value AS value, said.unit AS unit,
  said.value_status AS value_status, said.period AS period, said.as_of AS as_of, said.basis AS basis,
  speaker.id AS speaker, speaker.name AS speaker_name, article.id AS article, article.name AS article_name,
  EXISTS { (said)<-[:RESTS_ON]-(:Reading) } AS disputed, [said.id] AS statements
ORDER BY of_a_part, subject, indicator, coalesce(period, as_of, ''), said.id
