/*
title: Who funds or supports whom
topic: funds
question:
  en: Who gives money to whom, and who helps whom in another way?
  vi: Ai cấp vốn cho ai, và ai hỗ trợ ai bằng cách khác?
params:
  money:
    {type: boolean, help: 'true: only money; false: only other help; not given: both', vi: 'true: chỉ cấp vốn; false: chỉ hỗ trợ khác; để trống: cả hai'}
  giver:
    {type: entity, help: only help from it, vi: chỉ bên hỗ trợ này}
  receiver:
    {type: entity, help: only help to it, vi: chỉ bên nhận này}
returns:
  giver:         {type: entity, help: who gives, vi: bên hỗ trợ}
  giver_name:    {help: name of the giver, vi: tên bên hỗ trợ}
  help:          {help: 'FUNDS is money, SUPPORTS is other help', vi: 'FUNDS là cấp vốn, SUPPORTS là hỗ trợ khác'}
  receiver:      {type: entity, help: who or what receives, vi: bên nhận}
  receiver_name: {help: name of the receiver, vi: tên bên nhận}
  receiver_type: {help: type of the receiver, vi: loại bên nhận}
  status:        {help: how far it is, vi: tình trạng}
  basis:         {help: how firmly it is said, vi: mức căn cứ}
  as_of:         {type: date, help: the day it held, vi: thời điểm}
  origins:       {type: integer, help: independent tellings, vi: số nguồn độc lập}
  statements:    {type: statements, help: what the row rests on, vi: các phát biểu làm căn cứ}
  help_as_asked: {type: boolean, help: the help is of the kind asked for, vi: đúng loại hỗ trợ yêu cầu, not: 'the help is of the other kind', not_vi: 'là loại hỗ trợ khác'}
  is_given:      {type: boolean, help: 'it is given; proposed, considered, planned, approved, past, disputed and unclear do not count', vi: 'đang hỗ trợ; không tính khi mới đề xuất, đang xem xét, dự kiến, phê duyệt, đã qua, còn mâu thuẫn hoặc chưa rõ', not: 'not given yet, past, disputed or unclear', not_vi: 'chưa hỗ trợ, đã qua, còn mâu thuẫn hoặc chưa rõ'}
conditions: [help_as_asked, is_given]
example: {money: 'true'}
expect:
  has:
    - {giver: 'province:hai-phong', receiver: 'sector:science-technology', help: FUNDS}
    - {giver: 'province:thai-nguyen', receiver: 'sector:science-technology', help: FUNDS}
  near:
    - {giver: 'province:hai-phong', receiver: 'fund:hai-phong-st-development', status: proposed, fails: [is_given]}
    - {giver: 'province:hai-phong', receiver: 'sector:startups', help: SUPPORTS, fails: [help_as_asked]}
  never:
    - {receiver: 'fund:hai-phong-st-development'}
    - {help: SUPPORTS}
    - {receiver: 'organisation:an-khang-garden'}
*/
MATCH (giver:Entity)-[tie:FUNDS|SUPPORTS]->(receiver:Entity)
WHERE ($giver IS NULL OR giver.id = $giver) AND ($receiver IS NULL OR receiver.id = $receiver)
WITH giver, tie, receiver, type(tie) AS help, coalesce(tie.status, 'unclear') AS status
RETURN giver.id AS giver, giver.name AS giver_name, help, receiver.id AS receiver, receiver.name AS receiver_name,
  receiver.type AS receiver_type, status, tie.basis AS basis, tie.as_of AS as_of, tie.origins AS origins,
  tie.statements AS statements, $money IS NULL OR $money = (help = 'FUNDS') AS help_as_asked,
  status IN ['in_progress', 'existing'] AS is_given
ORDER BY help, giver, receiver
