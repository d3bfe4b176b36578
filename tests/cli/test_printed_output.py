"""What the commands print on a small invented graph, to the letter: `tests/fixtures/printed/` has a file for each.

The first line of a file is the command; what follows is its standard output, and after `--` its standard error.
"""

import shlex
from pathlib import Path

import pytest

from tests.support.cli import run_command
from tests.support.invented_graph import load_graph
from tests.support.worlds import commands
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.settings import Settings

FILES = sorted((Path(__file__).parents[1] / "fixtures" / "printed").iterdir())


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the text of one of the two articles; one line of it has changed."""
    return commands.write_texts(tmp_path_factory.mktemp("articles") / "texts")


@pytest.mark.parametrize("name", [file.name for file in FILES])
def test_a_command_prints_exactly_what_its_file_has(
    embedded_engine: Engine, embedded_settings: Settings, texts: Path, name: str
) -> None:
    load_graph(embedded_engine, commands.release())
    expected = next(file for file in FILES if file.name == name).read_text(encoding="utf-8")
    words = shlex.split(expected.partition("\n")[0].removeprefix("$ vnkg "))
    result = run_command(embedded_settings.data, *(str(texts) if word == "TEXTS" else word for word in words))
    assert result.code == 0
    notes = f"--\n{result.stderr}" if result.stderr else ""
    printed = f"{expected.partition(chr(10))[0]}\n{result.stdout}{notes}"
    assert printed.replace(commands.release().id, "RELEASE") == expected


def test_a_long_table_says_how_many_of_its_rows_are_shown(
    embedded_engine: Engine, embedded_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_graph(embedded_engine, commands.release())
    for limit, note in ((3, False), (2, True)):
        monkeypatch.setattr("vnkg.api.presenters.query_table.MAX_ROWS", limit)
        printed = run_command(embedded_settings.data, "query", "instrument_matrix", "--policy", "policy:p").stdout
        assert ("\n  2 of 3 rows are shown; --json has them all.\n" in printed) == note
        assert ("Gamma province:gamma" in printed) == (not note)
