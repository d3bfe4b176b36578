/*
title: Claims by type
topic: claims
question:
  en: Which goals, challenges, strengths, measures, recommendations, proposals, opinions and trends are stated, about whom and by whom?
  vi: Những mục tiêu, thách thức, thế mạnh, giải pháp, khuyến nghị, đề xuất, ý kiến và xu hướng nào được nêu, về ai và do ai nói?
asks: {needs: [claim_types|claim|opinion], covers: [claim, who, speak, challenge, goal, strength, measure, propose, opinion, tendency, rule, Article]}
params:
  claim_type:
    {type: string, several: true, values_of: claim_types, default: any, help: claim types to include, vi: các loại nhận định}
  entity:
    {type: entity, help: only claims about it or by it, vi: 'chỉ những gì nói về đối tượng này, liên quan đến hoặc do đối tượng này nói'}
returns:
  claim_type:   {help: type of the claim, vi: loại nhận định}
  subject:      {type: entity, help: subject of the claim, vi: nói về ai}
  subject_name: {help: its name, vi: tên chủ thể}
  gloss:        {help: our own words for the passage, vi: diễn giải của chúng tôi}
  about:        {type: entities, help: entities it is about, vi: nội dung liên quan}
  speaker:      {type: entity, help: 'speaker, if one is named', vi: 'người phát biểu, nếu có nêu'}
  speaker_name: {help: name of the speaker, vi: tên người phát biểu}
  basis:        {help: 'how we know it: stated, inferred or context', vi: mức căn cứ}
  as_of:        {type: date, help: date on which it held, vi: tính đến ngày}
  article:      {type: entity, help: article that states it, vi: bài báo nêu nhận định}
  article_name: {help: its title, vi: tên bài báo}
  statements:   {type: statements, help: the statement, vi: thông tin}
example: {claim_type: challenge, entity: 'province:khanh-hoa'}
expect:
  rows: {at_least: 2}
  has:
    - {claim_type: challenge, subject: 'province:khanh-hoa', article: 'article:000'}
  never:
    - {claim_type: goal}
    - {subject: 'province:lam-dong'}
*/
MATCH (statement:Claim)-[:SUBJECT]->(subject:Entity)
WHERE statement.claim_type IN $claim_type
OPTIONAL MATCH (statement)-[:STATED_IN]->(article:Article)
OPTIONAL MATCH (statement)-[:SAID_BY]->(speaker:Entity)
WITH statement, subject, article, speaker, coalesce(statement.about, []) AS about
WHERE $entity IS NULL OR subject.id = $entity OR speaker.id = $entity OR $entity IN about
RETURN statement.claim_type AS claim_type, subject.id AS subject, subject.name AS subject_name, statement.gloss AS gloss, about,
  speaker.id AS speaker, speaker.name AS speaker_name, statement.basis AS basis, statement.as_of AS as_of,
  article.id AS article, article.name AS article_name, [statement.id] AS statements
ORDER BY claim_type, subject, statement.id
