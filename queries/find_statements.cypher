/*
title: Statements by number or words
topic: sources
question:
  en: Which statements give a certain number, or have certain words in their gloss?
  vi: Những thông tin nào nêu một con số nhất định, hoặc có những từ nhất định trong phần diễn giải?
asks: {needs: ['#number|statement'], covers: [statement, speak, number, where, Article, units]}
params:
  value:
    {type: number, help: 'only numbers of this value, in the unit of the statement (a billion is 1000000000)', vi: 'chỉ số liệu có giá trị này, theo đơn vị của số liệu (một tỷ là 1000000000)'}
  tolerance:
    {type: integer, min: 0, max: 100, default: 0, help: 'how many per cent a number may differ from the value', vi: 'số liệu được chênh bao nhiêu phần trăm so với giá trị'}
  unit:
    {type: string, several: true, values_of: units, help: only numbers in this unit, vi: chỉ số liệu theo đơn vị này}
  indicator:
    {type: string, several: true, values_of: indicators, help: only numbers of this indicator, vi: chỉ số liệu của chỉ số này}
  words:
    {type: string, help: 'words that the English or the Vietnamese gloss has, all of them, in any order, with or without diacritics', vi: 'các từ mà phần diễn giải tiếng Anh hoặc tiếng Việt có đủ, theo thứ tự bất kỳ, có dấu hoặc không dấu'}
  kind:
    type: string
    several: true
    values:
      relation: {en: relation, vi: quan hệ}
      measurement: {en: number, vi: số liệu}
      claim: {en: claim, vi: nhận định}
    help: only statements of this kind
    vi: chỉ loại thông tin này
returns:
  kind:         {help: 'relation, measurement or claim', vi: 'quan hệ, số liệu hay nhận định'}
  subject:      {type: entity, help: entity that it is about, vi: chủ thể}
  subject_name: {help: its name, vi: tên chủ thể}
  predicate:    {help: 'predicate, indicator or type of claim', vi: 'quan hệ, chỉ số hoặc loại nhận định'}
  object:       {type: entity, help: object of a relation, vi: đối tượng của quan hệ}
  object_name:  {help: its name, vi: tên đối tượng}
  comparator:   {help: 'whether the number is exact, approximate or a bound', vi: 'số chính xác, gần đúng hay là giới hạn'}
  value:        {type: value, help: the number, vi: giá trị}
  unit:         {help: its unit, vi: đơn vị}
  value_status: {help: 'actual, target or planned', vi: 'thực tế, mục tiêu hay kế hoạch'}
  period:       {type: date, help: 'period or date of the number, if stated', vi: 'kỳ hoặc ngày của số liệu, nếu có nêu'}
  due:          {type: date, help: 'by when it is to be so, if stated', vi: 'thời hạn, nếu có nêu'}
  status:       {help: stage it has reached, vi: tình trạng}
  basis:        {help: 'how we know it: stated, inferred, context or reference', vi: mức căn cứ}
  as_of:        {type: date, help: date on which it held, vi: tính đến ngày}
  speaker:      {type: entity, help: 'speaker, if one is named', vi: 'người phát biểu, nếu có nêu'}
  gloss:        {help: our own words for the passage, vi: diễn giải của chúng tôi bằng tiếng Anh}
  gloss_vi:     {help: the same in Vietnamese, vi: diễn giải của chúng tôi}
  disputed:     {type: boolean, help: it is part of a disagreement, vi: thông tin chưa thống nhất}
  articles:     {type: entities, help: 'articles that state it: translations of one text say it together', vi: 'các bài nêu thông tin: các bản dịch của một văn bản được tính chung'}
  statements:   {type: statements, help: 'the statement, with that of each translation', vi: 'thông tin, kể cả của từng bản dịch'}
example: {value: '63000000000', tolerance: '5', unit: VND}
expect:
  rows: {at_least: 1}
  has:
    - {subject: 'province:hai-phong', value: 63000000000, unit: VND}
  never:
    - {unit: percent}
    - {kind: relation}
*/
// The words, without diacritics, become regular expressions that match each letter with any diacritics.
WITH [['a', 'àáạảãâầấậẩẫăằắặẳẵä'], ['e', 'èéẹẻẽêềếệểễ'], ['i', 'ìíịỉĩ'], ['o', 'òóọỏõôồốộổỗơờớợởỡö'], ['u', 'ùúụủũưừứựửữü'],
  ['y', 'ỳýỵỷỹ'], ['d', 'đ'], ['', '\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323']] AS letters
WITH letters, reduce(text = toLower(coalesce($words, '')), letter IN letters | reduce(folded = text,
  position IN range(0, size(letter[1]) - 1) | replace(folded, substring(letter[1], position, 1), letter[0]))) AS text
WITH [word IN split(text, ' ') WHERE word <> '' | '(?s).*' + reduce(pattern = '', position IN range(0, size(word) - 1) |
  pattern + coalesce([letter IN letters WHERE letter[0] = substring(word, position, 1) | '[' + letter[0] + letter[1] + ']'][0],
    CASE WHEN '\\^$.|?*+()[]{}' CONTAINS substring(word, position, 1) THEN '\\' ELSE '' END + substring(word, position, 1)))
  + '.*'] AS patterns
MATCH (statement:Statement)-[:SUBJECT]->(subject:Entity)
WHERE ($kind IS NULL OR statement.kind IN $kind) AND ($unit IS NULL OR statement.unit IN $unit)
  AND ($indicator IS NULL OR statement.indicator IN $indicator)
  AND ($value IS NULL OR (statement.value >= $value - abs($value) * ($tolerance / 100.0 + 0.000000001)
    AND statement.value <= $value + abs($value) * ($tolerance / 100.0 + 0.000000001)))
  AND any(gloss IN [toLower(statement.gloss), toLower(coalesce(statement.gloss_vi, ''))]
    WHERE all(pattern IN patterns WHERE gloss =~ pattern))
OPTIONAL MATCH (statement)-[:STATED_IN]->(article:Article)
OPTIONAL MATCH (statement)-[:OBJECT]->(object:Entity)
WITH statement, statement.id AS statement_id, subject, object, article.id AS article_id,
  coalesce(article.same_text, article.id, statement.id) AS text_id,
  CASE WHEN statement.kind = 'claim' THEN statement.gloss ELSE '' END AS claim,
  CASE WHEN EXISTS { (statement)<-[:RESTS_ON]-(:Reading) } THEN 1 ELSE 0 END AS in_disagreement
ORDER BY statement_id
WITH text_id, claim, subject, object, statement.kind AS kind,
  coalesce(statement.predicate, statement.indicator, statement.claim_type) AS predicate, statement.comparator AS comparator,
  statement.value AS value, statement.unit AS unit, statement.value_status AS value_status, statement.period AS period,
  statement.scope AS scope, statement.due AS due, statement.status AS status, statement.basis AS basis,
  statement.speaker AS speaker, max(statement.as_of) AS as_of, collect(statement.gloss) AS glosses,
  collect(statement.gloss_vi) AS glosses_vi, sum(in_disagreement) > 0 AS disputed, collect(DISTINCT article_id) AS articles,
  collect(statement_id) AS statements
RETURN kind, subject.id AS subject, subject.name AS subject_name, predicate, object.id AS object, object.name AS object_name,
  comparator, value, unit, value_status, period, due, status, basis, as_of, speaker, glosses[0] AS gloss,
  glosses_vi[0] AS gloss_vi, disputed, articles, statements
ORDER BY statements[0]
