"""The names of an entity: its heading, the language of a name, the table of names, and disagreements about them."""

from typing import Any

import pytest

from vnkg.api.pages.entities.disagreements import DisagreementIndex
from vnkg.api.pages.entities.names import heading_of, language_of, names_of


def entity(*names: tuple[str, str, str], main: str = "Đồi Xanh") -> dict[str, Any]:
    return {
        "name": main,
        "names": [{"text": text, "language": language, "kind": kind} for text, language, kind in names],
    }


@pytest.mark.parametrize(
    ("names", "language", "heading"),
    [
        ([("Hill", "en", "name"), ("Green Hill", "en", "name"), ("GH", "en", "abbreviation")], "en", "Green Hill"),
        ([("Hill", "en", "name"), ("The Green Hill", "en", "translation")], "en", "Hill"),
        ([("Green Hill", "en", "translation"), ("The Green Hill", "en", "alias")], "en", "Green Hill"),
        ([("Green Hill", "en", "name")], "vi", "Đồi Xanh"),
        ([("Đồi Xanh", "vi", "name"), ("Đồi Xanh Lá", "vi", "name")], "vi", "Đồi Xanh"),
        ([], "en", "Đồi Xanh"),
    ],
)
def test_the_heading_is_the_longest_name_in_the_language_of_the_page(
    names: list[tuple[str, str, str]], language: str, heading: str
) -> None:
    assert heading_of(entity(*names), language) == heading  # pyright: ignore[reportArgumentType]


def test_a_name_of_several_languages_is_in_that_of_the_page() -> None:
    named = entity(("Hill", "vi", "name"), ("Hill", "en", "name"), ("Hill", "de", "name"), ("Hügel", "de", "name"))
    assert [language_of(named, "Hill", page) for page in ("en", "vi", "fr")] == ["en", "vi", "de"]  # pyright: ignore[reportArgumentType]
    assert [language_of(named, text, "en") for text in ("Hügel", "Mont")] == ["de", ""]  # pyright: ignore[reportArgumentType]


class FakeSources:
    """Fake articles that have only an id."""

    def article(self, id: str) -> dict[str, str]:
        return {"id": id}


def test_each_name_is_listed_once_with_all_its_kinds_and_articles_english_and_vietnamese_first() -> None:
    def name(text: str, language: str, kind: str = "name", article: str = "") -> dict[str, str]:
        return {"text": text, "language": language, "kind": kind} | ({"article": article} if article else {})

    names = [
        name("Hügel", "de"),
        name("Hill", "vi", article="article:3"),
        name("Hill", "en", article="article:1"),
        name("Hill", "en", "alias"),
        name("Hill", "en", article="article:2"),
        name("Height", "en"),
    ]
    assert [
        (one.text, one.language, one.kinds, [article["id"] for article in one.articles])
        for one in names_of(names, FakeSources())  # pyright: ignore[reportArgumentType]
    ] == [
        ("Hill", "en", ["name", "alias"], ["article:1", "article:2"]),
        ("Height", "en", ["name"], []),
        ("Hill", "vi", ["name"], ["article:3"]),
        ("Hügel", "de", ["name"], []),
    ]


def disagreement(id: str, *readings: tuple[str, list[str]]) -> dict[str, Any]:
    return {"id": id, "readings": [{"gloss": gloss, "statements": ids} for gloss, ids in readings]}


def test_disagreements_are_found_by_any_of_their_statements_and_lead_to_their_first_line() -> None:
    index = DisagreementIndex(
        [
            disagreement("z", ("one", ["statement:1"]), ("two", ["statement:2", "statement:1"])),
            disagreement("a", ("one", ["statement:3"]), ("two", ["statement:2"])),
        ]  # pyright: ignore[reportArgumentType]
    )
    lines = [
        (["statement:1"], "r1"),
        (["statement:1", "statement:2"], "r2"),
        (["statement:3"], "r3"),
        (["statement:4"], "r4"),
    ]
    assert [[item["id"] for item in index.for_statements(ids, anchor)] for ids, anchor in lines] == [
        ["z"],
        ["a", "z"],
        ["a"],
        [],
    ]
    assert (index.anchor_of("z"), index.anchor_of("a"), index.anchor_of("b")) == ("r1", "r2", "")


def test_a_disagreement_concerns_the_names_if_one_reading_has_only_names() -> None:
    index = DisagreementIndex(
        [
            disagreement("spelling", ("Green-Hill, GH", ["statement:1"]), ("Blue Hill", [])),
            disagreement("second", ("Blue Hill", []), ("gh", [])),
            disagreement("partly", ("Green Hill, Blue Hill", []), ("", [])),
        ]  # pyright: ignore[reportArgumentType]
    )
    index.for_statements(["statement:1"], "r1")
    assert [item["id"] for item in index.for_names(["GH", "Green Hill"], "names")] == ["spelling", "second"]
    assert [index.anchor_of(id) for id in ("spelling", "second", "partly")] == ["r1", "names", ""]
