/*
title: Everything one article says
topic: sources
question:
  en: What does one article say, sentence by sentence?
  vi: Một bài báo nói những gì, theo từng câu?
params:
  article:
    {type: entity, values_of: Article, required: true, help: the article, vi: bài báo}
returns:
  line:         {type: integer, help: 'line of the article, counted from 1', vi: dòng trong bài}
  at:           {help: 'where in the article: line:start-end', vi: 'vị trí trong bài: dòng:đầu-cuối'}
  kind:         {help: 'relation, measurement or claim', vi: 'quan hệ, số đo hoặc nhận định'}
  subject:      {type: entity, help: whom or what it is about, vi: chủ thể}
  subject_name: {help: name of the subject, vi: tên chủ thể}
  says:         {help: 'the edge type, the indicator or the kind of claim', vi: 'loại quan hệ, chỉ số hoặc loại nhận định'}
  object:       {type: entity, help: the other end of a relation, vi: đối tượng}
  object_name:  {help: name of the other end, vi: tên đối tượng}
  comparator:   {help: how the value is meant, vi: cách so sánh}
  value:        {type: value, help: the measured value, vi: giá trị}
  unit:         {help: its unit, vi: đơn vị}
  status:       {help: how far it is, vi: tình trạng}
  basis:        {help: how firmly the passage says so, vi: mức căn cứ}
  as_of:        {type: date, help: the day it held, vi: thời điểm}
  gloss:        {help: our wording of it, vi: diễn giải của chúng tôi}
  statements:   {type: statements, help: the statement, vi: phát biểu}
example: {article: 'article:000'}
expect:
  rows: {at_least: 30}
  has:
    - {subject: 'province:quang-ninh', says: PLANS, object: 'fund:quang-ninh-venture-capital', status: planned}
  never:
    - {says: OPERATES, object: 'fund:quang-ninh-venture-capital'}
*/
MATCH (:Entity {id: $article})<-[place:STATED_IN]-(said:Statement)-[:SUBJECT]->(subject:Entity)
OPTIONAL MATCH (said)-[:OBJECT]->(object:Entity)
RETURN place.line AS line, toString(place.line) + ':' + toString(place.start) + '-' + toString(place.end) AS at,
  said.kind AS kind, subject.id AS subject, subject.name AS subject_name,
  coalesce(said.predicate, said.indicator, said.claim_type) AS says,
  object.id AS object, object.name AS object_name,
  said.comparator AS comparator, said.value AS value, said.unit AS unit,
  said.status AS status, said.basis AS basis, said.as_of AS as_of, said.gloss AS gloss, [said.id] AS statements
ORDER BY place.line, place.start, said.id
