/*
title: Statements of an article
topic: sources
question:
  en: What does one article say, sentence by sentence?
  vi: Một bài báo nói những gì, theo từng câu?
asks: {needs: ['@Article'], covers: [Article, statement, speak, claim]}
params:
  article:
    {type: entity, values_of: Article, required: true, help: the article, vi: bài báo}
returns:
  line:         {type: integer, help: 'line of the article, counted from 1', vi: dòng trong bài}
  position:     {help: 'position in the article: line:start-end', vi: 'vị trí trong bài: dòng:đầu-cuối'}
  kind:         {help: 'relation, measurement or claim', vi: 'quan hệ, số đo hoặc nhận định'}
  subject:      {type: entity, help: subject of the statement, vi: chủ thể}
  subject_name: {help: name of the subject, vi: tên chủ thể}
  predicate:    {help: 'the predicate, indicator or claim type', vi: 'loại quan hệ, chỉ số hoặc loại nhận định'}
  object:       {type: entity, help: object of a relation, vi: đối tượng}
  object_name:  {help: name of the object, vi: tên đối tượng}
  comparator:   {help: 'whether the value is exact, approximate or a bound', vi: cách so sánh}
  value:        {type: value, help: the measured value, vi: giá trị}
  unit:         {help: its unit, vi: đơn vị}
  status:       {help: stage it has reached, vi: tình trạng}
  basis:        {help: 'how we know it: stated, inferred or context', vi: mức căn cứ}
  as_of:        {type: date, help: date on which it held, vi: tính đến ngày}
  gloss:        {help: our own words for the passage, vi: diễn giải của chúng tôi}
  statements:   {type: statements, help: the statement, vi: thông tin}
example: {article: 'article:000'}
expect:
  rows: {at_least: 30}
  has:
    - {subject: 'province:quang-ninh', predicate: PLANS, object: 'fund:quang-ninh-venture-capital', status: planned}
  never:
    - {predicate: HAS, object: 'fund:quang-ninh-venture-capital'}
*/
MATCH (:Entity {id: $article})<-[passage:STATED_IN]-(statement:Statement)-[:SUBJECT]->(subject:Entity)
OPTIONAL MATCH (statement)-[:OBJECT]->(object:Entity)
RETURN passage.line AS line, toString(passage.line) + ':' + toString(passage.start) + '-' + toString(passage.end) AS position,
  statement.kind AS kind, subject.id AS subject, subject.name AS subject_name,
  coalesce(statement.predicate, statement.indicator, statement.claim_type) AS predicate,
  object.id AS object, object.name AS object_name,
  statement.comparator AS comparator, statement.value AS value, statement.unit AS unit,
  statement.status AS status, statement.basis AS basis, statement.as_of AS as_of, statement.gloss AS gloss,
  [statement.id] AS statements
ORDER BY passage.line, passage.start, statement.id
