"""Recordings of answers, as SQLite files with each body stored once and compressed, and their differences."""

import difflib
import hashlib
import json
import re
import sqlite3
import threading
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice, zip_longest
from pathlib import Path

from normalization import Normalizer

FILE = "answers.sqlite"
SCHEMA = """
CREATE TABLE bodies (hash TEXT PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE answers (engine TEXT, request TEXT, kind TEXT, status INTEGER, headers TEXT, body TEXT,
    PRIMARY KEY (engine, request));
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT);
"""
LINE, DIFF_LINES = 240, 24
"""Maximum characters of a line, and maximum lines of a difference, that are shown."""

Key = tuple[str, str]
"""Engine and request."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP response, the exit code and output of a command, or a file that a command wrote."""

    status: int
    headers: tuple[str, ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class Difference:
    """A request whose answers differ between two recordings, and the differences as lines."""

    kind: str
    key: Key
    lines: tuple[str, ...]


class Recording:
    """A recording that is being written to a folder; `add` is thread-safe."""

    def __init__(self, folder: Path, normalizer: Normalizer) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / FILE
        path.unlink(missing_ok=True)
        self.normalizer = normalizer
        self.is_cancelled = False
        """Set to cancel the recording: `add` then raises `SystemExit`."""
        self._lock = threading.Lock()
        self._database = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._database.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {SCHEMA} BEGIN;")
        self._bodies: set[str] = set()
        self._keys: set[Key] = set()

    def add(self, engine: str, kind: str, request: str, answer: Answer) -> None:
        """Normalize an answer and store it; raise `ValueError` if the request is stored already."""
        if self.is_cancelled:
            raise SystemExit("the recording was given up")
        body = self.normalizer.normalize_body(kind, request, answer.body)
        name = hashlib.sha256(body).hexdigest()
        packed = zlib.compress(body) if name not in self._bodies else b""
        with self._lock:
            if (engine, request) in self._keys:
                raise ValueError(f"{engine}: {request} was recorded already")
            self._keys.add((engine, request))
            if name not in self._bodies:
                self._bodies.add(name)
                self._database.execute("INSERT INTO bodies VALUES (?, ?)", (name, packed))
            row = (engine, request, kind, answer.status, json.dumps(answer.headers), name)
            self._database.execute("INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?)", row)

    def close(self, **properties: str) -> None:
        """Write the properties of the recording, and close it."""
        self._database.executemany("INSERT INTO about VALUES (?, ?)", properties.items())
        self._database.execute("COMMIT")
        self._database.close()


def counts(folder: Path) -> dict[str, Counter[str]]:
    """Return the number of answers of a recording, by engine and kind."""
    counts_by_engine: dict[str, Counter[str]] = {}
    with closing(_open_database(folder)) as database:
        for engine, kind, count in database.execute("SELECT engine, kind, count(*) FROM answers GROUP BY 1, 2"):
            counts_by_engine.setdefault(engine, Counter())[kind] = count
    return counts_by_engine


def compare(first_folder: Path, second_folder: Path) -> Iterator[Difference]:
    """Yield every difference between two recordings; kinds alternate, so that the first differences show each kind."""
    with (
        closing(_open_database(first_folder)) as first_database,
        closing(_open_database(second_folder)) as second_database,
    ):
        answers = _answers(first_database), _answers(second_database)
        by_kind: dict[str, list[Key]] = {}
        for key in sorted(answers[0].keys() | answers[1].keys()):
            rows = [side.get(key) for side in answers]
            if rows[0] != rows[1]:
                by_kind.setdefault(next(row[0] for row in rows if row is not None), []).append(key)
        for turn in zip_longest(*(by_kind[kind] for kind in sorted(by_kind))):
            for kind, key in zip(sorted(by_kind), turn, strict=True):
                if key is not None:
                    yield Difference(
                        kind,
                        key,
                        tuple(_lines(first_database, second_database, answers[0].get(key), answers[1].get(key))),
                    )


Row = tuple[str, int, str, str]
"""Kind, status, headers as JSON, hash of the body."""


def _open_database(folder: Path) -> sqlite3.Connection:
    if not (folder / FILE).is_file():
        raise SystemExit(f"{folder}: holds no {FILE}; expected a folder made by `record`")
    return sqlite3.connect(folder / FILE)


def _answers(database: sqlite3.Connection) -> dict[Key, Row]:
    rows = database.execute("SELECT engine, request, kind, status, headers, body FROM answers")
    return {(engine, request): (kind, *rest) for engine, request, kind, *rest in rows}


def _body(database: sqlite3.Connection, name: str) -> bytes:
    return zlib.decompress(database.execute("SELECT data FROM bodies WHERE hash = ?", (name,)).fetchone()[0])


def _lines(
    first_database: sqlite3.Connection,
    second_database: sqlite3.Connection,
    first_row: Row | None,
    second_row: Row | None,
) -> Iterator[str]:
    if first_row is None or second_row is None:
        yield "only in the second recording" if first_row is None else "only in the first recording"
        return
    if first_row[0] != second_row[0]:
        yield f"kind {first_row[0]} -> {second_row[0]}"
    if first_row[1] != second_row[1]:
        yield f"status {first_row[1]} -> {second_row[1]}"
    headers = [set(json.loads(row[2])) for row in (first_row, second_row)]
    yield from (f"- {header}" for header in sorted(headers[0] - headers[1]))
    yield from (f"+ {header}" for header in sorted(headers[1] - headers[0]))
    if headers[0] == headers[1] and first_row[2] != second_row[2]:
        yield "the same headers in another order"
    if first_row[3] != second_row[3]:
        yield from _body_difference(_body(first_database, first_row[3]), _body(second_database, second_row[3]))


def _body_difference(first_body: bytes, second_body: bytes) -> Iterator[str]:
    try:
        texts = [body.decode() for body in (first_body, second_body)]
    except UnicodeDecodeError:
        offset = next(
            (index for index, pair in enumerate(zip(first_body, second_body, strict=False)) if pair[0] != pair[1]), None
        )
        where = f"first at byte {offset}" if offset is not None else "one is the beginning of the other"
        yield f"binary bodies of {len(first_body)} and {len(second_body)} bytes differ, {where}"
        return
    line_lists = [_split_lines(text) for text in texts]
    if line_lists[0] == line_lists[1]:
        line_lists = [text.splitlines(keepends=True) for text in texts]
    diff_lines = [line for line in _unified_diff(line_lists[0], line_lists[1]) if not line.startswith(("---", "+++"))]
    yield from (line if len(line) <= LINE else f"{line[:LINE]} …" for line in islice(diff_lines, DIFF_LINES))
    if len(diff_lines) > DIFF_LINES:
        yield f"… {len(diff_lines) - DIFF_LINES} more lines of difference"


def _unified_diff(first_lines: Sequence[str], second_lines: Sequence[str]) -> Iterable[str]:
    """Return a unified diff; equal lines at both ends are cut off first, as difflib is slow on long texts."""
    start = 0
    while start < min(len(first_lines), len(second_lines)) and first_lines[start] == second_lines[start]:
        start += 1
    end = 0
    while end < min(len(first_lines), len(second_lines)) - start and first_lines[-1 - end] == second_lines[-1 - end]:
        end += 1
    start, end = max(start - 1, 0), max(end - 1, 0)
    middles = [list(side[start : len(side) - end])[:4_000] for side in (first_lines, second_lines)]
    return difflib.unified_diff(middles[0], middles[1], lineterm="", n=1)


def _split_lines(text: str) -> list[str]:
    """Split a body into lines short enough to compare: JSON is indented, markup gets one tag per line."""
    if text[:1] in "{[":
        try:
            return json.dumps(json.loads(text), ensure_ascii=False, indent=1).splitlines()
        except ValueError:
            pass
    if text.lstrip()[:1] == "<":
        text = re.sub(r"(?<=[^\n])<(?!/)", "\n<", text)
    return text.splitlines()
