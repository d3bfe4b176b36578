// Number of edges by type, status, basis (reference or not) and number of independent origins.
MATCH (:Entity)-[edge]->(:Entity)
WHERE type(edge) IN $predicates
WITH type(edge) AS predicate, edge.basis = 'reference' AS reference, edge.origins AS origins,
  coalesce(edge.status, 'unclear') AS status
RETURN predicate, status, reference, origins, count(*) AS edges
