/*
title: Actors of a province
topic: provinces
question:
  en: Which actors belong to a province, and how?
  vi: Những chủ thể nào thuộc một tỉnh, thành phố và thuộc theo cách nào?
asks: {needs: [actor|Agency|Organisation|Person|Centre|part_of, '@Province'], covers: [Agency, Organisation, Person, Centre, Fund, actor, part_of, who, exist, where]}
params:
  province:
    {type: entity, values_of: Province, required: true, help: the province or city, vi: 'tỉnh, thành phố'}
  actor_type:
    {type: string, several: true, values_of: nodes, default: [Agency, Centre, Fund, Organisation, Person], help: actor types to include, vi: các loại chủ thể}
  as_of:
    {type: date, help: 'administrative map of this date: what belongs to a unit merged by then belongs to the unit it became part of; if empty, as reported', vi: 'bản đồ của ngày này: chủ thể thuộc đơn vị đã sáp nhập trước đó được tính cho đơn vị mới; bỏ trống: như bài báo nêu'}
returns:
  actor:                 {type: entity, help: entity that belongs to the province, vi: chủ thể thuộc tỉnh}
  actor_name:            {help: its name, vi: tên chủ thể}
  actor_type:            {help: its type, vi: loại chủ thể}
  actor_kind:            {help: its kind within the type, vi: phân loại}
  reported_as:           {type: entity, help: 'unit that it belongs to, if different', vi: 'đơn vị mà chủ thể trực thuộc, nếu khác'}
  steps:                 {type: strings, help: predicates of the steps from the actor to the province, vi: 'cách thuộc, từng bước từ chủ thể đến tỉnh'}
  statuses:              {type: strings, help: status of each step, vi: tình trạng của từng bước}
  bases:                 {type: strings, help: basis of each step, vi: mức căn cứ của từng bước}
  disputed:              {type: boolean, help: sources or readings disagree about a step, vi: 'các nguồn hoặc cách hiểu chưa thống nhất về một bước'}
  due:                   {type: date, help: 'date, year or period by which it is to be so; ../2030 means by 2030', vi: 'thời hạn: ngày, năm hoặc giai đoạn; ../2030 là chậm nhất năm 2030'}
  alternative:           {type: entities, help: 'what it may be instead, if the articles name an alternative', vi: 'phương án khác, nếu bài báo nêu'}
  intermediate_entities: {type: entities, help: 'entities in between, if any', vi: các chủ thể ở giữa}
  statements:            {type: statements, help: statements that support the row, vi: các thông tin làm căn cứ}
  belongs_to_province:   {type: boolean, help: a path leads from it to the province, vi: có đường nối từ chủ thể đến tỉnh, not: no path leads from it to the province, not_vi: 'không có đường nối đến tỉnh'}
  in_force:              {type: boolean, help: 'no step is planned, past, disputed or known only from the context', vi: 'không bước nào mới dự kiến, đã qua, chưa thống nhất hoặc chỉ biết theo bối cảnh', not: 'not in force yet, past, disputed or known only from the context', not_vi: 'chưa có, đã qua, chưa thống nhất hoặc chỉ biết theo bối cảnh'}
conditions: [belongs_to_province, in_force]
example: {province: 'province:quang-ninh'}
expect:
  has:
    - {actor: 'agency:quang-ninh-dost', steps: [PART_OF]}
    - {actor: 'person:vu-thi-kim-chi', steps: [HOLDS_ROLE, PART_OF], intermediate_entities: ['agency:quang-ninh-dost']}
  near:
    - {actor: 'fund:quang-ninh-venture-capital', steps: [PLANS], fails: [in_force]}
  never:
    - {actor: 'fund:quang-ninh-venture-capital'}
*/
MATCH merger_path = (:Entity {id: $province})<-[:MERGED_INTO*0..3]-(unit:Province)
WHERE all(step IN relationships(merger_path) WHERE $as_of IS NOT NULL AND left(step.date, size($as_of)) <= $as_of)
CALL (unit) {
  MATCH actor_path = (unit)<-[:PART_OF|LOCATED_IN|HAS_SITE_IN|HOLDS_ROLE*1..3]-(actor:Entity)
  RETURN actor, actor_path
  UNION
  MATCH actor_path = (unit)-[:HAS|PLANS|PROPOSES]->(actor:Entity)
  RETURN actor, actor_path
  UNION
  MATCH actor_path = (unit)<-[:PART_OF*1..2]-(:Agency)-[:HAS|PLANS|PROPOSES]->(actor:Entity)
  RETURN actor, actor_path
}
WITH unit, actor, reverse(relationships(actor_path)) AS steps, [node IN nodes(actor_path) | node.id] AS node_ids
WHERE NOT actor:Province AND actor.type IN $actor_type
WITH unit, actor, steps, reverse(node_ids[1..size(node_ids) - 1]) AS intermediate_entities,
  [step IN steps | coalesce(step.status, 'unclear')] AS statuses,
  reduce(all = '', step IN steps | all + step.id + ' ') AS edge_ids
RETURN actor.id AS actor, actor.name AS actor_name, actor.type AS actor_type, actor.kind AS actor_kind,
  CASE WHEN unit.id = $province THEN null ELSE unit.id END AS reported_as,
  [step IN steps | type(step)] AS steps, statuses, [step IN steps | step.basis] AS bases,
  any(step IN steps WHERE step.disagreements IS NOT NULL) AS disputed, head([step IN steps | step.due]) AS due,
  coalesce(head([step IN steps | step.alternative]), []) AS alternative, intermediate_entities,
  reduce(all = [], step IN steps | all + step.statements) AS statements,
  true AS belongs_to_province, all(step IN steps WHERE step.holds) AS in_force
ORDER BY actor, unit.id, edge_ids
