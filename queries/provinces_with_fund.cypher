/*
title: Provinces that implement a policy and have a fund
topic: funds
question:
  en: Which provinces implement Resolution 57 with a venture capital fund?
  vi: Những tỉnh, thành phố nào thực hiện Nghị quyết 57 và có quỹ đầu tư mạo hiểm?
params:
  policy:
    {type: entity, values_of: Policy, default: 'policy:57-nq-tw', help: the policy that is implemented, vi: chính sách được thực hiện}
  implementation:
    {type: string, several: true, values_of: implementations, default: any, help: how the article ties the province to the policy, vi: mức gắn của tỉnh với chính sách trong bài}
  fund_kind:
    {type: string, several: true, values_of: Fund.kind, default: venture_capital, help: kind of fund asked for, vi: loại quỹ}
  fund_status:
    {type: string, several: true, values_of: statuses, default: existing, help: how far the fund is, vi: tình trạng của quỹ}
  as_of:
    {type: date, help: 'the map of this day: what was said of a unit that was merged by then counts for the unit it is part of; none: only what is said of provinces of today', vi: 'bản đồ của ngày này: điều nói về đơn vị đã sáp nhập trước đó được tính cho đơn vị mới; bỏ trống: chỉ tính điều nói về các tỉnh, thành phố hiện nay'}
returns:
  province:              {type: entity, help: the province or city of today, vi: 'tỉnh, thành phố hiện nay'}
  province_name:         {help: its name, vi: 'tên tỉnh, thành phố'}
  fund:                  {type: entity, help: 'a fund it, or an agency of its, runs, plans or proposes', vi: 'quỹ do tỉnh hoặc cơ quan của tỉnh vận hành, dự kiến hoặc đề xuất'}
  fund_name:             {help: name of the fund, vi: tên quỹ}
  fund_kind:             {help: kind of the fund, vi: loại quỹ}
  fund_status:           {help: how far the fund is for who runs or plans it, vi: tình trạng của quỹ đối với bên vận hành hoặc dự kiến}
  fund_actors:           {type: entities, help: 'who runs, plans or proposes it', vi: 'bên vận hành, dự kiến hoặc đề xuất quỹ'}
  implementation:        {help: how the article ties the province to the policy, vi: mức gắn của tỉnh với chính sách}
  implementation_status: {help: how far the implementing is, vi: tình trạng thực hiện chính sách}
  statements:            {type: statements, help: what the row rests on, vi: các phát biểu làm căn cứ}
  implements:            {type: boolean, help: 'it implements the policy, tied as asked; a tie that is planned, past or disputed does not count', vi: 'tỉnh thực hiện chính sách, với mức gắn như yêu cầu; không tính khi mới dự kiến, đã qua hoặc còn mâu thuẫn', not: 'not tied to the policy as asked', not_vi: 'không được nêu là gắn với chính sách theo yêu cầu'}
  has_fund:              {type: boolean, help: there is a fund of the province in any status, vi: tỉnh có quỹ ở bất kỳ tình trạng nào, not: 'no fund of it is named', not_vi: 'không có quỹ nào của tỉnh được nêu'}
  kind_as_asked:         {type: boolean, help: the fund is of a kind asked for, vi: đúng loại quỹ yêu cầu, not: 'its fund is of another kind', not_vi: 'quỹ thuộc loại khác'}
  status_as_asked:       {type: boolean, help: the fund is as far as asked for, vi: đúng tình trạng yêu cầu, not: 'its fund is not as far as asked', not_vi: 'quỹ chưa ở tình trạng yêu cầu'}
conditions: [implements, has_fund, kind_as_asked, status_as_asked]
example: {fund_status: [considered, planned]}
expect:
  rows: 0
  near:
    - {province: 'province:quang-ninh', fund: 'fund:quang-ninh-venture-capital', fund_status: planned, fails: [implements]}
    - {province: 'province:lam-dong', fund: 'fund:lam-dong-venture-capital', fund_status: planned, fails: [implements]}
    - {province: 'province:khanh-hoa', fund: 'fund:khanh-hoa-venture-capital', fund_status: planned, fails: [implements]}
    - {province: 'province:hai-phong', fund: 'fund:hai-phong-venture-capital', fund_status: considered, fails: [implements]}
    - {province: 'province:thai-nguyen', fund: null, implementation: explicit, fails: [has_fund]}
    - {province: 'province:dong-nai', fund_kind: st_development, implementation: explicit, fails: [kind_as_asked, status_as_asked]}
*/
MATCH (province:Province)
WHERE province.abolished_on IS NULL OR ($as_of IS NOT NULL AND left(province.abolished_on, size($as_of)) > $as_of)
OPTIONAL MATCH said = (province)<-[:MERGED_INTO*0..3]-(tied:Province), (tied)-[tie:IMPLEMENTS]->(:Entity {id: $policy})
WHERE all(step IN relationships(said) WHERE $as_of IS NOT NULL AND left(step.date, size($as_of)) <= $as_of)
WITH province, tie, CASE WHEN tie IS NOT NULL AND tie.implementation IN $implementation
  AND NOT coalesce(tie.status, 'unclear') IN ['planned', 'past', 'disputed'] THEN 0 ELSE 1 END AS falls_short, tie.id AS edge
ORDER BY province.id, falls_short, edge
// Units that merged may each be tied: the one that is tied as asked stands for them.
WITH province, collect(tie)[0] AS tie, min(falls_short) = 0 AS implements
OPTIONAL MATCH whole = (province)<-[:MERGED_INTO|PART_OF*0..4]-(actor:Entity), (actor)-[own:OPERATES|PLANS|PROPOSES]->(fund:Fund)
WHERE all(body IN tail(nodes(whole)) WHERE body:Agency OR body:Province)
  AND all(step IN relationships(whole) WHERE CASE type(step)
    WHEN 'MERGED_INTO' THEN $as_of IS NOT NULL AND left(step.date, size($as_of)) <= $as_of
    ELSE NOT coalesce(step.status, 'unclear') IN ['planned', 'past', 'disputed'] END)
WITH DISTINCT province, tie, implements, fund, coalesce(own.status, 'unclear') AS status, actor.id AS actor, own.id AS edge,
  own.statements AS told
ORDER BY edge
WITH province, tie, implements, fund, status, collect(actor) AS actors, collect(told) AS told
RETURN province.id AS province, province.name AS province_name,
  fund.id AS fund, fund.name AS fund_name, fund.kind AS fund_kind,
  CASE WHEN fund IS NULL THEN null ELSE status END AS fund_status, actors AS fund_actors,
  tie.implementation AS implementation, tie.status AS implementation_status,
  coalesce(tie.statements, []) + reduce(all = [], some IN told | all + some) AS statements,
  implements,
  fund IS NOT NULL AS has_fund,
  CASE WHEN fund IS NULL THEN null ELSE fund.kind IN $fund_kind END AS kind_as_asked,
  CASE WHEN fund IS NULL THEN null ELSE status IN $fund_status END AS status_as_asked
ORDER BY province, fund, fund_status
