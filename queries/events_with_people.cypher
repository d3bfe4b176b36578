/*
title: Events with their people
topic: people
question:
  en: Which events are there, when and where, and who hosts, organises and attends them?
  vi: Có những sự kiện nào, khi nào, ở đâu, ai đăng cai, ai tổ chức và ai tham gia?
params:
  event_kind:
    {type: string, several: true, values_of: Event.kind, default: any, help: kind of event, vi: loại sự kiện}
returns:
  event:        {type: entity, help: the event, vi: sự kiện}
  event_name:   {help: its name, vi: tên sự kiện}
  event_kind:   {help: its kind, vi: loại sự kiện}
  date:         {type: date, help: 'day, month or year, if known', vi: 'ngày, tháng hoặc năm, nếu biết'}
  places:       {type: entities, help: where it takes place, vi: địa điểm}
  part_of:      {type: entities, help: event or series that it is part of, vi: thuộc sự kiện hoặc chuỗi sự kiện}
  hosts:        {type: entities, help: who hosts it or plans to, vi: 'bên đăng cai, kể cả mới dự kiến'}
  organisers:   {type: entities, help: who organises it or plans to, vi: 'bên tổ chức, kể cả mới dự kiến'}
  participants: {type: entities, help: who took part, vi: bên tham gia}
  statuses:     {type: strings, help: 'statuses of hosting, organising, taking part and location', vi: 'tình trạng đăng cai, tổ chức, tham gia hoặc địa điểm'}
  statements:   {type: statements, help: statements that support the row, vi: các thông tin làm căn cứ}
  takes_place:  {type: boolean, help: 'it took place or takes place regularly; planned, proposed, disputed or unclear events do not count', vi: 'đã hoặc đang diễn ra; không tính khi mới dự kiến, đề xuất, chưa thống nhất hoặc chưa rõ', not: it is not stated that it took place, not_vi: 'không nêu là đã diễn ra'}
  kind_matches: {type: boolean, help: the event is of the requested kind, vi: đúng loại sự kiện yêu cầu, not: the event is of another kind, not_vi: 'sự kiện thuộc loại khác'}
conditions: [takes_place, kind_matches]
example: {event_kind: [workshop, festival]}
expect:
  has:
    - {event: 'event:workshop-local-startups-2025', event_kind: workshop}
    - {event: 'event:techfest-lam-dong', organisers: ['province:lam-dong']}
  near:
    - {event: 'event:techfest-vietnam-2025', hosts: ['province:ha-noi', 'province:quang-ninh'], fails: [takes_place]}
  never:
    - {event: 'event:techfest-vietnam-2025'}
    - {event_kind: contest}
*/
MATCH (event:Event)
OPTIONAL MATCH (event)<-[edge:HOSTS|ORGANISES|TOOK_PART_IN]-(actor:Entity)
WITH event, type(edge) AS predicate, actor.id AS actor, edge.status AS status,
  CASE WHEN edge.holds OR edge.status IN $ended THEN edge.status END AS firm_status, edge.statements AS actor_statements
ORDER BY predicate, actor
WITH event, collect(CASE WHEN predicate = 'HOSTS' THEN actor END) AS hosts,
  collect(CASE WHEN predicate = 'ORGANISES' THEN actor END) AS organisers,
  collect(CASE WHEN predicate = 'TOOK_PART_IN' THEN actor END) AS participants,
  collect(status) AS actor_statuses, collect(firm_status) AS firm_statuses,
  collect(actor_statements) AS actor_statements
OPTIONAL MATCH (event)-[place_edge:LOCATED_IN|PART_OF]->(place:Entity)
WITH event, hosts, organisers, participants, actor_statuses, firm_statuses, actor_statements, type(place_edge) AS predicate,
  place.id AS place, place_edge.status AS status,
  CASE WHEN place_edge.holds OR place_edge.status IN $ended THEN place_edge.status END AS firm_status,
  place_edge.statements AS place_statements
ORDER BY predicate, place
WITH event, hosts, organisers, participants, actor_statuses, firm_statuses, actor_statements,
  collect(CASE WHEN predicate = 'LOCATED_IN' THEN status END) AS location_statuses,
  collect(CASE WHEN predicate = 'LOCATED_IN' THEN firm_status END) AS firm_location_statuses,
  collect(CASE WHEN predicate = 'LOCATED_IN' THEN place END) AS places,
  collect(CASE WHEN predicate = 'PART_OF' THEN place END) AS part_of, collect(place_statements) AS place_statements
WITH event, hosts, organisers, participants, places, part_of, actor_statuses + location_statuses AS all_statuses,
  firm_statuses + firm_location_statuses AS firm_statuses,
  reduce(all = [], list IN actor_statements + place_statements | all + list) AS statements
RETURN event.id AS event, event.name AS event_name, event.kind AS event_kind, event.date AS date, places, part_of,
  hosts, organisers, participants,
  [status IN $in_force + $planned + $ended + $cancelled + $uncertain WHERE status IN all_statuses] AS statuses,
  CASE WHEN size(statements) > 0 THEN statements ELSE COLLECT {
    MATCH (event)<-[:SUBJECT|OBJECT|ABOUT]-(statement:Statement) WITH DISTINCT statement.id AS statement_id
      RETURN statement_id ORDER BY statement_id
  } END AS statements,
  any(status IN firm_statuses WHERE status IN $in_force + $ended)
  AND NOT 'disputed' IN all_statuses AS takes_place,
  coalesce(event.kind IN $event_kind, false) AS kind_matches
ORDER BY date, event
