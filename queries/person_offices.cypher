/*
title: Offices of a person
topic: people
question:
  en: Which offices does a person hold, and if none is stated, what else do the articles say of the person?
  vi: Một người giữ những chức vụ nào, và nếu không nêu chức vụ thì các bài báo nói gì khác về người đó?
params:
  person:
    {type: entity, values_of: Person, help: only this person, vi: chỉ người này}
  only_heads:
    {type: boolean, default: false, help: 'only who heads the body, no deputy', vi: 'chỉ người đứng đầu, không tính cấp phó'}
returns:
  person:        {type: entity, help: the person, vi: người}
  person_name:   {help: name of the person, vi: tên}
  title:         {help: title as the article gives it, vi: chức danh trong bài}
  head:          {type: boolean, help: 'heads the body, a deputy does not', vi: 'đứng đầu cơ quan, không phải cấp phó'}
  office:        {type: entity, help: the body, vi: cơ quan hoặc tổ chức}
  office_name:   {help: name of the body, vi: tên cơ quan hoặc tổ chức}
  status:        {help: whether the office is held, vi: tình trạng giữ chức vụ}
  as_of:         {type: date, help: the day it held, vi: thời điểm}
  articles:      {type: integer, help: articles that say so, vi: số bài báo}
  nearest:       {type: entities, help: 'where no office is stated: what else the articles tie the person to', vi: 'khi không nêu chức vụ: những gì các bài báo gắn với người này'}
  statements:    {type: statements, help: what the row rests on, vi: các phát biểu làm căn cứ}
  named:         {type: boolean, help: an article names the person, vi: có bài nêu tên người này, not: 'no article names the person', not_vi: 'không bài nào nêu tên người này'}
  office_stated: {type: boolean, help: an office of the person is stated, vi: có nêu chức vụ, not: 'no office is stated', not_vi: 'không nêu chức vụ'}
  in_office:     {type: boolean, help: 'the office is held; past and disputed do not count', vi: 'đang giữ chức vụ; không tính khi đã thôi hoặc còn mâu thuẫn', not: 'the office is past or disputed', not_vi: 'chức vụ đã thôi hoặc còn mâu thuẫn'}
  head_as_asked: {type: boolean, help: 'heads the body, where only heads are asked for', vi: 'đứng đầu cơ quan, nếu chỉ hỏi người đứng đầu', not: 'is not its head', not_vi: 'không đứng đầu cơ quan'}
conditions: [named, office_stated, in_office, head_as_asked]
example: {only_heads: 'true'}
expect:
  has:
    - {person: 'person:lam-dinh-thang', office: 'agency:ho-chi-minh-dost', head: true}
    - {person: 'person:pham-hong-quat', office: 'agency:most-startup-department', head: true}
  near:
    - {person: 'person:vu-thi-kim-chi', office: 'agency:quang-ninh-dost', fails: [head_as_asked]}
    - {person: 'person:nguyen-dang-binh', office: 'agency:thai-nguyen-steering-committee', fails: [head_as_asked]}
    - {person: 'person:hien-thao', office: null, fails: [office_stated]}
  never:
    - {person: 'person:vo-hoang-khai'}
    - {person: 'person:pham-thi-sen-quynh'}
    - {head: false}
*/
MATCH (person:Person)
WHERE $person IS NULL OR person.id = $person
OPTIONAL MATCH (person)-[role:HOLDS_ROLE]->(office:Entity)
WITH person, role, office, role IS NOT NULL AS stated, coalesce(role.status, 'unclear') AS status
RETURN person.id AS person, person.name AS person_name, role.title AS title, role.head AS head,
  office.id AS office, office.name AS office_name, CASE WHEN stated THEN status END AS status, role.as_of AS as_of,
  role.articles AS articles,
  CASE WHEN stated THEN [] ELSE COLLECT {
    CALL (person) {
      MATCH (person)-[]-(other:Entity)
      RETURN other.id AS other
      UNION
      MATCH (person)<-[:SUBJECT|OBJECT|ABOUT|SAID_BY]-(:Statement)-[:SUBJECT|OBJECT|ABOUT|STATED_IN]->(other:Entity)
      WHERE other.id <> person.id
      RETURN other.id AS other
    }
    WITH DISTINCT other RETURN other ORDER BY other
  } END AS nearest,
  CASE WHEN stated THEN role.statements ELSE COLLECT {
    MATCH (person)<-[:SUBJECT|OBJECT|ABOUT|SAID_BY]-(s:Statement) WITH DISTINCT s.id AS said RETURN said ORDER BY said
  } END AS statements,
  true AS named, stated AS office_stated,
  CASE WHEN stated THEN NOT status IN ['past', 'disputed'] END AS in_office,
  CASE WHEN stated THEN NOT $only_heads OR coalesce(role.head, false) END AS head_as_asked
ORDER BY person, office
