/*
title: Provinces that implement a policy and have a fund
topic: funds
question:
  en: Which provinces implement Resolution 57 with a venture capital fund?
  vi: Những tỉnh, thành phố nào thực hiện Nghị quyết 57 và có quỹ đầu tư mạo hiểm?
asks: {needs: [Fund|Fund.kind, implement|@Policy|Policy], covers: [Province, exist, plan, statuses, Policy, Fund, implement, consider, who]}
params:
  policy:
    {type: entity, values_of: Policy, default: 'policy:57-nq-tw', help: policy that is implemented, vi: chính sách được thực hiện}
  implementation:
    {type: string, several: true, values_of: implementations, default: [explicit, in_spirit], help: 'how the article relates the province to the policy; a province that only the context relates to it is a near miss unless requested', vi: 'mức gắn của tỉnh với chính sách trong bài; tỉnh chỉ gắn theo bối cảnh được coi là đáp ứng một phần, trừ khi được hỏi'}
  fund_kind:
    {type: string, several: true, values_of: Fund.kind, default: venture_capital, help: kind of fund, vi: loại quỹ}
  fund_status:
    {type: string, several: true, values_of: statuses, default: [existing, in_progress], help: status of the fund, vi: tình trạng của quỹ}
  as_of:
    {type: date, help: 'administrative map of this date: statements about a unit merged by then count for the unit it became part of; if empty, only statements about current provinces count', vi: 'bản đồ của ngày này: điều nói về đơn vị đã sáp nhập trước đó được tính cho đơn vị mới; bỏ trống: chỉ tính điều nói về các tỉnh, thành phố hiện nay'}
returns:
  province:              {type: entity, help: the current province or city, vi: 'tỉnh, thành phố hiện nay'}
  province_name:         {help: its name, vi: 'tên tỉnh, thành phố'}
  fund:                  {type: entity, help: 'fund that the province or one of its agencies has, plans or proposes', vi: 'quỹ do tỉnh hoặc cơ quan của tỉnh có, dự kiến hoặc đề xuất'}
  fund_name:             {help: name of the fund, vi: tên quỹ}
  fund_kind:             {help: kind of the fund, vi: loại quỹ}
  fund_status:           {help: status of the fund for those who have or plan it, vi: tình trạng của quỹ đối với bên có hoặc dự kiến}
  fund_actors:           {type: entities, help: 'who has, plans or proposes it', vi: 'bên có, dự kiến hoặc đề xuất quỹ'}
  fund_basis:            {help: 'how we know of the fund: stated, inferred, context or reference', vi: mức căn cứ về quỹ}
  as_of:                 {type: date, help: date on which the status of the fund held, vi: tình trạng của quỹ tính đến ngày}
  due:                   {type: date, help: 'date, year or period by which the fund is to be there; ../2030 means by 2030', vi: 'thời hạn có quỹ: ngày, năm hoặc giai đoạn; ../2030 là chậm nhất năm 2030'}
  alternative:           {type: entities, help: 'what it may be instead, if the articles name an alternative', vi: 'phương án khác, nếu bài báo nêu quỹ hoặc phương án khác'}
  implementation:        {help: 'how the article relates the province to the policy: explicit, in spirit or context', vi: mức gắn của tỉnh với chính sách}
  implementation_status: {help: status of the implementation, vi: tình trạng thực hiện chính sách}
  implementation_basis:  {help: 'how we know of the implementation: stated, inferred or context', vi: 'mức căn cứ của việc thực hiện'}
  disputed:              {type: boolean, help: sources or readings disagree about the fund or the implementation, vi: 'các nguồn hoặc cách hiểu chưa thống nhất về quỹ hoặc về việc thực hiện'}
  statements:            {type: statements, help: statements that support the row, vi: các thông tin làm căn cứ}
  implements:            {type: boolean, help: 'it implements the policy as requested; implementation that is planned, past, disputed or known only from the context does not count', vi: 'tỉnh thực hiện chính sách, với mức gắn như yêu cầu; không tính khi mới dự kiến, đã qua, chưa thống nhất hoặc chỉ biết theo bối cảnh', not: not stated to implement the policy as requested, not_vi: 'không được nêu là gắn với chính sách theo yêu cầu'}
  has_fund:              {type: boolean, help: 'the province has a fund, with any status', vi: tỉnh có quỹ ở bất kỳ tình trạng nào, not: no fund of the province is named, not_vi: 'không có quỹ nào của tỉnh được nêu'}
  kind_matches:          {type: boolean, help: the fund is of the requested kind, vi: đúng loại quỹ yêu cầu, not: its fund is of another kind, not_vi: 'quỹ thuộc loại khác'}
  status_matches:        {type: boolean, help: 'the fund is at the requested stage, and more than the context shows it', vi: đúng tình trạng yêu cầu và không chỉ theo bối cảnh, not: 'its fund is at another stage, or only the context shows it', not_vi: 'quỹ chưa ở tình trạng yêu cầu, hoặc chỉ theo bối cảnh'}
conditions: [implements, has_fund, kind_matches, status_matches]
example: {fund_status: [considered, planned]}
expect:
  rows: 0
  near:
    - {province: 'province:quang-ninh', fund: 'fund:quang-ninh-venture-capital', fund_status: planned, fails: [implements]}
    - {province: 'province:lam-dong', fund: 'fund:lam-dong-venture-capital', fund_status: planned, fails: [implements]}
    - {province: 'province:khanh-hoa', fund: 'fund:khanh-hoa-venture-capital', fund_status: planned, fails: [implements]}
    - {province: 'province:hai-phong', fund: 'fund:hai-phong-venture-capital', fund_status: considered, fails: [implements]}
    - {province: 'province:thai-nguyen', fund: null, implementation: explicit, fails: [has_fund]}
    - {province: 'province:dong-nai', fund_kind: st_development, implementation: explicit, fails: [kind_matches, status_matches]}
*/
MATCH (province:Province)
WHERE province.abolished_on IS NULL OR ($as_of IS NOT NULL AND left(province.abolished_on, size($as_of)) > $as_of)
OPTIONAL MATCH policy_merger_path = (province)<-[:MERGED_INTO*0..3]-(implementing_unit:Province),
  (implementing_unit)-[policy_edge:IMPLEMENTS]->(:Entity {id: $policy})
WHERE all(step IN relationships(policy_merger_path) WHERE $as_of IS NOT NULL AND left(step.date, size($as_of)) <= $as_of)
WITH province, policy_edge, CASE WHEN policy_edge IS NOT NULL AND policy_edge.implementation IN $implementation
  AND (policy_edge.holds OR (policy_edge.implementation = 'context'
    AND coalesce(policy_edge.status, 'unclear') IN $in_force + ['unclear']))
  THEN 0 ELSE 1 END AS falls_short,
    policy_edge.id AS policy_edge_id
ORDER BY province.id, falls_short, policy_edge_id
// Several merged units may implement the policy: one that does so as requested represents them.
WITH province, collect(policy_edge)[0] AS policy_edge, min(falls_short) = 0 AS implements
OPTIONAL MATCH merger_path = (province)<-[:MERGED_INTO*0..3]-(unit:Province),
  membership_path = (unit)<-[:PART_OF*0..2]-(actor:Entity), (actor)-[actor_edge:HAS|PLANS|PROPOSES]->(fund:Fund)
WHERE all(step IN relationships(merger_path) WHERE $as_of IS NOT NULL AND left(step.date, size($as_of)) <= $as_of)
  AND all(node IN tail(nodes(membership_path)) WHERE node:Agency)
  AND all(step IN relationships(membership_path) WHERE step.holds)
WITH DISTINCT province, policy_edge, implements, fund, coalesce(actor_edge.status, 'unclear') AS status, actor.id AS actor,
  actor_edge, actor_edge.id AS edge_id,
  coalesce(head([index IN range(0, 3) WHERE ['stated', 'inferred', 'reference', 'context'][index] = actor_edge.basis]), 3)
    AS basis_rank
ORDER BY edge_id
WITH province, policy_edge, implements, fund, status, collect(actor) AS actors, collect(actor_edge) AS actor_edges,
  min(basis_rank) AS basis_rank, max(actor_edge.as_of) AS as_of, max(actor_edge.due) AS due,
  count(CASE WHEN actor_edge.holds OR NOT status IN $in_force THEN 1 END) > 0 AS is_firm
RETURN province.id AS province, province.name AS province_name,
  fund.id AS fund, fund.name AS fund_name, fund.kind AS fund_kind,
  CASE WHEN fund IS NULL THEN null ELSE status END AS fund_status, actors AS fund_actors,
  CASE WHEN fund IS NULL THEN null ELSE ['stated', 'inferred', 'reference', 'context'][basis_rank] END AS fund_basis,
  as_of, due,
  reduce(all = [], edge IN actor_edges | all + [id IN coalesce(edge.alternative, []) WHERE NOT id IN all]) AS alternative,
  policy_edge.implementation AS implementation, policy_edge.status AS implementation_status,
  policy_edge.basis AS implementation_basis,
  policy_edge.disagreements IS NOT NULL OR any(edge IN actor_edges WHERE edge.disagreements IS NOT NULL) AS disputed,
  coalesce(policy_edge.statements, []) + reduce(all = [], edge IN actor_edges | all + edge.statements) AS statements,
  implements,
  fund IS NOT NULL AS has_fund,
  CASE WHEN fund IS NULL THEN null ELSE fund.kind IN $fund_kind END AS kind_matches,
  CASE WHEN fund IS NULL THEN null ELSE status IN $fund_status AND is_firm END AS status_matches
ORDER BY province, fund, fund_status
