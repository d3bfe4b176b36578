/*
title: Articles that mention an entity
topic: anything
question:
  en: Which articles mention an entity, where, and how many statements do they make about it?
  vi: Những bài báo nào nhắc đến một đối tượng, ở những dòng nào, và nói bao nhiêu điều về đối tượng đó?
asks: {needs: [Article|mention], covers: [mention, Article, where, number, count, source]}
params:
  entity:
    {type: entity, required: true, help: 'a person, agency, fund or other entity', vi: 'người, cơ quan, quỹ hoặc đối tượng khác'}
returns:
  article:         {type: entity, help: the article, vi: bài báo}
  article_name:    {help: title of the article, vi: tên bài báo}
  language:        {help: language of the article, vi: ngôn ngữ bài báo}
  published:       {type: date, help: date of publication, vi: ngày đăng}
  origin:          {help: independent origin of the article; a sentence may have its own, vi: 'nguồn độc lập của bài báo, trừ khi câu có nguồn riêng'}
  mentions:        {type: integer, help: 'number of times the article names it; empty if not counted: no form of its name is recorded for the article', vi: 'số lần nhắc tên; để trống nếu chưa đếm vì chưa ghi cách gọi trong bài'}
  lines:           {type: strings, help: lines that name it, vi: các dòng có nhắc tên}
  statement_count: {type: integer, help: 'number of statements about it, or by it, in the article; may be 0', vi: 'số thông tin về đối tượng hoặc của đối tượng trong bài; 0 cũng là một câu trả lời'}
  statements:      {type: statements, help: these statements, vi: các thông tin đó}
example: {entity: 'province:ho-chi-minh'}
expect:
  has:
    - {article: 'article:000', lines: ['71', '81'], statement_count: 0, statements: []}
    - {article: 'article:003'}
    - {article: 'article:004'}
  never:
    - {article: 'article:002'}
*/
MATCH (entity:Entity {id: $entity}), (article:Article)
OPTIONAL MATCH (article)-[mention:MENTIONS]->(entity)
WITH entity, article, coalesce(mention.lines, []) AS lines, COLLECT {
    MATCH (entity)<-[:SUBJECT|OBJECT|ABOUT|SAID_BY]-(statement:Statement)-[:STATED_IN]->(article)
    WITH DISTINCT statement.id AS statement_id RETURN statement_id ORDER BY statement_id
  } AS statement_ids
WHERE size(lines) > 0 OR size(statement_ids) > 0
RETURN article.id AS article, article.name AS article_name, article.language AS language,
  article.published AS published, article.origin AS origin, 
  CASE WHEN size(lines) > 0 OR EXISTS { (entity)<-[:NAMES]-(:Name {article: article.id}) } THEN size(lines) END AS mentions,
  [index IN range(0, size(lines) - 1) WHERE index = 0 OR lines[index] <> lines[index - 1] | toString(lines[index])] AS lines,
  size(statement_ids) AS statement_count, statement_ids AS statements
ORDER BY article
