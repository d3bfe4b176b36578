"""Parts of the API that need no graph: languages, CSV, ETags, the release cache, the response cache, metrics."""

import csv
import doctest
import io
import json
import logging
import re
import tracemalloc

import pytest

import vnkg.api
from vnkg.api.app import create_app
from vnkg.api.http import csv as csvtext
from vnkg.api.http import negotiation as accept
from vnkg.api.http.csv import encode_csv, format_cell
from vnkg.api.http.logs import JsonLines, begin_request, request_id_header
from vnkg.api.http.ready_responses import BufferedResponse, CacheKey, ResponseCache, entry_size, etag_matches
from vnkg.api.i18n import language
from vnkg.api.i18n.language import format_date, format_number, format_short_number, negotiate
from vnkg.api.service.metrics import Metrics
from vnkg.api.service.release import ReleaseCache
from vnkg.graph.errors import NotLoaded


@pytest.mark.parametrize("module", [accept, csvtext, language])
def test_the_examples_in_docstrings_hold(module: object) -> None:
    result = doctest.testmod(module)  # pyright: ignore[reportArgumentType]
    assert result.attempted
    assert not result.failed


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("vi", "vi"),
        ("vi;q=0, en;q=0.1", "en"),
        ("en;q=0.2, vi;q=0.3", "vi"),
        ("fr, *;q=0.1", "en"),
        ("vi;q=x", "en"),
        (",,;;=", "en"),
        ("vi" * 5000, "en"),
    ],
)
def test_the_best_supported_language_is_chosen(header: str, language: str) -> None:
    assert negotiate(header) == language


@pytest.mark.parametrize("text", ["", "spring 2025", "2025-13-01", "2025-10-19T00:00", "1-2-3-4"])
def test_text_that_is_not_a_date_is_unchanged(text: str) -> None:
    assert format_date(text, "en") == text


@pytest.mark.parametrize(
    ("number", "text"), [(999_999, "999,999"), (1_000_000, "1 m"), (-2_500_000, "-2.5 m"), (1_000_000_000, "1 bn")]
)
def test_a_number_is_short_from_a_million(number: float, text: str) -> None:
    assert format_short_number(number, "en") == text


def test_numbers_use_the_separators_of_their_language() -> None:
    assert (format_number(1234567.5, "en"), format_number(1234567.5, "vi")) == ("1,234,567.5", "1.234.567,5")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "＝x", "＋x", "－x", "＠x"])
def test_a_formula_is_escaped_as_text(text: str) -> None:
    assert format_cell(text) == format_cell([text]) == "'" + text


@pytest.mark.parametrize(
    "invisible", ["", " ", "\u200b", "\ufeff", "\u202e", "\u00a0", "\u00ad", "\x0b", "\u2060\u3000"]
)
@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1+1", "@x", "＝x"])
def test_a_formula_behind_what_nobody_sees_or_after_a_separator_is_escaped(invisible: str, formula: str) -> None:
    text = invisible + formula
    assert format_cell(text) == "'" + text
    assert format_cell(f"a;{text}") == f"a;'{text}"
    assert format_cell(["a", text]) == f"a;' {text}"
    assert format_cell(f'a;"{text}"') == f'a;\'"{text}"'
    for separator in "\t\r\n":
        assert format_cell(f"a{separator}{text}") == f"a{separator}'{text}"


def test_no_cell_of_a_file_is_a_formula_whatever_the_separator() -> None:
    texts = ['x";=1+1', "x;\n=1+1", '";"=1', "a,;@b", '"\n-1+1']
    file = encode_csv(["a", "b"], [{"a": "x", "b": text} for text in texts]).decode()
    cells = [cell for line in re.split(r"[\r\n]", file) for part in line.split(";") for cell in part.split(",")]
    assert not [cell for cell in cells if cell.strip('" ').startswith(("=", "+", "-", "@"))]
    assert [row["b"].replace("'", "") for row in csv.DictReader(io.StringIO(file, newline=""))] == texts


@pytest.mark.parametrize("text", ["a-b", "2021-2024", "a; b-c", "đầu tư; 5 - 10", "x = y", "a;b"])
def test_a_text_that_is_no_formula_stays_as_it_is(text: str) -> None:
    assert format_cell(text) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (0.0, "0.0"), (-3, "-3"), (False, "false"), ([], ""), (None, "")]
)
def test_zero_and_false_are_values(value: object, text: str) -> None:
    assert format_cell(value) == text


def test_csv_quotes_values_that_need_it() -> None:
    assert encode_csv(["a", "b"], [{"a": 'x "y", z', "b": None}]) == b'a,b\r\n"x ""y"", z",\r\n'


@pytest.mark.parametrize(
    ("header", "is_match"),
    [(b'"a"', True), (b'W/"a"', True), (b'"b", "a"', True), (b"*", True), (b'"b"', False), (b"a", False)],
)
def test_if_none_match_is_compared_weakly(header: bytes, is_match: bool) -> None:
    assert etag_matches(header, b'"a"') is is_match


def test_the_release_is_read_at_most_once_a_second() -> None:
    now = 0.0
    read: list[float] = []

    def look() -> dict[str, str]:
        read.append(now)
        return {"release": str(len(read))}

    cached = ReleaseCache(look, lambda: now)
    assert [cached.release()["release"], cached.release()["release"]] == ["1", "1"]
    now = 0.99
    assert cached.release()["release"] == "1"
    now = 1.0
    assert (cached.is_stale, cached.last_release) == (True, {"release": "1"})
    assert cached.release()["release"] == "2"
    assert read == [0.0, 1.0]


def test_a_missing_release_is_reported_with_the_reason_and_read_again() -> None:
    now = 0.0
    empty = True

    def look() -> dict[str, str]:
        if empty:
            raise NotLoaded("empty")
        return {"release": "1"}

    cached = ReleaseCache(look, lambda: now)
    cached.refresh()
    assert cached.last_release is None
    with pytest.raises(NotLoaded, match="empty"):
        cached.release()
    empty, now = False, 1.0
    assert cached.release() == {"release": "1"}


def test_only_another_release_than_before_is_announced() -> None:
    now = 0.0
    stored = ["1", "1", "", "2"]
    announced: list[str] = []

    def look() -> dict[str, str]:
        if not stored[int(now)]:
            raise NotLoaded("empty")
        return {"release": stored[int(now)]}

    cached = ReleaseCache(look, lambda: now)
    cached.on_change = lambda: announced.append((cached.last_release or {"release": "none"})["release"])
    last_releases: list[object] = []
    for second in range(len(stored)):
        now = float(second)
        cached.refresh()
        last_releases.append(cached.last_release)
    assert announced == ["1", "2"]
    assert last_releases == [{"release": "1"}, {"release": "1"}, None, {"release": "2"}]


def test_a_computed_value_is_kept_for_one_release_and_key() -> None:
    cached = ReleaseCache(lambda: {"release": "1"})  # pyright: ignore[reportArgumentType]
    computed: list[str] = []

    def value(release: str, key: str) -> str:
        return cached.get_or_compute(release, key, lambda: computed.append(f"{key}{release}") or f"{key}{release}")

    requests = [("1", "a"), ("1", "a"), ("1", "b"), ("1", "a"), ("2", "b"), ("2", "a"), ("2", "b"), ("1", "b")]
    assert [value(release, key) for release, key in requests] == [f"{key}{release}" for release, key in requests]
    assert computed == ["a1", "b1", "b2", "a2", "b1"]


def test_the_package_offers_the_application_without_importing_it_early() -> None:
    assert vnkg.api.create_app is create_app
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        vnkg.api.nothing  # noqa: B018  # pyright: ignore[reportAttributeAccessIssue]


def ready(size: int) -> BufferedResponse:
    return BufferedResponse(200, [], b"x" * size, b'"e"', "/", None)


def key(name: str, query: bytes = b"") -> CacheKey:
    return ("release", name, query, "application/json", "en")


def test_the_store_drops_the_least_recently_used_above_its_limit() -> None:
    store = ResponseCache(100_000)
    for name in "abcdefgh":
        store.add(key(name), ready(11_400))
    assert len(store) == 8
    store.get(key("a"))
    store.add(key("i"), ready(11_400))
    assert store.get(key("a")) is not None
    assert store.get(key("b")) is None
    assert store.size_bytes <= 100_000


def test_the_store_counts_a_response_once_and_refuses_one_that_is_too_big() -> None:
    store = ResponseCache(100_000)
    for _ in range(5):
        store.add(key("a"), ready(1_000))
    assert (len(store), store.size_bytes) == (1, entry_size(key("a"), ready(1_000)))
    store.add(key("b"), ready(50_000))
    assert len(store) == 1


def test_the_store_counts_the_address_too() -> None:
    store = ResponseCache(100_000)
    for count in range(30):
        store.add(key("/search", b"q=%d&" % count + b"a" * 8_000), ready(10))
    assert 8 <= len(store) <= 12
    assert store.size_bytes <= 100_000


@pytest.mark.parametrize("length", [0, 8_000])
def test_the_store_counts_at_least_the_memory_that_entries_take(length: int) -> None:
    def fresh(count: int) -> tuple[CacheKey, BufferedResponse]:
        text = str(count)
        headers = [(f"name-{place}".encode(), f"{place} {text}".encode()) for place in range(12)]
        kept = BufferedResponse(200, headers, text.encode() * 10, f'"{text}"'.encode(), "/", text * 2)
        return (f"r{text}", f"/ế{text}", text.encode() + b"x" * length, "".join(("application/", "json")), "vi"), kept

    store = ResponseCache(1_000_000_000)
    tracemalloc.start()
    try:
        for count in range(2_000):
            store.add(*fresh(count))
        grown, _peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert grown <= store.size_bytes < 1.5 * grown


def test_metrics_are_prometheus_text() -> None:
    metrics = Metrics()
    metrics.count("GET", "/a", 200, 0.25)
    metrics.count("GET", "/a", 200, 0.25)
    metrics.cache_hits.inc()
    metrics.add_gauge("vnkg_pool_waiting", "Requests that wait.", lambda: 3, pool="heavy")
    metrics.set_release("old", "2025-01-01")
    metrics.set_release("new", "2025-12-12")
    lines = metrics.text().splitlines()
    expected = {
        'vnkg_requests_total{method="GET",route="/a",status="200"} 2.0',
        'vnkg_request_seconds_sum{route="/a"} 0.5',
        'vnkg_request_seconds_bucket{le="0.1",route="/a"} 0.0',
        'vnkg_request_seconds_bucket{le="0.25",route="/a"} 2.0',
        'vnkg_cache_total{result="hit"} 1.0',
        'vnkg_pool_waiting{pool="heavy"} 3.0',
        'vnkg_release_info{data_date="2025-12-12",release="new"} 1.0',
    }
    assert expected <= set(lines)
    assert not [line for line in lines if "2025-01-01" in line]
    assert all(line.startswith(("#", "vnkg_")) for line in lines)


def test_a_log_line_is_one_object_with_the_id_of_its_request() -> None:
    begin_request([(b"x-request-id", b"abc-1")])
    with pytest.raises(ValueError) as raised:
        json.loads("no\njson")
    error = (raised.type, raised.value, raised.tb)
    record = logging.LogRecord("vnkg.api", logging.ERROR, "", 0, "failed at %s", ("/a\n",), error)
    line = JsonLines().format(record)
    assert "\n" not in line
    found = json.loads(line)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", found.pop("time"))
    assert "JSONDecodeError: Expecting value" in found.pop("traceback")
    assert found == {"level": "error", "logger": "vnkg.api", "message": "failed at /a\n", "request": "abc-1"}


@pytest.mark.parametrize("sent_id", [b"", b"two words", b"x" * 65, "ệ".encode(), b'a"b'])
def test_an_invalid_request_id_is_replaced(sent_id: bytes) -> None:
    begin_request([(b"x-request-id", sent_id)])
    assert re.fullmatch(rb"[0-9a-f]{16}", request_id_header()[1])
