/*
title: Neighbours of a province and their funds
topic: provinces
question:
  en: Which provinces lie next to a province, and which funds of a kind does each have, plan or propose?
  vi: Những tỉnh, thành phố nào giáp một tỉnh và mỗi nơi có, dự kiến hoặc đề xuất quỹ nào thuộc loại yêu cầu?
params:
  province:
    {type: entity, values_of: Province, required: true, help: the province or city, vi: 'tỉnh, thành phố'}
  fund_kind:
    {type: string, several: true, values_of: Fund.kind, default: any, help: kind of fund asked for, vi: loại quỹ}
  fund_status:
    {type: string, several: true, values_of: statuses, default: any, help: how far the fund is, vi: tình trạng của quỹ}
returns:
  neighbour:         {type: entity, help: the province or city of today next to it, vi: 'tỉnh, thành phố giáp ranh hiện nay'}
  neighbour_name:    {help: its name, vi: 'tên tỉnh, thành phố'}
  border_basis:      {help: 'how firmly the border is said; reference is from a table, not from an article', vi: 'căn cứ của việc giáp ranh; reference là theo bảng tra cứu, không phải bài báo'}
  fund:              {type: entity, help: 'a fund that the neighbour, or an agency of its, runs, plans or proposes', vi: 'quỹ do tỉnh giáp ranh hoặc cơ quan của tỉnh đó vận hành, dự kiến hoặc đề xuất'}
  fund_name:         {help: name of the fund, vi: tên quỹ}
  fund_kind:         {help: kind of the fund, vi: loại quỹ}
  fund_status:       {help: how far the fund is for who runs or plans it, vi: tình trạng của quỹ đối với bên vận hành hoặc dự kiến}
  fund_actors:       {type: entities, help: 'who runs, plans or proposes it', vi: 'bên vận hành, dự kiến hoặc đề xuất quỹ'}
  statements:        {type: statements, help: 'what the row rests on, the border first', vi: 'các phát biểu làm căn cứ, trước hết về việc giáp ranh'}
  borders:           {type: boolean, help: it lies next to the province, vi: giáp với tỉnh, not: 'whether it lies next to the province is past, disputed or unclear', not_vi: 'việc giáp ranh đã qua, còn mâu thuẫn hoặc chưa rõ'}
  has_fund:          {type: boolean, help: there is a fund of the neighbour in any status, vi: có quỹ của tỉnh giáp ranh ở bất kỳ tình trạng nào, not: 'no fund of it is named', not_vi: 'không có quỹ nào của tỉnh đó được nêu'}
  kind_as_asked:     {type: boolean, help: the fund is of a kind asked for, vi: đúng loại quỹ yêu cầu, not: 'its fund is of another kind', not_vi: 'quỹ thuộc loại khác'}
  status_as_asked:   {type: boolean, help: the fund is as far as asked for, vi: đúng tình trạng yêu cầu, not: 'its fund is not as far as asked', not_vi: 'quỹ chưa ở tình trạng yêu cầu'}
conditions: [borders, has_fund, kind_as_asked, status_as_asked]
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
OPTIONAL MATCH whole = (neighbour)<-[:PART_OF*0..2]-(actor:Entity), (actor)-[own:OPERATES|PLANS|PROPOSES]->(fund:Fund)
WHERE all(body IN tail(nodes(whole)) WHERE body:Agency)
  AND all(step IN relationships(whole) WHERE NOT coalesce(step.status, 'unclear') IN ['planned', 'past', 'disputed'])
WITH DISTINCT neighbour, border, fund, coalesce(own.status, 'unclear') AS status, actor.id AS actor, own.id AS edge,
  own.statements AS told
ORDER BY edge
WITH neighbour, border, fund, status, collect(actor) AS actors, collect(told) AS told
RETURN neighbour.id AS neighbour, neighbour.name AS neighbour_name, border.basis AS border_basis,
  fund.id AS fund, fund.name AS fund_name, fund.kind AS fund_kind,
  CASE WHEN fund IS NULL THEN null ELSE status END AS fund_status, actors AS fund_actors,
  border.statements + reduce(all = [], some IN told | all + some) AS statements,
  coalesce(border.status, 'unclear') = 'existing' AS borders, fund IS NOT NULL AS has_fund,
  CASE WHEN fund IS NULL THEN null ELSE fund.kind IN $fund_kind END AS kind_as_asked,
  CASE WHEN fund IS NULL THEN null ELSE status IN $fund_status END AS status_as_asked
ORDER BY neighbour, fund, fund_status
