/*
title: Provinces by policy
topic: policies
question:
  en: Which provinces implement a policy, and how do the articles relate each to it?
  vi: Những tỉnh, thành phố nào thực hiện một chính sách và gắn với chính sách đó ở mức nào?
asks: {needs: [implement|@Policy, Province|implement], covers: [implement, Province, exist, Policy, who, implementations, plan]}
params:
  policy:
    {type: entity, values_of: Policy, default: 'policy:57-nq-tw', help: policy that is implemented, vi: chính sách được thực hiện}
  implementation:
    {type: string, several: true, values_of: implementations, default: [explicit, in_spirit], help: 'how the article relates the province to the policy; a province that only the context relates to it is a near miss unless requested', vi: 'mức gắn của tỉnh với chính sách trong bài; tỉnh chỉ gắn theo bối cảnh được coi là đáp ứng một phần, trừ khi được hỏi'}
  as_of:
    {type: date, help: 'administrative map of this date: statements about a unit merged by then count for the unit it became part of; if empty, only statements about current provinces count', vi: 'bản đồ của ngày này: điều nói về đơn vị đã sáp nhập trước đó được tính cho đơn vị mới; bỏ trống: chỉ tính điều nói về các tỉnh, thành phố hiện nay'}
returns:
  province:               {type: entity, help: the current province or city, vi: 'tỉnh, thành phố hiện nay'}
  province_name:          {help: its name, vi: 'tên tỉnh, thành phố'}
  reported_as:            {type: entity, help: 'unit that the article names, if different', vi: 'đơn vị mà bài báo nêu, nếu khác'}
  implementation:         {help: 'how the article relates the province to the policy: explicit, in spirit or context', vi: mức gắn của tỉnh với chính sách}
  status:                 {help: status of the implementation, vi: tình trạng thực hiện}
  basis:                  {help: 'how we know it: stated, inferred or context', vi: mức căn cứ}
  as_of:                  {type: date, help: date on which it held, vi: tính đến ngày}
  articles:               {type: integer, help: number of articles that state it, vi: số bài báo}
  origins:                {type: integer, help: number of independent origins, vi: số nguồn độc lập}
  statements:             {type: statements, help: statements that support the row, vi: các thông tin làm căn cứ}
  disputed:               {type: boolean, help: sources or readings disagree about it, vi: 'các nguồn hoặc cách hiểu chưa thống nhất'}
  is_tied:                {type: boolean, help: an article ties it to the policy, vi: 'có bài gắn tỉnh với chính sách', not: no article ties it to the policy, not_vi: 'không bài nào gắn tỉnh với chính sách'}
  implements:             {type: boolean, help: 'it implements the policy; implementation that is planned, past, disputed or known only from the context does not count', vi: 'tỉnh thực hiện chính sách; không tính khi mới dự kiến, đã qua, chưa thống nhất hoặc chỉ biết theo bối cảnh', not: 'the implementation is planned, past, disputed or known only from the context', not_vi: 'việc thực hiện mới dự kiến, đã qua, chưa thống nhất hoặc chỉ biết theo bối cảnh'}
  implementation_matches: {type: boolean, help: the article relates it to the policy as requested, vi: đúng mức gắn yêu cầu, not: the article relates it to the policy in another way, not_vi: 'mức gắn khác với yêu cầu'}
conditions: [is_tied, implements, implementation_matches]
example: {policy: 'policy:57-nq-tw', implementation: explicit}
expect:
  has:
    - {province: 'province:dong-nai'}
    - {province: 'province:thai-nguyen', origins: 1}
  near:
    - {province: 'province:can-tho', implementation: in_spirit, fails: [implementation_matches]}
    - {province: 'province:ho-chi-minh', implementation: context, fails: [implements, implementation_matches]}
  never:
    - {province: 'province:quang-ninh'}
*/
MATCH merger_path = (province:Province)<-[:MERGED_INTO*0..3]-(unit:Province), (unit)-[edge:IMPLEMENTS]->(:Entity {id: $policy})
WHERE (province.abolished_on IS NULL OR ($as_of IS NOT NULL AND left(province.abolished_on, size($as_of)) > $as_of))
  AND all(step IN relationships(merger_path) WHERE $as_of IS NOT NULL AND left(step.date, size($as_of)) <= $as_of)
RETURN province.id AS province, province.name AS province_name,
  CASE WHEN unit.id = province.id THEN null ELSE unit.id END AS reported_as,
  edge.implementation AS implementation, coalesce(edge.status, 'unclear') AS status, edge.basis AS basis,
  edge.as_of AS as_of, edge.articles AS articles, edge.origins AS origins, edge.statements AS statements,
  edge.disagreements IS NOT NULL AS disputed, true AS is_tied,
  edge.holds OR ('context' IN $implementation AND edge.implementation = 'context'
    AND coalesce(edge.status, 'unclear') IN $in_force + ['unclear']) AS implements,
  edge.implementation IN $implementation AS implementation_matches
ORDER BY province, unit.id
