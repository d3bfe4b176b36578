"""A world for queries about counts, measurements and unanswered questions: eight invented provinces and three articles.

`article:i02` is a translation of `article:i00`. `aaa` answers every question; each other province fails in its own way:
`bbb` only plans, `ccc` was merged into `bbb`, `ddd` is only mentioned, `eee` is never mentioned, `fff` is disputed,
`ggg` has only reference statements, `hhh` only context or unfinished things.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from tests.support.invented_graph import FIRST_ARTICLE, POLICY, SECOND_ARTICLE, Builder
from vnkg.graph.model.facts import Mention, Name, Statement
from vnkg.graph.model.merge import merge
from vnkg.graph.model.release import Release
from vnkg.graph.model.schema import schema

QueryParams = Mapping[str, str | Sequence[str]]
TRANSLATION = "article:i02"
MERGER_DATE = "2025-07-01"
HEAD: Mapping[str, Any] = {"title": "Giám đốc", "head": True}
DEPUTY: Mapping[str, Any] = {"title": "Phó Giám đốc", "head": False}


def _places(facts: Builder) -> None:
    facts.article("i00", "2025-10-19", "en", same_text="one-text")
    facts.article("i01", "2025-11-18", "vi")
    facts.article("i02", "2025-10-19", "vi", origin="origin-i00", same_text="one-text")
    changes: Mapping[str, Mapping[str, Any]] = {
        "bbb": {"extent_changed_on": MERGER_DATE},
        "ccc": {"abolished_on": MERGER_DATE},
    }
    for slug in ("aaa", "bbb", "ccc", "ddd", "eee", "fff", "ggg", "hhh"):
        names = (Name(f"Tỉnh {slug.title()}", "vi"), Name(slug.title(), "en", "alias", FIRST_ARTICLE))
        facts.entity(
            f"province:{slug}", "Province", f"Tỉnh {slug.title()}", *names, kind="province", **changes.get(slug, {})
        )
    facts.entity(POLICY, "Policy", "Nghị quyết 57-NQ/TW", Name("57-NQ/TW", "vi", "number"), kind="resolution")
    facts.entity("policy:own-plan", "Policy", "Kế hoạch Bbb", kind="plan")
    facts.entity("place:town", "Place", "Thị trấn", kind="town")
    facts.entity("sector:sss", "Sector", "Lĩnh vực")
    facts.entity("model:mmm", "Model", "Khung thử", Name("Khung thử", "vi", "translation"), Name("Test frame", "en"))
    facts.entity("model:nnn", "Model", "Other frame", Name("Other frame", "en"), Name("Other frame", "de"))
    facts.relate("place:town", "LOCATED_IN", "province:aaa", "existing")
    facts.entity("place:port", "Place", "Cảng", kind="town")
    facts.relate("place:port", "LOCATED_IN", "province:ddd", "existing")
    facts.add_reference("province:ccc", "MERGED_INTO", "province:bbb", qualifiers={"date": MERGER_DATE})
    facts.add_reference("province:ggg", "BORDERS", "province:hhh")


def _person(facts: Builder, slug: str, agency: str, status: str = "existing", **qualifiers: Any) -> str:
    person = facts.entity(f"person:{slug}", "Person", slug.title(), Name(slug.title(), "en"))
    facts.relate(person, "HOLDS_ROLE", agency, status, qualifiers=qualifiers)
    return person


def _departments(facts: Builder) -> None:
    for slug in ("aaa", "bbb", "fff"):
        agency = facts.department(slug)
        name = f"Sở Khoa học và Công nghệ {slug.title()}"
        facts.entity(agency, "Agency", name, kind="department")
    other = facts.entity("agency:so-khac", "Agency", "Sở Khác", kind="department")
    facts.relate(other, "PART_OF", "province:hhh", "existing")
    _person(facts, "head-aaa", "agency:so-aaa", **HEAD)
    _person(facts, "deputy-aaa", "agency:so-aaa", **DEPUTY)
    _person(facts, "deputy-bbb", "agency:so-bbb", **DEPUTY)
    _person(facts, "former-fff", "agency:so-fff", "past", **HEAD)
    _person(facts, "head-hhh", "agency:so-khac", **HEAD)


def _ties(facts: Builder) -> None:
    facts.add_implementation("province:aaa")
    facts.add_implementation("province:aaa", article=TRANSLATION)
    facts.add_implementation("province:bbb", status="planned")
    facts.add_implementation("province:bbb", policy="policy:own-plan", status="existing")
    facts.add_implementation("province:fff", status="existing")
    facts.add_implementation("province:fff", status="planned")
    facts.add_implementation("province:hhh", "context", basis="context")
    facts.relate("province:aaa", "PARTNERS_WITH", "province:bbb", "existing")
    facts.relate("province:bbb", "PARTNERS_WITH", "province:aaa", "existing", article=SECOND_ARTICLE)
    facts.relate("province:aaa", "PRIORITISES", "sector:sss", "existing")
    facts.relate("province:aaa", "PRIORITISES", "sector:sss", "existing", article=TRANSLATION)
    facts.relate("province:hhh", "PRIORITISES", "sector:sss", "unclear")


def _funds_and_centres(facts: Builder) -> None:
    facts.relate("province:aaa", "HAS", facts.fund("aaa-vc"), "existing")
    facts.relate("province:aaa", "HAS", facts.fund("aaa-st", "st_development"), "existing", basis="inferred")
    facts.relate("province:bbb", "PLANS", facts.fund("bbb-vc"), "planned")
    facts.relate("province:fff", "HAS", facts.fund("fff-vc"), "existing")
    facts.relate("province:fff", "PLANS", "fund:fff-vc", "planned")
    facts.relate("agency:so-fff", "HAS", facts.fund("fff-st", "st_development"), "existing")
    facts.relate("province:hhh", "HAS", facts.fund("hhh-vc"), "in_progress")
    translated = (Name("Quỹ Ggg", "vi", "translation"), Name("Ggg fund", "en"))
    facts.entity("fund:ggg-vc", "Fund", "Ggg fund", *translated, kind="venture_capital")
    facts.add_reference("province:ggg", "HAS", "fund:ggg-vc")
    kinds = {"aaa": "innovation_centre", "bbb": "innovation_centre", "fff": "incubator"}
    kinds |= dict.fromkeys(("town", "hub"), "innovation_centre")
    for slug, kind in kinds.items():
        names = (Name(f"Trung tâm {slug}", "vi", "alias"), Name(f"Centre {slug}", "en"))
        facts.entity(f"centre:{slug}", "Centre", f"Trung tâm {slug}", *names, kind=kind)
    facts.relate("province:aaa", "HAS", "centre:aaa", "existing")
    facts.relate("centre:aaa", "LOCATED_IN", "province:aaa", "existing")
    facts.relate("province:bbb", "PLANS", "centre:bbb", "planned")
    facts.relate("centre:bbb", "LOCATED_IN", "province:bbb", "planned")
    facts.relate("agency:so-fff", "HAS", "centre:fff", "existing")
    facts.relate("province:aaa", "PLANS", "centre:town", "considered")
    facts.relate("centre:town", "LOCATED_IN", "place:town", "planned")
    facts.relate("centre:hub", "LOCATED_IN", "place:port", "existing")


def _number(facts: Builder, slug: str, value: float, **properties: Any) -> None:
    subject = slug if ":" in slug else f"province:{slug}"
    said: dict[str, Any] = {
        "indicator": "firms",
        "unit": "count",
        "value_status": "actual",
        "comparator": "=",
    } | properties
    if said.get("article") == TRANSLATION:
        said["as_of"] = "2025-10-19"
    facts.add_statement("measurement", subject, f"{slug} {said['comparator']} {value}", value=value, **said)


def _numbers(facts: Builder) -> None:
    _number(facts, "aaa", 90)
    _number(facts, "aaa", 90, article=TRANSLATION)
    _number(facts, "aaa", 500, value_status="target", period="2030")
    _number(facts, "bbb", 300, comparator="more than", article=SECOND_ARTICLE, speaker="person:deputy-bbb")
    _number(facts, "bbb", 70, period="2024")
    _number(facts, "bbb", 100, period="2021/2025")
    _number(facts, "bbb", 120, period=f"{MERGER_DATE}/2025-12-31")
    _number(facts, "ccc", 30)
    _number(facts, "ccc", 25, period="2024")
    _number(facts, "fff", 200)
    _number(facts, "fff", 210, article=SECOND_ARTICLE)
    _number(facts, "fff", 55.5, unit="percent")
    _number(facts, "hhh", 50, comparator="more than")
    _number(facts, "place:town", 10)
    _number(facts, "centre:town", 3, indicator="rooms", value_status="planned")
    _number(facts, "aaa", 5, indicator="index_rank", unit="rank", value_status="target")
    _number(facts, "fff", 60, indicator="share", unit="percent", value_status="target", period="2026")
    _number(
        facts, "fff", 60, indicator="share", unit="percent", value_status="target", period="2026", article=TRANSLATION
    )
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
    facts.add_statement(
        "claim", "province:aaa", "Aaa wants to lead", claim_type="goal", speaker=head, about=("fund:aaa-vc",)
    )
    facts.add_statement("claim", "province:bbb", "Bbb lacks people", claim_type="challenge", basis="inferred")
    facts.add_statement(
        "claim",
        "province:bbb",
        "Bbb lacks money",
        claim_type="challenge",
        article=SECOND_ARTICLE,
        about=("sector:sss",),
    )
    facts.add_statement(
        "claim", "province:bbb", "Bbb asks the department", claim_type="proposal", speaker=deputy,
        about=("model:mmm", "agency:so-aaa", "province:bbb"),
    )  # fmt: skip
    facts.add_statement(
        "claim", "province:bbb", "Bbb must test", claim_type="recommendation", speaker=head, about=("model:mmm",)
    )
    facts.add_statement("claim", "place:town", "The town must build", claim_type="recommendation")
    facts.relate("province:bbb", "PROPOSES", "model:mmm", "proposed")
    facts.relate("province:bbb", "PROPOSES", "model:mmm", "proposed", article=TRANSLATION)
    facts.relate("province:fff", "PROPOSES", "model:mmm", "proposed")
    facts.relate("province:fff", "PLANS", "model:mmm", "planned")
    facts.relate("province:hhh", "PLANS", "model:nnn", "planned")
    facts.relate("province:hhh", "PROPOSES", "model:mmm", "unclear")


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
    named = (
        (FIRST_ARTICLE, "ddd", 1),
        (FIRST_ARTICLE, "ggg", 2),
        (FIRST_ARTICLE, "aaa", 3),
        (FIRST_ARTICLE, "aaa", 4),
        (TRANSLATION, "aaa", 3),
    )
    mentions = tuple(Mention(article, f"province:{slug}", line, 0, 3) for article, slug, line in named)
    return merge(replace(built.facts(), mentions=mentions), schema())


CALLS: list[tuple[str, QueryParams]] = [
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
    ("names_of", {"entity": "province:aaa"}),
    ("names_of", {"entity": "model:nnn"}),
]
