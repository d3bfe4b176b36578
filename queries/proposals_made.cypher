/*
title: What was proposed or recommended to whom
topic: claims
question:
  en: What was proposed or recommended, by whom and to whom, and what of it is disputed?
  vi: Ai đã đề xuất hoặc khuyến nghị điều gì, với ai, và điều nào còn mâu thuẫn?
params:
  entity:
    {type: entity, help: 'only where it proposes, is spoken to or is proposed', vi: 'chỉ khi đối tượng này đề xuất, được khuyến nghị hoặc được đề xuất'}
returns:
  form:          {help: 'proposal or recommendation: a claim; PROPOSES: a thing that is proposed', vi: 'proposal, recommendation là nhận định; PROPOSES là một đối tượng được đề xuất'}
  proposer:      {type: entity, help: 'who puts it forward, where somebody is named', vi: 'bên đề xuất hoặc khuyến nghị, nếu có nêu'}
  proposer_name: {help: name of the proposer, vi: tên bên đề xuất}
  speaker:       {type: entity, help: 'who said it, where a person is named', vi: 'người phát biểu, nếu có nêu'}
  speaker_name:  {help: name of the speaker, vi: tên người phát biểu}
  addressees:    {type: entities, help: 'to whom it is put, where that is told', vi: 'bên được đề xuất hoặc khuyến nghị, nếu có nêu'}
  topics:        {type: entities, help: what is proposed or concerned, vi: điều được đề xuất hoặc liên quan}
  gloss:         {help: our wording of it, vi: diễn giải của chúng tôi}
  status:        {help: 'proposed, or disputed where another reading has it planned', vi: 'được đề xuất, hoặc còn mâu thuẫn nếu có cách đọc khác là dự kiến'}
  as_of:         {type: date, help: the day it held, vi: thời điểm}
  articles:      {type: entities, help: articles that tell it, vi: các bài nêu}
  statements:    {type: statements, help: what the row rests on, vi: các phát biểu làm căn cứ}
  put_forward:   {type: boolean, help: it is proposed or recommended; a plan is no proposal, vi: được đề xuất hoặc khuyến nghị; kế hoạch không phải là đề xuất, not: it is not proposed, not_vi: không phải đề xuất}
  undisputed:    {type: boolean, help: no reading has it as more or less than proposed, vi: 'không có cách đọc nào khác với đề xuất', not: another reading has it planned or in place, not_vi: có cách đọc khác là dự kiến hoặc đã có}
conditions: [put_forward, undisputed]
example: {}
expect:
  has:
    - {form: PROPOSES, proposer: 'province:quang-ninh', topics: ['model:sandbox'], status: proposed}
    - {form: PROPOSES, proposer: 'province:hai-phong', topics: ['model:special-mechanisms']}
    - {form: proposal, proposer: 'agency:hai-phong-ict-centre', speaker: 'person:nguyen-ngoc-thanh'}
    - {form: recommendation, proposer: 'person:pham-thi-sen-quynh', addressees: ['province:hai-phong'], topics: ['fund:hai-phong-venture-capital']}
    - {form: recommendation, proposer: 'person:pham-hong-quat', addressees: ['place:vietnam'], topics: ['model:policy-testing']}
  near:
    - {form: PROPOSES, proposer: 'province:lam-dong', topics: ['model:sandbox'], status: disputed, fails: [undisputed]}
  never:
    - {proposer: 'province:khanh-hoa'}
    - {topics: ['fund:quang-ninh-venture-capital']}
    - {form: PROPOSES, topics: ['model:sandbox'], proposer: 'province:lam-dong'}
*/
CALL () {
  MATCH (said:Claim)-[:SUBJECT]->(subject:Entity)
  WHERE said.claim_type IN ['proposal', 'recommendation']
  OPTIONAL MATCH (said)-[:SAID_BY]->(speaker:Entity)
  OPTIONAL MATCH (said)-[:ABOUT]->(topic:Entity)
  WITH said, subject, speaker, topic, topic.id AS topic_id,
    topic:Province OR topic:Place OR topic:Agency OR topic:Organisation OR topic:Person AS is_actor
  ORDER BY topic_id
  WITH said, subject, speaker, said.claim_type = 'recommendation' AS advises,
    collect(CASE WHEN is_actor THEN topic_id END) AS actors, collect(CASE WHEN NOT is_actor THEN topic_id END) AS topics
  RETURN said.claim_type AS form, CASE WHEN advises THEN speaker ELSE subject END AS proposer, speaker,
    CASE WHEN advises THEN [subject.id] ELSE [] END + [one IN actors WHERE one <> subject.id] AS addressees, topics,
    said.gloss AS gloss, coalesce(said.status, 'proposed') AS status, said.as_of AS as_of, [said.id] AS statements
  UNION ALL
  MATCH (proposer:Entity)-[edge:PROPOSES]->(thing:Entity)
  RETURN 'PROPOSES' AS form, proposer, null AS speaker, [] AS addressees, [thing.id] AS topics,
    null AS gloss, coalesce(edge.status, 'unclear') AS status, edge.as_of AS as_of, edge.statements AS statements
}
UNWIND statements AS one
MATCH (told:Statement {id: one})
OPTIONAL MATCH (told)-[:STATED_IN]->(article:Article)
WITH *, article.id AS source, CASE WHEN told.predicate = 'PROPOSES' THEN told.gloss END AS words
ORDER BY source, one
WITH form, proposer, speaker, addressees, topics, status, as_of, statements, gloss, collect(words) AS words,
  collect(DISTINCT source) AS articles
WHERE $entity IS NULL OR proposer.id = $entity OR speaker.id = $entity OR $entity IN addressees OR $entity IN topics
RETURN form, proposer.id AS proposer, proposer.name AS proposer_name, speaker.id AS speaker,
  speaker.name AS speaker_name, addressees, topics, coalesce(gloss, words[0]) AS gloss, status, as_of, articles,
  statements, true AS put_forward, status <> 'disputed' AS undisputed
ORDER BY form, coalesce(proposer, ''), statements[0]
