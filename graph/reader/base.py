"""What all readers share: reading from one release, page sizes, and precise errors for unknown ids."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from typing import Any, Concatenate, NoReturn, ParamSpec, TypeVar

from ..catalogue.query import Query
from ..disk_cache import DiskCache
from ..engines.bolt import Engine
from ..errors import BadParameter, MergedId, NotFound, RemovedId
from ..messages import did_you_mean, quote_for_message
from ..model.objects import Row
from ..model.schema import Schema
from ..search.search import Search
from ..store.ownership import reader_cypher
from ..store.snapshot import SnapshotReader

MAX_PAGE_SIZE = 1000
"""Maximum number of objects on a page of a listing."""

P = ParamSpec("P")
T = TypeVar("T")
Reader = TypeVar("Reader", bound="ReleaseReader")


def from_one_release(method: Callable[Concatenate[Reader, P], T]) -> Callable[Concatenate[Reader, P], T]:
    """Make all that a reader's method reads come from one release; it is run again if a load commits meanwhile."""

    @wraps(method)
    def read(self: Reader, *args: P.args, **kwargs: P.kwargs) -> T:
        return self.snapshots.read(lambda _stored_release: method(self, *args, **kwargs))

    return read


class ReleaseReader:
    """Reads the stored release over an engine. Safe for many threads."""

    def __init__(
        self, engine: Engine, schema: Schema, queries: Mapping[str, Query], cache: DiskCache | None = None
    ) -> None:
        """Read through an engine; `cache` keeps what takes long to compute between processes, if given."""
        self.engine = engine
        self.schema = schema
        self.queries = queries
        self.snapshots = SnapshotReader(engine)
        self.cache = cache or DiskCache()
        self._search = Search(engine, schema, self.cache)

    def _rows(self, name: str, **parameters: Any) -> list[Row]:
        """Return the rows of `cypher/NAME.cypher`."""
        return self.engine.read(reader_cypher(name), parameters)

    def _must_exist(self, entity_id: str) -> None:
        if not self._rows("known", ids=[entity_id]):
            self._raise_missing(entity_id)

    def _raise_missing(self, missing_id: str, object_type: str = "entity", suggestions: Sequence[str] = ()) -> NoReturn:
        """Raise `MergedId`, `RemovedId` or `NotFound` for an id that does not exist."""
        retired = self._rows("retired", id=missing_id)
        if retired and retired[0]["into"]:
            raise MergedId(missing_id, retired[0]["into"])
        if retired:
            raise RemovedId(f"{missing_id} was removed and will not come back")
        if vanished := self._rows("vanished", id=missing_id):
            release = vanished[0]["release"]
            raise RemovedId(f"{missing_id} was in the graph until release {release} and is not in it any more")
        if object_type == "entity":
            release = self.snapshots.read(lambda stored_release: stored_release.release)
            suggestions = self._search.nearest_ids(missing_id, release)
        hint = f"; nearest: {', '.join(suggestions)}" if suggestions else ""
        raise NotFound(f"there is no {object_type} {quote_for_message(missing_id)}{hint}", missing_id, suggestions)


def check_choice(name: str, value: str | None, choices: Iterable[str]) -> None:
    """Raise `BadParameter` for a value that is neither None nor one of the choices."""
    allowed_values = list(choices)
    if value is not None and value not in allowed_values:
        raise BadParameter(
            f"{name}: found {quote_for_message(value)}; expected one of "
            f"{', '.join(allowed_values)}{did_you_mean(value, allowed_values)}"
        )


def check_page_size(limit: int) -> int:
    """Return a page size; raise `BadParameter` if it is out of range."""
    if not 1 <= limit <= MAX_PAGE_SIZE:
        raise BadParameter(f"limit: found {limit}; expected a whole number from 1 to {MAX_PAGE_SIZE}")
    return limit
