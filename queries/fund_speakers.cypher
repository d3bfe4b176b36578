/*
title: Officials who speak for a fund
topic: funds
question:
  en: Which officials speak for a fund or for the plan of one, and in which office?
  vi: Những người giữ chức vụ nào phát biểu về một quỹ hoặc về kế hoạch lập quỹ, và giữ chức vụ gì?
params:
  fund_kind:
    {type: string, several: true, values_of: Fund.kind, default: any, help: kind of fund asked for, vi: loại quỹ}
  fund_status:
    {type: string, several: true, values_of: statuses, default: any, help: how far the fund is, vi: tình trạng của quỹ}
  by_paragraph:
    {type: boolean, default: false, help: 'also count who is quoted in the paragraph that speaks of the fund, on whatever', vi: 'tính cả người được dẫn lời về việc khác trong cùng đoạn văn nói về quỹ'}
returns:
  person:          {type: entity, help: the official, vi: người phát biểu}
  person_name:     {help: name of the official, vi: tên người phát biểu}
  title:           {help: title as the article gives it, vi: chức danh trong bài}
  office:          {type: entity, help: the body, vi: cơ quan}
  office_name:     {help: name of the body, vi: tên cơ quan}
  fund:            {type: entity, help: the fund, vi: quỹ}
  fund_name:       {help: name of the fund, vi: tên quỹ}
  fund_kind:       {help: kind of the fund, vi: loại quỹ}
  fund_status:     {help: how far the fund is, vi: tình trạng của quỹ}
  fund_actors:     {type: entities, help: 'who runs, plans or proposes it', vi: 'bên vận hành, dự kiến hoặc đề xuất quỹ'}
  link:            {help: 'what ties the person to the fund: quoted on it, quoted in the same paragraph, or only the office', vi: 'mối liên hệ với quỹ: được dẫn lời về quỹ (quoted on it), được dẫn lời trong cùng đoạn văn (quoted in the same paragraph) hoặc chỉ qua chức vụ (only the office)'}
  statements:      {type: statements, help: what the row rests on, vi: các phát biểu làm căn cứ}
  speaks_for_fund: {type: boolean, help: the person is quoted on the fund, vi: người đó được dẫn lời về quỹ, not: 'not quoted on the fund', not_vi: 'không được dẫn lời về quỹ'}
  holds_office:    {type: boolean, help: 'holds an office of the state or the Party; past and disputed do not count', vi: 'giữ chức vụ trong cơ quan nhà nước hoặc cơ quan Đảng; không tính khi đã thôi hoặc còn mâu thuẫn', not: 'no office of the state or the Party is stated', not_vi: 'không nêu chức vụ trong cơ quan nhà nước hoặc cơ quan Đảng'}
  kind_as_asked:   {type: boolean, help: the fund is of a kind asked for, vi: đúng loại quỹ yêu cầu, not: 'the fund is of another kind', not_vi: 'quỹ thuộc loại khác'}
  status_as_asked: {type: boolean, help: the fund is as far as asked for, vi: đúng tình trạng yêu cầu, not: 'the fund is not as far as asked', not_vi: 'quỹ chưa ở tình trạng yêu cầu'}
conditions: [speaks_for_fund, holds_office, kind_as_asked, status_as_asked]
example: {fund_kind: venture_capital, fund_status: [proposed, considered, planned, approved]}
expect:
  has:
    - {person: 'person:pham-thi-sen-quynh', office: 'agency:hai-phong-dost', fund: 'fund:hai-phong-venture-capital', fund_status: considered}
  near:
    - {person: 'person:pham-thi-sen-quynh', fund: 'fund:hai-phong-st-development', fails: [kind_as_asked, status_as_asked]}
  never:
    - {fund_kind: st_development}
    - {fund_kind: startup_support}
    - {person: 'person:pham-hong-quat'}
    - {person: 'person:nguyen-ngoc-thanh'}
*/
MATCH (fund:Fund)
CALL (fund) {
  MATCH (fund)<-[:SUBJECT|OBJECT|ABOUT]-(said:Statement)-[:SAID_BY]->(person:Person)
  RETURN person, 1 AS far, said.id AS said
  UNION
  MATCH (fund)<-[:SUBJECT|OBJECT|ABOUT]-(:Statement)-[here:STATED_IN]->(:Article)<-[there:STATED_IN]-(said:Statement)
  MATCH (said)-[:SAID_BY]->(person:Person)
  WHERE here.line = there.line
  RETURN person, 2 AS far, said.id AS said
  UNION
  MATCH way = (fund)<-[:OPERATES|PLANS|PROPOSES]-(:Entity)<-[:PART_OF*0..2]-(:Agency)<-[:HOLDS_ROLE]-(person:Person)
  WHERE all(step IN relationships(way)[1..-1]
    WHERE NOT coalesce(step.status, 'unclear') IN ['planned', 'past', 'disputed'])
  UNWIND relationships(way)[0].statements AS said
  RETURN person, 3 AS far, said
}
WITH DISTINCT fund, person, far, said
ORDER BY far, said
WITH fund, person, min(far) AS nearest, collect({far: far, said: said}) AS found
OPTIONAL MATCH (person)-[role:HOLDS_ROLE]->(office:Entity)
WITH fund, person, nearest, [one IN found WHERE one.far = nearest | one.said] AS told, role, office
RETURN person.id AS person, person.name AS person_name, role.title AS title, office.id AS office,
  office.name AS office_name, fund.id AS fund, fund.name AS fund_name, fund.kind AS fund_kind,
  coalesce(fund.status, 'unclear') AS fund_status,
  COLLECT {
    MATCH (fund)<-[:OPERATES|PLANS|PROPOSES]-(actor:Entity) RETURN actor.id AS actor ORDER BY actor
  } AS fund_actors,
  ['quoted on it', 'quoted in the same paragraph', 'only the office'][nearest - 1] AS link,
  told + [one IN coalesce(role.statements, []) WHERE NOT one IN told] AS statements,
  nearest = 1 OR ($by_paragraph AND nearest = 2) AS speaks_for_fund,
  coalesce(office.type, '') = 'Agency' AND NOT coalesce(role.status, 'unclear') IN ['past', 'disputed'] AS holds_office,
  fund.kind IN $fund_kind AS kind_as_asked, coalesce(fund.status, 'unclear') IN $fund_status AS status_as_asked
ORDER BY fund, nearest, person, office
