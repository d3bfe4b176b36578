/*
title: Participants of events
topic: people
question:
  en: Who took part in, hosted or organised an event, with which office and from which province?
  vi: Ai tham gia, đăng cai hoặc tổ chức một sự kiện, giữ chức vụ gì và từ tỉnh, thành phố nào?
asks: {needs: [attend|host, Event|@Event|Event.kind], covers: [who, Person, office, Province, speak, Event, Event.kind]}
params:
  event:
    {type: entity, values_of: Event, help: only this event, vi: chỉ sự kiện này}
  province:
    {type: entity, values_of: Province, help: only participants of this province or city, vi: 'chỉ bên tham gia từ tỉnh, thành phố này'}
returns:
  event:            {type: entity, help: the event, vi: sự kiện}
  event_name:       {help: its name, vi: tên sự kiện}
  date:             {type: date, help: 'date of the event, if stated', vi: 'ngày diễn ra, nếu có nêu'}
  participant:      {type: entity, help: 'the person, or the province or body where no person is named', vi: 'người tham gia, hoặc tỉnh, cơ quan, tổ chức nếu không nêu tên người'}
  participant_name: {help: name of the participant, vi: tên}
  participant_type: {help: type of the participant, vi: loại}
  predicate:        {help: what the participant did, vi: vai trò trong sự kiện}
  titles:           {type: strings, help: offices that the person holds, vi: các chức vụ đang giữ}
  offices:          {type: entities, help: the body of each office, vi: cơ quan của từng chức vụ}
  provinces:        {type: entities, help: 'current province or city of the participant, or of an office', vi: 'tỉnh, thành phố hiện nay của bên tham gia hoặc của chức vụ'}
  status:           {help: 'stage it has reached: past once it is over', vi: 'tình trạng; đã qua khi sự kiện kết thúc'}
  basis:            {help: 'how we know it: stated, inferred or context', vi: mức căn cứ}
  as_of:            {type: date, help: date on which it held, vi: tính đến ngày}
  disputed:         {type: boolean, help: it is part of a disagreement, vi: chưa thống nhất}
  articles:         {type: integer, help: number of articles that state it, vi: số bài báo}
  origins:          {type: integer, help: number of independent origins, vi: số nguồn độc lập}
  statements:       {type: statements, help: statements that support the row, vi: các thông tin làm căn cứ}
example: {}
expect:
  rows: {at_least: 5}
  has:
    - {predicate: TOOK_PART_IN}
    - {participant_type: Person}
    - {participant_type: Province}
*/
MATCH (event:Event)<-[edge:TOOK_PART_IN|HOSTS|ORGANISES]-(participant:Entity)
WHERE $event IS NULL OR event.id = $event
WITH event, edge, participant, COLLECT {
    MATCH location_path = (participant)-[:HOLDS_ROLE|PART_OF|LOCATED_IN|HAS_SITE_IN*0..4]->(province:Province)
    WHERE province.abolished_on IS NULL
      AND all(step IN relationships(location_path) WHERE coalesce(step.status, 'unclear') IN $in_force + ['unclear'])
    WITH DISTINCT province.id AS province_id RETURN province_id ORDER BY province_id
  } AS provinces
WHERE $province IS NULL OR $province IN provinces
OPTIONAL MATCH (participant)-[role:HOLDS_ROLE]->(office:Entity)
WHERE coalesce(role.status, 'unclear') IN $in_force + ['unclear']
WITH event, edge, participant, provinces, role, office.id AS office_id
ORDER BY office_id
WITH event, edge, participant, provinces, collect(role.title) AS titles, collect(office_id) AS offices,
  collect(role.statements) AS role_lists
RETURN event.id AS event, event.name AS event_name, event.date AS date, participant.id AS participant,
  participant.name AS participant_name, participant.type AS participant_type, type(edge) AS predicate, titles, offices,
  provinces, coalesce(edge.status, 'unclear') AS status, edge.basis AS basis, edge.as_of AS as_of,
  size(coalesce(edge.disagreements, [])) > 0 AS disputed, edge.articles AS articles, edge.origins AS origins,
  reduce(all = edge.statements, list IN role_lists | all + list) AS statements
ORDER BY date, event, participant_type, participant, predicate
