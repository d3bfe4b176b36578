from pathlib import Path

import pytest

from tests.support.facts_folder import ARTICLE, LINE, SECOND_SENTENCE, facts_folder, texts_folder
from vnkg.graph.errors import FactsError, InputError, PassageError
from vnkg.graph.model.facts import EntityRecord, Mention, Name, passage_hash
from vnkg.loaders import MentionUpdate, Texts, refresh_mentions
from vnkg.loaders.update_mentions import merge_mentions

KNOWN_ENTITIES = [
    EntityRecord("province:aaa", "Province", "Aaa", (Name("Aaa", "vi"),)),
    EntityRecord("province:bbb", "Province", "Bbb", (Name("Bbb", "vi"),)),
]


def spans(*triples: tuple[str, int, int]) -> list[Mention]:
    return [Mention("article:900", entity, 1, start, end) for entity, start, end in triples]


def mention_update(folder: Path, article: str, *names: tuple[str, str], line: str = LINE) -> MentionUpdate:
    """Refresh the mentions of the test article with the known provinces and these names (entity, name)."""
    base = facts_folder(folder / "facts", article)
    own = [EntityRecord(entity, "Fund", name, (Name(name, "en"),)) for entity, name in names]
    return refresh_mentions(
        base / "articles" / "900.yaml", Texts(texts_folder(folder / "texts", line)), [*KNOWN_ENTITIES, *own]
    )


@pytest.mark.parametrize(
    ("own_spans", "found_spans", "expected_spans"),
    [
        ([], [("a:a", 0, 3)], [("a:a", 0, 3)]),
        ([("a:a", 0, 3)], [("a:a", 0, 3)], [("a:a", 0, 3)]),
        ([("a:a", 0, 3)], [("b:b", 0, 3)], [("a:a", 0, 3)]),  # a person knows better
        ([("a:a", 0, 9)], [("b:b", 6, 9)], [("a:a", 0, 9)]),
        ([("a:a", 0, 3), ("b:b", 6, 9)], [("c:c", 0, 9)], [("c:c", 0, 9)]),
        ([("a:a", 0, 3), ("b:b", 6, 12)], [("c:c", 0, 9)], [("a:a", 0, 3), ("b:b", 6, 12)]),
        ([("a:a", 3, 6)], [("b:b", 0, 3), ("c:c", 6, 9)], [("b:b", 0, 3), ("a:a", 3, 6), ("c:c", 6, 9)]),
        ([("a:a", 0, 3), ("b:b", 0, 3)], [("c:c", 4, 6)], [("a:a", 0, 3), ("b:b", 0, 3), ("c:c", 4, 6)]),
    ],
)
def test_of_two_names_the_longer_is_kept_or_else_the_hand_written_one(
    own_spans: list[tuple[str, int, int]],
    found_spans: list[tuple[str, int, int]],
    expected_spans: list[tuple[str, int, int]],
) -> None:
    assert merge_mentions(spans(*own_spans), spans(*found_spans)) == spans(*expected_spans)


def test_missing_mentions_are_added_and_nothing_else_changes(tmp_path: Path) -> None:
    made = mention_update(tmp_path, ARTICLE)
    assert made.added_mentions == tuple(spans(("province:bbb", 18, 21)))
    assert made.removed_mentions == ()
    before, after = [*ARTICLE.splitlines(), "..."], made.text.splitlines()
    assert [line for line in after if line not in before] == ["    mentions: {province:bbb: [18-21]}"]
    assert [line for line in after if line in before] == before


def test_a_name_may_end_with_its_sentence(tmp_path: Path) -> None:
    made = mention_update(tmp_path, ARTICLE, ("fund:whole", SECOND_SENTENCE))
    assert made.added_mentions == tuple(spans(("fund:whole", 18, 30)))


@pytest.mark.parametrize(
    "mentions_yaml", ["{fund:ccc: [4–9]}", "{fund:ccc: [90-99]}", "\n      fund:ccc:\n        - 4–9"]
)
def test_an_unreadable_mention_is_refused_and_not_lost(tmp_path: Path, mentions_yaml: str) -> None:
    with pytest.raises(FactsError, match=r"900\.yaml"):
        mention_update(tmp_path, ARTICLE.replace("mentions: {province:aaa: [0-3]}", f"mentions: {mentions_yaml}"))


def test_a_longer_name_replaces_a_shorter_one_inside_it(tmp_path: Path) -> None:
    made = mention_update(tmp_path, ARTICLE, ("fund:ccc", "Aaa plans a fund"))
    assert "    mentions: {fund:ccc: [0-16]}\n" in made.text
    assert made.removed_mentions == tuple(spans(("province:aaa", 0, 3)))


def test_mentions_over_several_lines_become_one_line(tmp_path: Path) -> None:
    tall = "    mentions:\n      province:aaa:\n        - 0-3\n"
    article = ARTICLE.replace("    mentions: {province:aaa: [0-3]}\n", tall)
    assert mention_update(tmp_path / "one", article).text.count(tall) == 1
    made = mention_update(tmp_path / "two", article, ("fund:ccc", "Aaa plans"))
    assert made.text.split("statements:")[0].endswith("    mentions: {fund:ccc: [0-9]}\n    ")


def test_a_draft_with_unfinished_statements_is_updated(tmp_path: Path) -> None:
    made = mention_update(tmp_path, ARTICLE.replace("    none: greeting", "    statements: []"))
    assert [mention.entity for mention in made.added_mentions] == ["province:bbb"]


def test_a_different_text_a_missing_article_or_invalid_yaml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PassageError, match="1:0-17 says other words"):
        mention_update(tmp_path / "one", ARTICLE, line="Aaa plans a bank. Bbb has one.")
    with pytest.raises(InputError, match="expected an article's file"):
        mention_update(tmp_path / "two", "entities: []\n")
    with pytest.raises(FactsError, match="YAML that parses"):
        mention_update(tmp_path / "three", "article: [")


def test_a_sentence_on_one_line_of_yaml_is_refused_with_its_line(tmp_path: Path) -> None:
    cut = ARTICLE[ARTICLE.index("  - at: 1:18-30") :]
    sha = cut.split("sha256: ")[1][:64]
    article = ARTICLE.replace(cut, f"  - {{at: 1:18-30, sha256: {sha}, none: greeting}}\n")
    with pytest.raises(InputError, match=r"900\.yaml:\d+: expected .* lines of their own"):
        mention_update(tmp_path, article)


def test_mentions_are_written_in_the_order_of_the_text_to_the_end_of_each_sentence(tmp_path: Path) -> None:
    line = "Bbb met Aaa, Ccc met Bbb and Ddd."
    sentences = f"""\
  - at: 1:0-33
    sha256: {passage_hash(line)}
    none: a test
  - at: 2:0-3
    sha256: {passage_hash("Aaa")}
    mentions: {{province:aaa: [0-3]}}
    none: a test
"""
    made = mention_update(
        tmp_path,
        ARTICLE[: ARTICLE.index("  - at:")] + sentences,
        ("fund:ccc", "Ccc"),
        ("fund:ddd", "Ddd"),
        line=line + "\nAaa",
    )
    written = [text for text in made.text.splitlines() if "mentions" in text]
    assert written == [
        "    mentions: {province:bbb: [0-3, 21-24], province:aaa: [8-11], fund:ccc: [13-16], fund:ddd: [29-32]}",
        "    mentions: {province:aaa: [0-3]}",
    ]
    assert [(mention.line, mention.start) for mention in made.added_mentions] == [
        (1, 0), (1, 8), (1, 13), (1, 21), (1, 29),
    ]  # fmt: skip


def test_a_form_of_the_article_is_mentioned_in_small_letters_and_that_of_another_is_not(tmp_path: Path) -> None:
    def mentions(folder: str, article: str) -> tuple[Mention, ...]:
        base = facts_folder(tmp_path / folder / "facts")
        names = (Name("Ccc", "en"), Name("a fund", "en", "alias", article))
        record = EntityRecord("fund:ccc", "Fund", "Ccc", names)
        texts = Texts(texts_folder(tmp_path / folder / "texts"))
        return refresh_mentions(base / "articles" / "900.yaml", texts, [record]).added_mentions

    assert mentions("own", "article:900") == tuple(spans(("fund:ccc", 10, 16)))
    assert mentions("other", "article:901") == ()
