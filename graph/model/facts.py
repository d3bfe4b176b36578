"""Statements and what they stand on: passages, names, entities as declared, sentences of a ledger.

Plain values without behaviour towards files or databases. Dates are ISO text of any precision
(`2025`, `2025-10`, `2025-10-19`); lines count from 1, `start` and `end` are characters of the line
as Python counts them, `end` exclusive.
"""

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

Scalar = str | int | float | bool
Attributes = Mapping[str, Scalar | tuple[str, ...]]

KINDS = ("relation", "measurement", "claim")
"""Kinds of statements."""


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """A span of one line of an article, with the SHA-256 of its characters."""

    article: str
    line: int
    start: int
    end: int
    sha256: str

    @property
    def at(self) -> str:
        """The locator as article files write it, `line:start-end`."""
        return f"{self.line}:{self.start}-{self.end}"


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """One name of an entity: its text, language, kind, and the article that uses it (None: reference knowledge)."""

    text: str
    language: str
    kind: str = "name"
    article: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where in our files something is declared, for messages."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class EntityRecord:
    """An entity as one file declares it."""

    id: str
    type: str
    name: str
    names: tuple[Name, ...] = ()
    attributes: Attributes = field(default_factory=dict[str, Scalar | tuple[str, ...]])
    where: Place = Place("", 0)


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing one passage says, or one line of a reference table.

    `kind` is `relation` (subject, predicate, object), `measurement` (subject, indicator, value) or
    `claim` (subject, claim_type). `as_of_from` tells whether the day comes from the sentence or from the article.
    A reference statement has `source` and `checked_on` instead of a passage.
    """

    id: str
    kind: str
    subject: str
    basis: str
    gloss: str
    predicate: str | None = None
    object: str | None = None
    indicator: str | None = None
    claim_type: str | None = None
    value: float | int | str | None = None
    unit: str | None = None
    comparator: str | None = None
    value_status: str | None = None
    period: str | None = None
    status: str | None = None
    as_of: str | None = None
    as_of_from: str | None = None
    speaker: str | None = None
    about: tuple[str, ...] = ()
    qualifiers: Attributes = field(default_factory=dict[str, Scalar | tuple[str, ...]])
    passage: Passage | None = None
    sentence: str | None = None
    origin: str | None = None
    source: str | None = None
    checked_on: str | None = None
    where: Place = field(default=Place("", 0), compare=False)


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A span where a name of an entity stands."""

    article: str
    entity: str
    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One entry of an article's ledger: a sentence and what it gave, or why it gave nothing."""

    id: str
    passage: Passage
    statements: tuple[str, ...] = ()
    none: str | None = None
    where: Place = field(default=Place("", 0), compare=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """One side of a disagreement: the statements that say so, and our gloss of it."""

    statements: tuple[str, ...]
    gloss: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Statements about one thing that cannot all be right; `preferred` is the index of a reading, with a reason."""

    id: str
    kind: str
    about: tuple[str, ...]
    readings: tuple[Reading, ...]
    gloss: str = ""
    preferred: int | None = None
    reason: str | None = None
    where: Place = field(default=Place("", 0), compare=False)


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the loaders read, before merging. `retired` maps an id that was given up to its successor, or None."""

    entities: tuple[EntityRecord, ...] = ()
    statements: tuple[Statement, ...] = ()
    mentions: tuple[Mention, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    retired: tuple[tuple[str, str | None], ...] = ()


def passage_hash(text: str) -> str:
    """Return the SHA-256 (hex) of a passage's characters: NFC, UTF-8."""
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()
