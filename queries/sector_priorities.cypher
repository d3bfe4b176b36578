/*
title: Provinces by the sectors they prioritise
topic: provinces
question:
  en: Which provinces prioritise which sectors, and how far is it?
  vi: Những tỉnh, thành phố nào ưu tiên lĩnh vực nào và đã đến đâu?
params:
  sector:
    {type: entity, values_of: Sector, help: only this sector, vi: chỉ lĩnh vực này}
  province:
    {type: entity, values_of: Province, help: only this province or city of today, vi: 'chỉ tỉnh, thành phố này'}
returns:
  sector:        {type: entity, help: the sector, vi: lĩnh vực}
  sector_name:   {help: its name, vi: tên lĩnh vực}
  province:      {type: entity, help: the province or city of today, vi: 'tỉnh, thành phố hiện nay'}
  province_name: {help: its name, vi: 'tên tỉnh, thành phố'}
  actor:         {type: entity, help: 'who sets the priority: the province, or a place or centre in it', vi: 'bên ưu tiên: tỉnh, hoặc địa điểm hay trung tâm ở tỉnh'}
  actor_name:    {help: its name, vi: tên bên ưu tiên}
  status:        {help: how far it is, vi: tình trạng}
  basis:         {help: how firmly the passage says so, vi: mức căn cứ}
  as_of:         {type: date, help: the day it held, vi: thời điểm}
  articles:      {type: integer, help: articles that say so, vi: số bài báo}
  origins:       {type: integer, help: independent tellings, vi: số nguồn độc lập}
  statements:    {type: statements, help: what the row rests on, vi: các phát biểu làm căn cứ}
  by_itself:     {type: boolean, help: the province itself prioritises it, vi: chính tỉnh ưu tiên, not: 'only a place or a centre in it prioritises the sector', not_vi: 'chỉ một địa điểm hoặc trung tâm ở tỉnh ưu tiên'}
  in_place:      {type: boolean, help: it does so already, vi: đang ưu tiên, not: 'only planned, over, disputed or unclear', not_vi: 'mới dự kiến, đã qua, còn mâu thuẫn hoặc chưa rõ'}
conditions: [by_itself, in_place]
example: {sector: 'sector:smart-tourism'}
expect:
  has:
    - {province: 'province:lam-dong', status: existing, origins: 1}
  near:
    - {province: 'province:quang-ninh', status: planned, fails: [in_place]}
  never:
    - {province: 'province:quang-ninh'}
*/
MATCH (province:Province)
WHERE province.abolished_on IS NULL AND ($province IS NULL OR province.id = $province)
MATCH whole = (province)<-[:PART_OF|LOCATED_IN|HAS_SITE_IN*0..2]-(actor:Entity), (actor)-[edge:PRIORITISES]->(sector:Sector)
WHERE ($sector IS NULL OR sector.id = $sector)
  AND all(stop IN tail(nodes(whole)) WHERE stop:Place OR stop:Centre)
  AND all(step IN relationships(whole) WHERE NOT coalesce(step.status, 'unclear') IN ['past', 'disputed'])
WITH DISTINCT province, actor, edge, sector
RETURN sector.id AS sector, sector.name AS sector_name, province.id AS province, province.name AS province_name,
  actor.id AS actor, actor.name AS actor_name, coalesce(edge.status, 'unclear') AS status, edge.basis AS basis,
  edge.as_of AS as_of, edge.articles AS articles, edge.origins AS origins, edge.statements AS statements,
  actor.id = province.id AS by_itself, coalesce(edge.status, 'unclear') IN ['in_progress', 'existing'] AS in_place
ORDER BY sector, province, actor
