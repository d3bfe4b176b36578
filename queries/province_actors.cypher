/*
title: Actors of a province
topic: provinces
question:
  en: Which actors belong to a province, and how?
  vi: Những chủ thể nào thuộc một tỉnh, thành phố và thuộc theo cách nào?
params:
  province:
    {type: entity, values_of: Province, required: true, help: the province or city, vi: 'tỉnh, thành phố'}
  actor_type:
    {type: string, several: true, values_of: nodes, default: [Agency, Centre, Fund, Organisation, Person], help: types of actor asked for, vi: các loại chủ thể}
  as_of:
    {type: date, help: 'the map of this day: what belongs to a unit that was merged by then belongs to the unit it is part of; none: as reported', vi: 'bản đồ của ngày này: chủ thể thuộc đơn vị đã sáp nhập trước đó được tính cho đơn vị mới; bỏ trống: như bài báo nêu'}
returns:
  actor:       {type: entity, help: who or what belongs to the province, vi: chủ thể thuộc tỉnh}
  actor_name:  {help: its name, vi: tên chủ thể}
  actor_type:  {help: its type, vi: loại chủ thể}
  actor_kind:  {help: its kind within the type, vi: phân loại}
  reported_as: {type: entity, help: 'the unit that it belongs to, where that is another', vi: 'đơn vị mà chủ thể trực thuộc, nếu khác'}
  steps:       {type: strings, help: 'how it belongs, step by step from the actor to the province', vi: 'cách thuộc, từng bước từ chủ thể đến tỉnh'}
  statuses:    {type: strings, help: status of each step, vi: tình trạng của từng bước}
  via:         {type: entities, help: 'what lies between, if anything', vi: các chủ thể ở giữa}
  statements:  {type: statements, help: what the row rests on, vi: các phát biểu làm căn cứ}
  belongs:     {type: boolean, help: 'steps lead from it to the province', vi: có đường nối từ chủ thể đến tỉnh, not: 'no steps lead from it to the province', not_vi: 'không có đường nối đến tỉnh'}
  in_place:    {type: boolean, help: 'no step is proposed, considered, planned, approved, past or disputed', vi: 'không bước nào mới đề xuất, đang xem xét, dự kiến, phê duyệt, đã qua hay còn mâu thuẫn', not: 'not there yet, past or disputed', not_vi: 'chưa có, đã qua hoặc còn mâu thuẫn'}
conditions: [belongs, in_place]
example: {province: 'province:quang-ninh'}
expect:
  has:
    - {actor: 'agency:quang-ninh-dost', steps: [PART_OF]}
    - {actor: 'person:vu-thi-kim-chi', steps: [HOLDS_ROLE, PART_OF], via: ['agency:quang-ninh-dost']}
  near:
    - {actor: 'fund:quang-ninh-venture-capital', steps: [PLANS], fails: [in_place]}
  never:
    - {actor: 'fund:quang-ninh-venture-capital'}
*/
MATCH merged = (:Entity {id: $province})<-[:MERGED_INTO*0..3]-(unit:Province)
WHERE all(step IN relationships(merged) WHERE $as_of IS NOT NULL AND left(step.date, size($as_of)) <= $as_of)
CALL (unit) {
  MATCH way = (unit)<-[:PART_OF|LOCATED_IN|HAS_SITE_IN|HOLDS_ROLE*1..3]-(actor:Entity)
  RETURN actor, way
  UNION
  MATCH way = (unit)-[:OPERATES|PLANS|PROPOSES]->(actor:Entity)
  RETURN actor, way
  UNION
  MATCH way = (unit)<-[:PART_OF*1..2]-(:Agency)-[:OPERATES|PLANS|PROPOSES]->(actor:Entity)
  RETURN actor, way
}
WITH unit, actor, reverse(relationships(way)) AS steps, [stop IN nodes(way) | stop.id] AS stops
WHERE NOT actor:Province AND actor.type IN $actor_type
WITH unit, actor, steps, reverse(stops[1..size(stops) - 1]) AS via,
  [step IN steps | coalesce(step.status, 'unclear')] AS statuses,
  reduce(all = '', step IN steps | all + step.id + ' ') AS trail
RETURN actor.id AS actor, actor.name AS actor_name, actor.type AS actor_type, actor.kind AS actor_kind,
  CASE WHEN unit.id = $province THEN null ELSE unit.id END AS reported_as,
  [step IN steps | type(step)] AS steps, statuses, via,
  reduce(all = [], step IN steps | all + step.statements) AS statements,
  true AS belongs, all(status IN statuses WHERE status IN ['in_progress', 'existing', 'unclear']) AS in_place
ORDER BY actor, unit.id, trail
