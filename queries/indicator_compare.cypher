/*
title: Numbers compared in pairs
topic: numbers
question:
  en: How does a number change, how far is it from its target, and how do two subjects, two indicators or the shares of one whole compare?
  vi: Một chỉ số thay đổi ra sao, còn cách mục tiêu bao nhiêu, và hai chủ thể, hai chỉ số hoặc các phần của một tổng thể so với nhau thế nào?
asks: {needs: [compare|change|comparison|target, indicators], covers: [number, Province, Organisation, when, due, count]}
params:
  subject:
    {type: entity, several: true, help: only numbers about these entities, vi: chỉ số liệu của các đối tượng này}
  indicator:
    {type: string, several: true, values_of: indicators, help: 'only these indicators; of two or more, values of one subject and period are compared with each other as well', vi: 'chỉ các chỉ số này; nếu chọn từ hai, giá trị của cùng chủ thể và kỳ cũng được so với nhau'}
  comparison:
    type: string
    several: true
    values:
      change: {en: change from one period to another, vi: thay đổi giữa hai kỳ}
      target: {en: actual value and target, vi: thực tế và mục tiêu}
      subjects: {en: two subjects, vi: hai chủ thể}
      indicators: {en: two indicators, vi: hai chỉ số}
      shares: {en: shares of one whole, vi: các phần của một tổng thể}
    default: any
    help: only pairs of this kind
    vi: chỉ cặp loại này
returns:
  comparison:     {help: 'what the two values have in common and differ in', vi: 'hai giá trị giống và khác nhau ở điểm nào'}
  subject_a:      {type: entity, help: entity that the first number is about, vi: chủ thể của số thứ nhất}
  subject_a_name: {help: its name, vi: tên chủ thể}
  indicator_a:    {help: its indicator, vi: chỉ số thứ nhất}
  comparator_a:   {help: 'whether the number is exact, approximate or a bound', vi: 'số chính xác, gần đúng hay là giới hạn'}
  value_a:        {type: value, help: the first number, vi: giá trị thứ nhất}
  value_status_a: {help: 'actual, target or planned', vi: 'thực tế, mục tiêu hay kế hoạch'}
  period_a:       {type: date, help: 'its period or date, if stated', vi: 'kỳ hoặc ngày, nếu có nêu'}
  as_of_a:        {type: date, help: date on which it held, vi: tính đến ngày}
  subject_b:      {type: entity, help: entity that the second number is about, vi: chủ thể của số thứ hai}
  subject_b_name: {help: its name, vi: tên chủ thể}
  indicator_b:    {help: its indicator, vi: chỉ số thứ hai}
  comparator_b:   {help: 'whether the number is exact, approximate or a bound', vi: 'số chính xác, gần đúng hay là giới hạn'}
  value_b:        {type: value, help: the second number, vi: giá trị thứ hai}
  value_status_b: {help: 'actual, target or planned', vi: 'thực tế, mục tiêu hay kế hoạch'}
  period_b:       {type: date, help: 'its period or date, if stated', vi: 'kỳ hoặc ngày, nếu có nêu'}
  as_of_b:        {type: date, help: date on which it held, vi: tính đến ngày}
  unit:           {help: unit of both, vi: đơn vị của cả hai}
  difference:     {type: number, help: second number minus first, vi: số thứ hai trừ số thứ nhất}
  ratio:          {type: number, help: second number divided by first, vi: số thứ hai chia cho số thứ nhất}
  sum:            {type: number, help: 'sum of all shares of the whole, each indicator once; only if one article has them all, none has two values, and no two are readings of one passage', vi: 'tổng tất cả các phần, mỗi chỉ số một lần; chỉ khi một bài nêu đủ, không phần nào có hai giá trị và không có hai phần là hai cách hiểu của cùng một đoạn'}
  exact:          {type: boolean, help: 'both numbers are exact, so that difference and ratio are too', vi: 'cả hai là số chính xác, nên hiệu và tỷ số cũng chính xác'}
  same_scope:     {type: boolean, help: 'both are about the same extent of a merged province, as far as stated', vi: 'cả hai cùng phạm vi của tỉnh đã sáp nhập, theo những gì được nêu'}
  disputed:       {type: boolean, help: one of them is part of a disagreement, vi: một trong hai số chưa thống nhất}
  articles:       {type: entities, help: articles that state them, vi: các bài nêu}
  statements:     {type: statements, help: statements that support the row, vi: các thông tin làm căn cứ}
example: {}
expect:
  rows: {at_least: 3}
  has:
    - {comparison: change}
    - {comparison: subjects}
*/
MATCH (statement:Measurement)-[:SUBJECT]->(subject:Entity)
WHERE ($subject IS NULL OR subject.id IN $subject) AND ($indicator IS NULL OR statement.indicator IN $indicator)
OPTIONAL MATCH (statement)-[:STATED_IN]->(article:Article)
WITH statement, subject, statement.id AS statement_id, article.id AS article_id,
  COLLECT {
    MATCH (statement)<-[:RESTS_ON]-(reading:Reading)-[:READING_OF]->(disagreement:Disagreement)
    WITH {disagreement: disagreement.id, position: reading.position,
      is_preferred: disagreement.preferred = reading.position} AS own_reading
    RETURN own_reading ORDER BY own_reading.disagreement, own_reading.position
  } AS own_readings
WITH *, any(item IN own_readings WHERE coalesce(NOT item.is_preferred, false))
  AND NOT any(item IN own_readings WHERE coalesce(item.is_preferred, false)) AS in_rejected_reading
ORDER BY statement_id
WITH subject.id AS subject_id, subject.name AS name, statement.indicator AS indicator, statement.comparator AS comparator,
  statement.value AS value, toFloat(statement.value) AS number, statement.unit AS unit, statement.value_status AS value_status,
  statement.period AS period, coalesce(statement.scope, '') AS scope, max(statement.as_of) AS as_of,
  reduce(all = [], list IN collect(own_readings) | all + list) AS readings,
  count(CASE WHEN NOT in_rejected_reading THEN 1 END) = 0 AS is_rejected, collect(DISTINCT article_id) AS articles, collect(statement_id) AS statements
WHERE number IS NOT NULL
WITH *, coalesce(period, left(as_of, 4), '') AS period_key
WITH *, last(split(period_key, '/')) AS period_end, split(indicator, '_share_of_') AS parts
WITH *, CASE WHEN unit <> 'percent' THEN '' WHEN size(parts) = 2 THEN parts[1] WHEN indicator STARTS WITH 'share_' THEN 'share'
    ELSE '' END AS whole,
  CASE WHEN value_status = 'actual' THEN 0 ELSE 1 END AS is_target
ORDER BY indicator, is_target, period_end, period_key, subject_id, scope, statements[0]
WITH collect({subject: subject_id, name: name, indicator: indicator, comparator: comparator, value: value, number: number,
  unit: unit, value_status: value_status, is_target: is_target, period: period, period_key: period_key, scope: scope,
  as_of: as_of, whole: whole, readings: readings, is_rejected: is_rejected, articles: articles, statements: statements}) AS numbers
UNWIND range(0, size(numbers) - 1) AS position_a
UNWIND range(position_a + 1, size(numbers) - 1) AS position_b
WITH numbers, numbers[position_a] AS a, numbers[position_b] AS b
WHERE a.unit = b.unit
// Two readings of one passage are one quantity: they are no two shares of a whole.
WITH numbers, a, b, CASE
    WHEN a.subject <> b.subject THEN CASE
      WHEN a.indicator = b.indicator AND a.value_status = b.value_status AND a.period_key = b.period_key THEN 'subjects' END
    WHEN a.indicator = b.indicator THEN CASE
      WHEN a.is_target <> b.is_target THEN 'target'
      WHEN a.value_status = b.value_status AND a.period_key <> b.period_key THEN 'change' END
    WHEN a.value_status <> b.value_status OR a.period_key <> b.period_key THEN null
    WHEN a.whole <> '' AND a.whole = b.whole AND NOT a.is_rejected AND NOT b.is_rejected
      AND NOT any(one IN a.readings WHERE any(other IN b.readings WHERE other.disagreement = one.disagreement
        AND other.position <> one.position)) THEN 'shares'
    WHEN $indicator IS NOT NULL AND size($indicator) > 1 THEN 'indicators' END AS comparison
WHERE comparison IN $comparison
WITH a, b, comparison, CASE WHEN comparison = 'shares' THEN [share IN numbers WHERE share.subject = a.subject AND NOT share.is_rejected
  AND share.whole = a.whole AND share.value_status = a.value_status AND share.period_key = a.period_key] ELSE [] END AS shares
WITH a, b, comparison, CASE WHEN size(shares) > 0
  AND all(share IN shares WHERE size([other IN shares WHERE other.indicator = share.indicator]) = 1
    AND NOT any(one IN share.readings WHERE any(other IN shares WHERE any(item IN other.readings
      WHERE item.disagreement = one.disagreement AND item.position <> one.position))))
  AND any(article IN a.articles WHERE all(share IN shares WHERE article IN share.articles))
  THEN round(reduce(total = 0.0, share IN shares | total + share.number), 6) END AS sum
RETURN comparison, a.subject AS subject_a, a.name AS subject_a_name, a.indicator AS indicator_a, a.comparator AS comparator_a,
  a.value AS value_a, a.value_status AS value_status_a, a.period AS period_a, a.as_of AS as_of_a, b.subject AS subject_b,
  b.name AS subject_b_name, b.indicator AS indicator_b, b.comparator AS comparator_b, b.value AS value_b,
  b.value_status AS value_status_b, b.period AS period_b, b.as_of AS as_of_b, a.unit AS unit,
  round(b.number - a.number, 6) AS difference,
  CASE WHEN a.number <> 0 THEN round(b.number / a.number, 6) END AS ratio, sum,
  coalesce(a.comparator, '=') = '=' AND coalesce(b.comparator, '=') = '=' AS exact, a.scope = b.scope AS same_scope,
  size(a.readings + b.readings) > 0 AS disputed,
  a.articles + [article IN b.articles WHERE NOT article IN a.articles] AS articles, a.statements + b.statements AS statements
ORDER BY comparison, indicator_a, indicator_b, subject_a, subject_b, period_a, period_b, statements[0], statements[1]
