/*
title: Partnerships, also across borders
topic: people
question:
  en: Who partners with whom, and which partnerships cross a border?
  vi: Ai hợp tác với ai, và hợp tác nào có yếu tố nước ngoài?
params:
  actor:
    {type: entity, help: only partnerships of this actor, vi: chỉ các hợp tác của chủ thể này}
returns:
  one:            {type: entity, help: one side, vi: một bên}
  one_name:       {help: name of the one side, vi: tên một bên}
  one_places:     {type: entities, help: 'its province and country, where known', vi: 'tỉnh, thành phố và quốc gia của bên đó, nếu biết'}
  other:          {type: entity, help: the other side, vi: bên kia}
  other_name:     {help: name of the other side, vi: tên bên kia}
  other_places:   {type: entities, help: 'its province and country, where known', vi: 'tỉnh, thành phố và quốc gia của bên kia, nếu biết'}
  status:         {help: how far the partnership is, vi: tình trạng hợp tác}
  basis:          {help: how firmly it is said, vi: mức căn cứ}
  as_of:          {type: date, help: the day it held, vi: thời điểm}
  origins:        {type: integer, help: independent tellings, vi: số nguồn độc lập}
  statements:     {type: statements, help: 'what the row rests on, the places included', vi: 'các phát biểu làm căn cứ, kể cả về địa điểm'}
  across_borders: {type: boolean, help: one side is or lies in a foreign country and the other not in the same, vi: một bên là hoặc ở nước ngoài và bên kia không ở cùng nước đó, not: 'no side is said to lie in another country', not_vi: 'không nêu bên nào ở nước khác'}
  in_place:       {type: boolean, help: 'the partnership is there; proposed, considered, planned, past, disputed and unclear do not count', vi: 'hợp tác đang có; không tính khi mới đề xuất, đang xem xét, dự kiến, đã qua, còn mâu thuẫn hoặc chưa rõ', not: 'not there yet, past, disputed or unclear', not_vi: 'chưa có, đã qua, còn mâu thuẫn hoặc chưa rõ'}
conditions: [across_borders, in_place]
example: {}
expect:
  has:
    - {one: 'organisation:kyonggi-software-institute', other: 'province:can-tho', one_places: ['place:south-korea'], other_places: ['province:can-tho']}
    - {one: 'organisation:ptit', other: 'organisation:qualcomm', other_places: ['place:united-states']}
  never:
    - {other: 'province:thai-nguyen'}
    - {status: planned}
*/
MATCH (one:Entity)-[tie:PARTNERS_WITH]->(other:Entity)
WHERE $actor IS NULL OR one.id = $actor OR other.id = $actor
UNWIND [0, 1] AS place
WITH one, tie, other, place, CASE place WHEN 0 THEN one ELSE other END AS side
// Where a side has its seat counts before where it has a branch.
CALL (side) {
  MATCH way = (side)-[:LOCATED_IN|PART_OF*0..4]->(land:Entity)
  RETURN 'seat' AS how, land, relationships(way) AS steps
  UNION
  MATCH way = (side)-[:HAS_SITE_IN]->(:Entity)-[:LOCATED_IN|PART_OF*0..4]->(land:Entity)
  RETURN 'site' AS how, land, relationships(way) AS steps
}
WITH one, tie, other, place, how, land, steps,
  (land:Province AND land.abolished_on IS NULL) OR (land:Place AND land.kind = 'country') AS known,
  all(step IN steps WHERE coalesce(step.status, 'unclear') IN ['in_progress', 'existing']) AS stands
WITH one, tie, other, place, how, CASE WHEN known AND stands THEN land.id END AS land,
  CASE WHEN known AND stands THEN reduce(all = [], step IN steps | all + step.statements) ELSE [] END AS behind
ORDER BY one.id, other.id, place, how, land
WITH one, tie, other, place, collect(DISTINCT CASE how WHEN 'seat' THEN land END) AS seats,
  collect(DISTINCT CASE how WHEN 'site' THEN land END) AS sites,
  reduce(all = [], some IN collect(behind) | all + [sid IN some WHERE NOT sid IN all]) AS behind
WITH one, tie, other, place, CASE WHEN size(seats) > 0 THEN seats ELSE sites END AS lands, behind
ORDER BY place
WITH one, tie, other, collect(lands) AS lands, collect(behind) AS behind
WITH one, tie, other, lands[0] AS one_places, lands[1] AS other_places, behind[0] + behind[1] AS behind
WITH one, tie, other, one_places, other_places, behind,
  [land IN one_places WHERE land STARTS WITH 'place:' AND land <> 'place:vietnam'] AS one_abroad,
  [land IN other_places WHERE land STARTS WITH 'place:' AND land <> 'place:vietnam'] AS other_abroad
RETURN one.id AS one, one.name AS one_name, one_places, other.id AS other, other.name AS other_name, other_places,
  coalesce(tie.status, 'unclear') AS status, tie.basis AS basis, tie.as_of AS as_of, tie.origins AS origins,
  reduce(all = tie.statements, sid IN behind | CASE WHEN sid IN all THEN all ELSE all + sid END) AS statements,
  one_abroad <> other_abroad AS across_borders,
  coalesce(tie.status, 'unclear') IN ['in_progress', 'existing'] AS in_place
ORDER BY one, other
