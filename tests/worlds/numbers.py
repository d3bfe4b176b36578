"""A world for queries about counts, measurements and unanswered questions: eight invented provinces and three articles.

`article:i02` is a translation of `article:i00`. `aaa` answers every question; each other province fails in its own way:
`bbb` only plans, `ccc` was merged into `bbb`, `ddd` is only mentioned, `eee` is never mentioned, `fff` is disputed,
`ggg` has only reference statements, `hhh` only context or unfinished things.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from tests.invented import FIRST, POLICY, SECOND, Builder
from vnkg.graph.model.facts import Mention, Name, Statement
from vnkg.graph.model.merge import merge
from vnkg.graph.model.release import Release
from vnkg.graph.model.schema import schema

Given = Mapping[str, str | Sequence[str]]
TWIN = "article:i02"
MERGED = "2025-07-01"
HEAD: Mapping[str, Any] = {"title": "Giám đốc", "head": True}
DEPUTY: Mapping[str, Any] = {"title": "Phó Giám đốc", "head": False}


def _places(facts: Builder) -> None:
    facts.article("i00", "2025-10-19", "en", same_text="one-text")
    facts.article("i01", "2025-11-18", "vi")
    facts.article("i02", "2025-10-19", "vi", origin="origin-i00", same_text="one-text")
    changes: Mapping[str, Mapping[str, Any]] = {"bbb": {"extent_changed_on": MERGED}, "ccc": {"abolished_on": MERGED}}
    for slug in ("aaa", "bbb", "ccc", "ddd", "eee", "fff", "ggg", "hhh"):
        names = (Name(f"Tỉnh {slug.title()}", "vi"), Name(slug.title(), "en", "alias", FIRST))
        facts.entity(
            f"province:{slug}", "Province", f"Tỉnh {slug.title()}", *names, kind="province", **changes.get(slug, {})
        )
    facts.entity(POLICY, "Policy", "Nghị quyết 57-NQ/TW", Name("57-NQ/TW", "vi", "number"), kind="resolution")
    facts.entity("policy:own-plan", "Policy", "Kế hoạch Bbb", kind="plan")
    facts.entity("place:town", "Place", "Thị trấn", kind="town")
    facts.entity("sector:sss", "Sector", "Lĩnh vực")
    facts.entity("model:mmm", "Model", "Khung thử", Name("Khung thử", "vi", "translation"), Name("Test frame", "en"))
    facts.entity("model:nnn", "Model", "Other frame", Name("Other frame", "en"), Name("Other frame", "de"))
    facts.say("place:town", "LOCATED_IN", "province:aaa", "existing")
    facts.reference("province:ccc", "MERGED_INTO", "province:bbb", qualifiers={"date": MERGED})
    facts.reference("province:ggg", "BORDERS", "province:hhh")


def _person(facts: Builder, slug: str, agency: str, status: str = "existing", **qualifiers: Any) -> str:
    person = facts.entity(f"person:{slug}", "Person", slug.title(), Name(slug.title(), "en"))
    facts.say(person, "HOLDS_ROLE", agency, status, qualifiers=qualifiers)
    return person


def _departments(facts: Builder) -> None:
    for slug in ("aaa", "bbb", "fff"):
        agency = facts.department(slug)
        name = f"Sở Khoa học và Công nghệ {slug.title()}"
        facts.entity(agency, "Agency", name, kind="department")
    other = facts.entity("agency:so-khac", "Agency", "Sở Khác", kind="department")
    facts.say(other, "PART_OF", "province:hhh", "existing")
    _person(facts, "head-aaa", "agency:so-aaa", **HEAD)
    _person(facts, "deputy-aaa", "agency:so-aaa", **DEPUTY)
    _person(facts, "deputy-bbb", "agency:so-bbb", **DEPUTY)
    _person(facts, "former-fff", "agency:so-fff", "past", **HEAD)
    _person(facts, "head-hhh", "agency:so-khac", **HEAD)


def _ties(facts: Builder) -> None:
    facts.tie("province:aaa")
    facts.tie("province:aaa", article=TWIN)
    facts.tie("province:bbb", status="planned")
    facts.tie("province:bbb", policy="policy:own-plan", status="existing")
    facts.tie("province:fff", status="existing")
    facts.tie("province:fff", status="planned")
    facts.tie("province:hhh", "context", basis="context")
    facts.say("province:aaa", "PARTNERS_WITH", "province:bbb", "existing")
    facts.say("province:bbb", "PARTNERS_WITH", "province:aaa", "existing", article=SECOND)
    facts.say("province:aaa", "PRIORITISES", "sector:sss", "existing")
    facts.say("province:aaa", "PRIORITISES", "sector:sss", "existing", article=TWIN)
    facts.say("province:hhh", "PRIORITISES", "sector:sss", "unclear")


def _funds_and_centres(facts: Builder) -> None:
    facts.say("province:aaa", "OPERATES", facts.fund("aaa-vc"), "existing")
    facts.say("province:aaa", "OPERATES", facts.fund("aaa-st", "st_development"), "existing", basis="inferred")
    facts.say("province:bbb", "PLANS", facts.fund("bbb-vc"), "planned")
    facts.say("province:fff", "OPERATES", facts.fund("fff-vc"), "existing")
    facts.say("province:fff", "PLANS", "fund:fff-vc", "planned")
    facts.say("agency:so-fff", "OPERATES", facts.fund("fff-st", "st_development"), "existing")
    facts.say("province:hhh", "OPERATES", facts.fund("hhh-vc"), "in_progress")
    translated = (Name("Quỹ Ggg", "vi", "translation"), Name("Ggg fund", "en"))
    facts.entity("fund:ggg-vc", "Fund", "Ggg fund", *translated, kind="venture_capital")
    facts.reference("province:ggg", "OPERATES", "fund:ggg-vc")
    kinds = {"aaa": "innovation_centre", "bbb": "innovation_centre", "fff": "incubator", "town": "innovation_centre"}
    for slug, kind in kinds.items():
        facts.entity(f"centre:{slug}", "Centre", f"Trung tâm {slug}", kind=kind)
    facts.say("province:aaa", "OPERATES", "centre:aaa", "existing")
    facts.say("centre:aaa", "LOCATED_IN", "province:aaa", "existing")
    facts.say("province:bbb", "PLANS", "centre:bbb", "planned")
    facts.say("centre:bbb", "LOCATED_IN", "province:bbb", "planned")
    facts.say("agency:so-fff", "OPERATES", "centre:fff", "existing")
    facts.say("province:aaa", "PLANS", "centre:town", "considered")
    facts.say("centre:town", "LOCATED_IN", "place:town", "planned")


def _number(facts: Builder, slug: str, value: float, **more: Any) -> None:
    subject = slug if ":" in slug else f"province:{slug}"
    said: dict[str, Any] = {"indicator": "firms", "unit": "count", "value_status": "actual", "comparator": "="} | more
    if said.get("article") == TWIN:
        said["as_of"] = "2025-10-19"
    facts.put("measurement", subject, f"{slug} {said['comparator']} {value}", value=value, **said)


def _numbers(facts: Builder) -> None:
    _number(facts, "aaa", 90)
    _number(facts, "aaa", 90, article=TWIN)
    _number(facts, "aaa", 500, value_status="target", period="2030")
    _number(facts, "bbb", 300, comparator="more than", article=SECOND, speaker="person:deputy-bbb")
    _number(facts, "bbb", 70, period="2024")
    _number(facts, "bbb", 100, period="2021/2025")
    _number(facts, "ccc", 30)
    _number(facts, "ccc", 25, period="2024")
    _number(facts, "fff", 200)
    _number(facts, "fff", 210, article=SECOND)
    _number(facts, "fff", 55.5, unit="percent")
    _number(facts, "hhh", 50, comparator="more than")
    _number(facts, "place:town", 10)
    _number(facts, "centre:town", 3, indicator="rooms", value_status="planned")
    _number(facts, "aaa", 5, indicator="index_rank", unit="rank", value_status="target")
    _number(facts, "fff", 60, indicator="share", unit="percent", value_status="target", period="2026")
    _number(facts, "fff", 60, indicator="share", unit="percent", value_status="target", period="2026", article=TWIN)
    _number(facts, "fund:aaa-vc", 5e9, indicator="capital", unit="VND")
    _number(facts, "fund:bbb-vc", 9e9, indicator="capital", unit="VND", value_status="planned")
    _number(facts, "hhh", 7e9, indicator="st_spending", unit="VND")
    facts.statements.append(
        Statement(
            "statement:reference-firms", "measurement", "province:ggg", "reference", "ggg 7", indicator="firms", value=7,
            unit="count", comparator="=", value_status="actual", source="an invented atlas", checked_on="2026-11-01",
        )
    )  # fmt: skip


def _claims(facts: Builder) -> None:
    head, deputy = "person:head-aaa", "person:deputy-bbb"
    facts.put("claim", "province:aaa", "Aaa wants to lead", claim_type="goal", speaker=head, about=("fund:aaa-vc",))
    facts.put("claim", "province:bbb", "Bbb lacks people", claim_type="challenge", basis="inferred")
    facts.put("claim", "province:bbb", "Bbb lacks money", claim_type="challenge", article=SECOND, about=("sector:sss",))
    facts.put(
        "claim", "province:bbb", "Bbb asks the department", claim_type="proposal", speaker=deputy,
        about=("model:mmm", "agency:so-aaa", "province:bbb"),
    )  # fmt: skip
    facts.put("claim", "province:bbb", "Bbb must test", claim_type="recommendation", speaker=head, about=("model:mmm",))
    facts.put("claim", "place:town", "The town must build", claim_type="recommendation")
    facts.say("province:bbb", "PROPOSES", "model:mmm", "proposed")
    facts.say("province:bbb", "PROPOSES", "model:mmm", "proposed", article=TWIN)
    facts.say("province:fff", "PROPOSES", "model:mmm", "proposed")
    facts.say("province:fff", "PLANS", "model:mmm", "planned")
    facts.say("province:hhh", "PLANS", "model:nnn", "planned")
    facts.say("province:hhh", "PROPOSES", "model:mmm", "unclear")


@cache
def release() -> Release:
    """Return the release of this world."""
    built = Builder()
    _places(built)
    _departments(built)
    _ties(built)
    _funds_and_centres(built)
    _numbers(built)
    _claims(built)
    named = ((FIRST, "ddd", 1), (FIRST, "ggg", 2), (FIRST, "aaa", 3), (FIRST, "aaa", 4), (TWIN, "aaa", 3))
    mentions = tuple(Mention(article, f"province:{slug}", line, 0, 3) for article, slug, line in named)
    return merge(replace(built.facts(), mentions=mentions), schema())


CALLS: list[tuple[str, Given]] = [
    ("indicator_ranking", {"indicator": "firms"}),
    ("indicator_ranking", {"indicator": "firms", "order": "ascending"}),
    ("indicator_ranking", {"indicator": "share"}),
    ("indicator_ranking", {"indicator": "index_rank"}),
    ("measurements_of", {"entity": "province:aaa"}),
    ("measurements_of", {"entity": "province:aaa", "include_parts": "true"}),
    ("measurements_of", {"entity": "province:ggg"}),
    ("targets", {}),
    ("targets", {"last_year": "2026"}),
    ("targets", {"subject": "province:aaa", "last_year": "2029"}),
    ("counts_by_status", {}),
    ("counts_by_status", {"predicate": ["OPERATES", "MERGED_INTO"]}),
    ("not_stated", {}),
    ("not_stated", {"province": "province:eee"}),
    ("not_stated", {"question": "implements_policy", "policy": "policy:own-plan"}),
    ("provinces_by_fact_count", {}),
    ("claims_by_type", {}),
    ("claims_by_type", {"claim_type": ["challenge", "goal"], "entity": "sector:sss"}),
    ("proposals_made", {}),
    ("proposals_made", {"entity": "model:mmm"}),
    ("corroborated_edges", {}),
    ("corroborated_edges", {"min_origins": "1", "predicate": "PRIORITISES"}),
    ("hubs", {}),
    ("hubs", {"type": "Province", "limit": "2"}),
    ("names_of", {"entity": "province:aaa"}),
    ("names_of", {"entity": "model:nnn"}),
    ("entities_without_vietnamese_name", {}),
    ("entities_without_vietnamese_name", {"type": "any"}),
    ("statements_by_article", {}),
    ("statements_by_article", {"article": TWIN}),
]
