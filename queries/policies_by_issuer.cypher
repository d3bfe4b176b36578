/*
title: Policies by issuer
topic: policies
question:
  en: Which policies has an agency or a province issued, of what kind, with what number and when?
  vi: Một cơ quan đã ban hành những chính sách nào, thuộc loại gì, số hiệu nào và ban hành khi nào?
asks: {needs: [issue|Policy|Policy.kind, '@Agency|@Province|issue'], covers: [who, Policy, Policy.kind, when, exist, number, name]}
params:
  issuer:
    {type: entity, values_of: [Agency, Province], help: issuing agency or province, vi: 'chỉ cơ quan này, kể cả các cơ quan trực thuộc'}
  policy_kind:
    {type: string, several: true, values_of: Policy.kind, default: any, help: kind of policy, vi: loại chính sách}
returns:
  policy:        {type: entity, help: the policy, vi: chính sách}
  policy_name:   {help: its name, vi: tên chính sách}
  policy_kind:   {help: its kind, vi: loại chính sách}
  subject:       {help: what it is about, vi: nội dung}
  number:        {help: its number, vi: số hiệu}
  issued_on:     {type: date, help: 'day, month or year of issue, if known', vi: 'ngày, tháng hoặc năm ban hành, nếu biết'}
  predicate:     {help: 'predicate: the issuer issued, plans or proposes it', vi: 'quan hệ của cơ quan: ban hành (ISSUED), dự kiến (PLANS) hoặc đề xuất (PROPOSES)'}
  issuers:       {type: entities, help: 'issuing agency or province; both if an article names one and another article the other', vi: 'cơ quan hoặc tỉnh ban hành; cả hai nếu các bài nêu khác nhau'}
  issuer_bases:  {type: strings, help: 'how we know it of each issuer, in their order: stated, inferred, context or reference', vi: 'mức căn cứ của từng bên ban hành, theo thứ tự'}
  status:        {help: status of the issue, vi: tình trạng ban hành}
  basis:         {help: 'how we know it: stated, inferred, context or reference', vi: mức căn cứ}
  disputed:      {type: boolean, help: sources or readings disagree about it, vi: 'các nguồn hoặc cách hiểu chưa thống nhất'}
  articles:      {type: integer, help: number of articles that state it; 0 if only a reference table does, vi: 'số bài báo; 0 nếu chỉ có bảng tra cứu'}
  implementers:  {type: entities, help: 'who implements it, explicitly or in its spirit, or has it', vi: 'bên thực hiện, nêu rõ hoặc theo tinh thần, hoặc có'}
  statements:    {type: statements, help: statements that support the row, vi: các thông tin làm căn cứ}
  issuer_stated: {type: boolean, help: 'it is stated who issued, plans or proposes it', vi: 'có nêu cơ quan ban hành, dự kiến hoặc đề xuất', not: who issued it is not stated, not_vi: 'không nêu cơ quan ban hành'}
  by_issuer:     {type: boolean, help: 'issued, planned or proposed by the requested issuer or a part of it', vi: 'do cơ quan được hỏi hoặc cơ quan trực thuộc', not: issued by another body; the requested one implements or has it, not_vi: 'do cơ quan khác; cơ quan được hỏi thực hiện hoặc có'}
  is_issued:     {type: boolean, help: 'it has been issued; planned, proposed, approved, disputed or unclear policies do not count', vi: 'đã ban hành; không tính khi mới dự kiến, đề xuất, phê duyệt, chưa thống nhất hoặc chưa rõ', not: the issuer has not issued it, not_vi: 'chưa được cơ quan đó ban hành'}
  kind_matches:  {type: boolean, help: the policy is of the requested kind, vi: đúng loại chính sách yêu cầu, not: the policy is of another kind, not_vi: 'chính sách thuộc loại khác'}
conditions: [issuer_stated, by_issuer, is_issued, kind_matches]
example: {issuer: 'province:dong-nai'}
expect:
  has:
    - {policy: 'policy:469-kh-tu-dong-nai', policy_kind: plan, number: 469-KH/TU}
    - {policy: 'policy:92-kh-ubnd-dong-nai', policy_kind: plan, number: 92/KH-UBND}
  near:
    - {policy: 'policy:57-nq-tw', issuers: ['agency:politburo'], fails: [by_issuer]}
  never:
    - {policy: 'policy:57-nq-tw'}
    - {policy: 'policy:1919-qd-ubnd-quang-ninh'}
*/
MATCH (policy:Policy)
OPTIONAL MATCH (policy)<-[edge:ISSUED|PLANS|PROPOSES]-(issuer:Entity)
WITH policy, edge, issuer, coalesce(edge.status, 'unclear') AS status,
  COLLECT {
    MATCH (policy)<-[implementation:IMPLEMENTS|HAS]-(implementer:Entity)
    WHERE implementation.holds
    WITH DISTINCT implementer.id AS implementer_id
    RETURN implementer_id ORDER BY implementer_id
  } AS implementers,
  $issuer IS NULL OR (issuer IS NOT NULL AND (issuer.id = $issuer OR EXISTS {
    MATCH membership_path = (issuer)-[:PART_OF*1..3]->(:Entity {id: $issuer})
    WHERE all(step IN relationships(membership_path) WHERE step.holds)
  })) AS matches_issuer
// Policies that others issued, or that have no stated issuer, are listed if the requested body implements or runs them.
WHERE matches_issuer OR $issuer IN implementers
WITH policy, implementers, edge, issuer, status, matches_issuer, issuer.id AS issuer_id,
  $in_force + $ended + $planned + $uncertain + $cancelled AS ranked_statuses,
  CASE WHEN edge IS NULL THEN null ELSE type(edge) END AS predicate
ORDER BY issuer_id
// A plan that two bodies issued according to the articles is one plan, at the furthest stage.
WITH policy, implementers, predicate, matches_issuer, collect(issuer_id) AS issuers, collect(edge) AS edges, collect(edge.basis) AS issuer_bases,
  max(edge.articles) AS articles, max(edge.date) AS date, max(CASE WHEN edge.holds THEN 1 ELSE 0 END) = 1 AS holds,
  min(head([index IN range(0, size(ranked_statuses) - 1) WHERE ranked_statuses[index] = status])) AS status_rank, ranked_statuses,
  min(head([index IN range(0, 3) WHERE ['stated', 'inferred', 'reference', 'context'][index] = edge.basis])) AS basis_rank
WITH *, ranked_statuses[status_rank] AS status
RETURN policy.id AS policy, policy.name AS policy_name, policy.kind AS policy_kind, policy.title AS subject,
  policy.number AS number,
  coalesce(policy.issued_on, date) AS issued_on, predicate, issuers, issuer_bases,
  CASE WHEN predicate IS NULL THEN null ELSE status END AS status,
  ['stated', 'inferred', 'reference', 'context'][basis_rank] AS basis,
  any(edge IN edges WHERE edge.disagreements IS NOT NULL) AS disputed, articles, implementers,
  CASE WHEN predicate IS NOT NULL THEN reduce(all = [], edge IN edges | all + edge.statements)
    ELSE COLLECT {
      MATCH (policy)<-[:SUBJECT|OBJECT|ABOUT]-(statement:Statement) WITH DISTINCT statement.id AS statement_id
        RETURN statement_id ORDER BY statement_id
    } END AS statements,
  predicate IS NOT NULL AS issuer_stated, CASE WHEN predicate IS NOT NULL THEN matches_issuer END AS by_issuer,
  CASE WHEN predicate IS NULL THEN null ELSE predicate = 'ISSUED' AND (holds OR status IN $ended) END AS is_issued,
  coalesce(policy.kind IN $policy_kind, false) AS kind_matches
ORDER BY policy, predicate, issuers[0]
