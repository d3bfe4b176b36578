/*
title: Plans, proposals, targets and goals by date
topic: claims
question:
  en: What is planned, proposed or aimed at, by whom and by when?
  vi: Ai dự kiến, đề xuất hoặc đặt mục tiêu gì, và đến khi nào?
asks: {needs: [plan|due|propose|statuses, due|#date], covers: [when, timeline, Province, exist, who, statuses, propose, consider, goal, target, plan, due]}
params:
  province:
    {type: entity, values_of: Province, help: 'only what this province, its agencies, or places and organisations in it intend', vi: 'chỉ những gì tỉnh này, cơ quan của tỉnh, địa điểm hoặc tổ chức ở tỉnh định làm'}
  until:
    {type: date, help: 'only what is due by then; what has no date is then a near miss', vi: 'chỉ những gì đến hạn trước hoặc vào lúc này; điều không nêu thời hạn chỉ được coi là đáp ứng một phần'}
  status:
    {type: string, several: true, values_of: PLANS.statuses, help: 'only this status; targets and goals count as planned', vi: 'chỉ tình trạng này; chỉ tiêu và mục tiêu được coi là dự kiến'}
returns:
  kind:         {help: 'plan, proposal, target (a target or planned number) or goal', vi: 'kế hoạch, đề xuất, chỉ tiêu (số liệu mục tiêu hoặc kế hoạch) hay mục tiêu'}
  provinces:    {type: entities, help: 'current province or city of the actor, or of who has or plans what the number is about', vi: 'tỉnh, thành phố hiện nay của chủ thể, hoặc của bên có hay dự kiến đối tượng của số liệu'}
  actor:        {type: entity, help: 'who intends it; of a target, what the number is about', vi: 'bên dự kiến; với chỉ tiêu là chủ thể của số liệu'}
  actor_name:   {help: its name, vi: tên}
  predicate:    {help: 'predicate, indicator or type of claim', vi: 'quan hệ, chỉ số hoặc loại nhận định'}
  object:       {type: entity, help: object of the plan or proposal, vi: đối tượng}
  object_name:  {help: its name, vi: tên đối tượng}
  alternatives: {type: entities, help: 'what it may be instead, if the source says either … or', vi: 'phương án thay thế, nếu nguồn nêu hoặc … hoặc'}
  comparator:   {help: 'whether the number is exact, approximate or a bound', vi: 'số chính xác, gần đúng hay là giới hạn'}
  value:        {type: value, help: the number, vi: giá trị}
  unit:         {help: its unit, vi: đơn vị}
  gloss:        {help: our own words for the first passage, vi: diễn giải của chúng tôi bằng tiếng Anh}
  gloss_vi:     {help: the same in Vietnamese, vi: diễn giải của chúng tôi}
  status:       {help: stage it has reached, vi: tình trạng}
  due:          {type: date, help: 'by when it is to be so, if stated', vi: 'thời hạn, nếu có nêu'}
  period:       {type: date, help: 'period of a target, if stated', vi: 'kỳ của chỉ tiêu, nếu có nêu'}
  basis:        {help: 'how we know it: stated, inferred or context', vi: mức căn cứ}
  as_of:        {type: date, help: date on which it held, vi: tính đến ngày}
  disputed:     {type: boolean, help: it is part of a disagreement, vi: chưa thống nhất}
  articles:     {type: entities, help: articles that state it, vi: các bài nêu}
  statements:   {type: statements, help: statements that support the row, vi: các thông tin làm căn cứ}
  is_planned:   {type: boolean, help: 'no reading says that it exists, and nobody else has issued or has it', vi: 'không nguồn nào cho là đã có, cũng chưa do bên nào khác ban hành hay có', not: 'it may already exist, is past, unclear or cancelled', not_vi: 'có thể đã có, đã qua, chưa rõ hoặc đã hủy bỏ'}
  due_in_time:  {type: boolean, help: it is due by the date, vi: đến hạn trước hoặc vào ngày yêu cầu, not: no date is stated, not_vi: không nêu thời hạn}
conditions: [is_planned, due_in_time]
example: {until: '2030'}
expect:
  rows: {at_least: 3}
  has:
    - {kind: target}
  never:
    - {status: existing}
*/
CALL () {
  MATCH (actor:Entity)-[edge]->(object:Entity)
  WHERE type(edge) IN ['PLANS', 'PROPOSES'] OR (edge.status IN $planned
    AND NOT type(edge) IN ['LOCATED_IN', 'HAS_SITE_IN', 'LAUNCHED_IN', 'PART_OF'])
  WITH actor, edge, object, coalesce(edge.status, 'unclear') AS status
  RETURN CASE WHEN type(edge) = 'PROPOSES' THEN 'proposal' ELSE 'plan' END AS kind, actor, type(edge) AS predicate,
    object.id AS object_id, object.name AS object_name, coalesce(edge.alternative, []) AS alternatives,
    null AS comparator, null AS value, null AS unit, status, edge.due AS due, null AS period, edge.basis AS basis,
    edge.as_of AS as_of, edge.statements AS statements, size(coalesce(edge.disagreements, [])) > 0 AS disputed,
    status IN $planned AND NOT (type(edge) IN ['PLANS', 'PROPOSES'] AND (coalesce(object.status, 'planned') IN $in_force + $ended
      OR EXISTS { MATCH (object)<-[issue:ISSUED]-(:Entity) WHERE issue.status IN $in_force + $ended })) AS is_planned
  UNION ALL
  MATCH (statement:Statement)-[:SUBJECT]->(actor:Entity)
  WHERE statement.value_status IN ['target', 'planned'] OR statement.claim_type = 'goal'
  OPTIONAL MATCH (statement)-[:STATED_IN]->(article:Article)
  WITH statement, actor, statement.id AS statement_id, coalesce(article.same_text, article.id, statement.id) AS text_id,
    CASE WHEN statement.kind = 'claim' THEN statement.gloss ELSE '' END AS claim,
    CASE WHEN EXISTS { (statement)<-[:RESTS_ON]-(:Reading) } THEN 1 ELSE 0 END AS in_disagreement
  ORDER BY statement_id
  WITH actor, text_id, claim, statement.kind AS statement_kind, statement.indicator AS indicator,
    statement.comparator AS comparator, statement.value AS value, statement.unit AS unit,
    coalesce(statement.status, 'planned') AS status, statement.due AS due, statement.period AS period,
    statement.scope AS scope, statement.basis AS basis, max(statement.as_of) AS as_of,
    collect(statement_id) AS statements, sum(in_disagreement) > 0 AS disputed
  RETURN CASE WHEN statement_kind = 'claim' THEN 'goal' ELSE 'target' END AS kind, actor,
    coalesce(indicator, 'goal') AS predicate, null AS object_id, null AS object_name, [] AS alternatives,
    comparator, value, unit, status, due, period, basis, as_of, statements, disputed, status IN $planned AS is_planned
}
WITH *, split(coalesce(due, period, ''), '/') AS ends
WITH *, CASE WHEN last(ends) IN ['', '..'] THEN null ELSE last(ends) + substring('0000-12-31', size(last(ends))) END AS last_day
WHERE ($until IS NULL OR last_day IS NULL OR last_day <= $until + substring('0000-12-31', size($until)))
  AND ($status IS NULL OR status IN $status OR status IN $uncertain)
WITH *, COLLECT {
    CALL (actor) {
      MATCH location_path = (actor)-[:PART_OF|LOCATED_IN|HAS_SITE_IN*0..3]->(province:Province)
      WHERE all(step IN relationships(location_path) WHERE NOT coalesce(step.status, 'unclear') IN $ended + $cancelled + ['disputed'])
      RETURN province
      UNION
      MATCH (actor)<-[:HAS|PLANS|PROPOSES]-(owner:Entity)
      MATCH membership_path = (owner)-[:PART_OF*0..2]->(province:Province)
      WHERE all(step IN relationships(membership_path) WHERE coalesce(step.status, 'unclear') IN $in_force + ['unclear'])
      RETURN province
    }
    WITH DISTINCT province.id AS province_id, province.abolished_on AS abolished_on
    WHERE abolished_on IS NULL
    RETURN province_id ORDER BY province_id
  } AS provinces
WHERE $province IS NULL OR $province IN provinces
UNWIND statements AS statement_id
MATCH (statement:Statement {id: statement_id})
OPTIONAL MATCH (statement)-[:STATED_IN]->(article:Article)
WITH *, article.id AS article_id
ORDER BY article_id, statement_id
WITH kind, provinces, actor, predicate, object_id, object_name, alternatives, comparator, value, unit, status, due, period, basis,
  as_of, disputed, statements, is_planned, last_day, collect(statement.gloss) AS glosses,
  collect(statement.gloss_vi) AS glosses_vi, collect(DISTINCT article_id) AS articles
RETURN kind, provinces, actor.id AS actor, actor.name AS actor_name, predicate, object_id AS object, object_name, alternatives,
  comparator, value, unit, glosses[0] AS gloss, glosses_vi[0] AS gloss_vi, status, due, period, basis, as_of, disputed,
  articles, statements, is_planned,
  CASE WHEN $until IS NULL THEN true ELSE last_day IS NOT NULL END AS due_in_time
ORDER BY coalesce(last_day, '9999'), kind, actor, predicate, object, statements[0]
