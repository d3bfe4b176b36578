/*
title: Centres by kind, status and province
topic: centres
question:
  en: Which centres are there, of which kind, how far is each, and in which province?
  vi: Có những trung tâm nào, thuộc loại gì, đang ở tình trạng nào và ở tỉnh, thành phố nào?
params:
  centre_kind:
    {type: string, several: true, values_of: Centre.kind, default: any, help: kind of centre asked for, vi: loại trung tâm}
  centre_status:
    {type: string, several: true, values_of: statuses, default: any, help: how far the centre is, vi: tình trạng của trung tâm}
  province:
    {type: entity, values_of: Province, help: only centres of this province or city, vi: 'chỉ trung tâm của tỉnh, thành phố này'}
returns:
  centre:          {type: entity, help: the centre, vi: trung tâm}
  centre_name:     {help: its name, vi: tên trung tâm}
  centre_kind:     {help: its kind, vi: loại trung tâm}
  count:           {type: integer, help: 'how many centres an article counts together in this one, where it does', vi: 'số trung tâm được bài báo gộp chung, nếu có'}
  centre_status:   {help: 'how far it is for who runs, plans or proposes it, else how far its own place there is', vi: 'tình trạng đối với bên vận hành, dự kiến hoặc đề xuất; nếu không nêu thì theo việc đặt tại nơi đó'}
  province:        {type: entity, help: 'the province or city whose centre it is, or where it stands', vi: 'tỉnh, thành phố có trung tâm hoặc nơi đặt trung tâm'}
  province_name:   {help: its name, vi: 'tên tỉnh, thành phố'}
  relations:       {type: strings, help: 'how it is tied to them', vi: các quan hệ}
  actors:          {type: entities, help: 'who runs, plans or proposes it', vi: 'bên vận hành, dự kiến hoặc đề xuất'}
  as_of:           {type: date, help: the day it held, vi: thời điểm}
  statements:      {type: statements, help: what the row rests on, vi: các phát biểu làm căn cứ}
  kind_as_asked:   {type: boolean, help: the centre is of a kind asked for, vi: đúng loại trung tâm yêu cầu, not: 'the centre is of another kind', not_vi: 'trung tâm thuộc loại khác'}
  status_as_asked: {type: boolean, help: the centre is as far as asked for, vi: đúng tình trạng yêu cầu, not: 'the centre is not as far as asked', not_vi: 'trung tâm chưa ở tình trạng yêu cầu'}
conditions: [kind_as_asked, status_as_asked]
example: {centre_kind: innovation_centre, centre_status: existing}
expect:
  has:
    - {centre: 'centre:ha-long-university-innovation', province: 'province:quang-ninh', centre_status: existing}
  near:
    - {centre: 'centre:northeast-innovation', province: 'province:quang-ninh', centre_status: planned, fails: [status_as_asked]}
    - {centre: 'centre:hai-phong-logistics-ai', province: 'province:hai-phong', centre_status: considered, fails: [status_as_asked]}
    - {centre: 'centre:lam-dong-startup-support', count: 3, centre_status: existing, fails: [kind_as_asked]}
  never:
    - {centre: 'centre:hai-phong-logistics-ai'}
    - {province: 'province:lam-dong'}
    - {centre: 'centre:ho-chi-minh-potential-innovation-centres'}
*/
MATCH (centre:Centre)
OPTIONAL MATCH (centre)<-[own:OPERATES|PLANS|PROPOSES]-(actor:Entity)
OPTIONAL MATCH whole = (actor)-[:PART_OF*0..2]->(home:Province)
WHERE home.abolished_on IS NULL AND all(body IN nodes(whole)[..-1] WHERE body:Agency)
  AND all(step IN relationships(whole) WHERE NOT coalesce(step.status, 'unclear') IN ['planned', 'past', 'disputed'])
OPTIONAL MATCH way = (centre)-[:LOCATED_IN|HAS_SITE_IN|PART_OF*1..3]->(site:Province)
WHERE site.abolished_on IS NULL AND all(stop IN nodes(way)[1..-1] WHERE stop:Place OR stop:Organisation)
  AND all(step IN tail(relationships(way)) WHERE NOT coalesce(step.status, 'unclear') IN ['planned', 'past', 'disputed'])
WITH centre, own, actor, home.id AS home, site.id AS site, head(relationships(way)) AS stands
UNWIND CASE WHEN home <> site THEN [home, site] ELSE [coalesce(home, site, '')] END AS place
WITH centre, own, actor, place, CASE WHEN place = home THEN null ELSE stands END AS stands
WHERE $province IS NULL OR place = $province
WITH centre, place, actor.id AS actor, own.id AS first, stands.id AS second,
  CASE WHEN own IS NULL THEN null ELSE type(own) END AS relation,
  CASE WHEN stands IS NULL THEN null ELSE type(stands) END AS standing, coalesce(own.as_of, stands.as_of) AS as_of,
  CASE WHEN own IS NULL OR (own.status IN ['existing', 'in_progress'] AND stands.status IN ['proposed', 'considered', 'planned', 'approved', 'past', 'disputed'])
    THEN coalesce(stands.status, 'unclear') ELSE coalesce(own.status, 'unclear') END AS status,
  coalesce(own.statements, []) + coalesce(stands.statements, []) AS told
ORDER BY actor, relation, first, standing, second
WITH centre, place, status, collect(DISTINCT relation) + collect(DISTINCT standing) AS relations,
  collect(DISTINCT actor) AS actors, max(as_of) AS as_of, collect(told) AS told
OPTIONAL MATCH (province:Province {id: place})
WITH centre, province, status, relations, actors, as_of, CASE WHEN size(relations) > 0
  THEN reduce(all = [], said IN reduce(flat = [], some IN told | flat + some) | CASE WHEN said IN all THEN all ELSE all + said END)
  ELSE COLLECT { MATCH (centre)<-[:SUBJECT|OBJECT|ABOUT]-(s:Statement) RETURN DISTINCT s.id AS said ORDER BY said } END AS statements
RETURN centre.id AS centre, centre.name AS centre_name, centre.kind AS centre_kind, centre.count AS count,
  status AS centre_status, province.id AS province, province.name AS province_name, relations, actors, as_of, statements,
  centre.kind IN $centre_kind AS kind_as_asked, status IN $centre_status AS status_as_asked
ORDER BY centre, province, centre_status
