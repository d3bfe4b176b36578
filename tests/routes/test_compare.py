"""The comparison as CSV and JSON, on facts with ties, zeros, other speakers and several disagreements."""

import csv
import io

from fastapi.testclient import TestClient

AGENCIES = """\
common,person:chair,in,agency:two,HOLDS_ROLE,existing,inferred,2025-10-19,i00-002
common,person:chair,in,agency:one,HOLDS_ROLE,existing,stated,2025-10-19,i00-001
common,person:chair,in,agency:three,HOLDS_ROLE,past,stated,2025-10-19,i00-003
common,fund:done,out,agency:one,HAS,existing,stated,2025-10-19,i00-015
common,fund:done,out,agency:three,SUPPORTS,existing,stated,2025-10-19,i00-016
common,organisation:shop,out,agency:two,SUPPORTS,past,stated,2025-11-18,i01-001
common,organisation:shop,out,agency:one,FUNDS,planned,stated,2025-10-19,i00-014
common,organisation:shop,out,agency:one,SUPPORTS,existing,stated,2025-10-19,i00-013
common,person:deputy,in,agency:two,HOLDS_ROLE,existing,context,2025-10-19,i00-005
common,person:deputy,in,agency:one,HOLDS_ROLE,existing,stated,2025-10-19,i00-004
relations,ISSUED,out,agency:two,policy:drafted,planned,stated,2025-10-19,i00-008
relations,ISSUED,out,agency:one,policy:lapsed,past,stated,2025-10-19,i00-007
relations,ISSUED,out,agency:one,policy:signed,existing,stated,2025-10-19,i00-006
relations,PART_OF,out,agency:two,agency:one,existing,stated,2025-10-19,i00-012
relations,PART_OF,in,agency:one,agency:two,existing,stated,2025-10-19,i00-012
relations,HOLDS_ROLE,in,agency:two,person:chair,existing,inferred,2025-10-19,i00-002
relations,HOLDS_ROLE,in,agency:two,person:deputy,existing,context,2025-10-19,i00-005
relations,HOLDS_ROLE,in,agency:one,person:chair,existing,stated,2025-10-19,i00-001
relations,HOLDS_ROLE,in,agency:one,person:deputy,existing,stated,2025-10-19,i00-004
relations,HOLDS_ROLE,in,agency:three,person:chair,past,stated,2025-10-19,i00-003
relations,HAS,out,agency:one,fund:done,existing,stated,2025-10-19,i00-015
relations,FUNDS,out,agency:one,organisation:shop,planned,stated,2025-10-19,i00-014
relations,SUPPORTS,out,agency:two,organisation:shop,past,stated,2025-11-18,i01-001
relations,SUPPORTS,out,agency:one,organisation:shop,existing,stated,2025-10-19,i00-013
relations,SUPPORTS,out,agency:three,fund:done,existing,stated,2025-10-19,i00-016
relations,PUBLISHED,out,agency:two,article:i00,existing,stated,2025-10-19,i00-023
relations,PUBLISHED,out,agency:one,article:i00,existing,stated,2025-10-19,i00-022
numbers,budget,agency:three,900,'=,VND,actual,stated,2025-10-19,true,i00-032
numbers,budget,agency:one,55,about,VND,actual,stated,2025-11-18,true,i01-002
numbers,staff,agency:one,40,'=,count,actual,2024,stated,2025-10-19,false,disputed value,i00-024
numbers,staff,agency:two,35,'=,count,actual,2025,stated,2025-10-19,false,part of another unit; disputed value,i00-031
numbers,staff,agency:two,30,'=,count,actual,2024,stated,2025-10-19,false,part of another unit,i00-030
numbers,staff,agency:two,30,'=,count,actual,2024,stated,2025-11-18,false,part of another unit; disputed value,i01-003
numbers,visitors,agency:one,0,'=,count,actual,stated,2025-10-19,false,i00-025; i00-026
numbers,visitors,agency:one,0,'=,count,actual,inferred,2025-10-19,false,i00-027
numbers,visitors,agency:one,60,at least,count,planned,2026,stated,2025-10-19,false,i00-028
numbers,visitors,agency:one,70,less than,count,target,2030,stated,2025-10-19,false,i00-029
claims,goal,agency:two,1
claims,goal,agency:one,2
claims,goal,agency:three,1
claims,challenge,agency:two,1
"""
"""The lines of a comparison of three agencies without the empty cells and the column `name`."""
PROVINCES = """\
common,fund:vc,out,province:south,SUPPORTS,existing,stated,2025-10-19,i00-019
common,fund:vc,out,province:north,HAS,existing,stated,2025-10-19,i00-018
instruments,vc_fund,province:south,fund:vc-two,planned,stated,i00-020
instruments,vc_fund,province:north,fund:vc,existing,stated,i00-018
attributes,code,province:former,03
attributes,code,province:north,01
attributes,area_km2,province:south,50
attributes,area_km2,province:north,0
attributes,population,province:north,1200000
attributes,abolished_on,province:former,2025-07-01
relations,LOCATED_IN,in,province:south,organisation:shop,in_progress,stated,2025-10-19,i00-011
relations,LOCATED_IN,in,province:north,place:town,existing,stated,2025-10-19,i00-009
relations,MERGED_INTO,out,province:former,province:south,existing,reference,reference-2
relations,MERGED_INTO,in,province:south,province:former,existing,reference,reference-2
relations,HAS,out,province:north,fund:unfinished,in_progress,stated,2025-10-19,i00-017
relations,SUPPORTS,out,province:south,fund:vc,existing,stated,2025-10-19,i00-019
relations,PARTNERS_WITH,out,province:north,province:south,existing,stated,2025-10-19,i00-021
relations,PARTNERS_WITH,in,province:south,province:north,existing,stated,2025-10-19,i00-021
relations,BORDERS,out,province:north,province:south,existing,reference,reference-1
relations,BORDERS,in,province:south,province:north,existing,reference,reference-1
not_stated,implements_policy,province:south,not stated
not_stated,implements_policy,province:north,not stated
not_stated,venture_capital_fund,province:south,not stated
not_stated,venture_capital_fund,province:north,stated
not_stated,st_development_fund,province:south,not stated
not_stated,st_development_fund,province:north,not stated
not_stated,fund_size,province:south,not stated
not_stated,fund_size,province:north,not stated
not_stated,department_head,province:south,not stated
not_stated,department_head,province:north,not stated
not_stated,innovation_centre,province:south,not stated
not_stated,innovation_centre,province:north,not stated
"""
"""The lines of a comparison of two provinces and a former one, likewise."""
NAMES = {"agency:two": "Cơ quan two", "province:former": "Former"}


def csv_lines(client: TestClient, ids: str) -> str:
    rows = list(csv.DictReader(io.StringIO(client.get(f"/api/v1/compare.csv?ids={ids}").text)))
    assert {row["name"] for row in rows if row["entity"] in NAMES} == {
        NAMES[id] for id in ids.split(",") if id in NAMES
    }
    lines = (",".join(cell for name, cell in row.items() if cell and name != "name") for row in rows)
    return "".join(line.replace("statement:", "") + "\n" for line in lines)


def test_every_item_of_a_comparison_is_a_line_of_its_csv(varied_client: TestClient) -> None:
    assert csv_lines(varied_client, "agency:two,agency:one,agency:three") == AGENCIES
    assert csv_lines(varied_client, "province:south,province:former,province:north") == PROVINCES


def test_a_disagreement_lists_all_entities_that_it_is_about(varied_client: TestClient) -> None:
    found = varied_client.get("/api/v1/compare?ids= agency:one , agency:two,").json()["data"]
    assert found["entities"] == [
        {"id": "agency:one", "type": "Agency", "name": "Cơ quan one", "kind": "department"},
        {"id": "agency:two", "type": "Agency", "name": "Cơ quan two", "kind": "department"},
    ]
    assert found["disagreements"] == [
        {"id": "disagreement:alone", "kind": "date", "gloss": None, "gloss_vi": None, "entities": ["agency:two"]},
        {
            "id": "disagreement:both",
            "kind": "value",
            "gloss": "Which has how many.",
            "gloss_vi": None,
            "entities": ["agency:one", "agency:two"],
        },
    ]
