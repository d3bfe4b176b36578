"""`vnkg audit` and its sheet as a user runs them, without an engine, on invented facts."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.support.cli import CommandResult, assert_refused, run_command
from tests.support.facts_folder import ARTICLE, LINE, facts_folder, texts_folder
from vnkg.loaders import built_in_folder

FAULTLESS = (
    ARTICLE.replace("  name: A test\n", "  name: A test\n  names: [{text: Một bài thử, language: vi}]\n")
    .replace("gloss: A plan.", "gloss: {en: Aaa plans a fund <b>soon</b>., vi: Aaa dự kiến lập một quỹ.}")
    .replace("forms:\n", "forms:\n  fund:ccc: [a fund]\n")
)  # fmt: skip
FAULTY = FAULTLESS.replace("status: planned", "status: planned\n        due: 2027").replace("{en: Aaa", "{en: It")
NOT_CHECKED = "Not checked, as there is no text of article:900: passage, number, form, subject.\n"


def run_audit(folder: Path, article: str, *words: str, text: str | None = LINE) -> CommandResult:
    """Run the command on an own article file, with its text if there is one."""
    facts = facts_folder(folder / "own", article)
    text_options = [] if text is None else ["--articles", str(texts_folder(folder / "texts", text))]
    return run_command(folder / "data", "audit", "article:900", "--also", str(facts), *text_options, *words)


def test_an_article_without_findings_ends_with_0(tmp_path: Path) -> None:
    result = run_audit(tmp_path, FAULTLESS)
    assert (result.code, result.stdout, result.stderr) == (0, "No findings in 1 article.\n", "")


def test_findings_are_printed_by_check_with_file_and_line_and_end_with_1(tmp_path: Path) -> None:
    result = run_audit(tmp_path, FAULTY)
    assert (result.code, result.stderr) == (1, "Error: 1 finding(s) in the facts\n")
    assert result.stdout == (
        "Glosses, titles and reasons that break the rules (1):\n"
        "  900.yaml:19: found a gloss that does not name province:aaa; expected at least 5 words that name the "
        "subject, in en and vi\n"
    )


def test_without_text_it_says_what_was_not_checked(tmp_path: Path) -> None:
    result = run_audit(tmp_path, FAULTLESS, text=None)
    assert (result.code, result.stdout) == (0, f"{NOT_CHECKED}No findings in 1 article.\n")


def test_json_has_the_findings_and_notices_and_none_of_the_text(tmp_path: Path) -> None:
    twin = FAULTY.replace("forms:", "  - {id: fund:ddd, name: Ccc, language: vi, kind: venture_capital}\nforms:")
    twin = twin.replace("{id: fund:ccc, name: Ccc,", "{id: fund:ccc, name: CCC,")
    result = run_audit(tmp_path, twin, "--json")
    assert result.code == 1
    data = json.loads(result.stdout)
    assert data == {
        "articles": ["article:900"],
        "text_not_checked": [],
        "counts": {"passage": 0, "number": 0, "form": 0, "basis": 0, "gloss": 1, "subject": 0, "support": 0},
        "findings": [
            {
                "check": "gloss", "file": "900.yaml", "line": 20, "item": data["findings"][0]["item"],
                "found": "a gloss that does not name province:aaa",
                "expected": "at least 5 words that name the subject, in en and vi",
            }
        ],
        "notices": [
            {
                "file": "900.yaml", "line": 11,
                "found": "fund:ddd beside fund:ccc (900.yaml:10), with one name, 'CCC'",
                "expected": "one entity, unless they are two",
            }
        ],
    }  # fmt: skip
    assert data["findings"][0]["item"].startswith("statement:900-")
    printed = run_audit(tmp_path / "again", twin)
    assert "Entities that may be one, as notices (1):\n  900.yaml:11: found fund:ddd beside " in printed.stdout


def test_an_unknown_article_is_refused(tmp_path: Path) -> None:
    assert_refused(run_command(tmp_path, "audit", "article:90"), 2, "there is no article 'article:90'")


# the sheet


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]


def test_the_sheet_has_every_statement_beside_its_sentence_with_findings(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.html"
    article = FAULTY.replace("        basis: stated\n", "        basis: stated\n        speaker: province:bbb\n")
    result = run_audit(tmp_path, article, "--sheet", str(sheet))
    assert result.code == 1
    assert f"Wrote {sheet}." in result.stderr
    page = sheet.read_text(encoding="utf-8")
    text = " ".join(re.sub(r"<[^>]*>", "", page.partition("</style>")[2]).split())
    parts = [
        "do not publish it", "article:900: A test", "Line 1", "Aaa plans a fund. 1:0-17", "Aaa — plans — Ccc",
        "status planned · basis stated · due 2027 · speaker Bbb", "It plans a fund &lt;b&gt;soon&lt;/b&gt;.",
        "Aaa dự kiến lập một quỹ.", "found a gloss that does not name province:aaa", "Bbb has one. 1:18-30",
        "none: greeting",
    ]  # fmt: skip
    positions = [text.index(part) for part in parts]
    assert positions == sorted(positions)
    parsed = _Page()
    parsed.feed(page)
    assert not {"script", "link", "img", "iframe"} & parsed.tags
    assert parsed.addresses == ["#article:900"]
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".new"] == []


def test_the_sheet_without_text_has_the_locators_alone(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.html"
    assert run_audit(tmp_path, FAULTLESS, "--sheet", str(sheet), text=None).code == 0
    page = sheet.read_text(encoding="utf-8")
    assert "There is no text of article:900" in page
    assert "1:0-17" in page
    assert "<blockquote" not in page


def test_the_sheet_is_never_written_into_the_checkout_and_replaces_a_file_only_when_complete(tmp_path: Path) -> None:
    inside = built_in_folder() / "sheet.html"
    assert_refused(run_command(tmp_path, "audit", "--sheet", str(inside)), 2, "must not be published")
    assert not inside.exists()
    nowhere = tmp_path / "none" / "sheet.html"
    assert_refused(run_command(tmp_path, "audit", "--sheet", str(nowhere)), 1, f"{nowhere}: cannot be written")


@pytest.mark.parametrize(("kind", "words"), [("number", "innovative start-ups: more than 1,234"), ("claim", "goal")])
def test_the_sheet_shows_numbers_and_claims_in_words(tmp_path: Path, kind: str, words: str) -> None:
    rows = {
        "number": "indicator: innovative_startups\n        value: 1234\n        unit: count\n"
        "        comparator: more than\n        value_status: target\n        period: 2025",
        "claim": "claim: goal",
    }
    relation = "predicate: PLANS\n        object: fund:ccc\n        status: planned"
    sheet = tmp_path / "sheet.html"
    result = run_audit(tmp_path, FAULTLESS.replace(relation, rows[kind]), "--sheet", str(sheet))
    assert result.code == 0, result.stdout
    assert f"Aaa — {words}</p>" in sheet.read_text(encoding="utf-8")
