// Entities that have a name with this key.
MATCH (name:Name {key: $key})-[:NAMES]->(entity:Entity)
RETURN entity.id AS id, entity.type AS type, entity.name AS name, entity.status AS status,
  name.text AS matched_text, name.kind AS name_kind
