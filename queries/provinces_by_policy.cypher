/*
title: Provinces by policy
topic: policies
question:
  en: Which provinces implement a policy, and how is each tied to it?
  vi: Những tỉnh, thành phố nào thực hiện một chính sách và gắn với chính sách đó ở mức nào?
params:
  policy:
    {type: entity, values_of: Policy, default: 'policy:57-nq-tw', help: the policy that is implemented, vi: chính sách được thực hiện}
  implementation:
    {type: string, several: true, values_of: implementations, default: any, help: how the article ties the province to the policy, vi: mức gắn của tỉnh với chính sách trong bài}
  as_of:
    {type: date, help: 'the map of this day: what was said of a unit that was merged by then counts for the unit it is part of; none: only what is said of provinces of today', vi: 'bản đồ của ngày này: điều nói về đơn vị đã sáp nhập trước đó được tính cho đơn vị mới; bỏ trống: chỉ tính điều nói về các tỉnh, thành phố hiện nay'}
returns:
  province:       {type: entity, help: the province or city of today, vi: 'tỉnh, thành phố hiện nay'}
  province_name:  {help: its name, vi: 'tên tỉnh, thành phố'}
  reported_as:    {type: entity, help: 'the unit that the article speaks of, where it is another', vi: 'đơn vị mà bài báo nêu, nếu khác'}
  implementation: {help: how the article ties the province to the policy, vi: mức gắn của tỉnh với chính sách}
  status:         {help: how far the implementing is, vi: tình trạng thực hiện}
  basis:          {help: how firmly the passage says so, vi: mức căn cứ}
  as_of:          {type: date, help: the day it held, vi: thời điểm}
  articles:       {type: integer, help: articles that say so, vi: số bài báo}
  origins:        {type: integer, help: independent tellings, vi: số nguồn độc lập}
  statements:     {type: statements, help: what the row rests on, vi: các phát biểu làm căn cứ}
  implements:     {type: boolean, help: 'it implements the policy; a tie that is planned, past or disputed does not count', vi: 'tỉnh thực hiện chính sách; không tính khi mới dự kiến, đã qua hoặc còn mâu thuẫn', not: 'the tie is only planned, past or disputed', not_vi: 'việc thực hiện mới dự kiến, đã qua hoặc còn mâu thuẫn'}
  tied_as_asked:  {type: boolean, help: the tie is as asked for, vi: đúng mức gắn yêu cầu, not: 'the tie is another than asked', not_vi: 'mức gắn khác với yêu cầu'}
conditions: [implements, tied_as_asked]
example: {policy: 'policy:57-nq-tw', implementation: explicit}
expect:
  has:
    - {province: 'province:dong-nai'}
    - {province: 'province:thai-nguyen', origins: 1}
  near:
    - {province: 'province:can-tho', implementation: in_spirit, fails: [tied_as_asked]}
    - {province: 'province:ho-chi-minh', implementation: context, fails: [tied_as_asked]}
  never:
    - {province: 'province:quang-ninh'}
*/
MATCH merged = (province:Province)<-[:MERGED_INTO*0..3]-(unit:Province), (unit)-[tie:IMPLEMENTS]->(:Entity {id: $policy})
WHERE (province.abolished_on IS NULL OR ($as_of IS NOT NULL AND left(province.abolished_on, size($as_of)) > $as_of))
  AND all(step IN relationships(merged) WHERE $as_of IS NOT NULL AND left(step.date, size($as_of)) <= $as_of)
RETURN province.id AS province, province.name AS province_name,
  CASE WHEN unit.id = province.id THEN null ELSE unit.id END AS reported_as,
  tie.implementation AS implementation, coalesce(tie.status, 'unclear') AS status, tie.basis AS basis,
  tie.as_of AS as_of, tie.articles AS articles, tie.origins AS origins, tie.statements AS statements,
  NOT coalesce(tie.status, 'unclear') IN ['planned', 'past', 'disputed'] AS implements,
  tie.implementation IN $implementation AS tied_as_asked
ORDER BY province, unit.id
