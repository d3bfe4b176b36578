/*
title: Centres by kind, status and province
topic: centres
question:
  en: Which centres are there, of what kind and status, and in which province?
  vi: Có những trung tâm nào, thuộc loại gì, đang ở tình trạng nào và ở tỉnh, thành phố nào?
asks: {needs: [Centre|Centre.kind|@Centre], covers: [exist, plan, Province, count, statuses, who, Centre, Centre.kind, '@Centre', Province, consider, when]}
params:
  centre_kind:
    {type: string, several: true, values_of: Centre.kind, default: any, help: kind of centre, vi: loại trung tâm}
  centre_status:
    {type: string, several: true, values_of: statuses, default: any, help: status of the centre, vi: tình trạng của trung tâm}
  province:
    {type: entity, values_of: Province, help: only centres of this province or city, vi: 'chỉ trung tâm của tỉnh, thành phố này'}
returns:
  centre:           {type: entity, help: the centre, vi: trung tâm}
  centre_name:      {help: its name, vi: tên trung tâm}
  centre_kind:      {help: its kind, vi: loại trung tâm}
  counted_together: {type: integer, help: 'number of centres, if an article counts several as one', vi: 'số trung tâm được bài báo gộp chung, nếu có'}
  centre_status:    {help: 'status for those who have, plan or propose it; if nobody does, status of its location', vi: 'tình trạng đối với bên có, dự kiến hoặc đề xuất; nếu không nêu thì theo việc đặt tại nơi đó'}
  province:         {type: entity, help: province or city that the centre belongs to or is located in, vi: 'tỉnh, thành phố có trung tâm hoặc nơi đặt trung tâm'}
  province_name:    {help: its name, vi: 'tên tỉnh, thành phố'}
  predicates:       {type: strings, help: predicates that connect it to the actors or the province, vi: các quan hệ}
  actors:           {type: entities, help: 'who has, plans or proposes it', vi: 'bên có, dự kiến hoặc đề xuất'}
  as_of:            {type: date, help: date on which it held, vi: tính đến ngày}
  basis:            {help: 'how we know it: stated, inferred, context or reference', vi: mức căn cứ}
  due:              {type: date, help: 'date, year or period by which the centre is to be there; ../2030 means by 2030', vi: 'thời hạn có trung tâm: ngày, năm hoặc giai đoạn; ../2030 là chậm nhất năm 2030'}
  alternative:      {type: entities, help: 'what it may be instead, if the articles name an alternative', vi: 'phương án khác, nếu bài báo nêu trung tâm hoặc phương án khác'}
  disputed:         {type: boolean, help: sources or readings disagree about it, vi: 'các nguồn hoặc cách hiểu chưa thống nhất'}
  statements:       {type: statements, help: statements that support the row, vi: các thông tin làm căn cứ}
  kind_matches:     {type: boolean, help: the centre is of the requested kind; others are not listed, vi: 'đúng loại trung tâm yêu cầu; loại khác không được liệt kê', not: the centre is of another kind, not_vi: 'trung tâm thuộc loại khác'}
  status_matches:   {type: boolean, help: 'the centre is at the requested stage, and more than the context shows it', vi: đúng tình trạng yêu cầu và không chỉ theo bối cảnh, not: 'the centre is at another stage, or only the context shows it', not_vi: 'trung tâm chưa ở tình trạng yêu cầu, hoặc chỉ theo bối cảnh'}
conditions: [kind_matches, status_matches]
example: {centre_kind: innovation_centre, centre_status: existing}
expect:
  has:
    - {centre: 'centre:ha-long-university-innovation', province: 'province:quang-ninh', centre_status: existing}
  near:
    - {centre: 'centre:northeast-innovation', province: 'province:quang-ninh', centre_status: planned, fails: [status_matches]}
    - {centre: 'centre:hai-phong-logistics-ai', province: 'province:hai-phong', centre_status: considered, fails: [status_matches]}
  never:
    - {centre: 'centre:hai-phong-logistics-ai'}
    - {centre_kind: tech_park}
    - {province: 'province:lam-dong'}
    - {centre: 'centre:ho-chi-minh-potential-innovation-centres'}
*/
MATCH (centre:Centre)
WHERE centre.kind IN $centre_kind
OPTIONAL MATCH (centre)<-[actor_edge:HAS|PLANS|PROPOSES]-(actor:Entity)
OPTIONAL MATCH membership_path = (actor)-[:PART_OF*0..2]->(actor_province:Province)
WHERE actor_province.abolished_on IS NULL AND all(node IN nodes(membership_path)[..-1] WHERE node:Agency)
  AND all(step IN relationships(membership_path) WHERE step.holds)
OPTIONAL MATCH location_path = (centre)-[:LOCATED_IN|HAS_SITE_IN|PART_OF*1..3]->(location_province:Province)
WHERE location_province.abolished_on IS NULL AND all(node IN nodes(location_path)[1..-1] WHERE node:Place OR node:Organisation)
  AND all(step IN tail(relationships(location_path)) WHERE step.holds)
WITH centre, actor_edge, actor, actor_province.id AS actor_province, location_province.id AS location_province,
  head(relationships(location_path)) AS location_edge
UNWIND CASE WHEN actor_province <> location_province THEN [actor_province, location_province]
  ELSE [coalesce(actor_province, location_province, '')] END AS province_id
WITH centre, actor_edge, actor, province_id, CASE WHEN province_id = actor_province THEN null
  ELSE location_edge END AS location_edge
WHERE $province IS NULL OR province_id = $province
WITH centre, province_id, actor.id AS actor, actor_edge, location_edge, actor_edge.id AS actor_edge_id,
  location_edge.id AS location_edge_id,
  CASE WHEN actor_edge IS NULL THEN null ELSE type(actor_edge) END AS actor_predicate,
  CASE WHEN location_edge IS NULL THEN null ELSE type(location_edge) END AS location_predicate,
  coalesce(actor_edge.as_of, location_edge.as_of) AS as_of, coalesce(actor_edge.due, location_edge.due) AS due,
  CASE WHEN actor_edge IS NULL OR (actor_edge.status IN $in_force
    AND location_edge.status IN $planned + $ended + $cancelled + ['disputed'])
    THEN coalesce(location_edge.status, 'unclear') ELSE coalesce(actor_edge.status, 'unclear') END AS status,
  coalesce(head([index IN range(0, 3) WHERE ['stated', 'inferred', 'reference', 'context'][index]
    = coalesce(actor_edge.basis, location_edge.basis)]), 3) AS basis_rank,
  coalesce(actor_edge.statements, []) + coalesce(location_edge.statements, []) AS statement_ids
ORDER BY actor, actor_predicate, actor_edge_id, location_predicate, location_edge_id
WITH centre, province_id, status, collect(DISTINCT actor_predicate) + collect(DISTINCT location_predicate) AS predicates,
  collect(DISTINCT actor) AS actors, max(as_of) AS as_of, max(due) AS due, min(basis_rank) AS basis_rank,
  collect(actor_edge) + collect(location_edge) AS edges, collect(statement_ids) AS statement_lists,
  count(CASE WHEN NOT status IN $in_force OR (coalesce(actor_edge.holds, true) AND coalesce(location_edge.holds, true))
    THEN 1 END) > 0 AS is_firm
OPTIONAL MATCH (province:Province {id: province_id})
WITH *, CASE WHEN size(predicates) > 0
  THEN reduce(all = [], statement_id IN reduce(flat_ids = [], list IN statement_lists | flat_ids + list) |
    CASE WHEN statement_id IN all THEN all ELSE all + statement_id END)
  ELSE COLLECT { MATCH (centre)<-[:SUBJECT|OBJECT|ABOUT]-(statement:Statement) RETURN DISTINCT statement.id AS statement_id
    ORDER BY statement_id } END AS statements
RETURN centre.id AS centre, centre.name AS centre_name, centre.kind AS centre_kind, centre.count AS counted_together,
  status AS centre_status, province.id AS province, province.name AS province_name, predicates, actors, as_of,
  CASE WHEN size(edges) > 0 THEN ['stated', 'inferred', 'reference', 'context'][basis_rank] END AS basis, due,
  reduce(all = [], edge IN edges | all + [id IN coalesce(edge.alternative, []) WHERE NOT id IN all]) AS alternative,
  any(edge IN edges WHERE edge.disagreements IS NOT NULL) AS disputed, statements,
  centre.kind IN $centre_kind AS kind_matches, status IN $centre_status AND is_firm AS status_matches
ORDER BY centre, province, centre_status
