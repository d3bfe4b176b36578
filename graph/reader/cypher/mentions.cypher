// The entities that one article mentions, with every span in which one of their names occurs.
MATCH (:Entity {id: $article})-[mention:MENTIONS]->(entity:Entity)
RETURN entity.id AS id, entity.type AS type, entity.name AS name,
  mention.lines AS lines, mention.starts AS starts, mention.ends AS ends
