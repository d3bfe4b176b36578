// Ids of the statements in which an entity is subject, object, speaker or topic.
MATCH (:Entity {id: $id})<-[:SUBJECT|OBJECT|SAID_BY|ABOUT]-(said:Statement)
WHERE said.id > $after
RETURN DISTINCT said.id AS id
ORDER BY id LIMIT $limit
