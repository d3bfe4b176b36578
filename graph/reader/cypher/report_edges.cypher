// Edges by type, and by how many independent origins tell them.
MATCH (:Entity)-[edge]->(:Entity)
WHERE type(edge) IN $predicates
WITH type(edge) AS predicate, edge.basis = 'reference' AS reference, edge.origins AS origins
RETURN predicate, reference, origins, count(*) AS edges
