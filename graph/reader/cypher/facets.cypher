// What results of a search can be narrowed by: their provinces (themselves, or those with an edge) and articles.
UNWIND $ids AS id
MATCH (entity:Entity {id: id})
RETURN id, entity.kind AS kind,
  COLLECT { MATCH (entity)-[edge]-(province:Province) WHERE NOT type(edge) IN $excluded RETURN DISTINCT province.id }
    + CASE WHEN entity:Province THEN [id] ELSE [] END AS provinces,
  COLLECT { MATCH (entity)<-[:MENTIONS]-(article:Article) RETURN article.id } AS articles
