"""The facts that loaders read from files: entities, names, statements, passages, mentions, sentences, disagreements.

Plain values that know no files or databases. Dates are ISO text of any precision (`2025`, `2025-10`, `2025-10-19`).
Lines count from 1; `start` and `end` are character offsets within the line as in Python, `end` exclusive.
"""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

ENTITY_ID = re.compile(r"[a-z]+:[a-z0-9]+(?:-[a-z0-9]+)*")
"""The form of an entity's id: the prefix of its type, then words and numbers with hyphens between them."""
Scalar = str | int | float | bool
Attributes = Mapping[str, Scalar | tuple[str, ...]]

STATEMENT_KINDS = ("relation", "measurement", "claim")
"""The kinds of statements; see `Statement`."""


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """A span within one line of an article, with the SHA-256 of its text (see `passage_hash`)."""

    article: str
    line: int
    start: int
    end: int
    sha256: str

    @property
    def locator(self) -> str:
        """The passage as article files write it: `line:start-end`."""
        return f"{self.line}:{self.start}-{self.end}"


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A name of an entity: text, language, kind (`name_kinds` of the schema), and the article that uses it.

    `article` is None for names from reference tables.
    """

    text: str
    language: str
    kind: str = "name"
    article: str | None = None


@dataclass(frozen=True, slots=True)
class SourceLocation:
    """File and line where something is declared, for messages."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class EntityRecord:
    """An entity as declared in one file; `attributes` are the properties of its node type."""

    id: str
    type: str
    name: str
    names: tuple[Name, ...] = ()
    attributes: Attributes = field(default_factory=dict[str, Scalar | tuple[str, ...]])
    source_location: SourceLocation = SourceLocation("", 0)


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that one passage says, or one line of a reference table.

    `gloss` says it in our English, `gloss_vi` in our Vietnamese.

    `kind` is `relation` (subject, predicate, object), `measurement` (subject, indicator, value) or
    `claim` (subject, claim_type). `due` is a date or interval by which it is to be so (`../2030`: by 2030).
    `alternative` holds the objects of the statements that say what else it may be ("a fund or a mechanism"). `scope`
    says which extent of a merged province a number is about. `speaker_basis` is `inferred` if the sentence does not
    name the speaker. `as_of_from` is `sentence` if the sentence gives the date of `as_of` itself, else the
    article's date is used. `origin` overrides the article's origin. A reference statement has `source` and `checked_on`
    instead of a passage.
    """

    id: str
    kind: str
    subject: str
    basis: str
    gloss: str
    gloss_vi: str | None = None
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
    due: str | None = None
    alternative: tuple[str, ...] = ()
    scope: str | None = None
    speaker: str | None = None
    speaker_basis: str | None = None
    about: tuple[str, ...] = ()
    qualifiers: Attributes = field(default_factory=dict[str, Scalar | tuple[str, ...]])
    passage: Passage | None = None
    sentence: str | None = None
    origin: str | None = None
    source: str | None = None
    checked_on: str | None = None
    source_location: SourceLocation = field(default=SourceLocation("", 0), compare=False)


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A span in an article where a name of an entity occurs."""

    article: str
    entity: str
    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article with the ids of its statements, or the reason why it has none."""

    id: str
    passage: Passage
    statements: tuple[str, ...] = ()
    no_statement_reason: str | None = None
    source_location: SourceLocation = field(default=SourceLocation("", 0), compare=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """One side of a disagreement: the ids of the statements that support it, and our gloss (English, Vietnamese)."""

    statements: tuple[str, ...]
    gloss: str
    gloss_vi: str | None = None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Statements that cannot all be true, grouped into readings.

    `about` holds entity ids, `preferred` the index of the reading we prefer, and `reason` why. `gloss` is its title.
    `changes` says what the choice of a reading changes: one of `disagreement_effects` in the schema.
    """

    id: str
    kind: str
    about: tuple[str, ...]
    readings: tuple[Reading, ...]
    gloss: str = ""
    preferred: int | None = None
    reason: str | None = None
    gloss_vi: str | None = None
    reason_vi: str | None = None
    changes: str = "nothing"
    source_location: SourceLocation = field(default=SourceLocation("", 0), compare=False)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the loaders read, before merging.

    `retired_ids` holds pairs of a retired id and its successor or None. `forms` holds the names that files add to
    entities, such as those by which an article calls one, as (entity id, name, location); the entities have them too.
    """

    entities: tuple[EntityRecord, ...] = ()
    statements: tuple[Statement, ...] = ()
    mentions: tuple[Mention, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    retired_ids: tuple[tuple[str, str | None], ...] = ()
    forms: tuple[tuple[str, Name, SourceLocation], ...] = ()


def passage_hash(text: str) -> str:
    """Return the SHA-256 of a passage's text in hex; the text is normalized to NFC and encoded as UTF-8."""
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()


def end_of_period(period: str) -> str:
    """Return the date at which a date or interval ends, as exact as it is given: `2025-12` of `2025-11/2025-12`."""
    return period.rpartition("/")[2]
