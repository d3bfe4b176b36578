// Entities by id as a picture shows them; `origins` counts the independent origins of their statements.
UNWIND $ids AS id
MATCH (entity:Entity {id: id})
OPTIONAL MATCH (entity)<-[:SUBJECT|OBJECT]-(said:Statement)-[:STATED_IN]->(article:Article)
WITH entity, count(DISTINCT coalesce(said.origin, article.origin)) AS origins
RETURN entity.id AS id, entity.type AS type, entity.name AS name, entity.kind AS kind, entity.status AS status,
  origins
