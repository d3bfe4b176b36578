/*
title: Who heads which agency
topic: people
question:
  en: Who heads which agency, and where do the articles name only deputies?
  vi: Ai đứng đầu cơ quan nào, và cơ quan nào chỉ được nhắc đến qua cấp phó?
params:
  agency:
    {type: entity, values_of: Agency, help: only this agency, vi: chỉ cơ quan này}
returns:
  agency:         {type: entity, help: the state or Party body, vi: cơ quan}
  agency_name:    {help: its name, vi: tên cơ quan}
  person:         {type: entity, help: the official, vi: người giữ chức vụ}
  person_name:    {help: name of the official, vi: tên người giữ chức vụ}
  title:          {help: title as the article gives it, vi: chức danh trong bài}
  status:         {help: whether the role is held, vi: tình trạng giữ chức vụ}
  as_of:          {type: date, help: the day it held, vi: thời điểm}
  statements:     {type: statements, help: what the row rests on, vi: các phát biểu làm căn cứ}
  named_official: {type: boolean, help: an article names an official of the agency, vi: có bài nêu tên người giữ chức vụ, not: 'no article names an official', not_vi: 'không bài nào nêu tên người giữ chức vụ'}
  heads_it:       {type: boolean, help: 'the official heads it, a deputy does not', vi: 'người đó đứng đầu cơ quan, không phải cấp phó', not: 'the official named is not its head', not_vi: 'người được nêu tên không đứng đầu cơ quan'}
  in_office:      {type: boolean, help: 'the role is held; past and disputed do not count', vi: 'đang giữ chức vụ; không tính khi đã thôi hoặc còn mâu thuẫn', not: 'the role is past or disputed', not_vi: 'chức vụ đã thôi hoặc còn mâu thuẫn'}
conditions: [named_official, heads_it, in_office]
example: {}
expect:
  has:
    - {agency: 'agency:ho-chi-minh-dost', person: 'person:lam-dinh-thang'}
    - {agency: 'agency:most-startup-department', person: 'person:pham-hong-quat'}
  near:
    - {agency: 'agency:dong-nai-dost', person: 'person:vo-hoang-khai', fails: [heads_it]}
    - {agency: 'agency:quang-ninh-dost', person: 'person:vu-thi-kim-chi', fails: [heads_it]}
  never:
    - {person: 'person:vo-hoang-khai'}
*/
MATCH (agency:Agency)
WHERE $agency IS NULL OR agency.id = $agency
OPTIONAL MATCH (agency)<-[held:HOLDS_ROLE]-(head:Person)
WHERE held.head AND NOT coalesce(held.status, 'unclear') IN ['past', 'disputed']
WITH agency, count(held) AS heads
MATCH (agency)<-[role:HOLDS_ROLE]-(person:Person)
WITH agency, heads, role, person, NOT coalesce(role.status, 'unclear') IN ['past', 'disputed'] AS in_office
// A deputy or a predecessor is worth a line only where no head is known.
WHERE heads = 0 OR (role.head AND in_office)
RETURN agency.id AS agency, agency.name AS agency_name, person.id AS person, person.name AS person_name,
  role.title AS title, coalesce(role.status, 'unclear') AS status, role.as_of AS as_of,
  role.statements AS statements,
  true AS named_official, coalesce(role.head, false) AS heads_it, in_office AS in_office
ORDER BY agency, person
