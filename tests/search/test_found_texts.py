"""Statements and passages of the built-in articles are found by words that readers typed without looking at the search."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support import cli
from vnkg.api.service.passages import PassageSearch
from vnkg.graph.reader.objects import LedgerEntry
from vnkg.loaders.article_texts import Texts

RESULT_COUNT = 3
"""Among so many first results there must be one of those that are meant."""
MINIMUM_FOUND = 0.95


@pytest.fixture(scope="module")
def cases(repository: Path) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    return yaml.safe_load((repository / "tests/fixtures/search/texts.yaml").read_text(encoding="utf-8"))


def test_statements_are_found(cases: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    missed: list[str] = []
    for item in cases["statements"]:
        found, _ = cli.graph().search_statements(item["text"], limit=RESULT_COUNT)
        if not {hit["id"] for hit in found}.intersection(item["ids"]):
            missed.append(item["text"])
    assert len(missed) <= (1 - MINIMUM_FOUND) * len(cases["statements"]), missed


def test_passages_are_found(cases: Mapping[str, Sequence[Mapping[str, Any]]], articles: str) -> None:
    search = PassageSearch(Texts(Path(articles)))
    missed: list[str] = []
    for item in cases["passages"]:
        places = {_place_of(found.sentence) for found in search.find(cli.graph(), item["text"], RESULT_COUNT)}
        if places.isdisjoint(item["at"]):
            missed.append(item["text"])
    assert len(missed) <= (1 - MINIMUM_FOUND) * len(cases["passages"]), missed


def _place_of(sentence: LedgerEntry) -> str:
    return f"{sentence['article']} {sentence['line']}:{sentence['start']}"
