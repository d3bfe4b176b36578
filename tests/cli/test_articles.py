"""`vnkg verify` and `vnkg article mentions` on invented article files, without an engine."""

import json
import os
import re
from pathlib import Path

import pytest

from tests.support.cli import CommandResult, assert_refused, run_command
from tests.support.facts_folder import ARTICLE, facts_folder, texts_folder, write_facts
from vnkg.api.cli.files import replace_file
from vnkg.graph.errors import InputError
from vnkg.graph.model.facts import passage_hash

CLAUSE, OTHER_CLAUSE = "Aaa plans", "Bbb plans"
"""The beginning of the first sentence, and other words."""


def run_verify(folder: Path, clause: str, *words: str) -> CommandResult:
    """Verify two articles, in the first of which a statement has a passage of its own, with the hash of a clause."""
    narrower = f"      - at: 1:0-9\n        sha256: {passage_hash(clause)}\n        subject: province:aaa\n"
    facts = facts_folder(folder / "own", ARTICLE.replace("      - subject: province:aaa\n", narrower))
    second = ARTICLE.replace("article:900", "article:901").replace("A test", "Another").replace("ccc", "ddd")
    write_facts(facts / "articles" / "901.yaml", second.replace("Ccc", "Ddd"))
    texts = texts_folder(folder / "texts")
    (texts / "901_second.txt").write_bytes((texts / "900_test.txt").read_bytes())
    return run_command(folder, "verify", "--also", str(facts), "--articles", str(texts), *words)


def test_passages_of_sentences_and_of_statements_are_verified(tmp_path: Path) -> None:
    both = run_verify(tmp_path / "both", CLAUSE, "article:900", "article:901")
    assert both.stderr == ""
    assert (both.code, both.stdout) == (0, "5 passages in 2 articles: all there and unchanged.\n")
    first = run_verify(tmp_path / "first", CLAUSE, "article:900")
    assert (first.code, first.stdout) == (0, "3 passages in 1 article: all there and unchanged.\n")
    changed = run_verify(tmp_path / "changed", OTHER_CLAUSE, "article:901", "article:900")
    message = f"1 of 5 passages are not in {tmp_path / 'changed' / 'texts'} as they were"
    fault = "article:900: 1:0-9 says other words than its sha256"
    assert_refused(changed, 1, f"Error: {message}:\n{fault}\n")
    listed = run_verify(tmp_path / "listed", OTHER_CLAUSE, "article:901", "article:900", "--json")
    assert (listed.code, json.loads(listed.stdout)) == (1, {"passages": 5, "faults": [fault]})
    assert listed.stderr == f"Error: {message.replace('changed', 'listed')}\n"
    other = run_verify(tmp_path / "other", OTHER_CLAUSE, "article:901")
    assert (other.code, other.stdout) == (0, "2 passages in 1 article: all there and unchanged.\n")


DRAFT = f"""\
article: {{id: article:900, name: A test, language: en, published: 2025-12-12, origin: test, sha256: "{"0" * 64}"}}
entities:
  - {{id: fund:ccc, name: Ccc, kind: venture_capital, language: en}}
  - {{id: fund:long, name: Ccc of Bbb, kind: venture_capital, language: en}}
sentences:
  - at: 1:0-26
    sha256: {passage_hash("Ccc is not the Ccc of Bbb.")}
    mentions: {{MENTIONS}}
  - at: 2:0-13
    sha256: {passage_hash("Ccc is a Ccc.")}
    mentions: {{fund:ccc: [0-3]}}
...
"""


@pytest.mark.parametrize(
    ("mentions", "changes"),
    [
        ("{fund:ccc: [15-18]}", ["+ 1:0-3 fund:ccc", "+ 1:15-25 fund:long", "- 1:15-18 fund:ccc", "+ 2:9-12 fund:ccc"]),
        (
            "{fund:ccc: [0-3, 15-18, 22-25]}",
            ["+ 1:15-25 fund:long", "- 1:15-18 fund:ccc", "- 1:22-25 fund:ccc", "+ 2:9-12 fund:ccc"],
        ),
        ("{fund:ccc: [0-3], fund:long: [15-25]}", ["+ 2:9-12 fund:ccc"]),
    ],
)
def test_each_mention_that_is_added_or_removed_is_shown_in_the_order_of_the_text(
    tmp_path: Path, mentions: str, changes: list[str]
) -> None:
    texts = texts_folder(tmp_path / "texts", "Ccc is not the Ccc of Bbb.\nCcc is a Ccc.\n")
    file = tmp_path / "900.yaml"
    before = DRAFT.replace("{MENTIONS}", mentions)
    file.write_text(before, encoding="utf-8")
    result = run_command(tmp_path, "article", "mentions", str(file), "--articles", str(texts))
    assert result.code == 0, result.stderr
    assert [line.partition(" “")[0] for line in result.stdout.splitlines()] == changes
    counts = [sum(change.startswith(sign) for change in changes) for sign in "+-"]
    assert result.stderr == f"{file}: {counts[0]} added, {counts[1]} removed.\n"
    after = before.replace("{fund:ccc: [0-3]}\n", "{fund:ccc: [0-3, 9-12]}\n")
    after = after.replace(mentions, "{fund:ccc: [0-3], fund:long: [15-25]}")
    assert re.sub(r" +", " ", file.read_text(encoding="utf-8")) == re.sub(r" +", " ", after)
    again = run_command(tmp_path, "article", "mentions", str(file), "--articles", str(texts))
    assert (again.stdout, again.stderr) == ("", f"{file}: 0 added, 0 removed.\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["900.yaml", "texts"]


def test_a_draft_that_is_cut_off_is_not_rewritten(tmp_path: Path) -> None:
    texts = texts_folder(tmp_path / "texts", "Ccc is not the Ccc of Bbb.\nCcc is a Ccc.\n")
    file = tmp_path / "900.yaml"
    text = DRAFT.replace("{MENTIONS}", "{fund:ccc: [15-18]}").removesuffix("...\n")
    file.write_text(text, encoding="utf-8")
    result = run_command(tmp_path, "article", "mentions", str(file), "--articles", str(texts))
    assert_refused(result, 1, "900.yaml:", "found an end without '...'")
    assert file.read_text(encoding="utf-8") == text


def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    fifo = tmp_path / "905_x.txt"
    os.mkfifo(fifo)
    told = f"Error: {fifo}: a device or pipe; expected a UTF-8 text file\n"
    assert_refused(run_command(tmp_path, "article", "new", str(fifo)), 2, told)
    texts = str(texts_folder(tmp_path / "texts"))
    assert_refused(run_command(tmp_path, "article", "mentions", str(fifo), "--articles", texts), 1, "a device or pipe")
    for command in (["load", "--dry-run"], ["export", "jsonl", "--output", str(tmp_path / "x")]):
        result = run_command(tmp_path, *command, "--also", "/dev/zero", VNKG_ARTICLES=texts)
        assert_refused(result, 1, "zero:0: found a device or pipe; expected a UTF-8 text file")
    (tmp_path / "texts" / "901_x.txt").symlink_to("/dev/zero")
    own = facts_folder(tmp_path / "own", ARTICLE.replace("article:900", "article:901"))
    result = run_command(tmp_path, "coverage", "article:901", "--also", str(own), "--articles", texts)
    assert_refused(result, 1, "901_x.txt: a device or pipe")


def test_what_is_no_file_is_not_written(tmp_path: Path) -> None:
    fifo, folder = tmp_path / "fifo.html", tmp_path / "folder.html"
    os.mkfifo(fifo)
    folder.mkdir()
    for path in (fifo, folder, Path("/dev/zero")):
        with pytest.raises(InputError) as refused:
            replace_file(path, "")
        assert str(refused.value) == f"{path}: is no regular file; expected a new file, or one to replace"
    assert_refused(run_command(tmp_path, "audit", "--sheet", "/dev/null"), 2, "Error: /dev/null: is no regular file;")
    assert Path("/dev/null").is_char_device()
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    for path, told in ((fifo, "is a file; expected"), (loop, "cannot be written")):
        result = run_command(tmp_path, "export", "jsonl", "--output", str(path))
        assert f"{path}: " in result.stderr
        assert_refused(result, result.code, told)
    assert [path.name for path in tmp_path.iterdir() if ".new" in path.name] == []


def test_a_link_stays_when_its_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    file, link = tmp_path / "there" / "sheet.html", tmp_path / "link.html"
    link.symlink_to(file)
    replace_file(link, "one")
    replace_file(link, "two")
    assert (link.is_symlink(), file.read_text(encoding="utf-8")) == (True, "two")
