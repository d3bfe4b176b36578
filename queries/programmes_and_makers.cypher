/*
title: Programmes and their makers
topic: centres
question:
  en: Which programmes, platforms and products are there, and who launched, developed, has or plans them?
  vi: Có những chương trình, nền tảng, sản phẩm nào, và ai ra mắt, phát triển, có hoặc dự kiến?
asks: {needs: [Programme|@Programme|Programme.kind], covers: [maker, who, Organisation, exist, plan, give, when, where, apply, '@Organisation', Programme]}
params:
  programme_kind:
    {type: string, several: true, values_of: Programme.kind, default: any, help: kind of programme, vi: loại chương trình}
  programme:
    {type: entity, values_of: Programme, help: only this programme, vi: chỉ chương trình này}
  actor:
    {type: entity, help: only programmes of this actor, vi: chỉ chương trình của chủ thể này}
returns:
  programme:      {type: entity, help: 'the programme, platform or product', vi: 'chương trình, nền tảng hoặc sản phẩm'}
  programme_name: {help: its name, vi: tên}
  programme_kind: {help: its kind, vi: loại}
  predicate:      {help: 'predicate: the actor launched, developed, has, plans or proposes it', vi: 'quan hệ: ra mắt (LAUNCHED), phát triển (DEVELOPED), có (HAS), dự kiến (PLANS) hoặc đề xuất (PROPOSES)'}
  actor:          {type: entity, help: the actor, vi: chủ thể}
  actor_name:     {help: name of the actor, vi: tên chủ thể}
  status:         {help: status for this actor, vi: tình trạng đối với chủ thể}
  basis:          {help: 'how we know it: stated, inferred, context or reference', vi: mức căn cứ}
  as_of:          {type: date, help: date on which it held, vi: tính đến ngày}
  due:            {type: date, help: 'date, year or period by which it is to be so; ../2030 means by 2030', vi: 'thời hạn: ngày, năm hoặc giai đoạn; ../2030 là chậm nhất năm 2030'}
  alternative:    {type: entities, help: 'what it may be instead, if the articles name an alternative', vi: 'phương án khác, nếu bài báo nêu'}
  disputed:       {type: boolean, help: sources or readings disagree about it, vi: 'các nguồn hoặc cách hiểu chưa thống nhất'}
  origins:        {type: integer, help: number of independent origins, vi: số nguồn độc lập}
  users:          {type: entities, help: who applies it or where it is located; the closest fact if no maker is stated, vi: 'bên áp dụng hoặc nơi đặt, là thông tin gần nhất khi không nêu chủ thể'}
  statements:     {type: statements, help: statements that support the row, vi: các thông tin làm căn cứ}
  maker_stated:   {type: boolean, help: 'it is stated who launched, developed, has, plans or proposes it', vi: 'có nêu chủ thể', not: it is not stated who makes it, not_vi: 'không nêu chủ thể'}
  in_force:       {type: boolean, help: 'it exists or is in progress; proposed, considered, planned, approved, past, disputed or unclear programmes do not count', vi: 'đã có hoặc đang xây dựng; không tính khi mới đề xuất, đang xem xét, dự kiến, phê duyệt, đã qua, chưa thống nhất hoặc chưa rõ', not: 'not in force yet, past, disputed or unclear', not_vi: 'chưa có, đã qua, chưa thống nhất hoặc chưa rõ'}
  kind_matches:   {type: boolean, help: it is of the requested kind, vi: đúng loại yêu cầu, not: it is of another kind, not_vi: 'thuộc loại khác'}
conditions: [maker_stated, in_force, kind_matches]
example: {programme_kind: [platform, product]}
expect:
  has:
    - {programme: 'programme:l2pro', predicate: DEVELOPED, actor: 'organisation:qualcomm'}
    - {programme: 'programme:l2pro', predicate: LAUNCHED, actor: 'organisation:ptit'}
    - {programme: 'programme:techfest-online', actor: 'province:lam-dong'}
  near:
    - {programme: 'programme:hai-phong-free-trade-platform', predicate: PLANS, status: considered, fails: [in_force]}
  never:
    - {programme: 'programme:hai-phong-free-trade-platform'}
    - {programme: 'programme:lam-dong-technology-exchange'}
    - {programme: 'programme:l2pro', predicate: DEVELOPED, actor: 'organisation:ptit'}
*/
MATCH (programme:Programme)
OPTIONAL MATCH (programme)<-[edge:LAUNCHED|DEVELOPED|HAS|PLANS|PROPOSES]-(actor:Entity)
WITH programme, edge, actor, edge IS NOT NULL AS has_maker, coalesce(edge.status, 'unclear') AS status, COLLECT {
    CALL (programme) {
      MATCH (programme)<-[:APPLIES]-(user:Entity)
      RETURN user.id AS user
      UNION
      MATCH (programme)-[:LOCATED_IN]->(user:Entity)
      RETURN user.id AS user
    }
    RETURN user ORDER BY user
  } AS users
WHERE ($programme IS NULL OR programme.id = $programme)
  AND ($actor IS NULL OR actor.id = $actor OR (NOT has_maker AND $actor IN users))
RETURN programme.id AS programme, programme.name AS programme_name, programme.kind AS programme_kind,
  CASE WHEN has_maker THEN type(edge) END AS predicate, actor.id AS actor, actor.name AS actor_name,
  CASE WHEN has_maker THEN status END AS status, edge.basis AS basis, edge.as_of AS as_of, edge.due AS due,
  coalesce(edge.alternative, []) AS alternative, edge.disagreements IS NOT NULL AS disputed, edge.origins AS origins, users,
  CASE WHEN has_maker THEN edge.statements ELSE COLLECT {
    MATCH (programme)<-[:SUBJECT|OBJECT|ABOUT]-(statement:Statement) WITH DISTINCT statement.id AS statement_id
      RETURN statement_id ORDER BY statement_id
  } END AS statements,
  has_maker AS maker_stated, CASE WHEN has_maker THEN edge.holds END AS in_force,
  coalesce(programme.kind IN $programme_kind, false) AS kind_matches
ORDER BY programme, predicate, actor
