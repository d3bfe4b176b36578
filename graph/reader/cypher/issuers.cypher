// Documents with the names of their issuers.
MATCH (issuer:Entity)-[:ISSUED]->(entity:Entity)
RETURN entity.id AS id, issuer.names AS names
