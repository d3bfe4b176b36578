"""Whatever is asked, in an address, a search or a command, is answered or refused: no error of ours, no traceback."""

import time

import hypothesis
from hypothesis import strategies as st

from tests.support.cli import run_command
from tests.support.fuzz_addresses import WILD_TEXTS, addresses, command_lines
from tests.support.http import client, graph, settings
from tests.support.requirements import torture_count
from vnkg.graph.catalogue.parameters import MAX_TEXT_LENGTH

HANG_SECONDS = 60
"""No answer takes as long, even on a busy machine."""
ERROR_STATUS = 500


@hypothesis.settings(max_examples=torture_count(50), suppress_health_check=list(hypothesis.HealthCheck))
@hypothesis.given(addresses(), st.sampled_from(["*/*", "text/csv", "application/ld+json", "text/html;q=x"]))
def test_every_address_is_answered_or_refused(address: str, accept: str) -> None:
    start = time.monotonic()
    response = client().get(address, headers={"Accept": accept})
    assert response.status_code < ERROR_STATUS, response.text[:1000]
    assert "Traceback" not in response.text
    assert time.monotonic() - start < HANG_SECONDS
    if response.headers.get("content-type", "").partition(";")[0].endswith("json"):
        response.json()


@hypothesis.settings(max_examples=torture_count(50), suppress_health_check=list(hypothesis.HealthCheck))
@hypothesis.given(WILD_TEXTS, st.booleans())
def test_every_text_can_be_sought(text: str, exact: bool) -> None:
    start = time.monotonic()
    given = {"q": text.encode("utf-8", "replace").decode()}
    shown = client().get("/search", params=given)
    found = client().get("/api/v1/search", params=given | {"exact": str(exact).lower()})
    assert {shown.status_code, found.status_code} <= {200, 400, 414, 422}
    assert (shown.status_code == 200) or not text.strip() or found.status_code != 200 or len(text) > MAX_TEXT_LENGTH
    assert time.monotonic() - start < HANG_SECONDS


@hypothesis.settings(max_examples=torture_count(50), suppress_health_check=list(hypothesis.HealthCheck))
@hypothesis.given(command_lines())
def test_every_command_is_carried_out_or_refused(words: list[str]) -> None:
    graph()
    start = time.monotonic()
    result = run_command(settings().data, *words)
    assert result.code in (0, 1, 2), result
    assert "Traceback" not in result.stdout + result.stderr
    assert result.code == 0 or result.stderr.strip()
    assert time.monotonic() - start < HANG_SECONDS
