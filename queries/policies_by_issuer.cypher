/*
title: Policies by issuer
topic: policies
question:
  en: Which policies has a body issued, of which kind, with which number and when?
  vi: Một cơ quan đã ban hành những chính sách nào, thuộc loại gì, số hiệu nào và ban hành khi nào?
params:
  issuer:
    {type: entity, values_of: [Agency, Province], help: 'only this body, with the bodies that are part of it', vi: 'chỉ cơ quan này, kể cả các cơ quan trực thuộc'}
  policy_kind:
    {type: string, several: true, values_of: Policy.kind, default: any, help: kind of policy asked for, vi: loại chính sách}
returns:
  policy:        {type: entity, help: the policy, vi: chính sách}
  policy_name:   {help: its name, vi: tên chính sách}
  policy_kind:   {help: its kind, vi: loại chính sách}
  number:        {help: its number, vi: số hiệu}
  issued_on:     {type: date, help: 'day, month or year of issue, where one is known', vi: 'ngày, tháng hoặc năm ban hành, nếu biết'}
  relation:      {help: 'what the body does: issued, plans or proposes it', vi: 'quan hệ của cơ quan: ban hành (ISSUED), dự kiến (PLANS) hoặc đề xuất (PROPOSES)'}
  issuer:        {type: entity, help: the body, vi: cơ quan}
  issuer_name:   {help: name of the body, vi: tên cơ quan}
  status:        {help: how far the issuing is, vi: tình trạng ban hành}
  basis:         {help: how firmly it is said, vi: mức căn cứ}
  articles:      {type: integer, help: 'articles that say so; 0 where only a reference table does', vi: 'số bài báo; 0 nếu chỉ có bảng tra cứu'}
  tied_to:       {type: entities, help: who implements or runs it, vi: bên thực hiện hoặc vận hành}
  statements:    {type: statements, help: what the row rests on, vi: các phát biểu làm căn cứ}
  issuer_stated: {type: boolean, help: 'it is said who issued, plans or proposes it', vi: 'có nêu cơ quan ban hành, dự kiến hoặc đề xuất', not: 'who issued it is not stated', not_vi: 'không nêu cơ quan ban hành'}
  by_it:         {type: boolean, help: 'by the body asked for, or a part of it', vi: 'do cơ quan được hỏi hoặc cơ quan trực thuộc', not: 'by another body; the one asked for implements or runs it', not_vi: 'do cơ quan khác; cơ quan được hỏi thực hiện hoặc vận hành'}
  issued:        {type: boolean, help: 'it is issued; planned, proposed, approved, disputed and unclear do not count', vi: 'đã ban hành; không tính khi mới dự kiến, đề xuất, phê duyệt, còn mâu thuẫn hoặc chưa rõ', not: 'not issued by it', not_vi: 'chưa được cơ quan đó ban hành'}
  kind_as_asked: {type: boolean, help: the policy is of a kind asked for, vi: đúng loại chính sách yêu cầu, not: 'the policy is of another kind', not_vi: 'chính sách thuộc loại khác'}
conditions: [issuer_stated, by_it, issued, kind_as_asked]
example: {issuer: 'province:dong-nai'}
expect:
  has:
    - {policy: 'policy:469-kh-tu-dong-nai', issuer: 'province:dong-nai', policy_kind: plan, number: 469-KH/TU}
    - {policy: 'policy:92-kh-ubnd-dong-nai', issuer: 'province:dong-nai', policy_kind: plan, number: 92/KH-UBND}
  near:
    - {policy: 'policy:57-nq-tw', issuer: 'agency:politburo', fails: [by_it]}
  never:
    - {policy: 'policy:57-nq-tw'}
    - {policy: 'policy:1919-qd-ubnd-quang-ninh'}
*/
MATCH (policy:Policy)
OPTIONAL MATCH (policy)<-[tie:ISSUED|PLANS|PROPOSES]-(issuer:Entity)
WITH policy, tie, issuer, coalesce(tie.status, 'unclear') AS status,
  COLLECT { MATCH (policy)<-[:IMPLEMENTS|OPERATES]-(other:Entity) RETURN other.id AS other ORDER BY other } AS tied_to,
  $issuer IS NULL OR (issuer IS NOT NULL AND (issuer.id = $issuer OR EXISTS {
    MATCH way = (issuer)-[:PART_OF*1..3]->(:Entity {id: $issuer})
    WHERE all(step IN relationships(way) WHERE NOT coalesce(step.status, 'unclear') IN ['planned', 'past', 'disputed'])
  })) AS own
// What others issued, or nobody is said to have issued, is worth a line to a body that implements or runs it.
WHERE own OR $issuer IN tied_to
RETURN policy.id AS policy, policy.name AS policy_name, policy.kind AS policy_kind, policy.number AS number,
  coalesce(policy.issued_on, tie.date) AS issued_on, CASE WHEN tie IS NULL THEN null ELSE type(tie) END AS relation,
  issuer.id AS issuer, issuer.name AS issuer_name, CASE WHEN tie IS NULL THEN null ELSE status END AS status,
  tie.basis AS basis, tie.articles AS articles, tied_to,
  CASE WHEN tie IS NOT NULL THEN tie.statements
    ELSE COLLECT {
      MATCH (policy)<-[:SUBJECT|OBJECT|ABOUT]-(s:Statement) WITH DISTINCT s.id AS said RETURN said ORDER BY said
    } END AS statements,
  issuer IS NOT NULL AS issuer_stated, CASE WHEN issuer IS NOT NULL THEN own END AS by_it,
  CASE WHEN tie IS NULL THEN null ELSE type(tie) = 'ISSUED' AND status IN ['existing', 'past'] END AS issued,
  coalesce(policy.kind IN $policy_kind, false) AS kind_as_asked
ORDER BY policy, issuer, relation
