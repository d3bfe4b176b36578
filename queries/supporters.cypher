/*
title: Who funds or supports whom
topic: funds
question:
  en: Who gives money to whom, and who supports whom in other ways?
  vi: Ai cấp vốn cho ai, và ai hỗ trợ ai bằng cách khác?
asks: {needs: [give], covers: [who, predicate, Organisation, Programme, Person, Fund], about: receiver}
params:
  predicate:
    type: string
    several: true
    default: any
    help: kind of support
    vi: hình thức hỗ trợ
    values:
      FUNDS: {en: money, vi: cấp vốn}
      SUPPORTS: {en: other support, vi: hỗ trợ khác}
  giver:
    {type: entity, help: only support from this giver, vi: chỉ bên hỗ trợ này}
  receiver:
    {type: entity, help: only support to this receiver, vi: chỉ bên nhận này}
returns:
  giver:             {type: entity, help: who gives, vi: bên hỗ trợ}
  giver_name:        {help: name of the giver, vi: tên bên hỗ trợ}
  predicate:         {help: 'FUNDS for money, SUPPORTS for other support', vi: 'FUNDS là cấp vốn, SUPPORTS là hỗ trợ khác'}
  receiver:          {type: entity, help: who or what receives, vi: bên nhận}
  receiver_name:     {help: name of the receiver, vi: tên bên nhận}
  receiver_type:     {help: type of the receiver, vi: loại bên nhận}
  status:            {help: stage it has reached, vi: tình trạng}
  basis:             {help: 'how we know it: stated, inferred, context or reference', vi: mức căn cứ}
  as_of:             {type: date, help: date on which it held, vi: tính đến ngày}
  origins:           {type: integer, help: number of independent origins, vi: số nguồn độc lập}
  due:               {type: date, help: 'date, year or period by which it is to be so; ../2030 means by 2030', vi: 'thời hạn: ngày, năm hoặc giai đoạn; ../2030 là chậm nhất năm 2030'}
  disputed:          {type: boolean, help: sources or readings disagree about it, vi: 'các nguồn hoặc cách hiểu chưa thống nhất'}
  statements:        {type: statements, help: statements that support the row, vi: các thông tin làm căn cứ}
  predicate_matches: {type: boolean, help: the support is of the requested kind, vi: đúng loại hỗ trợ yêu cầu, not: the support is of the other kind, not_vi: 'là loại hỗ trợ khác'}
  in_force:          {type: boolean, help: 'the support is given; proposed, considered, planned, approved, past, disputed or unclear support does not count', vi: 'đang hỗ trợ; không tính khi mới đề xuất, đang xem xét, dự kiến, phê duyệt, đã qua, chưa thống nhất hoặc chưa rõ', not: 'not given yet, past, disputed or unclear', not_vi: 'chưa hỗ trợ, đã qua, chưa thống nhất hoặc chưa rõ'}
conditions: [predicate_matches, in_force]
example: {predicate: FUNDS}
expect:
  has:
    - {giver: 'province:hai-phong', receiver: 'sector:science-technology', predicate: FUNDS}
    - {giver: 'province:thai-nguyen', receiver: 'sector:science-technology', predicate: FUNDS}
  near:
    - {giver: 'province:hai-phong', receiver: 'fund:hai-phong-st-development', status: proposed, fails: [in_force]}
    - {giver: 'province:hai-phong', receiver: 'sector:startups', predicate: SUPPORTS, fails: [predicate_matches]}
  never:
    - {receiver: 'fund:hai-phong-st-development'}
    - {predicate: SUPPORTS}
    - {receiver: 'organisation:an-khang-garden'}
*/
MATCH (giver:Entity)-[edge:FUNDS|SUPPORTS]->(receiver:Entity)
WHERE ($giver IS NULL OR giver.id = $giver) AND ($receiver IS NULL OR receiver.id = $receiver)
WITH giver, edge, receiver, type(edge) AS predicate, coalesce(edge.status, 'unclear') AS status
RETURN giver.id AS giver, giver.name AS giver_name, predicate, receiver.id AS receiver, receiver.name AS receiver_name,
  receiver.type AS receiver_type, status, edge.basis AS basis, edge.as_of AS as_of, edge.origins AS origins,
  edge.due AS due, edge.disagreements IS NOT NULL AS disputed, edge.statements AS statements, predicate IN $predicate AS predicate_matches,
  edge.holds AS in_force
ORDER BY predicate, giver, receiver
