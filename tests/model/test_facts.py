"""The facts of the five articles that answers depend on; and that every sentence is in a ledger."""

import re
import subprocess
import unicodedata
from functools import cache
from pathlib import Path

import pytest

from vnkg.graph.model.facts import passage_hash
from vnkg.graph.model.folding import name_key
from vnkg.graph.model.merge import merge
from vnkg.graph.model.release import Edge, Release
from vnkg.graph.model.schema import schema
from vnkg.loaders import Texts, find_passage_errors, read_facts
from vnkg.loaders.sentences import sentence_spans

ARTICLES = [f"article:00{number}" for number in range(5)]
P57 = "policy:57-nq-tw"
MAX_NOUN_WORDS, MAX_NAME_WORDS = 7, 13
"""Maximum number of words that the repository takes from an article for a thing, and for a proper name."""


@cache
def release() -> Release:
    return merge(read_facts(), schema())


@pytest.fixture(scope="module")
def texts(articles: str) -> Texts:
    return Texts(Path(articles))


def edges(predicate: str, *, subject: str | None = None, target: str | None = None) -> list[Edge]:
    return [
        edge
        for edge in release().edges
        if edge.predicate == predicate and subject in (None, edge.subject) and target in (None, edge.object)
    ]


def kind(entity_id: str) -> object:
    return next(entity for entity in release().entities if entity.id == entity_id).attributes.get("kind")


def test_no_venture_capital_fund_is_there_yet() -> None:
    assert [edge for edge in edges("HAS") if kind(edge.object) == "venture_capital"] == []


def test_three_provinces_plan_a_venture_capital_fund_and_one_considers_it() -> None:
    found = {edge.subject: edge.status for edge in edges("PLANS") if kind(edge.object) == "venture_capital"}
    assert found == {
        "province:quang-ninh": "planned",
        "province:lam-dong": "planned",
        "province:khanh-hoa": "planned",
        "province:hai-phong": "considered",
    }


def test_funds_that_only_look_like_venture_capital_keep_their_kind() -> None:
    assert kind("fund:dong-nai-st-development") == "st_development"
    assert kind("fund:hai-phong-st-development") == "st_development"
    assert kind("fund:ho-chi-minh-startup-support") == "startup_support"


def test_the_translations_differ_on_whether_the_start_up_fund_of_ho_chi_minh_city_exists() -> None:
    found = edges("HAS", target="fund:ho-chi-minh-startup-support")
    assert [edge.status for edge in found] == ["disputed"]
    assert "disagreement:ho-chi-minh-startup-fund-status" in {item.id for item in release().disagreements}


def test_resolution_57_is_explicit_in_two_provinces_in_spirit_in_one_and_context_in_one() -> None:
    found = {edge.subject: edge.qualifiers["implementation"] for edge in edges("IMPLEMENTS", target=P57)}
    assert found == {
        "province:dong-nai": "explicit",
        "province:thai-nguyen": "explicit",
        "province:can-tho": "in_spirit",
        "province:ho-chi-minh": "context",
    }


def test_only_directors_and_owners_head_something() -> None:
    heads = {edge.subject for edge in edges("HOLDS_ROLE") if edge.qualifiers["head"]}
    assert heads == {"person:pham-hong-quat", "person:lam-dinh-thang", "person:nguyen-van-kien"}
    deputies = {edge.subject for edge in edges("HOLDS_ROLE")} - heads
    assert {"person:vo-hoang-khai", "person:pham-thi-sen-quynh", "person:nguyen-dang-binh"} <= deputies


def test_translations_and_reports_of_one_workshop_are_one_origin() -> None:
    edge = edges("PLANS", target="fund:quang-ninh-venture-capital")[0]
    assert (edge.articles, edge.origins) == (2, 1)
    edge = edges("IMPLEMENTS", subject="province:thai-nguyen", target=P57)[0]
    assert (edge.articles, edge.origins) == (2, 1)


def test_the_map_has_34_current_provinces_and_29_abolished_ones() -> None:
    provinces = [entity for entity in release().entities if entity.type == "Province"]
    today = {entity.id for entity in provinces if "abolished_on" not in entity.attributes}
    merged = edges("MERGED_INTO")
    assert (len(today), len(provinces) - len(today)) == (34, 29)
    assert {edge.object for edge in merged} <= today
    assert {edge.subject for edge in merged} == {entity.id for entity in provinces} - today
    assert {edge.basis for edge in merged} == {"reference"}


def test_no_two_provinces_share_a_search_key() -> None:
    keys = [name_key(entity.name) for entity in release().entities if entity.type == "Province"]
    assert len(keys) == len(set(keys)) == 63


def test_every_statement_has_a_passage_or_a_named_source() -> None:
    for statement in release().statements:
        if statement.basis == "reference":
            assert statement.source and statement.checked_on and statement.passage is None
        else:
            assert statement.passage is not None and statement.gloss and statement.source is None


def test_every_statement_is_about_a_known_entity() -> None:
    ids = {entity.id for entity in release().entities}
    named = {end for s in release().statements for end in (s.subject, s.object, s.speaker, *s.about) if end}
    assert named <= ids
    assert {mention.entity for mention in release().mentions} <= ids


def test_numbers_are_plain_and_in_their_declared_unit() -> None:
    found = {
        (s.subject, s.indicator, s.period): (s.value, s.unit) for s in release().statements if s.kind == "measurement"
    }
    assert found["province:hai-phong", "bts_stations", None] == (4690, "count")
    assert found["province:hai-phong", "st_budget_spending", "2024"] == (217_000_000_000, "VND")
    assert found["province:hai-phong", "technological_innovation_rate", None] == (15.02, "percent")
    assert found["province:ho-chi-minh", "foreign_direct_investment_in_st", "2025-01/2025-06"] == (1_600_000_000, "USD")


def test_every_passage_exists_and_is_unchanged(texts: Texts) -> None:
    passages = [sentence.passage for sentence in release().sentences]
    passages += [statement.passage for statement in release().statements if statement.passage]
    assert len(passages) > 500
    assert find_passage_errors(texts, passages) == []


@pytest.mark.parametrize("article", ARTICLES)
def test_every_sentence_of_an_article_is_in_its_ledger(texts: Texts, article: str) -> None:
    expected = {
        (number, start, end)
        for number, line in enumerate(texts.lines(article), 1)
        for start, end in sentence_spans(line)
    }
    found = {
        (s.passage.line, s.passage.start, s.passage.end) for s in release().sentences if s.passage.article == article
    }
    assert found == expected


def test_every_mention_matches_its_text(texts: Texts) -> None:
    for mention in release().mentions:
        line = texts.lines(mention.article)[mention.line - 1]
        words = line[mention.start : mention.end]
        assert words == words.strip() != ""
        assert words[0].isupper() or not f" {line}"[mention.start].isalpha(), (mention, words)  # whole words, though
        assert not f"{line} "[mention.end].islower(), (mention, words)  # a heading may be joined to the next one


def test_only_proper_names_have_many_words() -> None:
    types = {entity.id: entity.type for entity in release().entities}
    long_forms = [
        (name.text, types[entity.id])
        for entity in release().entities
        for name in entity.names
        if name.article is not None and len(name.text.split()) > MAX_NOUN_WORDS
    ]
    assert {type for _, type in long_forms} <= {"Agency", "Organisation", "Centre", "Policy"}
    assert all(len(text.split()) <= MAX_NAME_WORDS for text, _ in long_forms)
    assert all(any(letter.isupper() for letter in text) for text, _ in long_forms)


def test_articles_have_the_hash_of_their_text(texts: Texts) -> None:
    hashes = {entity.id: entity.attributes["sha256"] for entity in release().entities if entity.type == "Article"}
    assert set(hashes) == set(ARTICLES)
    for article in ARTICLES:
        assert hashes[article] == passage_hash(texts.text(article))


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return re.findall(r"[a-z0-9]+", "".join(char for char in folded if not unicodedata.combining(char)))


def test_no_sentence_of_an_article_is_in_the_repository(texts: Texts, repository: Path) -> None:
    """Eight consecutive words of an article, outside the URL of its original and names, would be its wording."""
    run = 8
    long_names = {name.text for entity in release().entities for name in entity.names if name.article is not None}
    own: set[tuple[str, ...]] = set()
    for article in ARTICLES:
        words = _words(texts.text(article))
        own |= {tuple(words[place : place + run]) for place in range(len(words) - run + 1)}
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=repository, capture_output=True, text=True, check=True
    ).stdout
    found: list[str] = []
    for name in filter(None, listed.split("\0")):
        path = repository / name
        if not path.is_file() or path.suffix in (".png", ".ico", ".woff2"):
            continue
        text = path.read_text(encoding="utf-8")
        for long_name in sorted(long_names, key=len, reverse=True):
            text = text.replace(f'"{long_name}"', '"name"') if path.suffix == ".yaml" else text
        words = _words("\n".join(line for line in text.splitlines() if "url: " not in line))
        found += [
            f"{name}: {' '.join(part)}"
            for i in range(len(words) - run + 1)
            if (part := tuple(words[i : i + run])) in own
        ]
    assert found == []
