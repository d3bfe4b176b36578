// Entities by id, in short.
UNWIND $ids AS id
MATCH (entity:Entity {id: id})
RETURN entity.id AS id, entity.type AS type, entity.name AS name, entity.status AS status
