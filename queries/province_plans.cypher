/*
title: What a province plans
topic: provinces
question:
  en: What does a province plan, consider or propose, directly or through its agencies?
  vi: Tỉnh, thành phố và các cơ quan của mình đang dự kiến, xem xét hoặc đề xuất những gì?
asks: {needs: [plan|consider|propose|statuses, '@Province'], covers: [plan, consider, propose, statuses, due, when, goal]}
params:
  province:
    {type: entity, values_of: Province, help: only this current province or city, vi: 'chỉ tỉnh, thành phố này'}
  status:
    {type: string, several: true, values_of: statuses, default: any, help: only plans at this stage, vi: chỉ những dự kiến ở tình trạng này}
  until:
    {type: date, help: 'only what is to be there by this day, month or year; plans without a date are left out', vi: 'chỉ những gì dự kiến có trước hoặc trong ngày, tháng hoặc năm này; bỏ những dự kiến không nêu thời hạn'}
returns:
  province:         {type: entity, help: the current province or city, vi: 'tỉnh, thành phố hiện nay'}
  province_name:    {help: its name, vi: 'tên tỉnh, thành phố'}
  actor:            {type: entity, help: who plans or proposes it, vi: bên dự kiến hoặc đề xuất}
  actor_name:       {help: name of the actor, vi: tên bên dự kiến hoặc đề xuất}
  predicate:        {help: 'predicate: what the actor intends to do; PLANS and PROPOSES are about the object itself', vi: 'việc định làm; PLANS và PROPOSES nói về chính đối tượng'}
  object:           {type: entity, help: object of the plan or proposal, vi: đối tượng}
  object_name:      {help: its name, vi: tên đối tượng}
  object_type:      {help: its type, vi: loại đối tượng}
  object_kind:      {help: its kind, vi: phân loại}
  status:           {help: stage it has reached, vi: tình trạng}
  stated_statuses:  {type: strings, help: 'all statuses that statements give, if they differ', vi: 'các tình trạng được nêu, khi có khác nhau'}
  basis:            {help: 'how we know it: stated, inferred or context', vi: mức căn cứ}
  as_of:            {type: date, help: date on which it held, vi: tính đến ngày}
  due:              {type: date, help: 'date, year or period by which it is to be so; ../2030 means by 2030', vi: 'thời hạn: ngày, năm hoặc giai đoạn; ../2030 là chậm nhất năm 2030'}
  alternative:      {type: entities, help: 'what it may be instead, if the articles name an alternative', vi: 'phương án khác, nếu bài báo nêu'}
  disputed:         {type: boolean, help: sources or readings disagree about it, vi: 'các nguồn hoặc cách hiểu chưa thống nhất'}
  statements:       {type: statements, help: statements that support the row, vi: các thông tin làm căn cứ}
  by_province:      {type: boolean, help: the province or one of its agencies intends to do it, vi: tỉnh hoặc cơ quan của tỉnh định làm, not: another actor in the province or a partner intends to do it, not_vi: 'do một bên khác ở tỉnh hoặc hợp tác với tỉnh dự kiến'}
  not_yet_existing: {type: boolean, help: 'no reading says that it exists, and nobody else has issued or has it', vi: 'không nguồn nào cho là đã có, cũng chưa do bên nào khác ban hành hay có', not: 'it may already exist, or is past', not_vi: 'có thể đã có, hoặc đã qua'}
conditions: [by_province, not_yet_existing]
example: {province: 'province:hai-phong'}
expect:
  rows: {at_least: 5}
  has:
    - {predicate: PLANS, object: 'fund:hai-phong-venture-capital', status: considered}
    - {predicate: PLANS, object: 'centre:hai-phong-logistics-ai', status: considered}
  near:
    - {object: 'policy:226-2025-qh15', status: proposed, fails: [not_yet_existing]}
    - {object: 'centre:hai-phong-free-trade-zone', status: unclear, fails: [not_yet_existing]}
  never:
    - {object: 'policy:226-2025-qh15'}
    - {object: 'centre:hai-phong-urban-complex'}
    - {predicate: HAS}
*/
MATCH (province:Province)
WHERE province.abolished_on IS NULL AND ($province IS NULL OR province.id = $province)
CALL (province) {
  MATCH membership_path = (province)<-[:PART_OF*0..2]-(actor:Entity)
  WHERE all(node IN tail(nodes(membership_path)) WHERE node:Agency)
    AND all(step IN relationships(membership_path) WHERE step.holds)
  RETURN actor, 1 AS is_own
  UNION
  MATCH (province)<-[:PART_OF|LOCATED_IN|HAS_SITE_IN|HOLDS_ROLE*1..3]-(actor:Entity)
  WHERE actor:Agency OR actor:Organisation OR actor:Person OR actor:Place
  RETURN actor, 0 AS is_own
  UNION
  MATCH (province)-[:PARTNERS_WITH]-(actor:Entity)
  WHERE NOT actor:Province
  RETURN actor, 0 AS is_own
}
WITH province, actor, max(is_own) = 1 AS is_own
MATCH (actor)-[edge]->(object:Entity)
WHERE type(edge) IN ['PLANS', 'PROPOSES'] OR (edge.status IN $planned
  AND NOT type(edge) IN ['LOCATED_IN', 'HAS_SITE_IN', 'PART_OF'])
UNWIND edge.statements AS statement_id
MATCH (statement:Statement {id: statement_id})
WITH province, actor, is_own, edge, object, coalesce(statement.status, 'unclear') AS stated_status
ORDER BY stated_status
WITH province, actor, is_own, edge, object, collect(DISTINCT stated_status) AS stated_statuses,
  coalesce(edge.status, 'unclear') AS status,
  type(edge) IN ['PLANS', 'PROPOSES'] AS is_plan
WITH *, edge.due AS due, split(edge.due, '/') AS due_ends
WITH *, due_ends[size(due_ends) - 1] AS due_end
WHERE status IN $status AND ($until IS NULL OR left(due_end, size($until)) <= $until)
WITH province, actor, is_own, edge, object, status, stated_statuses, due,
  all(stated IN CASE WHEN status = 'disputed' THEN stated_statuses ELSE [status] END
      WHERE stated IN $planned)
    AND NOT (is_plan AND (coalesce(object.status, 'planned') IN $in_force + $ended
      OR EXISTS { (object)-[:PART_OF*0..1]->(:Entity)<-[:ISSUED {holds: true}]-(:Entity) })) AS not_yet_existing
RETURN province.id AS province, province.name AS province_name, actor.id AS actor, actor.name AS actor_name,
  type(edge) AS predicate, object.id AS object, object.name AS object_name, object.type AS object_type,
  object.kind AS object_kind,
  status, CASE WHEN size(stated_statuses) > 1 THEN stated_statuses ELSE null END AS stated_statuses, edge.basis AS basis,
  edge.as_of AS as_of, due, coalesce(edge.alternative, []) AS alternative, edge.disagreements IS NOT NULL AS disputed,
  edge.statements AS statements, is_own AS by_province, not_yet_existing
ORDER BY province, actor, predicate, object
