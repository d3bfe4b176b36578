"""An entity as CSV and JSON-LD: complete, safe in a spreadsheet, and nothing planned presented as existing."""

import csv
import io
from itertools import pairwise
from typing import Any

import pyoxigraph
import pytest

from tests.support.http import FIRST_ARTICLE, client
from tests.support.invented_graph import FORMULA, HOSTILE
from vnkg.api.http.negotiation import CSV, JSON, JSON_LD, preferred_media_type
from vnkg.api.presenters.evidence import Sources
from vnkg.api.routes.entity_csv import CSV_COLUMNS
from vnkg.api.routes.jsonld import CONTEXT, JsonLdDocument
from vnkg.graph.model.schema import schema

SCHEMA_ORG_PROPERTIES = {
    "about", "alternateName", "appearance", "author", "containedInPlace", "dateModified", "datePublished", "description",
    "employee", "headline", "identifier", "inLanguage", "legislationDate", "legislationIdentifier", "legislationPassedBy",
    "license", "location", "maxValue", "measuredProperty", "minValue", "name", "observationAbout", "observationDate",
    "publisher", "roleName", "startDate", "subjectOf", "unitText", "url", "value", "version", "worksFor",
}  # fmt: skip
"""Properties of schema.org that the documents use."""
SCHEMA_ORG_TYPES = {
    "AdministrativeArea", "Claim", "Dataset", "DefinedTerm", "Event", "GovernmentOrganization", "Legislation",
    "NewsArticle", "Observation", "Organization", "OrganizationRole", "Person", "Place", "Project", "QuantitativeValue",
}  # fmt: skip


def rows(id: str) -> list[dict[str, str]]:
    response = client().get(f"/api/v1/entities/{id}.csv")
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(response.text)))


def nodes(id: str) -> dict[str, dict[str, Any]]:
    response = client().get(f"/api/v1/entities/{id}.jsonld")
    assert response.headers["content-type"] == JSON_LD
    document = response.json()
    assert document["@context"] == CONTEXT
    found = {node["@id"]: node for node in document["@graph"]}
    assert len(found) == len(document["@graph"])
    return found


def test_the_table_has_a_row_for_each_statement() -> None:
    told = client().get("/api/v1/entities/province:aaa/statements?limit=500").json()["data"]
    found = rows("province:aaa")
    assert list(found[0]) == list(CSV_COLUMNS)
    assert [row["id"] for row in found] == [said["id"] for said in told]
    assert set().union(*told) - {"sentence"} <= set(CSV_COLUMNS)


def test_a_row_has_all_fields_of_a_statement() -> None:
    number = next(row for row in rows("province:aaa") if row["id"] == "statement:i00-064")
    wanted = {
        "kind": "measurement", "subject_name": "Aaa", "indicator": "startups", "value": "90", "unit": "count", "period": "2025",
        "article": FIRST_ARTICLE, "language": "en", "origin": "origin-i00", "disagreements": "disagreement:startups-aaa",
        "address": "/statements/statement:i00-064",
    }  # fmt: skip
    assert {key: number[key] for key in wanted} == wanted
    role = next(row for row in rows("person:nguoi-dau") if row["predicate"] == "HOLDS_ROLE")
    assert role["qualifiers"] == "head=True; title=Giám đốc"


def test_no_cell_of_the_table_is_a_formula() -> None:
    assert f"'{FORMULA}" in {row["gloss"] for row in rows("organisation:uuu")}
    for row in rows("province:aaa") + rows("organisation:uuu"):
        assert not [cell for cell in row.values() if cell.startswith(("=", "+", "@", "\t"))]
    assert {row["subject_name"] for row in rows("organisation:uuu")} == {HOSTILE}


def test_the_format_is_chosen_by_suffix_or_by_accept() -> None:
    for kind, suffix in ((JSON, ""), (CSV, ".csv"), (JSON_LD, ".jsonld")):
        asked = client().get("/api/v1/entities/province:aaa", headers={"Accept": kind})
        assert asked.headers["content-type"].startswith(kind)
        assert asked.content == client().get(f"/api/v1/entities/province:aaa{suffix}").content
    assert preferred_media_type("text/csv;q=0.5, application/ld+json;q=0.9", [JSON, CSV, JSON_LD]) == JSON_LD
    assert preferred_media_type("text/csv;q=²", [JSON, CSV]) == JSON


def test_both_formats_are_described() -> None:
    paths = client().get("/openapi.json").json()["paths"]
    assert CSV in paths["/api/v1/entities/{id}.csv"]["get"]["responses"]["200"]["content"]
    assert JSON_LD in paths["/api/v1/entities/{id}.jsonld"]["get"]["responses"]["200"]["content"]
    assert {JSON, CSV, JSON_LD} == set(paths["/api/v1/entities/{id}"]["get"]["responses"]["200"]["content"])


@pytest.mark.parametrize(
    ("fund", "types"),
    [
        ("aaa-vc", ["vnkg:Fund", "Organization"]),
        ("rrr-vc", ["vnkg:Fund", "Organization"]),
        ("bbb-vc", ["vnkg:Fund"]),
        ("hhh-vc", ["vnkg:Fund"]),
        ("lll-vc", ["vnkg:Fund"]),
        ("ooo-vc", ["vnkg:Fund"]),
        ("www-vc", ["vnkg:Fund"]),
    ],
)
def test_only_existing_or_former_entities_are_organizations(fund: str, types: list[str]) -> None:
    assert nodes(f"fund:{fund}")[f"/entities/fund:{fund}"]["@type"] == types


def test_a_planned_fund_is_not_an_organization_as_an_object_either() -> None:
    assert nodes("province:bbb")["/entities/fund:bbb-vc"]["@type"] == ["vnkg:Fund"]
    assert nodes("province:aaa")["/entities/fund:aaa-vc"]["@type"] == ["vnkg:Fund", "Organization"]


def test_an_edge_keeps_its_status_and_its_statements() -> None:
    edge = nodes("fund:hhh-vc")["/entities/province:hhh#PLANS.fund:hhh-vc"]
    assert edge["vnkg:status"] == {"@id": "vnkg:status/disputed"}
    assert [said["@id"] for said in edge["vnkg:statement"]] == [
        "/statements/statement:i00-041",
        "/statements/statement:i00-042",
    ]
    assert edge["vnkg:origins"] == 1


def test_only_current_offices_are_roles() -> None:
    role = {"@type": "OrganizationRole", "roleName": "Giám đốc", "worksFor": {"@id": "/entities/agency:so-fff"}}
    assert nodes("person:nguoi-dau")["/entities/person:nguoi-dau"]["worksFor"] == [role]
    assert "worksFor" not in nodes("person:nguoi-cu")["/entities/person:nguoi-cu"]


def test_a_number_is_an_observation_with_its_comparator() -> None:
    said = nodes("province:aaa")["/statements/statement:i00-064"]
    assert said["@type"] == ["vnkg:Statement", "vnkg:Measurement", "Observation"]
    assert said["observationDate"] == "2025"
    amount = {"@type": "QuantitativeValue", "vnkg:comparator": "=", "vnkg:value": 90, "value": 90, "unitText": "count"}
    assert said["value"] == amount


@pytest.mark.parametrize(
    ("comparator", "word"),
    [
        ("more than", "minValue"),
        ("at least", "minValue"),
        ("at most", "maxValue"),
        ("less than", "maxValue"),
        ("nearly", None),
        ("about", None),
    ],
)
@pytest.mark.parametrize("status", [{"value_status": "target"}, {"value_status": "planned"}, {}])
def test_a_bound_is_not_a_value_and_a_target_is_not_an_observation(
    comparator: str, word: str | None, status: dict[str, str]
) -> None:
    said = {"id": "statement:1", "kind": "measurement", "subject": "province:aaa", "basis": "stated", "gloss": "", "indicator": "hills", "value": 7, "comparator": comparator} | status  # fmt: skip
    service = client().app.state.service  # pyright: ignore[reportAttributeAccessIssue, reportFunctionMemberAccess]
    entity = {"id": "province:aaa", "type": "Province", "name": "Aaa", "names": [], "edges": []}
    graph = JsonLdDocument("", {"release": "r", "data_date": "2025"}, Sources(service)).build(entity, [said], [])[
        "@graph"
    ]
    node = next(node for node in graph if node["@id"] == "/statements/statement:1")
    assert node["@type"] == ["vnkg:Statement", "vnkg:Measurement"]
    amount = {"@type": "QuantitativeValue", "vnkg:comparator": comparator, "vnkg:value": 7}
    assert node["vnkg:amount"] == amount | ({word: 7} if word else {})


def test_a_passage_is_a_selector_in_a_selector() -> None:
    target = nodes("province:aaa")["/statements/statement:i00-065"]["oa:hasTarget"]
    assert target["oa:hasSource"] == {"@id": f"/entities/{FIRST_ARTICLE}"}
    selector = target["oa:hasSelector"]
    assert selector["rdf:value"] == "line=64,65"
    assert selector["oa:refinedBy"] == {"@type": "oa:TextPositionSelector", "oa:start": 0, "oa:end": 17}


def test_a_policy_is_legislation_only_where_it_is_known_to_be_issued() -> None:
    policy = nodes("policy:57-nq-tw")["/entities/policy:57-nq-tw"]
    assert policy["@type"] == ["vnkg:Policy"]
    assert policy["legislationIdentifier"] == "57-NQ/TW"


def test_the_context_names_no_other_host_to_load() -> None:
    assert not [value for value in CONTEXT.values() if isinstance(value, str) and value.endswith((".jsonld", ".json"))]
    assert isinstance(CONTEXT, dict)


def test_a_hostile_name_is_only_text() -> None:
    node = nodes("organisation:uuu")["/entities/organisation:uuu"]
    assert node["name"] == [{"@value": HOSTILE, "@language": "vi"}]


def test_every_type_has_a_schema_org_type() -> None:
    assert {node.schema_org for node in schema().nodes.values()} <= {*SCHEMA_ORG_TYPES, "Thing"}


def test_an_rdf_parser_reads_it_and_the_planned_fund_is_planned() -> None:
    base = "https://example.org"
    for id in ("province:aaa", "fund:bbb-vc", "organisation:uuu", "person:nguoi-dau", FIRST_ARTICLE):
        body = client().get(f"/api/v1/entities/{id}.jsonld").content
        quads = list(
            pyoxigraph.parse(body, format=pyoxigraph.RdfFormat.JSON_LD, base_iri=f"{base}/api/v1/entities/{id}.jsonld")
        )
        assert pyoxigraph.NamedNode(f"{base}/entities/{id}") in {quad.subject for quad in quads}
        if id == "fund:bbb-vc":
            own = {
                (quad.predicate.value, quad.object.value)
                for quad in quads
                if quad.subject.value == f"{base}/entities/{id}"
            }
            assert ("urn:vnkg:status", "urn:vnkg:status/planned") in own
            assert "https://schema.org/Organization" not in {value for _, value in own}


def test_only_schema_org_terms_have_no_prefix() -> None:
    used, types = set[str](), set[str]()

    def walk(node: Any) -> None:
        if isinstance(node, list):
            for item in node:
                walk(item)
        elif isinstance(node, dict):
            used.update(key for key in node if not key.startswith("@") and ":" not in key)
            kinds = node.get("@type", [])
            types.update(kind for kind in ([kinds] if isinstance(kinds, str) else kinds) if ":" not in kind)
            for item in node.values():
                walk(item)

    for id in ("province:aaa", "fund:bbb-vc", "organisation:uuu", "person:nguoi-dau", "policy:57-nq-tw", FIRST_ARTICLE):
        walk(list(nodes(id).values()))
    assert used <= SCHEMA_ORG_PROPERTIES
    assert types <= SCHEMA_ORG_TYPES
    assert {"Observation", "Claim", "Person", "OrganizationRole", "NewsArticle"} <= types


def test_the_same_release_gives_the_same_bytes() -> None:
    for path in ("/api/v1/entities/province:aaa.jsonld", "/api/v1/entities/province:aaa.csv"):
        answers = [client().get(path, headers={"Accept-Language": language}).content for language in ("en", "vi")]
        assert all(one == other for one, other in pairwise(answers))
