// Who holds which office, and the names of the body where it is.
MATCH (entity:Entity)-[edge:HOLDS_ROLE]->(body:Entity)
WHERE edge.status <> 'past'
RETURN entity.id AS id, edge.title AS title, body.name AS body, body.names AS names
