/*
title: Timeline of an entity or of the whole graph
topic: anything
question:
  en: Which dated events, documents and statements are there, about an entity or in the whole graph?
  vi: Những gì có ngày tháng, về một đối tượng hoặc trong toàn bộ đồ thị, theo thứ tự thời gian?
asks: {needs: [timeline|when|change], covers: [Event, exist, when, '#date', Policy]}
params:
  entity:
    {type: entity, help: 'a province, agency, person or other entity; if empty, the whole graph', vi: 'tỉnh, cơ quan, người hoặc đối tượng khác; bỏ trống: toàn bộ đồ thị'}
  kind:
    type: string
    several: true
    default: any
    help: kinds of entries to list
    vi: liệt kê những gì
    values: &kinds
      event: {en: event, vi: sự kiện}
      document: {en: document issued, vi: văn bản ban hành}
      fund_or_centre: {en: fund or centre, vi: quỹ hoặc trung tâm}
      relation: {en: other relation, vi: quan hệ khác}
      claim: {en: claim, vi: nhận định}
      measurement: {en: number, vi: số liệu}
  type:
    {type: string, several: true, values_of: nodes, default: any, help: only entries with a subject or object of these types, vi: chỉ những gì có chủ thể hoặc đối tượng thuộc các loại này}
  from_date:
    {type: date, help: 'only from this day, month or year', vi: 'chỉ từ ngày, tháng hoặc năm này'}
  to_date:
    {type: date, help: 'only up to this day, month or year', vi: 'chỉ đến ngày, tháng hoặc năm này'}
  article_dated_kinds:
    {type: string, several: true, values: *kinds, default: any, help: kinds that are listed by the date of their article if no other date is stated, vi: những loại được xếp theo ngày của bài báo khi không nêu ngày nào khác}
  exclude_article_dates:
    {type: boolean, default: false, help: leave out entries that have only the date of their article, vi: bỏ những gì chỉ có ngày của bài báo}
returns:
  date:         {help: 'day, month, year or period', vi: 'ngày, tháng, năm hoặc giai đoạn'}
  date_source:  {help: 'source of the date: the period, the act itself, a document or event connected to it, the sentence, or only the article', vi: 'ngày của gì: giai đoạn (period), chính sự việc (act), văn bản (document) hoặc sự kiện (event) có liên quan, câu (sentence) hoặc chỉ của bài báo (article)'}
  kind:         {help: 'event, document, fund_or_centre, relation, claim or measurement', vi: 'sự kiện (event), văn bản (document), quỹ hoặc trung tâm (fund_or_centre), quan hệ (relation), nhận định (claim) hoặc số liệu (measurement)'}
  predicate:    {help: 'the predicate, indicator or claim type; issued_on for a document, date for an event, city_since, extent_changed_on or abolished_on for a province', vi: 'loại quan hệ, chỉ số, loại nhận định; issued_on là ngày ban hành văn bản, date là ngày của sự kiện; city_since, extent_changed_on, abolished_on là ngày thay đổi của tỉnh'}
  subject:      {type: entity, help: subject of the statement, vi: chủ thể}
  subject_name: {help: name of the subject, vi: tên chủ thể}
  object:       {type: entity, help: object of the statement, vi: đối tượng}
  object_name:  {help: name of the object, vi: tên đối tượng}
  comparator:   {help: 'whether the value is exact, approximate or a bound', vi: cách so sánh}
  value:        {type: value, help: the measured value, vi: giá trị}
  unit:         {help: its unit, vi: đơn vị}
  value_status: {help: 'actual, target or planned', vi: 'thực tế, mục tiêu hoặc kế hoạch'}
  status:       {help: stage it has reached, vi: tình trạng}
  due:          {type: date, help: 'date, year or period by which it is to be so; ../2030 means by 2030', vi: 'thời hạn: ngày, năm hoặc giai đoạn; ../2030 là chậm nhất năm 2030'}
  alternative:  {type: entities, help: 'what it may be instead, if the articles name an alternative', vi: 'phương án khác, nếu bài báo nêu'}
  disputed:     {type: boolean, help: it is part of a disagreement, vi: chưa thống nhất}
  basis:        {help: 'how we know it: stated, inferred, context or reference', vi: mức căn cứ}
  gloss:        {help: our own words for the passage, vi: diễn giải của chúng tôi}
  statements:   {type: statements, help: statements that support the row, vi: các thông tin làm căn cứ}
example: {entity: 'province:hai-phong'}
expect:
  rows: {at_least: 20}
  has:
    - {date: '2021', date_source: period, predicate: st_budget_spending, value: 63000000000, unit: VND}
    - {date: '2024', date_source: period, predicate: st_budget_spending, value: 217000000000, unit: VND}
    - {date: 2021/2025, predicate: supported_startup_ideas, value: 133}
    - {predicate: PLANS, object: 'fund:hai-phong-venture-capital', status: considered}
  never:
    - {predicate: HAS, object: 'fund:hai-phong-venture-capital'}
*/
CALL () {
  CALL () {
    MATCH (statement:Statement)
    WHERE $entity IS NULL
    RETURN statement
    UNION
    MATCH (:Entity {id: $entity})<-[:SUBJECT|OBJECT|ABOUT|SAID_BY]-(statement:Statement)
    RETURN statement
  }
  MATCH (statement)-[:SUBJECT]->(subject:Entity)
  OPTIONAL MATCH (statement)-[:OBJECT]->(object:Entity)
  RETURN coalesce(statement.period, statement.date, statement.as_of) AS date,
    CASE WHEN statement.period IS NOT NULL THEN 'period' WHEN statement.date IS NOT NULL THEN 'act'
      ELSE statement.as_of_from END AS date_source,
    CASE WHEN statement:Measurement THEN 'measurement' WHEN statement:Claim THEN 'claim'
      WHEN statement.predicate IN ['HAS', 'PLANS', 'PROPOSES'] AND object.type IN ['Fund', 'Centre'] THEN 'fund_or_centre'
      ELSE 'relation' END AS kind,
    coalesce(statement.predicate, statement.indicator, statement.claim_type) AS predicate, subject, object,
    statement.comparator AS comparator,
    statement.value AS value, statement.unit AS unit, statement.value_status AS value_status, statement.status AS status,
    statement.due AS due, coalesce(statement.alternative, []) AS alternative,
    EXISTS { (statement)<-[:RESTS_ON]-(:Reading) } AS disputed,
    statement.basis AS basis, statement.gloss AS gloss, [statement.id] AS statement_ids
  UNION
  CALL () {
    MATCH (subject:Event|Policy)
    WHERE $entity IS NULL OR subject.id = $entity
    RETURN subject, null AS linked_entity
    UNION
    MATCH (linked_entity:Entity {id: $entity})-[edge]-(subject:Event|Policy)
    WHERE type(edge) <> 'MENTIONS'
    RETURN subject, linked_entity
  }
  OPTIONAL MATCH (subject)-[edge]-(neighbour:Entity)
  WHERE type(edge) <> 'MENTIONS' AND (linked_entity IS NULL AND $entity IS NULL OR neighbour = linked_entity)
  WITH subject, linked_entity, edge.id AS edge_id, edge.statements AS edge_statements
  ORDER BY edge_id
  WITH subject, linked_entity, collect(edge_statements) AS statement_lists
  RETURN coalesce(subject.date, subject.issued_on) AS date,
    CASE subject.type WHEN 'Event' THEN 'event' ELSE 'document' END AS date_source,
    CASE subject.type WHEN 'Event' THEN 'event' ELSE 'document' END AS kind,
    CASE subject.type WHEN 'Event' THEN 'date' ELSE 'issued_on' END AS predicate, subject, linked_entity AS object,
    null AS comparator,
    null AS value, null AS unit, null AS value_status, null AS status,
    null AS due, [] AS alternative, false AS disputed, null AS basis, null AS gloss,
    reduce(all = [], list IN statement_lists | all + list) AS statement_ids
  UNION
  MATCH (subject:Province)
  WHERE $entity IS NULL OR subject.id = $entity
  OPTIONAL MATCH (subject)-[merger:MERGED_INTO]-(:Province)
  WITH subject, collect(merger.date) AS merger_dates
  UNWIND [['city_since', subject.city_since], ['extent_changed_on', subject.extent_changed_on],
    ['abolished_on', subject.abolished_on]] AS change
  WITH subject, change[0] AS predicate, change[1] AS date, merger_dates
  WHERE date IS NOT NULL AND NOT date IN merger_dates
  RETURN date, 'act' AS date_source, 'event' AS kind, predicate, subject, null AS object, null AS comparator, null AS value,
    null AS unit, null AS value_status, null AS status, null AS due, [] AS alternative, false AS disputed,
    'reference' AS basis, null AS gloss, [] AS statement_ids
}
WITH *, split(date, '/')[0] AS start
WHERE date IS NOT NULL AND kind IN $kind AND (subject.type IN $type OR coalesce(object.type, '') IN $type)
  AND NOT (coalesce(date_source, '') = 'article' AND ($exclude_article_dates OR NOT kind IN $article_dated_kinds))
  AND ($from_date IS NULL OR left($from_date, size(start)) <= start)
  AND ($to_date IS NULL OR left(start, size($to_date)) <= $to_date)
RETURN date, date_source, kind, predicate, subject.id AS subject, subject.name AS subject_name, object.id AS object,
  object.name AS object_name,
  comparator, value, unit, value_status, status, due, alternative, disputed, basis, gloss, statement_ids AS statements
ORDER BY start, date, date_source, predicate, subject, object, statement_ids[0]
