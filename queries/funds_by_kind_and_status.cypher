/*
title: Funds by kind and status
topic: funds
question:
  en: Which funds are there, of what kind and status, and who has, plans or proposes them?
  vi: Có những quỹ nào, thuộc loại gì, đang ở tình trạng nào và của ai?
asks: {needs: [Fund|Fund.kind|@Fund], covers: [exist, plan, statuses, who, Province, when, give, consider, propose, due, Fund, timeline, '@Province']}
params:
  fund_kind:
    {type: string, several: true, values_of: Fund.kind, default: any, help: kind of fund, vi: loại quỹ}
  fund_status:
    {type: string, several: true, values_of: statuses, default: any, help: status of the fund, vi: tình trạng của quỹ}
returns:
  fund:           {type: entity, help: the fund, vi: quỹ}
  fund_name:      {help: its name, vi: tên quỹ}
  fund_kind:      {help: its kind, vi: loại quỹ}
  fund_status:    {help: status for this actor, vi: tình trạng của quỹ đối với bên liên quan}
  predicate:      {help: 'predicate: the actor has, plans or proposes it', vi: 'quan hệ của bên liên quan: có, dự kiến hoặc đề xuất'}
  actor:          {type: entity, help: 'who has, plans or proposes it', vi: 'bên có, dự kiến hoặc đề xuất'}
  actor_name:     {help: name of the actor, vi: tên bên liên quan}
  as_of:          {type: date, help: date on which it held, vi: tính đến ngày}
  basis:          {help: 'how we know it: stated, inferred, context or reference', vi: mức căn cứ}
  due:            {type: date, help: 'date, year or period by which the fund is to be there; ../2030 means by 2030', vi: 'thời hạn có quỹ: ngày, năm hoặc giai đoạn; ../2030 là chậm nhất năm 2030'}
  alternative:    {type: entities, help: 'what it may be instead, if the articles name an alternative', vi: 'phương án khác, nếu bài báo nêu quỹ hoặc phương án khác'}
  disputed:       {type: boolean, help: sources or readings disagree about it, vi: 'các nguồn hoặc cách hiểu chưa thống nhất'}
  statements:     {type: statements, help: statements that support the row, vi: các thông tin làm căn cứ}
  kind_matches:   {type: boolean, help: the fund is of the requested kind, vi: đúng loại quỹ yêu cầu, not: the fund is of another kind, not_vi: 'quỹ thuộc loại khác'}
  status_matches: {type: boolean, help: 'the fund is at the requested stage, and more than the context shows it', vi: đúng tình trạng yêu cầu và không chỉ theo bối cảnh, not: 'the fund is at another stage, or only the context shows it', not_vi: 'quỹ chưa ở tình trạng yêu cầu, hoặc chỉ theo bối cảnh'}
conditions: [kind_matches, status_matches]
example: {fund_kind: venture_capital, fund_status: [considered, planned]}
expect:
  rows: 4
  has:
    - {actor: 'province:quang-ninh', predicate: PLANS, fund_status: planned}
    - {actor: 'province:lam-dong', predicate: PLANS, fund_status: planned}
    - {actor: 'province:khanh-hoa', predicate: PLANS, fund_status: planned}
    - {actor: 'province:hai-phong', predicate: PLANS, fund_status: considered}
  never:
    - {predicate: HAS}
*/
MATCH (fund:Fund)
OPTIONAL MATCH (fund)<-[actor_edge:HAS|PLANS|PROPOSES]-(actor:Entity)
WITH fund, actor_edge, actor, coalesce(actor_edge.status, fund.status, 'unclear') AS status
RETURN fund.id AS fund, fund.name AS fund_name, fund.kind AS fund_kind, status AS fund_status,
  CASE WHEN actor_edge IS NULL THEN null ELSE type(actor_edge) END AS predicate, actor.id AS actor, actor.name AS actor_name,
  actor_edge.as_of AS as_of, actor_edge.basis AS basis, actor_edge.due AS due,
  coalesce(actor_edge.alternative, []) AS alternative, actor_edge.disagreements IS NOT NULL AS disputed,
  coalesce(actor_edge.statements, []) AS statements,
  fund.kind IN $fund_kind AS kind_matches,
  status IN $fund_status AND (actor_edge IS NULL OR actor_edge.holds OR NOT status IN $in_force) AS status_matches
ORDER BY fund, actor, predicate
