/*
title: Borders that articles state, and the neighbours' funds
topic: provinces
question:
  en: Which provinces border a province according to the articles, and which funds does each have, plan or propose?
  vi: Theo các bài báo, những tỉnh, thành phố nào giáp một tỉnh, và mỗi nơi có, dự kiến hoặc đề xuất quỹ nào?
asks: {needs: [neighbour], covers: [Province, Fund, Fund.kind, exist, plan]}
params:
  province:
    {type: entity, values_of: Province, required: true, help: the province or city, vi: 'tỉnh, thành phố'}
  fund_kind:
    {type: string, several: true, values_of: Fund.kind, default: any, help: kind of fund, vi: loại quỹ}
  fund_status:
    {type: string, several: true, values_of: statuses, default: any, help: status of the fund, vi: tình trạng của quỹ}
returns:
  neighbour:      {type: entity, help: current province or city next to it, vi: 'tỉnh, thành phố giáp ranh hiện nay'}
  neighbour_name: {help: its name, vi: 'tên tỉnh, thành phố'}
  border_basis:   {help: 'how we know of the border; reference means a reference table, not an article', vi: 'căn cứ của việc giáp ranh; reference là theo bảng tra cứu, không phải bài báo'}
  fund:           {type: entity, help: 'fund that the neighbour or one of its agencies has, plans or proposes', vi: 'quỹ do tỉnh giáp ranh hoặc cơ quan của tỉnh đó có, dự kiến hoặc đề xuất'}
  fund_name:      {help: name of the fund, vi: tên quỹ}
  fund_kind:      {help: kind of the fund, vi: loại quỹ}
  fund_status:    {help: status of the fund for those who have or plan it, vi: tình trạng của quỹ đối với bên có hoặc dự kiến}
  fund_actors:    {type: entities, help: 'who has, plans or proposes it', vi: 'bên có, dự kiến hoặc đề xuất quỹ'}
  basis:          {help: 'how we know of the fund: stated, inferred, context or reference', vi: mức căn cứ về quỹ}
  due:            {type: date, help: 'date, year or period by which the fund is to be there', vi: 'thời hạn có quỹ: ngày, năm hoặc giai đoạn'}
  alternative:    {type: entities, help: 'what it may be instead, if the articles name an alternative', vi: 'phương án khác, nếu bài báo nêu quỹ hoặc phương án khác'}
  disputed:       {type: boolean, help: sources or readings disagree about the fund or the border, vi: 'các nguồn hoặc cách hiểu chưa thống nhất'}
  statements:     {type: statements, help: 'statements that support the row, those on the border first', vi: 'các thông tin làm căn cứ, trước hết về việc giáp ranh'}
  is_adjacent:    {type: boolean, help: it borders the province, vi: giáp với tỉnh, not: 'the border is past, disputed or unclear', not_vi: 'việc giáp ranh đã qua, chưa thống nhất hoặc chưa rõ'}
  has_fund:       {type: boolean, help: 'the neighbour has a fund, with any status', vi: có quỹ của tỉnh giáp ranh ở bất kỳ tình trạng nào, not: no fund of the neighbour is named, not_vi: 'không có quỹ nào của tỉnh đó được nêu'}
  kind_matches:   {type: boolean, help: the fund is of the requested kind, vi: đúng loại quỹ yêu cầu, not: its fund is of another kind, not_vi: 'quỹ thuộc loại khác'}
  status_matches: {type: boolean, help: the fund is at the requested stage, vi: đúng tình trạng yêu cầu, not: its fund is at another stage, not_vi: 'quỹ chưa ở tình trạng yêu cầu'}
conditions: [is_adjacent, has_fund, kind_matches, status_matches]
example: {province: 'province:dong-nai', fund_kind: startup_support}
expect:
  has:
    - {neighbour: 'province:ho-chi-minh', border_basis: stated, fund: 'fund:ho-chi-minh-startup-support', fund_status: disputed}
  never:
    - {neighbour: 'province:dong-nai'}
    - {neighbour: 'province:binh-duong'}
    - {fund_kind: venture_capital}
*/
MATCH (:Entity {id: $province})-[border:BORDERS]-(neighbour:Province)
WHERE neighbour.abolished_on IS NULL
OPTIONAL MATCH membership_path = (neighbour)<-[:PART_OF*0..2]-(actor:Entity),
  (actor)-[actor_edge:HAS|PLANS|PROPOSES]->(fund:Fund)
WHERE all(node IN tail(nodes(membership_path)) WHERE node:Agency)
  AND all(step IN relationships(membership_path) WHERE step.holds)
WITH DISTINCT neighbour, border, fund, coalesce(actor_edge.status, 'unclear') AS status, actor.id AS actor,
  actor_edge, actor_edge.id AS edge_id,
  coalesce(head([index IN range(0, 3) WHERE ['stated', 'inferred', 'reference', 'context'][index] = actor_edge.basis]), 3)
    AS basis_rank
ORDER BY edge_id
WITH neighbour, border, fund, status, collect(actor) AS actors, collect(actor_edge) AS actor_edges,
  min(basis_rank) AS basis_rank, max(actor_edge.due) AS due,
  count(CASE WHEN actor_edge.holds OR NOT status IN $in_force THEN 1 END) > 0 AS is_firm
RETURN neighbour.id AS neighbour, neighbour.name AS neighbour_name, border.basis AS border_basis,
  fund.id AS fund, fund.name AS fund_name, fund.kind AS fund_kind,
  CASE WHEN fund IS NULL THEN null ELSE status END AS fund_status, actors AS fund_actors,
  CASE WHEN fund IS NULL THEN null ELSE ['stated', 'inferred', 'reference', 'context'][basis_rank] END AS basis, due,
  reduce(all = [], edge IN actor_edges | all + [id IN coalesce(edge.alternative, []) WHERE NOT id IN all]) AS alternative,
  border.disagreements IS NOT NULL OR any(edge IN actor_edges WHERE edge.disagreements IS NOT NULL) AS disputed,
  border.statements + reduce(all = [], edge IN actor_edges | all + edge.statements) AS statements,
  border.holds AS is_adjacent, fund IS NOT NULL AS has_fund,
  CASE WHEN fund IS NULL THEN null ELSE fund.kind IN $fund_kind END AS kind_matches,
  CASE WHEN fund IS NULL THEN null ELSE status IN $fund_status AND is_firm END AS status_matches
ORDER BY neighbour, fund, fund_status
