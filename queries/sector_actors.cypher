/*
title: Actors of a sector
topic: provinces
question:
  en: Who prioritises or applies a sector, or is spoken of in a claim about it, and how far is it?
  vi: Ai ưu tiên hoặc áp dụng một lĩnh vực, hoặc được nói đến trong nhận định về lĩnh vực đó, và đã đến đâu?
asks: {needs: [Sector|@Sector], covers: [who, Province, apply, prioritise, speak, claim, exist, relation, Organisation, Agency, connected, actor]}
params:
  sector:
    {type: entity, values_of: Sector, help: only this sector, vi: chỉ lĩnh vực này}
  province:
    {type: entity, values_of: Province, help: 'only this province or city, its agencies, and places, centres and organisations in it', vi: 'chỉ tỉnh, thành phố này, cơ quan của tỉnh, và địa điểm, trung tâm, tổ chức ở tỉnh'}
  relation:
    type: string
    several: true
    values:
      prioritises: {en: prioritises it, vi: ưu tiên}
      applies: {en: applies it, vi: áp dụng}
      claims: {en: is spoken of in a claim about it, vi: được nói đến trong một nhận định}
    default: any
    help: what the actor has to do with the sector
    vi: quan hệ với lĩnh vực
returns:
  sector:      {type: entity, help: the sector, vi: lĩnh vực}
  sector_name: {help: its name, vi: tên lĩnh vực}
  actor:       {type: entity, help: 'the province, place, centre or other actor', vi: 'tỉnh, địa điểm, trung tâm hoặc chủ thể khác'}
  actor_name:  {help: its name, vi: tên chủ thể}
  provinces:   {type: entities, help: current province or city of the actor, vi: 'tỉnh, thành phố hiện nay của chủ thể'}
  relation:    {help: what the actor has to do with the sector, vi: quan hệ với lĩnh vực}
  claim_type:  {help: type of the claim, vi: loại nhận định}
  speaker:     {type: entity, help: 'speaker of the claim, if one is named', vi: 'người phát biểu, nếu có nêu'}
  gloss:       {help: 'our own words for the passage of a claim', vi: diễn giải của chúng tôi bằng tiếng Anh}
  gloss_vi:    {help: the same in Vietnamese, vi: diễn giải của chúng tôi}
  status:      {help: 'stage it has reached; a claim may have none', vi: 'tình trạng; nhận định có thể không có'}
  due:         {type: date, help: 'by when it is to be so, if stated', vi: 'thời hạn, nếu có nêu'}
  basis:       {help: 'how we know it: stated, inferred or context', vi: mức căn cứ}
  as_of:       {type: date, help: date on which it held, vi: tính đến ngày}
  disputed:    {type: boolean, help: it is part of a disagreement, vi: chưa thống nhất}
  articles:    {type: entities, help: articles that state it, vi: các bài nêu}
  origins:     {type: integer, help: number of independent origins, vi: số nguồn độc lập}
  statements:  {type: statements, help: statements that support the row, vi: các thông tin làm căn cứ}
example: {}
expect:
  rows: {at_least: 5}
  has:
    - {relation: prioritises}
    - {relation: claims}
*/
CALL () {
  MATCH (actor:Entity)-[edge:PRIORITISES|APPLIES]->(sector:Sector)
  RETURN sector, actor, CASE type(edge) WHEN 'PRIORITISES' THEN 'prioritises' ELSE 'applies' END AS relation,
    null AS claim_type, null AS speaker, coalesce(edge.status, 'unclear') AS status, edge.due AS due, edge.basis AS basis,
    size(coalesce(edge.disagreements, [])) > 0 AS disputed, edge.as_of AS as_of, edge.origins AS origins,
    edge.statements AS statements
  UNION ALL
  MATCH (sector:Sector)<-[:SUBJECT|ABOUT]-(statement:Claim)-[:SUBJECT|ABOUT]->(actor:Entity)
  WHERE actor:Province OR actor:Place OR actor:Agency OR actor:Organisation OR actor:Centre OR actor:Programme
  OPTIONAL MATCH (statement)-[:STATED_IN]->(article:Article)
  WITH DISTINCT sector, actor, statement, article
  WITH *, statement.id AS statement_id, coalesce(article.same_text, article.id, statement.id) AS text_id,
    CASE WHEN EXISTS { (statement)<-[:RESTS_ON]-(:Reading) } THEN 1 ELSE 0 END AS in_disagreement
  ORDER BY statement_id
  WITH sector, actor, text_id, statement.claim_type AS claim_type, statement.gloss AS claim, statement.speaker AS speaker,
    statement.status AS status, statement.due AS due, statement.basis AS basis, sum(in_disagreement) > 0 AS disputed,
    max(statement.as_of) AS as_of, count(DISTINCT coalesce(statement.origin, article.origin, article.id)) AS origins,
    collect(statement_id) AS statements
  RETURN sector, actor, 'claims' AS relation, claim_type, speaker, status, due, basis, disputed, as_of, origins, statements
}
WITH *
WHERE relation IN $relation AND ($sector IS NULL OR sector.id = $sector)
WITH *, COLLECT {
    MATCH location_path = (actor)-[:PART_OF|LOCATED_IN|HAS_SITE_IN*0..3]->(province:Province)
    WHERE province.abolished_on IS NULL AND all(step IN relationships(location_path)
      WHERE NOT coalesce(step.status, 'unclear') IN $ended + $cancelled + ['disputed'])
    WITH DISTINCT province.id AS province_id RETURN province_id ORDER BY province_id
  } AS provinces
WHERE $province IS NULL OR $province IN provinces
UNWIND statements AS statement_id
MATCH (statement:Statement {id: statement_id})
OPTIONAL MATCH (statement)-[:STATED_IN]->(article:Article)
WITH *, article.id AS article_id
ORDER BY article_id, statement_id
WITH sector, actor, provinces, relation, claim_type, speaker, status, due, basis, as_of, disputed, origins, statements,
  collect(statement.gloss) AS glosses, collect(statement.gloss_vi) AS glosses_vi, collect(DISTINCT article_id) AS articles
RETURN sector.id AS sector, sector.name AS sector_name, actor.id AS actor, actor.name AS actor_name, provinces, relation,
  claim_type, speaker, CASE WHEN relation = 'claims' THEN glosses[0] END AS gloss,
  CASE WHEN relation = 'claims' THEN glosses_vi[0] END AS gloss_vi, status, due, basis, as_of, disputed, articles, origins,
  statements
ORDER BY sector, actor, relation, statements[0]
