/*
title: Officials who speak for a fund
topic: funds
question:
  en: Which officials speak for a fund or for plans to set one up, and what office do they hold?
  vi: Những người giữ chức vụ nào phát biểu về một quỹ hoặc về kế hoạch lập quỹ, và giữ chức vụ gì?
asks: {needs: [speak|opinion, Fund|Fund.kind], covers: [who, Person, office, plan, statuses, Fund, opinion]}
params:
  fund_kind:
    {type: string, several: true, values_of: Fund.kind, default: any, help: kind of fund, vi: loại quỹ}
  fund_status:
    {type: string, several: true, values_of: statuses, default: any, help: status of the fund, vi: tình trạng của quỹ}
  include_same_paragraph:
    {type: boolean, default: false, help: also count people quoted on anything in the same paragraph as the fund, vi: 'tính cả người được dẫn lời về việc khác trong cùng đoạn văn nói về quỹ'}
returns:
  person:          {type: entity, help: the official, vi: người phát biểu}
  person_name:     {help: name of the official, vi: tên người phát biểu}
  title:           {help: title as given in the article, vi: chức danh trong bài}
  office:          {type: entity, help: agency or organisation, vi: cơ quan}
  office_name:     {help: name of the agency or organisation, vi: tên cơ quan}
  fund:            {type: entity, help: the fund, vi: quỹ}
  fund_name:       {help: name of the fund, vi: tên quỹ}
  fund_kind:       {help: kind of the fund, vi: loại quỹ}
  fund_status:     {help: status of the fund, vi: tình trạng của quỹ}
  fund_actors:     {type: entities, help: 'who has, plans or proposes it', vi: 'bên có, dự kiến hoặc đề xuất quỹ'}
  link_type:       {help: 'how the person is linked to the fund: quoted (on the fund), same paragraph (quoted on something else there) or office only', vi: 'mối liên hệ với quỹ: được dẫn lời về quỹ (quoted), được dẫn lời trong cùng đoạn văn (same paragraph) hoặc chỉ qua chức vụ (office only)'}
  statements:      {type: statements, help: statements that support the row, vi: các thông tin làm căn cứ}
  speaks_for_fund: {type: boolean, help: the person is quoted on the fund, vi: người đó được dẫn lời về quỹ, not: not quoted on the fund, not_vi: 'không được dẫn lời về quỹ'}
  holds_office:    {type: boolean, help: the person holds an office of the state or the Party; past or disputed offices do not count, vi: 'giữ chức vụ trong cơ quan nhà nước hoặc cơ quan Đảng; không tính khi đã thôi hoặc chưa thống nhất', not: no office of the state or the Party is stated, not_vi: 'không nêu chức vụ trong cơ quan nhà nước hoặc cơ quan Đảng'}
  kind_matches:    {type: boolean, help: the fund is of the requested kind, vi: đúng loại quỹ yêu cầu, not: the fund is of another kind, not_vi: 'quỹ thuộc loại khác'}
  status_matches:  {type: boolean, help: the fund is at the requested stage, vi: đúng tình trạng yêu cầu, not: the fund is at another stage, not_vi: 'quỹ chưa ở tình trạng yêu cầu'}
conditions: [speaks_for_fund, holds_office, kind_matches, status_matches]
example: {fund_kind: venture_capital, fund_status: [proposed, considered, planned, approved]}
expect:
  has:
    - {person: 'person:pham-thi-sen-quynh', office: 'agency:hai-phong-dost', fund: 'fund:hai-phong-venture-capital', fund_status: considered}
  near:
    - {person: 'person:pham-thi-sen-quynh', fund: 'fund:hai-phong-st-development', fails: [kind_matches, status_matches]}
  never:
    - {fund_kind: st_development}
    - {fund_kind: startup_support}
    - {person: 'person:pham-hong-quat'}
    - {person: 'person:nguyen-ngoc-thanh'}
*/
MATCH (fund:Fund)
CALL (fund) {
  MATCH (fund)<-[:SUBJECT|OBJECT|ABOUT]-(statement:Statement)-[:SAID_BY]->(person:Person)
  RETURN person, 1 AS link_rank, statement.id AS statement_id
  UNION
  MATCH (fund)<-[:SUBJECT|OBJECT|ABOUT]-(:Statement)-[fund_passage:STATED_IN]->(:Article)<-[speaker_passage:STATED_IN]-(statement:Statement)
  MATCH (statement)-[:SAID_BY]->(person:Person)
  WHERE fund_passage.line = speaker_passage.line
  RETURN person, 2 AS link_rank, statement.id AS statement_id
  UNION
  MATCH office_path = (fund)<-[:HAS|PLANS|PROPOSES]-(:Entity)<-[:PART_OF*0..2]-(:Agency)<-[:HOLDS_ROLE]-(person:Person)
  WHERE all(step IN relationships(office_path)[1..-1] WHERE step.holds)
  UNWIND relationships(office_path)[0].statements AS statement_id
  RETURN person, 3 AS link_rank, statement_id
}
WITH DISTINCT fund, person, link_rank, statement_id
ORDER BY link_rank, statement_id
WITH fund, person, min(link_rank) AS best_rank, collect({rank: link_rank, statement: statement_id}) AS links
OPTIONAL MATCH (person)-[role:HOLDS_ROLE]->(office:Entity)
WITH fund, person, best_rank, [entry IN links WHERE entry.rank = best_rank | entry.statement] AS statement_ids, role, office
RETURN person.id AS person, person.name AS person_name, role.title AS title, office.id AS office,
  office.name AS office_name, fund.id AS fund, fund.name AS fund_name, fund.kind AS fund_kind,
  coalesce(fund.status, 'unclear') AS fund_status,
  COLLECT {
    MATCH (fund)<-[:HAS|PLANS|PROPOSES]-(actor:Entity) RETURN actor.id AS actor ORDER BY actor
  } AS fund_actors,
  ['quoted', 'same paragraph', 'office only'][best_rank - 1] AS link_type,
  statement_ids + [id IN coalesce(role.statements, []) WHERE NOT id IN statement_ids] AS statements,
  best_rank = 1 OR ($include_same_paragraph AND best_rank = 2) AS speaks_for_fund,
  coalesce(office.type, '') = 'Agency' AND role.holds AS holds_office,
  fund.kind IN $fund_kind AS kind_matches, coalesce(fund.status, 'unclear') IN $fund_status AS status_matches
ORDER BY fund, best_rank, person, office
