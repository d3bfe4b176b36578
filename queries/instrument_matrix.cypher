/*
title: Province and instrument matrix
topic: provinces
question:
  en: Which instruments does each province have, build, plan, consider or propose?
  vi: Mỗi tỉnh, thành phố đã có, đang xây dựng, dự kiến, xem xét hoặc đề xuất những công cụ nào?
asks: {needs: [instrument], covers: [Province, exist, plan, statuses, Policy, Model]}
params:
  province:
    {type: entity, values_of: Province, help: only this current province or city, vi: 'chỉ tỉnh, thành phố này'}
  policy:
    {type: entity, values_of: Policy, default: 'policy:57-nq-tw', help: the policy of the column resolution_57, vi: chính sách của cột resolution_57}
  sandbox:
    {type: entity, values_of: Model, default: 'model:sandbox', help: the instrument of the column sandbox, vi: công cụ của cột sandbox}
returns:
  province:                     {type: entity, help: the current province or city, vi: 'tỉnh, thành phố hiện nay'}
  province_name:                {help: its name, vi: 'tên tỉnh, thành phố'}
  resolution_57:                {type: strings, help: 'status of the implementation by the province itself; empty if nothing is stated, which does not mean no', vi: 'tỉnh tự thực hiện chính sách đến đâu; không được nêu thì để trống, không có nghĩa là không có', beside: [resolution_57_basis, resolution_57_due, resolution_57_items]}
  resolution_57_basis:          {type: strings, help: 'how we know it: stated, inferred or context', vi: mức căn cứ}
  resolution_57_due:            {type: strings, help: 'by when it is to be so, as in ../2030 (by 2030); an empty text if not stated', vi: 'thời hạn, như ../2030 (chậm nhất năm 2030); để trống nếu không nêu'}
  resolution_57_items:          {type: entities, help: the policy, vi: chính sách}
  resolution_57_implementation: {help: 'how the article relates the province to the policy: explicit, in spirit or context', vi: mức gắn của tỉnh với chính sách trong bài}
  implements:                   {type: boolean, help: 'it implements the policy; implementation that is planned, past, disputed or known only from the context does not count', vi: 'tỉnh thực hiện chính sách; không tính khi mới dự kiến, đã qua, chưa thống nhất hoặc chỉ biết theo bối cảnh'}
  vc_fund:                      {type: strings, help: 'statuses of its venture capital funds, from existing to proposed; _basis and _items have the same order', vi: 'tình trạng các quỹ đầu tư mạo hiểm, từ đã có đến đề xuất; _basis và _items theo cùng thứ tự', beside: [vc_fund_basis, vc_fund_due, vc_fund_items]}
  vc_fund_basis:                {type: strings, help: basis of each status, vi: mức căn cứ từng mục}
  vc_fund_due:                  {type: strings, help: by when it is to be so, vi: thời hạn}
  vc_fund_items:                {type: entities, help: 'venture capital funds that it or its agencies have, plan or propose', vi: quỹ đầu tư mạo hiểm do tỉnh hoặc cơ quan của tỉnh có hay dự kiến hay đề xuất}
  st_fund:                      {type: strings, help: statuses of its science and technology development funds, vi: tình trạng các quỹ phát triển khoa học và công nghệ, beside: [st_fund_basis, st_fund_due, st_fund_items]}
  st_fund_basis:                {type: strings, help: basis of each status, vi: mức căn cứ từng mục}
  st_fund_due:                  {type: strings, help: by when it is to be so, vi: thời hạn}
  st_fund_items:                {type: entities, help: these funds, vi: các quỹ đó}
  startup_fund:                 {type: strings, help: statuses of its start-up support funds, vi: tình trạng các quỹ hỗ trợ khởi nghiệp, beside: [startup_fund_basis, startup_fund_due, startup_fund_items]}
  startup_fund_basis:           {type: strings, help: basis of each status, vi: mức căn cứ từng mục}
  startup_fund_due:             {type: strings, help: by when it is to be so, vi: thời hạn}
  startup_fund_items:           {type: entities, help: these funds, vi: các quỹ đó}
  innovation_centre:            {type: strings, help: 'statuses of its innovation centres; parks, zones and start-up centres are not counted', vi: 'tình trạng các trung tâm đổi mới sáng tạo; không tính khu công nghệ, khu đổi mới và trung tâm khởi nghiệp', beside: [innovation_centre_basis, innovation_centre_due, innovation_centre_items]}
  innovation_centre_basis:      {type: strings, help: basis of each status, vi: mức căn cứ từng mục}
  innovation_centre_due:        {type: strings, help: by when it is to be so, vi: thời hạn}
  innovation_centre_items:      {type: entities, help: 'centres that it or its agencies have, plan or propose, or that are located there', vi: 'trung tâm do tỉnh hoặc cơ quan của tỉnh có, dự kiến, đề xuất, hoặc đặt tại tỉnh'}
  startup_centre:               {type: strings, help: statuses of its start-up support centres, vi: tình trạng các trung tâm hỗ trợ khởi nghiệp, beside: [startup_centre_basis, startup_centre_due, startup_centre_items]}
  startup_centre_basis:         {type: strings, help: basis of each status, vi: mức căn cứ từng mục}
  startup_centre_due:           {type: strings, help: by when it is to be so, vi: thời hạn}
  startup_centre_items:         {type: entities, help: these centres, vi: các trung tâm đó}
  plan:                         {type: strings, help: 'statuses of the plans, action programmes and strategies that it or its agencies issued, have, plan or propose; documents that it only implements do not count', vi: 'tình trạng các kế hoạch, chương trình hành động và chiến lược do tỉnh hoặc cơ quan của tỉnh ban hành, thực hiện, dự kiến, đề xuất', beside: [plan_basis, plan_due, plan_items]}
  plan_basis:                   {type: strings, help: basis of each status, vi: mức căn cứ từng mục}
  plan_due:                     {type: strings, help: by when it is to be so, vi: thời hạn}
  plan_items:                   {type: entities, help: these policies, vi: các chính sách đó}
  sandbox:                      {type: strings, help: statuses of the sandbox for it or its agencies, vi: tình trạng cơ chế thử nghiệm có kiểm soát, beside: [sandbox_basis, sandbox_due, sandbox_items]}
  sandbox_basis:                {type: strings, help: basis of each status, vi: mức căn cứ từng mục}
  sandbox_due:                  {type: strings, help: by when it is to be so, vi: thời hạn}
  sandbox_items:                {type: entities, help: the instrument, vi: công cụ đó}
  disputed:                     {type: boolean, help: sources or readings disagree about one of the statuses, vi: 'các nguồn hoặc cách hiểu chưa thống nhất về một tình trạng'}
  statements:                   {type: statements, help: statements that support the row, vi: các thông tin làm căn cứ}
example: {}
expect:
  rows: {at_least: 8}
  has:
    - {province: 'province:quang-ninh', resolution_57: null, vc_fund: [planned], startup_fund: null, innovation_centre: [existing, planned], sandbox: [proposed]}
    - {province: 'province:dong-nai', resolution_57_implementation: explicit, vc_fund: null, st_fund: [existing], innovation_centre: null}
    - {province: 'province:hai-phong', vc_fund: [considered], st_fund: [existing], st_fund_basis: [inferred], startup_centre: [existing]}
    - {province: 'province:ho-chi-minh', resolution_57_basis: [context], vc_fund: null, startup_fund: [disputed]}
    - {province: 'province:thai-nguyen', resolution_57: [in_progress], vc_fund: null, st_fund: null, plan: null}
    - {province: 'province:can-tho', resolution_57_implementation: in_spirit}
  never:
    - {vc_fund: [existing]}
    - {province: 'province:hai-phong', innovation_centre: [existing]}
    - {province: 'province:binh-thuan'}
*/
MATCH (province:Province)
WHERE province.abolished_on IS NULL AND ($province IS NULL OR province.id = $province)
CALL (province) {
  MATCH (province)-[edge:IMPLEMENTS]->(item:Entity {id: $policy})
  RETURN 'resolution_57' AS instrument, item, coalesce(edge.status, 'unclear') AS status, edge.basis AS basis, edge,
    edge.statements AS statement_ids
  UNION
  MATCH membership_path = (province)<-[:PART_OF*0..2]-(actor:Entity),
    (actor)-[edge:HAS|PLANS|PROPOSES|ISSUED|APPLIES]->(item:Entity)
  WHERE all(node IN tail(nodes(membership_path)) WHERE node:Agency)
    AND all(step IN relationships(membership_path) WHERE step.holds)
  RETURN CASE
      WHEN item.id = $sandbox THEN 'sandbox'
      WHEN item:Policy AND item.kind IN ['plan', 'action_programme', 'strategy'] THEN 'plan'
      WHEN item:Fund OR item:Centre THEN item.kind
      ELSE 'other' END AS instrument, item, coalesce(edge.status, 'unclear') AS status, edge.basis AS basis, edge,
    edge.statements AS statement_ids
  UNION
  MATCH location_path = (province)<-[:LOCATED_IN|HAS_SITE_IN|PART_OF*1..3]-(item:Centre)
  WHERE item.kind IN ['innovation_centre', 'startup_centre']
    AND all(node IN nodes(location_path)[1..-1] WHERE node:Place OR node:Organisation)
    AND all(step IN relationships(location_path)[..-1] WHERE step.holds)
    AND NOT EXISTS {
      MATCH membership_path = (province)<-[:PART_OF*0..2]-(actor:Entity), (actor)-[:HAS|PLANS|PROPOSES]->(item)
      WHERE all(node IN tail(nodes(membership_path)) WHERE node:Agency)
        AND all(step IN relationships(membership_path) WHERE step.holds)
    }
  WITH item, last(relationships(location_path)) AS edge
  UNWIND [edge] + COLLECT { MATCH (item)<-[actor_edge:HAS|PLANS|PROPOSES]-(:Entity) RETURN actor_edge } AS item_edge
  RETURN item.kind AS instrument, item,
    CASE WHEN item.status IS NULL OR (item.status IN $in_force AND edge.status IN $planned + $ended + $cancelled + ['disputed'])
      THEN coalesce(edge.status, 'unclear') ELSE item.status END AS status,
    edge.basis AS basis, item_edge AS edge, item_edge.statements AS statement_ids
}
WITH DISTINCT province, instrument, item.id AS item, status, head(statement_ids) AS first_id, statement_ids,
  edge.implementation AS implementation, edge.holds AS holds, edge.due AS due, edge.disagreements IS NOT NULL AS in_disagreement,
  coalesce(head([index IN range(0, 3) WHERE ['stated', 'inferred', 'context', 'reference'][index] = basis]), 3) AS basis_rank,
  head([index IN range(0, size($in_force + $planned + $uncertain + $ended + $cancelled) - 1)
    WHERE ($in_force + $planned + $uncertain + $ended + $cancelled)[index] = status]) AS rank
WHERE instrument IN ['resolution_57', 'venture_capital', 'st_development', 'startup_support', 'innovation_centre', 'startup_centre', 'plan', 'sandbox']
ORDER BY rank, item, first_id
WITH province, instrument, item, status, rank, min(basis_rank) AS basis_rank,
  head(collect(implementation)) AS implementation, coalesce(max(due), '') AS due,
  max(CASE WHEN holds THEN 1 ELSE 0 END) AS holds, max(CASE WHEN in_disagreement THEN 1 ELSE 0 END) AS in_disagreement,
  collect(statement_ids) AS statement_lists
ORDER BY instrument, rank, item
WITH province, instrument, collect(item) AS items, collect(status) AS statuses, head(collect(implementation)) AS implementation,
  collect(['stated', 'inferred', 'context', 'reference'][basis_rank]) AS bases, collect(due) AS dues,
  max(holds) = 1 AS holds, max(in_disagreement) AS in_disagreement,
  collect(reduce(all = [], list IN statement_lists | all + list)) AS statement_lists
ORDER BY instrument
WITH province, collect({instrument: instrument, items: items, statuses: statuses, bases: bases,
  dues: dues, implementation: implementation, holds: holds}) AS cells, max(in_disagreement) = 1 AS disputed,
  collect(reduce(all = [], list IN statement_lists | all + list)) AS statement_lists
WITH province, cells, disputed, reduce(all = [], list IN statement_lists | all + list) AS statements
RETURN province.id AS province, province.name AS province_name,
  head([cell IN cells WHERE cell.instrument = 'resolution_57' | cell.statuses]) AS resolution_57,
  head([cell IN cells WHERE cell.instrument = 'resolution_57' | cell.bases]) AS resolution_57_basis,
  head([cell IN cells WHERE cell.instrument = 'resolution_57' | cell.dues]) AS resolution_57_due,
  head([cell IN cells WHERE cell.instrument = 'resolution_57' | cell.items]) AS resolution_57_items,
  head([cell IN cells WHERE cell.instrument = 'resolution_57' | cell.implementation]) AS resolution_57_implementation,
  head([cell IN cells WHERE cell.instrument = 'resolution_57' | cell.holds]) AS implements,
  head([cell IN cells WHERE cell.instrument = 'venture_capital' | cell.statuses]) AS vc_fund,
  head([cell IN cells WHERE cell.instrument = 'venture_capital' | cell.bases]) AS vc_fund_basis,
  head([cell IN cells WHERE cell.instrument = 'venture_capital' | cell.dues]) AS vc_fund_due,
  head([cell IN cells WHERE cell.instrument = 'venture_capital' | cell.items]) AS vc_fund_items,
  head([cell IN cells WHERE cell.instrument = 'st_development' | cell.statuses]) AS st_fund,
  head([cell IN cells WHERE cell.instrument = 'st_development' | cell.bases]) AS st_fund_basis,
  head([cell IN cells WHERE cell.instrument = 'st_development' | cell.dues]) AS st_fund_due,
  head([cell IN cells WHERE cell.instrument = 'st_development' | cell.items]) AS st_fund_items,
  head([cell IN cells WHERE cell.instrument = 'startup_support' | cell.statuses]) AS startup_fund,
  head([cell IN cells WHERE cell.instrument = 'startup_support' | cell.bases]) AS startup_fund_basis,
  head([cell IN cells WHERE cell.instrument = 'startup_support' | cell.dues]) AS startup_fund_due,
  head([cell IN cells WHERE cell.instrument = 'startup_support' | cell.items]) AS startup_fund_items,
  head([cell IN cells WHERE cell.instrument = 'innovation_centre' | cell.statuses]) AS innovation_centre,
  head([cell IN cells WHERE cell.instrument = 'innovation_centre' | cell.bases]) AS innovation_centre_basis,
  head([cell IN cells WHERE cell.instrument = 'innovation_centre' | cell.dues]) AS innovation_centre_due,
  head([cell IN cells WHERE cell.instrument = 'innovation_centre' | cell.items]) AS innovation_centre_items,
  head([cell IN cells WHERE cell.instrument = 'startup_centre' | cell.statuses]) AS startup_centre,
  head([cell IN cells WHERE cell.instrument = 'startup_centre' | cell.bases]) AS startup_centre_basis,
  head([cell IN cells WHERE cell.instrument = 'startup_centre' | cell.dues]) AS startup_centre_due,
  head([cell IN cells WHERE cell.instrument = 'startup_centre' | cell.items]) AS startup_centre_items,
  head([cell IN cells WHERE cell.instrument = 'plan' | cell.statuses]) AS plan,
  head([cell IN cells WHERE cell.instrument = 'plan' | cell.bases]) AS plan_basis,
  head([cell IN cells WHERE cell.instrument = 'plan' | cell.dues]) AS plan_due,
  head([cell IN cells WHERE cell.instrument = 'plan' | cell.items]) AS plan_items,
  head([cell IN cells WHERE cell.instrument = 'sandbox' | cell.statuses]) AS sandbox,
  head([cell IN cells WHERE cell.instrument = 'sandbox' | cell.bases]) AS sandbox_basis,
  head([cell IN cells WHERE cell.instrument = 'sandbox' | cell.dues]) AS sandbox_due,
  head([cell IN cells WHERE cell.instrument = 'sandbox' | cell.items]) AS sandbox_items,
  disputed, statements
ORDER BY province
