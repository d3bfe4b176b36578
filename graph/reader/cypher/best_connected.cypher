// Entities with how many others they are tied to, most first; those without a tie are not among them.
MATCH (entity:Entity)-[edge]->(other:Entity)
WHERE type(edge) IN $predicates
UNWIND [[entity.id, other.id], [other.id, entity.id]] AS pair
WITH pair[0] AS id, count(DISTINCT pair[1]) AS ties
RETURN id, ties
ORDER BY ties DESC, id
LIMIT $limit
