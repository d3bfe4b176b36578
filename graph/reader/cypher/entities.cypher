// A page of entities by id; a parameter that is null does not filter.
MATCH (entity:Entity)
WHERE entity.id > $after
  AND ($type IS NULL OR entity.type = $type)
  AND ($kind IS NULL OR entity.kind = $kind)
  AND ($status IS NULL OR entity.status = $status)
WITH entity, entity.id AS id
ORDER BY id LIMIT $limit
RETURN entity {.*} AS entity,
  COLLECT { MATCH (entity)<-[:NAMES]-(name:Name) RETURN name {.text, .language, .kind, .article} } AS names
ORDER BY id
