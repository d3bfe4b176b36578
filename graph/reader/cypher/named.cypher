// A page of entities by id, with the names and properties that the in-memory name index needs.
MATCH (entity:Entity)
WHERE entity.id > $after
WITH entity, entity.id AS id
ORDER BY id LIMIT $limit
RETURN id, entity.type AS type, entity.name AS name, entity.status AS status, entity.kind AS kind,
  entity.names AS names, entity.number AS number, entity.title AS title, entity.url AS url
ORDER BY id
