/*
title: What hinders a province
topic: claims
question:
  en: What hinders a province, who says so, and in which article?
  vi: Điều gì cản trở một tỉnh, thành phố, ai nói và trong bài báo nào?
params:
  province:
    {type: entity, values_of: Province, required: true, help: the province or city, vi: 'tỉnh, thành phố'}
  claim_type:
    {type: string, several: true, values_of: claim_types, default: challenge, help: kind of claim asked for, vi: loại nhận định}
returns:
  gloss:         {help: our wording of it, vi: diễn giải của chúng tôi}
  claim_type:    {help: kind of the claim, vi: loại nhận định}
  subject:       {type: entity, help: 'whom or what it is said of', vi: đối tượng được nói đến}
  subject_name:  {help: name of the subject, vi: tên đối tượng}
  about:         {type: entities, help: what else it is about, vi: những gì liên quan}
  speaker:       {type: entity, help: 'who says so; nobody where the article says it itself', vi: 'người nói; để trống khi chính bài báo nêu'}
  speaker_name:  {help: name of the speaker, vi: tên người nói}
  article:       {type: entity, help: the article, vi: bài báo}
  at:            {help: 'where in the article: line:start-end', vi: 'vị trí trong bài: dòng:đầu-cuối'}
  basis:         {help: how firmly the passage says so, vi: mức căn cứ}
  as_of:         {type: date, help: the day it held, vi: thời điểm}
  statements:    {type: statements, help: the statement, vi: phát biểu}
  concerns_it:   {type: boolean, help: 'it is said of the province, of an agency, place or centre of its, or it is about the province', vi: 'nói về tỉnh, về cơ quan, địa điểm, trung tâm của tỉnh, hoặc liên quan đến tỉnh', not: 'it does not concern the province', not_vi: 'không liên quan đến tỉnh'}
  type_as_asked: {type: boolean, help: the claim is of a kind asked for, vi: đúng loại nhận định yêu cầu, not: 'the claim is of another kind', not_vi: 'nhận định thuộc loại khác'}
conditions: [concerns_it, type_as_asked]
example: {province: 'province:lam-dong'}
expect:
  rows: {at_least: 3}
  has:
    - {subject: 'province:lam-dong', speaker: 'person:pham-thi-nham', article: 'article:000'}
  near:
    - {claim_type: goal, fails: [type_as_asked]}
  never:
    - {subject: 'province:khanh-hoa'}
    - {article: 'article:002'}
*/
MATCH (province:Province {id: $province})
CALL (province) {
  MATCH whole = (province)<-[:PART_OF|LOCATED_IN*0..2]-(subject:Entity), (subject)<-[:SUBJECT]-(said:Claim)
  WHERE all(stop IN tail(nodes(whole)) WHERE stop:Agency OR stop:Place OR stop:Centre)
    AND all(step IN relationships(whole) WHERE NOT coalesce(step.status, 'unclear') IN ['past', 'disputed'])
  RETURN subject, said
  UNION
  MATCH (province)<-[:ABOUT]-(said:Claim)-[:SUBJECT]->(subject:Entity)
  RETURN subject, said
}
MATCH (said)-[place:STATED_IN]->(article:Article)
OPTIONAL MATCH (said)-[:SAID_BY]->(speaker:Entity)
RETURN said.gloss AS gloss, said.claim_type AS claim_type, subject.id AS subject, subject.name AS subject_name,
  coalesce(said.about, []) AS about, speaker.id AS speaker, speaker.name AS speaker_name, article.id AS article,
  toString(place.line) + ':' + toString(place.start) + '-' + toString(place.end) AS at,
  said.basis AS basis, said.as_of AS as_of, [said.id] AS statements,
  true AS concerns_it, coalesce(said.claim_type IN $claim_type, false) AS type_as_asked
ORDER BY article, place.line, place.start, said.id
