/*
title: Challenges of a province
topic: claims
question:
  en: What hinders a province, who says so, and in which article?
  vi: Điều gì cản trở một tỉnh, thành phố, ai nói và trong bài báo nào?
asks: {needs: [challenge, '@Province'], covers: [claim_types, who, speak, Article]}
params:
  province:
    {type: entity, values_of: Province, required: true, help: the province or city, vi: 'tỉnh, thành phố'}
  claim_type:
    {type: string, several: true, values_of: claim_types, default: challenge, help: claim types to include, vi: loại nhận định}
returns:
  gloss:              {help: our own words for the passage, vi: diễn giải của chúng tôi}
  claim_type:         {help: type of the claim, vi: loại nhận định}
  subject:            {type: entity, help: subject of the claim, vi: đối tượng được nói đến}
  subject_name:       {help: name of the subject, vi: tên đối tượng}
  about:              {type: entities, help: other entities it is about, vi: những gì liên quan}
  speaker:            {type: entity, help: speaker; empty if the article says it itself, vi: 'người nói; để trống khi chính bài báo nêu'}
  speaker_name:       {help: name of the speaker, vi: tên người nói}
  article:            {type: entity, help: the article, vi: bài báo}
  position:           {help: 'position in the article: line:start-end', vi: 'vị trí trong bài: dòng:đầu-cuối'}
  basis:              {help: 'how we know it: stated, inferred or context', vi: mức căn cứ}
  as_of:              {type: date, help: date on which it held, vi: tính đến ngày}
  statements:         {type: statements, help: the statement, vi: thông tin}
  concerns_province:  {type: boolean, help: 'its subject is the province, or an agency, place or centre of the province, or it is about the province', vi: 'nói về tỉnh, về cơ quan, địa điểm, trung tâm của tỉnh, hoặc liên quan đến tỉnh', not: it does not concern the province, not_vi: 'không liên quan đến tỉnh'}
  claim_type_matches: {type: boolean, help: the claim is of a requested type, vi: đúng loại nhận định yêu cầu, not: the claim is of another type, not_vi: 'nhận định thuộc loại khác'}
conditions: [concerns_province, claim_type_matches]
example: {province: 'province:lam-dong'}
expect:
  rows: {at_least: 3}
  has:
    - {subject: 'province:lam-dong', speaker: 'person:pham-thi-nham', article: 'article:000'}
  near:
    - {claim_type: goal, fails: [claim_type_matches]}
  never:
    - {subject: 'province:khanh-hoa'}
    - {article: 'article:002'}
*/
MATCH (province:Province {id: $province})
CALL (province) {
  MATCH location_path = (province)<-[:PART_OF|LOCATED_IN*0..2]-(subject:Entity), (subject)<-[:SUBJECT]-(claim:Claim)
  WHERE all(node IN tail(nodes(location_path)) WHERE node:Agency OR node:Place OR node:Centre)
    AND all(step IN relationships(location_path) WHERE step.holds)
  RETURN subject, claim
  UNION
  MATCH (province)<-[:ABOUT]-(claim:Claim)-[:SUBJECT]->(subject:Entity)
  RETURN subject, claim
}
// The embedded engine returns what both parts find twice.
WITH DISTINCT subject, claim
MATCH (claim)-[passage:STATED_IN]->(article:Article)
OPTIONAL MATCH (claim)-[:SAID_BY]->(speaker:Entity)
RETURN claim.gloss AS gloss, claim.claim_type AS claim_type, subject.id AS subject, subject.name AS subject_name,
  coalesce(claim.about, []) AS about, speaker.id AS speaker, speaker.name AS speaker_name, article.id AS article,
  toString(passage.line) + ':' + toString(passage.start) + '-' + toString(passage.end) AS position,
  claim.basis AS basis, claim.as_of AS as_of, [claim.id] AS statements,
  true AS concerns_province, coalesce(claim.claim_type IN $claim_type, false) AS claim_type_matches
ORDER BY article, passage.line, passage.start, claim.id
