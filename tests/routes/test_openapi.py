"""/openapi.json is complete and matches the responses."""

import json
import re
from functools import cache
from typing import Any
from urllib.parse import urlencode

import jsonschema
import pytest

from tests.support.http import client, client_of, example_parameters, settings
from vnkg.graph.catalogue.query import catalogue
from vnkg.graph.model.schema import schema

REQUESTS = {
    "/api/v1/entities": "/api/v1/entities?limit=500",
    "/api/v1/entities/{id}": "/api/v1/entities/province:aaa",
    "/api/v1/entities/{id}/statements": "/api/v1/entities/province:aaa/statements",
    "/api/v1/entities/{id}/graph": "/api/v1/entities/province:aaa/graph?depth=2",
    "/api/v1/paths": "/api/v1/paths?from=province:aaa&to=fund:hhh-vc",
    "/api/v1/search": "/api/v1/search?q=aaa",
    "/api/v1/search/texts": "/api/v1/search/texts?q=fund",
    "/api/v1/articles": "/api/v1/articles",
    "/api/v1/articles/{id}": "/api/v1/articles/article:900",
    "/api/v1/articles/{id}/mentions": "/api/v1/articles/article:900/mentions",
    "/api/v1/disagreements/{id}": "/api/v1/disagreements/disagreement:startups-aaa",
    "/api/v1/statements/{id}": "/api/v1/statements/statement:i00-001",
    "/api/v1/disagreements": "/api/v1/disagreements",
    "/api/v1/measurements": "/api/v1/measurements",
    "/api/v1/compare": "/api/v1/compare?ids=province:aaa,province:fff,province:mmm",
    "/api/v1/ask": "/api/v1/ask?q=Which+provinces+border+Aaa",
    "/api/v1/queries": "/api/v1/queries",
    "/api/v1/schema": "/api/v1/schema",
    "/api/v1/release": "/api/v1/release",
    "/api/v1/report": "/api/v1/report",
    **{
        f"/api/v1/queries/{name}": f"/api/v1/queries/{name}?{urlencode(example_parameters(name), doseq=True)}"
        for name in catalogue()
    },
    "/healthz": "/healthz",
    "/readyz": "/readyz",
}


@cache
def document() -> dict[str, Any]:
    return client().get("/openapi.json").json()


def json_paths() -> list[str]:
    return [
        path
        for path, operations in document()["paths"].items()
        if "application/json" in operations["get"]["responses"]["200"]["content"]
    ]


def errors_of(value: Any, shape: dict[str, Any]) -> list[str]:
    validator = jsonschema.Draft202012Validator({**shape, "components": document()["components"]})
    return [f"{error.json_path}: {error.message[:300]}" for error in validator.iter_errors(value)]


def test_every_json_endpoint_is_checked_against_its_model() -> None:
    assert sorted(json_paths()) == sorted(REQUESTS)


@pytest.mark.parametrize("path", sorted(REQUESTS))
def test_the_answer_matches_its_model(path: str) -> None:
    response = client().get(REQUESTS[path])
    assert response.status_code == 200, response.text
    shape = document()["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert not errors_of(response.json(), shape)


def test_a_wrong_answer_does_not_match_its_model() -> None:
    body = client().get("/api/v1/entities/province:aaa").json()
    body["data"]["edges"][0]["status"] = "perhaps"
    shape = document()["paths"]["/api/v1/entities/{id}"]["get"]["responses"]["200"]["content"]["application/json"]
    assert errors_of(body, shape["schema"])


def test_problems_are_documented_everywhere_and_match_their_model() -> None:
    for path, operations in document()["paths"].items():
        responses = operations["get"]["responses"]
        assert {"400", "414", "422", "429", "431", "500"} <= set(responses), path
        assert "Retry-After" in responses["429"]["headers"], path
        if not path.startswith("/api/"):
            continue
        assert {"304", "503", "504"} <= set(responses), path
        assert "Retry-After" in responses["503"]["headers"], path
        if "{id}" in path or "/paths" in path or "/compare" in path or "/measurements" in path:
            assert {"308", "404", "410"} <= set(responses), path
    problem = client().get("/api/v1/entities/province:zzz").json()
    assert not errors_of(problem, {"$ref": "#/components/schemas/Problem"})


def test_the_parameters_of_a_query_are_typed() -> None:
    for name, query in catalogue().items():
        parameters = {p["name"]: p for p in document()["paths"][f"/api/v1/queries/{name}"]["get"].get("parameters", ())}
        assert set(parameters) == {*query.params, "lang"}
    status = parameters_of("provinces_with_fund")["fund_status"]["schema"]
    assert status["items"]["enum"] == [*schema().statuses, "any"]
    assert status["default"] == ["existing", "in_progress"]
    assert parameters_of("province_actors")["province"]["required"] is True


def parameters_of(name: str) -> dict[str, Any]:
    return {p["name"]: p for p in document()["paths"][f"/api/v1/queries/{name}"]["get"]["parameters"]}


def test_every_id_has_the_described_form() -> None:
    patterns = {
        parameter["schema"]["pattern"]
        for path, operations in document()["paths"].items()
        for parameter in operations["get"].get("parameters", ())
        if (path, parameter["name"]) in {(path, "id"), ("/api/v1/paths", "from"), ("/api/v1/paths", "to")}
    }
    (pattern,) = patterns
    listings = ("entities?limit=500", "articles", "disagreements", "measurements?limit=500")
    ids = [row["id"] for listing in listings for row in client().get(f"/api/v1/{listing}").json()["data"]]
    assert len(ids) > 60
    assert [id for id in ids if not re.fullmatch(pattern, id)] == []


def test_a_cursor_and_lists_have_the_described_form() -> None:
    listed = {p["name"]: p["schema"] for p in document()["paths"]["/api/v1/entities"]["get"]["parameters"]}
    assert re.fullmatch(listed["cursor"]["pattern"], client().get("/api/v1/entities?limit=1").json()["next"])
    ids = document()["paths"]["/api/v1/compare"]["get"]["parameters"][0]["schema"]["pattern"]
    counts = {count: re.fullmatch(ids, ",".join(["province:aaa"] * count)) is not None for count in range(8)}
    assert [count for count, is_described in counts.items() if is_described] == [2, 3, 4, 5, 6]
    options = {p["name"]: p["schema"] for p in document()["paths"]["/api/v1/paths"]["get"]["parameters"]}
    assert re.fullmatch(options["status"]["pattern"], "existing,in_progress")
    assert not re.fullmatch(options["status"]["pattern"], "existing,plant")


def test_closed_lists_come_from_the_schema() -> None:
    entity = document()["components"]["schemas"]["Entity"]["properties"]
    assert entity["type"]["enum"] == list(schema().nodes)
    listed = {p["name"]: p for p in document()["paths"]["/api/v1/entities"]["get"]["parameters"]}
    assert listed["type"]["schema"]["enum"] == list(schema().nodes)


def test_every_operation_has_a_description_and_a_unique_name() -> None:
    operations = [operations["get"] for operations in document()["paths"].values()]
    assert all(operation["summary"] and operation.get("description") for operation in operations)
    names = [operation["operationId"] for operation in operations]
    assert len(names) == len(set(names))


def test_every_reference_resolves() -> None:
    text = json.dumps(document())
    for part in text.split('"$ref": "')[1:]:
        name = part.partition('"')[0].removeprefix("#/components/schemas/")
        assert name in document()["components"]["schemas"]


def test_model_names_do_not_depend_on_their_module() -> None:
    names = document()["components"]["schemas"]
    assert "EntityName" in names
    assert [name for name in names if "vnkg__" in name] == []


def test_the_server_is_the_public_address() -> None:
    assert document()["servers"] == [{"url": "/"}]
    with client_of(settings().model_copy(update={"public_url": "https://vnkg.example"})) as other:
        assert other.get("/openapi.json").json()["servers"] == [{"url": "https://vnkg.example"}]


def test_pages_are_not_part_of_the_api_description() -> None:
    assert all(path.startswith(("/api/v1/", "/healthz", "/readyz", "/metrics")) for path in document()["paths"])
