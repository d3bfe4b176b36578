// Entities whose only Vietnamese names are our translations.
MATCH (entity:Entity)
WHERE 'vi' IN coalesce(entity.languages, [])
  AND NOT EXISTS { (entity)<-[:NAMES]-(name:Name) WHERE name.language = 'vi' AND name.kind <> 'translation' }
RETURN entity.id AS id, entity.type AS type, entity.name AS name
ORDER BY id
