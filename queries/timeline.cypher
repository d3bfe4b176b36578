/*
title: Timeline of an entity, or of everything
topic: anything
question:
  en: What is dated, about an entity or in the whole graph, in order?
  vi: Những gì có ngày tháng, về một đối tượng hoặc trong toàn bộ đồ thị, theo thứ tự thời gian?
params:
  entity:
    {type: entity, help: 'the province, body, person or other thing; none: the whole graph', vi: 'tỉnh, cơ quan, người hoặc đối tượng khác; bỏ trống: toàn bộ đồ thị'}
  kind:
    type: string
    several: true
    default: any
    help: what is listed
    vi: liệt kê những gì
    values: &kinds
      event: {en: event, vi: sự kiện}
      document: {en: document issued, vi: văn bản ban hành}
      fund_or_centre: {en: fund or centre, vi: quỹ hoặc trung tâm}
      relation: {en: other relation, vi: quan hệ khác}
      claim: {en: claim, vi: nhận định}
      measurement: {en: number, vi: số liệu}
  type:
    {type: string, several: true, values_of: nodes, default: any, help: only what has a subject or object of these types, vi: chỉ những gì có chủ thể hoặc đối tượng thuộc các loại này}
  since:
    {type: date, help: 'only from this day, month or year on', vi: 'chỉ từ ngày, tháng hoặc năm này'}
  until:
    {type: date, help: 'only to this day, month or year', vi: 'chỉ đến ngày, tháng hoặc năm này'}
  by_article:
    {type: string, several: true, values: *kinds, default: any, help: kinds that are listed by the day of their article where no other day is told, vi: những loại được xếp theo ngày của bài báo khi không nêu ngày nào khác}
  only_own_dates:
    {type: boolean, default: false, help: leave out what has only the day of its article, vi: bỏ những gì chỉ có ngày của bài báo}
returns:
  date:         {help: 'day, month, year or period', vi: 'ngày, tháng, năm hoặc giai đoạn'}
  date_is:      {help: 'whose date it is: of the period, of the act itself, of a document or event tied to it, of the sentence, or only of the article', vi: 'ngày của gì: giai đoạn (period), chính sự việc (act), văn bản (document) hoặc sự kiện (event) có liên quan, câu (sentence) hoặc chỉ của bài báo (article)'}
  kind:         {help: 'event, document, fund_or_centre, relation, claim or measurement', vi: 'sự kiện (event), văn bản (document), quỹ hoặc trung tâm (fund_or_centre), quan hệ (relation), nhận định (claim) hoặc số liệu (measurement)'}
  what:         {help: 'the edge type, the indicator, the kind of claim; issued_on of a document, date of an event', vi: 'loại quan hệ, chỉ số, loại nhận định; issued_on là ngày ban hành văn bản, date là ngày của sự kiện'}
  subject:      {type: entity, help: whom or what it is about, vi: chủ thể}
  subject_name: {help: name of the subject, vi: tên chủ thể}
  object:       {type: entity, help: the other end, vi: đối tượng}
  object_name:  {help: name of the other end, vi: tên đối tượng}
  comparator:   {help: how the value is meant, vi: cách so sánh}
  value:        {type: value, help: the measured value, vi: giá trị}
  unit:         {help: its unit, vi: đơn vị}
  value_status: {help: 'actual, target or planned', vi: 'thực tế, mục tiêu hoặc kế hoạch'}
  status:       {help: how far it is, vi: tình trạng}
  disputed:     {type: boolean, help: a disagreement rests on it, vi: còn mâu thuẫn}
  basis:        {help: how firmly it is said, vi: mức căn cứ}
  gloss:        {help: our wording of it, vi: diễn giải của chúng tôi}
  statements:   {type: statements, help: what the row rests on, vi: các phát biểu làm căn cứ}
example: {entity: 'province:hai-phong'}
expect:
  rows: {at_least: 20}
  has:
    - {date: '2021', date_is: period, what: st_budget_spending, value: 63000000000, unit: VND}
    - {date: '2024', date_is: period, what: st_budget_spending, value: 217000000000, unit: VND}
    - {date: 2021/2025, what: supported_startup_ideas, value: 133}
    - {what: PLANS, object: 'fund:hai-phong-venture-capital', status: considered}
  never:
    - {what: OPERATES, object: 'fund:hai-phong-venture-capital'}
*/
CALL () {
  CALL () {
    MATCH (said:Statement)
    WHERE $entity IS NULL
    RETURN said
    UNION
    MATCH (:Entity {id: $entity})<-[:SUBJECT|OBJECT|ABOUT|SAID_BY]-(said:Statement)
    RETURN said
  }
  MATCH (said)-[:SUBJECT]->(one:Entity)
  OPTIONAL MATCH (said)-[:OBJECT]->(other:Entity)
  RETURN coalesce(said.period, said.date, said.as_of) AS date,
    CASE WHEN said.period IS NOT NULL THEN 'period' WHEN said.date IS NOT NULL THEN 'act'
      ELSE said.as_of_from END AS date_is,
    CASE WHEN said:Measurement THEN 'measurement' WHEN said:Claim THEN 'claim'
      WHEN said.predicate IN ['OPERATES', 'PLANS', 'PROPOSES'] AND other.type IN ['Fund', 'Centre'] THEN 'fund_or_centre'
      ELSE 'relation' END AS kind,
    coalesce(said.predicate, said.indicator, said.claim_type) AS what, one, other, said.comparator AS comparator,
    said.value AS value, said.unit AS unit, said.value_status AS value_status, said.status AS status,
    EXISTS { (said)<-[:RESTS_ON]-(:Reading) } AS disputed,
    said.basis AS basis, said.gloss AS gloss, [said.id] AS told
  UNION
  CALL () {
    MATCH (one:Event|Policy)
    WHERE $entity IS NULL OR one.id = $entity
    RETURN one, null AS thing
    UNION
    MATCH (thing:Entity {id: $entity})-[tie]-(one:Event|Policy)
    WHERE type(tie) <> 'MENTIONS'
    RETURN one, thing
  }
  OPTIONAL MATCH (one)-[tie]-(end:Entity)
  WHERE type(tie) <> 'MENTIONS' AND (thing IS NULL AND $entity IS NULL OR end = thing)
  WITH one, thing, tie.id AS edge, tie.statements AS behind
  ORDER BY edge
  WITH one, thing, collect(behind) AS behind
  RETURN coalesce(one.date, one.issued_on) AS date,
    CASE one.type WHEN 'Event' THEN 'event' ELSE 'document' END AS date_is,
    CASE one.type WHEN 'Event' THEN 'event' ELSE 'document' END AS kind,
    CASE one.type WHEN 'Event' THEN 'date' ELSE 'issued_on' END AS what, one, thing AS other, null AS comparator,
    null AS value, null AS unit, null AS value_status, null AS status, false AS disputed, null AS basis, null AS gloss,
    reduce(all = [], some IN behind | all + some) AS told
}
WITH *, split(date, '/')[0] AS start
WHERE date IS NOT NULL AND kind IN $kind AND (one.type IN $type OR coalesce(other.type, '') IN $type)
  AND NOT (coalesce(date_is, '') = 'article' AND ($only_own_dates OR NOT kind IN $by_article))
  AND ($since IS NULL OR left($since, size(start)) <= start)
  AND ($until IS NULL OR left(start, size($until)) <= $until)
RETURN date, date_is, kind, what, one.id AS subject, one.name AS subject_name, other.id AS object, other.name AS object_name,
  comparator, value, unit, value_status, status, disputed, basis, gloss, told AS statements
ORDER BY start, date, date_is, what, subject, object, told[0]
