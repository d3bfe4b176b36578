// Entities with their number of neighbours (`ties`), how many of these are provinces other than `province`, and
// whether they were merged into `province`.
UNWIND $ids AS id
MATCH (entity:Entity {id: id})
OPTIONAL MATCH (entity)-[edge]-(other:Entity)
WHERE type(edge) IN $predicates
RETURN id, count(DISTINCT other.id) AS ties,
  count(DISTINCT CASE WHEN other.type = 'Province' AND other.id <> $province THEN other.id END) AS elsewhere,
  count(CASE WHEN type(edge) = 'MERGED_INTO' AND other.id = $province THEN 1 END) > 0 AS merged
