/*
title: Facilities and funds whose name is not stated
topic: centres
question:
  en: Which facilities and funds do the articles mention without giving a name, and what do they say about them?
  vi: Những cơ sở và quỹ nào được bài báo nhắc đến nhưng không nêu tên, và bài báo nói gì về chúng?
asks: {needs: [unnamed], covers: [Centre, Fund, name, exist]}
params:
  entity:
    {type: entity, values_of: [Centre, Fund], help: only this facility or fund, vi: chỉ cơ sở hoặc quỹ này}
returns:
  entity:          {type: entity, help: the facility or fund, vi: cơ sở hoặc quỹ}
  entity_name:     {help: how we refer to it, vi: cách gọi ở đây}
  entity_kind:     {help: its kind, vi: phân loại}
  answer:          {help: 'whether its name is stated, or in how many articles that speak of it the name is not stated', vi: 'không nêu, trong bao nhiêu bài nói về đối tượng; hoặc có nêu'}
  articles:        {type: integer, help: number of articles with statements about it, vi: số bài nói về đối tượng}
  places:          {type: entities, help: where it is or is planned to be, vi: nơi đặt hoặc dự kiến đặt}
  actors:          {type: entities, help: 'who has, plans or proposes it', vi: 'bên có, dự kiến hoặc đề xuất'}
  statements:      {type: statements, help: statements about it, vi: các thông tin về đối tượng}
  is_mentioned:    {type: boolean, help: an article has a statement about it, vi: có bài nói về đối tượng, not: no article has a statement about it, not_vi: không bài nào nói về đối tượng}
  name_not_stated: {type: boolean, help: no article gives its name, vi: không bài nào nêu tên, not: 'an article gives its name, or this has not been recorded', not_vi: 'có bài nêu tên, hoặc chưa ghi nhận'}
conditions: [is_mentioned, name_not_stated]
example: {}
expect:
  has:
    - {entity: 'centre:ha-long-university-innovation', answer: 'not stated in the 2 articles that speak of it', places: ['organisation:ha-long-university']}
    - {entity: 'fund:quang-ninh-venture-capital', actors: ['province:quang-ninh']}
    - {entity: 'centre:dong-nai-innovation-zone'}
  near:
    - {entity: 'centre:long-thanh-digital-park', answer: stated in translation, fails: [name_not_stated]}
    - {entity: 'fund:dong-nai-st-development', fails: [name_not_stated]}
  never:
    - {entity: 'centre:quang-ninh-startup-digital'}
*/
MATCH (entity:Entity)
WHERE (entity:Centre OR entity:Fund) AND ($entity IS NULL OR entity.id = $entity)
OPTIONAL MATCH (entity)<-[:SUBJECT|OBJECT|ABOUT]-(statement:Statement)-[:STATED_IN]->(article:Article)
WITH entity, statement.id AS statement_id, article.id AS article_id
ORDER BY entity.id, statement_id
WITH entity, collect(DISTINCT statement_id) AS statements, count(DISTINCT article_id) AS articles
WITH entity, statements, articles,
  COLLECT {
    MATCH (entity)-[:LOCATED_IN|HAS_SITE_IN]->(location:Entity)
    WITH DISTINCT location.id AS location ORDER BY location
    RETURN location
  } AS places,
  COLLECT {
    MATCH (entity)<-[:HAS|PLANS|PROPOSES]-(actor:Entity)
    WITH DISTINCT actor.id AS actor ORDER BY actor
    RETURN actor
  } AS actors
RETURN entity.id AS entity, entity.name AS entity_name, entity.kind AS entity_kind,
  CASE WHEN articles = 0 THEN 'no article speaks of it'
    WHEN entity.named IS NULL THEN 'not recorded'
    WHEN entity.named = 'article' THEN 'stated'
    WHEN entity.named = 'translation' THEN 'stated in translation'
    WHEN articles = 1 THEN 'not stated in the 1 article that speaks of it'
    ELSE 'not stated in the ' + toString(articles) + ' articles that speak of it' END AS answer,
  articles, places, actors, statements, articles > 0 AS is_mentioned,
  CASE WHEN entity.named IS NULL THEN null ELSE entity.named = 'ours' END AS name_not_stated
ORDER BY entity
