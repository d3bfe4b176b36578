// Summaries (id, type, name, status) of entities by id.
UNWIND $ids AS id
MATCH (entity:Entity {id: id})
RETURN entity.id AS id, entity.type AS type, entity.name AS name, entity.status AS status
