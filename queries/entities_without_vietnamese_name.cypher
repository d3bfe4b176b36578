/*
title: Entities without a Vietnamese name
topic: graph
question:
  en: Which entities have no Vietnamese name, and which have only one that we translated?
  vi: Những đối tượng nào chưa có tên tiếng Việt, và đối tượng nào chỉ có tên do chúng tôi dịch?
params:
  type:
    type: string
    several: true
    values_of: nodes
    default: [Province, Place, Agency, Person, Policy, Fund, Centre, Organisation, Event, Programme, Sector, Model]
    help: entity types to include; by default all but articles
    vi: các loại đối tượng; để trống là tất cả trừ bài báo
returns:
  entity:             {type: entity, help: the entity, vi: đối tượng}
  entity_name:        {help: the name that is displayed, vi: tên được hiển thị}
  entity_type:        {help: its type, vi: loại đối tượng}
  names:              {type: strings, help: its names, vi: các tên}
  languages:          {type: strings, help: languages of these names, vi: ngôn ngữ của các tên}
  articles:           {type: integer, help: number of articles that name it, vi: số bài có tên đối tượng}
  statements:         {type: statements, help: statements about it, vi: các thông tin về đối tượng}
  no_vietnamese_name: {type: boolean, help: no Vietnamese name is known, vi: chưa biết tên tiếng Việt, not: a Vietnamese name is known, not_vi: đã biết tên tiếng Việt}
  no_translation:     {type: boolean, help: there is no Vietnamese translation of ours either, vi: cũng không có bản dịch tiếng Việt của chúng tôi, not: its Vietnamese name is our translation, not_vi: tên tiếng Việt là bản dịch của chúng tôi}
conditions: [no_vietnamese_name, no_translation]
example: {type: [Person, Fund]}
expect:
  has:
    - {entity: 'person:ram-krishnan'}
  near:
    - {entity: 'fund:quang-ninh-venture-capital', fails: [no_translation]}
  never:
    - {entity: 'fund:dong-nai-st-development'}
    - {entity: 'person:lam-dinh-thang'}
*/
MATCH (entity:Entity)
WHERE entity.type IN $type
  AND NOT EXISTS { (entity)<-[:NAMES]-(name:Name) WHERE name.language = 'vi' AND name.kind <> 'translation' }
OPTIONAL MATCH (entity)<-[:SUBJECT]-(statement:Statement)
WITH entity, statement.id AS statement_id ORDER BY statement_id
WITH entity, collect(DISTINCT statement_id) AS statements
RETURN entity.id AS entity, entity.name AS entity_name, entity.type AS entity_type,
  reduce(all = [], item IN entity.names | CASE WHEN item IN all THEN all ELSE all + item END) AS names,
  reduce(all = [], item IN entity.languages | CASE WHEN item IN all THEN all ELSE all + item END) AS languages,
  COUNT { (entity)<-[:MENTIONS]-(article:Article) } AS articles, statements,
  true AS no_vietnamese_name, NOT 'vi' IN entity.languages AS no_translation
ORDER BY entity_type, entity
