"""The answer to a question in words: which query was chosen, how it was read, and what it gives, in a sentence."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypedDict

from ...graph.ask.arguments import Arguments
from ...graph.ask.interpretation import Candidate, Interpretation
from ...graph.catalogue.parameters import ANY_VALUE, Parameter
from ...graph.catalogue.query import Query
from ...graph.model.objects import Row
from ...graph.model.schema import STATUS_GROUPS, schema
from ...graph.reader.objects import QueryRows
from ...graph.reader.reader import Graph
from ..i18n.labels import Labels
from ..i18n.words import Words
from .query_form import value_list
from .query_table import failure_clause, first_clause

MAX_ALTERNATIVES = 3
MAX_CHOICES = 12
MAX_NAMES = 5
"""Maximum number of names in the sentence of an answer."""


class Choice(TypedDict):
    """An entity that a question may mean."""

    id: str
    name: str


class AskBack(TypedDict):
    """What a question leaves open: a parameter of the query, and what it may mean if that is known."""

    parameter: str
    text: str
    choices: list[Choice]


class Reading(TypedDict):
    """A query with parameters, and in words what it asks."""

    query: str
    parameters: Arguments
    reading: str


class AskAnswer(TypedDict):
    """The answer to a question in words, with the keys of the API."""

    question: str
    language: str
    confidence: str
    query: str | None
    parameters: Arguments
    reading: str | None
    sentence: str
    ask_back: AskBack | None
    alternatives: list[Reading]
    not_understood: list[str]
    answer: QueryRows | None


def ask(graph: Graph, text: str, language: str) -> AskAnswer:
    """Answer a question in words, with readings and sentence in `language` (`en` or `vi`).

    Raises `BadParameter` if the text is no question.
    """
    interpretation = graph.interpret(text, language)
    best = interpretation.candidates[0] if interpretation.confidence != "none" else None
    describe = _Describer(graph, language)
    ask_back = describe.ask_back(best) if best is not None else None
    answer = graph.query(best.query.name, best.parameters, language) if best is not None and ask_back is None else None
    words = Words(language)
    if best is None:
        sentence = words("asked_nothing")
    elif answer is not None:
        sentence = describe.sentence(best.query, answer)
    else:
        sentence = ask_back["text"] if ask_back is not None else ""
    return {
        "question": text,
        "language": interpretation.question.language,
        "confidence": interpretation.confidence,
        "query": best.query.name if best is not None else None,
        "parameters": best.parameters if best is not None else {},
        "reading": describe.reading(best.query, best.parameters) if best is not None else None,
        "sentence": sentence,
        "ask_back": ask_back,
        "alternatives": list(describe.alternatives(interpretation, best)),
        "not_understood": interpretation.question.unknown,
        "answer": answer,
    }


class _Describer:
    """Describes queries with parameters, and their answers, in one language."""

    def __init__(self, graph: Graph, language: str) -> None:
        self._graph = graph
        self._labels = Labels(schema(), language)
        self._words = Words(language)
        self._language = language

    def reading(self, query: Query, parameters: Arguments) -> str:
        """Return the question of a query and the parameters that decide its answer: those given, and closed lists."""
        parts = [
            f"{self._title(parameter)}: {', '.join(self._value(parameter, value) for value in values)}"
            for parameter in query.params.values()
            if (values := _values(parameters.get(parameter.name, parameter.default)))
        ]
        return " · ".join((query.question(self._language), *parts))

    def _title(self, parameter: Parameter) -> str:
        help_text = parameter.help_vi if self._language == "vi" and parameter.help_vi else parameter.help
        return first_clause(help_text)

    def _value(self, parameter: Parameter, value: str) -> str:
        if value in parameter.values:
            return self._labels.text_of(parameter.values[value])
        if parameter.type == "entity":
            return self._names([value]).get(value, value)
        return value

    def _names(self, ids: Sequence[str]) -> Mapping[str, str]:
        return self._graph.names(ids, self._language)

    def ask_back(self, candidate: Candidate) -> AskBack | None:
        """Return what must be known before the query can be asked, or None."""
        for name, ids in candidate.ambiguous.items():
            names = self._names(ids)
            choices: list[Choice] = [{"id": key, "name": names.get(key, key)} for key in ids[:MAX_CHOICES]]
            return {"parameter": name, "text": self._words("asked_ambiguous"), "choices": choices}
        for name in candidate.missing:
            parameter = candidate.query.params.get(name) or next(iter(candidate.query.params.values()))
            text = self._words("asked_missing", parameter=self._title(parameter))
            return {"parameter": parameter.name, "text": text, "choices": []}
        return None

    def alternatives(self, interpretation: Interpretation, best: Candidate | None) -> Iterator[Reading]:
        """Yield other readings: the query with other stages of what it asks for, then the next best queries."""
        if best is not None:
            for parameters in _other_stages(best.query, best.parameters):
                yield self._reading(best.query, parameters)
        others = [item for item in interpretation.candidates if item is not best and not item.missing]
        for candidate in others[:MAX_ALTERNATIVES]:
            yield self._reading(candidate.query, candidate.parameters)

    def _reading(self, query: Query, parameters: Arguments) -> Reading:
        return {"query": query.name, "parameters": parameters, "reading": self.reading(query, parameters)}

    def sentence(self, query: Query, answer: QueryRows) -> str:
        """Return the answer in a sentence: how many, which, at which stage; else what comes nearest and why not."""
        rows = answer["rows"]
        if rows:
            names = self._row_names(query, rows)
            key = "asked_rows" if names else "asked_rows_unnamed"
            return self._words(key, n=len(rows), names=self._list(names))
        near = self._row_names(query, answer["near_misses"])
        nearest = [self._words("asked_near", names=self._list(near))] if near else []
        return " ".join((self._words("asked_none"), *nearest))

    def _row_names(self, query: Query, rows: Sequence[Row]) -> list[str]:
        """Return the names of what rows are about, each with its status, or with the condition that it fails."""
        columns = [name for name, column in query.returns.items() if column.type == "entity"]
        named = next((name for name in columns if f"{name}_name" in query.returns), None)
        if named is None:
            return []
        status = next((name for name in query.returns if name == "status" or name.endswith("_status")), None)
        names: dict[str, None] = {}
        for row in rows:
            if row[f"{named}_name"]:
                status_text = self._labels.status(str(row[status])) if status and row[status] else ""
                failures = failure_clause(query, row.get("fails", ()), self._labels)
                details = "; ".join(filter(None, (status_text, failures)))
                suffix = f" ({details})" if details else ""
                names[f"{row[f'{named}_name']}{suffix}"] = None
        return list(names)

    def _list(self, names: Sequence[str]) -> str:
        more = len(names) - MAX_NAMES
        return ", ".join([*names[:MAX_NAMES], *([self._words("asked_more", n=more)] if more > 0 else [])])


def _values(value: Any) -> tuple[str, ...]:
    """Return the values of a parameter as texts; none if it restricts nothing."""
    return () if value == ANY_VALUE else value_list(value)


def _other_stages(query: Query, parameters: Arguments) -> Iterator[Arguments]:
    """Yield the parameters with the other groups of statuses: what is there, what is planned, any."""
    for parameter in query.params.values():
        if parameter.values_of != "statuses":
            continue
        chosen = _values(parameters.get(parameter.name, parameter.default))
        for group in ("in_force", "planned"):
            statuses = [key for key in schema().statuses_in(group) if key in parameter.values]
            if group in STATUS_GROUPS and set(statuses).isdisjoint(chosen):
                yield {**parameters, parameter.name: statuses}
        if chosen:
            yield {**parameters, parameter.name: ANY_VALUE}
