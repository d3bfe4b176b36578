"""What `vnkg load --dry-run` says of own article files, without an engine."""

from pathlib import Path

import pytest

from tests.support.cli import run_command
from tests.support.facts_folder import ARTICLE, facts_folder, texts_folder

BUILT_IN = [f"article:00{number}" for number in range(5)]


@pytest.mark.parametrize("words", [[], ["--json"]])
def test_entities_of_own_files_that_may_be_known_already_are_named(tmp_path: Path, words: list[str]) -> None:
    row = "  - {id: fund:ccc, name: Ccc, kind: venture_capital, language: en}\n"
    twins = row + "".join(row.replace("fund:ccc, name: Ccc", f"fund:{key}, name: {key}") for key in ("c-c-c", "ddd"))
    own = facts_folder(tmp_path / "own", ARTICLE.replace(row, twins))
    result = run_command(tmp_path / "data", "load", "--dry-run", "--also", str(own), *words)
    assert result.code == 0, result.stderr
    assert [line for line in result.stderr.splitlines() if line.startswith("A near-twin")] == [
        "A near-twin: 900.yaml:10: found fund:c-c-c beside fund:ccc (900.yaml:9), with one name, 'Ccc'; "
        "expected one entity, unless they are two"
    ]
    assert not (tmp_path / "data").exists()
    built_in = run_command(tmp_path / "data", "load", "--dry-run")
    assert "near-twin" not in built_in.stderr


def test_articles_whose_text_is_not_in_the_folder_are_named_as_not_checked(tmp_path: Path) -> None:
    own, texts = facts_folder(tmp_path / "own"), texts_folder(tmp_path / "texts")
    result = run_command(tmp_path / "data", "load", "--dry-run", "--also", str(own), "--articles", str(texts))
    assert result.stderr.splitlines() == [
        f"Not checked, as their text is not in {texts}: {', '.join(BUILT_IN)}.",
        "Nothing was written.",
    ]
    assert f"  Articles added: {', '.join([*BUILT_IN, 'article:900'])}.\n" in result.stdout
