/*
title: Events with their people
topic: people
question:
  en: Which events are there, when and where, and who hosts, organises and attends them?
  vi: Có những sự kiện nào, khi nào, ở đâu, ai đăng cai, ai tổ chức và ai tham gia?
params:
  event_kind:
    {type: string, several: true, values_of: Event.kind, default: any, help: kind of event asked for, vi: loại sự kiện}
returns:
  event:         {type: entity, help: the event, vi: sự kiện}
  event_name:    {help: its name, vi: tên sự kiện}
  event_kind:    {help: its kind, vi: loại sự kiện}
  date:          {type: date, help: 'day, month or year, where one is known', vi: 'ngày, tháng hoặc năm, nếu biết'}
  places:        {type: entities, help: where it is, vi: địa điểm}
  part_of:       {type: entities, help: the event or series it is part of, vi: thuộc sự kiện hoặc chuỗi sự kiện}
  hosts:         {type: entities, help: 'who hosts it, or is to', vi: 'bên đăng cai, kể cả mới dự kiến'}
  organisers:    {type: entities, help: 'who organises it, or is to', vi: 'bên tổ chức, kể cả mới dự kiến'}
  participants:  {type: entities, help: who took part, vi: bên tham gia}
  statuses:      {type: strings, help: 'how far hosting, organising, taking part or the place is', vi: 'tình trạng đăng cai, tổ chức, tham gia hoặc địa điểm'}
  statements:    {type: statements, help: what the row rests on, vi: các phát biểu làm căn cứ}
  takes_place:   {type: boolean, help: 'it took place or does regularly; planned, proposed, disputed and unclear do not count', vi: 'đã hoặc đang diễn ra; không tính khi mới dự kiến, đề xuất, còn mâu thuẫn hoặc chưa rõ', not: 'that it took place is not stated', not_vi: 'không nêu là đã diễn ra'}
  kind_as_asked: {type: boolean, help: the event is of a kind asked for, vi: đúng loại sự kiện yêu cầu, not: 'the event is of another kind', not_vi: 'sự kiện thuộc loại khác'}
conditions: [takes_place, kind_as_asked]
example: {event_kind: [workshop, festival]}
expect:
  has:
    - {event: 'event:workshop-local-startups-2025', event_kind: workshop}
    - {event: 'event:techfest-lam-dong', organisers: ['province:lam-dong']}
  near:
    - {event: 'event:techfest-vietnam-2025', hosts: ['province:quang-ninh'], fails: [takes_place]}
  never:
    - {event: 'event:techfest-vietnam-2025'}
    - {event_kind: contest}
*/
MATCH (event:Event)
OPTIONAL MATCH (event)<-[tie:HOSTS|ORGANISES|TOOK_PART_IN]-(actor:Entity)
WITH event, type(tie) AS relation, actor.id AS actor, tie.status AS status, tie.statements AS behind
ORDER BY relation, actor
WITH event, collect(CASE WHEN relation = 'HOSTS' THEN actor END) AS hosts,
  collect(CASE WHEN relation = 'ORGANISES' THEN actor END) AS organisers,
  collect(CASE WHEN relation = 'TOOK_PART_IN' THEN actor END) AS participants,
  collect(status) AS doing, collect(behind) AS behind
OPTIONAL MATCH (event)-[site:LOCATED_IN|PART_OF]->(place:Entity)
WITH event, hosts, organisers, participants, doing, behind, type(site) AS relation, place.id AS place,
  site.status AS status, site.statements AS more
ORDER BY relation, place
WITH event, hosts, organisers, participants, doing, behind,
  collect(CASE WHEN relation = 'LOCATED_IN' THEN status END) AS being,
  collect(CASE WHEN relation = 'LOCATED_IN' THEN place END) AS places,
  collect(CASE WHEN relation = 'PART_OF' THEN place END) AS part_of, collect(more) AS more
WITH event, hosts, organisers, participants, places, part_of, doing + being AS said,
  reduce(all = [], some IN behind + more | all + some) AS statements
RETURN event.id AS event, event.name AS event_name, event.kind AS event_kind, event.date AS date, places, part_of,
  hosts, organisers, participants,
  [status IN ['proposed', 'planned', 'approved', 'in_progress', 'existing', 'past', 'disputed', 'unclear']
    WHERE status IN said] AS statuses,
  CASE WHEN size(statements) > 0 THEN statements ELSE COLLECT {
    MATCH (event)<-[:SUBJECT|OBJECT|ABOUT]-(s:Statement) WITH DISTINCT s.id AS told RETURN told ORDER BY told
  } END AS statements,
  any(status IN said WHERE status IN ['in_progress', 'existing', 'past']) AND NOT 'disputed' IN said AS takes_place,
  coalesce(event.kind IN $event_kind, false) AS kind_as_asked
ORDER BY date, event
