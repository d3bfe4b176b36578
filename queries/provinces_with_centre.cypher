/*
title: Provinces that implement a policy and have a centre
topic: centres
question:
  en: Which provinces implement Resolution 57 and have an innovation centre?
  vi: Những tỉnh, thành phố nào thực hiện Nghị quyết 57 và có trung tâm đổi mới sáng tạo?
params:
  policy:
    {type: entity, values_of: Policy, default: 'policy:57-nq-tw', help: the policy that is implemented, vi: chính sách được thực hiện}
  implementation:
    {type: string, several: true, values_of: implementations, default: any, help: how the article ties the province to the policy, vi: mức gắn của tỉnh với chính sách trong bài}
  centre_kind:
    {type: string, several: true, values_of: Centre.kind, default: innovation_centre, help: kind of centre asked for, vi: loại trung tâm}
  centre_status:
    {type: string, several: true, values_of: statuses, default: existing, help: how far the centre is, vi: tình trạng của trung tâm}
  as_of:
    {type: date, help: 'the map of this day: what was said of a unit that was merged by then counts for the unit it is part of; none: only what is said of provinces of today', vi: 'bản đồ của ngày này: điều nói về đơn vị đã sáp nhập trước đó được tính cho đơn vị mới; bỏ trống: chỉ tính điều nói về các tỉnh, thành phố hiện nay'}
returns:
  province:              {type: entity, help: 'the province or city of today, or of the day asked for', vi: 'tỉnh, thành phố hiện nay hoặc vào ngày được hỏi'}
  province_name:         {help: its name, vi: 'tên tỉnh, thành phố'}
  centre:                {type: entity, help: 'a centre that it, or an agency of its, runs, plans or proposes, or that stands there', vi: 'trung tâm do tỉnh hoặc cơ quan của tỉnh vận hành, dự kiến, đề xuất, hoặc đặt tại tỉnh'}
  centre_name:           {help: name of the centre, vi: tên trung tâm}
  centre_kind:           {help: kind of the centre, vi: loại trung tâm}
  centre_status:         {help: 'how far the centre is for the province; where it only stands there, how far it is for who runs it', vi: 'tình trạng của trung tâm đối với tỉnh; nếu chỉ đặt tại tỉnh thì đối với bên vận hành'}
  centre_actors:         {type: entities, help: 'who of the province runs, plans or proposes it; nobody where it only stands there', vi: 'bên thuộc tỉnh vận hành, dự kiến hoặc đề xuất; để trống nếu chỉ đặt tại tỉnh'}
  implementation:        {help: how the article ties the province to the policy, vi: mức gắn của tỉnh với chính sách}
  implementation_status: {help: how far the implementing is, vi: tình trạng thực hiện chính sách}
  statements:            {type: statements, help: what the row rests on, vi: các phát biểu làm căn cứ}
  implements:            {type: boolean, help: 'it implements the policy, tied as asked; a tie that is planned, past or disputed does not count', vi: 'tỉnh thực hiện chính sách, với mức gắn như yêu cầu; không tính khi mới dự kiến, đã qua hoặc còn mâu thuẫn', not: 'not tied to the policy as asked', not_vi: 'không được nêu là gắn với chính sách theo yêu cầu'}
  has_centre:            {type: boolean, help: there is a centre of the province in any status, vi: tỉnh có trung tâm ở bất kỳ tình trạng nào, not: 'no centre of it is named', not_vi: 'không có trung tâm nào của tỉnh được nêu'}
  kind_as_asked:         {type: boolean, help: the centre is of a kind asked for, vi: đúng loại trung tâm yêu cầu, not: 'its centre is of another kind', not_vi: 'trung tâm thuộc loại khác'}
  status_as_asked:       {type: boolean, help: the centre is as far as asked for, vi: đúng tình trạng yêu cầu, not: 'its centre is not as far as asked', not_vi: 'trung tâm chưa ở tình trạng yêu cầu'}
conditions: [implements, has_centre, kind_as_asked, status_as_asked]
example: {}
expect:
  rows: 0
  near:
    - {province: 'province:quang-ninh', centre: 'centre:ha-long-university-innovation', centre_status: existing, fails: [implements]}
    - {province: 'province:dong-nai', centre: 'centre:long-thanh-digital-park', centre_status: in_progress, fails: [kind_as_asked, status_as_asked]}
    - {province: 'province:thai-nguyen', centre: null, implementation: explicit, fails: [has_centre]}
    - {province: 'province:can-tho', centre_status: unclear, implementation: in_spirit, fails: [kind_as_asked, status_as_asked]}
  never:
    - {province: 'province:quang-ninh'}
*/
MATCH (province:Province)
WHERE province.abolished_on IS NULL OR ($as_of IS NOT NULL AND left(province.abolished_on, size($as_of)) > $as_of)
OPTIONAL MATCH said = (province)<-[:MERGED_INTO*0..3]-(tied:Province), (tied)-[tie:IMPLEMENTS]->(:Entity {id: $policy})
WHERE all(step IN relationships(said) WHERE $as_of IS NOT NULL AND left(step.date, size($as_of)) <= $as_of)
WITH province, tie, CASE WHEN tie IS NOT NULL AND tie.implementation IN $implementation
  AND NOT coalesce(tie.status, 'unclear') IN ['planned', 'past', 'disputed'] THEN 0 ELSE 1 END AS falls_short, tie.id AS edge
ORDER BY province.id, falls_short, edge
// Units that merged may each be tied: the one that is tied as asked stands for them.
WITH province, collect(tie)[0] AS tie, min(falls_short) = 0 AS implements
MATCH merged = (province)<-[:MERGED_INTO*0..3]-(unit:Province)
WHERE all(step IN relationships(merged) WHERE $as_of IS NOT NULL AND left(step.date, size($as_of)) <= $as_of)
CALL (unit) {
  MATCH whole = (unit)<-[:PART_OF*0..2]-(actor:Entity), (actor)-[edge:OPERATES|PLANS|PROPOSES]->(centre:Centre)
  WHERE all(body IN tail(nodes(whole)) WHERE body:Agency)
    AND all(step IN relationships(whole) WHERE NOT coalesce(step.status, 'unclear') IN ['planned', 'past', 'disputed'])
  RETURN centre.id AS centre, coalesce(edge.status, 'unclear') AS status, actor.id AS actor, edge.statements AS told
  UNION
  MATCH way = (unit)<-[:LOCATED_IN|HAS_SITE_IN|PART_OF*1..3]-(centre:Centre)
  WHERE all(stop IN nodes(way)[1..-1] WHERE stop:Place OR stop:Organisation)
    AND all(step IN relationships(way)[..-1] WHERE NOT coalesce(step.status, 'unclear') IN ['planned', 'past', 'disputed'])
    AND NOT EXISTS {
      MATCH whole = (unit)<-[:PART_OF*0..2]-(actor:Entity), (actor)-[:OPERATES|PLANS|PROPOSES]->(centre)
      WHERE all(body IN tail(nodes(whole)) WHERE body:Agency)
        AND all(step IN relationships(whole) WHERE NOT coalesce(step.status, 'unclear') IN ['planned', 'past', 'disputed'])
    }
  WITH centre, last(relationships(way)) AS edge
  UNWIND [edge.statements] + COLLECT { MATCH (centre)<-[run:OPERATES|PLANS|PROPOSES]-(:Entity) RETURN run.statements } AS told
  RETURN centre.id AS centre, CASE WHEN centre.status IS NULL OR (centre.status IN ['existing', 'in_progress']
      AND edge.status IN ['proposed', 'considered', 'planned', 'approved', 'past', 'disputed'])
    THEN coalesce(edge.status, 'unclear') ELSE centre.status END AS status, '' AS actor, told
  UNION
  RETURN '' AS centre, '' AS status, '' AS actor, [] AS told
}
WITH DISTINCT province, tie, implements, centre, status, actor, told, head(told) AS first
ORDER BY centre, status, actor, first
WITH province, tie, implements, centre, status, collect(CASE WHEN actor = '' THEN null ELSE actor END) AS actors, collect(told) AS told
ORDER BY centre, status
WITH province, tie, implements, collect({centre: centre, status: status, actors: actors, told: told}) AS found
UNWIND CASE WHEN size(found) > 1 THEN tail(found) ELSE found END AS one
OPTIONAL MATCH (centre:Centre {id: one.centre})
RETURN province.id AS province, province.name AS province_name,
  centre.id AS centre, centre.name AS centre_name, centre.kind AS centre_kind,
  CASE WHEN centre IS NULL THEN null ELSE one.status END AS centre_status, one.actors AS centre_actors,
  tie.implementation AS implementation, tie.status AS implementation_status,
  coalesce(tie.statements, []) + reduce(all = [], some IN one.told | CASE WHEN head(some) IN all THEN all ELSE all + some END)
    AS statements,
  implements, centre IS NOT NULL AS has_centre,
  CASE WHEN centre IS NULL THEN null ELSE centre.kind IN $centre_kind END AS kind_as_asked,
  CASE WHEN centre IS NULL THEN null ELSE one.status IN $centre_status END AS status_as_asked
ORDER BY province, centre, centre_status
