/*
title: Documents that make a policy concrete
topic: policies
question:
  en: Which documents make a policy concrete, who issued each of them, and who implements it?
  vi: Những văn bản nào cụ thể hóa một chính sách, do ai ban hành và ai thực hiện?
asks: {needs: [concretise|connected|issue, Policy|@Policy], covers: [issue, implement, who, Policy, Policy.kind, Agency]}
params:
  policy:
    {type: entity, values_of: Policy, default: 'policy:57-nq-tw', help: the policy at the top, vi: chính sách gốc}
returns:
  document:               {type: entity, help: the policy itself or a document that makes it concrete, vi: chính sách đó hoặc văn bản cụ thể hóa}
  document_name:          {help: its name, vi: tên văn bản}
  document_kind:          {help: its kind, vi: loại văn bản}
  number:                 {help: its number, vi: số hiệu}
  steps:                  {type: integer, help: '0 is the policy itself, 1 makes it concrete, 2 makes that concrete, and so on', vi: '0 là chính sách đó, 1 là văn bản cụ thể hóa, 2 là văn bản cụ thể hóa tiếp theo, v.v.'}
  intermediate_entities:  {type: entities, help: documents in between, vi: các văn bản ở giữa}
  statuses:               {type: strings, help: 'status of each step, from the document upwards', vi: 'tình trạng của từng bước, từ văn bản lên chính sách'}
  bases:                  {type: strings, help: basis of each step, vi: mức căn cứ của từng bước}
  issuers:                {type: entities, help: who issued it, vi: cơ quan đã ban hành}
  implementers:           {type: entities, help: 'who implements it, explicitly or in its spirit', vi: 'bên thực hiện, nêu rõ hoặc theo tinh thần'}
  uncertain_implementers: {type: entities, help: 'who implements it only as planned, in the past, in a disputed way, or by the context of an article', vi: 'bên mới dự kiến thực hiện, đã thôi, chưa thống nhất hoặc chỉ theo bối cảnh bài báo'}
  statements:             {type: statements, help: statements that support the row, vi: các thông tin làm căn cứ}
  in_family:              {type: boolean, help: it is the policy or leads to it, vi: là chính sách đó hoặc dẫn đến chính sách đó, not: it does not lead to the policy, not_vi: 'không dẫn đến chính sách đó'}
  in_force:               {type: boolean, help: 'no step is planned, past, disputed, unclear or known only from the context', vi: 'không bước nào mới dự kiến, đã qua, chưa thống nhất, chưa rõ hoặc chỉ biết theo bối cảnh', not: 'a step is planned, past, disputed, unclear or known only from the context', not_vi: 'mới dự kiến, đã qua, chưa thống nhất, chưa rõ hoặc chỉ biết theo bối cảnh'}
conditions: [in_family, in_force]
example: {policy: 'policy:57-nq-tw'}
expect:
  has:
    - {document: 'policy:469-kh-tu-dong-nai', steps: 1, statuses: [existing]}
    - {document: 'policy:57-nq-tw', steps: 0, issuers: ['agency:politburo']}
  never:
    - {document: 'policy:92-kh-ubnd-dong-nai'}
    - {document: 'policy:148-2018-quang-ninh'}
    - {document: 'policy:226-2025-qh15'}
*/
MATCH family_path = (:Entity {id: $policy})<-[:CONCRETISES*0..4]-(document:Policy)
WITH document, length(family_path) AS steps, reverse(relationships(family_path)) AS path_edges,
  reverse([node IN nodes(family_path) | node.id]) AS node_ids
OPTIONAL MATCH (document)<-[edge:ISSUED|IMPLEMENTS]-(actor:Entity)
WITH document, steps, path_edges, node_ids, edge.statements AS edge_statements, actor.id AS actor, type(edge) AS predicate,
  edge.holds AS holds, edge.status AS status
ORDER BY predicate, actor
WITH document, steps, path_edges, node_ids,
  collect(CASE WHEN predicate = 'ISSUED' AND (holds OR status IN $ended) THEN actor END) AS issuers,
  collect(CASE WHEN predicate = 'IMPLEMENTS' AND holds THEN actor END) AS implementers,
  collect(CASE WHEN predicate = 'IMPLEMENTS' AND NOT holds THEN actor END) AS uncertain_implementers,
  collect(edge_statements) AS statement_lists
WITH document, steps, path_edges, issuers, implementers, uncertain_implementers, statement_lists,
  tail(node_ids) AS ancestor_ids,
  [step IN path_edges | coalesce(step.status, 'unclear')] AS statuses,
  reduce(all = [], step IN path_edges | all + step.statements)
    + reduce(all = [], list IN statement_lists | all + list) AS statement_ids
RETURN document.id AS document, document.name AS document_name, document.kind AS document_kind,
  document.number AS number, steps, ancestor_ids[0..steps - 1] AS intermediate_entities, statuses,
  [step IN path_edges | step.basis] AS bases,
  issuers, implementers, uncertain_implementers,
  CASE WHEN size(statement_ids) > 0 THEN statement_ids ELSE COLLECT {
    MATCH (document)<-[:SUBJECT|OBJECT|ABOUT]-(statement:Statement) WITH DISTINCT statement.id AS statement_id
      RETURN statement_id ORDER BY statement_id
  } END AS statements,
  true AS in_family, all(step IN path_edges WHERE step.holds) AS in_force
ORDER BY steps, document, intermediate_entities
