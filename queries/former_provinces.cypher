/*
title: Former provinces and statements about them
topic: provinces
question:
  en: Which provinces no longer exist, which current unit are they part of, since when, and what do the articles say about them?
  vi: Những tỉnh, thành phố nào không còn, nay thuộc đơn vị nào, từ khi nào, và các bài báo nói gì về tỉnh cũ?
asks: {needs: [former], covers: [Province, when, timeline, where, part_of, exist, '@Province']}
params:
  province:
    {type: entity, values_of: Province, help: 'only this one, as the former or the current province', vi: 'chỉ tỉnh này, là tỉnh cũ hoặc tỉnh hiện nay'}
returns:
  former_province:      {type: entity, help: province or city that no longer exists, vi: 'tỉnh, thành phố không còn'}
  former_province_name: {help: its name, vi: tên tỉnh cũ}
  province:             {type: entity, help: 'current unit that it became part of, if known', vi: 'đơn vị hiện nay, nếu biết'}
  province_name:        {help: its name, vi: tên đơn vị hiện nay}
  merged_on:            {type: date, help: date of the last merger, vi: từ ngày}
  abolished_on:         {type: date, help: date on which the former province was abolished, vi: ngày giải thể}
  basis:                {help: 'how we know of the merger; reference means a reference table, not an article', vi: 'căn cứ của việc sáp nhập; reference là theo bảng tra cứu, không phải bài báo'}
  statement_count:      {type: integer, help: 'number of statements in articles about the former province, without the merger itself; they are not transferred to the current unit', vi: 'số thông tin trong bài báo về tỉnh cũ, không kể việc sáp nhập, giữ nguyên đơn vị như khi được nêu'}
  statements:           {type: statements, help: 'statements that support the merger, then all statements about the former province', vi: 'căn cứ của việc sáp nhập, tiếp đến là các thông tin về tỉnh cũ'}
example: {province: 'province:lam-dong'}
expect:
  rows: 2
  has:
    - {former_province: 'province:binh-thuan', province: 'province:lam-dong', merged_on: '2025-07-01', basis: reference}
    - {former_province: 'province:dak-nong', province: 'province:lam-dong', merged_on: '2025-07-01'}
  never:
    - {former_province: 'province:lam-dong'}
    - {basis: stated}
*/
MATCH (former_province:Province)
WHERE former_province.abolished_on IS NOT NULL
OPTIONAL MATCH merger_path = (former_province)-[:MERGED_INTO*1..4]->(province:Province)
WHERE province.abolished_on IS NULL
WITH former_province, province, relationships(merger_path) AS steps,
  coalesce([node IN nodes(merger_path) | node.id], [former_province.id]) AS node_ids
WHERE $province IS NULL OR $province IN node_ids
WITH former_province, province, steps,
  COLLECT {
    MATCH (former_province)<-[:SUBJECT|OBJECT|ABOUT]-(statement:Statement)-[:STATED_IN]->(:Article)
    WHERE NOT coalesce(statement.predicate, '') = 'MERGED_INTO'
    RETURN DISTINCT statement.id AS statement_id ORDER BY statement_id
  } AS statement_ids
RETURN former_province.id AS former_province, former_province.name AS former_province_name, province.id AS province,
  province.name AS province_name,
  last([step IN steps | step.date]) AS merged_on, former_province.abolished_on AS abolished_on,
  CASE WHEN any(step IN steps WHERE step.basis = 'reference') THEN 'reference' ELSE head([step IN steps | step.basis]) END AS basis,
  size(statement_ids) AS statement_count, reduce(all = [], step IN coalesce(steps,
  []) | all + step.statements) + statement_ids AS statements
ORDER BY former_province, province, merged_on
