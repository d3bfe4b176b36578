"""JSON-LD of the varied graph: what is in force, what is only intended, who says what, and what is disputed."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

PUBLIC_URL = "https://vnkg.example"


def nodes(client: TestClient, id: str) -> dict[str, dict[str, Any]]:
    """The nodes of an entity's document by id, both without the public address."""
    text = client.get(f"/api/v1/entities/{id}.jsonld").text
    assert '"@id":"/' not in text
    graph = json.loads(text.replace(PUBLIC_URL, ""))["@graph"]
    found = {node["@id"]: node for node in graph}
    assert len(found) == len(graph)
    return found


def reference(id: str) -> dict[str, str]:
    return {"@id": f"/entities/{id}"}


def english(text: str) -> list[dict[str, str]]:
    return [{"@value": text, "@language": "en"}]


def role(title: str, term: str, id: str) -> dict[str, Any]:
    return {"@type": "OrganizationRole", "roleName": title, term: reference(id)}


ENTITIES: list[tuple[str, list[str], dict[str, Any]]] = [
    (
        "person:chair",
        ["vnkg:Person", "Person"],
        {"worksFor": [role("Giám đốc", "worksFor", "agency:one"), role("Phó Giám đốc", "worksFor", "agency:two")]},
    ),
    (
        "person:deputy",
        ["vnkg:Person", "Person"],
        {"worksFor": [role("Phó Giám đốc", "worksFor", "agency:one")]},
    ),
    (
        "agency:one",
        ["vnkg:Agency", "GovernmentOrganization"],
        {
            "employee": [
                role("Giám đốc", "employee", "person:chair"),
                role("Phó Giám đốc", "employee", "person:deputy"),
            ]
        },
    ),
    ("agency:three", ["vnkg:Agency", "GovernmentOrganization"], {}),
    (
        "policy:dated",
        ["vnkg:Policy", "Legislation"],
        {"legislationDate": "2025-01-02"},
    ),
    ("policy:signed", ["vnkg:Policy", "Legislation"], {"legislationPassedBy": [reference("agency:one")]}),
    ("policy:lapsed", ["vnkg:Policy", "Legislation"], {}),
    ("policy:drafted", ["vnkg:Policy"], {}),
    ("place:town", ["vnkg:Place", "Place"], {"containedInPlace": [reference("province:north")]}),
    (
        "organisation:shop",
        ["vnkg:Organisation", "Organization"],
        {"location": [reference("place:town"), reference("province:south")]},
    ),
    ("fund:done", ["vnkg:Fund", "Organization"], {"vnkg:status": {"@id": "vnkg:status/existing"}}),
    ("fund:unfinished", ["vnkg:Fund", "Organization"], {"vnkg:status": {"@id": "vnkg:status/in_progress"}}),
    (
        "province:north",
        ["vnkg:Province", "AdministrativeArea"],
        {
            "vnkg:code": "01",
            "vnkg:area_km2": 0,
            "vnkg:population": 1200000,
            "alternateName": [{"@value": "TB", "@language": "vi"}, {"@value": "Tỉnh Bắc", "@language": "vi"}],
        },
    ),
]


@pytest.mark.parametrize(("id", "types", "properties"), ENTITIES, ids=[entity[0] for entity in ENTITIES])
def test_an_entity_has_only_properties_that_hold_now(
    varied_client: TestClient, id: str, types: list[str], properties: dict[str, Any]
) -> None:
    node = nodes(varied_client, id)[f"/entities/{id}"]
    usual = {"@id", "@type", "identifier", "name", "subjectOf", "vnkg:kind", "vnkg:diacritics"}
    if id.startswith("policy:"):
        properties |= {"alternateName": [{"@value": f"{id[7:]}/QĐ", "@language": "vi"}]}
    assert node["@type"] == types
    assert {key: value for key, value in node.items() if key not in usual} == properties


def test_the_names_of_an_entity_keep_their_languages(varied_client: TestClient) -> None:
    names = nodes(varied_client, "province:north")["/entities/province:north"]["name"]
    assert names == [{"@value": "North", "@language": "en"}, {"@value": "Tỉnh Bắc Mới", "@language": "vi"}]


def test_only_an_actual_number_is_an_observation(varied_client: TestClient) -> None:
    found = nodes(varied_client, "agency:one")
    numbers: list[tuple[str, str | None, dict[str, Any], bool]] = []
    for id, node in found.items():
        if "vnkg:Measurement" in node["@type"]:
            amount = node.get("vnkg:amount") or node["value"]
            bounds = {key: amount[key] for key in ("value", "minValue", "maxValue") if key in amount}
            assert amount["vnkg:comparator"]
            assert node["vnkg:subject"] == reference("agency:one")
            assert ("observationAbout" in node) is ("value" in node) is ("Observation" in node["@type"])
            status = node["vnkg:value_status"]["@id"].rpartition("/")[2]
            numbers.append(
                (id[-7:], node.get("observationDate"), {status: amount["vnkg:value"]} | bounds, "unitText" in amount)
            )
    assert numbers == [
        ("i00-024", "2024", {"actual": 40, "value": 40}, True),
        ("i00-025", "2025-10-19", {"actual": 0, "value": 0}, True),
        ("i00-026", "2025-10-19", {"actual": 0, "value": 0}, True),
        ("i00-027", "2025-10-19", {"actual": 0, "value": 0}, True),
        ("i00-028", None, {"planned": 60, "minValue": 60}, True),
        ("i00-029", None, {"target": 70, "maxValue": 70}, True),
        ("i01-002", "2025-11-18", {"actual": 55}, True),
    ]
    assert found["/statements/statement:i00-025"]["vnkg:speaker"] == reference("agency:two")


def test_an_edge_leads_from_its_subject_to_its_object(varied_client: TestClient) -> None:
    ends = {
        id: (node["vnkg:subject"]["@id"], node["vnkg:object"]["@id"])
        for id, node in nodes(varied_client, "agency:two").items()
        if node["@type"] == "vnkg:Edge"
    }
    assert ends == {
        f"/entities/{start}#{predicate}.{end}": (f"/entities/{start}", f"/entities/{end}")
        for start, predicate, end in (
            ("person:chair", "HOLDS_ROLE", "agency:two"),
            ("person:deputy", "HOLDS_ROLE", "agency:two"),
            ("agency:two", "ISSUED", "policy:drafted"),
            ("agency:two", "PART_OF", "agency:one"),
            ("agency:two", "PUBLISHED", "article:i00"),
            ("agency:two", "SUPPORTS", "organisation:shop"),
        )
    }
    edge = nodes(varied_client, "agency:two")["/entities/person:deputy#HOLDS_ROLE.agency:two"]
    assert {key: edge[key] for key in ("vnkg:head", "vnkg:title", "vnkg:as_of", "vnkg:articles", "vnkg:origins")} == {
        "vnkg:head": False,
        "vnkg:title": "Phó Giám đốc",
        "vnkg:as_of": "2025-10-19",
        "vnkg:articles": 1,
        "vnkg:origins": 1,
    }


def test_a_claim_has_its_subject_topics_speaker_and_article(varied_client: TestClient) -> None:
    found = nodes(varied_client, "agency:two")
    claims = {
        id[-7:]: [
            node["about"],
            node.get("author"),
            node.get("vnkg:speaker"),
            node["appearance"],
            node["vnkg:claim_type"],
        ]
        for id, node in found.items()
        if "Claim" in node["@type"]
    }
    topics = [reference("agency:one"), reference("fund:done"), reference("agency:three")]
    two = reference("agency:two")
    assert claims == {
        "i00-035": [
            [reference("organisation:shop"), two], None, None, reference("article:i00"), {"@id": "vnkg:claim_type/challenge"},
        ],
        "i01-004": [topics, two, two, reference("article:i01"), {"@id": "vnkg:claim_type/goal"}],
    }  # fmt: skip


def test_a_quoted_statement_names_the_origin_of_the_quote(varied_client: TestClient) -> None:
    found = nodes(varied_client, "fund:done")
    origins = {
        id[-7:]: node["vnkg:origin"] for id, node in found.items() if "vnkg:origin" in node and "statement" in id
    }
    assert origins == {"i01-004": "origin-of-a-quote"}


def test_a_statement_of_a_reference_table_names_it(varied_client: TestClient) -> None:
    found = nodes(varied_client, "province:former")
    assert found["/statements/statement:reference-2"] == {
        "@id": "/statements/statement:reference-2",
        "@type": ["vnkg:Statement"],
        "vnkg:basis": {"@id": "vnkg:basis/reference"},
        "vnkg:gloss": english("province:former MERGED_INTO province:south"),
        "vnkg:checked_on": "2026-11-01",
        "vnkg:status": {"@id": "vnkg:status/existing"},
        "vnkg:date": "2025-07-01",
        "dcterms:source": "an invented atlas",
        "vnkg:subject": reference("province:former"),
        "vnkg:predicate": {"@id": "vnkg:edge/MERGED_INTO"},
        "vnkg:object": reference("province:south"),
    }
    assert "vnkg:as_of" not in found["/entities/province:former#MERGED_INTO.province:south"]


def test_a_disagreement_marks_the_preferred_reading_alone(varied_client: TestClient) -> None:
    def reading(gloss: str, statement: str, *, is_preferred: bool) -> dict[str, Any]:
        ids = [{"@id": f"/statements/statement:{statement}"}]
        return {
            "@type": "vnkg:Reading",
            "vnkg:gloss": english(gloss),
            "vnkg:preferred": is_preferred,
            "vnkg:statement": ids,
        }

    found = nodes(varied_client, "agency:two")
    assert [node for id, node in found.items() if id.startswith("/disagreements/")] == [
        {
            "@id": "/disagreements/disagreement:alone",
            "@type": "vnkg:Disagreement",
            "vnkg:kind": {"@id": "vnkg:disagreement/date"},
            "about": [reference("agency:two")],
            "vnkg:changes": {"@id": "vnkg:disagreement_effect/nothing"},
            "vnkg:reading": [
                reading("thirty", "i01-003", is_preferred=False),
                reading("thirty-five", "i00-031", is_preferred=False),
            ],
        },
        {
            "@id": "/disagreements/disagreement:both",
            "@type": "vnkg:Disagreement",
            "vnkg:kind": {"@id": "vnkg:disagreement/value"},
            "about": [reference("agency:one"), reference("agency:two")],
            "vnkg:changes": {"@id": "vnkg:disagreement_effect/nothing"},
            "vnkg:reading": [
                reading("forty", "i00-024", is_preferred=True),
                reading("thirty", "i01-003", is_preferred=False),
            ],
            "vnkg:gloss": english("Which has how many."),
            "vnkg:reason": english("as counted"),
        },
    ]


def test_an_article_is_described_once_with_headline_and_publisher(varied_client: TestClient) -> None:
    article = nodes(varied_client, "agency:one")["/entities/article:i01"]
    del article["vnkg:sha256"]
    assert article == {
        "@id": "/entities/article:i01",
        "@type": ["vnkg:Article", "NewsArticle"],
        "identifier": "article:i01",
        "name": [{"@value": "Invented article i01", "@language": "vi"}],
        "headline": "Invented article i01",
        "inLanguage": "vi",
        "datePublished": "2025-11-18",
        "url": "https://example.org/i01",
        "publisher": {"@type": "Organization", "name": "Báo Phát minh, cơ quan của Sở"},
        "vnkg:origin": "origin-i01",
        "vnkg:same_text": "one-text",
        "vnkg:statements": 4,
        "vnkg:sentences": 4,
        "subjectOf": {"@id": "/"},
    }
    assert len(nodes(varied_client, "article:i00")) == 8


def test_the_document_names_the_release_that_it_is_from(varied_client: TestClient) -> None:
    release = varied_client.get("/api/v1/release").json()["data"]
    dataset = nodes(varied_client, "article:i01")["/"]
    assert (dataset["version"], dataset["dateModified"]) == (release["release"], "2025-11-18")
