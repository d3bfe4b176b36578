// Documents and the names of those that issued them.
MATCH (issuer:Entity)-[:ISSUED]->(entity:Entity)
RETURN entity.id AS id, issuer.names AS names
