/*
title: Whether two entities are directly connected
topic: anything
question:
  en: Are two entities directly connected, and if not, what do they share and which articles name both?
  vi: Hai đối tượng có quan hệ trực tiếp không; nếu không thì có điểm chung nào và những bài nào nhắc đến cả hai?
asks: {needs: [connected], covers: [partner, common, Article, mention, exist]}
params:
  entity_a:
    {type: entity, required: true, help: first entity, vi: đối tượng thứ nhất}
  entity_b:
    {type: entity, required: true, help: second entity, vi: đối tượng thứ hai}
returns:
  connection_stated: {type: boolean, help: 'the articles, or a reference table, state a direct connection; if not, this is the only row', vi: 'bài báo hoặc bảng tra cứu có nêu quan hệ trực tiếp; nếu không, đây là dòng duy nhất'}
  subject:           {type: entity, help: subject of the direct connection, vi: chủ thể của quan hệ}
  predicate:         {help: its predicate, vi: quan hệ}
  object:            {type: entity, help: object of the direct connection, vi: đối tượng của quan hệ}
  status:            {help: stage it has reached, vi: tình trạng}
  basis:             {help: 'how we know it: stated, inferred, context or reference', vi: mức căn cứ}
  as_of:             {type: date, help: date on which it held, vi: tính đến ngày}
  due:               {type: date, help: 'by when it is to be so, if stated', vi: 'thời hạn, nếu có nêu'}
  disputed:          {type: boolean, help: it is part of a disagreement, vi: quan hệ chưa thống nhất}
  articles:          {type: integer, help: number of articles that state it, vi: số bài báo nêu quan hệ}
  origins:           {type: integer, help: number of independent origins, vi: số nguồn độc lập}
  shared_neighbours: {type: entities, help: 'entities to which both are connected, with any status: common_ground says how', vi: 'những gì cả hai cùng gắn với, ở mọi tình trạng: xem câu hỏi common_ground'}
  shared_articles:   {type: entities, help: articles that name both or say something about both, vi: các bài nhắc đến cả hai hoặc nói về cả hai}
  statements:        {type: statements, help: 'statements of the direct connection; without one, those that name both and those of the shared neighbours', vi: 'các thông tin về quan hệ trực tiếp; nếu không có, các thông tin nhắc đến cả hai và về các điểm chung'}
example: {entity_a: 'province:quang-ninh', entity_b: 'province:lam-dong'}
expect:
  rows: 1
  has:
    - {connection_stated: false, predicate: null}
*/
MATCH (entity_a:Entity {id: $entity_a}), (entity_b:Entity {id: $entity_b})
WHERE entity_a <> entity_b
OPTIONAL MATCH (entity_a)-[edge]-(entity_b)
WHERE type(edge) <> 'MENTIONS'
WITH entity_a, entity_b, edge, edge IS NOT NULL AS connection_stated, edge.id AS edge_id
WITH entity_a, entity_b, edge, connection_stated, edge_id,
  COLLECT {
    MATCH (entity_a)-[edge_a]-(neighbour:Entity)
    WHERE type(edge_a) <> 'MENTIONS' AND neighbour <> entity_b AND EXISTS {
      MATCH (neighbour)-[edge_b]-(entity_b) WHERE type(edge_b) <> 'MENTIONS' }
    WITH DISTINCT neighbour.id AS neighbour_id RETURN neighbour_id ORDER BY neighbour_id
  } AS shared_neighbours,
  COLLECT {
    MATCH (article:Article)
    WHERE (EXISTS { (entity_a)<-[:MENTIONS]-(article) }
        OR EXISTS { (entity_a)<-[:SUBJECT|OBJECT|ABOUT|SAID_BY]-(:Statement)-[:STATED_IN]->(article) })
      AND (EXISTS { (entity_b)<-[:MENTIONS]-(article) }
        OR EXISTS { (entity_b)<-[:SUBJECT|OBJECT|ABOUT|SAID_BY]-(:Statement)-[:STATED_IN]->(article) })
    WITH article.id AS article_id RETURN article_id ORDER BY article_id
  } AS shared_articles,
  COLLECT {
    CALL (entity_a, entity_b) {
      MATCH (entity_a)<-[:SUBJECT|OBJECT|ABOUT|SAID_BY]-(statement:Statement)-[:SUBJECT|OBJECT|ABOUT|SAID_BY]->(entity_b)
      RETURN statement.id AS statement_id
      UNION
      MATCH (entity_a)-[edge_a]-(neighbour:Entity)-[edge_b]-(entity_b)
      WHERE type(edge_a) <> 'MENTIONS' AND type(edge_b) <> 'MENTIONS' AND neighbour <> entity_a AND neighbour <> entity_b
      UNWIND edge_a.statements + edge_b.statements AS statement_id
      RETURN statement_id
    }
    WITH DISTINCT statement_id RETURN statement_id ORDER BY statement_id
  } AS shared_statements
RETURN connection_stated, CASE WHEN connection_stated THEN startNode(edge).id END AS subject,
  CASE WHEN connection_stated THEN type(edge) END AS predicate,
  CASE WHEN connection_stated THEN endNode(edge).id END AS object,
  CASE WHEN connection_stated THEN coalesce(edge.status, 'unclear') END AS status, edge.basis AS basis, edge.as_of AS as_of,
  edge.due AS due, CASE WHEN connection_stated THEN size(coalesce(edge.disagreements, [])) > 0 END AS disputed,
  edge.articles AS articles, edge.origins AS origins, shared_neighbours, shared_articles,
  CASE WHEN connection_stated THEN edge.statements ELSE shared_statements END AS statements
ORDER BY subject, predicate, object, edge_id
