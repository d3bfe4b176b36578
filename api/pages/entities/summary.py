"""The summary at the top of an entity page: two or three whole sentences, made from its edges and attributes.

It says no more than the data: a status other than in force, a weak basis and a due date follow each name as a note.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import Formatter
from typing import Any

from ....graph.model.objects import Row
from ....graph.model.schema import schema
from ....graph.reader.objects import EntityDetails, EntityEdge
from ...i18n.labels import Labels
from ...i18n.language import format_date, format_due
from ...i18n.words import Words
from .not_stated import UnansweredQuestion

MAX_SENTENCES = 4
VOWEL_SOUNDS = ("a", "e", "i", "o", "u")
MAX_NAMES = 3
"""Maximum number of names in a list of a sentence; the rest is counted."""


@dataclass(frozen=True, slots=True)
class SummaryName:
    """A name in a sentence, shown as a link, with a note in parentheses (may be empty)."""

    id: str
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class NameList:
    """Names in a sentence; `left_out` counts those that are not listed."""

    names: Sequence[SummaryName]
    left_out: int = 0


Sentence = list[str | NameList]
"""A sentence in parts: text, and lists of names."""


@dataclass(frozen=True, slots=True)
class SummaryData:
    """What a summary is made from; `speaks` counts the statements of which the entity is the speaker."""

    entity: EntityDetails
    heading: str
    officials: Sequence[Row]
    open_questions: Sequence[UnansweredQuestion]
    is_mentioned: bool
    statements: int
    articles: int
    speaks: int


def summary_of(data: SummaryData, labels: Labels) -> list[Sentence]:
    """Return the sentences of the summary."""
    writer = _Writer(data, labels)
    if not data.is_mentioned:
        return [writer.sentence("summary_not_mentioned")]
    sentences = [*_BY_TYPE.get(data.entity["type"], _counts)(writer)]
    return (sentences or [*_counts(writer)])[:MAX_SENTENCES]


def _in_force_edges(edges: Iterable[EntityEdge]) -> list[EntityEdge]:
    return [edge for edge in edges if edge["status"] in schema().statuses_in("in_force") and edge["basis"] != "context"]


def _planned_edges(edges: Iterable[EntityEdge]) -> list[EntityEdge]:
    return [edge for edge in edges if edge["status"] in schema().statuses_in("planned")]


class _Writer:
    """Writes sentences about one entity in one language."""

    def __init__(self, data: SummaryData, labels: Labels) -> None:
        self.data = data
        self.entity = data.entity
        self.labels = labels
        self.words = Words(labels.language)

    def edges(self, predicates: Iterable[str], direction: str, *types: str) -> list[EntityEdge]:
        """Return the edges with one of the predicates in a direction, to entities of the types (of any if none)."""
        wanted = list(predicates)
        return [
            edge
            for edge in self.entity["edges"]
            if edge["predicate"] in wanted
            and edge["direction"] == direction
            and (not types or edge["neighbour"]["type"] in types)
        ]

    def sentence(self, key: str, /, **values: str | int | Sequence[SummaryName]) -> Sentence:
        """Return a text with its placeholders filled; `name` is the entity. A list of one name uses the text KEY_1."""
        lists = [value for value in values.values() if not isinstance(value, str | int)]
        text = self.words(f"{key}_1" if lists and len(lists[-1]) == 1 else key, fallback_key=key)
        parts: Sentence = []
        for literal, field, _, _ in Formatter().parse(text):
            parts.append(literal)
            if field == "name":
                parts.append(NameList([SummaryName(self.entity["id"], self.data.heading)]))
            elif field is not None:
                value = values[field]
                parts.append(
                    str(value)
                    if isinstance(value, str | int)
                    else NameList(value[:MAX_NAMES], max(len(value) - MAX_NAMES, 0))
                )
        return parts

    def names(
        self, edges: Iterable[EntityEdge], plain_statuses: Sequence[str] = ("existing", "in_progress")
    ) -> list[SummaryName]:
        """Return the other ends; the note of each has a status beyond the plain ones, a weak basis and a due date."""
        return [
            SummaryName(edge["neighbour"]["id"], edge["neighbour"]["name"], self._note(edge, plain_statuses))
            for edge in edges
        ]

    def _note(self, edge: EntityEdge, plain_statuses: Sequence[str]) -> str:
        labels = self.labels
        notes = list[str]()
        if edge["status"] and edge["status"] not in plain_statuses:
            notes.append(labels.status(edge["status"]))
        if edge.get("implementation"):
            notes.append(labels.term(schema().implementations, str(edge.get("implementation"))))
        elif edge["basis"] != "stated":
            notes.append(labels.basis(edge["basis"]))
        if edge.get("due"):
            notes.append(format_due(str(edge.get("due")), labels.language))
        return ", ".join(notes)

    @property
    def kind(self) -> str:
        """The kind of the entity with its indefinite article, or its type if the kind says nothing."""
        kind = self.entity.get("kind")
        label = self.labels.kind(self.entity["type"], kind) if kind not in (None, "other") else ""
        label = label or self.labels.type(self.entity["type"]).lower()
        return self.words(
            "summary_a_vowel" if label.startswith(VOWEL_SOUNDS) and not label.startswith("uni") else "summary_a",
            kind=label,
        )


def _province(write: _Writer) -> Iterator[Sentence]:
    implements = write.edges(["IMPLEMENTS"], "out", "Policy")
    by_context = [edge for edge in implements if edge.get("implementation") == "context" or edge["basis"] == "context"]
    to_implement = _planned_edges(edge for edge in implements if edge not in by_context)
    implements = [edge for edge in implements if edge["holds"]]
    policy = next((item.policy for item in write.data.open_questions if item.policy is not None), None)
    is_open = policy is not None and policy.id not in {edge["neighbour"]["id"] for edge in by_context}
    national = [SummaryName(policy.id, policy.name)] if policy is not None and is_open else []
    if implements and national:
        yield write.sentence("summary_implements_others", policies=write.names(implements), national=national)
    elif implements:
        yield write.sentence("summary_implements", policies=write.names(implements))
    elif national and national[0].id not in {edge["neighbour"]["id"] for edge in to_implement}:
        yield write.sentence("summary_policy_not_stated", policies=national)
    if to_implement:
        yield write.sentence("summary_to_implement", policies=write.names(to_implement, ["planned"]))
    if by_context:
        policies = [SummaryName(edge["neighbour"]["id"], edge["neighbour"]["name"]) for edge in by_context]
        yield write.sentence("summary_context_policy", policies=policies)
    yield from _instruments(write)
    yield from _department(write)


def _department(write: _Writer) -> Iterator[Sentence]:
    """Say who heads, or is named at, the first agency with officials: the science department if it has any."""
    current = [row for row in write.data.officials if "in_office" not in row.get("fails", ())]
    if not current:
        return
    agency = SummaryName(str(current[0]["agency"]), str(current[0]["agency_name"]))
    rows = [row for row in current if row["agency"] == agency.id]
    heads = [row for row in rows if row.get("heads_agency")]
    people = [
        SummaryName(str(row["person"]), str(row["person_name"]), str(row["title"] or "")) for row in heads or rows
    ]
    yield write.sentence("summary_agency_head" if heads else "summary_agency_officials", agency=[agency], people=people)


def _instruments(write: _Writer) -> Iterator[Sentence]:
    """Say which funds and centres it has, plans or proposes, each with its own stage."""
    edges = write.edges(schema().existence, "out", "Fund", "Centre")
    edges.sort(key=_fund_first)
    others = [edge for edge in edges if edge["status"] in schema().statuses_in("uncertain")]
    has, plans = write.names(_in_force_edges(edges)), write.names(_planned_edges(edges), ["planned"])
    if has and plans:
        yield write.sentence("summary_has_and_plans", instruments=has, plans=plans)
    elif has:
        yield write.sentence("summary_has", instruments=has)
    elif plans:
        yield write.sentence("summary_plans", plans=plans)
    if others:
        yield write.sentence("summary_uncertain", instruments=write.names(others))


def _fund_first(edge: EntityEdge) -> bool:
    return edge["neighbour"]["type"] != "Fund"


def _instrument(write: _Writer) -> Iterator[Sentence]:
    status = write.entity.get("status")
    if status:
        yield write.sentence("summary_is_with_status", kind=write.kind, status=write.labels.status(str(status)))
    else:
        yield write.sentence("summary_is_without_status", kind=write.kind)
    owners = _in_force_edges(write.edges(["HAS"], "in"))
    operators = [edge for edge in owners if edge.get("operator")]
    owners = [edge for edge in owners if edge not in operators]
    planners = _planned_edges(write.edges(["PLANS", "PROPOSES"], "in"))
    makers = _in_force_edges(write.edges(["LAUNCHED", "DEVELOPED"], "in"))
    if operators:
        yield write.sentence("summary_operated_by", owners=write.names(operators))
    if owners:
        yield write.sentence("summary_owned_by", owners=write.names(owners))
    if planners:
        is_dated = any(edge.get("due") for edge in planners)
        key = "summary_planned_by" if is_dated else "summary_planned_by_undated"
        yield write.sentence(key, owners=write.names(planners, ["planned"]))
    if makers:
        yield write.sentence("summary_made_by", owners=write.names(makers))
    if not (operators or owners or planners or makers):
        locations = _in_force_edges(write.edges(["LOCATED_IN", "HAS_SITE_IN"], "out"))
        if locations:
            yield write.sentence("summary_located", places=write.names(locations))


def _person(write: _Writer) -> Iterator[Sentence]:
    roles = write.edges(["HOLDS_ROLE"], "out")
    for edge in sorted(roles, key=lambda edge: not edge["holds"])[: MAX_SENTENCES - 1]:
        key = "summary_holds_office" if edge["holds"] else "summary_held_office"
        yield write.sentence(key, title=str(edge.get("title", "")), body=write.names([edge]))
    if not roles:
        yield write.sentence("summary_no_office")
    if write.data.speaks:
        yield write.sentence("summary_speaks" if write.data.speaks > 1 else "summary_speaks_once", n=write.data.speaks)


def _policy(write: _Writer) -> Iterator[Sentence]:
    entity, issuers = write.entity, write.edges(["ISSUED"], "in")
    number, day = str(entity.get("number") or ""), str(entity.get("issued_on") or "")
    key = "summary_policy" + ("_numbered" if number and number not in write.data.heading else "")
    yield write.sentence(key, kind=write.kind, number=number)
    values: dict[str, Any] = {"issuers": write.names(issuers)} if issuers else {}
    if day:
        values["date"] = format_date(day, write.labels.language)
    key = "summary_issued" + ("_by" if issuers else "") + ("_on" if day else "")
    yield write.sentence(key, **values)
    implementers = [edge for edge in write.edges(["IMPLEMENTS"], "in") if edge["holds"]]
    by_context = [edge for edge in write.edges(["IMPLEMENTS"], "in") if edge.get("implementation") == "context"]
    if implementers:
        yield write.sentence("summary_implemented_by", actors=write.names(implementers))
    if by_context:
        actors = [SummaryName(edge["neighbour"]["id"], edge["neighbour"]["name"]) for edge in by_context]
        yield write.sentence("summary_context_actors", actors=actors)


def _body(write: _Writer) -> Iterator[Sentence]:
    parents = _in_force_edges(write.edges(["PART_OF"], "out"))
    locations = _in_force_edges(write.edges(["LOCATED_IN"], "out"))
    if parents:
        yield write.sentence("summary_part_of", kind=write.kind, places=write.names(parents))
    elif locations:
        yield write.sentence("summary_is_in", kind=write.kind, places=write.names(locations))
    else:
        yield write.sentence("summary_is", kind=write.kind)
    yield from _instruments(write)
    roles = [edge for edge in write.edges(["HOLDS_ROLE"], "in") if edge["holds"]]
    heads = [edge for edge in roles if edge.get("head")]
    if roles:
        people = [
            SummaryName(edge["neighbour"]["id"], edge["neighbour"]["name"], str(edge.get("title", "")))
            for edge in heads or roles
        ]
        yield write.sentence("summary_headed_by" if heads else "summary_officials", people=people)


def _event(write: _Writer) -> Iterator[Sentence]:
    day = str(write.entity.get("date") or "")
    if day:
        yield write.sentence("summary_event_on", kind=write.kind, date=format_date(day, write.labels.language))
    else:
        yield write.sentence("summary_event", kind=write.kind)
    hosts = _in_force_edges(write.edges(["HOSTS", "ORGANISES"], "in"))
    if hosts:
        yield write.sentence("summary_hosts", hosts=write.names(hosts))


def _topic(write: _Writer) -> Iterator[Sentence]:
    for predicates, key, planned_key in (
        (("PRIORITISES",), "summary_prioritised_by", "summary_to_be_prioritised_by"),
        (("HAS", "APPLIES", "PLANS", "PROPOSES"), "summary_applied_by", "summary_to_be_applied_by"),
    ):
        edges = write.edges(predicates, "in")
        if _in_force_edges(edges):
            yield write.sentence(key, actors=write.names(_in_force_edges(edges)))
        if _planned_edges(edges):
            yield write.sentence(planned_key, actors=write.names(_planned_edges(edges), ["planned"]))


def _counts(write: _Writer) -> Iterator[Sentence]:
    yield write.sentence(
        "summary_other",
        statements=write.words("entity_statements_n", n=write.data.statements),
        articles=write.words("articles", n=write.data.articles),
    )


_BY_TYPE: Mapping[str, Callable[[_Writer], Iterator[Sentence]]] = {
    "Province": _province,
    "Fund": _instrument,
    "Centre": _instrument,
    "Programme": _instrument,
    "Person": _person,
    "Policy": _policy,
    "Agency": _body,
    "Organisation": _body,
    "Event": _event,
    "Sector": _topic,
    "Model": _topic,
}
