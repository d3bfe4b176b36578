/*
title: Events with their people
topic: people
question:
  en: Which events are there, when and where, and who hosts, organises and attends them?
  vi: Có những sự kiện nào, khi nào, ở đâu, ai đăng cai, ai tổ chức và ai tham gia?
asks: {needs: [Event|Event.kind], covers: [when, where, who, host, attend, timeline, exist, Person]}
params:
  event_kind:
    {type: string, several: true, values_of: Event.kind, default: any, help: kind of event, vi: loại sự kiện}
returns:
  event:         {type: entity, help: the event, vi: sự kiện}
  event_name:    {help: its name, vi: tên sự kiện}
  event_kind:    {help: its kind, vi: loại sự kiện}
  date:          {type: date, help: 'day, month or year, if known', vi: 'ngày, tháng hoặc năm, nếu biết'}
  places:        {type: entities, help: where it takes place, vi: địa điểm}
  part_of:       {type: entities, help: event or series that it is part of, vi: thuộc sự kiện hoặc chuỗi sự kiện}
  hosts:         {type: entities, help: who hosts it or plans to, vi: 'bên đăng cai, kể cả mới dự kiến'}
  host_statuses: {type: strings, help: 'status of each host, in their order', vi: 'tình trạng của từng bên đăng cai, theo thứ tự'}
  organisers:    {type: entities, help: who organises it or plans to, vi: 'bên tổ chức, kể cả mới dự kiến'}
  participants:  {type: entities, help: who took part, vi: bên tham gia}
  statuses:      {type: strings, help: 'statuses of hosting, organising, taking part and location', vi: 'tình trạng đăng cai, tổ chức, tham gia hoặc địa điểm'}
  disputed:      {type: boolean, help: 'sources or readings disagree about its hosts, organisers, participants, place or series', vi: 'các nguồn hoặc cách hiểu chưa thống nhất về bên đăng cai, tổ chức, tham gia, địa điểm hoặc chuỗi sự kiện'}
  statements:    {type: statements, help: statements that support the row, vi: các thông tin làm căn cứ}
  takes_place:   {type: boolean, help: 'it took place or takes place regularly; planned, proposed, disputed or unclear events do not count', vi: 'đã hoặc đang diễn ra; không tính khi mới dự kiến, đề xuất, chưa thống nhất hoặc chưa rõ', not: it is not stated that it took place, not_vi: 'không nêu là đã diễn ra'}
  kind_matches:  {type: boolean, help: the event is of the requested kind, vi: đúng loại sự kiện yêu cầu, not: the event is of another kind, not_vi: 'sự kiện thuộc loại khác'}
conditions: [takes_place, kind_matches]
example: {event_kind: [workshop, festival]}
expect:
  has:
    - {event: 'event:workshop-local-startups-2025', event_kind: workshop}
    - {event: 'event:techfest-lam-dong', organisers: ['province:lam-dong']}
    - {event: 'event:techfest-vietnam-2025', hosts: ['province:ha-noi'], host_statuses: [past], disputed: true}
  never:
    - {event_kind: contest}
*/
MATCH (event:Event)
OPTIONAL MATCH (event)-[edge:HOSTS|ORGANISES|TOOK_PART_IN|LOCATED_IN|PART_OF]-(neighbour:Entity)
WHERE edge.basis <> 'context' AND (type(edge) <> 'PART_OF' OR startNode(edge) = event)
WITH event, edge, type(edge) AS predicate, neighbour.id AS neighbour_id, coalesce(edge.status, 'unclear') AS status,
  // An edge is no answer if another reading is preferred, but a reason to call the row disputed.
  EXISTS {
    MATCH (statement:Statement)
    WHERE statement.id IN edge.statements AND NOT EXISTS {
      MATCH (statement)<-[:RESTS_ON]-(reading:Reading)-[:READING_OF]->(disagreement:Disagreement {changes: 'answer'})
      WHERE disagreement.preferred <> reading.position AND NOT EXISTS {
        MATCH (statement)<-[:RESTS_ON]-(preferred:Reading)-[:READING_OF]->(disagreement)
        WHERE preferred.position = disagreement.preferred
      }
    }
  } AS is_accepted
ORDER BY predicate, neighbour_id
WITH event, collect(edge) AS edges,
  collect(CASE WHEN is_accepted THEN {predicate: predicate, neighbour: neighbour_id, status: status} END) AS accepted
WITH event, accepted, reduce(all = [], edge IN edges | all + edge.statements) AS statements,
  any(edge IN edges WHERE edge.disagreements IS NOT NULL) AS disputed,
  [item IN accepted WHERE item.predicate <> 'PART_OF' | item.status] AS all_statuses
RETURN event.id AS event, event.name AS event_name, event.kind AS event_kind, event.date AS date,
  [item IN accepted WHERE item.predicate = 'LOCATED_IN' | item.neighbour] AS places,
  [item IN accepted WHERE item.predicate = 'PART_OF' | item.neighbour] AS part_of,
  [item IN accepted WHERE item.predicate = 'HOSTS' | item.neighbour] AS hosts,
  [item IN accepted WHERE item.predicate = 'HOSTS' | item.status] AS host_statuses,
  [item IN accepted WHERE item.predicate = 'ORGANISES' | item.neighbour] AS organisers,
  [item IN accepted WHERE item.predicate = 'TOOK_PART_IN' | item.neighbour] AS participants,
  [status IN $in_force + $planned + $ended + $cancelled + $uncertain WHERE status IN all_statuses] AS statuses,
  disputed,
  CASE WHEN size(statements) > 0 THEN statements ELSE COLLECT {
    MATCH (event)<-[:SUBJECT|OBJECT|ABOUT]-(statement:Statement) WITH DISTINCT statement.id AS statement_id
      RETURN statement_id ORDER BY statement_id
  } END AS statements,
  any(status IN all_statuses WHERE status IN $in_force + $ended) AND NOT 'disputed' IN all_statuses AS takes_place,
  coalesce(event.kind IN $event_kind, false) AS kind_matches
ORDER BY date, event
