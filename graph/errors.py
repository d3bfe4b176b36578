"""The exceptions VNKG raises on purpose, as one tree with HTTP statuses and exit codes.

    VnkgError                    500, exit 1
    ├── InputError               400, exit 2   the caller's input is wrong
    │   ├── NotFound             404           no such entity, query, article, statement, format
    │   ├── MergedId             308           an id that was merged; `new_id` is its successor
    │   ├── RemovedId            410           an id that was removed: retired, or in an earlier release only
    │   ├── BadParameter         422           a parameter is unknown, missing or of the wrong type
    │   │   └── UnresolvedName                 a name is no entity's; `choices` are the nearest
    │   │       └── AmbiguousName              a name fits several entities; `choices` are they
    │   ├── BadCursor            400           a cursor that is damaged or belongs to another release
    │   ├── TooLong              414           a URL longer than any the service uses
    │   ├── BadRequest           400           bytes that are no valid HTTP request
    │   ├── SlowRequest          408           a request that did not arrive in time
    │   ├── BodyTooBig           413           a request body, which nothing here reads
    │   ├── TooManyRequests      429           a client above its rate
    │   │   └── TooManyPipelined               too many requests before the first answer
    │   ├── HeadersTooBig        431           headers longer than any the service uses
    │   └── PictureTooBig        422           more nodes requested than a picture may have
    ├── TooManyConnections       503           too many connections are open
    ├── ShuttingDown             503           the server ended before the answer was ready
    ├── DeclarationError         500, exit 1   schema.yaml or a query file is wrong
    ├── FactsError               500, exit 1   article or reference files are wrong; lists every problem
    ├── PassageError             500, exit 1   an article's text is missing or does not match the locators
    ├── ServiceBusy              503, exit 1   too many requests wait already
    ├── DeadlineExceeded         503, exit 1   the answer took too long, or nobody waits for it any more
    └── EngineError              503, exit 1
        ├── NoRuntime                          no Java runtime for this platform in the embedded engine's package
        ├── PortTaken                          the requested port is in use
        ├── FolderInUse                        another process owns the data folder
        ├── BadFolder                          the data folder cannot be used
        ├── WrongPassword                      the server rejected the user or password
        ├── ServerAbsent                       no server answers at the address
        ├── EngineDied                         the embedded engine's process ended while in use
        ├── NotLoaded                          the store is empty or a load is in progress
        │   └── ReleaseChanged                 another release was loaded between two reads of one answer
        ├── LoadRefused                        a load would overwrite or remove data it must not; nothing was written
        ├── WriteRefused         403           a read query tried to write
        ├── QueryFailed          500           the engine rejected the text of a query
        └── QueryTimeout         504           the query exceeded the time limit

Each message says what is wrong, where, and what was expected.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import ClassVar


class VnkgError(Exception):
    """Base of all VNKG errors.

    `status` is the HTTP status, `code` the stable code of the problem JSON, `exit_code` the exit code of the command.
    """

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal-error"
    title: ClassVar[str] = "Something went wrong"
    exit_code: ClassVar[int] = 1


class InputError(VnkgError):
    """The caller's input is wrong."""

    status = 400
    code = "bad-request"
    title = "The request is not understood"
    exit_code = 2


class NotFound(InputError):
    """Nothing has the requested id or name.

    `requested_id` is that id or name, empty if unknown; `suggestions` are similar existing ones, best first.
    """

    status = 404
    code = "not-found"
    title = "There is no such thing"

    def __init__(self, message: str, requested_id: str = "", suggestions: Sequence[str] = ()) -> None:
        self.requested_id = requested_id
        self.suggestions = tuple(suggestions)
        super().__init__(message)


class MergedId(InputError):
    """The requested id `old_id` was merged into `new_id`."""

    status = 308
    code = "moved"
    title = "This has another id now"

    def __init__(self, old_id: str, new_id: str) -> None:
        self.old_id = old_id
        self.new_id = new_id
        super().__init__(f"{old_id} was merged into {new_id}; ask for {new_id}")


class RemovedId(InputError):
    """The id was removed: it is retired, or only an earlier release had it."""

    status = 410
    code = "gone"
    title = "This was removed"


class BadParameter(InputError):
    """A parameter is unknown, missing or of the wrong type."""

    status = 422
    code = "bad-parameter"
    title = "A parameter is wrong"


class UnresolvedName(BadParameter):
    """A name given for an entity is the exact name of none.

    `parameter` is the name of the parameter, `text` the name given for it; `choices` are entities that may be meant,
    `(id, name)`, best first.
    """

    code = "unknown-name"
    title = "No such thing has this name"

    def __init__(self, message: str, parameter: str, text: str, choices: Sequence[tuple[str, str]] = ()) -> None:
        self.parameter = parameter
        self.text = text
        self.choices = tuple(choices)
        super().__init__(message)


class AmbiguousName(UnresolvedName):
    """A name given for an entity fits several, which are the `choices`."""

    code = "ambiguous-name"
    title = "A name fits several things"


class BadCursor(InputError):
    """The cursor is damaged or belongs to another release than the loaded one."""

    code = "bad-cursor"
    title = "The cursor is not of this release"


class TooLong(InputError):
    """The URL is longer than any the service uses."""

    status = 414
    code = "too-long"
    title = "The address is too long"


class BadRequest(InputError):
    """The bytes received are no valid HTTP request."""


class SlowRequest(InputError):
    """The request did not arrive in time."""

    status = 408
    code = "slow-request"
    title = "The request took too long to arrive"


class BodyTooBig(InputError):
    """The body of the request is larger than the service accepts; no address reads one."""

    status = 413
    code = "body-too-big"
    title = "The body is too big"


class TooManyRequests(InputError):
    """The client sends more requests than its rate limit allows."""

    status = 429
    code = "too-many-requests"
    title = "Too many requests"


class TooManyPipelined(TooManyRequests):
    """The client sends too many requests on one connection before the first is answered."""


class HeadersTooBig(InputError):
    """Request line and headers are larger than the service accepts."""

    status = 431
    code = "headers-too-big"
    title = "The headers are too big"


class PictureTooBig(InputError):
    """More nodes were requested than a picture may have."""

    status = 422
    code = "picture-too-big"
    title = "The picture is too big"


class DeclarationError(VnkgError):
    """A declaration (schema.yaml or a query file) is wrong."""

    code = "bad-declaration"
    title = "A declaration is wrong"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One error in a file of facts: its place, what the file says (`actual`) and what was expected (`expectation`)."""

    file: str
    line: int
    actual: str
    expectation: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: found {self.actual}; expected {self.expectation}"


class FactsError(VnkgError):
    """Files of facts are wrong. `problems` lists every error, sorted; nothing was loaded.

    The message lists the first `MAX_LISTED` of them, and says how many more there are.
    """

    MAX_LISTED: ClassVar[int] = 200

    code = "bad-facts"
    title = "The facts are refused"

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        lines = [f"{len(self.problems)} problem(s) in the facts; nothing was loaded:"]
        lines += [str(problem) for problem in self.problems[: self.MAX_LISTED]]
        if len(self.problems) > self.MAX_LISTED:
            lines.append(f"… and {len(self.problems) - self.MAX_LISTED:,} more")
        super().__init__("\n".join(lines))


class PassageError(VnkgError):
    """An article's text is missing or does not match the locators."""

    code = "bad-passage"
    title = "A passage does not match"


class TooManyConnections(VnkgError):
    """Too many connections are open."""

    status = 503
    code = "too-many-connections"
    title = "Too many connections"


class ShuttingDown(VnkgError):
    """The server ended before the answer was ready."""

    status = 503
    code = "shutting-down"
    title = "The service is shutting down"


class ServiceBusy(VnkgError):
    """Too many requests wait for an answer already."""

    status = 503
    code = "overloaded"
    title = "The service is busy"


class DeadlineExceeded(VnkgError):
    """The answer took longer than its deadline, or nobody waits for it any more."""

    status = 503
    code = "deadline-exceeded"
    title = "The answer took too long"


class EngineError(VnkgError):
    """The graph engine cannot be used."""

    status = 503
    code = "engine-unavailable"
    title = "The graph engine is not available"


class NoRuntime(EngineError):
    """The embedded engine has no Java runtime for this platform."""

    code = "no-runtime"


class PortTaken(EngineError):
    """The port is in use by another process."""

    code = "port-taken"


class FolderInUse(EngineError):
    """Another process owns the data folder."""

    code = "folder-in-use"


class BadFolder(EngineError):
    """The data folder cannot be used."""

    code = "bad-folder"


class WrongPassword(EngineError):
    """The server rejected the user or the password."""

    code = "wrong-password"


class ServerAbsent(EngineError):
    """No server answers at the address."""

    code = "server-absent"


class EngineDied(EngineError):
    """The process of the embedded engine ended while it was in use."""

    code = "engine-died"


class NotLoaded(EngineError):
    """The store holds no complete release: it is empty or a load is in progress."""

    code = "not-loaded"
    title = "No release is loaded"


class LoadRefused(EngineError):
    """A load would overwrite or remove foreign data, or remove facts without permission; nothing was written.

    `reasons` are sentences that say what is affected, how much of it, and what the user can do.
    """

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("\n".join(["nothing was written:", *self.reasons]))


class ReleaseChanged(NotLoaded):
    """Another release was loaded between two reads of one answer; a retry reads from a single release."""


class WriteRefused(EngineError):
    """A read query tried to write."""

    status = 403
    code = "write-refused"
    title = "Reads may not write"


class QueryFailed(EngineError):
    """The engine rejected the text of a query."""

    status = 500
    code = "query-failed"
    title = "The query failed"


class QueryTimeout(EngineError):
    """The query exceeded the time limit."""

    status = 504
    code = "query-timeout"
    title = "The query took too long"


def error_classes() -> list[type[VnkgError]]:
    """Return every error class in breadth-first order, `VnkgError` first."""
    classes: list[type[VnkgError]] = [VnkgError]
    for error in classes:
        classes.extend(error.__subclasses__())
    return classes


def problem_codes() -> dict[str, tuple[int, str]]:
    """Return `{code: (HTTP status, title)}` of every problem code, sorted by status and code.

    A code that subclasses inherit has the status and title of the topmost class that uses it.
    """
    problems = {error.code: (error.status, error.title) for error in reversed(error_classes())}
    problems["method-not-allowed"] = (405, HTTPStatus(405).phrase)
    return dict(sorted(problems.items(), key=lambda item: (item[1][0], item[0])))
