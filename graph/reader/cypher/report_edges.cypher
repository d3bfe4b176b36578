// Number of edges by type, basis (reference or not) and number of independent origins.
MATCH (:Entity)-[edge]->(:Entity)
WHERE type(edge) IN $predicates
WITH type(edge) AS predicate, edge.basis = 'reference' AS reference, edge.origins AS origins
RETURN predicate, reference, origins, count(*) AS edges
