/*
title: What was proposed or recommended to whom
topic: claims
question:
  en: What was proposed or recommended, by whom and to whom, and which proposals are disputed?
  vi: Ai đã đề xuất hoặc khuyến nghị điều gì, với ai, và điều nào chưa thống nhất?
asks: {needs: [propose], covers: [who, opinion, Agency, statuses, claim_types]}
params:
  entity:
    {type: entity, help: 'only where it is the proposer, the speaker, an addressee or the topic', vi: 'chỉ khi đối tượng này đề xuất, được khuyến nghị hoặc được đề xuất'}
returns:
  proposal_type: {help: 'proposal or recommendation for a claim; PROPOSES for an entity that is proposed, with the claims of the same sentence', vi: 'proposal, recommendation là nhận định; PROPOSES là một đối tượng được đề xuất'}
  proposer:      {type: entity, help: 'who proposes it, if named', vi: 'bên đề xuất hoặc khuyến nghị, nếu có nêu'}
  proposer_name: {help: name of the proposer, vi: tên bên đề xuất}
  speaker:       {type: entity, help: 'speaker, if one is named', vi: 'người phát biểu, nếu có nêu'}
  speaker_name:  {help: name of the speaker, vi: tên người phát biểu}
  addressees:    {type: entities, help: 'to whom it is addressed, if stated', vi: 'bên được đề xuất hoặc khuyến nghị, nếu có nêu'}
  topics:        {type: entities, help: entities that are proposed or concerned, vi: điều được đề xuất hoặc liên quan}
  gloss:         {help: our own words for the passage, vi: diễn giải của chúng tôi}
  status:        {help: proposed; disputed if another reading says planned, vi: 'được đề xuất, hoặc chưa thống nhất nếu có cách hiểu khác là dự kiến'}
  basis:         {help: 'how we know it: stated, inferred, context or reference', vi: mức căn cứ}
  as_of:         {type: date, help: date on which it held, vi: tính đến ngày}
  due:           {type: date, help: 'date, year or period by which it is to be so; ../2030 means by 2030', vi: 'thời hạn: ngày, năm hoặc giai đoạn; ../2030 là chậm nhất năm 2030'}
  alternative:   {type: entities, help: 'what it may be instead, if the articles name an alternative', vi: 'phương án khác, nếu bài báo nêu'}
  disputed:      {type: boolean, help: sources or readings disagree about it, vi: 'các nguồn hoặc cách hiểu chưa thống nhất'}
  articles:      {type: entities, help: articles that state it, vi: các bài nêu}
  statements:    {type: statements, help: statements that support the row, vi: các thông tin làm căn cứ}
  is_proposed:   {type: boolean, help: it is proposed or recommended; a plan is not a proposal, vi: được đề xuất hoặc khuyến nghị; kế hoạch không phải là đề xuất, not: it is not proposed, not_vi: không phải đề xuất}
  is_undisputed: {type: boolean, help: 'no reading contradicts that it is proposed, and it was not withdrawn', vi: 'không có cách hiểu nào khác với đề xuất và đề xuất chưa bị rút', not: 'another reading says that it is planned or exists, or it was withdrawn', not_vi: 'có cách hiểu khác là dự kiến hoặc đã có, hoặc đã bị rút'}
conditions: [is_proposed, is_undisputed]
example: {}
expect:
  has:
    - {proposal_type: PROPOSES, proposer: 'province:quang-ninh', topics: ['model:sandbox'], status: proposed}
    - {proposal_type: PROPOSES, proposer: 'province:hai-phong', topics: ['model:special-mechanisms']}
    - {proposer: 'agency:hai-phong-ict-centre', speaker: 'person:nguyen-ngoc-thanh'}
    - {proposer: 'person:pham-hong-quat', topics: ['model:policy-testing']}
    - {proposal_type: PROPOSES, proposer: 'province:lam-dong', topics: ['model:sandbox'], status: proposed, disputed: true}
  never:
    - {proposer: 'province:khanh-hoa'}
    - {topics: ['fund:quang-ninh-venture-capital']}
*/
CALL () {
  MATCH (statement:Claim)-[:SUBJECT]->(subject:Entity)
  WHERE statement.claim_type IN ['proposal', 'recommendation'] AND NOT EXISTS {
    MATCH (twin:Relation {predicate: 'PROPOSES'})-[:OBJECT]->(proposed:Entity)
    WHERE twin.sentence = statement.sentence AND proposed.id IN coalesce(statement.about, [])
  }
  OPTIONAL MATCH (statement)-[:SAID_BY]->(speaker:Entity)
  OPTIONAL MATCH (statement)-[:ABOUT]->(topic:Entity)
  WITH statement, subject, speaker, topic, topic.id AS topic_id,
    topic:Province OR topic:Place OR topic:Agency OR topic:Organisation OR topic:Person AS is_actor
  ORDER BY topic_id
  WITH statement, subject, speaker, statement.claim_type = 'recommendation' AS is_recommendation,
    collect(CASE WHEN is_actor THEN topic_id END) AS actors, collect(CASE WHEN NOT is_actor THEN topic_id END) AS topics
  RETURN statement.claim_type AS proposal_type, CASE WHEN is_recommendation THEN speaker ELSE subject END AS proposer, speaker,
    CASE WHEN is_recommendation THEN [subject.id] ELSE [] END + [actor IN actors WHERE actor <> subject.id] AS addressees,
    topics, statement.gloss AS gloss, coalesce(statement.status, 'proposed') AS status, statement.as_of AS as_of,
    [statement.id] AS statements, statement.basis AS basis, statement.due AS due,
    coalesce(statement.alternative, []) AS alternative, EXISTS { (statement)<-[:RESTS_ON]-(:Reading) } AS disputed
  UNION ALL
  MATCH (proposer:Entity)-[edge:PROPOSES]->(proposed_entity:Entity)
  // A claim of the same sentence about the same entity says it again: it is part of the row.
  OPTIONAL MATCH (proposed_entity)<-[:OBJECT]-(own:Relation {predicate: 'PROPOSES'})
  WHERE own.id IN edge.statements
  OPTIONAL MATCH (claim:Claim)-[:ABOUT]->(proposed_entity)
  WHERE claim.sentence = own.sentence AND claim.claim_type IN ['proposal', 'recommendation']
  OPTIONAL MATCH (claim)-[:SAID_BY]->(speaker:Entity)
  OPTIONAL MATCH (claim)-[:SUBJECT]->(addressee:Entity)
  WHERE claim.claim_type = 'recommendation'
  WITH proposer, edge, proposed_entity, claim.id AS claim_id, speaker, addressee.id AS addressee
  ORDER BY claim_id
  WITH proposer, edge, proposed_entity, collect(DISTINCT claim_id) AS claim_ids, collect(speaker) AS speakers,
    collect(DISTINCT addressee) AS addressees
  RETURN 'PROPOSES' AS proposal_type, proposer, speakers[0] AS speaker, addressees, [proposed_entity.id] AS topics,
    null AS gloss, coalesce(edge.status, 'unclear') AS status, edge.as_of AS as_of, edge.statements + claim_ids AS statements,
    edge.basis AS basis, edge.due AS due, coalesce(edge.alternative, []) AS alternative,
    edge.disagreements IS NOT NULL AS disputed
}
UNWIND statements AS statement_id
MATCH (statement:Statement {id: statement_id})
OPTIONAL MATCH (statement)-[:STATED_IN]->(article:Article)
WITH *, article.id AS article_id, CASE WHEN statement.predicate = 'PROPOSES' THEN statement.gloss END AS glosses
ORDER BY article_id, statement_id
WITH proposal_type, proposer, speaker, addressees, topics, status, basis, as_of, due, alternative, disputed, statements, gloss,
  collect(glosses) AS glosses,
  collect(DISTINCT article_id) AS articles
WHERE $entity IS NULL OR proposer.id = $entity OR speaker.id = $entity OR $entity IN addressees OR $entity IN topics
RETURN proposal_type, proposer.id AS proposer, proposer.name AS proposer_name, speaker.id AS speaker,
  speaker.name AS speaker_name, addressees, topics, coalesce(gloss, glosses[0]) AS gloss, status, basis, as_of, due,
  alternative, disputed, articles,
  statements, true AS is_proposed, NOT status IN ['disputed'] + $cancelled AS is_undisputed
ORDER BY proposal_type, coalesce(proposer, ''), statements[0]
