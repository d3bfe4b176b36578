/*
title: Family of a policy
topic: policies
question:
  en: What makes a policy concrete, who issued each document, and who implements it?
  vi: Những văn bản nào cụ thể hóa một chính sách, do ai ban hành và ai thực hiện?
params:
  policy:
    {type: entity, values_of: Policy, default: 'policy:57-nq-tw', help: the policy at the top, vi: chính sách gốc}
returns:
  document:         {type: entity, help: 'the policy itself or a document that makes it concrete', vi: chính sách đó hoặc văn bản cụ thể hóa}
  document_name:    {help: its name, vi: tên văn bản}
  document_kind:    {help: its kind, vi: loại văn bản}
  number:           {help: its number, vi: số hiệu}
  steps:            {type: integer, help: '0 is the policy itself, 1 makes it concrete, 2 makes that concrete, and so on', vi: '0 là chính sách đó, 1 là văn bản cụ thể hóa, 2 là văn bản cụ thể hóa tiếp theo, v.v.'}
  via:              {type: entities, help: what lies between, vi: các văn bản ở giữa}
  statuses:         {type: strings, help: 'status of each step, from the document upwards', vi: 'tình trạng của từng bước, từ văn bản lên chính sách'}
  bases:            {type: strings, help: 'how firmly each step is said', vi: mức căn cứ của từng bước}
  issuers:          {type: entities, help: who issued it, vi: cơ quan đã ban hành}
  implementers:     {type: entities, help: 'who implements it, explicitly or in its spirit', vi: 'bên thực hiện, nêu rõ hoặc theo tinh thần'}
  not_implementing: {type: entities, help: 'whose tie is planned, past, disputed or only the frame of an article', vi: 'bên mới dự kiến thực hiện, đã thôi, còn mâu thuẫn hoặc chỉ theo bối cảnh bài báo'}
  statements:       {type: statements, help: what the row rests on, vi: các phát biểu làm căn cứ}
  of_family:        {type: boolean, help: it is the policy or leads to it, vi: là chính sách đó hoặc dẫn đến chính sách đó, not: 'it does not lead to the policy', not_vi: 'không dẫn đến chính sách đó'}
  in_place:         {type: boolean, help: 'no step is planned, past, disputed or unclear', vi: 'không bước nào mới dự kiến, đã qua, còn mâu thuẫn hoặc chưa rõ', not: 'planned, past, disputed or unclear', not_vi: 'mới dự kiến, đã qua, còn mâu thuẫn hoặc chưa rõ'}
conditions: [of_family, in_place]
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
MATCH way = (:Entity {id: $policy})<-[:CONCRETISES*0..4]-(document:Policy)
WITH document, length(way) AS steps, reverse(relationships(way)) AS ways,
  reverse([stop IN nodes(way) | stop.id]) AS stops
OPTIONAL MATCH (document)<-[tie:ISSUED|IMPLEMENTS]-(body:Entity)
WITH document, steps, ways, stops, tie.statements AS behind, body.id AS body, type(tie) AS relation,
  NOT coalesce(tie.status, 'unclear') IN ['planned', 'approved', 'past', 'disputed'] AS stands,
  coalesce(tie.implementation, '') AS how,
  tie.status AS status
ORDER BY relation, body
WITH document, steps, ways, stops,
  collect(CASE WHEN relation = 'ISSUED' AND (stands OR status = 'past') THEN body END) AS issuers,
  collect(CASE WHEN relation = 'IMPLEMENTS' AND stands AND how <> 'context' THEN body END) AS implementers,
  collect(CASE WHEN relation = 'IMPLEMENTS' AND (NOT stands OR how = 'context') THEN body END) AS others,
  collect(behind) AS behind
WITH document, steps, ways, issuers, implementers, others, behind, tail(stops) AS above,
  [step IN ways | coalesce(step.status, 'unclear')] AS statuses,
  reduce(all = [], step IN ways | all + step.statements) + reduce(all = [], some IN behind | all + some) AS told
RETURN document.id AS document, document.name AS document_name, document.kind AS document_kind,
  document.number AS number, steps, above[0..steps - 1] AS via, statuses, [step IN ways | step.basis] AS bases,
  issuers, implementers, others AS not_implementing,
  CASE WHEN size(told) > 0 THEN told ELSE COLLECT {
    MATCH (document)<-[:SUBJECT|OBJECT|ABOUT]-(s:Statement) WITH DISTINCT s.id AS said RETURN said ORDER BY said
  } END AS statements,
  true AS of_family, all(status IN statuses WHERE status IN ['in_progress', 'existing']) AS in_place
ORDER BY steps, document, via
