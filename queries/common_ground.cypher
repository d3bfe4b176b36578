/*
title: What two have in common
topic: anything
question:
  en: What do two places, or any two entities, have in common, and how far is it in each?
  vi: Hai địa phương, hoặc hai chủ thể bất kỳ, có điểm gì chung và ở mỗi bên đã đến đâu?
params:
  a:
    {type: entity, required: true, help: the one, vi: bên thứ nhất}
  b:
    {type: entity, required: true, help: the other, vi: bên thứ hai}
  status:
    {type: string, several: true, values_of: statuses, default: [in_progress, existing], help: how far it is to be in both, vi: tình trạng yêu cầu ở cả hai bên}
returns:
  shared:         {type: entity, help: what both are tied to, vi: điểm chung}
  shared_name:    {help: its name, vi: tên}
  shared_type:    {help: its type, vi: loại}
  a_relation:     {help: type of the tie to the one, vi: quan hệ với bên thứ nhất}
  a_end:          {help: 'whether the tie goes from the one or to it', vi: quan hệ đi từ bên thứ nhất hay đến bên đó}
  a_status:       {help: how far it is for the one, vi: tình trạng ở bên thứ nhất}
  a_basis:        {help: how firmly that is said, vi: mức căn cứ ở bên thứ nhất}
  b_relation:     {help: type of the tie to the other, vi: quan hệ với bên thứ hai}
  b_end:          {help: 'whether the tie goes from the other or to it', vi: quan hệ đi từ bên thứ hai hay đến bên đó}
  b_status:       {help: how far it is for the other, vi: tình trạng ở bên thứ hai}
  b_basis:        {help: how firmly that is said, vi: mức căn cứ ở bên thứ hai}
  same_relation:  {type: boolean, help: both are tied to it in the same way, vi: hai bên có cùng một quan hệ}
  statements:     {type: statements, help: what the row rests on, vi: các phát biểu làm căn cứ}
  a_as_asked:     {type: boolean, help: for the one it is as far as asked, vi: ở bên thứ nhất đúng tình trạng yêu cầu, not: 'for the one it is not as far as asked', not_vi: 'ở bên thứ nhất chưa đúng tình trạng yêu cầu'}
  b_as_asked:     {type: boolean, help: for the other it is as far as asked, vi: ở bên thứ hai đúng tình trạng yêu cầu, not: 'for the other it is not as far as asked', not_vi: 'ở bên thứ hai chưa đúng tình trạng yêu cầu'}
  in_common:      {type: boolean, help: both are tied to it, vi: cả hai bên đều gắn với điểm đó, not: 'only one is tied to it', not_vi: 'chỉ một bên gắn với điểm đó'}
conditions: [in_common, a_as_asked, b_as_asked]
example: {a: 'province:quang-ninh', b: 'province:lam-dong', status: [proposed, considered, planned, approved]}
expect:
  has:
    - {shared: 'model:co-investment-mechanism', a_relation: PLANS, a_status: planned, b_relation: PLANS, b_status: planned}
  near:
    - {shared: 'model:sandbox', a_status: proposed, b_status: disputed, fails: [b_as_asked]}
    - {shared: 'sector:smart-tourism', a_status: planned, b_status: existing, fails: [b_as_asked]}
  never:
    - {shared: 'fund:quang-ninh-venture-capital'}
    - {shared_type: Article}
*/
MATCH (one:Entity {id: $a})-[mine]-(shared:Entity)
WHERE NOT shared:Article AND shared.id <> $b AND shared.id <> $a
MATCH (shared)-[yours]-(other:Entity {id: $b})
WHERE $a <> $b
WITH DISTINCT one, other, shared, mine, yours,
  CASE WHEN startNode(mine) = one THEN 'from' ELSE 'to' END AS a_end,
  CASE WHEN startNode(yours) = other THEN 'from' ELSE 'to' END AS b_end,
  coalesce(mine.status, 'unclear') AS a_status, coalesce(yours.status, 'unclear') AS b_status
RETURN shared.id AS shared, shared.name AS shared_name, shared.type AS shared_type,
  type(mine) AS a_relation, a_end, a_status, mine.basis AS a_basis,
  type(yours) AS b_relation, b_end, b_status, yours.basis AS b_basis,
  type(mine) = type(yours) AND a_end = b_end AS same_relation,
  mine.statements + yours.statements AS statements,
  a_status IN $status AS a_as_asked, b_status IN $status AS b_as_asked, true AS in_common
ORDER BY shared, a_relation, a_end, b_relation, b_end
