/*
title: Offices of a person
topic: people
question:
  en: Which offices does a person hold, and if none is stated, what else do the articles say about the person?
  vi: Một người giữ những chức vụ nào, và nếu không nêu chức vụ thì các bài báo nói gì khác về người đó?
asks: {needs: ['@Person'], covers: [office, who, head, deputy, Person, Agency]}
params:
  person:
    {type: entity, values_of: Person, help: only this person, vi: chỉ người này}
  only_heads:
    {type: boolean, default: false, help: 'only heads, no deputies', vi: 'chỉ người đứng đầu, không tính cấp phó'}
returns:
  person:           {type: entity, help: the person, vi: người}
  person_name:      {help: name of the person, vi: tên}
  title:            {help: title as given in the article, vi: chức danh trong bài}
  is_head:          {type: boolean, help: whether the person heads it; deputies do not, vi: 'đứng đầu cơ quan, không phải cấp phó'}
  office:           {type: entity, help: agency or organisation, vi: cơ quan hoặc tổ chức}
  office_name:      {help: name of the agency or organisation, vi: tên cơ quan hoặc tổ chức}
  status:           {help: whether the person holds the office, vi: tình trạng giữ chức vụ}
  basis:            {help: 'how we know it: stated, inferred, context or reference', vi: mức căn cứ}
  as_of:            {type: date, help: date on which it held, vi: tính đến ngày}
  disputed:         {type: boolean, help: sources or readings disagree about it, vi: 'các nguồn hoặc cách hiểu chưa thống nhất'}
  articles:         {type: integer, help: number of articles that state it, vi: số bài báo}
  related_entities: {type: entities, help: 'if no office is stated: entities that the articles connect with the person', vi: 'khi không nêu chức vụ: những gì các bài báo gắn với người này'}
  statements:       {type: statements, help: statements that support the row, vi: các thông tin làm căn cứ}
  person_named:     {type: boolean, help: an article names the person, vi: có bài nêu tên người này, not: no article names the person, not_vi: 'không bài nào nêu tên người này'}
  office_stated:    {type: boolean, help: an office of the person is stated, vi: có nêu chức vụ, not: no office is stated, not_vi: 'không nêu chức vụ'}
  in_office:        {type: boolean, help: 'the person holds the office; offices that are past, disputed or known only from the context do not count', vi: 'đang giữ chức vụ; không tính khi đã thôi, chưa thống nhất hoặc chỉ biết theo bối cảnh', not: 'the office is past, disputed or known only from the context', not_vi: 'chức vụ đã thôi, chưa thống nhất hoặc chỉ biết theo bối cảnh'}
  head_matches:     {type: boolean, help: 'the person heads it, if only heads are requested', vi: 'đứng đầu cơ quan, nếu chỉ hỏi người đứng đầu', not: the person does not head it, not_vi: 'không đứng đầu cơ quan'}
conditions: [person_named, office_stated, in_office, head_matches]
example: {only_heads: 'true'}
expect:
  has:
    - {person: 'person:lam-dinh-thang', office: 'agency:ho-chi-minh-dost', is_head: true}
    - {person: 'person:pham-hong-quat', office: 'agency:most-startup-department', is_head: true}
  near:
    - {person: 'person:vu-thi-kim-chi', office: 'agency:quang-ninh-dost', fails: [head_matches]}
    - {person: 'person:nguyen-dang-binh', office: 'agency:thai-nguyen-steering-committee', fails: [head_matches]}
    - {person: 'person:hien-thao', office: null, fails: [office_stated]}
  never:
    - {person: 'person:vo-hoang-khai'}
    - {person: 'person:pham-thi-sen-quynh'}
    - {is_head: false}
*/
MATCH (person:Person)
WHERE $person IS NULL OR person.id = $person
OPTIONAL MATCH (person)-[role:HOLDS_ROLE]->(office:Entity)
WITH person, role, office, role IS NOT NULL AS has_office, coalesce(role.status, 'unclear') AS status
RETURN person.id AS person, person.name AS person_name, role.title AS title, role.head AS is_head,
  office.id AS office, office.name AS office_name, CASE WHEN has_office THEN status END AS status,
  role.basis AS basis, role.as_of AS as_of, role.disagreements IS NOT NULL AS disputed, role.articles AS articles,
  CASE WHEN has_office THEN [] ELSE COLLECT {
    CALL (person) {
      MATCH (person)-[]-(neighbour:Entity)
      RETURN neighbour.id AS neighbour
      UNION
      MATCH (person)<-[:SUBJECT|OBJECT|ABOUT|SAID_BY]-(:Statement)-[:SUBJECT|OBJECT|ABOUT|STATED_IN]->(neighbour:Entity)
      WHERE neighbour.id <> person.id
      RETURN neighbour.id AS neighbour
    }
    WITH DISTINCT neighbour RETURN neighbour ORDER BY neighbour
  } END AS related_entities,
  CASE WHEN has_office THEN role.statements ELSE COLLECT {
    MATCH (person)<-[:SUBJECT|OBJECT|ABOUT|SAID_BY]-(statement:Statement) WITH DISTINCT statement.id AS statement_id
      RETURN statement_id ORDER BY statement_id
  } END AS statements,
  true AS person_named, has_office AS office_stated,
  CASE WHEN has_office THEN role.holds END AS in_office,
  CASE WHEN has_office THEN NOT $only_heads OR coalesce(role.head, false) END AS head_matches
ORDER BY person, office
