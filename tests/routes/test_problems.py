"""Errors over HTTP: one format, the right status, the site layout on pages, and never a traceback."""

import base64
import json
from typing import Any
from urllib.parse import urlencode

import hypothesis
import pytest
from fastapi.testclient import TestClient
from hypothesis import strategies as st

from tests.support.http import client, client_of, graph, settings
from tests.support.processes import wait_until
from tests.support.requirements import torture_count
from vnkg.api.app import create_app
from vnkg.api.http.request_checks import MAX_QUERY_BYTES
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.errors import (
    EngineError,
    LoadRefused,
    NotLoaded,
    QueryTimeout,
    ServerAbsent,
    VnkgError,
    error_classes,
    problem_codes,
)
from vnkg.graph.reader.reader import Graph
from vnkg.graph.settings import Settings

LONG = "a" * 60_000


class Broken(Graph):
    """A graph whose `entity` always raises `failure`."""

    failure: Exception = RuntimeError("secret of the inside")

    def entity(self, entity_id: str) -> dict[str, Any]:  # noqa: ARG002
        raise self.failure


@pytest.fixture
def broken() -> Broken:
    return Broken(graph().engine, graph().schema, graph().queries)


def test_every_error_class_has_a_code_of_its_own_or_its_parents() -> None:
    assert {error.code for error in error_classes()} | {"method-not-allowed"} == set(problem_codes())
    assert all(status >= 300 for status, _title in problem_codes().values())


def test_a_problem_is_rfc_9457() -> None:
    response = client().get("/api/v1/entities/province:zzz")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["cache-control"] == "no-store"
    body = response.json()
    assert set(body) == {"type", "title", "status", "detail", "code"}
    assert (body["status"], body["code"], body["type"]) == (404, "not-found", "/about#not-found")


def test_the_type_of_a_problem_links_to_its_explanation() -> None:
    page = client().get("/about").text
    for code in problem_codes():
        assert f'id="{code}"' in page


@pytest.mark.parametrize(
    "path", ["/api", "/api/v1", "/api/v1/nothing", "/api/v2/entities", "/openapi.yaml", "/static/x/y"]
)
def test_an_unknown_address_is_404(path: str) -> None:
    response = client().get(path)
    assert response.status_code == 404
    is_api = path.startswith(("/api", "/static"))
    assert response.headers["content-type"].startswith("application/problem+json" if is_api else "text/html")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_writing_is_405_with_the_allowed_methods(method: str) -> None:
    response = client().request(method, "/api/v1/entities")
    assert (response.status_code, response.json()["code"]) == (405, "method-not-allowed")
    assert response.headers["allow"] == "GET, HEAD, OPTIONS"
    assert client().request(method, "/about").headers["allow"] == "GET, HEAD"


def test_a_trailing_slash_redirects_to_the_address_without_it() -> None:
    response = client().get("/queries/")
    assert (response.status_code, response.headers["location"]) == (308, "/queries")
    assert client().get("/%2Fevil.example/").status_code == 404


@pytest.mark.parametrize("start", ["/api/v1/entities/", "/api/v1/search?q=", "/entities/", "/search?q=", "/queries/"])
@pytest.mark.parametrize(
    ("suffix", "status"),
    [
        ("%FF%FE", 400),
        ("%C3%28", 400),
        ("%ED%A0%80", 400),
        ("a%00b", 400),
        ("%1B[31m", 400),
        ("a%0Ab", 400),
        ("%7F", 400),
        ("%C2%85", 400),
        (LONG, 414),
        ("%E1%BB%93" * 7_000, 414),
    ],
)
def test_an_unreadable_address_is_refused(start: str, suffix: str, status: int) -> None:
    response = client().get(start + suffix)
    assert response.status_code == status
    assert len(response.content) < 5_000
    assert "Traceback" not in response.text


@pytest.mark.parametrize("word", ["\u202eabc", "😀", "مرحبا", "'; DROP", "}) RETURN 1 //", "<script>", "../../etc"])
def test_odd_words_are_treated_as_plain_text(word: str) -> None:
    assert client().get("/api/v1/search", params={"q": word}).status_code in (200, 422)
    assert client().get("/search", params={"q": word}).status_code in (200, 422)
    assert client().get("/api/v1/queries/provinces_with_fund", params={"policy": word}).status_code == 422


def test_an_unexpected_error_is_500_without_details(broken: Broken, caplog: pytest.LogCaptureFixture) -> None:
    with TestClient(create_app(settings(), broken)) as asked:
        for path in ("/api/v1/entities/province:aaa", "/entities/province:aaa"):
            response = asked.get(path)
            assert response.status_code == 500
            assert "secret" not in response.text
            assert "Traceback" not in response.text
            assert response.headers["content-security-policy"]
            assert response.headers["cache-control"] == "no-store"
        assert asked.get("/api/v1/entities/province:aaa").json()["code"] == "internal-error"
        assert asked.get("/api/v1/release").status_code == 200
    assert "secret of the inside" in caplog.text


@pytest.mark.parametrize(
    ("failure", "status", "code", "is_public"),
    [
        (QueryTimeout("the time limit ended the query"), 504, "query-timeout", True),
        (ServerAbsent("no server at bolt://10.0.0.7:7687"), 503, "server-absent", False),
        (VnkgError("/home/somebody/file.yaml"), 500, "internal-error", False),
    ],
)
def test_internal_errors_reveal_addresses_only_in_the_log(
    broken: Broken, failure: VnkgError, status: int, code: str, is_public: bool, caplog: pytest.LogCaptureFixture
) -> None:
    broken.failure = failure
    with TestClient(create_app(settings(), broken)) as asked:
        response = asked.get("/api/v1/entities/province:aaa")
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert (str(failure) in response.text) is is_public
    assert (str(failure) in caplog.text) is not is_public
    assert ("retry-after" in response.headers) is (status == 503)


def test_an_empty_store_is_503_everywhere_except_for_liveness_and_a_load_is_reported(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    empty = Settings(data=tmp_path_factory.mktemp("empty"))
    with TestClient(create_app(empty)) as asked:
        assert asked.get("/healthz").status_code == 200
        ready = asked.get("/readyz")
        assert (ready.status_code, ready.json()["status"]) == (503, "empty")
        response = asked.get("/api/v1/entities")
        assert (response.status_code, response.json()["code"]) == (503, "not-loaded")
        assert response.headers["retry-after"]
        for page in ("/", "/queries/provinces_with_fund", "/entities/province:aaa", "/picture", "/disagreements"):
            shown = asked.get(page)
            assert (shown.status_code, page) == (503, page)
            assert "No data is loaded yet" in shown.text
        assert asked.get("/about").status_code == 200
        with Engine.open(empty) as engine:
            engine.write(
                lambda write: write.execute(
                    "CREATE (m:Release {id: 'current', release: 'r', data_date: '', format: 1, state: 'loading', "
                    "counts: '{}', layout: 1})"
                )
            )
            assert wait_until(lambda: asked.get("/readyz").json()["status"] == "loading")
            assert asked.get("/readyz").status_code == 503


@pytest.mark.parametrize("path", ["/entities/province:zzz", "/nothing", "/queries/nothing", "/articles/article:zzz"])
def test_a_missing_page_has_the_site_layout(path: str) -> None:
    response = client().get(path)
    assert response.status_code == 404
    assert "There is no such thing here" in response.text
    assert 'class="site-head"' in response.text
    assert 'name="q"' in response.text


def test_a_removed_id_is_410_and_a_merged_one_308_on_pages_too() -> None:
    gone = client().get("/entities/province:never")
    assert gone.status_code == 410
    assert "This was removed" in gone.text
    moved = client().get("/entities/province:old-aaa?lang=vi")
    assert (moved.status_code, moved.headers["location"]) == (308, "/entities/province:aaa?lang=vi")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/search?type=Ghost", 422),
        ("/search?colour=red", 422),
        ("/picture?limit=2001", 422),
        ("/picture?entity=province:aaa&query=agency_heads", 422),
        ("/picture?depth=7", 422),
        ("/picture?colour=red", 422),
        ("/picture?entity=province:zzz", 404),
        ("/picture?query=nothing", 404),
        ("/queries/provinces_with_fund?fund_status=plant", 422),
        ("/queries/provinces_with_fund?colour=red", 422),
        ("/about?lang=xx", 422),
        ("/queries/provinces_with_fund?lang=xx", 422),
    ],
)
def test_a_page_refuses_wrong_parameters(path: str, status: int) -> None:
    response = client().get(path)
    assert response.status_code == status
    assert response.headers["content-type"].startswith("text/html")
    assert 'class="site-head"' in response.text


def test_a_problem_page_is_available_in_vietnamese() -> None:
    response = client().get("/entities/province:zzz", headers={"Accept-Language": "vi"})
    assert response.headers["content-language"] == "vi"
    assert "Ở đây không có mục này" in response.text


def test_a_missing_articles_folder_is_reported_at_startup() -> None:
    wrong = settings().model_copy(update={"articles": settings().data / "nowhere"})
    with pytest.raises(VnkgError, match="no such folder"):
        client_of(wrong)


def cursor_of(text: str | bytes) -> str:
    """The cursor that encodes a text."""
    found = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return base64.urlsafe_b64encode(found).decode().rstrip("=")


def cursor_parts() -> list[str]:
    """Release, listing and last id of a cursor of `/api/v1/entities`."""
    text = client().get("/api/v1/entities?limit=1").json()["next"]
    return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


def assert_bad_cursor(cursor: str) -> None:
    """Assert that the API and a page refuse the cursor like any other damaged one."""
    expected = client().get("/api/v1/entities?cursor=x")
    response = client().get("/api/v1/entities", params={"cursor": cursor})
    assert (response.status_code, response.json()["code"]) == (400, "bad-cursor")
    assert response.content == expected.content
    assert client().get("/entities", params={"cursor": cursor}).status_code == 400


@pytest.mark.parametrize(
    "text",
    [
        "[" * 3_000,
        '{"a":' * 1_000,
        '["R", "L", "\\ud800"]',
        '["R", "L", "\ud800"]',
        '["\\udfff", "L", "a"]',
        '["R", "\\ud800", "a"]',
        '["R", "L", 5]',
        '["R", "L", ' + "9" * 5_000 + "]",
        '["R", "L", NaN]',
        '["R", "L", -Infinity]',
        '["R", "L", 1e999]',
        '["R", "L", null]',
        '["R", "L", ["a"]]',
        '["R", "L", {}]',
        '["R", "L"]',
        '["R", "L", "a", "b"]',
        '{"R": 0, "L": 1, "a": 2}',
        '"RLa"',
        "null",
        "",
        "\x00",
        b"\xff\xfe\x00\xd8",
    ],
)
def test_a_cursor_with_the_wrong_content_is_a_bad_cursor(text: str | bytes) -> None:
    if isinstance(text, str):
        release, listing, _last = cursor_parts()
        text = text.replace('"R"', f'"{release}"').replace('"L"', f'"{listing}"')
    assert_bad_cursor(cursor_of(text))


def _with_parts(value: object) -> object:
    """Replace 0 and 1 in a generated value by the current release and listing."""
    release, listing, _last = cursor_parts()
    places = {0: release, 1: listing}
    return [places.get(item, item) if type(item) is int else item for item in value] if type(value) is list else value


LETTERS = st.text(st.characters(), max_size=40)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.integers(10**400, 10**401) | st.floats() | LETTERS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(LETTERS, inner, max_size=4),
    max_leaves=8,
)
CONTENTS = st.one_of(
    VALUES,
    st.tuples(st.just(0), st.just(1), VALUES).map(list),
    st.tuples(VALUES, VALUES, VALUES).map(list),
).map(lambda value: json.dumps(_with_parts(value)))
CURSORS = st.one_of(
    CONTENTS.map(cursor_of),
    st.tuples(CONTENTS, st.sampled_from(["utf-16", "utf-32"])).map(
        lambda pair: cursor_of(pair[0].encode(pair[1], "surrogatepass"))
    ),
    st.tuples(st.sampled_from(["[", '{"":', "[[],"]), st.integers(1, 1_000)).map(lambda p: cursor_of(p[0] * p[1])),
    st.binary(max_size=100).map(cursor_of),
    st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=100),
    st.text(alphabet="AZaz09-_=+/", max_size=100),
)


@hypothesis.settings(max_examples=torture_count(50))
@hypothesis.given(CURSORS)
def test_every_cursor_is_answered_or_refused_as_a_bad_cursor(cursor: str) -> None:
    query = urlencode({"cursor": cursor, "limit": 1})
    hypothesis.assume(len(query) <= MAX_QUERY_BYTES)
    response = client().get(f"/api/v1/entities?{query}")
    if response.status_code != 200:
        assert (response.status_code, response.json()["code"]) == (400, "bad-cursor")


INTERNAL_DETAILS = (
    "bolt://10.0.0.7:7687 (database 'secretdb', /home/somebody/data/engine, port 17687) does not answer any more"
)
INTERNAL_ERRORS = [
    error for error in error_classes() if issubclass(error, EngineError) and not issubclass(error, NotLoaded)
]


def test_readyz_does_not_publish_where_the_engine_is(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    error = INTERNAL_ERRORS[0]

    def fail(self: Graph) -> dict[str, Any]:
        raise error([INTERNAL_DETAILS]) if issubclass(error, LoadRefused) else error(INTERNAL_DETAILS)

    monkeypatch.setattr(Graph, "release", fail)
    with client_of(settings()) as asked:
        for error in INTERNAL_ERRORS:
            caplog.clear()
            response = asked.get("/readyz")
            assert response.status_code == 503, error
            assert response.headers["retry-after"]
            assert response.json() == {
                "status": "unavailable",
                "detail": "the engine does not answer; the log says why",
            }
            assert INTERNAL_DETAILS in caplog.text, error


def number_parameters() -> list[tuple[str, str]]:
    """Return address and name of every parameter of the API that is a number, without those in the address itself."""
    paths = client().get("/openapi.json").json()["paths"]
    parameters = [
        (path, item) for path, methods in paths.items() for item in methods.get("get", {}).get("parameters", ())
    ]
    kinds = {"integer", "number"}
    return [
        (path, item["name"])
        for path, item in parameters
        if item["in"] == "query"
        and kinds & {part.get("type") for part in (item["schema"], *item["schema"].get("anyOf", ()))}
    ]


@pytest.mark.parametrize("value", ["9" * 5000, "-" + "9" * 19, "9" * 19, "1e400", "nan", "inf", "１"])
def test_a_number_that_is_none_or_out_of_bounds_is_refused(value: str) -> None:
    found = number_parameters()
    assert len(found) > 5
    for path, name in found:
        address = path.replace("{id}", "province:aaa").replace("{start}", "province:aaa").replace("{end}", "fund:bbb")
        response = client().get(address, params={name: value})
        assert response.status_code == 422, (address, name, value, response.text)
