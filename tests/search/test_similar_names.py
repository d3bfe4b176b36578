"""Names that share words, spellings and forms of address with others: every result exact."""

import pytest

from tests.support.invented_graph import Builder, load_graph
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.model.facts import Name
from vnkg.graph.model.merge import merge
from vnkg.graph.model.release import Release
from vnkg.graph.model.schema import schema
from vnkg.graph.reader.reader import Graph
from vnkg.graph.search import search

ORGANISATIONS = {
    "bureau": ("club", "Tide Watch Bureau", "Tide Watch"),
    "works": ("company", "Tide Watch Works"),
    "friends": ("club", "Night Post Friends", "Night Post"),
    "post": ("club", "Night Post"),
    "university": ("university", "University"),
    "kites": ("club", "Paper Kites of Hoa Lam", "Hoa Lam Paper Kites", "Hoa Lam Kites"),
    "kites-parade": ("club", "Kite Parade", "Sky Festival of Hoa Lam"),
    "song": ("club", "Sông Mía"),
    "boats": ("club", "Song Mia Boats"),
    "mian": ("club", "Song Mian Harbour"),
    "red": ("club", "Red Boots Harbour"),
    "blue": ("club", "Blue Boots Harbour"),
    "inventions": ("club", "Inventions"),
    "market": ("club", "Harbourside Market"),
    "orchid": ("club", "Orchid Reading"),
    "circle": ("club", "Orchid Reading Circle"),
    "readers": ("club", "Reading Circle of Hoa Lâm"),
}


@pytest.fixture(scope="module")
def release() -> Release:
    built = Builder()
    built.article("i00", "2025-10-19", title="Quiet rivers bring paper lanterns")
    built.entity("province:hoa-lam", "Province", "Hoa Lâm", kind="province")
    built.entity("province:old", "Province", "Bến Cũ", kind="province", abolished_on="2025-07-01")
    built.relate("province:old", "MERGED_INTO", "province:hoa-lam", "existing", qualifiers={"date": "2025-07-01"})
    for slug, (kind, *names) in ORGANISATIONS.items():
        forms = [Name(name, "en") for name in names]
        built.entity(f"organisation:{slug}", "Organisation", names[0], *forms, kind=kind)
    built.entity("person:anh", "Person", "Trần Hoa Lâm Anh", diacritics="article")
    built.entity("person:son", "Person", "Kiều Minh Sơn", diacritics="article")
    return merge(built.facts(), schema())


@pytest.fixture
def graph(engine: Engine, release: Release) -> Graph:
    return load_graph(engine, release)


@pytest.mark.parametrize(
    ("q", "results"),
    [
        # What is no name of its own, because it fits others of the kind
        ("Tide Watch", "bureau:name works:words"),
        ("Night Post", "friends:name post:name"),
        # Words of other meanings within a person's name
        ("Hoa Lam Anh", "anh:words"),
        ("Hoa Lam Anh Tran", "anh:variant"),
        ("Mr Kieu Son", "son:words"),
        ("ông Sơn", "son:words"),
        # Small words and places
        ("reading of", "readers:words"),
        ("Kite Parade Hoa Lam", "kites-parade:variant"),
        ("Hóa Lâm Kites Paper", "kites:fuzzy"),
        ("hoa lam kites paper", "kites:variant"),
        # Suggestions: at best of what matches best, and none by a word for a kind alone
        ("Orchid Reading Circl", "circle:prefix"),
        ("university mountain", ""),
        ("99/KH-ABC Tide Watch Works", ""),
        ("Kiều Mình Sơn mountain", ""),
        ("Kiều Minh Sơn mountain", "son:partial"),
        # Misspelt words
        ("orchidd", ""),
        ("boets harbour", "red:fuzzy blue:fuzzy"),
        ("Quiett rivvers brring paper lanterns", "i00:fuzzy"),
        ("Quiett rivvers brring paaper lanterns", ""),
        ("inventihouse", ""),
        ("inventiohouse", "inventions:partial"),
        ("harboursidehouse", "market:partial"),
        # Marks that contradict a name, and others that are spelt so
        ("Sóng Mìa", "boats:words mian:prefix song:fuzzy"),
        ("Sông Mía", "song:name boats:words"),
        ("Bèn Cũ", "old:fuzzy"),
    ],
)
def test_results_are_these_and_no_others(graph: Graph, q: str, results: str) -> None:
    found = [f"{hit['id'].partition(':')[2]}:{hit['match_type']}" for hit in graph.search(q)]
    assert " ".join(found) == results


def test_of_several_forms_with_the_same_words_the_nearest_is_shown(graph: Graph) -> None:
    texts = {"hoa lam kites paper": "Hoa Lam Paper Kites", "kites paper of hoa lam": "Paper Kites of Hoa Lam"}
    assert {q: graph.search(q)[0]["matched_text"] for q in texts} == texts


def test_the_names_are_read_page_by_page(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    for page_size in (1, 2):
        monkeypatch.setattr(search, "_PAGE_SIZE", page_size)
        other_graph = Graph(graph.engine, graph.schema, graph.queries)
        for q in ("kite parade sky", "Quiet lanterns", "Kites Hoa Lam", "ông Sơn"):
            assert other_graph.search(q) == graph.search(q) != []


def test_suggestions_of_other_types_take_no_place_from_those_of_the_type(engine: Engine) -> None:
    built = Builder()
    built.article("i00", "2025-10-19")
    for number in range(25):
        built.entity(f"organisation:o{number:02}", "Organisation", f"Orchid Reading {chr(97 + number) * 9}")
    built.entity("fund:long", "Fund", "Orchid Reading with longest name", kind="other")
    graph = load_graph(engine, merge(built.facts(), schema()))
    for q in ("orchid readi", "orchid reading mountain"):
        assert len(graph.search(q, limit=100)) == 20
        assert [hit["id"] for hit in graph.search(q, type="Fund")] == ["fund:long"]
    assert len(graph.search("orchid reading", limit=100)) == 26
