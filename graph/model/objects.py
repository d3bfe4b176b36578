"""The JSON objects of the release files and the API, as the type checker sees them.

Keys that do not apply to an object are left out (`NotRequired`) unless noted. Further keys of an entity or edge are the
properties and qualifiers that `schema.yaml` declares; those listed here are the ones that code reads by name.
"""

from collections.abc import Mapping
from typing import Any, NotRequired, TypedDict

from .facts import Passage

Row = dict[str, Any]
"""A row that a query of the database returned: values by column."""


class NameJson(TypedDict):
    """A name of an entity; `article` is the article that uses it."""

    text: str
    language: str
    kind: str
    article: NotRequired[str]


class EntityCard(TypedDict):
    """The summary of an entity that listings and edges show; `status` is None for most types."""

    id: str
    type: str
    name: str
    status: str | None


class EntityJson(TypedDict):
    """An entity with the properties of its node type as further keys."""

    id: str
    type: str
    labels: list[str]
    name: str
    names: list[NameJson]
    status: NotRequired[str]
    kind: NotRequired[str]
    number: NotRequired[str]
    office: NotRequired[str]
    url: NotRequired[str]
    title: NotRequired[str]
    published: NotRequired[str]
    publisher: NotRequired[str]
    language: NotRequired[str]
    origin: NotRequired[str]


class PassageJson(TypedDict):
    """A span of an article's text: line from 1, characters from 0, `end` exclusive, hash of the text."""

    article: str
    line: int
    start: int
    end: int
    sha256: str


def passage_of(statement: Mapping[str, Any]) -> Passage | None:
    """Return the passage of a statement or sentence; None for a reference statement, which has none."""
    if "article" not in statement:
        return None
    return Passage(statement["article"], statement["line"], statement["start"], statement["end"], statement["sha256"])


class StatementJson(TypedDict):
    """A statement; which keys it has depends on its kind and on whether it has a passage; see `facts.Statement`."""

    id: str
    kind: str
    subject: str
    basis: str
    predicate: NotRequired[str]
    object: NotRequired[str]
    indicator: NotRequired[str]
    claim_type: NotRequired[str]
    value: NotRequired[float | int | str]
    unit: NotRequired[str]
    comparator: NotRequired[str]
    value_status: NotRequired[str]
    period: NotRequired[str]
    status: NotRequired[str]
    as_of: NotRequired[str]
    as_of_from: NotRequired[str]
    due: NotRequired[str]
    alternative: NotRequired[list[str]]
    scope: NotRequired[str]
    speaker: NotRequired[str]
    speaker_basis: NotRequired[str]
    sentence: NotRequired[str]
    origin: NotRequired[str]
    source: NotRequired[str]
    checked_on: NotRequired[str]
    about: NotRequired[list[str]]
    qualifiers: NotRequired[dict[str, Any]]
    article: NotRequired[str]
    line: NotRequired[int]
    start: NotRequired[int]
    end: NotRequired[int]
    sha256: NotRequired[str]
    gloss: str
    gloss_vi: NotRequired[str]


STATEMENT_KEYS = tuple(StatementJson.__annotations__)
"""The keys of a statement, in the order of the release files."""


class EdgeJson(TypedDict):
    """An edge with its qualifiers as further keys; `status` and `as_of` are None where no statement gives one."""

    subject: str
    predicate: str
    object: str
    status: str | None
    basis: str
    as_of: str | None
    statements: list[str]
    articles: int
    origins: int
    holds: bool
    due: NotRequired[str]
    alternative: NotRequired[list[str]]
    disagreements: NotRequired[list[str]]


class ReadingJson(TypedDict):
    """One side of a disagreement: the ids of its statements, and our gloss in English and Vietnamese."""

    statements: list[str]
    gloss: str
    gloss_vi: NotRequired[str]


class DisagreementJson(TypedDict):
    """A disagreement with its readings; `preferred` is the index of a reading, `reason` why.

    `changes` says what the choice of a reading changes: an answer, a number, a name or nothing.
    """

    id: str
    kind: str
    about: list[str]
    changes: NotRequired[str]
    readings: list[ReadingJson]
    gloss: NotRequired[str]
    gloss_vi: NotRequired[str]
    preferred: NotRequired[int]
    reason: NotRequired[str | None]
    reason_vi: NotRequired[str]


class SentenceJson(PassageJson):
    """A sentence of an article with the ids of its statements, or in `none` the reason why it has none."""

    id: str
    statements: NotRequired[list[str]]
    none: NotRequired[str]
