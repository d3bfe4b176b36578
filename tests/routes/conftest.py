"""A client of an application with the varied graph."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.support import varied_graph
from tests.support.invented_graph import load_graph
from vnkg.api.app import create_app
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.settings import Settings

PUBLIC_URL = "https://vnkg.example"


@pytest.fixture(scope="module")
def varied_client(embedded_engine: Engine, embedded_settings: Settings) -> Iterator[TestClient]:
    """A client of an application at a public address, with the varied graph."""
    settings = embedded_settings.model_copy(update={"public_url": PUBLIC_URL})
    with TestClient(create_app(settings, load_graph(embedded_engine, varied_graph.release()))) as client:
        yield client
