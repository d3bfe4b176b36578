"""An invented graph that is chosen at random and always the same, so that every query meets what nobody thought of.

Parallel and opposite edges, chains, mergers, units of units, every status and basis, missing values, ties in every
order. What the queries answer on it is recorded in `tests/queries/answers`.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar

from tests.support.invented_graph import Builder
from vnkg.graph.model.facts import Disagreement, Mention, Name, Reading, Statement
from vnkg.graph.model.merge import merge
from vnkg.graph.model.release import Release
from vnkg.graph.model.schema import schema

ENTITIES: Mapping[str, tuple[int, Sequence[str]]] = {
    "Province": (9, ("province", "city")),
    "Place": (3, ("country", "town")),
    "Agency": (7, ("department", "unit", "ministry", "committee")),
    "Person": (5, ()),
    "Policy": (5, ("resolution", "plan", "strategy", "action_programme")),
    "Fund": (5, ("venture_capital", "st_development", "startup_support")),
    "Centre": (5, ("innovation_centre", "startup_centre", "incubator")),
    "Organisation": (4, ("company", "university")),
    "Event": (4, ("workshop", "festival")),
    "Programme": (4, ("programme", "product")),
    "Sector": (3, ()),
    "Model": (3, ("instrument", "cooperation")),
}
"""How many entities of each type there are, and their kinds."""
FIXED_IDS = {"Policy": "policy:57-nq-tw", "Model": "model:sandbox"}
"""Ids of the first entities: those that parameters have by default."""
MERGERS = {
    "province:c6": ("province:c0", "2025-07-01"),
    "province:c7": ("province:c6", "2024-05-09"),
    "province:c8": ("province:c7", "2021-01-01"),
}
"""Each former province with its successor and the day."""
RELATIONS: Sequence[tuple[str, str, str, int]] = (
    ("Province", "IMPLEMENTS", "Policy", 14),
    ("Agency", "IMPLEMENTS", "Policy", 6),
    ("Agency", "ISSUED", "Policy", 7),
    ("Province", "ISSUED", "Policy", 7),
    ("Policy", "CONCRETISES", "Policy", 10),
    ("Centre", "LOCATED_IN", "Province", 9),
    ("Centre", "LOCATED_IN", "Place", 4),
    ("Place", "LOCATED_IN", "Province", 4),
    ("Organisation", "LOCATED_IN", "Province", 4),
    ("Organisation", "LOCATED_IN", "Place", 3),
    ("Event", "LOCATED_IN", "Province", 4),
    ("Organisation", "HAS_SITE_IN", "Province", 5),
    ("Centre", "HAS_SITE_IN", "Province", 4),
    ("Agency", "PART_OF", "Province", 7),
    ("Agency", "PART_OF", "Agency", 9),
    ("Place", "PART_OF", "Province", 3),
    ("Centre", "PART_OF", "Centre", 3),
    ("Centre", "PART_OF", "Agency", 3),
    ("Person", "HOLDS_ROLE", "Agency", 14),
    ("Person", "HOLDS_ROLE", "Organisation", 4),
    ("Province", "HAS", "Fund", 6),
    ("Province", "PLANS", "Fund", 6),
    ("Province", "PROPOSES", "Fund", 5),
    ("Agency", "HAS", "Fund", 6),
    ("Agency", "PLANS", "Fund", 4),
    ("Province", "HAS", "Centre", 7),
    ("Province", "PLANS", "Centre", 6),
    ("Agency", "HAS", "Centre", 5),
    ("Agency", "PROPOSES", "Centre", 4),
    ("Organisation", "HAS", "Programme", 4),
    ("Province", "PLANS", "Model", 5),
    ("Province", "HAS", "Model", 4),
    ("Province", "PROPOSES", "Model", 4),
    ("Person", "PROPOSES", "Programme", 4),
    ("Province", "PLANS", "Programme", 4),
    ("Province", "FUNDS", "Programme", 4),
    ("Agency", "FUNDS", "Centre", 4),
    ("Organisation", "SUPPORTS", "Province", 4),
    ("Province", "SUPPORTS", "Organisation", 5),
    ("Place", "SUPPORTS", "Agency", 2),
    ("Province", "HOSTS", "Event", 6),
    ("Agency", "ORGANISES", "Event", 5),
    ("Person", "TOOK_PART_IN", "Event", 9),
    ("Agency", "TOOK_PART_IN", "Event", 4),
    ("Organisation", "LAUNCHED", "Programme", 5),
    ("Agency", "DEVELOPED", "Programme", 4),
    ("Province", "PRIORITISES", "Sector", 9),
    ("Centre", "PRIORITISES", "Sector", 4),
    ("Province", "APPLIES", "Model", 7),
    ("Province", "APPLIES", "Sector", 5),
    ("Programme", "APPLIES", "Sector", 3),
    ("Province", "PARTNERS_WITH", "Province", 5),
    ("Province", "PARTNERS_WITH", "Organisation", 5),
    ("Agency", "PARTNERS_WITH", "Organisation", 4),
    ("Province", "BORDERS", "Province", 9),
    ("Article", "COVERS", "Event", 3),
    ("Organisation", "PUBLISHED", "Article", 3),
)
"""Types of subject and object, and how many statements relate two of them."""
CHAINS: Sequence[tuple[str, str, str, str]] = (
    ("agency:c2", "PART_OF", "agency:c1", "unclear"),
    ("agency:c3", "PART_OF", "agency:c2", "existing"),
    ("agency:c4", "PART_OF", "agency:c3", "in_progress"),
    ("agency:c5", "PART_OF", "province:c1", "planned"),
    ("agency:c6", "PART_OF", "agency:c5", "existing"),
    ("organisation:c1", "PART_OF", "province:c0", "existing"),
    ("place:c1", "PART_OF", "province:c2", "existing"),
    ("place:c2", "PART_OF", "place:c1", "unclear"),
    ("centre:c1", "LOCATED_IN", "place:c2", "unclear"),
    ("centre:c1", "LOCATED_IN", "place:c1", "existing"),
    ("centre:c2", "LOCATED_IN", "place:c1", "planned"),
    ("centre:c3", "PART_OF", "centre:c1", "existing"),
    ("organisation:c1", "HAS", "fund:c0", "existing"),
    ("organisation:c1", "HAS", "centre:c0", "existing"),
    ("agency:c2", "HAS", "fund:c1", "existing"),
    ("agency:c3", "HAS", "fund:c2", "existing"),
    ("agency:c4", "HAS", "fund:c3", "existing"),
    ("agency:c5", "HAS", "fund:c4", "existing"),
    ("agency:c2", "HAS", "centre:c1", "existing"),
    ("agency:c3", "PLANS", "centre:c2", "planned"),
    ("agency:c4", "HAS", "centre:c4", "existing"),
    ("province:c0", "IMPLEMENTS", "policy:57-nq-tw", "existing"),
    ("province:c1", "IMPLEMENTS", "policy:57-nq-tw", "in_progress"),
    ("province:c2", "IMPLEMENTS", "policy:57-nq-tw", "unclear"),
    ("province:c6", "IMPLEMENTS", "policy:57-nq-tw", "existing"),
    ("province:c6", "HAS", "fund:c0", "existing"),
    ("province:c7", "IMPLEMENTS", "policy:57-nq-tw", "in_progress"),
    ("province:c8", "IMPLEMENTS", "policy:57-nq-tw", "existing"),
    ("province:c8", "HAS", "fund:c3", "existing"),
    ("agency:c0", "PART_OF", "province:c8", "existing"),
    ("agency:c0", "HAS", "centre:c3", "existing"),
    ("centre:c4", "LOCATED_IN", "province:c8", "existing"),
    ("province:c7", "HAS", "centre:c0", "in_progress"),
    ("person:c0", "HOLDS_ROLE", "agency:c1", "existing"),
    ("person:c1", "HOLDS_ROLE", "agency:c1", "past"),
    ("person:c2", "HOLDS_ROLE", "agency:c1", "past"),
    ("person:c3", "HOLDS_ROLE", "agency:c1", "existing"),
    ("person:c1", "HOLDS_ROLE", "agency:c0", "past"),
    ("person:c3", "HOLDS_ROLE", "agency:c0", "past"),
    ("person:c1", "HOLDS_ROLE", "agency:c6", "past"),
    ("person:c3", "HOLDS_ROLE", "agency:c6", "past"),
    ("province:c1", "APPLIES", "programme:c1", "existing"),
    ("province:c2", "APPLIES", "programme:c2", "existing"),
)
"""Relations one after the other, with what an organisation, a unit of a unit and a former province run."""
STATUSES = ("existing", "planned", "past", "in_progress", "unclear", "considered", "approved", "proposed", "existing")
BASES = ("stated", "stated", "inferred", "context")
DATES = ("2024", "2024-05", "2024-05-09", "2025-01-01", "2025-06-30", "2025-07-01", "2025-07")
ARTICLES = ("article:c00", "article:c01", "article:c02", "article:c03")
INDICATORS = (("firms", "count"), ("capital", "VND"), ("fund_size", "VND"), ("share", "percent"), ("rank", "rank"))
CLAIM_TYPES = ("goal", "challenge", "measure", "recommendation", "proposal", "opinion")
T = TypeVar("T")


class Choices:
    """Random choices that depend on a name alone, so that an addition leaves the other choices as they are."""

    def __init__(self, name: str) -> None:
        self._random = random.Random(name)

    def pick(self, values: Sequence[T]) -> T:
        """One of the values."""
        return values[int(self._random.random() * len(values))]

    def pick_some(self, values: Sequence[T], limit: int) -> tuple[T, ...]:
        """Up to `limit` of the values, each once."""
        return tuple(dict.fromkeys(self.pick(values) for _ in range(int(self._random.random() * (limit + 1)))))

    def chance(self, probability: float) -> bool:
        """True with this probability."""
        return self._random.random() < probability


def _ids(node: str) -> list[str]:
    if node == "Article":
        return list(ARTICLES)
    count, _kinds = ENTITIES[node]
    prefix = schema().nodes[node].prefix
    ids = [f"{prefix}:c{number}" for number in range(count)]
    return [FIXED_IDS.get(node, ids[0]), *ids[1:]]


def _all_ids() -> list[str]:
    return [entity_id for node in ENTITIES for entity_id in _ids(node)]


def _add_entities(facts: Builder) -> None:
    for node, (_count, kinds) in ENTITIES.items():
        choices = Choices(node)
        for number, entity_id in enumerate(_ids(node)):
            attributes: dict[str, Any] = {"kind": kinds[number % len(kinds)]} if kinds else {}
            # Names in an order that is not the order of the ids; some occur twice.
            name = f"{choices.pick('ABCD')} {node.lower()} {choices.pick('xyz')}"
            names = [Name(name, choices.pick(("vi", "en")))]
            if choices.chance(0.4):
                names.append(Name(f"{name} in English", "en"))
            if choices.chance(0.5):
                names.append(Name(f"{name} khác", "vi", choices.pick(("alias", "former")), choices.pick(ARTICLES)))
            if node in ("Fund", "Centre") and choices.chance(0.7):
                attributes["named"] = choices.pick(("article", "ours"))
            if node == "Policy" and choices.chance(0.7):
                attributes["issued_on"] = choices.pick(DATES)
            if node == "Policy" and choices.chance(0.7):
                attributes["number"] = f"{choices.pick('1234')}/NQ-{choices.pick('AB')}"
            if node == "Event" and choices.chance(0.8):
                attributes["date"] = choices.pick(DATES)
            if node == "Person":
                attributes["diacritics"] = choices.pick(("article", "supplied"))
            if entity_id in MERGERS:
                attributes["abolished_on"] = MERGERS[entity_id][1]
            facts.entity(entity_id, node, name, *names, **attributes)


def _properties(choices: Choices) -> dict[str, Any]:
    return {
        "article": choices.pick(ARTICLES),
        "basis": choices.pick(BASES),
        "as_of": choices.pick(DATES),
    }


def _qualifiers(choices: Choices, predicate: str) -> dict[str, Any]:
    if predicate == "IMPLEMENTS":
        return {"implementation": choices.pick(("explicit", "in_spirit", "context"))}
    if predicate == "HOLDS_ROLE":
        return {"title": choices.pick(("Giám đốc", "Phó Giám đốc")), "head": choices.chance(0.5)}
    return {"date": choices.pick(DATES)} if predicate == "ISSUED" and choices.chance(0.7) else {}


def _add_relations(facts: Builder) -> None:
    for subject_type, predicate, object_type, count in RELATIONS:
        choices = Choices(f"{subject_type} {predicate} {object_type}")
        allowed = [status for status in STATUSES if status in {*schema().edges[predicate].statuses, "unclear"}]
        for _ in range(count):
            subject, target = choices.pick(_ids(subject_type)), choices.pick(_ids(object_type))
            if subject == target:
                continue
            for _ in range(2 if choices.chance(0.3) else 1):
                status = choices.pick(allowed)
                qualifiers = _qualifiers(choices, predicate)
                speaker = choices.pick(_ids("Person")) if choices.chance(0.2) else None
                facts.relate(
                    subject, predicate, target, status, qualifiers=qualifiers, speaker=speaker, **_properties(choices)
                )
    for former, (successor, day) in MERGERS.items():
        facts.add_reference(former, "MERGED_INTO", successor, qualifiers={"date": day})
    for subject, predicate, target, status in CHAINS:
        choices = Choices(f"{subject} {target}")
        qualifiers = _qualifiers(choices, predicate)
        facts.relate(subject, predicate, target, status, qualifiers=qualifiers, **_properties(choices))
    facts.add_reference("province:c1", "BORDERS", "province:c2")
    facts.add_reference("agency:c1", "PART_OF", "province:c1")


def _add_numbers(facts: Builder) -> None:
    choices = Choices("numbers")
    subjects = [*_ids("Province"), *_ids("Fund"), *_ids("Centre")[:2], *_ids("Agency")[:2], *_ids("Place")[:1]]
    for indicator, unit in INDICATORS:
        for _ in range(14):
            number = {
                "indicator": indicator,
                "unit": "USD" if unit == "VND" and choices.chance(0.3) else unit,
                "value": choices.pick((3, 20, 20, 60.5)),
                "comparator": choices.pick(("=", "=", "more than", "at least", "at most", "less than")),
                "value_status": choices.pick(("actual", "actual", "target", "planned")),
                "period": choices.pick((None, "2024", "2025", "2024-05", "2021/2025", "2030")),
            }
            subject = choices.pick(subjects)
            for _ in range(2 if choices.chance(0.3) else 1):
                facts.add_statement(
                    "measurement", subject, f"{indicator} is measured", **number, **_properties(choices)
                )


def _add_reference_numbers(facts: Builder) -> None:
    choices = Choices("reference numbers")
    for number in range(8):
        facts.statements.append(
            Statement(
                f"statement:reference-number-{number}", "measurement", choices.pick(_ids("Province")), "reference",
                "A reference number.", indicator=choices.pick(("firms", "capital")), value=7, unit="VND",
                comparator="=", value_status="actual", period=choices.pick((None, "2024")), as_of=choices.pick(DATES),
                as_of_from="reference", source="an invented atlas", checked_on="2026-11-01",
            )
        )  # fmt: skip


def _add_claims(facts: Builder) -> None:
    choices = Choices("claims")
    speakers = [*_ids("Person"), *_ids("Agency")[:2], None]
    subjects = [*_ids("Province"), *_all_ids()]
    for claim_type in CLAIM_TYPES:
        for _ in range(14):
            subject = choices.pick(subjects)
            about = (*choices.pick_some(subjects, 3), *([subject] if choices.chance(0.3) else []))
            facts.add_statement(
                "claim", subject, f"A {claim_type} is stated", claim_type=claim_type,
                speaker=choices.pick(speakers), about=tuple(dict.fromkeys(about)), **_properties(choices),
            )  # fmt: skip


def _disagreements(facts: Builder) -> tuple[Disagreement, ...]:
    choices = Choices("disagreements")
    statements = [statement.id for statement in facts.statements if statement.passage]
    made: list[Disagreement] = []
    for number in range(18):
        about = tuple(sorted({choices.pick(_ids("Province")), choices.pick(_all_ids())}))
        readings = tuple(Reading((choices.pick(statements),), f"Reading {side}") for side in "ab")
        is_settled = choices.chance(0.4)
        kind = choices.pick(("value", "translation", "scope", "date", "definition"))
        gloss, reason = f"Disagreement {number}.", "It is newer." if is_settled else None
        preferred = 1 if is_settled else None
        made.append(Disagreement(f"disagreement:c{number}", kind, about, readings, gloss, preferred, reason))
    return tuple(made)


@cache
def release() -> Release:
    """Return the release of the random graph."""
    facts = Builder()
    for article, origin in zip(ARTICLES, ("one", "one", "two", "three"), strict=True):
        number = article.partition(":")[2]
        facts.article(number, f"2025-1{number[-1]}-19", "vi" if number == "c01" else "en", origin=origin)
    _add_entities(facts)
    _add_relations(facts)
    _add_numbers(facts)
    _add_claims(facts)
    _add_reference_numbers(facts)
    choices = Choices("dates of sentences")
    facts.statements = [
        replace(statement, as_of_from="sentence") if statement.passage and choices.chance(0.3) else statement
        for statement in facts.statements
    ]
    choices = Choices("mentions")
    mentions = {
        Mention(choices.pick(ARTICLES), choices.pick(_all_ids()), 1 + number % 40, number % 7, number % 7 + 5)
        for number in range(150)
    }
    collected = facts.facts(*_disagreements(facts))
    return merge(replace(collected, mentions=tuple(sorted(mentions))), schema())
