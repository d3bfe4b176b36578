// Which of some ids are entities.
UNWIND $ids AS id
MATCH (entity:Entity {id: id})
RETURN entity.id AS id
