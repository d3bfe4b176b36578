// Office holders with the title of the office, and the names of its body.
MATCH (entity:Entity)-[edge:HOLDS_ROLE]->(body:Entity)
WHERE edge.status <> 'past'
RETURN entity.id AS id, edge.title AS title, body.name AS body, body.names AS names
