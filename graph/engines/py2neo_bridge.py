"""A read-only py2neo graph for existing notebooks. The only module that imports `py2neo`.

py2neo has reached its end of life: use `bolt.Engine` or the official `neo4j` driver for anything new
(see `decisions/py2neo.md`). The bridge needs the extra: `pip install 'vnkg[py2neo]'`.

    from vnkg.graph.engines.py2neo_bridge import Bridge

    with Bridge.open() as bridge:
        bridge.read("MATCH (f:Fund {kind: $kind}) RETURN f.id AS id ORDER BY id", kind="venture_capital")
        bridge.graph.nodes.match("Fund", kind="venture_capital").count()
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Self, TypeVar, cast

from ..errors import EngineDied, EngineError, QueryFailed, QueryTimeout, ServerAbsent, WriteRefused
from ..settings import Settings
from .bolt import TIMEOUT_CODE, WRITE_REFUSED_CODES, Engine, Row
from .embedded_process import READER

T = TypeVar("T")


class Bridge(AbstractContextManager["Bridge"]):
    """A py2neo graph on the engine of the settings. Every transaction of `graph` is read-only: writes are refused.

    On a Neo4j server this holds for `graph` only, not for graphs obtained from py2neo's `graph.service`.

    Not thread-safe. Unlike `Engine` it does not restart an engine that died, reads only from the leader of a cluster,
    and sends no time limit: on a Neo4j server the server's own limit applies.
    """

    def __init__(self, engine: Engine, graph: Any) -> None:
        self._engine = engine
        self.graph = graph
        """The `py2neo.Graph` itself, for `run`, `nodes`, `match`; it raises py2neo's own errors."""

    @classmethod
    def open(cls, settings: Settings | None = None) -> Self:
        """Connect to the Neo4j server of the settings; without one, attach to the embedded engine or start it."""
        settings = Settings.model_validate({}) if settings is None else settings
        graph_class = _graph_class()
        # The official driver connects first: it knows why a server cannot be used, and raises our own errors.
        engine = Engine.open(settings)
        try:
            password = engine.handle.reader_password if engine.handle else settings.neo4j_password.get_secret_value()
            user = READER if engine.handle else settings.neo4j_username
            graph = _translate_errors(
                engine, lambda: graph_class(engine.address, auth=(user, password), name=engine.database)
            )
        except BaseException:
            engine.close()
            raise
        return cls(engine, graph)

    def close(self) -> None:
        """Close the connections, and stop the embedded engine if this process started it."""
        try:
            self.graph.service.connector.close()
        finally:
            self._engine.close()

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, text: str, parameters: Mapping[str, Any] | None = None, **keyword_parameters: Any) -> list[Row]:
        """Run one read query and return its rows as `Engine.read` does; raise `WriteRefused` if it writes.

        Parameters are passed as a mapping, as keywords, or both.
        """
        query_parameters = {**(parameters or {}), **keyword_parameters}

        def rows() -> list[Row]:
            return [
                {key: _to_json_value(value) for key, value in record.items()}
                for record in self.graph.run(text, query_parameters)
            ]

        return _translate_errors(self._engine, rows)


def _graph_class() -> Callable[..., Any]:
    """Return a subclass of py2neo's graph class that begins read-only transactions only."""
    try:
        # An optional dependency: imported only when a bridge is opened.
        import py2neo  # noqa: PLC0415  # pyright: ignore[reportMissingTypeStubs]
    except ImportError as error:
        raise EngineError("py2neo is not installed: expected the extra, `pip install 'vnkg[py2neo]'`") from error
    base_class: Any = py2neo.Graph

    class ReadingGraph(base_class):
        def auto(self, readonly: bool = True) -> Any:  # noqa: ARG002  # py2neo's signature
            return base_class.auto(self, readonly=True)

        def begin(self, readonly: bool = True) -> Any:  # noqa: ARG002
            return base_class.begin(self, readonly=True)

    return ReadingGraph


def _translate_errors(engine: Engine, work: Callable[[], T]) -> T:
    """Run `work`, and translate py2neo's errors into `EngineError`s."""
    from py2neo import errors, wiring  # noqa: PLC0415  # pyright: ignore[reportMissingTypeStubs]

    py2neo_errors: Any = errors
    connection_errors = (
        py2neo_errors.ServiceUnavailable,
        py2neo_errors.ConnectionUnavailable,
        py2neo_errors.ConnectionBroken,
        py2neo_errors.ConnectionLimit,
    )
    try:
        return work()
    except py2neo_errors.Neo4jError as error:
        code, message = error.code, error.message
        if code in WRITE_REFUSED_CODES:
            raise WriteRefused(f"a read may not write: {message}") from error
        if code.startswith(TIMEOUT_CODE):
            raise QueryTimeout(f"the time limit ended the query: {message}") from error
        raise QueryFailed(f"the engine refused the query ({code}): {message}") from error
    except (*connection_errors, wiring.WireError) as error:
        error_class = ServerAbsent if engine.handle is None else EngineDied
        reason = "does not answer py2neo any more, or the bridge was closed; py2neo speaks Bolt 4.3 and older"
        raise error_class(f"{engine.address} {reason}: {error}") from error


def _to_json_value(value: Any) -> Any:
    """Convert a py2neo value to the JSON value that `Engine.read` would return."""
    if isinstance(value, dict):  # also a node or a relationship
        return {key: _to_json_value(item) for key, item in cast("Mapping[str, Any]", value).items()}
    if hasattr(value, "relationships"):
        return {"nodes": _to_json_value(value.nodes), "relationships": _to_json_value(value.relationships)}
    if hasattr(value, "subseconds"):
        return [value.months, value.days, value.seconds, round(value.subseconds * 10**9)]
    if hasattr(value, "iso_format"):
        return _iso_text(value)
    if isinstance(value, list | tuple):
        return [_to_json_value(item) for item in cast("Sequence[Any]", value)]
    return value


def _iso_text(value: Any) -> str:
    """Return a date or time as ISO text. py2neo's own method drops the offset of times and gets negative ones wrong."""
    text: str = value.iso_format()
    zone = getattr(value, "tzinfo", None)
    if zone is None:
        return text
    minutes = int(zone.utcoffset(value).total_seconds()) // 60
    hours, remaining_minutes = divmod(abs(minutes), 60)
    local_text = text[: -len("+00:00")] if "T" in text else text
    return f"{local_text}{'-' if minutes < 0 else '+'}{hours:02}:{remaining_minutes:02}"
