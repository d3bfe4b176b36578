// Entities that no name in Vietnamese is known of.
MATCH (entity:Entity)
WHERE NOT 'vi' IN coalesce(entity.languages, [])
RETURN entity.id AS id, entity.type AS type, entity.name AS name
ORDER BY id
