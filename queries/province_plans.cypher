/*
title: What a province plans
topic: provinces
question:
  en: What does a province plan, consider or propose, itself or through its agencies?
  vi: Tỉnh, thành phố và các cơ quan của mình đang dự kiến, xem xét hoặc đề xuất những gì?
params:
  province:
    {type: entity, values_of: Province, help: only this province or city of today, vi: 'chỉ tỉnh, thành phố này'}
returns:
  province:      {type: entity, help: the province or city of today, vi: 'tỉnh, thành phố hiện nay'}
  province_name: {help: its name, vi: 'tên tỉnh, thành phố'}
  actor:         {type: entity, help: who plans or proposes it, vi: bên dự kiến hoặc đề xuất}
  actor_name:    {help: name of who plans or proposes it, vi: tên bên dự kiến hoặc đề xuất}
  relation:      {help: 'what the actor means to do; PLANS and PROPOSES are about the thing itself', vi: 'việc định làm; PLANS và PROPOSES nói về chính đối tượng'}
  thing:         {type: entity, help: what it is about, vi: đối tượng}
  thing_name:    {help: its name, vi: tên đối tượng}
  thing_type:    {help: its type, vi: loại đối tượng}
  thing_kind:    {help: its kind, vi: phân loại}
  status:        {help: how far it is, vi: tình trạng}
  said:          {type: strings, help: 'every status that a statement gives, where they differ', vi: 'các tình trạng được nêu, khi có khác nhau'}
  basis:         {help: how firmly the passage says so, vi: mức căn cứ}
  as_of:         {type: date, help: the day it held, vi: thời điểm}
  statements:    {type: statements, help: what the row rests on, vi: các phát biểu làm căn cứ}
  by_its_own:    {type: boolean, help: 'the province or an agency of its means to do it', vi: tỉnh hoặc cơ quan của tỉnh định làm, not: 'somebody else who belongs to it or works with it means to do it', not_vi: 'do một bên khác ở tỉnh hoặc hợp tác với tỉnh dự kiến'}
  not_there_yet: {type: boolean, help: 'no reading says that it is there, and nobody else has issued or runs it', vi: 'không có phát biểu nào nói là đã có, cũng chưa do bên nào khác ban hành hay vận hành', not: 'it may be there already, or is over', not_vi: 'có thể đã có, hoặc đã qua'}
conditions: [by_its_own, not_there_yet]
example: {province: 'province:hai-phong'}
expect:
  rows: {at_least: 5}
  has:
    - {relation: PLANS, thing: 'fund:hai-phong-venture-capital', status: considered}
    - {relation: PLANS, thing: 'centre:hai-phong-logistics-ai', status: considered}
  near:
    - {thing: 'policy:226-2025-qh15', status: proposed, fails: [not_there_yet]}
    - {thing: 'centre:hai-phong-free-trade-zone', status: unclear, fails: [not_there_yet]}
  never:
    - {thing: 'policy:226-2025-qh15'}
    - {thing: 'centre:hai-phong-urban-complex'}
    - {relation: OPERATES}
*/
MATCH (province:Province)
WHERE province.abolished_on IS NULL AND ($province IS NULL OR province.id = $province)
CALL (province) {
  MATCH whole = (province)<-[:PART_OF*0..2]-(actor:Entity)
  WHERE all(body IN tail(nodes(whole)) WHERE body:Agency)
    AND all(step IN relationships(whole) WHERE NOT coalesce(step.status, 'unclear') IN ['planned', 'past', 'disputed', 'unclear'])
  RETURN actor, 1 AS own
  UNION
  MATCH (province)<-[:PART_OF|LOCATED_IN|HAS_SITE_IN|HOLDS_ROLE*1..3]-(actor:Entity)
  WHERE actor:Agency OR actor:Organisation OR actor:Person OR actor:Place
  RETURN actor, 0 AS own
  UNION
  MATCH (province)-[:PARTNERS_WITH]-(actor:Entity)
  WHERE NOT actor:Province
  RETURN actor, 0 AS own
}
WITH province, actor, max(own) = 1 AS own
MATCH (actor)-[edge]->(thing:Entity)
WHERE type(edge) IN ['PLANS', 'PROPOSES'] OR (edge.status IN ['proposed', 'considered', 'planned', 'approved']
  AND NOT type(edge) IN ['LOCATED_IN', 'HAS_SITE_IN', 'PART_OF'])
UNWIND edge.statements AS told
MATCH (statement:Statement {id: told})
WITH province, actor, own, edge, thing, coalesce(statement.status, 'unclear') AS said
ORDER BY said
WITH province, actor, own, edge, thing, collect(DISTINCT said) AS said, coalesce(edge.status, 'unclear') AS status,
  type(edge) IN ['PLANS', 'PROPOSES'] AS itself
WITH province, actor, own, edge, thing, status, said,
  all(one IN CASE WHEN status = 'disputed' THEN said ELSE [status] END
      WHERE one IN ['proposed', 'considered', 'planned', 'approved'])
    AND NOT (itself AND (coalesce(thing.status, 'planned') IN ['existing', 'in_progress', 'past']
      OR EXISTS { (thing)-[:PART_OF*0..1]->(:Entity)<-[:ISSUED {status: 'existing'}]-(:Entity) })) AS not_there_yet
RETURN province.id AS province, province.name AS province_name, actor.id AS actor, actor.name AS actor_name,
  type(edge) AS relation, thing.id AS thing, thing.name AS thing_name, thing.type AS thing_type, thing.kind AS thing_kind,
  status, CASE WHEN size(said) > 1 THEN said ELSE null END AS said, edge.basis AS basis, edge.as_of AS as_of,
  edge.statements AS statements, own AS by_its_own, not_there_yet
ORDER BY province, actor, relation, thing
