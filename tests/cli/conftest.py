"""The built-in facts, for the tests of commands."""

from pathlib import Path

import pytest

from tests.support import cli
from tests.support.cli import QUESTIONS, LoadedFolder
from tests.support.facts_folder import facts_folder
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.reader.reader import Graph
from vnkg.graph.settings import Settings


@pytest.fixture(scope="session")
def folder_with_own_article(tmp_path_factory: pytest.TempPathFactory) -> LoadedFolder:
    """The built-in facts and an article of the user's own; to be copied, not to be changed."""
    data, own = tmp_path_factory.mktemp("loaded") / "data", facts_folder(tmp_path_factory.mktemp("own") / "facts")
    with Engine.open(Settings(data=data)):
        loaded = cli.run_command(data, "load", "--also", str(own))
        assert loaded.code == 0, loaded.stderr
        return LoadedFolder(data, own, [cli.run_command(data, *question).data for question in QUESTIONS])


@pytest.fixture(scope="module")
def graph() -> Graph:
    """The built-in facts."""
    return cli.graph()


@pytest.fixture(scope="module")
def data(graph: Graph) -> Path:
    """A data folder with the built-in facts and a running engine."""
    return cli.data_folder()
