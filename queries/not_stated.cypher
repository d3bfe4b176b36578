/*
title: What is not stated about a province
topic: provinces
question:
  en: What do the articles that mention a province not state about it, and what is the closest thing they do state?
  vi: Các bài báo có nói đến một tỉnh, thành phố không nêu điều gì về nơi đó, và điều gần nhất được nêu là gì?
asks: {needs: [not_stated], covers: [Province, question, Article, speak, statement, exist]}
params:
  province:
    {type: entity, values_of: Province, help: only this current province or city, vi: 'chỉ tỉnh, thành phố này (hiện nay)'}
  question:
    type: string
    several: true
    default: any
    help: questions about each province
    vi: điều cần hỏi về mỗi tỉnh
    values:
      implements_policy: {en: does it implement the policy, vi: có thực hiện chính sách không}
      venture_capital_fund: {en: does it have a venture capital fund, vi: có quỹ đầu tư mạo hiểm không}
      st_development_fund: {en: does it have a science and technology development fund, vi: có quỹ phát triển khoa học và công nghệ không}
      fund_size: {en: how large is its fund, vi: quy mô quỹ là bao nhiêu}
      department_head: {en: who heads its department of science and technology, vi: ai đứng đầu Sở KH&CN của tỉnh}
      innovation_centre: {en: does it have an innovation centre, vi: có trung tâm đổi mới sáng tạo không}
  policy:
    {type: entity, values_of: Policy, default: 'policy:57-nq-tw', help: the policy of the first question, vi: chính sách của câu hỏi đầu tiên}
returns:
  province:         {type: entity, help: the current province or city, vi: 'tỉnh, thành phố hiện nay'}
  province_name:    {help: its name, vi: 'tên tỉnh, thành phố'}
  question:         {help: the question, vi: điều được hỏi}
  is_stated:        {type: boolean, help: 'it is stated as existing, in force or held, not as planned, past, disputed or only from the context', vi: 'được nêu là đang có, đang hiệu lực hoặc đang giữ; không tính khi mới dự kiến, đã qua, chưa thống nhất hoặc chỉ theo bối cảnh'}
  answer:           {help: the answer in words, vi: câu trả lời}
  articles:         {type: integer, help: number of articles that mention the province, vi: số bài có nói đến tỉnh}
  disputed:         {type: boolean, help: sources or readings disagree about one of the closest facts, vi: 'các nguồn hoặc cách hiểu chưa thống nhất về một điều gần nhất'}
  nearest_entities: {type: entities, help: 'closest known entities; if it is stated, the entities that it states', vi: những điều gần nhất được biết; nếu đã nêu thì chính là điều đó}
  statements:       {type: statements, help: statements that support the closest known facts, vi: các thông tin làm căn cứ}
  is_mentioned:     {type: boolean, help: an article mentions the province, vi: có bài nói đến tỉnh, not: no article mentions it, not_vi: không bài nào nói đến}
  not_stated:       {type: boolean, help: no article states it, vi: không bài nào nêu, not: it is stated, not_vi: đã được nêu}
conditions: [is_mentioned, not_stated]
example: {question: [venture_capital_fund, department_head]}
expect:
  rows: {at_least: 15}
  near_misses: 1
  has:
    - {province: 'province:quang-ninh', question: venture_capital_fund, articles: 2, nearest_entities: ['fund:quang-ninh-venture-capital']}
    - {province: 'province:dong-nai', question: venture_capital_fund, nearest_entities: ['fund:dong-nai-st-development']}
    - {province: 'province:thai-nguyen', question: venture_capital_fund, nearest_entities: [], statements: []}
    - {province: 'province:dong-nai', question: department_head, nearest_entities: ['person:vo-hoang-khai']}
  near:
    - {province: 'province:ho-chi-minh', question: department_head, nearest_entities: ['person:lam-dinh-thang'], fails: [not_stated]}
  never:
    - {province: 'province:ho-chi-minh', question: department_head}
    - {province: 'province:binh-duong'}
*/
MATCH (province:Province)
WHERE province.abolished_on IS NULL AND ($province IS NULL OR province.id = $province)
CALL (province) {
  OPTIONAL MATCH (article:Article)-[:MENTIONS]->(province)
  RETURN article.id AS article_id
  UNION
  OPTIONAL MATCH (province)<-[:SUBJECT|OBJECT|ABOUT]-(:Statement)-[:STATED_IN]->(article:Article)
  RETURN article.id AS article_id
}
WITH province, count(DISTINCT article_id) AS articles
WHERE articles > 0 OR $province IS NOT NULL
CALL (province) {
  OPTIONAL MATCH (province)-[edge:IMPLEMENTS]->(policy:Policy)
  RETURN 'implements_policy' AS question, policy.id AS entity_id, edge.statements AS statement_ids, policy.id = $policy
    AND edge.holds AS is_answer, edge.disagreements IS NOT NULL AS in_disagreement
  UNION ALL
  OPTIONAL MATCH membership_path = (province)<-[:PART_OF*0..2]-(actor:Entity),
    (actor)-[actor_edge:HAS|PLANS|PROPOSES|SUPPORTS]->(instrument:Fund|Centre)
  WHERE all(node IN tail(nodes(membership_path)) WHERE node:Agency)
    AND all(step IN relationships(membership_path) WHERE step.holds)
  WITH instrument, actor_edge, type(actor_edge) = 'HAS' AND actor_edge.holds AS is_there
  OPTIONAL MATCH (instrument)<-[:SUBJECT]-(amount:Measurement)
  WHERE amount.unit IN ['VND', 'USD'] AND (amount.indicator CONTAINS 'capital' OR amount.indicator CONTAINS 'size')
  UNWIND ['venture_capital_fund', 'st_development_fund', 'fund_size', 'innovation_centre'] AS question
  WITH question, instrument, actor_edge, is_there, amount,
    (question = 'innovation_centre') = coalesce(instrument:Centre, false) AS kind_fits
  RETURN question, CASE WHEN kind_fits THEN instrument.id END AS entity_id,
    CASE WHEN NOT kind_fits THEN null WHEN question = 'fund_size' AND amount IS NOT NULL
      THEN actor_edge.statements + [amount.id]
      ELSE actor_edge.statements END AS statement_ids,
    kind_fits AND is_there AND CASE WHEN question = 'fund_size'
      THEN amount.value_status = 'actual' AND amount.basis <> 'reference'
      ELSE instrument.kind + CASE WHEN instrument:Fund THEN '_fund' ELSE '' END = question END AS is_answer,
    kind_fits AND actor_edge.disagreements IS NOT NULL AS in_disagreement
  UNION ALL
  OPTIONAL MATCH location_path = (province)<-[:LOCATED_IN|HAS_SITE_IN|PART_OF*1..3]-(centre:Centre)
  WHERE all(node IN nodes(location_path)[1..-1] WHERE node:Place OR node:Organisation)
    AND all(step IN relationships(location_path)[..-1] WHERE step.holds)
    AND NOT EXISTS {
      MATCH membership_path = (province)<-[:PART_OF*0..2]-(actor:Entity), (actor)-[:HAS|PLANS|PROPOSES]->(centre)
      WHERE all(node IN tail(nodes(membership_path)) WHERE node:Agency)
        AND all(step IN relationships(membership_path) WHERE step.holds)
    }
  WITH centre, last(relationships(location_path)) AS edge
  RETURN 'innovation_centre' AS question, centre.id AS entity_id, edge.statements AS statement_ids,
    centre.kind = 'innovation_centre' AND edge.holds AND NOT edge.status IN $planned + $ended + $cancelled + ['disputed']
      AND coalesce(centre.status, edge.status) IN $in_force AS is_answer, edge.disagreements IS NOT NULL AS in_disagreement
  UNION ALL
  OPTIONAL MATCH (province)<-[:SUBJECT]-(amount:Measurement)
  WHERE amount.unit IN ['VND', 'USD']
  RETURN 'fund_size' AS question, null AS entity_id, CASE WHEN amount IS NULL THEN null ELSE [amount.id] END AS statement_ids,
    false AS is_answer, EXISTS { (amount)<-[:RESTS_ON]-(:Reading) } AS in_disagreement
  UNION ALL
  OPTIONAL MATCH membership_path = (province)<-[:PART_OF*1..2]-(agency:Agency), (agency)<-[role:HOLDS_ROLE]-(person:Person)
  WHERE all(node IN tail(nodes(membership_path)) WHERE node:Agency)
    AND all(step IN relationships(membership_path) WHERE step.holds)
  RETURN 'department_head' AS question, person.id AS entity_id, role.statements AS statement_ids, role.head
    AND role.holds AND agency.kind = 'department'
    AND agency.search CONTAINS 'khoa hoc va cong nghe' AND length(membership_path) = 1 AS is_answer,
    role.disagreements IS NOT NULL AS in_disagreement
}
WITH DISTINCT province, articles, question, entity_id, statement_ids, coalesce(is_answer, false) AS is_answer,
  coalesce(in_disagreement, false) AS in_disagreement
WHERE question IN $question
WITH *, coalesce(entity_id, '') AS first_key, reduce(all = '', id IN coalesce(statement_ids, []) | all + id) AS second_key
ORDER BY question, first_key, second_key
WITH province, articles, question, count(CASE WHEN is_answer THEN 1 END) > 0 AS is_stated,
  collect({entity: entity_id, statements: coalesce(statement_ids, []), is_answer: is_answer,
    disputed: in_disagreement}) AS facts
WITH *, [item IN facts WHERE item.is_answer = is_stated] AS nearest_facts
RETURN province.id AS province, province.name AS province_name, question, is_stated,
  CASE WHEN is_stated THEN 'stated' WHEN articles = 0 THEN 'not stated: no article speaks of it'
    ELSE 'not stated in the ' + toString(articles) + CASE articles WHEN 1 THEN ' article that speaks of it'
    ELSE ' articles that speak of it' END END AS answer, articles,
  any(item IN nearest_facts WHERE item.disputed) AS disputed,
  reduce(all = [], item IN nearest_facts |
    CASE WHEN item.entity IS NULL OR item.entity IN all THEN all ELSE all + item.entity END) AS nearest_entities,
  reduce(all = [], item IN nearest_facts | all + [id IN item.statements WHERE NOT id IN all]) AS statements,
  articles > 0 AS is_mentioned, NOT is_stated AS not_stated
ORDER BY province, question
