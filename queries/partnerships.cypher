/*
title: 'Partnerships, including across borders'
topic: people
question:
  en: Who partners with whom, and which partnerships cross a border?
  vi: Ai hợp tác với ai, và hợp tác nào có yếu tố nước ngoài?
asks: {needs: [partner], covers: [who, border_crossing, Organisation, Province, connected, exist]}
params:
  actor:
    {type: entity, help: only partnerships of this actor, vi: chỉ các hợp tác của chủ thể này}
returns:
  actor_a:        {type: entity, help: one side of the partnership, vi: một bên}
  actor_a_name:   {help: name of this side, vi: tên một bên}
  actor_a_places: {type: entities, help: 'its province and country, if known', vi: 'tỉnh, thành phố và quốc gia của bên đó, nếu biết'}
  actor_b:        {type: entity, help: the other side of the partnership, vi: bên kia}
  actor_b_name:   {help: name of the other side, vi: tên bên kia}
  actor_b_places: {type: entities, help: 'its province and country, if known', vi: 'tỉnh, thành phố và quốc gia của bên kia, nếu biết'}
  status:         {help: status of the partnership, vi: tình trạng hợp tác}
  basis:          {help: 'how we know it: stated, inferred, context or reference', vi: mức căn cứ}
  as_of:          {type: date, help: date on which it held, vi: tính đến ngày}
  origins:        {type: integer, help: number of independent origins, vi: số nguồn độc lập}
  due:            {type: date, help: 'date, year or period by which it is to be so; ../2030 means by 2030', vi: 'thời hạn: ngày, năm hoặc giai đoạn; ../2030 là chậm nhất năm 2030'}
  disputed:       {type: boolean, help: sources or readings disagree about it, vi: 'các nguồn hoặc cách hiểu chưa thống nhất'}
  statements:     {type: statements, help: 'statements that support the row, including those on the locations', vi: 'các thông tin làm căn cứ, kể cả về địa điểm'}
  across_borders: {type: boolean, help: one side is in a foreign country and the other is not in the same country, vi: một bên là hoặc ở nước ngoài và bên kia không ở cùng nước đó, not: neither side is stated to be in another country, not_vi: 'không nêu bên nào ở nước khác'}
  in_force:       {type: boolean, help: 'the partnership exists; proposed, considered, planned, past, disputed or unclear partnerships do not count', vi: 'hợp tác đang có; không tính khi mới đề xuất, đang xem xét, dự kiến, đã qua, chưa thống nhất hoặc chưa rõ', not: 'not in force yet, past, disputed or unclear', not_vi: 'chưa có, đã qua, chưa thống nhất hoặc chưa rõ'}
conditions: [across_borders, in_force]
example: {}
expect:
  has:
    - {actor_a: 'organisation:kyonggi-software-institute', actor_b: 'province:can-tho', actor_a_places: ['place:south-korea'], actor_b_places: ['province:can-tho']}
    - {actor_a: 'organisation:ptit', actor_b: 'organisation:qualcomm', actor_b_places: ['place:united-states']}
  never:
    - {actor_b: 'province:thai-nguyen'}
    - {status: planned}
*/
MATCH (actor_a:Entity)-[edge:PARTNERS_WITH]->(actor_b:Entity)
WHERE $actor IS NULL OR actor_a.id = $actor OR actor_b.id = $actor
UNWIND [0, 1] AS side_index
WITH actor_a, edge, actor_b, side_index, CASE side_index WHEN 0 THEN actor_a ELSE actor_b END AS side
// The seat of a side takes precedence over its branches.
CALL (side) {
  MATCH location_path = (side)-[:LOCATED_IN|PART_OF*0..4]->(location:Entity)
  RETURN 'seat' AS location_type, location, relationships(location_path) AS steps
  UNION
  MATCH location_path = (side)-[:HAS_SITE_IN]->(:Entity)-[:LOCATED_IN|PART_OF*0..4]->(location:Entity)
  RETURN 'site' AS location_type, location, relationships(location_path) AS steps
}
WITH actor_a, edge, actor_b, side_index, location_type, location, steps,
  (location:Province AND location.abolished_on IS NULL) OR (location:Place AND location.kind = 'country') AS is_place,
  all(step IN steps WHERE step.holds) AS is_current
WITH actor_a, edge, actor_b, side_index, location_type, CASE WHEN is_place AND is_current THEN location.id END AS location,
  CASE WHEN is_place AND is_current THEN reduce(all = [], step IN steps | all + step.statements) ELSE [] END AS place_statements,
  reduce(all = '', step IN steps | all + step.id + ' ') AS edge_ids
ORDER BY actor_a.id, actor_b.id, side_index, location_type, location, edge_ids
WITH actor_a, edge, actor_b, side_index, collect(DISTINCT CASE location_type WHEN 'seat' THEN location END) AS seats,
  collect(DISTINCT CASE location_type WHEN 'site' THEN location END) AS sites,
  reduce(all = [], list IN collect(place_statements) |
    all + [statement_id IN list WHERE NOT statement_id IN all]) AS place_statements
WITH actor_a, edge, actor_b, side_index, CASE WHEN size(seats) > 0 THEN seats ELSE sites END AS locations, place_statements
ORDER BY side_index
WITH actor_a, edge, actor_b, collect(locations) AS locations, collect(place_statements) AS place_statements
WITH actor_a, edge, actor_b, locations[0] AS actor_a_places, locations[1] AS actor_b_places,
  place_statements[0] + place_statements[1] AS place_statements
WITH actor_a, edge, actor_b, actor_a_places, actor_b_places, place_statements,
  [location IN actor_a_places WHERE location STARTS WITH 'place:' AND location <> 'place:vietnam'] AS actor_a_abroad,
  [location IN actor_b_places WHERE location STARTS WITH 'place:' AND location <> 'place:vietnam'] AS actor_b_abroad
RETURN actor_a.id AS actor_a, actor_a.name AS actor_a_name, actor_a_places, actor_b.id AS actor_b,
  actor_b.name AS actor_b_name, actor_b_places,
  coalesce(edge.status, 'unclear') AS status, edge.basis AS basis, edge.as_of AS as_of, edge.origins AS origins,
  edge.due AS due, edge.disagreements IS NOT NULL AS disputed,
  reduce(all = edge.statements, statement_id IN place_statements |
    CASE WHEN statement_id IN all THEN all ELSE all + statement_id END) AS statements,
  actor_a_abroad <> actor_b_abroad AS across_borders,
  edge.holds AS in_force
ORDER BY actor_a, actor_b
