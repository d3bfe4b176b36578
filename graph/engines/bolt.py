"""The database connection: reads and writes over Bolt, on the embedded engine or on a Neo4j server.

The only module that imports the `neo4j` driver. Callers pass Cypher text and get JSON values back.
"""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Literal, LiteralString, Self, TypeVar, cast

import neo4j
from neo4j import exceptions as wire
from neo4j.graph import Node, Path, Relationship

from ..errors import EngineDied, EngineError, QueryFailed, QueryTimeout, ServerAbsent, WriteRefused, WrongPassword
from ..settings import Settings
from .embedded import Lease, open_engine
from .embedded_process import DATABASE, READER, ROOT

# Without a handler Python prints the driver's warnings to the terminal, before the error that we raise for them.
logging.getLogger("neo4j").addHandler(logging.NullHandler())

T = TypeVar("T")
Row = dict[str, Any]
Json = dict[str, Any]
"""A JSON object as a dict."""

SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
TRIES = 3
PLAIN = frozenset((str, int, float, bool, type(None)))
"""Types whose values are JSON values already; the fast path of `to_json_value`, as most values are of these types."""
LOST = (wire.ServiceUnavailable, wire.SessionExpired)
TIMED_OUT = "Neo.ClientError.Transaction.TransactionTimedOut"
READ_ONLY = ("Neo.ClientError.Statement.AccessMode", "Neo.ClientError.Security.Forbidden")
NO_DATABASE = "Neo.ClientError.Database.DatabaseNotFound"


@dataclass(frozen=True, slots=True)
class _Link:
    """An open connection: a driver that may write and one that may only read (on Neo4j the same driver)."""

    address: str
    database: str
    writer: neo4j.Driver
    reader: neo4j.Driver
    lease: Lease | None

    def close(self) -> None:
        self.reader.close()
        self.writer.close()
        if self.lease is not None:
            self.lease.close()


class Write:
    """An open write transaction: either all of its queries take effect or none does."""

    def __init__(self, transaction: neo4j.ManagedTransaction) -> None:
        self._transaction = transaction

    def run(self, text: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """Run one query in the transaction and return its rows."""
        result = self._transaction.run(_literal(text), dict(parameters or {}))
        return [_plain_row(record) for record in result]


class Engine(AbstractContextManager["Engine"]):
    """A connection to the graph database. Thread-safe: open one and share it."""

    def __init__(self, settings: Settings, link: _Link, *, brief: bool) -> None:
        self._settings = settings
        self._brief = brief
        self._link = link
        self._lock = threading.Lock()

    @classmethod
    def open(cls, settings: Settings, *, brief: bool = False) -> Self:
        """Connect to the Neo4j server of the settings; without one, attach to the embedded engine or start it.

        `short_lived` is for a process that runs a few queries and exits: an engine that it starts uses Java's C1
        compiler only, which means a faster start and lower peak throughput.
        """
        return cls(settings, _connect(settings, brief=brief), brief=brief)

    @property
    def kind(self) -> Literal["embedded", "neo4j"]:
        """Whether this is the embedded engine or a Neo4j server."""
        return "neo4j" if self._link.lease is None else "embedded"

    @property
    def address(self) -> str:
        """The engine's Bolt address."""
        return self._link.address

    @property
    def is_one_server(self) -> bool:
        """Whether every read goes to the same server; the followers of a cluster may lag behind its leader."""
        return self._link.lease is not None or self._link.address.startswith("bolt")

    @property
    def database(self) -> str:
        """Name of the database on the engine."""
        return self._link.database

    @property
    def driver(self) -> neo4j.Driver:
        """The underlying driver, with write access; benchmarks compare against it."""
        return self._link.writer

    @property
    def lease(self) -> Lease | None:
        """The handle of the embedded engine; None on a Neo4j server."""
        return self._link.lease

    def close(self) -> None:
        """Close the connections, and stop the embedded engine if this process started it."""
        self._link.close()

    def __exit__(self, *_: object) -> None:
        self.close()

    def verify(self) -> None:
        """Raise `EngineError` unless the engine answers a query."""
        self.read("RETURN 1 AS one")

    def read(
        self, text: str, parameters: Mapping[str, Any] | None = None, *, timeout: float | None = None
    ) -> list[Row]:
        """Run one read query and return its rows as JSON values, dates as ISO strings.

        `timeout` is in seconds and cannot exceed the setting `query_timeout`; the embedded engine applies only the
        setting. If the embedded engine has died, it is restarted once and the query is run again.
        Raises `EngineError` or a subclass: `QueryTimeout`, `WriteRefused`, `QueryFailed`, `EngineDied`, ….
        """
        link = self._link
        try:
            return self._read(link, text, parameters, timeout)
        except wire.DriverError as error:
            link = self._again(link, error)
        try:
            return self._read(link, text, parameters, timeout)
        except wire.DriverError as error:
            raise EngineDied(f"the embedded engine died twice during a query; see engine.log: {error}") from error

    def _read(self, link: _Link, text: str, parameters: Mapping[str, Any] | None, timeout: float | None) -> list[Row]:
        limit = self._settings.query_timeout
        query = neo4j.Query(_literal(text), timeout=min(timeout or limit, limit))
        given = dict(parameters or {})
        try:
            if link.lease is None:  # execute_query retries what a server refuses temporarily
                records: Iterable[neo4j.Record] = link.reader.execute_query(
                    query, given, routing_=neo4j.RoutingControl.READ, database_=link.database
                ).records
                return [_plain_row(record) for record in records]
            # An auto-commit query: one round trip instead of two.
            with _session(link.reader, link, neo4j.READ_ACCESS) as session:
                return [_plain_row(record) for record in session.run(query, given)]
        except wire.Neo4jError as error:
            raise _failure(error, link, reading=True) from error

    def write(self, work: Callable[[Write], T]) -> T:
        """Run `work` in one transaction and return its result.

        The transaction may be retried, so `work` must have no other side effects. Raises `EngineDied` if the embedded
        engine died meanwhile: whether the write took effect is then unknown.
        """
        tries = TRIES
        while True:
            try:
                return self._write(work)
            except wire.ConstraintError as error:
                # The embedded engine detects only at commit that another transaction wrote the same key. The retry
                # finds that key.
                tries -= 1
                if not tries:
                    raise _refusal(error, self._link, reading=False) from error

    def _write(self, work: Callable[[Write], T]) -> T:
        link = self._link
        try:
            return _write(link, work)
        except wire.DriverError as error:
            self._again(link, error)
            raise EngineDied(f"the embedded engine died during a write and was started again: {error}") from error

    def define(self, texts: Iterable[str], fulltext: Sequence[tuple[str, str]] = ()) -> None:
        """Create constraints and indexes, and full-text indexes on (label, property), named `Label[property]`."""
        link = self._link
        try:
            _define(link, texts, fulltext)
        except (wire.DriverError, EngineDied) as error:
            self._again(link, error)
            raise EngineDied(
                f"the embedded engine died while indexes were made and was started again: {error}"
            ) from error

    def _again(self, lost: _Link, error: Exception) -> _Link:
        """Replace a lost connection and return the new one, or the one that another thread has made already.

        Raises `EngineError` if `error` does not mean that the connection was lost, or if the engine cannot be restarted
        from here (a Neo4j server; an engine left running by `vnkg engine start`).
        """
        with self._lock:
            if self._link is not lost:
                return self._link
            if not isinstance(error, (*LOST, EngineDied)):
                raise EngineError(f"the connection to {lost.address} failed: {error}") from error
            if lost.lease is None:
                raise ServerAbsent(f"{lost.address} does not answer any more: {error}") from error
            if lost.lease.record.detached and lost.lease.ending:
                raise EngineDied(
                    "the engine that `vnkg engine start` left running has ended; start it again"
                ) from error
            lost.close()
            self._link = _connect(self._settings, brief=self._brief)
            return self._link


def _connect(settings: Settings, *, brief: bool) -> _Link:
    if settings.neo4j_uri:
        return _connect_server(settings, settings.neo4j_uri)
    lease = open_engine(settings, brief=brief)
    try:
        address = lease.record.address
        # No driver retries for reads: `Engine.read` retries itself, after checking that the process is still there.
        reader = _driver(settings, address, (READER, lease.reader_password), retry=0)
        writer = _driver(settings, address, (ROOT, lease.root_password), retry=settings.connect_timeout / 2)
        return _Link(address, DATABASE, writer, reader, lease)
    except BaseException:
        lease.close()
        raise


def _connect_server(settings: Settings, address: str) -> _Link:
    user, password = settings.neo4j_username, settings.neo4j_password.get_secret_value()
    expected = "expected an address like bolt://host:7687 or neo4j+s://host"
    if "@" in address:
        raise ServerAbsent(f"NEO4J_URI: found a user in the address; {expected}, and NEO4J_USERNAME, NEO4J_PASSWORD")
    if address.partition("://")[0] not in SCHEMES:
        raise ServerAbsent(f"NEO4J_URI: found {address!r}; {expected}")
    try:
        driver = _driver(settings, address, (user, password), retry=settings.connect_timeout / 2)
    except (ValueError, wire.ConfigurationError) as error:
        raise ServerAbsent(f"NEO4J_URI: found {address!r}; {expected}, without options: {error}") from error
    link = _Link(address, settings.neo4j_database, driver, driver, None)
    try:
        driver.verify_connectivity()  # pyright: ignore[reportUnknownMemberType]  # untyped **config
        driver.execute_query("RETURN 1", database_=link.database, routing_=neo4j.RoutingControl.READ)
    except (wire.Neo4jError, wire.DriverError, ValueError) as error:
        driver.close()
        if isinstance(error, wire.Neo4jError):
            raise _refusal(error, link, reading=False) from error
        raise ServerAbsent(f"no Neo4j server answers at {address} (NEO4J_URI): {error}") from error
    return link


def _driver(settings: Settings, address: str, auth: tuple[str, str], *, retry: float) -> neo4j.Driver:
    return neo4j.GraphDatabase.driver(  # pyright: ignore[reportUnknownMemberType]  # untyped **config
        address,
        auth=auth,
        connection_timeout=settings.connect_timeout,
        connection_acquisition_timeout=settings.connect_timeout,
        max_transaction_retry_time=retry,  # the driver may take twice as long, as its pauses double
        notifications_min_severity=neo4j.NotificationMinimumSeverity.OFF,
        telemetry_disabled=True,
        user_agent="vnkg",
    )


def _write(link: _Link, work: Callable[[Write], T]) -> T:
    try:
        with _session(link.writer, link, neo4j.WRITE_ACCESS) as session:
            return session.execute_write(lambda transaction: work(Write(transaction)))
    except wire.ConstraintError:
        raise
    except wire.Neo4jError as error:
        raise _failure(error, link, reading=False) from error


def _define(link: _Link, texts: Iterable[str], fulltext: Sequence[tuple[str, str]]) -> None:
    try:
        with _session(link.writer, link, neo4j.WRITE_ACCESS) as session:
            if link.lease is not None:
                for label, key in fulltext:
                    link.lease.sql(f"CREATE VERTEX TYPE {label} IF NOT EXISTS")
                    link.lease.sql(f"CREATE PROPERTY {label}.{key} IF NOT EXISTS STRING")
                    link.lease.sql(f"CREATE INDEX IF NOT EXISTS ON {label} ({key}) FULL_TEXT")
            for text in texts:
                session.run(_literal(text)).consume()
            if link.lease is None:
                for label, key in fulltext:
                    session.run(_literal(_neo4j_fulltext(label, key))).consume()
                session.run("CALL db.awaitIndexes(30)").consume()
    except wire.Neo4jError as error:
        raise _failure(error, link, reading=False) from error


def _session(driver: neo4j.Driver, link: _Link, access: str) -> neo4j.Session:
    return driver.session(database=link.database, default_access_mode=access)  # pyright: ignore[reportUnknownMemberType]  # untyped **config


def _failure(error: wire.Neo4jError, link: _Link, *, reading: bool) -> EngineError | wire.DriverError:
    """Translate a server error into an `EngineError`, or into a lost connection if the engine is shutting down.

    An embedded engine keeps answering while it shuts down, with errors of many kinds.
    """
    if link.lease is not None and link.lease.ending:
        return wire.ServiceUnavailable(f"the engine is ending ({error.message})")
    return _refusal(error, link, reading=reading)


def _refusal(error: wire.Neo4jError, link: _Link, *, reading: bool) -> EngineError:
    """Translate a server error into an `EngineError` by its Neo4j status code."""
    code, said = error.code or "", error.message or str(error)
    if code.startswith(TIMED_OUT):
        return QueryTimeout(f"the time limit ended the query: {said}")
    if reading and code in READ_ONLY:
        return WriteRefused(f"a read may not write: {said}")
    if isinstance(error, wire.AuthError) or code.startswith("Neo.ClientError.Security.Auth"):
        return WrongPassword(f"{link.address} refused user or password (NEO4J_USERNAME, NEO4J_PASSWORD): {said}")
    if code == NO_DATABASE:
        return ServerAbsent(f"{link.address} has no database {link.database!r} (NEO4J_DATABASE)")
    if isinstance(error, wire.TransientError):
        return EngineError(f"the engine is busy, try again: {said}")
    return QueryFailed(f"the engine refused the query ({code}): {said}")


def _neo4j_fulltext(label: str, key: str) -> str:
    return (
        f"CREATE FULLTEXT INDEX `{label}[{key}]` IF NOT EXISTS FOR (n:{label}) ON EACH [n.{key}] "
        "OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words'}}"
    )


def _literal(text: str) -> LiteralString:
    # The driver's type asks for literals to keep user input out of Cypher. Ours comes from query files and the store.
    return cast("LiteralString", text)


def _plain_row(record: neo4j.Record) -> Row:
    # A record is a tuple of its values; iterating that is faster than its `items`, which looks up each value by key.
    values = cast("Iterator[Any]", tuple.__iter__(record))  # pyright: ignore[reportUnknownMemberType]  # untyped
    pairs = zip(record.keys(), values, strict=True)
    return {key: value if type(value) in PLAIN else plain(value) for key, value in pairs}


def plain(value: Any) -> Any:
    """Convert a driver value to a JSON value: dates become ISO strings, nodes and relationships their properties.

    A path becomes `{"nodes": [...], "relationships": [...]}`.
    """
    if isinstance(value, list | tuple):
        return [item if type(item) in PLAIN else plain(item) for item in cast("Sequence[Any]", value)]
    if isinstance(value, dict | Node | Relationship):
        items = cast("Mapping[str, Any]", value).items()
        return {key: item if type(item) in PLAIN else plain(item) for key, item in items}
    if isinstance(value, Path):
        return {"nodes": plain(value.nodes), "relationships": plain(value.relationships)}
    if hasattr(value, "iso_format"):
        return value.iso_format()
    return value
