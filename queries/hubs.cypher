/*
title: Who or what has most edges
topic: graph
question:
  en: Which entities have most edges told by articles, by type?
  vi: Những đối tượng nào có nhiều quan hệ được bài báo nêu nhất, theo loại?
params:
  type:
    {type: string, several: true, values_of: nodes, default: any, help: types of entity asked for, vi: các loại đối tượng}
  limit:
    {type: integer, min: 1, max: 1000, default: 20, help: how many rows at most, vi: số dòng tối đa}
returns:
  entity:          {type: entity, help: who or what it is, vi: đối tượng}
  entity_name:     {help: its name, vi: tên đối tượng}
  entity_type:     {help: its type, vi: loại đối tượng}
  edges:           {type: integer, help: 'edges at it that articles tell, mentions apart', vi: 'số quan hệ do bài báo nêu, không tính nhắc tên'}
  in_place:        {type: integer, help: 'of these: existing or in progress', vi: 'trong đó: đã có hoặc đang thực hiện'}
  reference_edges: {type: integer, help: 'edges from reference tables only, not counted before', vi: 'số quan hệ chỉ có trong bảng tra cứu, không tính ở trên'}
  neighbours:      {type: integer, help: entities at the other ends of the edges told, vi: số đối tượng ở đầu kia}
  statements:      {type: statements, help: what the edges told rest on, vi: các phát biểu làm căn cứ}
example: {type: [Province, Organisation], limit: '5'}
expect:
  rows: 5
  has:
    - {entity: 'province:lam-dong'}
    - {entity: 'province:hai-phong'}
  never:
    - {entity_type: Agency}
*/
MATCH (entity:Entity)-[edge]-(other:Entity)
WHERE entity.type IN $type AND edge.basis IS NOT NULL
WITH DISTINCT entity, edge, other, edge.id AS edge_id, edge.basis <> 'reference' AS told
ORDER BY edge_id
WITH entity, count(DISTINCT CASE WHEN told THEN edge_id END) AS edges,
  count(DISTINCT CASE WHEN told AND edge.status IN ['in_progress', 'existing'] THEN edge_id END) AS in_place,
  count(DISTINCT CASE WHEN told THEN null ELSE edge_id END) AS reference_edges,
  count(DISTINCT CASE WHEN told THEN other.id END) AS neighbours,
  collect(CASE WHEN told THEN edge.statements END) AS lists
WHERE edges > 0
RETURN entity.id AS entity, entity.name AS entity_name, entity.type AS entity_type, edges, in_place, reference_edges,
  neighbours, reduce(all = [], list IN lists | all + list) AS statements
ORDER BY edges DESC, entity LIMIT $limit
