/*
title: Funds by kind and status
topic: funds
question:
  en: Which funds are there, of which kind, how far is each, and whose are they?
  vi: Có những quỹ nào, thuộc loại gì, đang ở tình trạng nào và của ai?
params:
  fund_kind:
    {type: string, several: true, values_of: Fund.kind, default: any, help: kind of fund asked for, vi: loại quỹ}
  fund_status:
    {type: string, several: true, values_of: statuses, default: any, help: how far the fund is, vi: tình trạng của quỹ}
returns:
  fund:            {type: entity, help: the fund, vi: quỹ}
  fund_name:       {help: its name, vi: tên quỹ}
  fund_kind:       {help: its kind, vi: loại quỹ}
  fund_status:     {help: how far it is for the actor, vi: tình trạng của quỹ đối với bên liên quan}
  relation:        {help: 'what the actor does: runs, plans or proposes it', vi: 'quan hệ của bên liên quan: vận hành, dự kiến hoặc đề xuất'}
  actor:           {type: entity, help: 'who runs, plans or proposes it', vi: 'bên vận hành, dự kiến hoặc đề xuất'}
  actor_name:      {help: name of the actor, vi: tên bên liên quan}
  as_of:           {type: date, help: the day it held, vi: thời điểm}
  statements:      {type: statements, help: what the row rests on, vi: các phát biểu làm căn cứ}
  kind_as_asked:   {type: boolean, help: the fund is of a kind asked for, vi: đúng loại quỹ yêu cầu, not: 'the fund is of another kind', not_vi: 'quỹ thuộc loại khác'}
  status_as_asked: {type: boolean, help: the fund is as far as asked for, vi: đúng tình trạng yêu cầu, not: 'the fund is not as far as asked', not_vi: 'quỹ chưa ở tình trạng yêu cầu'}
conditions: [kind_as_asked, status_as_asked]
example: {fund_kind: venture_capital, fund_status: [considered, planned]}
expect:
  rows: 4
  has:
    - {actor: 'province:quang-ninh', relation: PLANS, fund_status: planned}
    - {actor: 'province:lam-dong', relation: PLANS, fund_status: planned}
    - {actor: 'province:khanh-hoa', relation: PLANS, fund_status: planned}
    - {actor: 'province:hai-phong', relation: PLANS, fund_status: considered}
  never:
    - {relation: OPERATES}
*/
MATCH (fund:Fund)
OPTIONAL MATCH (fund)<-[own:OPERATES|PLANS|PROPOSES]-(actor:Entity)
WITH fund, own, actor, coalesce(own.status, fund.status, 'unclear') AS status
RETURN fund.id AS fund, fund.name AS fund_name, fund.kind AS fund_kind, status AS fund_status,
  CASE WHEN own IS NULL THEN null ELSE type(own) END AS relation, actor.id AS actor, actor.name AS actor_name,
  own.as_of AS as_of, coalesce(own.statements, []) AS statements,
  fund.kind IN $fund_kind AS kind_as_asked, status IN $fund_status AS status_as_asked
ORDER BY fund, actor, relation
