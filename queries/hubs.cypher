/*
title: Entities with the most edges
topic: graph
question:
  en: Which entities have the most edges stated by articles, by type?
  vi: Những đối tượng nào có nhiều quan hệ được bài báo nêu nhất, theo loại?
params:
  type:
    {type: string, several: true, values_of: nodes, default: any, help: entity types to include, vi: các loại đối tượng}
  limit:
    {type: integer, min: 1, max: 1000, default: 20, help: maximum number of rows, vi: số dòng tối đa}
returns:
  entity:          {type: entity, help: the entity, vi: đối tượng}
  entity_name:     {help: its name, vi: tên đối tượng}
  entity_type:     {help: its type, vi: loại đối tượng}
  edges:           {type: integer, help: 'number of its edges that articles state, without mentions', vi: 'số quan hệ do bài báo nêu, không tính nhắc tên'}
  current_edges:   {type: integer, help: number of these that are existing or in progress, vi: 'trong đó: đã có hoặc đang thực hiện'}
  reference_edges: {type: integer, help: 'number of edges only from reference tables, not counted above', vi: 'số quan hệ chỉ có trong bảng tra cứu, không tính ở trên'}
  neighbours:      {type: integer, help: number of entities at the other ends of the stated edges, vi: số đối tượng ở đầu kia}
  statements:      {type: statements, help: statements that support the stated edges, vi: các thông tin làm căn cứ}
example: {type: [Province, Organisation], limit: '5'}
expect:
  rows: 5
  has:
    - {entity: 'province:lam-dong'}
    - {entity: 'province:hai-phong'}
  never:
    - {entity_type: Agency}
*/
MATCH (entity:Entity)-[edge]-(neighbour:Entity)
WHERE entity.type IN $type AND edge.basis IS NOT NULL
WITH DISTINCT entity, edge, neighbour, edge.id AS edge_id, edge.basis <> 'reference' AS is_stated
ORDER BY edge_id
WITH entity, count(DISTINCT CASE WHEN is_stated THEN edge_id END) AS edges,
  count(DISTINCT CASE WHEN is_stated AND edge.status IN $in_force THEN edge_id END) AS current_edges,
  count(DISTINCT CASE WHEN is_stated THEN null ELSE edge_id END) AS reference_edges,
  count(DISTINCT CASE WHEN is_stated THEN neighbour.id END) AS neighbours,
  collect(CASE WHEN is_stated THEN edge.statements END) AS lists
WHERE edges > 0
RETURN entity.id AS entity, entity.name AS entity_name, entity.type AS entity_type, edges, current_edges, reference_edges,
  neighbours, reduce(all = [], list IN lists | all + list) AS statements
ORDER BY edges DESC, entity LIMIT $limit
