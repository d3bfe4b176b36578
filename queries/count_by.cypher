/*
title: Entities counted
topic: graph
question:
  en: How many entities of a type are there, by kind, status, province or basis?
  vi: Có bao nhiêu đối tượng thuộc một loại, theo phân loại, tình trạng, tỉnh, thành phố hoặc mức căn cứ?
asks: {needs: [count], covers: [by, comparison, number, Province, Agency, Person, Policy, Fund, Centre, Organisation, Event, Programme, Sector, Model, Article, exist]}
params:
  type:
    {type: string, values_of: nodes, required: true, help: type of the entities, vi: loại đối tượng}
  by:
    type: string
    values:
      kind: {en: kind, vi: phân loại}
      status: {en: status, vi: tình trạng}
      province: {en: province, vi: 'tỉnh, thành phố'}
      basis: {en: basis, vi: mức căn cứ}
    default: kind
    help: what to count by
    vi: đếm theo
  kind:
    {type: string, several: true, values_of: kinds, help: only entities of this kind, vi: chỉ phân loại này}
  status:
    {type: string, several: true, values_of: statuses, help: only entities with this status, vi: chỉ tình trạng này}
returns:
  kind:          {help: 'kind of the entities, when counted by kind; empty if none is stated', vi: 'phân loại, nếu đếm theo phân loại; trống nếu không nêu'}
  status:        {help: 'stage they have reached, when counted by status; empty if none is stated', vi: 'tình trạng, nếu đếm theo tình trạng; trống nếu không nêu'}
  province:      {type: entity, help: 'current province or city, when counted by province: the one that an entity is in, that has, plans, proposes, issued or hosts it, itself or through its agencies; an entity of two provinces counts for both; empty if none is stated', vi: 'tỉnh, thành phố hiện nay, nếu đếm theo tỉnh: nơi đặt đối tượng, hoặc tỉnh có, dự kiến, đề xuất, ban hành, đăng cai, trực tiếp hoặc qua cơ quan của mình; đối tượng của hai tỉnh được đếm ở cả hai; trống nếu không nêu'}
  province_name: {help: its name, vi: 'tên tỉnh, thành phố'}
  basis:         {help: 'strongest basis on which we know of them, when counted by basis', vi: 'mức căn cứ cao nhất, nếu đếm theo mức căn cứ'}
  count:         {type: integer, help: 'number of entities, whatever their status', vi: 'số đối tượng, ở mọi tình trạng'}
  in_force:      {type: integer, help: how many of them exist or are in progress, vi: số đã có hoặc đang thực hiện}
  planned:       {type: integer, help: 'how many of them are proposed, considered, planned, approved or under construction', vi: 'số được đề xuất, xem xét, dự kiến, phê duyệt hoặc đang xây dựng'}
  other:         {type: integer, help: 'how many of them are past, cancelled, disputed, unclear or without a status', vi: 'số đã qua, đã hủy bỏ, còn mâu thuẫn, chưa rõ hoặc không có tình trạng'}
  units:         {type: integer, help: 'number with each entity that stands for several counted as so many', vi: 'số lượng khi mỗi đối tượng đại diện cho nhiều đơn vị được tính đủ'}
  entities:      {type: entities, help: the entities, vi: các đối tượng}
  statements:    {type: statements, help: 'statements that say their status or province; of an entity without any, the first statement about it', vi: 'các thông tin về tình trạng hoặc tỉnh; nếu không có, thông tin đầu tiên về đối tượng'}
example: {type: Centre, by: status}
expect:
  rows: {at_least: 3}
  has:
    - {status: existing}
    - {status: planned}
*/
MATCH (entity:Entity)
WHERE entity.type = $type AND entity.abolished_on IS NULL AND ($kind IS NULL OR entity.kind IN $kind)
OPTIONAL MATCH (entity)<-[edge:HAS|PLANS|PROPOSES|ISSUED|HOSTS|ORGANISES]-(:Entity)
WITH entity, edge, edge.id AS edge_id
ORDER BY edge_id
WITH entity, collect(edge.status) AS edge_statuses, collect(edge.basis) AS bases, collect(edge.statements) AS lists
WITH entity, bases, lists, coalesce(entity.status, [status IN $in_force + $planned + $uncertain + $ended + $cancelled
    WHERE status IN edge_statuses][0]) AS entity_status
CALL (entity, entity_status) {
  RETURN '' AS province_id, entity_status AS place_status, [] AS place_statements
  UNION ALL
  MATCH location_path = (entity)-[:PART_OF|LOCATED_IN|HAS_SITE_IN|HOLDS_ROLE*0..4]->(province:Province)
  WHERE $by = 'province' AND province.abolished_on IS NULL AND NOT entity:Article
    AND all(node IN nodes(location_path)[1..-1] WHERE NOT node:Province)
    AND all(step IN relationships(location_path) WHERE coalesce(step.status, 'unclear') IN $in_force + ['unclear']
      OR (startNode(step) = entity AND (step.status IN $planned AND entity_status IN $planned
        OR step.status IN $ended AND (entity:Event OR entity_status IN $ended))))
  RETURN province.id AS province_id, entity_status AS place_status,
    reduce(all = [], step IN relationships(location_path) | all + step.statements) AS place_statements
  UNION ALL
  MATCH (entity)<-[edge:HAS|PLANS|PROPOSES|ISSUED|HOSTS|ORGANISES]-(actor:Entity)
  MATCH membership_path = (actor)-[:PART_OF*0..2]->(province:Province)
  WHERE $by = 'province' AND province.abolished_on IS NULL AND all(node IN nodes(membership_path)[..-1] WHERE node:Agency)
    AND all(step IN relationships(membership_path) WHERE coalesce(step.status, 'unclear') IN $in_force + ['unclear'])
  RETURN province.id AS province_id, edge.status AS place_status,
    reduce(all = edge.statements, step IN relationships(membership_path) | all + step.statements) AS place_statements
}
WITH entity, bases, lists, province_id, place_status, place_statements
ORDER BY province_id, place_statements
WITH entity, bases, lists, province_id, collect(place_status) AS statuses, collect(place_statements) AS place_lists
WITH entity, bases, lists, collect({province: province_id, statuses: statuses, lists: place_lists}) AS places
UNWIND [place IN places WHERE size(places) = 1 OR place.province <> ''] AS place
WITH entity, bases, lists + place.lists AS lists, place.province AS province_id,
  [status IN $in_force + $planned + $uncertain + $ended + $cancelled WHERE status IN place.statuses][0] AS status
WHERE $status IS NULL OR status IN $status
WITH entity, province_id, status, reduce(all = [], list IN lists | all + [id IN list WHERE NOT id IN all]) AS own_statements,
  CASE WHEN size(bases) > 0 THEN bases ELSE COLLECT {
    MATCH (entity)<-[:SUBJECT|OBJECT|ABOUT|SAID_BY]-(about:Statement) RETURN DISTINCT about.basis AS basis
  } END AS bases
WITH entity, province_id, status, [basis IN ['stated', 'inferred', 'context', 'reference'] WHERE basis IN bases][0] AS basis,
  CASE WHEN size(own_statements) > 0 THEN own_statements ELSE COLLECT {
    MATCH (entity)<-[:SUBJECT|OBJECT|ABOUT|SAID_BY]-(about:Statement)
    WITH DISTINCT about.id AS statement_id RETURN statement_id ORDER BY statement_id LIMIT 1
  } END AS statements, entity.id AS entity_id
ORDER BY entity_id
WITH CASE WHEN $by = 'kind' THEN entity.kind END AS kind, CASE WHEN $by = 'status' THEN status END AS group_status,
  CASE WHEN $by = 'province' THEN province_id ELSE '' END AS province_id, CASE WHEN $by = 'basis' THEN basis END AS basis,
  count(*) AS count, sum(CASE WHEN status IN $in_force THEN 1 ELSE 0 END) AS in_force,
  sum(CASE WHEN status IN $planned THEN 1 ELSE 0 END) AS planned, sum(coalesce(entity.count, 1)) AS units,
  collect(entity_id) AS entities, collect(statements) AS lists
OPTIONAL MATCH (province:Province {id: province_id})
RETURN kind, group_status AS status, province.id AS province, province.name AS province_name, basis, count, in_force,
  planned, count - in_force - planned AS other, units, entities,
  reduce(all = [], list IN lists | all + [id IN list WHERE NOT id IN all]) AS statements
ORDER BY count DESC, kind, status, province, basis
