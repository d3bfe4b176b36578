/*
title: Names of an entity
topic: anything
question:
  en: Under which names does an entity go, in which languages, and which article uses each?
  vi: Một đối tượng có những tên nào, bằng ngôn ngữ nào, và bài nào dùng mỗi tên?
params:
  entity:
    {type: entity, required: true, help: 'whose names', vi: đối tượng cần xem tên}
returns:
  name:         {help: the name, vi: tên}
  language:     {help: its language, vi: ngôn ngữ}
  kind:         {help: 'name, other name, abbreviation, former name, document number or translation of ours', vi: 'tên, tên khác, viết tắt, tên cũ, số hiệu hoặc bản dịch của chúng tôi'}
  main:         {type: boolean, help: it is the name shown, vi: là tên được hiển thị}
  article:      {type: entity, help: 'the article that uses it; none means reference knowledge, or our translation', vi: 'bài dùng tên này; để trống là kiến thức tra cứu hoặc bản dịch của chúng tôi'}
  article_name: {help: its title, vi: tên bài báo}
  statements:   {type: statements, help: 'none: a name is no statement', vi: 'không có: tên không phải là phát biểu'}
example: {entity: 'policy:57-nq-tw'}
expect:
  rows: {at_least: 8}
  has:
    - {name: 57-NQ/TW, language: vi, kind: number, article: null}
    - {language: de, article: 'article:003'}
    - {language: id, article: 'article:004'}
*/
MATCH (:Entity {id: $entity})<-[:NAMES]-(called:Name)
MATCH (entity:Entity {id: $entity})
OPTIONAL MATCH (article:Entity {id: called.article})
RETURN called.text AS name, called.language AS language, called.kind AS kind, called.text = entity.name AS main,
  called.article AS article, article.name AS article_name, [] AS statements
ORDER BY language, kind, name, coalesce(article, '')
