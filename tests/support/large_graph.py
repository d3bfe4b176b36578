"""The facts of the five articles among thousands of entities, for tests at that size."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from bench.actors import actors
from tests.support.http import running_server
from tests.support.requirements import is_torture
from vnkg.api.app import create_app
from vnkg.graph.catalogue.query import catalogue
from vnkg.graph.disk_cache import DiskCache
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.model.facts import Statement
from vnkg.graph.model.merge import merge
from vnkg.graph.model.release import Edge, Release
from vnkg.graph.model.schema import schema
from vnkg.graph.reader.reader import Graph
from vnkg.graph.settings import Settings
from vnkg.graph.store import load as store
from vnkg.loaders import read_facts

ENTITIES = 20_000 if is_torture() else 5_000
"""How many entities are generated: all pages have reached their limits at 5,000, which load in a quarter of the time."""


@contextmanager
def large_site(folder: Path) -> Iterator[str]:
    """Load the enlarged release into an engine in a folder and serve it; yields the URL."""
    # Tests that run beside it take the processors: the deadline must not end what is only slow.
    settings = Settings(data=folder / "engine", request_timeout=120, query_timeout=60)
    with Engine.open(settings) as engine:
        store.load(engine, enlarged_release(), batch=settings.load_batch)
        graph = Graph(engine, schema(), catalogue(), DiskCache(settings.cache_folder))
        with running_server(create_app(settings, graph)) as address:
            yield address


def enlarged_release(actors_release: Release | None = None) -> Release:
    """Return the built-in release plus generated actors (or `actors_release`), whose edges have reference statements."""
    own, made = merge(read_facts(), schema()), actors_release or actors(ENTITIES)
    known = {entity.id for entity in own.entities}
    fresh = [entity for entity in made.entities if entity.id not in known]
    edges = [replace(edge, basis="reference", origins=0, articles=0) for edge in made.edges]
    statements = map(_statement, edges)
    return replace(
        own,
        entities=tuple(sorted((*own.entities, *fresh), key=lambda entity: entity.id)),
        statements=tuple(sorted((*own.statements, *statements), key=lambda statement: statement.id)),
        edges=tuple(sorted((*own.edges, *edges), key=lambda edge: edge.id)),
    )


def _statement(edge: Edge) -> Statement:
    return Statement(
        edge.statements[0],
        "relation",
        edge.subject,
        "reference",
        "A generated relation.",
        predicate=edge.predicate,
        object=edge.object,
        status=edge.status,
        as_of=edge.as_of,
        as_of_from="reference",
        qualifiers=edge.qualifiers,
        source="generated",
        checked_on="2025-11-20",
    )
