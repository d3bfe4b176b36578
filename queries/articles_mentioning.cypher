/*
title: Articles that mention a thing
topic: anything
question:
  en: Which articles mention a thing, where, and how much do they say about it?
  vi: Những bài báo nào nhắc đến một đối tượng, ở những dòng nào, và nói bao nhiêu điều về đối tượng đó?
params:
  entity:
    {type: entity, required: true, help: 'the person, body, fund or other thing', vi: 'người, cơ quan, quỹ hoặc đối tượng khác'}
returns:
  article:          {type: entity, help: the article, vi: bài báo}
  article_name:     {help: title of the article, vi: tên bài báo}
  language:         {help: language of the article, vi: ngôn ngữ bài báo}
  published:        {type: date, help: day of publication, vi: ngày đăng}
  origin:           {help: 'independent telling the article belongs to, unless a sentence has its own', vi: 'nguồn độc lập của bài báo, trừ khi câu có nguồn riêng'}
  mentions:         {type: integer, help: how often a name of it stands in the article, vi: số lần nhắc tên}
  lines:            {type: strings, help: the lines where a name of it stands, vi: các dòng có nhắc tên}
  said:             {type: integer, help: 'number of statements about it, or by it, in the article; 0 is an answer', vi: 'số phát biểu về đối tượng hoặc của đối tượng trong bài; 0 cũng là một câu trả lời'}
  statements:       {type: statements, help: these statements, vi: các phát biểu đó}
example: {entity: 'province:ho-chi-minh'}
expect:
  has:
    - {article: 'article:000', lines: ['71', '81'], said: 0, statements: []}
    - {article: 'article:003'}
    - {article: 'article:004'}
  never:
    - {article: 'article:002'}
*/
MATCH (thing:Entity {id: $entity}), (article:Article)
OPTIONAL MATCH (article)-[found:MENTIONS]->(thing)
WITH thing, article, coalesce(found.lines, []) AS lines, COLLECT {
    MATCH (thing)<-[:SUBJECT|OBJECT|ABOUT|SAID_BY]-(s:Statement)-[:STATED_IN]->(article)
    WITH DISTINCT s.id AS told RETURN told ORDER BY told
  } AS told
WHERE size(lines) > 0 OR size(told) > 0
RETURN article.id AS article, article.name AS article_name, article.language AS language,
  article.published AS published, article.origin AS origin, size(lines) AS mentions,
  [at IN range(0, size(lines) - 1) WHERE at = 0 OR lines[at] <> lines[at - 1] | toString(lines[at])] AS lines,
  size(told) AS said, told AS statements
ORDER BY article
