/*
title: Ranking by an indicator
topic: numbers
question:
  en: How do entities rank by an indicator, and which of the values are comparable?
  vi: Giá trị của một chỉ số ở từng chủ thể, xếp theo thứ tự, và những giá trị nào so sánh được với nhau?
asks: {needs: [indicators], covers: [rank, order, count, Province, number, amount, exist, compare, Organisation]}
params:
  indicator:
    {type: string, values_of: indicators, required: true, help: the indicator, vi: chỉ số}
  order:
    type: string
    values: {descending: {en: largest first, vi: lớn nhất trước}, ascending: {en: smallest first, vi: nhỏ nhất trước}}
    default: descending
    help: order of the values; neither end is considered better
    vi: thứ tự giá trị; không nói đầu nào tốt hơn
returns:
  subject:             {type: entity, help: entity that the number is about, vi: chủ thể của số liệu}
  subject_name:        {help: its name, vi: tên chủ thể}
  comparator:          {help: 'whether the number is exact, approximate or a bound', vi: 'số chính xác, gần đúng hay là giới hạn'}
  value:               {type: value, help: the number, vi: giá trị}
  unit:                {help: its unit, vi: đơn vị}
  value_status:        {help: 'actual, target or planned', vi: 'thực tế, mục tiêu hay kế hoạch'}
  period:              {type: date, help: 'period or date of the number, if stated', vi: 'kỳ hoặc ngày của số liệu, nếu có nêu'}
  as_of:               {type: date, help: date on which it held, vi: tính đến ngày}
  basis:               {help: 'how we know it: stated, inferred or context', vi: mức căn cứ}
  articles:            {type: entities, help: articles that state it, vi: các bài nêu số liệu}
  comparability_notes: {type: strings, help: why the value is not comparable with the largest group of similar values, vi: lý do không nên so sánh với nhóm giá trị cùng loại lớn nhất}
  statements:          {type: statements, help: statements that support the row, vi: các thông tin làm căn cứ}
  has_value:           {type: boolean, help: a value of this indicator is stated, vi: có nêu số liệu của chỉ số này, not: no value is stated, not_vi: không nêu số liệu}
  is_actual:           {type: boolean, help: 'the value is actual, not a target or plan', vi: 'số liệu thực tế, không phải mục tiêu hay kế hoạch', not: the value is a target or planned, not_vi: số liệu là mục tiêu hoặc kế hoạch}
  is_comparable:       {type: boolean, help: 'unit, status and period match the largest group (actual values first, then the newest), and there are no notes', vi: 'đơn vị, tình trạng và kỳ trùng với nhóm lớn nhất (ưu tiên số thực tế, rồi kỳ mới nhất) và không có lưu ý nào', not: see the comparability notes, not_vi: xem phần lưu ý}
conditions: [has_value, is_actual, is_comparable]
example: {indicator: st_enterprises}
expect:
  rows: 3
  has:
    - {subject: 'province:ho-chi-minh', comparator: more than, value: 140, articles: ['article:003', 'article:004']}
    - {subject: 'province:dong-nai', comparator: '=', value: 16, articles: ['article:001']}
    - {subject: 'province:lam-dong', comparator: '=', value: 14, articles: ['article:001']}
*/
CALL () {
  MATCH (:Measurement {indicator: $indicator})-[:SUBJECT]->(entity:Entity)
  RETURN collect(DISTINCT entity.id) AS subjects
}
CALL () {
  MATCH (measurement:Measurement {indicator: $indicator})-[:SUBJECT]->(entity:Entity)
  WITH measurement.unit AS base_unit, measurement.value_status AS base_status, count(DISTINCT entity.id) AS size,
    coalesce(measurement.period, left(measurement.as_of, 4), '') AS base_period,
    collect({subject: entity.id, value: measurement.value}) AS group
  ORDER BY base_status = 'actual' DESC, size DESC, base_period DESC, base_unit, base_status LIMIT 1
  RETURN base_unit, base_status, base_period, group
}
MATCH (statement:Measurement {indicator: $indicator})-[:SUBJECT]->(subject:Entity)
OPTIONAL MATCH (statement)-[:STATED_IN]->(article:Article)
WITH *, statement.id AS id, article.id AS article_id, EXISTS { (statement)<-[:RESTS_ON]-(:Reading) } AS in_disagreement
  ORDER BY id, article_id
WITH subject, statement.value AS value, statement.comparator AS comparator, statement.unit AS unit, statement.basis AS basis,
  statement.value_status AS value_status, statement.period AS period, statement.as_of AS as_of,
  collect(DISTINCT article_id) AS articles, collect(id) AS statements,
  count(CASE WHEN in_disagreement THEN 1 END) > 0 AS is_disputed,
  subjects, base_unit, base_status, base_period, group
WITH *, coalesce(period, left(as_of, 4), '') AS period_key, split(coalesce(period, as_of, '9999'), '/') AS period_ends,
  coalesce(subject.extent_changed_on, '0000') AS changed_on,
  any(container_id IN [(subject)-[:PART_OF|LOCATED_IN|MERGED_INTO*1..3]->(container:Entity) | container.id]
    WHERE container_id IN subjects AND container_id <> subject.id) AS is_part
WITH *, period_ends[0] + substring('0000-01-01', size(period_ends[0])) AS first_day,
  period_ends[size(period_ends) - 1] + substring('0000-12-31', size(period_ends[size(period_ends) - 1])) AS last_day
WITH *, [note IN [
    CASE WHEN unit <> base_unit THEN 'other unit' ELSE '' END,
    CASE WHEN value_status <> base_status THEN value_status + ', not ' + base_status ELSE '' END,
    CASE WHEN period_key <> base_period THEN 'other period' ELSE '' END,
    CASE WHEN last_day < changed_on OR last_day < subject.abolished_on THEN 'before the merger' ELSE '' END,
    CASE WHEN first_day < changed_on AND last_day >= changed_on THEN 'begun before the merger' ELSE '' END,
    CASE WHEN subject.abolished_on IS NOT NULL AND last_day >= subject.abolished_on THEN 'unit abolished' ELSE '' END,
    CASE WHEN is_part THEN 'part of another unit' ELSE '' END,
    CASE WHEN comparator IN ['more than', 'at least'] AND any(member IN group WHERE member.subject <> subject.id
        AND member.value > value) OR comparator IN ['less than', 'at most'] AND any(member IN group
        WHERE member.subject <> subject.id AND member.value < value) THEN 'a bound: its place is open' ELSE '' END,
    CASE WHEN is_disputed THEN 'disputed value' ELSE '' END] WHERE note <> ''] AS comparability_notes
RETURN subject.id AS subject, subject.name AS subject_name, comparator, value, unit, value_status, period, as_of, basis,
  articles, comparability_notes, statements, true AS has_value, value_status = 'actual' AS is_actual,
  size(comparability_notes) = 0 AS is_comparable
ORDER BY CASE WHEN $order = 'ascending' THEN value ELSE -value END, subject, period, as_of, statements[0]
