// What one article names, with every place where a name of it stands.
MATCH (:Entity {id: $article})-[mention:MENTIONS]->(entity:Entity)
RETURN entity.id AS id, entity.type AS type, entity.name AS name,
  mention.lines AS lines, mention.starts AS starts, mention.ends AS ends
