"""The database connection: reads and writes over Bolt, on the embedded engine or on a Neo4j server.

The only module that imports the `neo4j` driver. Callers pass Cypher text and get JSON values back.
"""

import logging
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any, Literal, LiteralString, Self, TypeVar, cast

import neo4j
from neo4j import exceptions as neo4j_errors
from neo4j.graph import Node, Path, Relationship

from .. import deadline
from ..errors import EngineDied, EngineError, QueryFailed, QueryTimeout, ServerAbsent, WriteRefused, WrongPassword
from ..model.objects import Row
from ..settings import Settings
from .embedded import EngineHandle, open_engine
from .embedded_process import READER, ROOT

# Without a handler Python prints the driver's warnings to the terminal, before the error that we raise for them.
logging.getLogger("neo4j").addHandler(logging.NullHandler())

T = TypeVar("T")

SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
MAX_ATTEMPTS = 3
MIN_TIMEOUT = 0.01
"""Shortest time limit of a query in seconds: a server takes 0 for none."""
HANG_SECONDS, WRITE_SECONDS = 2.0, 600.0
"""Seconds of silence after which an engine hangs: beyond the time limit of a read, and in all for a write."""
SCALAR_TYPES = frozenset((str, int, float, bool, type(None)))
"""Types whose values are JSON values already; the fast path of `to_json_value`, as most values are of these types."""
CONNECTION_ERRORS = (neo4j_errors.ServiceUnavailable, neo4j_errors.SessionExpired)
TIMEOUT_CODE = "Neo.ClientError.Transaction.TransactionTimedOut"
WRITE_REFUSED_CODES = ("Neo.ClientError.Statement.AccessMode", "Neo.ClientError.Security.Forbidden")
NO_DATABASE_CODE = "Neo.ClientError.Database.DatabaseNotFound"


@dataclass(frozen=True, slots=True)
class _Connection:
    """An open connection: a driver for writes and one for reads, which the embedded engine lets only read."""

    address: str
    writer: neo4j.Driver
    reader: neo4j.Driver
    handle: EngineHandle | None

    def close(self) -> None:
        self.close_drivers()
        if self.handle is not None:
            self.handle.close()

    def close_drivers(self) -> None:
        self.reader.close()
        self.writer.close()


@dataclass(slots=True)
class _Link:
    """The connection of an engine, which is replaced when it is lost; the lock is for whoever replaces it."""

    connection: _Connection
    lock: threading.Lock
    is_closed: bool = False


class WriteTransaction:
    """An open write transaction: either all of its queries take effect or none does."""

    def __init__(self, transaction: neo4j.ManagedTransaction) -> None:
        self._transaction = transaction

    def execute(self, text: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """Run one query in the transaction and return its rows."""
        result = self._transaction.run(_literal(text), dict(parameters or {}))
        return [_json_row(record) for record in result]


class Engine(AbstractContextManager["Engine"]):
    """A connection to the graph database. Thread-safe: open one and share it."""

    def __init__(self, settings: Settings, link: _Link, *, short_lived: bool, database: str | None = None) -> None:
        self._settings = settings
        self._short_lived = short_lived
        self._link = link
        self._fixed_database = database

    @classmethod
    def open(cls, settings: Settings, *, short_lived: bool = False) -> Self:
        """Connect to the Neo4j server of the settings; without one, attach to the embedded engine or start it.

        `short_lived` is for a process that runs a few queries and exits: an engine that it starts uses Java's C1
        compiler only, which means a faster start and lower peak throughput.
        """
        link = _Link(_connect(settings, short_lived=short_lived), threading.Lock())
        return cls(settings, link, short_lived=short_lived)

    @property
    def _connection(self) -> _Connection:
        return self._link.connection

    @property
    def kind(self) -> Literal["embedded", "neo4j"]:
        """Whether this is the embedded engine or a Neo4j server."""
        return "neo4j" if self._connection.handle is None else "embedded"

    @property
    def address(self) -> str:
        """The engine's Bolt address."""
        return self._connection.address

    @property
    def is_one_server(self) -> bool:
        """Whether every read goes to the same server; the followers of a cluster may lag behind its leader."""
        return self._connection.handle is not None or self._connection.address.startswith("bolt")

    @property
    def database(self) -> str:
        """Name of the database on the engine; on the embedded one, a load in another process may switch it."""
        if self._fixed_database is not None:
            return self._fixed_database
        handle = self._connection.handle
        return self._settings.neo4j_database if handle is None else handle.folder.current_database

    @contextmanager
    def replace_database(self) -> Generator["Engine"]:
        """Yield an engine whose database is new and empty; at the end, it replaces the current one, which is dropped.

        Readers see the one or the other, also if this process is killed; after an error the new one is dropped. Only on
        the embedded engine. The caller holds the load lock. Raises `EngineDied` if the engine ended meanwhile.
        """
        handle = self._connection.handle
        if handle is None:
            raise EngineError("a Neo4j server has one database, which cannot be replaced")
        try:
            database = handle.create_other_database()
            yield Engine(self._settings, self._link, short_lived=self._short_lived, database=database)
            handle.switch_database(database)
        finally:
            # What cannot be dropped now is dropped by the next load.
            handle.drop_other_database()

    def drop_leftover_database(self) -> None:
        """Drop the database that a killed load left on the embedded engine; the caller holds the load lock."""
        if (handle := self._connection.handle) is not None:
            handle.drop_other_database()

    @property
    def driver(self) -> neo4j.Driver:
        """The underlying driver, with write access; benchmarks compare against it."""
        return self._connection.writer

    @property
    def handle(self) -> EngineHandle | None:
        """The handle of the embedded engine; None on a Neo4j server."""
        return self._connection.handle

    def close(self) -> None:
        """Close the connections, and stop the embedded engine if this process started it; no read restarts it."""
        self._link.is_closed = True
        with self._link.lock:
            self._connection.close()

    def __exit__(self, *_: object) -> None:
        self.close()

    def verify(self) -> None:
        """Raise `EngineError` unless the engine answers a query."""
        self.read("RETURN 1 AS one")

    def read(
        self, text: str, parameters: Mapping[str, Any] | None = None, *, timeout: float | None = None
    ) -> list[Row]:
        """Run one read query and return its rows as JSON values, dates as ISO strings.

        `timeout` is in seconds and cannot exceed the setting `query_timeout` and the time left (`deadline`); the
        embedded engine applies only the setting. Of an engine that hangs, a read waits `HANG_SECONDS` longer. If the
        embedded engine has died, it is started again and the query is run again, `MAX_ATTEMPTS` times in all.
        Raises `DeadlineExceeded`, or `EngineError` or a subclass: `QueryTimeout`, `WriteRefused`, `QueryFailed`, ….
        """
        deadline.check()
        attempts_left = MAX_ATTEMPTS
        while True:
            connection, database = self._connection, self.database
            try:
                return self._read(connection, database, text, parameters, timeout)
            except neo4j_errors.DriverError as error:
                attempts_left -= 1
                if not attempts_left:
                    raise EngineDied(
                        f"the embedded engine died {MAX_ATTEMPTS} times during a query: {error}"
                    ) from error
                self._reconnect(connection, error)
            except EngineError as error:
                if isinstance(error, QueryTimeout):
                    deadline.check()  # if it was the time left that ended the query, that is the error
                if database == self.database:
                    raise
                # A load has switched to another database and dropped this one: the error is a consequence.

    def _read(
        self,
        connection: _Connection,
        database: str,
        text: str,
        parameters: Mapping[str, Any] | None,
        timeout: float | None,
    ) -> list[Row]:
        max_timeout = min(self._settings.query_timeout, deadline.remaining_seconds())
        query = neo4j.Query(_literal(text), timeout=max(min(timeout or max_timeout, max_timeout), MIN_TIMEOUT))
        query_parameters = dict(parameters or {})
        try:
            if connection.handle is None:  # execute_query retries what a server refuses temporarily
                records: Iterable[neo4j.Record] = connection.reader.execute_query(
                    query, query_parameters, routing_=neo4j.RoutingControl.READ, database_=database
                ).records
                return [_json_row(record) for record in records]
            # An auto-commit query: one round trip instead of two.
            with _session(connection.reader, database, neo4j.READ_ACCESS) as session:
                return [_json_row(record) for record in session.run(query, query_parameters)]
        except neo4j_errors.Neo4jError as error:
            raise _translate_error(error, connection, database, is_read=True) from error
        except neo4j_errors.DriverError as error:
            # An engine that is only overloaded must not be restarted, so this is not taken for a lost connection.
            if _is_timeout(error):
                raise QueryTimeout("no answer within the time limit; the engine hangs or is overloaded") from error
            raise

    def write(self, work: Callable[[WriteTransaction], T]) -> T:
        """Run `work` in one transaction and return its result.

        The transaction may be retried, so `work` must have no other side effects. Raises `EngineDied` if the embedded
        engine died meanwhile: whether the write took effect is then unknown.
        """
        attempts_left = MAX_ATTEMPTS
        while True:
            try:
                return self._write(work)
            except neo4j_errors.ConstraintError as error:
                # The embedded engine detects only at commit that another transaction wrote the same key. The retry
                # finds that key.
                attempts_left -= 1
                if not attempts_left:
                    raise _engine_error(error, self.address, self.database, is_read=False) from error

    def _write(self, work: Callable[[WriteTransaction], T]) -> T:
        connection = self._connection
        try:
            return _write(connection, self.database, work)
        except neo4j_errors.DriverError as error:
            if full := connection.handle and connection.handle.folder.disk_full_error():
                raise full from error
            self._reconnect(connection, error)
            raise EngineDied(f"the embedded engine died during a write and was started again: {error}") from error

    def define(self, declarations: Iterable[str], fulltext: Sequence[tuple[str, str]] = ()) -> None:
        """Create constraints and indexes, and full-text indexes on (label, property), named `Label[property]`."""
        connection = self._connection
        try:
            _define(connection, self.database, declarations, fulltext)
        except (neo4j_errors.DriverError, EngineDied) as error:
            self._reconnect(connection, error)
            raise EngineDied(
                f"the embedded engine died while indexes were made and was started again: {error}"
            ) from error

    def _reconnect(self, lost_connection: _Connection, error: Exception) -> _Connection:
        """Replace a lost connection and return the new one, or the one that another thread has made already.

        Raises `EngineError` if `error` does not mean that the connection was lost, or if the engine cannot be restarted
        from here (a Neo4j server; an engine left running by `vnkg engine start`).
        """
        with self._link.lock:
            if self._link.is_closed:
                raise EngineDied("the engine was closed during a query") from error
            if self._connection is not lost_connection:
                return self._connection
            if not isinstance(error, (*CONNECTION_ERRORS, EngineDied)):
                raise EngineError(f"the connection to {lost_connection.address} failed: {error}") from error
            if lost_connection.handle is None:
                raise ServerAbsent(f"{lost_connection.address} does not answer any more: {error}") from error
            if lost_connection.handle.record.is_detached and lost_connection.handle.is_ending:
                raise EngineDied(
                    "the engine that `vnkg engine start` left running has ended; start it again"
                ) from error
            lost_connection.close_drivers()
            if lost_connection.handle.responds:
                # Only the connection was lost, as on a busy machine. A restart would end the queries of others.
                self._link.connection = _attach(self._settings, lost_connection.handle)
            else:
                lost_connection.handle.close()
                self._link.connection = _connect(self._settings, short_lived=self._short_lived)
            return self._connection


def _connect(settings: Settings, *, short_lived: bool) -> _Connection:
    if settings.neo4j_uri:
        return _connect_server(settings, settings.neo4j_uri)
    return _attach(settings, open_engine(settings, short_lived=short_lived))


def _attach(settings: Settings, handle: EngineHandle) -> _Connection:
    """Return new connections to an embedded engine; close its handle if that fails."""
    try:
        address = handle.record.address
        # No driver retries for reads: `Engine.read` retries itself, after checking that the process is still there.
        reader = _driver(settings, address, (READER, handle.reader_password), retry_seconds=0, is_reader=True)
        writer = _driver(settings, address, (ROOT, handle.root_password), retry_seconds=settings.connect_timeout / 2)
        return _Connection(address, writer, reader, handle)
    except BaseException:
        handle.close()
        raise


def _connect_server(settings: Settings, address: str) -> _Connection:
    user, password = settings.neo4j_username, settings.neo4j_password.get_secret_value()
    expected = "expected an address like bolt://host:7687 or neo4j+s://host"
    if "@" in address:
        raise ServerAbsent(f"NEO4J_URI: found a user in the address; {expected}, and NEO4J_USERNAME, NEO4J_PASSWORD")
    if address.partition("://")[0] not in SCHEMES:
        raise ServerAbsent(f"NEO4J_URI: found {address!r}; {expected}")
    retry_seconds = settings.connect_timeout / 2
    try:
        writer = _driver(settings, address, (user, password), retry_seconds=retry_seconds)
        driver = _driver(settings, address, (user, password), retry_seconds=retry_seconds, is_reader=True)
    except (ValueError, neo4j_errors.ConfigurationError) as error:
        raise ServerAbsent(f"NEO4J_URI: found {address!r}; {expected}, without options: {error}") from error
    connection, database = _Connection(address, writer, driver, None), settings.neo4j_database
    try:
        driver.verify_connectivity()  # pyright: ignore[reportUnknownMemberType]  # untyped **config
        driver.execute_query("RETURN 1", database_=database, routing_=neo4j.RoutingControl.READ)
    except (neo4j_errors.Neo4jError, neo4j_errors.DriverError, ValueError) as error:
        connection.close()
        if isinstance(error, neo4j_errors.Neo4jError):
            raise _engine_error(error, address, database, is_read=False) from error
        raise ServerAbsent(f"no Neo4j server answers at {address} (NEO4J_URI): {error}") from error
    return connection


def _driver(
    settings: Settings, address: str, auth: tuple[str, str], *, retry_seconds: float, is_reader: bool = False
) -> neo4j.Driver:
    driver = neo4j.GraphDatabase.driver(  # pyright: ignore[reportUnknownMemberType]  # untyped **config
        address,
        auth=auth,
        connection_timeout=settings.connect_timeout,
        connection_acquisition_timeout=settings.connect_timeout,
        max_transaction_retry_time=retry_seconds,  # the driver may take twice as long, as its pauses double
        notifications_min_severity=neo4j.NotificationMinimumSeverity.OFF,
        telemetry_disabled=True,
        user_agent="vnkg",
    )
    _limit_silence(driver, settings.query_timeout + HANG_SECONDS if is_reader else WRITE_SECONDS)
    return driver


def _limit_silence(driver: neo4j.Driver, seconds: float) -> None:
    """Let a connection fail when the engine sends nothing for some seconds.

    The driver has such a limit only where a server asks for it, and no option for it: this sets the same one.
    """
    pool = cast("Any", driver)._pool
    open_connection = pool.opener

    def open_limited(*arguments: Any) -> Any:
        connection = open_connection(*arguments)
        connection.socket.set_read_timeout(min(seconds, connection.socket.get_read_timeout() or seconds))
        return connection

    pool.opener = open_limited


def _write(connection: _Connection, database: str, work: Callable[[WriteTransaction], T]) -> T:
    try:
        with _session(connection.writer, database, neo4j.WRITE_ACCESS) as session:
            return session.execute_write(lambda transaction: work(WriteTransaction(transaction)))
    except neo4j_errors.ConstraintError:
        raise
    except neo4j_errors.Neo4jError as error:
        raise _translate_error(error, connection, database, is_read=False) from error


def _define(
    connection: _Connection, database: str, declarations: Iterable[str], fulltext: Sequence[tuple[str, str]]
) -> None:
    try:
        with _session(connection.writer, database, neo4j.WRITE_ACCESS) as session:
            if connection.handle is not None:
                for label, key in fulltext:
                    connection.handle.run_sql(f"CREATE VERTEX TYPE {label} IF NOT EXISTS", database)
                    connection.handle.run_sql(f"CREATE PROPERTY {label}.{key} IF NOT EXISTS STRING", database)
                    connection.handle.run_sql(f"CREATE INDEX IF NOT EXISTS ON {label} ({key}) FULL_TEXT", database)
            for text in declarations:
                session.run(_literal(text)).consume()
            if connection.handle is None:
                for label, key in fulltext:
                    session.run(_literal(_neo4j_fulltext(label, key))).consume()
                session.run("CALL db.awaitIndexes(30)").consume()
    except neo4j_errors.Neo4jError as error:
        raise _translate_error(error, connection, database, is_read=False) from error


def _session(driver: neo4j.Driver, database: str, access: str) -> neo4j.Session:
    return driver.session(database=database, default_access_mode=access)  # pyright: ignore[reportUnknownMemberType]  # untyped **config


def _translate_error(
    error: neo4j_errors.Neo4jError, connection: _Connection, database: str, *, is_read: bool
) -> EngineError | neo4j_errors.DriverError:
    """Translate a server error into an `EngineError`, or into a lost connection if the engine is shutting down.

    An embedded engine keeps answering while it shuts down, with errors of many kinds.
    """
    if connection.handle is not None and connection.handle.is_ending:
        return neo4j_errors.ServiceUnavailable(f"the engine is ending ({error.message})")
    if not is_read and (full := connection.handle and connection.handle.folder.disk_full_error()):
        return full
    return _engine_error(error, connection.address, database, is_read=is_read)


def _is_timeout(error: BaseException | None) -> bool:
    """True if an error of the driver was caused by an engine that sent nothing in time, after a connection was made."""
    if error is None or type(error).__name__ == "SocketDeadlineExceededError":  # while connecting
        return False
    return isinstance(error, TimeoutError) or _is_timeout(error.__cause__)


def _engine_error(error: neo4j_errors.Neo4jError, address: str, database: str, *, is_read: bool) -> EngineError:
    """Translate a server error into an `EngineError` by its Neo4j status code."""
    code, message = error.code or "", error.message or str(error)
    if code.startswith(TIMEOUT_CODE):
        return QueryTimeout(f"the time limit ended the query: {message}")
    if is_read and code in WRITE_REFUSED_CODES:
        return WriteRefused(f"a read may not write: {message}")
    if isinstance(error, neo4j_errors.AuthError) or code.startswith("Neo.ClientError.Security.Auth"):
        return WrongPassword(f"{address} refused user or password (NEO4J_USERNAME, NEO4J_PASSWORD): {message}")
    if code == NO_DATABASE_CODE:
        return ServerAbsent(f"{address} has no database {database!r} (NEO4J_DATABASE)")
    if isinstance(error, neo4j_errors.TransientError):
        return EngineError(f"the engine is busy, try again: {message}")
    return QueryFailed(f"the engine refused the query ({code}): {message}")


def _neo4j_fulltext(label: str, key: str) -> str:
    return (
        f"CREATE FULLTEXT INDEX `{label}[{key}]` IF NOT EXISTS FOR (n:{label}) ON EACH [n.{key}] "
        "OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words'}}"
    )


def _literal(text: str) -> LiteralString:
    # The driver's type asks for literals to keep user input out of Cypher. Ours comes from query files and the store.
    return cast("LiteralString", text)


def _json_row(record: neo4j.Record) -> Row:
    # A record is a tuple of its values; iterating that is faster than its `items`, which looks up each value by key.
    values = cast("Iterator[Any]", tuple.__iter__(record))  # pyright: ignore[reportUnknownMemberType]  # untyped
    pairs = zip(record.keys(), values, strict=True)
    return {key: value if type(value) in SCALAR_TYPES else to_json_value(value) for key, value in pairs}


def to_json_value(value: Any) -> Any:
    """Convert a driver value to a JSON value: dates become ISO strings, nodes and relationships their properties.

    A path becomes `{"nodes": [...], "relationships": [...]}`.
    """
    if isinstance(value, list | tuple):
        return [item if type(item) in SCALAR_TYPES else to_json_value(item) for item in cast("Sequence[Any]", value)]
    if isinstance(value, dict | Node | Relationship):
        items = cast("Mapping[str, Any]", value).items()
        return {key: item if type(item) in SCALAR_TYPES else to_json_value(item) for key, item in items}
    if isinstance(value, Path):
        return {"nodes": to_json_value(value.nodes), "relationships": to_json_value(value.relationships)}
    if hasattr(value, "iso_format"):
        return value.iso_format()
    return value
