"""The queries are asked on the embedded engine: that Neo4j gives the same bytes is tested for all their calls."""

import pytest

from vnkg.graph.engines.bolt import Engine


@pytest.fixture(scope="session")
def engine(embedded_engine: Engine) -> Engine:
    """The embedded engine; see `test_flagship_world.test_the_engines_give_the_same_bytes` and `test_answers`."""
    return embedded_engine
