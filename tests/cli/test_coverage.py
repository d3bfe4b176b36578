"""`vnkg coverage` as a user runs it, without an engine, on built-in and invented ledgers."""

import hashlib
import json
from pathlib import Path

import pytest

from tests.support.cli import CommandResult, assert_refused, run_command
from tests.support.facts_folder import ARTICLE, LINE, SECOND_SENTENCE, facts_folder, texts_folder, write_facts
from vnkg.graph.model.facts import passage_hash
from vnkg.loaders import read_facts

WHOLE = ARTICLE.replace("0" * 64, hashlib.sha256(LINE.encode()).hexdigest())
INCOMPLETE = WHOLE[: WHOLE.index("  - at: 1:18-30")]


def run_coverage(folder: Path, article: str, *words: str, text: str | None = LINE) -> CommandResult:
    """Run the command on an own article file, with its text if there is one."""
    facts = facts_folder(folder / "own", article)
    at_hand = [] if text is None else ["--articles", str(texts_folder(folder / "texts", text))]
    return run_command(folder / "data", "coverage", "article:900", "--also", str(facts), *at_hand, *words)


def test_no_sentence_of_the_articles_is_missing(tmp_path: Path, articles: str) -> None:
    told = run_command(tmp_path, "coverage", "--articles", articles)
    assert told.code == 0, told.stderr
    assert told.stderr == ""
    assert told.stdout.count("; 0 open.") == 5
    assert "left out" not in told.stdout
    assert "not at hand" not in told.stdout
    data = run_command(tmp_path, "coverage", "--json", VNKG_ARTICLES=articles).data
    assert [one["article"] for one in data] == [f"article:00{n}" for n in range(5)]
    assert all(one["text_checked"] and not one["problems"] for one in data)


def test_article_text_is_printed_but_is_not_part_of_the_json(tmp_path: Path, articles: str) -> None:
    first = next(Path(articles).glob("000*.txt")).read_text(encoding="utf-8").split("\n")[0]
    assert f"“{first}”" in run_command(tmp_path, "coverage", "article:000", "--articles", articles).stdout
    printed = run_command(tmp_path, "coverage", "article:000", "--articles", articles, "--json")
    assert first not in printed.stdout
    assert printed.data[0]["ledger"][0]["at"] == f"1:0-{len(first)}"


def test_each_sentence_has_statements_or_a_reason_for_having_none(tmp_path: Path) -> None:
    facts = read_facts()
    data = run_command(tmp_path, "coverage", "--json").data
    entries = {(one["article"], entry["at"]): entry for one in data for entry in one["ledger"]}
    assert len(entries) == len(facts.sentences)
    said = {statement.id: statement for statement in facts.statements}
    for sentence in facts.sentences:
        entry = entries[sentence.passage.article, sentence.passage.locator]
        assert entry.get("none") == sentence.no_statement_reason
        assert [(one["id"], one["kind"], one["gloss"]) for one in entry.get("statements", [])] == [
            (sid, said[sid].kind, said[sid].gloss) for sid in sentence.statements
        ]
    printed = run_command(tmp_path, "coverage").stdout
    for one in data:
        assert f"{one['sentences_with_statements']} gave {one['statements']} statements; " in printed
        assert one["sentences"] == one["sentences_with_statements"] + sum(one["none"].values()) == len(one["ledger"])
        assert one["statements"] == sum(len(entry.get("statements", [])) for entry in one["ledger"])
    assert not (tmp_path / "engine").exists()


def test_without_the_text_only_the_ledger_is_checked(tmp_path: Path) -> None:
    told = run_coverage(tmp_path, INCOMPLETE, text=None)
    assert told.code == 0, told.stderr
    assert "not at hand: only the ledger itself could be checked" in told.stdout
    assert "1 sentence; 1 gave 1 statement; 0 gave none; 0 open." in told.stdout


def test_a_missing_sentence_fails_with_file_line_and_span(tmp_path: Path) -> None:
    told = run_coverage(tmp_path, INCOMPLETE)
    assert told.code == 1
    line = INCOMPLETE[: INCOMPLETE.index("  - at: ")].count("\n") + 1
    assert f"900.yaml:{line}: found no entry for sentence 1:18-30 of article:900" in told.stderr
    assert "Traceback" not in told.stderr
    assert f"“{SECOND_SENTENCE}”" in told.stdout
    assert "1 open." in told.stdout
    assert run_coverage(tmp_path / "whole", WHOLE).code == 0


def test_a_missing_sentence_fails_in_json_too(tmp_path: Path) -> None:
    told = run_coverage(tmp_path, INCOMPLETE, "--json")
    assert told.code == 1
    found = json.loads(told.stdout)[0]
    assert found["left_out"] == [{"at": "1:18-30", "whole": True}]
    assert found["open"] == 1
    assert SECOND_SENTENCE not in told.stdout
    assert "1:18-30" in told.stderr


def test_a_text_that_differs_from_the_ledger_fails(tmp_path: Path) -> None:
    told = run_coverage(tmp_path, ARTICLE.replace("0" * 64, "a" * 64))
    assert told.code == 1
    assert "900.yaml:2: found sha256 aaaaaaaaaaaa… for article:900" in told.stderr


@pytest.mark.parametrize(
    ("article", "message"),
    [
        (WHOLE.replace("    none: greeting\n", ""), "found neither statements nor 'none'"),
        (WHOLE.replace("1:18-30", "1:10-30"), "found sentences 1:0-17 and 1:10-30"),
    ],
)
def test_an_invalid_ledger_is_refused_with_file_and_line(tmp_path: Path, article: str, message: str) -> None:
    assert_refused(run_coverage(tmp_path, article, text=None), 1, "900.yaml:", message)


def test_an_unknown_article_is_refused(tmp_path: Path) -> None:
    assert_refused(
        run_command(tmp_path, "coverage", "article:00"), 2, "there is no article 'article:00'", "article:000"
    )


def test_a_text_without_an_article_file_is_reported(tmp_path: Path) -> None:
    texts = texts_folder(tmp_path / "texts")
    told = run_command(tmp_path, "coverage", "--articles", str(texts))
    assert told.code == 0
    assert "900_test.txt: no article file yet" in told.stderr


GAPPED_TEXT = "Aaa plans a fund. Bbb has one. Ccc has none. Ddd is late.\nEee.\n"
GAPPED_OUTPUT = """\
article:900  A test  900.yaml
   1:0-17 “Aaa plans a fund.”
          relation: A plan. STATEMENT
  1:18-30 “Bbb has one.”
          left out: no entry covers this sentence
  1:31-39 “Ccc has ”
          none: no fact
  1:39-44 “none.”
          left out: no entry covers this part of a sentence
  1:45-57 “Ddd is late.”
          none: caption
    2:0-4 “Eee.”
          none: no fact
4 sentences; 1 gave 1 statement; 3 gave none (2 no fact, 1 caption); 2 open.

"""


def write_gapped_ledger(folder: Path) -> list[str]:
    """Write an article that leaves out a sentence and a part of one; return the options for it and its text."""
    entries = (("1:31-39", "Ccc has ", "no fact"), ("1:45-57", "Ddd is late.", "caption"), ("2:0-4", "Eee.", "no fact"))
    article = INCOMPLETE.replace(
        hashlib.sha256(LINE.encode()).hexdigest(), hashlib.sha256(GAPPED_TEXT.encode()).hexdigest()
    ) + "".join(f"  - at: {at}\n    sha256: {passage_hash(words)}\n    none: {why}\n" for at, words, why in entries)
    texts = texts_folder(folder / "texts", GAPPED_TEXT)
    (texts / "950_more.txt").write_text("More.", encoding="utf-8")
    return ["--also", str(facts_folder(folder / "own", article)), "--articles", str(texts)]


def test_a_ledger_is_printed_in_the_order_of_the_text_with_what_it_leaves_out(tmp_path: Path) -> None:
    words = write_gapped_ledger(tmp_path)
    listed = json.loads(run_command(tmp_path, "coverage", "article:900", *words, "--json").stdout)
    (statement,) = listed[0]["ledger"][0].pop("statements")
    one = run_command(tmp_path, "coverage", "article:900", *words)
    assert (one.code, one.stdout) == (1, GAPPED_OUTPUT.replace("STATEMENT", statement["id"]))
    problems = one.stderr.splitlines()[1:]
    assert [line.partition(" of article:900;")[0] for line in problems] == [
        "900.yaml:13: found no entry for sentence 1:18-30",
        "900.yaml:23: found no entry for a part of a sentence, 1:39-44",
    ]
    assert listed == [
        {
            "article": "article:900", "name": "A test", "file": "900.yaml", "text_checked": True, "sentences": 4,
            "sentences_with_statements": 1, "none": {"no fact": 2, "caption": 1}, "statements": 1, "open": 2,
            "left_out": [{"at": "1:18-30", "whole": True}, {"at": "1:39-44", "whole": False}],
            "problems": problems,
            "ledger": [
                {"at": "1:0-17"}, {"at": "1:31-39", "none": "no fact"}, {"at": "1:45-57", "none": "caption"},
                {"at": "2:0-4", "none": "no fact"},
            ],
        }
    ]  # fmt: skip
    every = run_command(tmp_path, "coverage", *words)
    assert every.code == 1
    assert every.stdout.endswith(one.stdout)
    assert every.stdout.count("Its text is not at hand: only the ledger itself could be checked.") == 5
    assert every.stderr.splitlines()[1:] == one.stderr.splitlines()
    assert every.stderr.startswith(f"{tmp_path / 'texts' / '950_more.txt'}: no article file yet; ")


def test_a_complete_ledger_with_its_text_is_checked_and_without_it_is_not(tmp_path: Path) -> None:
    for folder, text, is_checked in (("with", LINE, True), ("without", None, False)):
        listed = run_coverage(tmp_path / folder, WHOLE, "--json", text=text).data
        assert [(one["text_checked"], one["open"], one["left_out"]) for one in listed] == [(is_checked, 0, [])]


def test_the_problems_of_every_ledger_are_reported(tmp_path: Path) -> None:
    words = write_gapped_ledger(tmp_path)
    second = f"""\
article: {{id: article:901, name: Another, language: en, published: 2025-12-12, origin: x, sha256: "{"0" * 64}"}}
sentences:
  - at: 1:0-4
    sha256: {passage_hash("Eee.")}
    none: no fact
"""
    write_facts(tmp_path / "own" / "articles" / "901.yaml", second)
    told = run_command(tmp_path, "coverage", "article:900", "article:901", *words)
    assert told.code == 1
    assert told.stdout.startswith("article:900")
    assert "1 sentence; 0 gave 0 statements; 1 gave none (1 no fact); 0 open." in told.stdout
    assert told.stderr.startswith("Error: 2 problem(s) in the ledgers:\n900.yaml:13: ")
