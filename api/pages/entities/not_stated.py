"""Questions about an entity that no article answers, each with the nearest things that articles do state.

That something is not stated never means that it is not so.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...i18n.labels import Labels
from ...i18n.words import Words
from ...service.service import Service

PROVINCES = "not_stated"
"""The query with the questions for provinces."""
MONEY = ("VND", "USD")
GONE = ("past", "disputed")
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Near:
    """An entity that comes near an answer: its status, and how it implements the policy, say how near."""

    id: str
    name: str
    status: str | None
    tie: str = ""


@dataclass(frozen=True, slots=True)
class Open:
    """A question that no article answers, with the nearest entities and a note (may be empty)."""

    question: str
    nearest: Sequence[Near] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """The entity and its statements, which the questions examine."""

    entity: Json
    statements: Sequence[Json]

    def edges(self, predicates: Iterable[str], direction: str) -> list[Json]:
        """Return the edges with one of the predicates in a direction, `in` or `out`."""
        wanted = set(predicates)
        return [edge for edge in self.entity["edges"] if edge["predicate"] in wanted and edge["direction"] == direction]


def left_open(service: Service, entity: Json, statements: Sequence[Json], language: str) -> list[Open]:
    """Return the questions for the type of the entity that no article answers."""
    if entity["type"] == "Province":
        return _of_province(service, entity, language)
    words = Words(language)
    known = Known(entity, statements)
    return [one for ask in _QUESTIONS.get(entity["type"], ()) for one in ask(known, words)]


def speaking(entity: Json, statements: Iterable[Json]) -> list[str]:
    """Return the ids of the articles that mention an entity or have a statement about it, sorted.

    Statements of which the entity is itself the speaker do not count.
    """
    told = {said["article"] for said in statements if "article" in said and said.get("speaker") != entity["id"]}
    return sorted(told | {mention["article"] for mention in entity["mentions"]})


def _of_province(service: Service, entity: Json, language: str) -> list[Open]:
    if PROVINCES not in service.queries or "abolished_on" in entity:
        return []
    labels, params = Labels(service.schema, language), service.queries[PROVINCES].params
    rows = service.graph.query(PROVINCES, {"province": entity["id"]})["rows"]
    policy = str(params["policy"].default)
    cards = service.graph.cards((policy, *(key for row in rows for key in row["nearest"])))
    ties = {edge["other"]["id"]: edge.get("implementation") for edge in entity["edges"]}
    near = {
        card["id"]: Near(
            card["id"], card["name"], card["status"], labels.term(service.schema.implementations, ties.get(card["id"]))
        )
        for card in cards
    }
    asked = params["question"].values
    order = list(asked)
    found: list[Open] = []
    for row in sorted(rows, key=lambda row: order.index(row["question"])):
        question = labels.term(asked, row["question"])
        if row["question"] == "implements_policy":
            question += f" ({near[policy].name if policy in near else policy})"
        found.append(Open(question, [near[key] for key in row["nearest"]]))
    return found


def _ends(edges: Iterable[Json]) -> list[Near]:
    others = (edge["other"] for edge in edges)
    return sorted(
        {other["id"]: Near(other["id"], other["name"], other["status"]) for other in others}.values(), key=_id
    )


def _id(near: Near) -> str:
    return near.id


def _name(known: Known, words: Words) -> Iterator[Open]:
    if known.entity.get("named") == "ours":
        yield Open(words("entity_open_name"), words=words("entity_open_name_ours"))


def _size(known: Known, words: Words) -> Iterator[Open]:
    numbers = [
        said for said in known.statements if said["kind"] == "measurement" and said["subject"] == known.entity["id"]
    ]
    if not any(said.get("unit") in MONEY for said in numbers):
        yield Open(words("entity_open_size"), _ends(known.edges(["FUNDS"], "in")))


def _head(known: Known, words: Words) -> Iterator[Open]:
    roles = known.edges(["HOLDS_ROLE"], "in")
    if not any(role.get("head") and role["status"] not in GONE for role in roles):
        runs = known.edges(["OPERATES", "PLANS", "PROPOSES"], "in") if known.entity["type"] == "Fund" else []
        yield Open(words("entity_open_head"), _ends(roles) or _ends(runs))


def _status(known: Known, words: Words) -> Iterator[Open]:
    if known.entity.get("status") in (None, "unclear"):
        yield Open(words("entity_open_status"), _ends(known.edges(["LOCATED_IN", "HAS_SITE_IN", "PART_OF"], "out")))


def _since(known: Known, words: Words) -> Iterator[Open]:
    told = {key for edge in known.edges(["OPERATES", "PLANS", "PROPOSES"], "in") for key in edge["statements"]}
    days = [said for said in known.statements if said["id"] in told and said.get("as_of")]
    if known.entity.get("status") and not any(said.get("as_of_from") == "sentence" for said in days):
        yield Open(words("entity_open_since"), words=words("entity_open_since_article") if days else "")


def _issuer(known: Known, words: Words) -> Iterator[Open]:
    if not known.edges(["ISSUED"], "in"):
        yield Open(words("entity_open_issuer"), _ends(known.edges(["IMPLEMENTS"], "in")))


def _issued_on(known: Known, words: Words) -> Iterator[Open]:
    if not known.entity.get("issued_on"):
        yield Open(words("entity_open_issued_on"), _ends(known.edges(["CONCRETISES"], "out")))


def _event_date(known: Known, words: Words) -> Iterator[Open]:
    if not known.entity.get("date"):
        yield Open(words("entity_open_event_date"))


def _office(known: Known, words: Words) -> Iterator[Open]:
    if not known.edges(["HOLDS_ROLE"], "out"):
        yield Open(words("entity_open_office"), _ends(known.entity["edges"]))


_QUESTIONS: Mapping[str, Sequence[Callable[[Known, Words], Iterator[Open]]]] = {
    "Fund": (_name, _size, _head, _since),
    "Centre": (_name, _status),
    "Programme": (_status,),
    "Agency": (_head,),
    "Policy": (_issuer, _issued_on),
    "Person": (_office,),
    "Event": (_event_date,),
}
