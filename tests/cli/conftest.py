"""The built-in facts, for the tests of commands."""

from pathlib import Path

import pytest

from tests.support import cli
from vnkg.graph.reader.reader import Graph


@pytest.fixture(scope="module")
def graph() -> Graph:
    """The built-in facts."""
    return cli.graph()


@pytest.fixture(scope="module")
def data(graph: Graph) -> Path:
    """A data folder with the built-in facts and a running engine."""
    return cli.data_folder()
