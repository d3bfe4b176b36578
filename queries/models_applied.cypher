/*
title: Who applies which model or policy instrument
topic: centres
question:
  en: Who applies which cooperation model or policy instrument, and who only plans or proposes it?
  vi: Ai áp dụng mô hình hợp tác hoặc công cụ chính sách nào, và ai mới dự kiến hoặc đề xuất?
params:
  model:
    {type: entity, values_of: Model, help: only this model or instrument, vi: chỉ mô hình hoặc công cụ này}
  model_kind:
    {type: string, several: true, values_of: Model.kind, default: any, help: cooperation models or policy instruments, vi: mô hình hợp tác hoặc công cụ chính sách}
returns:
  model:         {type: entity, help: the model or instrument, vi: mô hình hoặc công cụ}
  model_name:    {help: its name, vi: tên mô hình hoặc công cụ}
  model_kind:    {help: its kind, vi: loại}
  actor:         {type: entity, help: 'who applies, runs, plans or proposes it', vi: 'bên áp dụng, vận hành, dự kiến hoặc đề xuất'}
  actor_name:    {help: name of the actor, vi: tên bên liên quan}
  relation:      {help: what the actor does, vi: quan hệ của bên liên quan}
  status:        {help: how far it is, vi: tình trạng}
  basis:         {help: how firmly the passage says so, vi: mức căn cứ}
  as_of:         {type: date, help: the day it held, vi: thời điểm}
  articles:      {type: integer, help: articles that say so, vi: số bài báo}
  origins:       {type: integer, help: independent tellings, vi: số nguồn độc lập}
  differing:     {type: integer, help: disagreements about this model and this actor, vi: số điểm còn khác nhau về mô hình và bên này}
  statements:    {type: statements, help: what the row rests on, vi: các phát biểu làm căn cứ}
  kind_as_asked: {type: boolean, help: it is of a kind asked for, vi: đúng loại yêu cầu, not: 'it is of another kind', not_vi: 'thuộc loại khác'}
  in_use:        {type: boolean, help: the actor applies or runs it by now, vi: bên liên quan đang áp dụng hoặc vận hành, not: 'only planned or proposed, over, disputed or unclear, or said of a province abolished since', not_vi: 'mới dự kiến hoặc đề xuất, đã qua, còn mâu thuẫn, chưa rõ, hoặc nói về tỉnh nay đã giải thể'}
conditions: [kind_as_asked, in_use]
example: {model_kind: cooperation}
expect:
  has:
    - {model: 'model:four-parties', actor: 'province:dong-nai', relation: APPLIES, basis: inferred}
    - {model: 'model:four-parties', actor: 'province:lam-dong', relation: APPLIES, basis: inferred}
    - {model: 'model:four-houses', actor: 'province:ho-chi-minh', status: in_progress, articles: 2, origins: 1}
    - {model: 'model:state-led-enterprise-driven', actor: 'province:lam-dong'}
  near:
    - {model: 'model:open-interregional-ecosystem', actor: 'province:lam-dong', status: disputed, fails: [in_use]}
  never:
    - {relation: PROPOSES}
    - {relation: PLANS}
    - {model: 'model:public-public-partnership'}
*/
MATCH (actor:Entity)-[edge:APPLIES|OPERATES|PLANS|PROPOSES]->(model:Model)
WHERE $model IS NULL OR model.id = $model
WITH actor, edge, model, coalesce(edge.status, 'unclear') AS status,
  COUNT { (actor)<-[:CONCERNS]-(:Disagreement)-[:CONCERNS]->(model) } AS differing
RETURN model.id AS model, model.name AS model_name, model.kind AS model_kind, actor.id AS actor, actor.name AS actor_name,
  type(edge) AS relation, status, edge.basis AS basis, edge.as_of AS as_of, edge.articles AS articles,
  edge.origins AS origins, differing, edge.statements AS statements,
  model.kind IN $model_kind AS kind_as_asked,
  type(edge) IN ['APPLIES', 'OPERATES'] AND status IN ['in_progress', 'existing']
    AND NOT (actor:Province AND actor.abolished_on IS NOT NULL) AS in_use
ORDER BY model, actor, relation
