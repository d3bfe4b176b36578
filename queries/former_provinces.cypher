/*
title: Former provinces and what was said of them
topic: provinces
question:
  en: Which provinces exist no longer, which unit of today are they in, since when, and what do the articles say of them?
  vi: Những tỉnh, thành phố nào không còn, nay thuộc đơn vị nào, từ khi nào, và các bài báo nói gì về tỉnh cũ?
params:
  province:
    {type: entity, values_of: Province, help: 'only this one, be it the former province or the one of today', vi: 'chỉ tỉnh này, là tỉnh cũ hoặc tỉnh hiện nay'}
returns:
  former:        {type: entity, help: the province or city that exists no longer, vi: 'tỉnh, thành phố không còn'}
  former_name:   {help: its name, vi: tên tỉnh cũ}
  province:      {type: entity, help: 'the unit of today it is in, where one is known', vi: 'đơn vị hiện nay, nếu biết'}
  province_name: {help: its name, vi: tên đơn vị hiện nay}
  since:         {type: date, help: the day from which it is so, vi: từ ngày}
  abolished_on:  {type: date, help: the day the former province ended, vi: ngày giải thể}
  basis:         {help: 'how the merger is known; reference is from a table, not from an article', vi: 'căn cứ của việc sáp nhập; reference là theo bảng tra cứu, không phải bài báo'}
  said:          {type: integer, help: 'statements of articles about the former province as reported, the merger aside; they are not moved to the unit of today', vi: 'số phát biểu trong bài báo về tỉnh cũ, không kể việc sáp nhập, giữ nguyên đơn vị như khi được nêu'}
  statements:    {type: statements, help: 'what the merger rests on, then all that is said of the former province', vi: 'căn cứ của việc sáp nhập, tiếp đến là các phát biểu về tỉnh cũ'}
example: {province: 'province:lam-dong'}
expect:
  rows: 2
  has:
    - {former: 'province:binh-thuan', province: 'province:lam-dong', since: '2025-07-01', basis: reference}
    - {former: 'province:dak-nong', province: 'province:lam-dong', since: '2025-07-01'}
  never:
    - {former: 'province:lam-dong'}
    - {basis: stated}
*/
MATCH (former:Province)
WHERE former.abolished_on IS NOT NULL
OPTIONAL MATCH way = (former)-[:MERGED_INTO*1..4]->(province:Province)
WHERE province.abolished_on IS NULL
WITH former, province, relationships(way) AS steps,
  coalesce([stop IN nodes(way) | stop.id], [former.id]) AS stops
WHERE $province IS NULL OR $province IN stops
WITH former, province, steps,
  COLLECT {
    MATCH (former)<-[:SUBJECT|OBJECT|ABOUT]-(told:Statement)-[:STATED_IN]->(:Article)
    WHERE NOT coalesce(told.predicate, '') = 'MERGED_INTO'
    RETURN DISTINCT told.id AS told ORDER BY told
  } AS said
RETURN former.id AS former, former.name AS former_name, province.id AS province, province.name AS province_name,
  last([step IN steps | step.date]) AS since, former.abolished_on AS abolished_on,
  CASE WHEN any(step IN steps WHERE step.basis = 'reference') THEN 'reference' ELSE head([step IN steps | step.basis]) END AS basis,
  size(said) AS said, reduce(all = [], step IN coalesce(steps, []) | all + step.statements) + said AS statements
ORDER BY former, province, since
