/*
title: Provinces by the sectors they prioritise
topic: provinces
question:
  en: Which provinces prioritise which sectors, and with what status?
  vi: Những tỉnh, thành phố nào ưu tiên lĩnh vực nào và đã đến đâu?
asks: {needs: [prioritise], covers: [Sector, Province, '@Sector', exist, plan, who]}
params:
  sector:
    {type: entity, values_of: Sector, help: only this sector, vi: chỉ lĩnh vực này}
  province:
    {type: entity, values_of: Province, help: only this current province or city, vi: 'chỉ tỉnh, thành phố này'}
returns:
  sector:        {type: entity, help: the sector, vi: lĩnh vực}
  sector_name:   {help: its name, vi: tên lĩnh vực}
  province:      {type: entity, help: the current province or city, vi: 'tỉnh, thành phố hiện nay'}
  province_name: {help: its name, vi: 'tên tỉnh, thành phố'}
  actor:         {type: entity, help: 'who sets the priority: the province, or a place or centre in it', vi: 'bên ưu tiên: tỉnh, hoặc địa điểm hay trung tâm ở tỉnh'}
  actor_name:    {help: its name, vi: tên bên ưu tiên}
  status:        {help: stage it has reached, vi: tình trạng}
  basis:         {help: 'how we know it: stated, inferred or context', vi: mức căn cứ}
  as_of:         {type: date, help: date on which it held, vi: tính đến ngày}
  articles:      {type: integer, help: number of articles that state it, vi: số bài báo}
  origins:       {type: integer, help: number of independent origins, vi: số nguồn độc lập}
  due:           {type: date, help: 'date, year or period by which it is to be so; ../2030 means by 2030', vi: 'thời hạn: ngày, năm hoặc giai đoạn; ../2030 là chậm nhất năm 2030'}
  disputed:      {type: boolean, help: sources or readings disagree about it, vi: 'các nguồn hoặc cách hiểu chưa thống nhất'}
  statements:    {type: statements, help: statements that support the row, vi: các thông tin làm căn cứ}
  by_province:   {type: boolean, help: the province itself prioritises it, vi: chính tỉnh ưu tiên, not: only a place or a centre in it prioritises the sector, not_vi: 'chỉ một địa điểm hoặc trung tâm ở tỉnh ưu tiên'}
  in_force:      {type: boolean, help: it is a priority now, vi: đang ưu tiên, not: 'only planned, past, disputed or unclear', not_vi: 'mới dự kiến, đã qua, chưa thống nhất hoặc chưa rõ'}
conditions: [by_province, in_force]
example: {sector: 'sector:smart-tourism'}
expect:
  has:
    - {province: 'province:lam-dong', status: existing, origins: 1}
  near:
    - {province: 'province:quang-ninh', status: planned, fails: [in_force]}
  never:
    - {province: 'province:quang-ninh'}
*/
MATCH (province:Province)
WHERE province.abolished_on IS NULL AND ($province IS NULL OR province.id = $province)
MATCH location_path = (province)<-[:PART_OF|LOCATED_IN|HAS_SITE_IN*0..2]-(actor:Entity),
  (actor)-[edge:PRIORITISES]->(sector:Sector)
WHERE ($sector IS NULL OR sector.id = $sector)
  AND all(node IN tail(nodes(location_path)) WHERE node:Place OR node:Centre)
  AND all(step IN relationships(location_path) WHERE step.holds)
WITH DISTINCT province, actor, edge, sector
RETURN sector.id AS sector, sector.name AS sector_name, province.id AS province, province.name AS province_name,
  actor.id AS actor, actor.name AS actor_name, coalesce(edge.status, 'unclear') AS status, edge.basis AS basis,
  edge.as_of AS as_of, edge.articles AS articles, edge.origins AS origins,
  edge.due AS due, edge.disagreements IS NOT NULL AS disputed, edge.statements AS statements,
  actor.id = province.id AS by_province, edge.holds AS in_force
ORDER BY sector, province, actor
