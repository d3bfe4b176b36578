/*
title: Claims by type
topic: claims
question:
  en: Which goals, challenges, strengths, measures, recommendations, proposals, opinions and trends are told, of whom and by whom?
  vi: Những mục tiêu, thách thức, thế mạnh, giải pháp, khuyến nghị, đề xuất, ý kiến và xu hướng nào được nêu, về ai và do ai nói?
params:
  claim_type:
    {type: string, several: true, values_of: claim_types, default: any, help: types of claim asked for, vi: các loại nhận định}
  entity:
    {type: entity, help: 'only what is said of it, about it or by it', vi: 'chỉ những gì nói về đối tượng này, liên quan đến hoặc do đối tượng này nói'}
returns:
  claim_type:   {help: type of the claim, vi: loại nhận định}
  subject:      {type: entity, help: of whom it is said, vi: nói về ai}
  subject_name: {help: its name, vi: tên chủ thể}
  gloss:        {help: our wording of it, vi: diễn giải của chúng tôi}
  about:        {type: entities, help: what it is about, vi: nội dung liên quan}
  speaker:      {type: entity, help: 'who said it, where somebody is named', vi: 'người phát biểu, nếu có nêu'}
  speaker_name: {help: name of the speaker, vi: tên người phát biểu}
  basis:        {help: how firmly the passage says so, vi: mức căn cứ}
  as_of:        {type: date, help: the day it held, vi: thời điểm}
  article:      {type: entity, help: the article that tells it, vi: bài báo nêu nhận định}
  article_name: {help: its title, vi: tên bài báo}
  statements:   {type: statements, help: the statement, vi: phát biểu}
example: {claim_type: challenge, entity: 'province:khanh-hoa'}
expect:
  rows: {at_least: 2}
  has:
    - {claim_type: challenge, subject: 'province:khanh-hoa', article: 'article:000'}
  never:
    - {claim_type: goal}
    - {subject: 'province:lam-dong'}
*/
MATCH (said:Claim)-[:SUBJECT]->(subject:Entity)
WHERE said.claim_type IN $claim_type
OPTIONAL MATCH (said)-[:STATED_IN]->(article:Article)
OPTIONAL MATCH (said)-[:SAID_BY]->(speaker:Entity)
WITH said, subject, article, speaker, coalesce(said.about, []) AS about
WHERE $entity IS NULL OR subject.id = $entity OR speaker.id = $entity OR $entity IN about
RETURN said.claim_type AS claim_type, subject.id AS subject, subject.name AS subject_name, said.gloss AS gloss, about,
  speaker.id AS speaker, speaker.name AS speaker_name, said.basis AS basis, said.as_of AS as_of,
  article.id AS article, article.name AS article_name, [said.id] AS statements
ORDER BY claim_type, subject, said.id
