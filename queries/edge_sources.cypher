/*
title: Sources of an edge
topic: sources
question:
  en: What are all the sources of one edge, and which of them decide its status?
  vi: Một quan hệ có những nguồn nào, và nguồn nào quyết định tình trạng của quan hệ đó?
params:
  subject:
    {type: entity, required: true, help: where the edge starts, vi: điểm đầu của quan hệ}
  predicate:
    {type: string, values_of: edges, help: 'only edges of this type, or told as it', vi: 'chỉ quan hệ loại này, hoặc được nêu như loại này'}
  object:
    {type: entity, required: true, help: where it ends, vi: điểm cuối của quan hệ}
returns:
  edge:        {help: 'type of the edge that the statements add up to', vi: loại quan hệ tổng hợp từ các phát biểu}
  edge_status: {help: status of the edge, vi: tình trạng của quan hệ}
  says:        {help: what this statement says, vi: phát biểu này nói gì}
  status:      {help: how far it is by this statement, vi: tình trạng theo phát biểu này}
  basis:       {help: how firmly the passage says so, vi: mức căn cứ}
  as_of:       {type: date, help: the day it held, vi: thời điểm}
  as_of_from:  {help: 'whether the day comes from the sentence or from the article', vi: 'ngày lấy từ câu (sentence) hay từ bài báo (article)'}
  article:     {type: entity, help: 'the article; none for a reference table', vi: 'bài báo; để trống nếu từ bảng tra cứu'}
  article_name: {help: title of the article, vi: tên bài báo}
  language:    {help: language of the article, vi: ngôn ngữ bài báo}
  origin:      {help: the independent telling it belongs to, vi: nguồn độc lập}
  line:        {type: integer, help: line of the article, vi: dòng trong bài}
  at:          {help: 'where in the article: line:start-end', vi: 'vị trí trong bài: dòng:đầu-cuối'}
  source:      {help: the source of a reference statement, vi: nguồn của phát biểu tra cứu}
  gloss:       {help: our wording of it, vi: diễn giải của chúng tôi}
  statements:  {type: statements, help: the statement, vi: phát biểu}
  counted:     {type: boolean, help: 'counts among articles and origins; a reference table does not', vi: 'được tính vào số bài báo và nguồn; bảng tra cứu không được tính'}
  decides:     {type: boolean, help: 'decides the status; unclear, less firm or older statements do not', vi: 'quyết định tình trạng; phát biểu chưa rõ, ít chắc chắn hơn hoặc cũ hơn thì không'}
example: {subject: 'province:ho-chi-minh', object: 'fund:ho-chi-minh-startup-support'}
expect:
  rows: 2
  has:
    - {edge: OPERATES, edge_status: disputed, status: existing, article: 'article:003', language: de, decides: true}
    - {edge: OPERATES, edge_status: disputed, status: in_progress, article: 'article:004', language: id, decides: true}
*/
MATCH (one:Entity {id: $subject})-[edge]-(other:Entity {id: $object})
WHERE startNode(edge).id = $subject OR type(edge) IN ['PARTNERS_WITH', 'BORDERS', 'SAME_TEXT_AS']
WITH DISTINCT type(edge) AS edge, edge.status AS edge_status, edge.statements AS told
UNWIND coalesce(told, []) AS sid
MATCH (said:Statement {id: sid})
OPTIONAL MATCH (said)-[:STATED_IN]->(article:Article)
WITH edge, edge_status, said, sid, article
ORDER BY edge, sid
WITH edge, edge_status, collect({
    sid: sid, predicate: said.predicate, day: coalesce(said.as_of, ''),
    dated: coalesce(said.as_of_from, '') = 'sentence',
    origin: CASE WHEN article IS NULL THEN '' ELSE coalesce(said.origin, article.origin, article.id) END,
    clear: coalesce(said.status, '') <> 'unclear',
    softness: CASE said.basis WHEN 'stated' THEN 0 WHEN 'inferred' THEN 0 WHEN 'context' THEN 1 ELSE 2 END
  }) AS told
WHERE $predicate IS NULL OR edge = $predicate OR any(it IN told WHERE it.predicate = $predicate)
// The same rule as when the edge was made: what is clear, then firmest, then newest or of the newest's origin.
WITH edge, edge_status, told, any(it IN told WHERE it.clear) AS some_clear
WITH edge, edge_status, told, [it IN told WHERE it.clear OR NOT some_clear] AS firm
WITH edge, edge_status, told, firm,
  reduce(low = 2, it IN firm | CASE WHEN it.softness < low THEN it.softness ELSE low END) AS low
WITH edge, edge_status, told, [it IN firm WHERE it.softness = low] AS firm
WITH edge, edge_status, told, firm,
  reduce(last = '', it IN firm | CASE WHEN it.day > last THEN it.day ELSE last END) AS newest
WITH edge, edge_status, told, newest, [it IN firm | it.sid] AS firm,
  [it IN firm WHERE it.day = newest | it.origin] AS latest
UNWIND told AS it
MATCH (said:Statement {id: it.sid})
OPTIONAL MATCH (said)-[place:STATED_IN]->(article:Article)
RETURN edge, edge_status, said.predicate AS says, said.status AS status, said.basis AS basis, said.as_of AS as_of,
  said.as_of_from AS as_of_from, article.id AS article, article.name AS article_name, article.language AS language,
  CASE it.origin WHEN '' THEN null ELSE it.origin END AS origin, place.line AS line,
  toString(place.line) + ':' + toString(place.start) + '-' + toString(place.end) AS at, said.source AS source,
  said.gloss AS gloss, [said.id] AS statements, article IS NOT NULL AS counted,
  it.sid IN firm AND (it.day = newest OR (NOT it.dated AND it.origin IN latest)) AS decides
ORDER BY edge, article, place.line, place.start, said.id
