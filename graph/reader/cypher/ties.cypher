// Entities with how many others they are tied to, how many provinces but one are among those, and whether they were
// merged into that one.
UNWIND $ids AS id
MATCH (entity:Entity {id: id})
OPTIONAL MATCH (entity)-[edge]-(other:Entity)
WHERE type(edge) IN $predicates
RETURN id, count(DISTINCT other.id) AS ties,
  count(DISTINCT CASE WHEN other.type = 'Province' AND other.id <> $province THEN other.id END) AS elsewhere,
  count(CASE WHEN type(edge) = 'MERGED_INTO' AND other.id = $province THEN 1 END) > 0 AS merged
