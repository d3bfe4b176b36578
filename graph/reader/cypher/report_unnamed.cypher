// Entities without a Vietnamese name.
MATCH (entity:Entity)
WHERE NOT 'vi' IN coalesce(entity.languages, [])
RETURN entity.id AS id, entity.type AS type, entity.name AS name
ORDER BY id
