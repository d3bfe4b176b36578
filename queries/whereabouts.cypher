/*
title: Where an entity is
topic: anything
question:
  en: Where is an entity, place by place up to the province, and how do we know?
  vi: Một đối tượng ở đâu, theo từng địa điểm cho đến tỉnh, thành phố, và căn cứ đến đâu?
asks: {needs: [where], covers: [Province, part_of, exist, Agency]}
params:
  entity:
    {type: entity, required: true, help: 'a centre, organisation, person, event or other entity', vi: 'trung tâm, tổ chức, người, sự kiện hoặc đối tượng khác'}
returns:
  province:      {type: entity, help: province or city where the chain ends, vi: 'tỉnh, thành phố nơi chuỗi kết thúc'}
  province_name: {help: its name, vi: 'tên tỉnh, thành phố'}
  chain:         {type: entities, help: 'places, bodies and owners on the way, in order, up to the last one stated', vi: 'các địa điểm, cơ quan và bên sở hữu trên đường đi, theo thứ tự, đến nơi cuối cùng được nêu'}
  predicates:    {type: strings, help: predicate of each step, vi: quan hệ của từng bước}
  statuses:      {type: strings, help: status of each step, vi: tình trạng của từng bước}
  bases:         {type: strings, help: basis of each step, vi: mức căn cứ của từng bước}
  as_of:         {type: date, help: date on which the first step held, vi: ngày của bước đầu tiên}
  through_owner: {type: boolean, help: 'its own place is not stated: this is the place of who has, plans, hosts or issued it', vi: 'không nêu nơi đặt: đây là nơi của bên có, dự kiến, đăng cai hoặc ban hành'}
  disputed:      {type: boolean, help: a step is part of a disagreement, vi: có bước chưa thống nhất}
  statements:    {type: statements, help: statements that support the row, vi: các thông tin làm căn cứ}
  place_stated:  {type: boolean, help: the chain ends in a province or another place, vi: 'chuỗi kết thúc ở tỉnh, thành phố hoặc địa điểm khác', not: no place is stated, not_vi: không nêu địa điểm}
  is_there:      {type: boolean, help: 'every step holds, or did when the event took place', vi: 'mọi bước đều đúng, hoặc đúng khi sự kiện diễn ra', not: 'a step is planned, past or disputed, or rests on context alone', not_vi: 'một bước mới dự kiến, đã qua, chưa thống nhất hoặc chỉ suy từ bối cảnh'}
conditions: [place_stated, is_there]
example: {entity: 'person:pham-thi-nham'}
expect:
  rows: {at_least: 1}
  has:
    - {province: 'province:lam-dong', through_owner: false}
*/
MATCH (entity:Entity {id: $entity})
CALL (entity) {
  MATCH place_path = (entity)-[:LOCATED_IN|HAS_SITE_IN|LAUNCHED_IN|PART_OF|HOLDS_ROLE*1..5]->(end_place:Entity)
  RETURN nodes(place_path) AS places, relationships(place_path) AS steps, false AS through_owner
  UNION ALL
  MATCH (entity)<-[owner_edge:HAS|PLANS|PROPOSES|HOSTS|ORGANISES|ISSUED]-(owner:Entity)
  MATCH place_path = (owner)-[:LOCATED_IN|HAS_SITE_IN|PART_OF*0..4]->(end_place:Entity)
  WHERE NOT EXISTS { (entity)-[:LOCATED_IN|HAS_SITE_IN|LAUNCHED_IN|PART_OF|HOLDS_ROLE]->(:Entity) }
  RETURN [entity] + nodes(place_path) AS places, [owner_edge] + relationships(place_path) AS steps, true AS through_owner
}
WITH entity, places, steps, through_owner, last(places) AS end_place
WHERE all(place IN places[1..-1] WHERE NOT place:Province)
  AND (end_place:Province OR NOT EXISTS { (end_place)-[:LOCATED_IN|HAS_SITE_IN|PART_OF]->(:Entity) })
RETURN CASE WHEN end_place:Province THEN end_place.id END AS province,
  CASE WHEN end_place:Province THEN end_place.name END AS province_name, [place IN tail(places) | place.id] AS chain,
  [step IN steps | type(step)] AS predicates, [step IN steps | coalesce(step.status, 'unclear')] AS statuses,
  [step IN steps | step.basis] AS bases, steps[0].as_of AS as_of, through_owner,
  any(step IN steps WHERE size(coalesce(step.disagreements, [])) > 0) AS disputed,
  reduce(all = [], step IN steps | all + step.statements) AS statements, end_place:Province OR end_place:Place AS place_stated,
  all(step IN steps WHERE step.holds OR (entity:Event AND step.status IN $ended)) AND end_place.abolished_on IS NULL AS is_there
ORDER BY size(chain), chain, predicates
