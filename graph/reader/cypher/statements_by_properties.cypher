// Ids of statements; a parameter that is null does not filter.
MATCH (statement:Statement)
WHERE ($predicate IS NULL OR statement.predicate = $predicate) AND ($status IS NULL OR statement.status = $status)
RETURN statement.id AS id
ORDER BY id
