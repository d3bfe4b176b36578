/*
title: Members of a cooperation model
topic: centres
question:
  en: Who belongs to a cooperation model, as each source gives it?
  vi: Ai tham gia một mô hình hợp tác, theo từng nguồn?
asks: {needs: [member, Model|@Model], covers: [who, Organisation, apply, Model]}
params:
  model:
    {type: entity, values_of: Model, help: 'only this model; if empty, all cooperation models', vi: 'chỉ mô hình này; để trống là mọi mô hình hợp tác'}
  actor:
    {type: entity, help: only where this entity is a member or is named, vi: chỉ khi đối tượng này tham gia hoặc được nhắc đến}
returns:
  model:      {type: entity, help: the model, vi: mô hình}
  model_name: {help: its name, vi: tên mô hình}
  articles:   {type: entities, help: 'the source: an article, or the translations of one text', vi: 'nguồn: một bài báo hoặc các bản dịch của một văn bản'}
  predicate:  {help: predicate or type of claim by which it belongs to the model, vi: quan hệ hoặc loại nhận định}
  members:    {type: entities, help: 'who belongs to it; of a claim, everybody that it is about', vi: 'bên tham gia; với nhận định là mọi bên được nói đến'}
  gloss:      {help: our own words for the passage, vi: diễn giải của chúng tôi bằng tiếng Anh}
  gloss_vi:   {help: the same in Vietnamese, vi: diễn giải của chúng tôi}
  speaker:    {type: entity, help: 'speaker, if one is named', vi: 'người phát biểu, nếu có nêu'}
  status:     {help: 'stage that this source gives; a claim may have none', vi: 'tình trạng theo nguồn này; nhận định có thể không có'}
  basis:      {help: 'how we know it: stated, inferred or context', vi: mức căn cứ}
  as_of:      {type: date, help: date on which it held, vi: tính đến ngày}
  disputed:   {type: boolean, help: it is part of a disagreement, vi: chưa thống nhất}
  statements: {type: statements, help: statements that support the row, vi: các thông tin làm căn cứ}
example: {}
expect:
  rows: {at_least: 2}
  has:
    - {predicate: APPLIES}
*/
MATCH (model:Model)<-[:SUBJECT|OBJECT|ABOUT]-(statement:Statement)
WHERE (model.id = $model OR ($model IS NULL AND model.kind = 'cooperation'))
  AND (statement.predicate IN ['APPLIES', 'PART_OF', 'PARTNERS_WITH'] OR statement.kind = 'claim')
WITH DISTINCT model, statement
WITH model, statement, COLLECT {
    MATCH (statement)-[:SUBJECT|OBJECT|ABOUT]->(member:Entity)
    WHERE member <> model AND (statement.kind = 'relation' OR member:Province OR member:Place OR member:Agency
      OR member:Organisation OR member:Centre OR member:Programme OR member:Person)
    WITH DISTINCT member.id AS member_id RETURN member_id ORDER BY member_id
  } AS members
WHERE size(members) > 0 AND NOT (coalesce(statement.predicate, '') = 'PART_OF' AND EXISTS { (statement)-[:SUBJECT]->(model) })
OPTIONAL MATCH (statement)-[:STATED_IN]->(article:Article)
WITH model, statement, members, statement.id AS statement_id, article.id AS article_id,
  coalesce(article.same_text, article.id, statement.id) AS text_id,
  CASE WHEN statement.kind = 'claim' THEN statement.gloss ELSE '' END AS claim,
  CASE WHEN EXISTS { (statement)<-[:RESTS_ON]-(:Reading) } THEN 1 ELSE 0 END AS in_disagreement
ORDER BY article_id, statement_id
WITH model, members, text_id, claim, coalesce(statement.predicate, statement.claim_type) AS predicate,
  statement.speaker AS speaker, statement.status AS status, statement.basis AS basis, max(statement.as_of) AS as_of,
  collect(statement.gloss) AS glosses, collect(statement.gloss_vi) AS glosses_vi, sum(in_disagreement) > 0 AS disputed,
  collect(DISTINCT article_id) AS articles, collect(statement_id) AS statements
WHERE $actor IS NULL OR $actor IN members
RETURN model.id AS model, model.name AS model_name, articles, predicate, members, glosses[0] AS gloss,
  glosses_vi[0] AS gloss_vi, speaker, status, basis, as_of, disputed, statements
ORDER BY model, articles[0], statements[0]
