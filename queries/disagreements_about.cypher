/*
title: Disagreements with their readings
topic: sources
question:
  en: Where do sources or readings disagree, what does each say, and which one is preferred and why?
  vi: Các nguồn hoặc cách hiểu không thống nhất ở đâu, mỗi bên nói gì, cách hiểu nào được chọn và vì sao?
asks: {needs: [disagreement], covers: [source, Article, statement, speak, number, name]}
params:
  entity:
    {type: entity, help: only disagreements about it, vi: chỉ mâu thuẫn về đối tượng này}
  disagreement_kind:
    {type: string, several: true, values_of: disagreement_kinds, default: any, help: kinds to include, vi: loại mâu thuẫn}
returns:
  disagreement: {help: key of the disagreement, vi: mã mâu thuẫn}
  kind:         {help: its kind, vi: loại mâu thuẫn}
  gloss:        {help: what the readings disagree on, vi: nội dung mâu thuẫn}
  about:        {type: entities, help: entities it is about, vi: nói về ai hoặc việc gì}
  position:     {type: integer, help: 'number of the reading, from 1', vi: 'số thứ tự cách hiểu, từ 1'}
  reading:      {help: what the reading says, vi: nội dung cách hiểu}
  is_resolved:  {type: boolean, help: one of the readings is preferred, vi: đã chọn một cách hiểu}
  is_preferred: {type: boolean, help: this reading is the preferred one, vi: đây là cách hiểu được chọn}
  reason:       {help: why one is preferred, vi: lý do chọn}
  statements:   {type: statements, help: the statements that say so, vi: các thông tin theo cách hiểu này}
example: {disagreement_kind: translation}
expect:
  has:
    - {about: ['province:ho-chi-minh', 'fund:ho-chi-minh-startup-support'], kind: translation, statements: ['statement:003-startup-fund']}
    - {about: ['province:ho-chi-minh', 'fund:ho-chi-minh-startup-support'], kind: translation, statements: ['statement:004-startup-fund'], is_resolved: false}
    - {disagreement: 'disagreement:thai-nguyen-sixty-per-cent', about: ['province:thai-nguyen']}
  never:
    - {kind: value}
    - {is_resolved: false, is_preferred: true}
*/
MATCH (disagreement:Disagreement)
WHERE disagreement.kind IN $disagreement_kind
  AND ($entity IS NULL OR EXISTS { (disagreement)-[:CONCERNS]->(:Entity {id: $entity}) } OR EXISTS {
    MATCH (disagreement)<-[:READING_OF]-(:Reading)-[:RESTS_ON]->(statement:Statement)
    MATCH (statement)-[:SUBJECT|OBJECT|ABOUT|SAID_BY]->(:Entity {id: $entity})
  })
MATCH (disagreement)<-[:READING_OF]-(reading:Reading)
RETURN disagreement.id AS disagreement, disagreement.kind AS kind, disagreement.gloss AS gloss,
  disagreement.about AS about, reading.position + 1 AS position, reading.gloss AS reading,
  disagreement.preferred IS NOT NULL AS is_resolved,
  coalesce(disagreement.preferred = reading.position, false) AS is_preferred, disagreement.reason AS reason,
  reading.statements AS statements
ORDER BY disagreement, position
