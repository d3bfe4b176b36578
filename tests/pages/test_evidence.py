"""Evidence of statements: its origin, its passage in the text, and the order in which it is listed."""

from pathlib import Path
from typing import Any

import pytest

from vnkg.api.i18n.labels import Labels
from vnkg.api.i18n.words import Words
from vnkg.api.presenters.comparison_numbers import comparability_note
from vnkg.api.presenters.evidence import (
    CONTEXT_LENGTH,
    MAX_EVIDENCE,
    Sources,
    StatementEvidence,
    first_statement_ids,
    short_publisher,
)
from vnkg.api.presenters.truncated import truncate
from vnkg.graph.model.facts import passage_hash
from vnkg.graph.model.schema import schema
from vnkg.loaders.article_texts import Texts

ARTICLE = {"id": "article:900", "name": "A", "language": "en", "origin": "its-origin"}
PASSAGE = {"article": "article:900", "line": 2, "start": 3, "end": 9, "source": None}
WORDS = "passage"
TEXT_BEFORE, TEXT_AFTER = "before " * 20, " after" * 20
LINES = [f"{WORDS} at the start", f"{TEXT_BEFORE}{WORDS}{TEXT_AFTER}", f"{'b' * 99} {WORDS}{' ' + 'a' * 99}"]


class FakeService:
    """Fake service with one article and its text."""

    def __init__(self, folder: Path | None) -> None:
        self.texts = Texts(folder) if folder else None
        self.graph = self

    def articles(self) -> list[dict[str, Any]]:
        """Return the articles of the graph."""
        return [ARTICLE]


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    """The article with its text."""
    tmp_path.joinpath("900_text.txt").write_text("\n".join(LINES), encoding="utf-8")
    return Sources(FakeService(tmp_path))  # pyright: ignore[reportArgumentType]


def statement(line: int, start: int, end: int, words: str = WORDS, id: str = "statement:1", **more: Any) -> Any:
    place = {"article": "article:900", "line": line, "start": start, "end": end, "sha256": passage_hash(words)}
    return {"id": id} | place | more


def test_a_passage_has_the_words_around_it(sources: Sources) -> None:
    first, long, just_short = (
        sources.evidence_for(statement(number, line.index(WORDS), line.index(WORDS) + len(WORDS)))
        for number, line in enumerate(LINES, 1)
    )
    assert (first.text_before, first.words, first.text_after) == ("", WORDS, " at the start")
    assert long.words == WORDS
    assert long.text_before.startswith("… before ")
    assert long.text_before.endswith("before before ")
    assert long.text_after.startswith(" after after")
    assert long.text_after.endswith("after …")
    assert max(len(long.text_before), len(long.text_after)) <= CONTEXT_LENGTH + 2
    assert (just_short.text_before, just_short.text_after) == ("b" * 99 + " ", " " + "a" * 99)
    assert {evidence.is_verified for evidence in (first, long, just_short)} == {True}


def test_a_passage_that_differs_or_is_missing_is_not_verified(sources: Sources) -> None:
    changed = sources.evidence_for(statement(1, 0, 7, "other"))
    assert (changed.words, changed.is_verified) == (WORDS, False)
    for outside in (statement(4, 0, 7), statement(1, 0, 700)):
        assert sources.evidence_for(outside) == StatementEvidence(outside, ARTICLE, is_verified=False)  # pyright: ignore[reportArgumentType]
    no_text = Sources(FakeService(None))  # pyright: ignore[reportArgumentType]
    assert no_text.evidence_for(statement(1, 0, 7)).is_verified is None


def test_a_text_removed_while_it_is_served_is_not_verified(tmp_path: Path) -> None:
    file = tmp_path / "900_text.txt"
    file.write_text("\n".join(LINES), encoding="utf-8")
    served = Sources(FakeService(tmp_path))  # pyright: ignore[reportArgumentType]
    file.unlink()
    assert served.evidence_for(statement(1, 0, 7)).is_verified is False


@pytest.mark.parametrize(
    ("properties", "article", "origin"),
    [
        ({"origin": "quoted-origin"}, ARTICLE, "quoted-origin"),
        ({}, ARTICLE, "its-origin"),
        ({}, {"id": "article:901"}, "article:901"),
        ({"origin": "ignored"}, None, None),
    ],
)
def test_the_origin_of_a_statement_precedes_that_of_its_article(
    properties: Any, article: Any, origin: str | None
) -> None:
    assert StatementEvidence(properties, article).origin == origin


@pytest.mark.parametrize("key", list(PASSAGE))
def test_statements_are_of_one_passage_only_if_every_part_agrees(key: str) -> None:
    first, same = (StatementEvidence({"id": id, **PASSAGE}) for id in ("statement:1", "statement:2"))  # pyright: ignore[reportArgumentType]
    other = StatementEvidence({"id": "statement:1", **PASSAGE, key: "other"})  # pyright: ignore[reportArgumentType]
    assert first.passage_key == same.passage_key != other.passage_key


def test_articles_come_before_reference_tables_and_then_ids(sources: Sources) -> None:
    table = {"id": "statement:0", "source": "an atlas"}
    said = [
        table,
        statement(1, 0, 7, id="statement:2"),
        statement(1, 0, 7, id="statement:1", article="article:unknown"),
    ]
    found = sources.sorted_evidence(said)
    assert [evidence.statement["id"] for evidence in found] == ["statement:1", "statement:2", "statement:0"]
    assert found[0].article == {"id": "article:unknown", "name": "article:unknown"}


def test_only_the_first_statements_are_evidence_and_none_twice(sources: Sources) -> None:
    ids = [f"statement:{number:02}" for number in range(MAX_EVIDENCE + 2)]
    statements = {id: statement(1, 0, 7, id=id) for id in ids[1:]}
    found = sources.first_evidence(statements, [*ids, *ids])
    assert ([evidence.statement["id"] for evidence in found], found.left_out) == (ids[1:MAX_EVIDENCE], 2)
    assert first_statement_ids(ids[:3] * 2) == truncate(ids[:3], 3)


def test_a_truncated_list_knows_its_whole_length() -> None:
    assert [(len(truncate("abc", limit).items), truncate("abc", limit).count) for limit in (0, 2, 3, 4)] == [
        (0, 3),
        (2, 3),
        (3, 3),
        (3, 3),
    ]
    assert [bool(truncate(items, limit)) for items, limit in (("abc", 3), ("abc", 0), ("", 3))] == [True, False, False]


@pytest.mark.parametrize(
    ("publisher", "short"),
    [("Sở, cơ quan (so.example)", "so.example"), ("Báo Một, cơ quan của Sở", "Báo Một"), ("Báo Hai", "Báo Hai")],
)
def test_a_publisher_is_short_in_brackets_or_up_to_a_comma(publisher: str, short: str) -> None:
    assert short_publisher({"id": "article:1", "publisher": publisher}) == short  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("note", "english", "vietnamese"),
    [
        ("target, not actual", "target, not actual", "mục tiêu, không phải thực tế"),
        ("actual, not planned", "actual, not planned", "thực tế, không phải kế hoạch"),
    ],
)
def test_a_caution_names_the_status_of_the_value_first(note: str, english: str, vietnamese: str) -> None:
    for language, text in (("en", english), ("vi", vietnamese)):
        assert comparability_note(note, Words(language), Labels(schema(), language)) == text
