"""Response models of the search in statements and passages."""

from pydantic import BaseModel, Field

from .common import Statement

_MATCHED_WORDS = "Its words that the text sought has too: folded, in lower case and without diacritics."


class StatementHit(Statement):
    """A statement that has the words."""

    matched_words: list[str] = Field(description=_MATCHED_WORDS)


class PassageHit(BaseModel):
    """A sentence of an article that has the words; `start` and `end` count characters in its line, from 0."""

    id: str
    article: str
    line: int
    start: int
    end: int
    text: str = Field(description="What the sentence says.")
    statements: list[str] | None = Field(None, description="Ids of the statements read from it.")
    none: str | None = Field(None, description="Why nothing was read from it.")
    matched_words: list[str] = Field(description=_MATCHED_WORDS)


class TextHits(BaseModel):
    """What was found; `passages` is null if the service does not have the articles' texts."""

    statements: list[StatementHit]
    passages: list[PassageHit] | None
