"""The totals of a query's tables count all rows, also those that are not shown."""

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.support import http
from vnkg.api.presenters import query_table

PATH = "/queries/funds_by_kind_and_status?fund_kind=venture_capital&fund_status=existing"
MAX_ROWS = 3


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A client whose tables show few rows, and that no response from before reaches."""
    monkeypatch.setattr(query_table, "MAX_ROWS", MAX_ROWS)
    with http.client_of(http.settings().model_copy(update={"cache": False})) as opened:
        yield opened


def test_a_table_shows_the_first_rows_and_counts_all(client: TestClient) -> None:
    result = client.get(f"/api/v1{PATH}").json()["data"]
    totals = [len(result["rows"]), len(result["near_misses"])]
    assert min(totals) > MAX_ROWS
    text = client.get(PATH).text
    counts = re.findall(r'<h2 id="(?:answers|near)">[^<]*<span class="count">\((\d+)\)', text)
    assert [int(count) for count in counts] == totals
    answers = text[text.index('id="answers"') : text.index('id="near"')]
    assert len(re.findall(r'<tr(?: class="with-evidence")?>\n<td', answers)) == MAX_ROWS
    assert f"{MAX_ROWS} of {totals[0]} rows are shown" in answers


def test_a_group_of_near_misses_counts_all_of_its_rows(client: TestClient) -> None:
    near_misses = client.get(f"/api/v1{PATH}").json()["data"]["near_misses"]
    sizes = [sum(row["fails"] == fails for row in near_misses) for fails in (["kind_matches"], ["status_matches"])]
    assert max(sizes) > MAX_ROWS
    text = client.get(PATH).text
    counts = re.findall(r'<h3 id="near-\d+">[^<]*<span class="count">\((\d+)\)', text)
    assert [int(count) for count in counts] == sizes
    assert f"{MAX_ROWS} of {max(sizes)} rows are shown" in text[text.index('id="near"') :]
