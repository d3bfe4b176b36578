/*
title: Who applies which model or policy instrument
topic: centres
question:
  en: Who applies which cooperation model or policy instrument, and who only plans or proposes it?
  vi: Ai áp dụng mô hình hợp tác hoặc công cụ chính sách nào, và ai mới dự kiến hoặc đề xuất?
asks: {needs: [Model|@Model|Model.kind], covers: [apply, Province, who, plan, exist, statuses, implement, Model, connected, when, '@Province']}
params:
  model:
    {type: entity, values_of: Model, help: only this model or instrument, vi: chỉ mô hình hoặc công cụ này}
  model_kind:
    {type: string, several: true, values_of: Model.kind, default: any, help: cooperation models or policy instruments, vi: mô hình hợp tác hoặc công cụ chính sách}
returns:
  model:         {type: entity, help: the model or instrument, vi: mô hình hoặc công cụ}
  model_name:    {help: its name, vi: tên mô hình hoặc công cụ}
  model_kind:    {help: its kind, vi: loại}
  actor:         {type: entity, help: 'who applies, has, plans or proposes it', vi: 'bên áp dụng, có, dự kiến hoặc đề xuất'}
  actor_name:    {help: name of the actor, vi: tên bên liên quan}
  predicate:     {help: 'predicate: what the actor does', vi: quan hệ của bên liên quan}
  status:        {help: stage it has reached, vi: tình trạng}
  basis:         {help: 'how we know it: stated, inferred or context', vi: mức căn cứ}
  as_of:         {type: date, help: date on which it held, vi: tính đến ngày}
  articles:      {type: integer, help: number of articles that state it, vi: số bài báo}
  origins:       {type: integer, help: number of independent origins, vi: số nguồn độc lập}
  disagreements: {type: integer, help: number of disagreements about this model and this actor, vi: số điểm còn khác nhau về mô hình và bên này}
  due:           {type: date, help: 'date, year or period by which it is to be so; ../2030 means by 2030', vi: 'thời hạn: ngày, năm hoặc giai đoạn; ../2030 là chậm nhất năm 2030'}
  disputed:      {type: boolean, help: sources or readings disagree about it, vi: 'các nguồn hoặc cách hiểu chưa thống nhất'}
  statements:    {type: statements, help: statements that support the row, vi: các thông tin làm căn cứ}
  kind_matches:  {type: boolean, help: it is of the requested kind, vi: đúng loại yêu cầu, not: it is of another kind, not_vi: 'thuộc loại khác'}
  in_use:        {type: boolean, help: the actor applies or has it now, vi: bên liên quan đang áp dụng hoặc có, not: 'only planned or proposed, past, disputed or unclear, or stated of a province that has since been abolished', not_vi: 'mới dự kiến hoặc đề xuất, đã qua, chưa thống nhất, chưa rõ, hoặc nói về tỉnh nay đã giải thể'}
conditions: [kind_matches, in_use]
example: {model_kind: cooperation}
expect:
  has:
    - {model: 'model:four-parties', actor: 'province:dong-nai', predicate: APPLIES, basis: inferred}
    - {model: 'model:four-houses', actor: 'province:ho-chi-minh', status: in_progress, articles: 2, origins: 1}
  near:
    - {model: 'model:open-interregional-ecosystem', actor: 'province:lam-dong', status: proposed, fails: [in_use]}
    - {model: 'model:four-parties', actor: 'province:lam-dong', predicate: APPLIES, status: unclear, fails: [in_use]}
    - {model: 'model:state-led-enterprise-driven', actor: 'province:lam-dong', status: unclear, fails: [in_use]}
  never:
    - {predicate: PROPOSES}
    - {predicate: PLANS}
    - {model: 'model:public-public-partnership'}
*/
MATCH (actor:Entity)-[edge:APPLIES|HAS|PLANS|PROPOSES]->(model:Model)
WHERE $model IS NULL OR model.id = $model
WITH actor, edge, model, coalesce(edge.status, 'unclear') AS status,
  COUNT { (actor)<-[:CONCERNS]-(:Disagreement)-[:CONCERNS]->(model) } AS disagreements
RETURN model.id AS model, model.name AS model_name, model.kind AS model_kind, actor.id AS actor, actor.name AS actor_name,
  type(edge) AS predicate, status, edge.basis AS basis, edge.as_of AS as_of, edge.articles AS articles,
  edge.origins AS origins, disagreements, edge.due AS due,
  edge.disagreements IS NOT NULL AS disputed, edge.statements AS statements,
  model.kind IN $model_kind AS kind_matches,
  type(edge) IN ['APPLIES', 'HAS'] AND edge.holds
    AND NOT (actor:Province AND actor.abolished_on IS NOT NULL) AS in_use
ORDER BY model, actor, predicate
