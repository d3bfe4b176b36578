/*
title: What an agency is part of
topic: people
question:
  en: What is an agency part of, step by step, and what is the basis for each step?
  vi: Một cơ quan thuộc cơ quan hoặc địa phương nào, theo từng bước, và mỗi bước có căn cứ đến đâu?
asks: {needs: [part_of|superior, '@Agency'], covers: [Agency, where, who]}
params:
  agency:
    {type: entity, values_of: Agency, required: true, help: the agency, vi: cơ quan}
returns:
  parent:                {type: entity, help: what the agency is part of, vi: cơ quan hoặc địa phương cấp trên}
  parent_name:           {help: its name, vi: tên}
  parent_type:           {help: its type, vi: phân loại}
  steps:                 {type: integer, help: number of steps up to it, vi: số bước lên trên}
  intermediate_entities: {type: entities, help: entities in between, vi: các cơ quan ở giữa}
  statuses:              {type: strings, help: 'status of each step, from the agency up', vi: 'tình trạng của từng bước, từ cơ quan lên trên'}
  bases:                 {type: strings, help: basis of each step, vi: mức căn cứ của từng bước}
  disputed:              {type: boolean, help: sources or readings disagree about a step, vi: 'các nguồn hoặc cách hiểu chưa thống nhất về một bước'}
  related_entities:      {type: entities, help: 'if it is not stated what the agency is part of: entities connected to it', vi: 'khi không nêu cơ quan cấp trên: những gì có liên hệ với cơ quan này'}
  statements:            {type: statements, help: statements that support the row, vi: các thông tin làm căn cứ}
  agency_exists:         {type: boolean, help: the agency exists in the graph, vi: có cơ quan này, not: there is no such agency, not_vi: 'không có cơ quan này'}
  parent_stated:         {type: boolean, help: it is stated what the agency is part of, vi: có nêu cơ quan cấp trên, not: what it is part of is not stated, not_vi: 'không nêu cơ quan cấp trên'}
  in_force:              {type: boolean, help: 'no step is planned, past, disputed or known only from the context, and the parent has not been abolished', vi: 'không bước nào mới dự kiến, đã qua, chưa thống nhất hoặc chỉ biết theo bối cảnh, và nơi đến chưa bị giải thể', not: 'a step is planned, past, disputed or known only from the context, or the parent has been abolished', not_vi: 'có bước mới dự kiến, đã qua, chưa thống nhất, chỉ biết theo bối cảnh hoặc dẫn đến nơi đã giải thể'}
conditions: [agency_exists, parent_stated, in_force]
example: {agency: 'agency:hai-phong-ict-centre'}
expect:
  has:
    - {parent: 'agency:hai-phong-dost', statuses: [existing], bases: [inferred], disputed: true}
    - {parent: 'province:hai-phong', steps: 2}
  near:
    - {parent: 'agency:most', statuses: [disputed], bases: [stated], fails: [in_force]}
  never:
    - {parent: 'agency:most'}
*/
MATCH (agency:Entity {id: $agency})
OPTIONAL MATCH membership_path = (agency)-[:PART_OF*1..5]->(parent:Entity)
WITH agency, parent, coalesce(relationships(membership_path), []) AS path_edges,
  coalesce([node IN nodes(membership_path) | node.id], []) AS node_ids
WITH agency, parent, path_edges, node_ids[1..-1] AS intermediate_entities,
  [step IN path_edges | coalesce(step.status, 'unclear')] AS statuses,
  [step IN path_edges | step.basis] AS bases, parent IS NOT NULL AS has_parent
RETURN parent.id AS parent, parent.name AS parent_name, parent.type AS parent_type, size(path_edges) AS steps,
  intermediate_entities, statuses, bases, any(step IN path_edges WHERE step.disagreements IS NOT NULL) AS disputed,
  CASE WHEN has_parent THEN [] ELSE COLLECT {
    MATCH (agency)-[edge]-(neighbour:Entity) WHERE type(edge) <> 'MENTIONS'
    WITH DISTINCT neighbour.id AS neighbour RETURN neighbour ORDER BY neighbour
  } END AS related_entities,
  CASE WHEN has_parent THEN reduce(all = [], step IN path_edges | all + step.statements) ELSE COLLECT {
    MATCH (agency)<-[:SUBJECT|OBJECT|ABOUT|SAID_BY]-(statement:Statement) WITH DISTINCT statement.id AS statement_id
      RETURN statement_id ORDER BY statement_id
  } END AS statements,
  true AS agency_exists, has_parent AS parent_stated,
  CASE WHEN has_parent THEN parent.abolished_on IS NULL
    AND all(step IN path_edges WHERE step.holds) END AS in_force
ORDER BY steps, parent, intermediate_entities
