/*
title: An indicator, ranked
topic: numbers
question:
  en: Who has which value of an indicator, in order, and which of the values may be compared?
  vi: Giá trị của một chỉ số ở từng chủ thể, xếp theo thứ tự, và những giá trị nào so sánh được với nhau?
params:
  indicator:
    {type: string, required: true, help: 'name of the indicator, as the measurements have it', vi: tên chỉ số như trong các số liệu}
  order:
    type: string
    values: {descending: {en: largest first, vi: lớn nhất trước}, ascending: {en: smallest first, vi: nhỏ nhất trước}}
    default: descending
    help: order of the values; which end is better is not said
    vi: thứ tự giá trị; không nói đầu nào tốt hơn
returns:
  subject:      {type: entity, help: whose number it is, vi: chủ thể của số liệu}
  subject_name: {help: its name, vi: tên chủ thể}
  comparator:   {help: 'whether the number is exact, nearly so or a bound', vi: 'số chính xác, gần đúng hay là giới hạn'}
  value:        {type: value, help: the number, vi: giá trị}
  unit:         {help: its unit, vi: đơn vị}
  value_status: {help: 'actual, target or planned', vi: 'thực tế, mục tiêu hay kế hoạch'}
  period:       {type: date, help: 'period or day it is for, where one is told', vi: 'kỳ hoặc ngày của số liệu, nếu có nêu'}
  as_of:        {type: date, help: the day it held, vi: thời điểm}
  basis:        {help: how firmly the passage says so, vi: mức căn cứ}
  articles:     {type: entities, help: articles that tell it, vi: các bài nêu số liệu}
  caution:      {type: strings, help: why it may not be compared with the largest group of like values, vi: lý do không nên so sánh với nhóm giá trị cùng loại lớn nhất}
  statements:   {type: statements, help: what the row rests on, vi: các phát biểu làm căn cứ}
  told:         {type: boolean, help: a number of this indicator is told, vi: có nêu số liệu của chỉ số này, not: no number is told, not_vi: không nêu số liệu}
  actual:       {type: boolean, help: 'the number is actual, no target or plan', vi: 'số liệu thực tế, không phải mục tiêu hay kế hoạch', not: the number is a target or planned, not_vi: số liệu là mục tiêu hoặc kế hoạch}
  comparable:   {type: boolean, help: 'unit, status and period are those of the largest group (actual before others, then the newest), and there is no caution', vi: 'đơn vị, tình trạng và kỳ trùng với nhóm lớn nhất (ưu tiên số thực tế, rồi kỳ mới nhất) và không có lưu ý nào', not: see the caution, not_vi: xem phần lưu ý}
conditions: [told, actual, comparable]
example: {indicator: st_enterprises}
expect:
  rows: 3
  has:
    - {subject: 'province:ho-chi-minh', comparator: more than, value: 140, articles: ['article:003', 'article:004']}
    - {subject: 'province:dong-nai', comparator: '=', value: 16, articles: ['article:001']}
    - {subject: 'province:lam-dong', comparator: '=', value: 14, articles: ['article:001']}
*/
CALL () {
  MATCH (:Measurement {indicator: $indicator})-[:SUBJECT]->(one:Entity)
  RETURN collect(DISTINCT one.id) AS subjects
}
CALL () {
  MATCH (like:Measurement {indicator: $indicator})-[:SUBJECT]->(one:Entity)
  WITH like.unit AS base_unit, like.value_status AS base_status, count(DISTINCT one.id) AS size,
    coalesce(like.period, left(like.as_of, 4), '') AS base_time, collect({subject: one.id, value: like.value}) AS group
  ORDER BY base_status = 'actual' DESC, size DESC, base_time DESC, base_unit, base_status LIMIT 1
  RETURN base_unit, base_status, base_time, group
}
MATCH (said:Measurement {indicator: $indicator})-[:SUBJECT]->(subject:Entity)
OPTIONAL MATCH (said)-[:STATED_IN]->(article:Article)
WITH *, said.id AS id, article.id AS source, EXISTS { (said)<-[:RESTS_ON]-(:Reading) } AS disputed ORDER BY id, source
WITH subject, said.value AS value, said.comparator AS comparator, said.unit AS unit, said.basis AS basis,
  said.value_status AS value_status, said.period AS period, said.as_of AS as_of,
  collect(DISTINCT source) AS articles, collect(id) AS statements, count(CASE WHEN disputed THEN 1 END) > 0 AS open,
  subjects, base_unit, base_status, base_time, group
WITH *, coalesce(period, left(as_of, 4), '') AS time, split(coalesce(period, as_of, '9999'), '/') AS ends,
  coalesce(subject.extent_changed_on, '0000') AS changed_on,
  any(whole IN [(subject)-[:PART_OF|LOCATED_IN|MERGED_INTO*1..3]->(body:Entity) | body.id]
    WHERE whole IN subjects AND whole <> subject.id) AS inside
WITH *, ends[0] + substring('0000-01-01', size(ends[0])) AS first_day,
  ends[size(ends) - 1] + substring('0000-12-31', size(ends[size(ends) - 1])) AS last_day
WITH *, [note IN [
    CASE WHEN unit <> base_unit THEN 'other unit' ELSE '' END,
    CASE WHEN value_status <> base_status THEN value_status + ', not ' + base_status ELSE '' END,
    CASE WHEN time <> base_time THEN 'other period' ELSE '' END,
    CASE WHEN last_day < changed_on OR last_day < subject.abolished_on THEN 'before the merger' ELSE '' END,
    CASE WHEN first_day < changed_on AND last_day >= changed_on THEN 'begun before the merger' ELSE '' END,
    CASE WHEN subject.abolished_on IS NOT NULL AND last_day >= subject.abolished_on THEN 'unit abolished' ELSE '' END,
    CASE WHEN inside THEN 'part of another unit' ELSE '' END,
    CASE WHEN comparator IN ['more than', 'at least'] AND any(other IN group WHERE other.subject <> subject.id
        AND other.value > value) OR comparator IN ['less than', 'at most'] AND any(other IN group
        WHERE other.subject <> subject.id AND other.value < value) THEN 'a bound: its place is open' ELSE '' END,
    CASE WHEN open THEN 'disputed value' ELSE '' END] WHERE note <> ''] AS caution
RETURN subject.id AS subject, subject.name AS subject_name, comparator, value, unit, value_status, period, as_of, basis,
  articles, caution, statements, true AS told, value_status = 'actual' AS actual, size(caution) = 0 AS comparable
ORDER BY CASE WHEN $order = 'ascending' THEN value ELSE -value END, subject, period, as_of, statements[0]
