"""The ownership mark in the patterns of our own queries."""

import re
from importlib import resources

import pytest

from vnkg.graph.catalogue.query import catalogue
from vnkg.graph.store.ownership import match_owned_only

TEXTS = {f"queries/{name}": query.cypher for name, query in catalogue().items()} | {
    f"cypher/{file.name}": file.read_text(encoding="utf-8")
    for file in resources.files("vnkg.graph.reader").joinpath("cypher").iterdir()
}


@pytest.mark.parametrize("name", TEXTS)
def test_every_match_clause_is_restricted_to_our_data(name: str) -> None:
    marked = match_owned_only(TEXTS[name])
    assert re.sub(r"(, | ?\{)owner: 'vnkg'\}", lambda found: "}" if found[1] == ", " else "", marked) == TEXTS[name]
    assert re.findall(r"-\[(?![^\]]*\{(?:[^\]{}]*, )?owner: 'vnkg'\}\]-)", marked) == []
    for pattern in re.findall(r"MATCH (\(\w*:[^()]*\))(?!<?-)", marked):
        assert "owner: 'vnkg'" in pattern
