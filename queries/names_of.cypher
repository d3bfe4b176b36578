/*
title: Names of an entity
topic: anything
question:
  en: What names does an entity have, in which languages, and which article uses each?
  vi: Một đối tượng có những tên nào, bằng ngôn ngữ nào, và bài nào dùng mỗi tên?
asks: {needs: [name], covers: [Article]}
params:
  entity:
    {type: entity, required: true, help: entity whose names are listed, vi: đối tượng cần xem tên}
returns:
  name:         {help: the name, vi: tên}
  language:     {help: its language, vi: ngôn ngữ}
  kind:         {help: 'name, other name, abbreviation, former name, document number or our translation', vi: 'tên, tên khác, viết tắt, tên cũ, số hiệu hoặc bản dịch của chúng tôi'}
  is_main_name: {type: boolean, help: it is the name that is displayed, vi: là tên được hiển thị}
  article:      {type: entity, help: article that uses it; empty for reference knowledge or our translation, vi: 'bài dùng tên này; để trống là kiến thức tra cứu hoặc bản dịch của chúng tôi'}
  article_name: {help: its title, vi: tên bài báo}
  statements:   {type: statements, help: 'always empty: a name is not a statement', vi: 'luôn để trống: tên gọi không được tính là thông tin'}
example: {entity: 'policy:57-nq-tw'}
expect:
  rows: {at_least: 8}
  has:
    - {name: 57-NQ/TW, language: vi, kind: number, article: null}
    - {language: de, article: 'article:003'}
    - {language: id, article: 'article:004'}
*/
MATCH (:Entity {id: $entity})<-[:NAMES]-(name_entry:Name)
MATCH (entity:Entity {id: $entity})
OPTIONAL MATCH (article:Entity {id: name_entry.article})
RETURN name_entry.text AS name, name_entry.language AS language, name_entry.kind AS kind,
  name_entry.text = entity.name AS is_main_name,
  name_entry.article AS article, article.name AS article_name, [] AS statements
ORDER BY language, kind, name, coalesce(article, '')
