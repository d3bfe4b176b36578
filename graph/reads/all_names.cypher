// Every name with its key, for near spellings.
MATCH (name:Name)-[:NAMES]->(entity:Entity)
RETURN name.key AS key, name.text AS text, entity.id AS id
ORDER BY key, id, text
