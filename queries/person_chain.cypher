/*
title: From a person up to ministry or province
topic: people
question:
  en: Which office does a person hold, and which bodies stand above it, up to a ministry or province?
  vi: Một người giữ chức vụ gì, và các cơ quan nào ở trên, cho đến bộ hoặc tỉnh, thành phố?
asks: {needs: [superior|part_of, '@Person|Person|superior'], covers: [office, Person, part_of, who, '@Person', Agency]}
params:
  person:
    {type: entity, values_of: Person, help: only this person, vi: chỉ người này}
returns:
  person:      {type: entity, help: the person, vi: người}
  person_name: {help: name of the person, vi: tên}
  title:       {help: title of the office, vi: chức danh}
  is_head:     {type: boolean, help: 'the person heads the office, not as a deputy', vi: 'là người đứng đầu, không phải cấp phó'}
  office:      {type: entity, help: where the person holds it, vi: cơ quan nơi giữ chức vụ}
  office_name: {help: its name, vi: tên cơ quan}
  chain:       {type: entities, help: 'the office and everything above it, in order', vi: 'cơ quan đó và mọi cấp trên, theo thứ tự'}
  top:         {type: entity, help: where the chain ends, vi: nơi chuỗi kết thúc}
  top_name:    {help: its name, vi: tên}
  top_type:    {help: its type, vi: loại}
  statuses:    {type: strings, help: 'status of the office, then of each step up', vi: 'tình trạng của chức vụ, rồi của từng bước lên trên'}
  bases:       {type: strings, help: 'basis of the office, then of each step up', vi: 'mức căn cứ của chức vụ, rồi của từng bước lên trên'}
  as_of:       {type: date, help: date on which the office was held, vi: ngày còn giữ chức vụ}
  disputed:    {type: boolean, help: a step is part of a disagreement, vi: có bước chưa thống nhất}
  statements:  {type: statements, help: statements that support the row, vi: các thông tin làm căn cứ}
  top_stated:  {type: boolean, help: it is stated up to a ministry or a province, vi: 'có nêu đến bộ hoặc tỉnh, thành phố', not: 'it is not stated to which ministry or province this belongs', not_vi: 'không nêu thuộc bộ hoặc tỉnh, thành phố nào'}
  in_force:    {type: boolean, help: 'the office is held, and every step holds', vi: 'đang giữ chức vụ và mọi bước đều đúng', not: 'the office or a step is planned, past or disputed, or rests on context alone', not_vi: 'chức vụ hoặc một bước mới dự kiến, đã qua, chưa thống nhất hoặc chỉ suy từ bối cảnh'}
conditions: [top_stated, in_force]
example: {}
expect:
  rows: {at_least: 5}
  has:
    - {top_type: Province}
*/
MATCH (person:Person)-[role:HOLDS_ROLE]->(office:Entity)
WHERE $person IS NULL OR person.id = $person
MATCH chain_path = (office)-[:PART_OF|LOCATED_IN*0..5]->(top:Entity)
WHERE all(node IN nodes(chain_path)[..-1] WHERE NOT node:Province AND coalesce(node.kind, '') <> 'ministry')
  AND all(step IN relationships(chain_path) WHERE type(step) = 'PART_OF' OR startNode(step).type <> 'Agency')
  AND (top:Province OR coalesce(top.kind, '') = 'ministry' OR (NOT EXISTS { (top)-[:PART_OF]->(:Entity) }
    AND (top:Agency OR NOT EXISTS { (top)-[:LOCATED_IN]->(:Entity) })))
WITH person, role, office, top, relationships(chain_path) AS steps, [node IN nodes(chain_path) | node.id] AS chain
RETURN person.id AS person, person.name AS person_name, role.title AS title, role.head AS is_head, office.id AS office,
  office.name AS office_name, chain, top.id AS top, top.name AS top_name, top.type AS top_type,
  [coalesce(role.status, 'unclear')] + [step IN steps | coalesce(step.status, 'unclear')] AS statuses,
  [role.basis] + [step IN steps | step.basis] AS bases, role.as_of AS as_of,
  size(coalesce(role.disagreements, [])) > 0 OR any(step IN steps WHERE size(coalesce(step.disagreements, [])) > 0) AS disputed,
  reduce(all = role.statements, step IN steps | all + step.statements) AS statements,
  top:Province OR coalesce(top.kind, '') = 'ministry' AS top_stated,
  role.holds AND all(step IN steps WHERE step.holds) AND top.abolished_on IS NULL AS in_force
ORDER BY person, office, chain, statements[0]
