"""CSV of queries: words instead of codes, the sources of each row, both parts in one file, and names in a language."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

import vnkg
from tests.support.cli import run_command
from tests.support.invented_graph import FIRST_ARTICLE, POLICY, Builder, load_graph, queries
from vnkg.api.app import create_app
from vnkg.graph.catalogue.query import catalogue, read_query
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.errors import BadParameter, DeclarationError
from vnkg.graph.model.facts import Name
from vnkg.graph.model.merge import merge
from vnkg.graph.model.schema import schema
from vnkg.graph.settings import Settings

PUBLIC_URL = "https://vnkg.example"
FLAGSHIP = "provinces_with_fund"


def load(engine: Engine) -> Any:
    """Load a province with a fund, one without, a ministry, and numbers; names in English, Vietnamese or both."""
    facts = Builder()
    facts.article("i00", "2025-10-19", "en")
    names = (
        Name("Tỉnh Anh", "vi"),
        Name("A", "vi"),
        Name("A Province", "en", "translation"),
        Name("Anh", "en"),
        Name("Ah", "en", "alias"),
    )
    facts.entity("province:anh", "Province", "Tỉnh Anh", *names, kind="province")
    facts.entity("province:binh", "Province", "Bình", kind="province")
    facts.entity("fund:anh", "Fund", "Anh Fund", Name("Anh Fund", "en"), kind="venture_capital")
    facts.entity(POLICY, "Policy", "Nghị quyết 57", kind="resolution", number="57-NQ/TW")
    facts.add_implementation("province:anh")
    facts.add_implementation("province:binh")
    facts.relate("province:anh", "HAS", "fund:anh", "existing")
    facts.relate("province:anh", "PLANS", "fund:anh", "planned")
    facts.add_reference("province:anh", "BORDERS", "province:binh")
    number = {"indicator": "st_enterprises", "unit": "percent", "value_status": "target"}
    facts.add_statement("measurement", "province:anh", "12 of them", value=12, comparator="=", **number)
    facts.add_statement("claim", "province:anh", "Anh wants it", claim_type="goal")
    return load_graph(engine, merge(facts.facts(), schema()))


@pytest.fixture
def client(embedded_engine: Engine, embedded_settings: Settings) -> Iterator[TestClient]:
    """A client of an application at a public address."""
    settings = embedded_settings.model_copy(update={"public_url": PUBLIC_URL})
    with TestClient(create_app(settings, load(embedded_engine))) as client:
        yield client


def rows(client: TestClient, name: str, **parameters: str) -> list[dict[str, str]]:
    response = client.get(f"/api/v1/queries/{name}.csv", params=parameters)
    assert response.status_code == 200, response.text
    return list(csv.DictReader(io.StringIO(response.text)))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", {"comparator": "exactly", "unit": "per cent", "value_status": "target", "basis": "stated"}),
        ("vi", {"comparator": "bằng", "unit": "phần trăm", "value_status": "mục tiêu"}),
    ],
)
def test_codes_are_words_in_the_language_of_the_file(client: TestClient, language: str, words: dict[str, str]) -> None:
    [row] = rows(client, "measurements_of", entity="province:anh", lang=language)
    assert {key: row[key] for key in words} == words
    assert row["indicator"] == getattr(schema().indicators["st_enterprises"], language)
    assert row["value"] == "12"
    [row] = [row for row in rows(client, FLAGSHIP, part="all", lang=language) if row["fund"]]
    labels = schema().nodes["Fund"].properties["kind"].values["venture_capital"]
    assert row["fund_kind"] == getattr(labels, language)
    assert row["fund_status"] in {getattr(status, language) for status in schema().statuses.values()}
    predicates = {row["predicate"] for row in rows(client, "article_statements", article=FIRST_ARTICLE, lang=language)}
    terms = (schema().edges["PLANS"], schema().indicators["st_enterprises"], schema().claim_types["goal"])
    assert predicates >= {getattr(term, language) for term in terms}


def test_lists_of_codes_are_words_too(client: TestClient) -> None:
    [row] = rows(client, "instrument_matrix", province="province:anh", lang="vi")
    statuses = schema().statuses
    assert set(row["vc_fund"].split("; ")) <= {status.vi for status in statuses.values()}
    assert set(row["vc_fund_basis"].split("; ")) == {schema().bases["stated"].vi}


def test_without_lang_words_are_in_the_language_of_the_request_and_names_stay(client: TestClient) -> None:
    path = "/api/v1/queries/measurements_of.csv?entity=province:anh"
    for header, word in (("vi", "bằng"), ("en", "exactly")):
        text = client.get(path, headers={"Accept-Language": header}).text
        assert word in text
        assert "Tỉnh Anh" in text


def test_a_row_says_where_its_statements_are(client: TestClient) -> None:
    answer: Any = client.get(f"/api/v1/queries/{FLAGSHIP}?fund_status=any").json()["data"]
    [row] = [row for row in rows(client, FLAGSHIP, fund_status="any", part="all") if row["province"] == "province:binh"]
    [near_miss] = [row for row in answer["near_misses"] if row["province"] == "province:binh"]
    assert row["sources"] == "article:i00:2"
    assert row["url"] == f"{PUBLIC_URL}/statements/{near_miss['statements'][0]}"
    assert client.get(row["url"].removeprefix(PUBLIC_URL)).status_code == 200
    edge = {"subject": "province:anh", "predicate": "BORDERS", "object": "province:binh"}
    assert [row["sources"] for row in rows(client, "edge_sources", **edge)] == ["an invented atlas"]


def test_without_a_public_address_the_path_is_given(embedded_engine: Engine, embedded_settings: Settings) -> None:
    with TestClient(create_app(embedded_settings, load(embedded_engine))) as client:
        [row] = rows(client, "measurements_of", entity="province:anh")
    assert row["url"].startswith("/statements/statement:")


def test_all_rows_of_an_answer_are_in_one_file_on_request(client: TestClient) -> None:
    response = client.get(f"/api/v1/queries/{FLAGSHIP}.csv?part=all&fund_status=any&lang=en")
    assert response.headers["content-disposition"] == f'attachment; filename="{FLAGSHIP}-all.csv"'
    found = list(csv.DictReader(io.StringIO(response.text)))
    columns = ["is_answer", *catalogue()[FLAGSHIP].returns, "fails", "sources", "url"]
    assert list(found[0]) == columns
    answer: Any = client.get(f"/api/v1/queries/{FLAGSHIP}?fund_status=any").json()["data"]
    expected = [("yes", row["province"], "") for row in answer["rows"]]
    expected += [("no", row["province"], "; ".join(row["fails"])) for row in answer["near_misses"]]
    assert [(row["is_answer"], row["province"], row["fails"]) for row in found] == expected
    assert {item[0] for item in expected} == {"yes", "no"}


NAMES = {"en": "Anh", "vi": "Tỉnh Anh", None: "Tỉnh Anh"}


@pytest.mark.parametrize("language", NAMES)
def test_lang_chooses_the_names_of_entities(client: TestClient, language: str | None) -> None:
    parameters = {"fund_status": "any"} | ({"lang": language} if language else {})
    data = client.get(f"/api/v1/queries/{FLAGSHIP}", params=parameters).json()["data"]
    names = {row["province"]: (row["province_name"], row["fund_name"]) for row in data["rows"] + data["near_misses"]}
    assert names["province:anh"] == (NAMES[language], "Anh Fund")  # the fund has one name, whatever is asked for
    assert names["province:binh"] == ("Bình", None)
    assert [row["province_name"] for row in rows(client, FLAGSHIP, **parameters)] == [NAMES[language]]


def test_the_command_and_python_take_lang(client: TestClient, embedded_settings: Settings) -> None:
    data = embedded_settings.data
    arguments = ("query", FLAGSHIP, "--fund-status", "any")
    told = run_command(data, *arguments, "--lang", "vi").stdout
    assert catalogue()[FLAGSHIP].question_vi in told
    assert schema().nodes["Fund"].properties["kind"].values["venture_capital"].vi in told
    assert "Tỉnh Anh" in told
    assert "Tỉnh Anh" not in run_command(data, *arguments, "--lang", "en").stdout
    assert "Which provinces" in run_command(data, *arguments).stdout
    english = client.get(f"/api/v1/queries/{FLAGSHIP}?fund_status=any&lang=en").json()["data"]
    assert run_command(data, *arguments, "--lang", "en", "--json").data == english
    assert run_command(data, *arguments, "--lang", "de").code == 2
    with vnkg.open(data) as graph:
        assert list(graph.query(FLAGSHIP, fund_status="any", lang="en")) == english["rows"]
        with pytest.raises(BadParameter, match="lang: found 'de'; expected en or vi"):
            graph.query(FLAGSHIP, lang="de")


def test_names_that_every_query_uses_are_not_those_of_its_parameters_or_columns() -> None:
    query = queries()[FLAGSHIP]
    for old, new, message in (
        ("  as_of:\n", "  lang:\n", "params.lang: every query takes lang and part"),
        ("  fund_kind:             {", "  sources:             {", "returns: 'sources' is added in CSV files"),
    ):
        assert old in query.text
        with pytest.raises(DeclarationError, match=message):
            read_query(query.text.replace(old, new), "a_query.cypher", schema())
