/*
title: Entities without a Vietnamese name
topic: graph
question:
  en: Which entities have no Vietnamese name, and which only one that we translated?
  vi: Những đối tượng nào chưa có tên tiếng Việt, và đối tượng nào chỉ có tên do chúng tôi dịch?
params:
  type:
    type: string
    several: true
    values_of: nodes
    default: [Province, Place, Agency, Person, Policy, Fund, Centre, Organisation, Event, Programme, Sector, Model]
    help: types of entity asked for; without it all but articles
    vi: các loại đối tượng; để trống là tất cả trừ bài báo
returns:
  entity:      {type: entity, help: who or what it is, vi: đối tượng}
  entity_name: {help: the name shown, vi: tên được hiển thị}
  entity_type: {help: its type, vi: loại đối tượng}
  names:       {type: strings, help: its names, vi: các tên}
  languages:   {type: strings, help: the languages of these, vi: ngôn ngữ của các tên}
  articles:    {type: integer, help: articles in which a name of it stands, vi: số bài có tên đối tượng}
  statements:  {type: statements, help: what is said of it, vi: các phát biểu về đối tượng}
  none_known:  {type: boolean, help: no Vietnamese name of it is known, vi: chưa biết tên tiếng Việt, not: a Vietnamese name is known, not_vi: đã biết tên tiếng Việt}
  none_of_ours: {type: boolean, help: nor is there a Vietnamese translation of ours, vi: cũng không có bản dịch tiếng Việt của chúng tôi, not: its Vietnamese name is our translation, not_vi: tên tiếng Việt là bản dịch của chúng tôi}
conditions: [none_known, none_of_ours]
example: {type: [Person, Fund]}
expect:
  has:
    - {entity: 'person:ram-krishnan'}
  near:
    - {entity: 'fund:quang-ninh-venture-capital', fails: [none_of_ours]}
  never:
    - {entity: 'fund:dong-nai-st-development'}
    - {entity: 'person:lam-dinh-thang'}
*/
MATCH (entity:Entity)
WHERE entity.type IN $type
  AND NOT EXISTS { (entity)<-[:NAMES]-(called:Name) WHERE called.language = 'vi' AND called.kind <> 'translation' }
OPTIONAL MATCH (entity)<-[:SUBJECT]-(said:Statement)
WITH entity, said.id AS one ORDER BY one
WITH entity, collect(DISTINCT one) AS statements
RETURN entity.id AS entity, entity.name AS entity_name, entity.type AS entity_type,
  reduce(all = [], one IN entity.names | CASE WHEN one IN all THEN all ELSE all + one END) AS names,
  reduce(all = [], one IN entity.languages | CASE WHEN one IN all THEN all ELSE all + one END) AS languages,
  COUNT { (entity)<-[:MENTIONS]-(article:Article) } AS articles, statements,
  true AS none_known, NOT 'vi' IN entity.languages AS none_of_ours
ORDER BY entity_type, entity
