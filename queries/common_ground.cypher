/*
title: What two entities have in common
topic: anything
question:
  en: What do two places, or any two entities, have in common, and what is the status for each?
  vi: Hai địa phương, hoặc hai chủ thể bất kỳ, có điểm gì chung và ở mỗi bên đã đến đâu?
asks: {needs: [common], covers: [compare, Province, exist, plan]}
params:
  entity_a:
    {type: entity, required: true, help: first entity, vi: bên thứ nhất}
  entity_b:
    {type: entity, required: true, help: second entity, vi: bên thứ hai}
  status:
    {type: string, several: true, values_of: statuses, default: [in_progress, existing], help: status required on both sides, vi: tình trạng yêu cầu ở cả hai bên}
returns:
  shared_entity:      {type: entity, help: entity that both are connected to, vi: điểm chung}
  shared_entity_name: {help: its name, vi: tên}
  shared_entity_type: {help: its type, vi: loại}
  a_predicate:        {help: predicate of the edge with the first entity, vi: quan hệ với bên thứ nhất}
  a_direction:        {help: whether the edge goes from the first entity or to it, vi: quan hệ đi từ bên thứ nhất hay đến bên đó}
  a_status:           {help: status for the first entity, vi: tình trạng ở bên thứ nhất}
  a_basis:            {help: how we know it, vi: mức căn cứ ở bên thứ nhất}
  b_predicate:        {help: predicate of the edge with the second entity, vi: quan hệ với bên thứ hai}
  b_direction:        {help: whether the edge goes from the second entity or to it, vi: quan hệ đi từ bên thứ hai hay đến bên đó}
  b_status:           {help: status for the second entity, vi: tình trạng ở bên thứ hai}
  b_basis:            {help: how we know it, vi: mức căn cứ ở bên thứ hai}
  same_predicate:     {type: boolean, help: both have the same predicate and direction, vi: hai bên có cùng một quan hệ}
  statements:         {type: statements, help: statements that support the row, vi: các thông tin làm căn cứ}
  a_status_matches:   {type: boolean, help: the status for the first entity is as requested, vi: ở bên thứ nhất đúng tình trạng yêu cầu, not: it is at another stage for the first entity, not_vi: 'ở bên thứ nhất chưa đúng tình trạng yêu cầu'}
  b_status_matches:   {type: boolean, help: the status for the second entity is as requested, vi: ở bên thứ hai đúng tình trạng yêu cầu, not: it is at another stage for the second entity, not_vi: 'ở bên thứ hai chưa đúng tình trạng yêu cầu'}
  is_shared:          {type: boolean, help: both are connected to it, vi: cả hai bên đều gắn với điểm đó, not: only one is connected to it, not_vi: 'chỉ một bên gắn với điểm đó'}
conditions: [is_shared, a_status_matches, b_status_matches]
example: {entity_a: 'province:quang-ninh', entity_b: 'province:lam-dong', status: [proposed, considered, planned, approved]}
expect:
  has:
    - {shared_entity: 'model:co-investment-mechanism', a_predicate: PLANS, a_status: planned, b_predicate: PLANS, b_status: planned}
    - {shared_entity: 'model:sandbox', a_status: proposed, b_status: proposed}
  near:
    - {shared_entity: 'sector:smart-tourism', a_status: planned, b_status: existing, fails: [b_status_matches]}
  never:
    - {shared_entity: 'fund:quang-ninh-venture-capital'}
    - {shared_entity_type: Article}
*/
MATCH (entity_a:Entity {id: $entity_a})-[edge_a]-(shared_entity:Entity)
WHERE NOT shared_entity:Article AND shared_entity.id <> $entity_b AND shared_entity.id <> $entity_a
MATCH (shared_entity)-[edge_b]-(entity_b:Entity {id: $entity_b})
WHERE $entity_a <> $entity_b
WITH DISTINCT entity_a, entity_b, shared_entity, edge_a, edge_b,
  CASE WHEN startNode(edge_a) = entity_a THEN 'from' ELSE 'to' END AS a_direction,
  CASE WHEN startNode(edge_b) = entity_b THEN 'from' ELSE 'to' END AS b_direction,
  coalesce(edge_a.status, 'unclear') AS a_status, coalesce(edge_b.status, 'unclear') AS b_status
RETURN shared_entity.id AS shared_entity, shared_entity.name AS shared_entity_name, shared_entity.type AS shared_entity_type,
  type(edge_a) AS a_predicate, a_direction, a_status, edge_a.basis AS a_basis,
  type(edge_b) AS b_predicate, b_direction, b_status, edge_b.basis AS b_basis,
  type(edge_a) = type(edge_b) AND a_direction = b_direction AS same_predicate,
  edge_a.statements + edge_b.statements AS statements,
  a_status IN $status AS a_status_matches, b_status IN $status AS b_status_matches, true AS is_shared
ORDER BY shared_entity, a_predicate, a_direction, b_predicate, b_direction
