/*
title: Policies of a province
topic: policies
question:
  en: Which policies does a province issue, approve, implement, have, plan or concretise, itself or through its agencies?
  vi: Tỉnh, thành phố trực tiếp hoặc qua cơ quan của mình ban hành, phê duyệt, thực hiện, có, dự kiến hoặc cụ thể hóa chính sách nào?
asks: {needs: [Policy|Policy.kind|issue|@Policy, '@Province'], covers: [issue, implement, relation, Policy, exist, plan]}
params:
  province:
    {type: entity, values_of: Province, required: true, help: the province or city, vi: 'tỉnh, thành phố'}
  relation:
    type: string
    several: true
    values:
      issued: {en: has issued it, vi: đã ban hành}
      approved: {en: has approved it, vi: đã phê duyệt}
      implements: {en: implements it, vi: thực hiện}
      has: {en: has it, vi: có}
      plans: {en: plans or proposes it, vi: dự kiến hoặc đề xuất}
      concretises: {en: makes it concrete in a policy of its own, vi: cụ thể hóa bằng chính sách của mình}
    default: any
    help: what the province does with the policy
    vi: tỉnh làm gì với chính sách
  implementation:
    {type: string, several: true, values_of: implementations, default: [explicit, in_spirit], help: how the article relates an implementing body to the policy, vi: mức gắn của bên thực hiện với chính sách trong bài}
returns:
  policy:         {type: entity, help: the policy, vi: chính sách}
  policy_name:    {help: its name, vi: tên chính sách}
  policy_kind:    {help: its kind, vi: loại chính sách}
  relation:       {help: what the province does with it, vi: tỉnh làm gì với chính sách}
  actor:          {type: entity, help: the province or its agency, vi: tỉnh hoặc cơ quan của tỉnh}
  actor_name:     {help: its name, vi: tên}
  own_policy:     {type: entity, help: 'policy of the province by which it makes another one concrete', vi: 'chính sách của tỉnh dùng để cụ thể hóa'}
  predicate:      {help: predicate of the edge to the policy, vi: quan hệ với chính sách}
  implementation: {help: 'how the article relates the actor to the policy: explicit, in spirit or context', vi: mức gắn với chính sách}
  status:         {help: stage it has reached, vi: tình trạng}
  date:           {type: date, help: 'date of issue or approval, if stated', vi: 'ngày ban hành hoặc phê duyệt, nếu có nêu'}
  issued_on:      {type: date, help: 'day, month or year on which the policy was issued, by anybody, if known', vi: 'ngày, tháng hoặc năm chính sách được ban hành, dù bên nào ban hành, nếu biết'}
  issuers:        {type: entities, help: 'who has issued the policy', vi: 'cơ quan hoặc tỉnh đã ban hành chính sách'}
  due:            {type: date, help: 'by when it is to be so, if stated', vi: 'thời hạn, nếu có nêu'}
  basis:          {help: 'how we know it: stated, inferred or context', vi: mức căn cứ}
  as_of:          {type: date, help: date on which it held, vi: tính đến ngày}
  disputed:       {type: boolean, help: it is part of a disagreement, vi: chưa thống nhất}
  articles:       {type: integer, help: number of articles that state it, vi: số bài báo}
  origins:        {type: integer, help: number of independent origins, vi: số nguồn độc lập}
  statements:     {type: statements, help: statements that support the row, vi: các thông tin làm căn cứ}
  is_so:          {type: boolean, help: 'it does so, or did when it issued or approved it; of a plan or proposal: nobody has issued or has the policy yet', vi: 'đúng như vậy, hoặc đã ban hành, phê duyệt; với dự kiến, đề xuất: chưa bên nào ban hành hay có chính sách', not: 'it is only planned, past, disputed or unclear; a planned or proposed policy is there already', not_vi: 'mới dự kiến, đã qua, chưa thống nhất hoặc chưa rõ; với dự kiến, đề xuất: chính sách đã có'}
  implementation_matches: {type: boolean, help: the article relates the actor to the policy as requested, vi: đúng mức gắn yêu cầu, not: the article relates the actor to the policy in another way, not_vi: mức gắn khác với yêu cầu}
conditions: [is_so, implementation_matches]
example: {province: 'province:dong-nai'}
expect:
  rows: {at_least: 1}
  has:
    - {policy: 'policy:57-nq-tw', relation: implements}
*/
MATCH membership_path = (province:Province {id: $province})<-[:PART_OF*0..2]-(actor:Entity)
WHERE all(node IN tail(nodes(membership_path)) WHERE node:Agency)
  AND all(step IN relationships(membership_path) WHERE coalesce(step.status, 'unclear') IN $in_force + ['unclear'])
WITH DISTINCT actor
CALL (actor) {
  MATCH (actor)-[edge:ISSUED|APPROVED|IMPLEMENTS|HAS|PLANS|PROPOSES]->(policy:Policy)
  RETURN CASE type(edge) WHEN 'ISSUED' THEN 'issued' WHEN 'APPROVED' THEN 'approved' WHEN 'IMPLEMENTS' THEN 'implements'
      WHEN 'HAS' THEN 'has' ELSE 'plans' END AS relation, policy, edge, '' AS own_policy, [] AS own_statements
  UNION ALL
  MATCH (actor)-[own_edge:ISSUED|HAS]->(own:Policy)-[edge:CONCRETISES]->(policy:Policy)
  WHERE own_edge.status IN $in_force + $ended
  RETURN 'concretises' AS relation, policy, edge, own.id AS own_policy, own_edge.statements AS own_statements
}
WITH *, coalesce(edge.status, 'unclear') AS status
WHERE relation IN $relation
CALL (policy) {
  OPTIONAL MATCH (policy)<-[issue:ISSUED]-(issuer:Entity)
  WHERE issue.holds OR issue.status IN $ended
  WITH issue, issuer.id AS issuer_id
  ORDER BY issuer_id
  RETURN collect(issuer_id) AS issuers, max(issue.date) AS issue_date, collect(issue.statements) AS issue_statements
}
WITH *, edge.statements + [id IN own_statements WHERE NOT id IN edge.statements] AS own_evidence,
  size(issuers) > 0 OR coalesce(policy.status, 'planned') IN $in_force + $ended AS is_there
RETURN policy.id AS policy, policy.name AS policy_name, policy.kind AS policy_kind, relation, actor.id AS actor,
  actor.name AS actor_name, CASE WHEN own_policy <> '' THEN own_policy END AS own_policy, type(edge) AS predicate,
  edge.implementation AS implementation, status, edge.date AS date,
  coalesce(policy.issued_on, issue_date) AS issued_on, issuers, edge.due AS due, edge.basis AS basis,
  edge.as_of AS as_of, size(coalesce(edge.disagreements, [])) > 0 AS disputed, edge.articles AS articles,
  edge.origins AS origins, own_evidence + reduce(others = [], list IN issue_statements | others + [id IN list WHERE NOT id IN own_evidence]) AS statements,
  CASE relation WHEN 'plans' THEN status IN $planned AND NOT is_there WHEN 'issued' THEN status IN $in_force + $ended
    WHEN 'approved' THEN status IN $in_force + $ended WHEN 'implements' THEN edge.holds
      OR (edge.implementation = 'context' AND status IN $in_force + ['unclear'])
    ELSE status IN $in_force END AS is_so,
  relation <> 'implements' OR coalesce(edge.implementation IN $implementation, false) AS implementation_matches
ORDER BY policy, relation, actor, own_policy, predicate
