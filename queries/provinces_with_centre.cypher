/*
title: Provinces that implement a policy and have a centre
topic: centres
question:
  en: Which provinces implement Resolution 57 and have an innovation centre?
  vi: Những tỉnh, thành phố nào thực hiện Nghị quyết 57 và có trung tâm đổi mới sáng tạo?
asks: {needs: [Centre|Centre.kind, implement|@Policy], covers: [Province, exist, plan, statuses, Policy, Centre, implement]}
params:
  policy:
    {type: entity, values_of: Policy, default: 'policy:57-nq-tw', help: policy that is implemented, vi: chính sách được thực hiện}
  implementation:
    {type: string, several: true, values_of: implementations, default: [explicit, in_spirit], help: 'how the article relates the province to the policy; a province that only the context relates to it is a near miss unless requested', vi: 'mức gắn của tỉnh với chính sách trong bài; tỉnh chỉ gắn theo bối cảnh được coi là đáp ứng một phần, trừ khi được hỏi'}
  centre_kind:
    {type: string, several: true, values_of: Centre.kind, default: innovation_centre, help: kind of centre, vi: loại trung tâm}
  centre_status:
    {type: string, several: true, values_of: statuses, default: [existing, in_progress], help: status of the centre, vi: tình trạng của trung tâm}
  as_of:
    {type: date, help: 'administrative map of this date: statements about a unit merged by then count for the unit it became part of; if empty, only statements about current provinces count', vi: 'bản đồ của ngày này: điều nói về đơn vị đã sáp nhập trước đó được tính cho đơn vị mới; bỏ trống: chỉ tính điều nói về các tỉnh, thành phố hiện nay'}
returns:
  province:              {type: entity, help: 'province or city, current or as of the requested date', vi: 'tỉnh, thành phố hiện nay hoặc vào ngày được hỏi'}
  province_name:         {help: its name, vi: 'tên tỉnh, thành phố'}
  centre:                {type: entity, help: 'centre that the province or one of its agencies has, plans or proposes, or that is located there', vi: 'trung tâm do tỉnh hoặc cơ quan của tỉnh có, dự kiến, đề xuất, hoặc đặt tại tỉnh'}
  centre_name:           {help: name of the centre, vi: tên trung tâm}
  centre_kind:           {help: kind of the centre, vi: loại trung tâm}
  centre_status:         {help: 'status of the centre for the province; if it is only located there, its status for those who have it', vi: 'tình trạng của trung tâm đối với tỉnh; nếu chỉ đặt tại tỉnh thì đối với bên có'}
  centre_actors:         {type: entities, help: 'who in the province has, plans or proposes it; empty if it is only located there', vi: 'bên thuộc tỉnh vận hành, dự kiến hoặc đề xuất; để trống nếu chỉ đặt tại tỉnh'}
  centre_basis:          {help: 'how we know of the centre: stated, inferred, context or reference', vi: mức căn cứ về trung tâm}
  as_of:                 {type: date, help: date on which the status of the centre held, vi: tình trạng của trung tâm tính đến ngày}
  due:                   {type: date, help: 'date, year or period by which the centre is to be there; ../2030 means by 2030', vi: 'thời hạn có trung tâm: ngày, năm hoặc giai đoạn; ../2030 là chậm nhất năm 2030'}
  alternative:           {type: entities, help: 'what it may be instead, if the articles name an alternative', vi: 'phương án khác, nếu bài báo nêu trung tâm hoặc phương án khác'}
  implementation:        {help: 'how the article relates the province to the policy: explicit, in spirit or context', vi: mức gắn của tỉnh với chính sách}
  implementation_status: {help: status of the implementation, vi: tình trạng thực hiện chính sách}
  implementation_basis:  {help: 'how we know of the implementation: stated, inferred or context', vi: 'mức căn cứ của việc thực hiện'}
  disputed:              {type: boolean, help: sources or readings disagree about the centre or the implementation, vi: 'các nguồn hoặc cách hiểu chưa thống nhất về trung tâm hoặc về việc thực hiện'}
  statements:            {type: statements, help: statements that support the row, vi: các thông tin làm căn cứ}
  implements:            {type: boolean, help: 'it implements the policy as requested; implementation that is planned, past, disputed or known only from the context does not count', vi: 'tỉnh thực hiện chính sách, với mức gắn như yêu cầu; không tính khi mới dự kiến, đã qua, chưa thống nhất hoặc chỉ biết theo bối cảnh', not: not stated to implement the policy as requested, not_vi: 'không được nêu là gắn với chính sách theo yêu cầu'}
  has_centre:            {type: boolean, help: 'the province has a centre, with any status', vi: tỉnh có trung tâm ở bất kỳ tình trạng nào, not: no centre of the province is named, not_vi: 'không có trung tâm nào của tỉnh được nêu'}
  kind_matches:          {type: boolean, help: the centre is of the requested kind, vi: đúng loại trung tâm yêu cầu, not: its centre is of another kind, not_vi: 'trung tâm thuộc loại khác'}
  status_matches:        {type: boolean, help: 'the centre is at the requested stage, and more than the context shows it', vi: đúng tình trạng yêu cầu và không chỉ theo bối cảnh, not: 'its centre is at another stage, or only the context shows it', not_vi: 'trung tâm chưa ở tình trạng yêu cầu, hoặc chỉ theo bối cảnh'}
conditions: [implements, has_centre, kind_matches, status_matches]
example: {}
expect:
  rows: 0
  near:
    - {province: 'province:quang-ninh', centre: 'centre:ha-long-university-innovation', centre_status: existing, fails: [implements]}
    - {province: 'province:dong-nai', implementation: explicit}
    - {province: 'province:thai-nguyen', centre: null, implementation: explicit, fails: [has_centre]}
    - {province: 'province:can-tho', centre_status: unclear, implementation: in_spirit, fails: [kind_matches, status_matches]}
  never:
    - {province: 'province:quang-ninh'}
*/
MATCH (province:Province)
WHERE province.abolished_on IS NULL OR ($as_of IS NOT NULL AND left(province.abolished_on, size($as_of)) > $as_of)
OPTIONAL MATCH policy_merger_path = (province)<-[:MERGED_INTO*0..3]-(implementing_unit:Province),
  (implementing_unit)-[policy_edge:IMPLEMENTS]->(:Entity {id: $policy})
WHERE all(step IN relationships(policy_merger_path) WHERE $as_of IS NOT NULL AND left(step.date, size($as_of)) <= $as_of)
WITH province, policy_edge, CASE WHEN policy_edge IS NOT NULL AND policy_edge.implementation IN $implementation
  AND (policy_edge.holds OR (policy_edge.implementation = 'context'
    AND coalesce(policy_edge.status, 'unclear') IN $in_force + ['unclear']))
  THEN 0 ELSE 1 END AS falls_short,
    policy_edge.id AS policy_edge_id
ORDER BY province.id, falls_short, policy_edge_id
// Several merged units may implement the policy: one that does so as requested represents them.
WITH province, collect(policy_edge)[0] AS policy_edge, min(falls_short) = 0 AS implements
MATCH merger_path = (province)<-[:MERGED_INTO*0..3]-(unit:Province)
WHERE all(step IN relationships(merger_path) WHERE $as_of IS NOT NULL AND left(step.date, size($as_of)) <= $as_of)
CALL (unit) {
  MATCH membership_path = (unit)<-[:PART_OF*0..2]-(actor:Entity), (actor)-[centre_edge:HAS|PLANS|PROPOSES]->(centre:Centre)
  WHERE all(node IN tail(nodes(membership_path)) WHERE node:Agency)
    AND all(step IN relationships(membership_path) WHERE step.holds)
  RETURN centre.id AS centre, coalesce(centre_edge.status, 'unclear') AS status, actor.id AS actor, centre_edge AS edge,
    centre_edge.holds OR NOT coalesce(centre_edge.status, 'unclear') IN $in_force AS is_firm
  UNION
  MATCH location_path = (unit)<-[:LOCATED_IN|HAS_SITE_IN|PART_OF*1..3]-(centre:Centre)
  WHERE all(node IN nodes(location_path)[1..-1] WHERE node:Place OR node:Organisation)
    AND all(step IN relationships(location_path)[..-1] WHERE step.holds)
    AND NOT EXISTS {
      MATCH membership_path = (unit)<-[:PART_OF*0..2]-(actor:Entity), (actor)-[:HAS|PLANS|PROPOSES]->(centre)
      WHERE all(node IN tail(nodes(membership_path)) WHERE node:Agency)
        AND all(step IN relationships(membership_path) WHERE step.holds)
    }
  WITH centre, last(relationships(location_path)) AS location_edge
  WITH centre, location_edge, CASE WHEN centre.status IS NULL OR (centre.status IN $in_force
      AND location_edge.status IN $planned + $ended + $cancelled + ['disputed'])
    THEN coalesce(location_edge.status, 'unclear') ELSE centre.status END AS status
  UNWIND [location_edge] + COLLECT { MATCH (centre)<-[actor_edge:HAS|PLANS|PROPOSES]-(:Entity) RETURN actor_edge } AS edge
  RETURN centre.id AS centre, status, '' AS actor, edge, NOT status IN $in_force OR location_edge.holds AS is_firm
  UNION
  RETURN '' AS centre, '' AS status, '' AS actor, null AS edge, false AS is_firm
}
WITH DISTINCT province, policy_edge, implements, centre, status, actor, edge, is_firm, head(edge.statements) AS first_id,
  coalesce(head([index IN range(0, 3) WHERE ['stated', 'inferred', 'reference', 'context'][index] = edge.basis]), 3)
    AS basis_rank
ORDER BY centre, status, actor, first_id
WITH province, policy_edge, implements, centre, status, collect(CASE WHEN actor = '' THEN null ELSE actor END) AS actors,
  collect(edge) AS edges, max(CASE WHEN is_firm THEN 1 ELSE 0 END) AS is_firm, min(basis_rank) AS basis_rank
ORDER BY centre, status
WITH province, policy_edge, implements, collect({centre: centre, status: status, actors: actors, edges: edges,
  is_firm: is_firm = 1, basis: ['stated', 'inferred', 'reference', 'context'][basis_rank]}) AS centres
UNWIND CASE WHEN size(centres) > 1 THEN tail(centres) ELSE centres END AS entry
OPTIONAL MATCH (centre:Centre {id: entry.centre})
WITH *, reduce(last_day = null, edge IN entry.edges |
    CASE WHEN edge.as_of > coalesce(last_day, '') THEN edge.as_of ELSE last_day END) AS as_of,
  reduce(last_day = null, edge IN entry.edges |
    CASE WHEN edge.due > coalesce(last_day, '') THEN edge.due ELSE last_day END) AS due
RETURN province.id AS province, province.name AS province_name,
  centre.id AS centre, centre.name AS centre_name, centre.kind AS centre_kind,
  CASE WHEN centre IS NULL THEN null ELSE entry.status END AS centre_status, entry.actors AS centre_actors,
  CASE WHEN centre IS NULL THEN null ELSE entry.basis END AS centre_basis, as_of, due,
  reduce(all = [], edge IN entry.edges | all + [id IN coalesce(edge.alternative, []) WHERE NOT id IN all]) AS alternative,
  policy_edge.implementation AS implementation, policy_edge.status AS implementation_status,
  policy_edge.basis AS implementation_basis,
  policy_edge.disagreements IS NOT NULL OR any(edge IN entry.edges WHERE edge.disagreements IS NOT NULL) AS disputed,
  coalesce(policy_edge.statements, []) + reduce(all = [], edge IN entry.edges |
    CASE WHEN head(edge.statements) IN all THEN all ELSE all + edge.statements END) AS statements,
  implements, centre IS NOT NULL AS has_centre,
  CASE WHEN centre IS NULL THEN null ELSE centre.kind IN $centre_kind END AS kind_matches,
  CASE WHEN centre IS NULL THEN null ELSE entry.status IN $centre_status AND entry.is_firm END AS status_matches
ORDER BY province, centre, centre_status
