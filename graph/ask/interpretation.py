"""Which query answers a question: what queries declare under `asks`, compared with what the question says.

A query declares the concepts that it `needs` (`a|b`: one of them) and those that it `covers` besides. A concept is one
of the lexicon, `@Type` for an entity of a type, the name of a closed list for one of its values, `#number` or `#date`.
Every other concept of the question that no parameter takes speaks against the query. `about` names the parameter that
takes the first entity.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import chain

from ..catalogue.query import Query
from ..errors import BadParameter
from ..messages import has_control_characters, quote_for_message
from ..search.name_index import NameIndex
from .arguments import ArgumentFiller, Arguments, Describe
from .lexicon import split_words
from .question import Question, concepts, described_entity, names_something_unknown, read_question, unknown_share

CONFIDENCES = ("exact", "likely", "none")
MAX_QUESTION_LENGTH = 500
"""Maximum number of characters of a question."""
LIGHT = frozenset({"Province", "who", "when", "where", "exist", "speak", "statement", "Agency", "Person", "Article"})
"""Concepts that many questions name in passing."""
LIGHT_WEIGHT, WEIGHT, ENTITY_WEIGHT = 0.4, 1.0, 1.2
NEED_BONUS, COUNTERWEIGHT = 0.5, 0.8
"""What a need counts more than another concept; what a concept counts against a query that does not cover it."""
CLEAR_LEAD = 1.0
"""How far the best query must lead for its answer to be `exact`."""
MAX_UNKNOWN_SHARE = 0.5
OWN_LISTS = frozenset({"by", "comparison", "order", "predicate", "question", "relation"})
"""Parameters whose closed list a query declares itself; their words have another meaning for other queries."""
FOREIGN_TOPIC = "foreign_topic"
"""The concept of words that no query is about, such as birthdays."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A query that may answer a question, with its parameters (those that differ from the defaults).

    `missing` are required parameters without a value, `ambiguous` those whose name fits several entities: the ids.
    `open_concepts` are concepts of the question that the query does not answer. `is_certain` tells whether each entity
    was named, and for one parameter only.
    """

    query: Query
    parameters: Arguments
    score: float
    missing: tuple[str, ...] = ()
    open_concepts: tuple[str, ...] = ()
    ambiguous: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    is_certain: bool = True


@dataclass(frozen=True, slots=True)
class Interpretation:
    """How a question is understood: the queries that may answer it, best first, and how sure that is.

    `confidence` is `exact` if one query fits and every word is understood, `likely` if one fits best, else `none`.
    """

    question: Question
    candidates: Sequence[Candidate]
    confidence: str


def interpret(text: str, queries: Iterable[Query], index: NameIndex, language: str | None = None) -> Interpretation:
    """Understand a question with the names of a release; `language` decides where its words fit several.

    Raises `BadParameter` if it is empty, has control characters, or is longer than `MAX_QUESTION_LENGTH`.
    """
    if len(text) > MAX_QUESTION_LENGTH or has_control_characters(text) or not split_words(text):
        expected = f"1 to {MAX_QUESTION_LENGTH} characters with a letter or digit among them, and no control characters"
        raise BadParameter(f"q: found {quote_for_message(text)}; expected {expected}")
    question = read_question(text, index, language)
    ranking = rank_queries(question, queries, index)
    return Interpretation(question, ranking, _confidence(question, ranking))


def rank_queries(question: Question, queries: Iterable[Query], index: NameIndex) -> list[Candidate]:
    """Return the queries that may answer a question, best first."""
    own_concepts = tuple(dict.fromkeys(concepts(question)))
    describe = cache(partial(described_entity, question, index=index))  # many queries ask for the same types
    fitting = [item for query in queries if (item := _candidate(question, own_concepts, query, describe)) is not None]
    return sorted(fitting, key=lambda candidate: (-candidate.score, candidate.query.name))


def _confidence(question: Question, ranking: Sequence[Candidate]) -> str:
    has_foreign_topic = FOREIGN_TOPIC in question.values("concepts") or names_something_unknown(question)
    if not ranking or ranking[0].score <= 0 or has_foreign_topic or unknown_share(question) > MAX_UNKNOWN_SHARE:
        return "none"
    best, lead = ranking[0], ranking[0].score - (ranking[1].score if len(ranking) > 1 else 0)
    is_open = question.unknown or best.missing or best.open_concepts or best.ambiguous
    # Without a name, a value or a date the question may leave out what it is about: "Who is the director?"
    is_open = is_open or not (best.parameters or question.entities)
    return "exact" if lead >= CLEAR_LEAD and best.is_certain and not is_open else "likely"


def _candidate(question: Question, own_concepts: Sequence[str], query: Query, describe: Describe) -> Candidate | None:
    unmet = [need[0] for need in query.needs if set(own_concepts).isdisjoint(need)]
    # Without the thing that it is about, a question may be asked back; without its concept it is another question.
    if not query.needs or any(need[0] != "@" for need in unmet) or len(unmet) == len(query.needs):
        return None
    filler = ArgumentFiller(question, query, describe)
    covered = {*chain.from_iterable(query.needs), *query.covers} | filler.concepts
    uncovered = [concept for concept in own_concepts if concept not in covered | OWN_LISTS]
    missing = tuple(dict.fromkeys((*filler.missing, *unmet)))
    score = sum(NEED_BONUS * _weight(need[0]) for need in query.needs) - len(missing)
    score += sum(_weight(item) for item in own_concepts if item in covered)
    score -= sum(COUNTERWEIGHT * _weight(item) for item in uncovered)
    # A name that the query is about, but that no parameter takes, leaves something open as well.
    names_left = [concept for concept in own_concepts if concept[0] == "@" and concept not in filler.concepts]
    open_concepts = tuple(dict.fromkeys((*uncovered, *names_left)))
    return Candidate(query, filler.arguments, score, missing, open_concepts, filler.ambiguous, filler.is_certain)


def _weight(concept: str) -> float:
    if concept[0] == "@":
        return ENTITY_WEIGHT
    return LIGHT_WEIGHT if concept in LIGHT else WEIGHT
