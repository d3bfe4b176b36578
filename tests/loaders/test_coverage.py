import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.facts_folder import ARTICLE, LINE, SECOND_SENTENCE, facts_folder, texts_folder
from vnkg.graph.errors import NotFound
from vnkg.graph.model.facts import EntityRecord, Facts, Passage, Sentence, Statement, passage_hash
from vnkg.loaders import Ledger, Texts, coverage, read_facts
from vnkg.loaders.coverage import find_gaps, reason_category
from vnkg.loaders.sentences import sentence_spans

BLANK = f"sha256: {'0' * 64}"
LAST_SENTENCE = ARTICLE[ARTICLE.index("  - at: 1:18-30") :]


def spans(text: str, *passage_spans: str) -> list[tuple[str, bool]]:
    """The gaps of a text whose ledger has entries at these spans (`line:start-end`)."""
    passages: list[Passage] = []
    for at in passage_spans:
        line, _, span = at.partition(":")
        start, _, end = span.partition("-")
        passages.append(Passage("article:900", int(line), int(start), int(end), ""))
    return [
        (gap.passage.locator, gap.is_whole_sentence) for gap in find_gaps("article:900", text.split("\n"), passages)
    ]


def ledger(folder: Path, article: str, text: str | None = LINE) -> Ledger:
    """The ledger of the test article, with its text if given."""
    facts = read_facts(base=facts_folder(folder / "facts", article))
    if text is None:
        return coverage(facts)[0]
    return coverage(facts, Texts(texts_folder(folder / "texts", text)))[0]


def true_hash(text: str = LINE) -> str:
    """The article file with the hash of this text."""
    return ARTICLE.replace(BLANK, f"sha256: {hashlib.sha256(text.encode()).hexdigest()}")


@pytest.mark.parametrize(
    ("text", "covered_spans", "gaps"),
    [
        ("One. Two.", ["1:0-4", "1:5-9"], []),
        ("One. Two.", ["1:0-4"], [("1:5-9", True)]),
        ("One. Two.", ["1:0-9"], []),  # one entry for both
        ("One. Two.", ["1:0-6", "1:6-9"], []),  # cut elsewhere
        ("One. Two.", [], [("1:0-4", True), ("1:5-9", True)]),
        ("A long one here.", ["1:2-6"], [("1:0-1", False), ("1:7-16", False)]),
        ("A long one here.", ["1:0-1", "1:2-6", "1:7-16"], []),
        ("A long one here.", ["1:6-7"], [("1:0-16", True)]),  # only a blank is covered
        ("One.\n\n  \nTwo.", ["4:0-4"], [("1:0-4", True)]),
        ("One.\nTwo.", ["1:0-4", "9:0-4"], [("2:0-4", True)]),
        ("One.", ["1:0-99"], []),
        ("\u00a0One.\t", ["1:1-5"], []),
        ("* * *", [], [("1:0-5", True)]),
        ("Đó là 山。", ["1:0-5"], [("1:6-8", False)]),
    ],
)
def test_uncovered_text_is_listed_by_sentence(
    text: str, covered_spans: list[str], gaps: list[tuple[str, bool]]
) -> None:
    assert spans(text, *covered_spans) == gaps


@given(st.text(alphabet='ab. A!?"“ 12Đ\u00e9\n', max_size=80))
def test_a_ledger_with_an_entry_for_each_sentence_is_complete(text: str) -> None:
    covered = [f"{n}:{a}-{b}" for n, line in enumerate(text.split("\n"), 1) for a, b in sentence_spans(line)]
    assert spans(text, *covered) == []
    for place, left in enumerate(covered):
        assert spans(text, *covered[:place], *covered[place + 1 :]) == [(left, True)]


@given(st.text(alphabet="ab. A!", max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_gaps_and_entries_cover_every_character_once(text: str, start: int, end: int) -> None:
    if start >= end:
        return
    covered = set(range(start, end))
    for at, _whole in spans(text, f"1:{start}-{end}"):
        one, _, other = at.partition(":")[2].partition("-")
        letters = {place for place in range(int(one), int(other)) if not text[place].isspace()}
        assert not letters & covered
        covered |= letters
    assert all(place in covered or letter.isspace() for place, letter in enumerate(text))


def test_a_whole_ledger_is_counted(tmp_path: Path) -> None:
    found = ledger(tmp_path, true_hash())
    assert found.problems == ()
    assert (len(found.entries), found.sentences_with_statements, found.unaccounted_count) == (2, 1, 0)
    assert found.reason_counts == {"greeting": 1}
    assert [said.gloss for said in found.statements.values()] == ["A plan."]


def test_a_missing_sentence_is_reported_with_file_line_and_span(tmp_path: Path) -> None:
    found = ledger(tmp_path, true_hash().replace(LAST_SENTENCE, ""))
    line = ARTICLE[: ARTICLE.index("  - at: 1:0-17")].count("\n") + 1
    assert [str(problem) for problem in found.problems] == [
        f"articles/900.yaml:{line}: found no entry for sentence 1:18-30 of article:900; "
        "expected one after this, with statements or `none`"
    ]
    assert found.unaccounted_count == 1


def test_a_missing_first_sentence_is_reported_at_the_ledgers_start(tmp_path: Path) -> None:
    found = ledger(tmp_path, true_hash("Hello.\n" + LINE).replace("at: 1:", "at: 2:"), "Hello.\n" + LINE)
    assert [(problem.line, "1:0-6" in problem.actual) for problem in found.problems] == [(2, True)]


def test_a_missing_part_of_a_sentence_is_reported_as_a_part(tmp_path: Path) -> None:
    shorter = (
        true_hash()
        .replace("1:18-30", "1:18-25")
        .replace(passage_hash(SECOND_SENTENCE), passage_hash(SECOND_SENTENCE[:7]))
    )
    problem = ledger(tmp_path, shorter).problems[0]
    assert "a part of a sentence, 1:26-30" in problem.actual


def test_without_the_text_only_the_ledger_is_checked(tmp_path: Path) -> None:
    found = ledger(tmp_path, ARTICLE.replace(LAST_SENTENCE, ""), None)
    assert found.gaps is None
    assert found.problems == ()
    assert found.unaccounted_count == 0


def test_the_text_of_another_article_is_not_used(tmp_path: Path) -> None:
    facts = read_facts(base=facts_folder(tmp_path / "facts"))
    (tmp_path / "901_x.txt").write_text("Other.", encoding="utf-8")
    assert coverage(facts, Texts(tmp_path))[0].gaps is None


def test_a_text_that_differs_from_the_ledger_is_reported(tmp_path: Path) -> None:
    found = ledger(tmp_path, ARTICLE.replace("0" * 64, "a" * 64))
    assert [problem.actual for problem in found.problems] == ["sha256 aaaaaaaaaaaa… for article:900"]
    changed = ledger(tmp_path / "again", true_hash(), LINE.replace("plans", "built"))
    assert [problem.actual.split("…")[-1] for problem in changed.problems] == [
        " for article:900",
        "1:0-17 says other words than its sha256",
    ]


def test_an_article_without_a_ledger_is_reported(tmp_path: Path) -> None:
    found = ledger(tmp_path, ARTICLE[: ARTICLE.index("sentences:")], None)
    assert [problem.actual for problem in found.problems] == ["article:900 without a sentence"]


def test_only_the_requested_articles_are_shown_and_in_that_order() -> None:
    facts = read_facts()
    assert [one.article.id for one in coverage(facts, None, ["article:002", "article:001"])] == [
        "article:002",
        "article:001",
    ]
    with pytest.raises(NotFound, match="there is no article 'article:99'"):
        coverage(facts, None, ["article:99"])


def test_entries_are_counted_and_listed_in_the_order_of_the_text() -> None:
    def entry(line: int, reason: str | None, *statements: str) -> Sentence:
        return Sentence(f"sentence:{line}", Passage("article:b", line, 0, 5, ""), statements, reason)

    one = Statement("s:1", "claim", "article:a", "stated", "x")
    facts = Facts(
        entities=tuple(EntityRecord(f"article:{name}", "Article", name) for name in ("b", "a", "c")),
        statements=(one, replace(one, id="s:2")),
        sentences=(
            entry(11, "no fact"), entry(2, "caption: a hall"), entry(3, None, "s:2"), entry(5, "caption (small)"),
            entry(4, None, "s:1", "s:2"), entry(7, "byline, date"), entry(6, None), entry(8, "no fact; repeats", "s:1"),
            entry(9, "no fact"), entry(10, "advert"),
        ),
    )  # fmt: skip
    found = coverage(facts, None, ["article:b", "article:b"])
    assert [ledger.article.id for ledger in found] == ["article:b"]
    assert [entry.passage.line for entry in found[0].entries] == [2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
    assert list(found[0].reason_counts.items()) == [("caption", 2), ("no fact", 2), ("advert", 1), ("byline", 1)]
    assert (found[0].sentences_with_statements, found[0].unaccounted_count) == (3, 1)
    assert [ledger.article.id for ledger in coverage(facts)] == ["article:a", "article:b", "article:c"]


def test_a_gap_is_reported_at_the_last_entry_before_it(tmp_path: Path) -> None:
    text = LINE + " Three."
    found = ledger(tmp_path, true_hash(text), text)
    line = ARTICLE[: ARTICLE.index("  - at: 1:18-30")].count("\n") + 1
    assert [(problem.line, problem.actual) for problem in found.problems] == [
        (line, "no entry for sentence 1:31-37 of article:900")
    ]


def test_a_comment_after_the_reason_does_not_change_it() -> None:
    assert reason_category("caption: a picture of the hall") == "caption"
    assert reason_category("caption of another story") == "caption of another story"
    assert reason_category(": odd") == ": odd"
