/*
title: Neighbours of a province and their funds
topic: provinces
question:
  en: Which provinces border a province, and which funds of a given kind does each have, plan or propose?
  vi: Những tỉnh, thành phố nào giáp một tỉnh và mỗi nơi có, dự kiến hoặc đề xuất quỹ nào thuộc loại yêu cầu?
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
  actor_edge.id AS edge_id,
  actor_edge.statements AS statement_ids
ORDER BY edge_id
WITH neighbour, border, fund, status, collect(actor) AS actors, collect(statement_ids) AS statement_lists
RETURN neighbour.id AS neighbour, neighbour.name AS neighbour_name, border.basis AS border_basis,
  fund.id AS fund, fund.name AS fund_name, fund.kind AS fund_kind,
  CASE WHEN fund IS NULL THEN null ELSE status END AS fund_status, actors AS fund_actors,
  border.statements + reduce(all = [], list IN statement_lists | all + list) AS statements,
  border.holds AS is_adjacent, fund IS NOT NULL AS has_fund,
  CASE WHEN fund IS NULL THEN null ELSE fund.kind IN $fund_kind END AS kind_matches,
  CASE WHEN fund IS NULL THEN null ELSE status IN $fund_status END AS status_matches
ORDER BY neighbour, fund, fund_status
