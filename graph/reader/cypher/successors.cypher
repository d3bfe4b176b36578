// The provinces that the given provinces were merged into, with the date.
UNWIND $ids AS id
MATCH (old:Entity {id: id})-[merged:MERGED_INTO]->(new:Entity)
RETURN old.id AS old, new.id AS id, new.type AS type, new.name AS name, new.status AS status, merged.date AS merged_on
