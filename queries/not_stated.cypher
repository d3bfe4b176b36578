/*
title: What is not stated of a province
topic: provinces
question:
  en: What do the articles that speak of a province not state of it, and what is the nearest thing they do say?
  vi: Các bài báo có nói đến một tỉnh, thành phố không nêu điều gì về nơi đó, và điều gần nhất được nêu là gì?
params:
  province:
    {type: entity, values_of: Province, help: only this province or city of today, vi: 'chỉ tỉnh, thành phố này (hiện nay)'}
  question:
    type: string
    several: true
    default: any
    help: what is asked of each province
    vi: điều cần hỏi về mỗi tỉnh
    values:
      implements_policy: {en: does it implement the policy, vi: có thực hiện chính sách không}
      venture_capital_fund: {en: has it a venture capital fund, vi: có quỹ đầu tư mạo hiểm không}
      st_development_fund: {en: has it a science and technology development fund, vi: có quỹ phát triển khoa học và công nghệ không}
      fund_size: {en: how large is its fund, vi: quy mô quỹ là bao nhiêu}
      department_head: {en: who heads its department of science and technology, vi: ai đứng đầu Sở KH&CN của tỉnh}
      innovation_centre: {en: has it an innovation centre, vi: có trung tâm đổi mới sáng tạo không}
  policy:
    {type: entity, values_of: Policy, default: 'policy:57-nq-tw', help: the policy of the first question, vi: chính sách của câu hỏi đầu tiên}
returns:
  province:      {type: entity, help: the province or city of today, vi: 'tỉnh, thành phố hiện nay'}
  province_name: {help: its name, vi: 'tên tỉnh, thành phố'}
  question:      {help: what is asked of it, vi: điều được hỏi}
  stated:        {type: boolean, help: 'an article states it: as existing, in force or held, not as planned, past, disputed or context', vi: 'có bài nêu rõ: đang có, đang hiệu lực hoặc đang giữ; không tính khi mới dự kiến, đã qua, còn mâu thuẫn hoặc chỉ theo bối cảnh'}
  answer:        {help: the answer in words, vi: câu trả lời}
  articles:      {type: integer, help: articles that speak of the province, vi: số bài có nói đến tỉnh}
  nearest:       {type: entities, help: the nearest known facts; where it is stated, vi: những điều gần nhất được biết; nếu đã nêu thì chính là điều đó}
  statements:    {type: statements, help: what the nearest facts rest on, vi: các phát biểu làm căn cứ}
  spoken_of:     {type: boolean, help: an article speaks of the province, vi: có bài nói đến tỉnh, not: no article speaks of it, not_vi: không bài nào nói đến}
  not_stated:    {type: boolean, help: no article states it, vi: không bài nào nêu, not: it is stated, not_vi: đã được nêu}
conditions: [spoken_of, not_stated]
example: {question: [venture_capital_fund, department_head]}
expect:
  rows: {at_least: 15}
  near_misses: 1
  has:
    - {province: 'province:quang-ninh', question: venture_capital_fund, articles: 2, nearest: ['fund:quang-ninh-venture-capital']}
    - {province: 'province:dong-nai', question: venture_capital_fund, nearest: ['fund:dong-nai-st-development']}
    - {province: 'province:thai-nguyen', question: venture_capital_fund, nearest: [], statements: []}
    - {province: 'province:dong-nai', question: department_head, nearest: ['person:vo-hoang-khai']}
  near:
    - {province: 'province:ho-chi-minh', question: department_head, nearest: ['person:lam-dinh-thang'], fails: [not_stated]}
  never:
    - {province: 'province:ho-chi-minh', question: department_head}
    - {province: 'province:binh-duong'}
*/
MATCH (province:Province)
WHERE province.abolished_on IS NULL AND ($province IS NULL OR province.id = $province)
CALL (province) {
  OPTIONAL MATCH (article:Article)-[:MENTIONS]->(province)
  RETURN article.id AS source
  UNION
  OPTIONAL MATCH (province)<-[:SUBJECT|OBJECT|ABOUT]-(:Statement)-[:STATED_IN]->(article:Article)
  RETURN article.id AS source
}
WITH province, count(DISTINCT source) AS articles
WHERE articles > 0 OR $province IS NOT NULL
CALL (province) {
  OPTIONAL MATCH (province)-[tie:IMPLEMENTS]->(policy:Policy)
  RETURN 'implements_policy' AS question, policy.id AS fact, tie.statements AS told, policy.id = $policy
    AND NOT tie.status IN ['planned', 'past', 'disputed'] AND tie.basis IN ['stated', 'inferred'] AS fits
  UNION ALL
  OPTIONAL MATCH whole = (province)<-[:PART_OF*0..2]-(actor:Entity),
    (actor)-[own:OPERATES|PLANS|PROPOSES|SUPPORTS]->(thing:Fund|Centre)
  WHERE all(body IN tail(nodes(whole)) WHERE body:Agency)
    AND all(step IN relationships(whole) WHERE NOT coalesce(step.status, 'unclear') IN ['planned', 'past', 'disputed'])
  WITH thing, own, type(own) = 'OPERATES' AND own.status = 'existing' AND own.basis IN ['stated', 'inferred'] AS there
  OPTIONAL MATCH (thing)<-[:SUBJECT]-(size:Measurement)
  WHERE size.unit IN ['VND', 'USD'] AND (size.indicator CONTAINS 'capital' OR size.indicator CONTAINS 'size')
  UNWIND ['venture_capital_fund', 'st_development_fund', 'fund_size', 'innovation_centre'] AS question
  WITH question, thing, own, there, size,
    (question = 'innovation_centre') = coalesce(thing:Centre, false) AS of_kind
  RETURN question, CASE WHEN of_kind THEN thing.id END AS fact,
    CASE WHEN NOT of_kind THEN null WHEN question = 'fund_size' AND size IS NOT NULL THEN own.statements + [size.id]
      ELSE own.statements END AS told,
    of_kind AND there AND CASE WHEN question = 'fund_size' THEN size.value_status = 'actual' AND size.basis <> 'reference'
      ELSE thing.kind + CASE WHEN thing:Fund THEN '_fund' ELSE '' END = question END AS fits
  UNION ALL
  OPTIONAL MATCH (province)<-[tie:LOCATED_IN|HAS_SITE_IN|PART_OF]-(centre:Centre)
  RETURN 'innovation_centre' AS question, centre.id AS fact, tie.statements AS told, centre.kind = 'innovation_centre'
    AND centre.status = 'existing' AND tie.status = 'existing' AND tie.basis IN ['stated', 'inferred'] AS fits
  UNION ALL
  OPTIONAL MATCH (province)<-[:SUBJECT]-(money:Measurement)
  WHERE money.unit IN ['VND', 'USD']
  RETURN 'fund_size' AS question, null AS fact, CASE WHEN money IS NULL THEN null ELSE [money.id] END AS told,
    false AS fits
  UNION ALL
  OPTIONAL MATCH whole = (province)<-[:PART_OF*1..2]-(agency:Agency), (agency)<-[role:HOLDS_ROLE]-(person:Person)
  WHERE all(body IN tail(nodes(whole)) WHERE body:Agency)
    AND all(step IN relationships(whole) WHERE NOT coalesce(step.status, 'unclear') IN ['planned', 'past', 'disputed'])
  RETURN 'department_head' AS question, person.id AS fact, role.statements AS told, role.head
    AND NOT role.status IN ['past', 'disputed'] AND role.basis IN ['stated', 'inferred'] AND agency.kind = 'department'
    AND agency.search CONTAINS 'khoa hoc va cong nghe' AND length(whole) = 1 AS fits
}
WITH DISTINCT province, articles, question, fact, told, coalesce(fits, false) AS fits
WHERE question IN $question
WITH *, coalesce(fact, '') AS first_key, reduce(all = '', id IN coalesce(told, []) | all + id) AS second_key
ORDER BY question, first_key, second_key
WITH province, articles, question, count(CASE WHEN fits THEN 1 END) > 0 AS stated,
  collect({fact: fact, told: coalesce(told, []), fits: fits}) AS facts
WITH *, [one IN facts WHERE one.fits = stated] AS near
RETURN province.id AS province, province.name AS province_name, question, stated,
  CASE WHEN stated THEN 'stated' WHEN articles = 0 THEN 'not stated: no article speaks of it'
    ELSE 'not stated in the ' + toString(articles) + CASE articles WHEN 1 THEN ' article that speaks of it'
    ELSE ' articles that speak of it' END END AS answer, articles,
  reduce(all = [], one IN near | CASE WHEN one.fact IS NULL OR one.fact IN all THEN all ELSE all + one.fact END)
    AS nearest,
  reduce(all = [], one IN near | all + [id IN one.told WHERE NOT id IN all]) AS statements,
  articles > 0 AS spoken_of, NOT stated AS not_stated
ORDER BY province, question
