"""Response models of questions in words."""

from typing import Annotated, Any

from pydantic import BaseModel, Field

from ....graph.ask.interpretation import CONFIDENCES
from .common import enum_field


class Choice(BaseModel):
    """An entity that a question may mean."""

    id: str
    name: str


class AskBack(BaseModel):
    """What a question leaves open."""

    parameter: str = Field(description="The parameter of the query that lacks a value.")
    text: str
    choices: list[Choice] = Field(description="What may be meant; empty if nothing was named.")


class Reading(BaseModel):
    """A query with parameters, and in words what it asks."""

    query: str
    parameters: dict[str, str | list[str]]
    reading: str


class AnswerRows(BaseModel):
    """The rows of the query; a near miss lists the conditions it `fails`."""

    rows: list[dict[str, Any]]
    near_misses: list[dict[str, Any]]


class AskAnswer(BaseModel):
    """The answer to a question in words."""

    question: str
    language: str = Field(description="The language of the question.")
    confidence: Annotated[str, enum_field(CONFIDENCES)]
    query: str | None = Field(description="The chosen query; null with the confidence `none`.")
    parameters: dict[str, str | list[str]]
    reading: str | None = Field(description="What the query asks, in words.")
    sentence: str = Field(description="The answer in a sentence.")
    ask_back: AskBack | None = Field(description="What must be known first; then there is no answer.")
    alternatives: list[Reading] = Field(description="Other readings, best first.")
    not_understood: list[str] = Field(description="Words of the question that mean nothing here.")
    answer: AnswerRows | None
