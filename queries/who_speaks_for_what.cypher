/*
title: Who is quoted on what
topic: people
question:
  en: Who is quoted, in which office, and on what?
  vi: Ai được dẫn lời, với chức vụ gì và phát biểu về những gì?
asks: {needs: [speak|opinion], covers: [who, office, Person, statement, Article, opinion, mention]}
params:
  person:
    {type: entity, values_of: [Person, Agency, Organisation], help: only this speaker, vi: chỉ người hoặc đơn vị phát biểu này}
returns:
  person:          {type: entity, help: who is quoted, vi: người được dẫn lời}
  person_name:     {help: name of the speaker, vi: tên người được dẫn lời}
  titles:          {type: strings, help: titles as given in the articles, vi: các chức danh trong bài}
  offices:         {type: entities, help: 'the agencies or organisations, in the order of the titles', vi: 'các cơ quan, theo thứ tự chức danh'}
  statement_type:  {help: 'claim type, measurement or relation', vi: 'loại nhận định; hoặc số đo (measurement), hoặc quan hệ (relation)'}
  entities:        {type: entities, help: entities that the statements are about, vi: nói về ai hoặc việc gì}
  statement_count: {type: integer, help: number of statements, vi: số thông tin}
  articles:        {type: entities, help: articles that quote the speaker, vi: các bài báo dẫn lời}
  statements:      {type: statements, help: statements that support the row, vi: các thông tin làm căn cứ}
  speaker_named:   {type: boolean, help: an article names the speaker, vi: có bài nêu tên, not: no article names the speaker, not_vi: 'không bài nào nêu tên'}
  is_quoted:       {type: boolean, help: an article quotes the speaker, vi: có bài dẫn lời, not: no article quotes the speaker, not_vi: 'không bài nào dẫn lời người này'}
conditions: [speaker_named, is_quoted]
example: {person: 'person:pham-thi-sen-quynh'}
expect:
  has:
    - {statement_type: recommendation, offices: ['agency:hai-phong-dost'], articles: ['article:002']}
    - {statement_type: goal, articles: ['article:002']}
  never:
    - {person: 'person:pham-hong-quat'}
    - {offices: ['agency:most']}
*/
CALL () {
  MATCH (statement:Statement)-[:SAID_BY]->(person:Entity)
  WHERE $person IS NULL OR person.id = $person
  RETURN person, statement.id AS statement_id
  UNION
  MATCH (person:Person)
  WHERE ($person IS NULL OR person.id = $person) AND NOT EXISTS { (person)<-[:SAID_BY]-(:Statement) }
  RETURN person, '' AS statement_id
}
OPTIONAL MATCH (statement:Statement {id: statement_id})
OPTIONAL MATCH (statement)-[:STATED_IN]->(article:Article)
OPTIONAL MATCH (statement)-[:SUBJECT|OBJECT|ABOUT]->(entity:Entity)
WITH person, statement, article.id AS article, entity.id AS entity, statement.id AS statement_id,
  CASE statement.kind WHEN 'claim' THEN statement.claim_type ELSE statement.kind END AS statement_type
ORDER BY entity, article, statement_id
WITH person, statement_type, collect(DISTINCT entity) AS entities, collect(DISTINCT article) AS articles,
  collect(DISTINCT statement_id) AS statement_ids
OPTIONAL MATCH (person)-[role:HOLDS_ROLE]->(office:Entity)
WHERE role.holds
WITH person, statement_type, entities, articles, statement_ids, role.title AS title, office.id AS office,
  role.statements AS role_statements
ORDER BY office
WITH person, statement_type, entities, articles, statement_ids, collect(title) AS titles, collect(office) AS offices,
  collect(role_statements) AS role_statements
RETURN person.id AS person, person.name AS person_name, titles, offices, statement_type, entities,
  size(statement_ids) AS statement_count, articles,
  statement_ids + [id IN reduce(all = [], list IN role_statements | all + list) WHERE NOT id IN statement_ids] AS statements,
  true AS speaker_named, statement_type IS NOT NULL AS is_quoted
ORDER BY person, statement_type
