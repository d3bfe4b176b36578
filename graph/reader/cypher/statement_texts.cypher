// A page of statements by id, with their glosses and what they relate, for the full-text index.
MATCH (said:Statement)-[:SUBJECT]->(subject:Entity)
WHERE said.id > $after
WITH said, subject, said.id AS id
ORDER BY id LIMIT $limit
OPTIONAL MATCH (said)-[:OBJECT]->(object:Entity)
RETURN id, said.gloss AS gloss, said.gloss_vi AS gloss_vi, subject.id AS subject, object.id AS object
ORDER BY id
