"""The statements about an entity as CSV: names of all who take part, sources and disagreements."""

import csv
import io

from fastapi.testclient import TestClient

COLUMNS = ("id", "speaker_name", "value", "about", "language", "published", "url", "origin", "source", "disagreements")


def test_each_statement_has_its_speaker_source_and_disagreements(varied_client: TestClient) -> None:
    text = varied_client.get("/api/v1/entities/agency:two.csv").text
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["kind"] != "relation"]
    first = ("en", "2025-10-19", "https://example.org/i00", "origin-i00", "")
    second = ("vi", "2025-11-18", "https://example.org/i01", "origin-i01", "")
    assert [tuple(row[column] for column in COLUMNS) for row in rows] == [
        ("statement:i00-025", "Cơ quan two", "0", "", *first, ""),
        ("statement:i00-030", "Chair", "30", "", *first, ""),
        ("statement:i00-031", "Chair", "35", "", *first, "disagreement:alone"),
        ("statement:i00-035", "", "", "agency:two", *first, ""),
        ("statement:i01-003", "Chair", "30", "", *second, "disagreement:alone; disagreement:both"),
        ("statement:i01-004", "Cơ quan two", "", "fund:done; agency:three", *second[:3], "origin-of-a-quote", "", ""),
    ]
    assert {row["address"] for row in rows} == {f"https://vnkg.example/statements/{row['id']}" for row in rows}


def test_a_statement_of_a_reference_table_has_no_article(varied_client: TestClient) -> None:
    text = varied_client.get("/api/v1/entities/province:former.csv").text
    (row,) = csv.DictReader(io.StringIO(text))
    assert {key: value for key, value in row.items() if value} == {
        "id": "statement:reference-2",
        "kind": "relation",
        "subject": "province:former",
        "subject_name": "Former",
        "predicate": "MERGED_INTO",
        "object": "province:south",
        "object_name": "South",
        "qualifiers": "date=2025-07-01",
        "status": "existing",
        "basis": "reference",
        "gloss": "province:former MERGED_INTO province:south",
        "source": "an invented atlas",
        "checked_on": "2026-11-01",
        "address": "https://vnkg.example/statements/statement:reference-2",
    }


def test_the_csv_of_an_unknown_entity_is_not_found(varied_client: TestClient) -> None:
    assert varied_client.get("/api/v1/entities/agency:four.csv").status_code == 404
