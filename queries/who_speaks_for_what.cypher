/*
title: Who speaks for what
topic: people
question:
  en: Who is quoted, in which office, and on what?
  vi: Ai được dẫn lời, với chức vụ gì và phát biểu về những gì?
params:
  person:
    {type: entity, values_of: [Person, Agency, Organisation], help: only this speaker, vi: chỉ người hoặc đơn vị phát biểu này}
returns:
  person:        {type: entity, help: who is quoted, vi: người được dẫn lời}
  person_name:   {help: name of who is quoted, vi: tên người được dẫn lời}
  titles:        {type: strings, help: titles as the articles give them, vi: các chức danh trong bài}
  offices:       {type: entities, help: 'the bodies, in the order of the titles', vi: 'các cơ quan, theo thứ tự chức danh'}
  says:          {help: 'the kind of claim; or measurement, or relation', vi: 'loại nhận định; hoặc số đo (measurement), hoặc quan hệ (relation)'}
  entities:      {type: entities, help: whom or what it is about, vi: nói về ai hoặc việc gì}
  quotes:        {type: integer, help: number of statements, vi: số phát biểu}
  articles:      {type: entities, help: the articles that quote it, vi: các bài báo dẫn lời}
  statements:    {type: statements, help: what the row rests on, vi: các phát biểu làm căn cứ}
  named:         {type: boolean, help: an article names the speaker, vi: có bài nêu tên, not: 'no article names the speaker', not_vi: 'không bài nào nêu tên'}
  quoted:        {type: boolean, help: an article quotes the speaker, vi: có bài dẫn lời, not: 'no article quotes the person', not_vi: 'không bài nào dẫn lời người này'}
conditions: [named, quoted]
example: {person: 'person:pham-thi-sen-quynh'}
expect:
  has:
    - {says: recommendation, offices: ['agency:hai-phong-dost'], articles: ['article:002']}
    - {says: goal, articles: ['article:002']}
  never:
    - {person: 'person:pham-hong-quat'}
    - {offices: ['agency:most']}
*/
CALL () {
  MATCH (said:Statement)-[:SAID_BY]->(person:Entity)
  WHERE $person IS NULL OR person.id = $person
  RETURN person, said.id AS sid
  UNION
  MATCH (person:Person)
  WHERE ($person IS NULL OR person.id = $person) AND NOT EXISTS { (person)<-[:SAID_BY]-(:Statement) }
  RETURN person, '' AS sid
}
OPTIONAL MATCH (said:Statement {id: sid})
OPTIONAL MATCH (said)-[:STATED_IN]->(article:Article)
OPTIONAL MATCH (said)-[:SUBJECT|OBJECT|ABOUT]->(on:Entity)
WITH person, said, article.id AS article, on.id AS on, said.id AS sid,
  CASE said.kind WHEN 'claim' THEN said.claim_type ELSE said.kind END AS says
ORDER BY on, article, sid
WITH person, says, collect(DISTINCT on) AS entities, collect(DISTINCT article) AS articles,
  collect(DISTINCT sid) AS told
OPTIONAL MATCH (person)-[role:HOLDS_ROLE]->(office:Entity)
WHERE NOT coalesce(role.status, 'unclear') IN ['past', 'disputed']
WITH person, says, entities, articles, told, role.title AS title, office.id AS office, role.statements AS behind
ORDER BY office
WITH person, says, entities, articles, told, collect(title) AS titles, collect(office) AS offices,
  collect(behind) AS behind
RETURN person.id AS person, person.name AS person_name, titles, offices, says, entities, size(told) AS quotes, articles,
  told + [one IN reduce(all = [], some IN behind | all + some) WHERE NOT one IN told] AS statements,
  true AS named, says IS NOT NULL AS quoted
ORDER BY person, says
