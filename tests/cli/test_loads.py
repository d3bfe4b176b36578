"""What `vnkg load --dry-run` says of own article files, without an engine."""

from pathlib import Path

import pytest

from tests.support.cli import run_command
from tests.support.facts_folder import ARTICLE, facts_folder, texts_folder

MEASUREMENT = """\
      - subject: province:aaa
        indicator: {indicator}
        value: {value}
        unit: count
        comparator: "="
        value_status: actual
        period: 2025
        basis: stated
        gloss: A number.
"""
BUILT_IN = [f"article:00{number}" for number in range(5)]


def article_with_indicators(*indicators: str) -> str:
    """Return the article of the facts folder, whose first sentence also has a measurement of each indicator."""
    rows = "".join(MEASUREMENT.format(indicator=word, value=value) for value, word in enumerate(indicators, 1))
    return ARTICLE.replace("    statements:\n", f"    statements:\n{rows}")


@pytest.mark.parametrize("words", [[], ["--json"]])
def test_indicators_that_only_own_files_have_are_named_with_the_nearest_ones(tmp_path: Path, words: list[str]) -> None:
    article = article_with_indicators("innovative_startupz", "innovative_startupy", "innovative_startups", "zzz")
    own = facts_folder(tmp_path / "own", article)
    result = run_command(tmp_path / "data", "load", "--dry-run", "--also", str(own), *words)
    assert result.code == 0, result.stderr
    notes = [line for line in result.stderr.splitlines() if line.startswith("A new indicator")]
    assert [note.partition(";")[0] for note in notes] == [
        f"A new indicator: '{word}'" for word in ("innovative_startupy", "innovative_startupz", "zzz")
    ]
    assert all(note.partition("; ")[2].startswith("did you mean innovative_startups") for note in notes[:2])
    assert "startupz" not in notes[0]
    assert "did you mean" not in notes[2]
    assert not (tmp_path / "data").exists()


def test_articles_whose_text_is_not_in_the_folder_are_named_as_not_checked(tmp_path: Path) -> None:
    own, texts = facts_folder(tmp_path / "own"), texts_folder(tmp_path / "texts")
    result = run_command(tmp_path / "data", "load", "--dry-run", "--also", str(own), "--articles", str(texts))
    assert result.stderr.splitlines() == [
        f"Not checked, as their text is not in {texts}: {', '.join(BUILT_IN)}.",
        "Nothing was written.",
    ]
    assert f"  Articles added: {', '.join([*BUILT_IN, 'article:900'])}.\n" in result.stdout
