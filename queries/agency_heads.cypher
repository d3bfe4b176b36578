/*
title: Who heads which agency
topic: people
question:
  en: Who heads which agency, and for which agencies do the articles name only deputies?
  vi: Ai đứng đầu cơ quan nào, và cơ quan nào chỉ được nhắc đến qua cấp phó?
asks: {needs: [head|deputy], covers: [who, Agency, Person, office, Province, name, '@Province']}
params:
  agency:
    {type: entity, values_of: Agency, help: only this agency, vi: chỉ cơ quan này}
returns:
  agency:         {type: entity, help: state or Party agency, vi: cơ quan}
  agency_name:    {help: its name, vi: tên cơ quan}
  person:         {type: entity, help: the official, vi: người giữ chức vụ}
  person_name:    {help: name of the official, vi: tên người giữ chức vụ}
  title:          {help: title as given in the article, vi: chức danh trong bài}
  status:         {help: whether the person holds the role, vi: tình trạng giữ chức vụ}
  basis:          {help: 'how we know it: stated, inferred, context or reference', vi: mức căn cứ}
  as_of:          {type: date, help: date on which it held, vi: tính đến ngày}
  disputed:       {type: boolean, help: sources or readings disagree about it, vi: 'các nguồn hoặc cách hiểu chưa thống nhất'}
  statements:     {type: statements, help: statements that support the row, vi: các thông tin làm căn cứ}
  official_named: {type: boolean, help: an article names an official of the agency, vi: có bài nêu tên người giữ chức vụ, not: no article names an official, not_vi: 'không bài nào nêu tên người giữ chức vụ'}
  heads_agency:   {type: boolean, help: the official heads the agency; deputies do not count, vi: 'người đó đứng đầu cơ quan, không phải cấp phó', not: the named official is not its head, not_vi: 'người được nêu tên không đứng đầu cơ quan'}
  in_office:      {type: boolean, help: 'the person holds the role; roles that are past, disputed or known only from the context do not count', vi: 'đang giữ chức vụ; không tính khi đã thôi, chưa thống nhất hoặc chỉ biết theo bối cảnh', not: 'the role is past, disputed or known only from the context', not_vi: 'chức vụ đã thôi, chưa thống nhất hoặc chỉ biết theo bối cảnh'}
conditions: [official_named, heads_agency, in_office]
example: {}
expect:
  has:
    - {agency: 'agency:ho-chi-minh-dost', person: 'person:lam-dinh-thang'}
    - {agency: 'agency:most-startup-department', person: 'person:pham-hong-quat'}
  near:
    - {agency: 'agency:dong-nai-dost', person: 'person:vo-hoang-khai', fails: [heads_agency]}
    - {agency: 'agency:quang-ninh-dost', person: 'person:vu-thi-kim-chi', fails: [heads_agency]}
  never:
    - {person: 'person:vo-hoang-khai'}
*/
MATCH (agency:Agency)
WHERE $agency IS NULL OR agency.id = $agency
OPTIONAL MATCH (agency)<-[head_role:HOLDS_ROLE]-(head:Person)
WHERE head_role.head AND head_role.holds
WITH agency, count(head_role) AS head_count
MATCH (agency)<-[role:HOLDS_ROLE]-(person:Person)
WITH agency, head_count, role, person, role.holds AS in_office
// Deputies and predecessors are listed only where no head is known.
WHERE head_count = 0 OR (role.head AND in_office)
RETURN agency.id AS agency, agency.name AS agency_name, person.id AS person, person.name AS person_name,
  role.title AS title, coalesce(role.status, 'unclear') AS status, role.basis AS basis,
  role.as_of AS as_of, role.disagreements IS NOT NULL AS disputed,
  role.statements AS statements,
  true AS official_named, coalesce(role.head, false) AS heads_agency, in_office AS in_office
ORDER BY agency, person
