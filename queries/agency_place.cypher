/*
title: An agency's place in the state
topic: people
question:
  en: What is an agency part of, step by step, and how firmly is each step said?
  vi: Một cơ quan thuộc cơ quan hoặc địa phương nào, theo từng bước, và mỗi bước có căn cứ đến đâu?
params:
  agency:
    {type: entity, values_of: Agency, required: true, help: the agency, vi: cơ quan}
returns:
  whole:        {type: entity, help: what the agency is part of, vi: cơ quan hoặc địa phương cấp trên}
  whole_name:   {help: its name, vi: tên}
  whole_type:   {help: its type, vi: phân loại}
  steps:        {type: integer, help: number of steps upwards, vi: số bước lên trên}
  via:          {type: entities, help: what lies between, vi: các cơ quan ở giữa}
  statuses:     {type: strings, help: 'status of each step, from the agency upwards', vi: 'tình trạng của từng bước, từ cơ quan lên trên'}
  bases:        {type: strings, help: how firmly each step is said, vi: mức căn cứ của từng bước}
  nearest:      {type: entities, help: 'where no place is stated: what else the agency is tied to', vi: 'khi không nêu cơ quan cấp trên: những gì có liên hệ với cơ quan này'}
  statements:   {type: statements, help: what the row rests on, vi: các phát biểu làm căn cứ}
  known:        {type: boolean, help: the agency is known, vi: có cơ quan này, not: 'there is no such agency', not_vi: 'không có cơ quan này'}
  place_stated: {type: boolean, help: it is said what the agency is part of, vi: có nêu cơ quan cấp trên, not: 'what it is part of is not stated', not_vi: 'không nêu cơ quan cấp trên'}
  in_place:     {type: boolean, help: 'no step is planned, past, disputed or unclear, and what it leads to is not abolished', vi: 'không bước nào mới dự kiến, đã qua, còn mâu thuẫn hoặc chưa rõ, và nơi đến chưa bị giải thể', not: 'a step is planned, past, disputed or unclear, or leads to what is abolished', not_vi: 'có bước mới dự kiến, đã qua, còn mâu thuẫn, chưa rõ hoặc dẫn đến nơi đã giải thể'}
  firm:         {type: boolean, help: 'no step rests on the frame of an article alone', vi: 'không bước nào chỉ dựa vào bối cảnh bài báo', not: 'only the frame of an article suggests it', not_vi: 'chỉ suy từ bối cảnh bài báo'}
conditions: [known, place_stated, in_place, firm]
example: {agency: 'agency:hai-phong-ict-centre'}
expect:
  has:
    - {whole: 'agency:most', statuses: [existing], bases: [stated]}
  near:
    - {whole: 'agency:hai-phong-dost'}
  never:
    - {whole: 'agency:hai-phong-dost'}
    - {whole: 'province:hai-phong'}
*/
MATCH (agency:Entity {id: $agency})
OPTIONAL MATCH way = (agency)-[:PART_OF*1..5]->(whole:Entity)
WITH agency, whole, coalesce(relationships(way), []) AS ways, coalesce([stop IN nodes(way) | stop.id], []) AS stops
WITH agency, whole, ways, stops[1..-1] AS via, [step IN ways | coalesce(step.status, 'unclear')] AS statuses,
  [step IN ways | step.basis] AS bases, whole IS NOT NULL AS placed
RETURN whole.id AS whole, whole.name AS whole_name, whole.type AS whole_type, size(ways) AS steps, via, statuses, bases,
  CASE WHEN placed THEN [] ELSE COLLECT {
    MATCH (agency)-[tie]-(other:Entity) WHERE type(tie) <> 'MENTIONS'
    WITH DISTINCT other.id AS other RETURN other ORDER BY other
  } END AS nearest,
  CASE WHEN placed THEN reduce(all = [], step IN ways | all + step.statements) ELSE COLLECT {
    MATCH (agency)<-[:SUBJECT|OBJECT|ABOUT|SAID_BY]-(s:Statement) WITH DISTINCT s.id AS said RETURN said ORDER BY said
  } END AS statements,
  true AS known, placed AS place_stated,
  CASE WHEN placed THEN whole.abolished_on IS NULL
    AND all(status IN statuses WHERE status IN ['in_progress', 'existing']) END AS in_place,
  CASE WHEN placed THEN NOT 'context' IN bases END AS firm
ORDER BY steps, whole, via
