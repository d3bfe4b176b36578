// Entities whose display name is not Vietnamese, with the languages of that name and their Vietnamese names.
MATCH (name:Name)-[:NAMES]->(entity:Entity)
WHERE name.language <> 'vi' AND name.text = entity.name
WITH entity, collect(DISTINCT name.language) AS languages
RETURN entity.id AS id, entity.name AS name, languages,
  COLLECT { MATCH (entity)<-[:NAMES]-(own:Name {language: 'vi'}) RETURN own {.text, .kind} } AS vietnamese
