/*
title: Programmes and who makes them
topic: centres
question:
  en: Which programmes, platforms and products are there, and who launched, developed, operates or plans them?
  vi: Có những chương trình, nền tảng, sản phẩm nào, và ai ra mắt, phát triển, vận hành hoặc dự kiến?
params:
  programme_kind:
    {type: string, several: true, values_of: Programme.kind, default: any, help: kind of programme asked for, vi: loại chương trình}
  actor:
    {type: entity, help: only programmes of this actor, vi: chỉ chương trình của chủ thể này}
returns:
  programme:      {type: entity, help: 'the programme, platform or product', vi: 'chương trình, nền tảng hoặc sản phẩm'}
  programme_name: {help: its name, vi: tên}
  programme_kind: {help: its kind, vi: loại}
  relation:       {help: 'what the actor does: launched, developed, operates, plans or proposes it', vi: 'quan hệ: ra mắt (LAUNCHED), phát triển (DEVELOPED), vận hành (OPERATES), dự kiến (PLANS) hoặc đề xuất (PROPOSES)'}
  actor:          {type: entity, help: the actor, vi: chủ thể}
  actor_name:     {help: name of the actor, vi: tên chủ thể}
  status:         {help: how far it is for the actor, vi: tình trạng đối với chủ thể}
  as_of:          {type: date, help: the day it held, vi: thời điểm}
  origins:        {type: integer, help: independent tellings, vi: số nguồn độc lập}
  used_by:        {type: entities, help: 'who applies it or where it is, the nearest fact where no maker is stated', vi: 'bên áp dụng hoặc nơi đặt, là thông tin gần nhất khi không nêu chủ thể'}
  statements:     {type: statements, help: what the row rests on, vi: các phát biểu làm căn cứ}
  maker_stated:   {type: boolean, help: 'it is said who launched, developed, operates, plans or proposes it', vi: 'có nêu chủ thể', not: 'who makes it is not stated', not_vi: 'không nêu chủ thể'}
  in_place:       {type: boolean, help: 'it is there or being built; proposed, considered, planned, approved, past, disputed and unclear do not count', vi: 'đã có hoặc đang xây dựng; không tính khi mới đề xuất, đang xem xét, dự kiến, phê duyệt, đã qua, còn mâu thuẫn hoặc chưa rõ', not: 'not there yet, past, disputed or unclear', not_vi: 'chưa có, đã qua, còn mâu thuẫn hoặc chưa rõ'}
  kind_as_asked:  {type: boolean, help: it is of a kind asked for, vi: đúng loại yêu cầu, not: 'it is of another kind', not_vi: 'thuộc loại khác'}
conditions: [maker_stated, in_place, kind_as_asked]
example: {programme_kind: [platform, product]}
expect:
  has:
    - {programme: 'programme:l2pro', relation: DEVELOPED, actor: 'organisation:qualcomm'}
    - {programme: 'programme:l2pro', relation: LAUNCHED, actor: 'organisation:ptit'}
    - {programme: 'programme:techfest-online', actor: 'province:lam-dong'}
  near:
    - {programme: 'programme:hai-phong-free-trade-platform', relation: PLANS, status: considered, fails: [in_place]}
  never:
    - {programme: 'programme:hai-phong-free-trade-platform'}
    - {programme: 'programme:lam-dong-technology-exchange'}
    - {programme: 'programme:l2pro', relation: DEVELOPED, actor: 'organisation:ptit'}
*/
MATCH (programme:Programme)
OPTIONAL MATCH (programme)<-[tie:LAUNCHED|DEVELOPED|OPERATES|PLANS|PROPOSES]-(actor:Entity)
WITH programme, tie, actor, tie IS NOT NULL AS made, coalesce(tie.status, 'unclear') AS status, COLLECT {
    CALL (programme) {
      MATCH (programme)<-[:APPLIES]-(user:Entity)
      RETURN user.id AS user
      UNION
      MATCH (programme)-[:LOCATED_IN]->(user:Entity)
      RETURN user.id AS user
    }
    RETURN user ORDER BY user
  } AS used_by
WHERE $actor IS NULL OR actor.id = $actor OR (NOT made AND $actor IN used_by)
RETURN programme.id AS programme, programme.name AS programme_name, programme.kind AS programme_kind,
  CASE WHEN made THEN type(tie) END AS relation, actor.id AS actor, actor.name AS actor_name,
  CASE WHEN made THEN status END AS status, tie.as_of AS as_of, tie.origins AS origins, used_by,
  CASE WHEN made THEN tie.statements ELSE COLLECT {
    MATCH (programme)<-[:SUBJECT|OBJECT|ABOUT]-(s:Statement) WITH DISTINCT s.id AS told RETURN told ORDER BY told
  } END AS statements,
  made AS maker_stated, CASE WHEN made THEN status IN ['in_progress', 'existing'] END AS in_place,
  coalesce(programme.kind IN $programme_kind, false) AS kind_as_asked
ORDER BY programme, relation, actor
