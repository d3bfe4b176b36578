/*
title: Sources of an edge
topic: sources
question:
  en: What are the sources of an edge, and which of them decide its status?
  vi: Một quan hệ có những nguồn nào, và nguồn nào quyết định tình trạng của quan hệ đó?
asks: {needs: [source], covers: [statement, Article, connected, exist]}
params:
  subject:
    {type: entity, required: true, help: subject of the edge, vi: điểm đầu của quan hệ}
  predicate:
    {type: string, values_of: edges, help: 'only edges with this predicate, or with a statement that has it', vi: 'chỉ quan hệ loại này, hoặc được nêu như loại này'}
  object:
    {type: entity, required: true, help: object of the edge, vi: điểm cuối của quan hệ}
returns:
  edge_predicate:      {help: predicate of the combined edge, vi: loại quan hệ tổng hợp từ các thông tin}
  edge_status:         {help: status of the edge, vi: tình trạng của quan hệ}
  statement_predicate: {help: predicate of this statement, vi: loại quan hệ mà thông tin này nêu}
  status:              {help: status according to this statement, vi: tình trạng theo thông tin này}
  basis:               {help: 'how we know it: stated, inferred or context', vi: mức căn cứ}
  as_of:               {type: date, help: date on which it held, vi: tính đến ngày}
  as_of_from:          {help: whether the date comes from the sentence or from the article, vi: 'ngày lấy từ câu (sentence) hay từ bài báo (article)'}
  article:             {type: entity, help: the article; empty for a reference table, vi: 'bài báo; để trống nếu từ bảng tra cứu'}
  article_name:        {help: title of the article, vi: tên bài báo}
  language:            {help: language of the article, vi: ngôn ngữ bài báo}
  origin:              {help: its independent origin, vi: nguồn độc lập}
  line:                {type: integer, help: line of the article, vi: dòng trong bài}
  position:            {help: 'position in the article: line:start-end', vi: 'vị trí trong bài: dòng:đầu-cuối'}
  reference_source:    {help: source of a reference statement, vi: nguồn của thông tin tra cứu}
  gloss:               {help: our own words for the passage, vi: diễn giải của chúng tôi}
  statements:          {type: statements, help: the statement, vi: thông tin}
  counts_as_origin:    {type: boolean, help: whether it counts as an article and origin; reference tables do not, vi: 'được tính vào số bài báo và nguồn; bảng tra cứu không được tính'}
  decides_status:      {type: boolean, help: 'whether it decides the status; unclear, weaker or older statements do not', vi: 'quyết định tình trạng; thông tin chưa rõ, ít chắc chắn hơn hoặc cũ hơn thì không'}
example: {subject: 'province:ho-chi-minh', object: 'fund:ho-chi-minh-startup-support'}
expect:
  rows: 2
  has:
    - {edge_predicate: HAS, edge_status: disputed, status: existing, article: 'article:003', language: de, decides_status: true}
    - {edge_predicate: HAS, edge_status: disputed, status: unclear, article: 'article:004', language: id, decides_status: false}
*/
MATCH (subject:Entity {id: $subject})-[stored_edge]-(object:Entity {id: $object})
WHERE startNode(stored_edge).id = $subject OR type(stored_edge) IN ['PARTNERS_WITH', 'BORDERS', 'SAME_TEXT_AS']
WITH DISTINCT type(stored_edge) AS edge_predicate, stored_edge.status AS edge_status, stored_edge.statements AS statement_ids
UNWIND coalesce(statement_ids, []) AS statement_id
MATCH (statement:Statement {id: statement_id})
OPTIONAL MATCH (statement)-[:STATED_IN]->(article:Article)
WITH edge_predicate, edge_status, statement, statement_id, article
ORDER BY edge_predicate, statement_id
WITH edge_predicate, edge_status, collect({
    id: statement_id, predicate: statement.predicate, as_of: coalesce(statement.as_of, ''),
    is_dated: coalesce(statement.as_of_from, '') = 'sentence',
    origin: CASE WHEN article IS NULL THEN '' ELSE coalesce(statement.origin, article.origin, article.id) END,
    is_clear: coalesce(statement.status, '') <> 'unclear',
    weakness: CASE statement.basis WHEN 'stated' THEN 0 WHEN 'inferred' THEN 0 WHEN 'context' THEN 1 ELSE 2 END
  }) AS sources
WHERE $predicate IS NULL OR edge_predicate = $predicate OR any(source IN sources WHERE source.predicate = $predicate)
// The same rule as in merging: clear statements, then the firmest, then the newest or those of the newest one's origin.
WITH edge_predicate, edge_status, sources, any(source IN sources WHERE source.is_clear) AS any_clear
WITH edge_predicate, edge_status, sources, [source IN sources WHERE source.is_clear OR NOT any_clear] AS firmest
WITH edge_predicate, edge_status, sources, firmest,
  reduce(lowest = 2, source IN firmest | CASE WHEN source.weakness < lowest THEN source.weakness ELSE lowest END) AS lowest
WITH edge_predicate, edge_status, sources, [source IN firmest WHERE source.weakness = lowest] AS firmest
WITH edge_predicate, edge_status, sources, firmest,
  reduce(latest_day = '', source IN firmest |
    CASE WHEN source.as_of > latest_day THEN source.as_of ELSE latest_day END) AS newest_day
WITH edge_predicate, edge_status, sources, newest_day, [source IN firmest | source.id] AS firmest,
  [source IN firmest WHERE source.as_of = newest_day | source.origin] AS newest_origins
UNWIND sources AS source
MATCH (statement:Statement {id: source.id})
OPTIONAL MATCH (statement)-[passage:STATED_IN]->(article:Article)
RETURN edge_predicate, edge_status, statement.predicate AS statement_predicate, statement.status AS status,
  statement.basis AS basis, statement.as_of AS as_of,
  statement.as_of_from AS as_of_from, article.id AS article, article.name AS article_name, article.language AS language,
  CASE source.origin WHEN '' THEN null ELSE source.origin END AS origin, passage.line AS line,
  toString(passage.line) + ':' + toString(passage.start) + '-' + toString(passage.end) AS position,
  statement.source AS reference_source,
  statement.gloss AS gloss, [statement.id] AS statements, article IS NOT NULL AS counts_as_origin,
  source.id IN firmest
    AND (source.as_of = newest_day OR (NOT source.is_dated AND source.origin IN newest_origins)) AS decides_status
ORDER BY edge_predicate, article, passage.line, passage.start, statement.id
