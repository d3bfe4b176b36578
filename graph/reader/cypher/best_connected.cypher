// Entities by number of neighbours, highest first; entities without edges are left out.
MATCH (entity:Entity)-[edge]->(other:Entity)
WHERE type(edge) IN $predicates
UNWIND [[entity.id, other.id], [other.id, entity.id]] AS pair
WITH pair[0] AS id, count(DISTINCT pair[1]) AS ties
RETURN id, ties
ORDER BY ties DESC, id
LIMIT $limit
