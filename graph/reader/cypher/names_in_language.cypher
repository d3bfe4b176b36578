// The names of the given entities in one language.
UNWIND $ids AS id
MATCH (name:Name {language: $language})-[:NAMES]->(entity:Entity {id: id})
WHERE name.kind IN ['name', 'translation']
RETURN entity.id AS id, entity.name AS main_name, name.text AS text, name.kind AS kind
