"""A world for queries that count, search, compare and follow connections: three invented provinces and three articles.

`article:i01` is a translation of `article:i00`. North has something of everything; South mostly plans; of East nothing
is known; Old was merged into North.
"""

import dataclasses
from functools import cache
from typing import Any

from tests.support.invented_graph import FIRST_ARTICLE, Builder
from tests.support.worlds.flagship import QueryParams
from vnkg.graph.model.facts import Disagreement, Mention, Reading
from vnkg.graph.model.merge import merge
from vnkg.graph.model.release import Release
from vnkg.graph.model.schema import schema

NORTH, SOUTH, EAST, OLD = "province:north", "province:south", "province:east", "province:old"
OFFICE, UNIT, BUREAU, MINISTRY = "agency:so-north", "agency:unit", "agency:bureau", "agency:ministry"
TRANSLATION, OTHER_ARTICLE = "article:i01", "article:i02"
FAIR, MODEL, RESOLUTION = "event:fair", "model:four-parties", "policy:resolution"
HEAD, DEPUTY = {"title": "Giám đốc", "head": True}, {"title": "Phó Giám đốc", "head": False}


def _relate_in_both(facts: Builder, subject: str, predicate: str, target: str, status: str, **properties: Any) -> None:
    """Add a relation of the first article and its twin of the translation."""
    facts.relate(subject, predicate, target, status, **properties)
    facts.relate(subject, predicate, target, status, article=TRANSLATION, as_of="2025-10-19", **properties)


def _places(facts: Builder) -> None:
    for slug, kind in {"north": "province", "south": "city", "east": "province"}.items():
        facts.entity(f"province:{slug}", "Province", slug.title(), kind=kind)
    facts.entity(OLD, "Province", "Old", kind="province", abolished_on="2025-07-01")
    facts.add_reference(OLD, "MERGED_INTO", NORTH, qualifiers={"date": "2025-07-01"})
    facts.entity("place:land", "Place", "Land", kind="country")
    facts.entity("place:town", "Place", "Town", kind="town")
    facts.entity("place:hill", "Place", "Hill", kind="commune")
    facts.relate("place:town", "LOCATED_IN", NORTH, "existing")
    facts.relate("place:hill", "PART_OF", "place:town", "existing", basis="inferred")


def _agencies(facts: Builder) -> None:
    facts.department("north")
    for slug, kind in {"unit": "unit", "bureau": "ministry_department", "ministry": "ministry", "left": "department",
                       "alone": "committee", "new": "unit", "assembly": "committee"}.items():  # fmt: skip
        facts.entity(f"agency:{slug}", "Agency", f"Cơ quan {slug}", kind=kind)
    facts.relate(UNIT, "PART_OF", OFFICE, "existing", basis="inferred")
    facts.relate(BUREAU, "PART_OF", MINISTRY, "existing")
    facts.relate("agency:left", "PART_OF", NORTH, "past")
    facts.relate("agency:new", "PART_OF", OFFICE, "planned")
    for slug in ("firm", "far-firm", "school"):
        kind = "university" if slug == "school" else "company"
        facts.entity(f"organisation:{slug}", "Organisation", slug.title(), kind=kind)
    facts.relate("organisation:firm", "LOCATED_IN", "place:town", "existing")
    facts.relate("organisation:far-firm", "LOCATED_IN", "place:land", "existing")
    facts.relate("organisation:school", "HAS_SITE_IN", SOUTH, "planned")


def _people(facts: Builder) -> None:
    offices = {"an": (OFFICE, "existing", HEAD), "binh": (UNIT, "existing", HEAD), "chi": (BUREAU, "existing", DEPUTY),
               "dung": (OFFICE, "past", HEAD), "em": ("agency:alone", "existing", HEAD),
               "giang": ("organisation:firm", "unclear", HEAD), "hai": ("agency:new", "existing", HEAD)}  # fmt: skip
    for slug, (body, status, qualifiers) in offices.items():
        facts.entity(f"person:{slug}", "Person", slug.title(), diacritics="none")
        facts.relate(f"person:{slug}", "HOLDS_ROLE", body, status, qualifiers=qualifiers)
    facts.entity("person:im", "Person", "Im", diacritics="none")


def _things(facts: Builder) -> None:
    facts.relate(NORTH, "HAS", facts.fund("north-vc"), "existing")
    _relate_in_both(facts, SOUTH, "PLANS", facts.fund("south-vc"), "planned", due="../2030")
    facts.relate(SOUTH, "PLANS", facts.fund("south-st", "st_development"), "approved", due="2026-06-30")
    facts.relate(NORTH, "HAS", facts.fund("torn"), "existing")
    facts.relate(NORTH, "PLANS", "fund:torn", "planned", due="2027")
    facts.relate(SOUTH, "PLANS", facts.fund("stopped"), "cancelled")
    for slug, kind in {"lab": "laboratory", "hub": "innovation_centre", "spaces": "coworking_space", "old": "incubator",
                       "site": "innovation_centre", "dream": "tech_park"}.items():  # fmt: skip
        more = {"count": 3} if slug == "spaces" else {}
        facts.entity(f"centre:{slug}", "Centre", f"Trung tâm {slug}", kind=kind, **more)
    facts.relate(UNIT, "HAS", "centre:lab", "existing")
    facts.relate("centre:lab", "LOCATED_IN", "place:hill", "existing")
    facts.relate(SOUTH, "PLANS", "centre:hub", "planned")
    facts.relate("centre:hub", "LOCATED_IN", SOUTH, "planned")
    facts.relate(NORTH, "HAS", "centre:spaces", "in_progress", basis="inferred")
    facts.relate(NORTH, "HAS", "centre:old", "past")
    facts.relate(SOUTH, "PLANS", "centre:site", "under_construction", due="2026")
    facts.relate(OFFICE, "PROPOSES", "centre:dream", "proposed", due="2040", basis="context")
    facts.relate("centre:site", "LOCATED_IN", "organisation:school", "planned")


def _policies(facts: Builder) -> None:
    kinds = {"resolution": "resolution", "plan": "plan", "decision": "decision", "draft": "law", "charter": "other",
             "strategy": "strategy"}  # fmt: skip
    for slug, kind in kinds.items():
        facts.entity(f"policy:{slug}", "Policy", f"Chính sách {slug}", kind=kind, number=f"{slug}/X")
    facts.relate(OFFICE, "ISSUED", "policy:plan", "existing", qualifiers={"date": "2025-03-04"})
    facts.relate("policy:plan", "CONCRETISES", RESOLUTION, "existing")
    facts.relate(NORTH, "ISSUED", "policy:decision", "planned", due="2026")
    facts.relate(SOUTH, "PLANS", "policy:strategy", "considered")
    facts.relate(SOUTH, "PROPOSES", "policy:draft", "proposed")
    facts.add_reference("agency:assembly", "ISSUED", "policy:draft", qualifiers={"date": "2025-06-27"})
    facts.relate(OFFICE, "PLANS", "policy:charter", "considered")
    facts.relate("agency:left", "ISSUED", "policy:strategy", "existing")
    facts.add_implementation(NORTH, policy=RESOLUTION)
    facts.add_implementation(OFFICE, "in_spirit", policy=RESOLUTION)
    facts.add_implementation(SOUTH, "context", policy=RESOLUTION, basis="context")
    facts.add_implementation(SOUTH, policy="policy:plan", status="planned")
    facts.relate(NORTH, "APPROVED", "policy:plan", "existing", qualifiers={"date": "2025-03-05"})
    facts.relate(NORTH, "HAS", "policy:decision", "existing", article=OTHER_ARTICLE)


def _sectors(facts: Builder) -> None:
    for slug in ("tea", "sea", "ice"):
        facts.entity(f"sector:{slug}", "Sector", f"Lĩnh vực {slug}")
    _relate_in_both(facts, NORTH, "PRIORITISES", "sector:tea", "existing")
    facts.relate(SOUTH, "PRIORITISES", "sector:tea", "planned")
    facts.relate("centre:lab", "PRIORITISES", "sector:sea", "existing")
    facts.relate("place:town", "APPLIES", "sector:tea", "in_progress")
    facts.relate(OLD, "PRIORITISES", "sector:tea", "past")
    for article in (FIRST_ARTICLE, TRANSLATION):
        facts.add_statement("claim", SOUTH, "South is strong in tea.", claim_type="strength", about=("sector:tea",),
                            speaker="person:chi", article=article, as_of="2025-10-19")  # fmt: skip
    facts.add_statement("claim", "sector:sea", "Sea farming is growing in North.", claim_type="trend", about=(NORTH,))


def _events(facts: Builder) -> None:
    facts.entity(FAIR, "Event", "Hội chợ", kind="festival", date="2025-05")
    facts.entity("event:forum", "Event", "Diễn đàn", kind="workshop")
    facts.relate(NORTH, "HOSTS", FAIR, "past")
    facts.relate("person:binh", "TOOK_PART_IN", FAIR, "past")
    facts.relate("person:chi", "TOOK_PART_IN", FAIR, "past", basis="inferred")
    facts.relate("person:im", "TOOK_PART_IN", FAIR, "past")
    facts.relate(SOUTH, "TOOK_PART_IN", FAIR, "past")
    facts.relate("organisation:far-firm", "TOOK_PART_IN", FAIR, "planned")
    facts.relate(OFFICE, "ORGANISES", "event:forum", "planned")
    facts.relate("person:dung", "TOOK_PART_IN", "event:forum", "planned")


def _models(facts: Builder) -> None:
    facts.entity(MODEL, "Model", "Bốn nhà", kind="cooperation")
    facts.entity("model:sandbox", "Model", "Khung thử", kind="instrument")
    _relate_in_both(facts, NORTH, "APPLIES", MODEL, "existing")
    facts.relate("organisation:school", "PART_OF", MODEL, "existing")
    facts.relate("organisation:firm", "PARTNERS_WITH", MODEL, "planned", article=OTHER_ARTICLE)
    facts.add_statement("claim", MODEL, "The model joins a school and firms.", claim_type="opinion",
                        about=("organisation:school", "organisation:firm"), speaker="person:an")  # fmt: skip
    facts.relate(SOUTH, "APPLIES", "model:sandbox", "considered")


def _measure(facts: Builder, subject: str, indicator: str, value: float, unit: str = "count", **properties: Any) -> str:
    said: dict[str, Any] = {"value_status": "actual", "comparator": "="} | properties
    gloss = f"{subject} has {indicator} {value}."
    return facts.add_statement("measurement", subject, gloss, indicator=indicator, value=value, unit=unit, **said)


def _numbers(facts: Builder) -> tuple[Disagreement, ...]:
    for article in (FIRST_ARTICLE, TRANSLATION):
        _measure(facts, NORTH, "innovative_startups", 50, period="2020", article=article, as_of="2025-10-19")
    _measure(facts, NORTH, "innovative_startups", 75, period="2025", comparator="more than")
    _measure(facts, NORTH, "innovative_startups", 150, period="../2030", value_status="target")
    _measure(facts, SOUTH, "innovative_startups", 200, period="2025")
    _measure(facts, "centre:hub", "area", 100, "ha", value_status="planned", due="2028")
    _measure(facts, "fund:north-vc", "capital", 63e9, "VND")
    _measure(facts, NORTH, "public_share_of_rd_spending", 40, "percent", period="2030", value_status="target")
    _measure(facts, NORTH, "social_share_of_rd_spending", 55, "percent", period="2030", value_status="target")
    one = _measure(facts, SOUTH, "innovative_products", 12, period="2025")
    two = _measure(facts, SOUTH, "innovative_products", 13, period="2025", article=OTHER_ARTICLE)
    facts.add_statement("claim", NORTH, "North wants a strong startup scene.", claim_type="goal", due="../2030",
                        gloss_vi="Miền Bắc muốn có hệ sinh thái khởi nghiệp mạnh.", speaker="person:an")  # fmt: skip
    facts.add_statement("claim", SOUTH, "South wants to be seen.", claim_type="goal")
    readings = (Reading((one,), "twelve"), Reading((two,), "thirteen"))
    return (Disagreement("disagreement:products-south", "value", (SOUTH,), readings, "Products of South: 12 or 13."),)


@cache
def release() -> Release:
    """Return the release of this world."""
    built = Builder()
    built.article("i00", "2025-10-19", "en", same_text="t")
    built.article("i01", "2025-10-19", "vi", same_text="t", origin="origin-i00")
    built.article("i02", "2025-11-18", "vi")
    for part in (_places, _agencies, _people, _things, _policies, _sectors, _events, _models):
        part(built)
    disagreements = _numbers(built)
    mentions = (Mention(FIRST_ARTICLE, "person:im", 1, 0, 2), Mention(FIRST_ARTICLE, EAST, 1, 4, 8))
    return merge(dataclasses.replace(built.facts(*disagreements), mentions=mentions), schema())


CALLS: list[tuple[str, QueryParams]] = [
    ("count_by", {"type": "Centre", "by": "province"}),
    *(("count_by", {"type": "Centre", "by": group}) for group in ("kind", "status", "basis")),
    *(("count_by", {"type": node, "by": "province"}) for node in ("Person", "Policy", "Event", "Agency", "Province")),
    ("count_by", {"type": "Fund", "by": "province", "status": "existing"}),
    ("count_by", {"type": "Centre", "kind": ["innovation_centre", "tech_park"], "status": "planned"}),
    ("find_statements", {}),
    ("find_statements", {"words": "HỆ SINH mien"}),
    ("find_statements", {"words": "TEA south"}),
    ("find_statements", {"value": "60", "tolerance": "25", "unit": "count"}),
    ("find_statements", {"value": "63000000000", "kind": "measurement"}),
    ("find_statements", {"indicator": "innovative_products", "kind": ["relation", "measurement"]}),
    ("plans_by_period", {}),
    ("plans_by_period", {"until": "2026-06"}),
    ("plans_by_period", {"province": NORTH, "until": "2030"}),
    ("plans_by_period", {"province": SOUTH, "status": ["approved", "considered"]}),
    ("connection_check", {"entity_a": NORTH, "entity_b": RESOLUTION}),
    ("connection_check", {"entity_a": NORTH, "entity_b": "fund:torn"}),
    ("connection_check", {"entity_a": NORTH, "entity_b": SOUTH}),
    ("connection_check", {"entity_a": "person:im", "entity_b": EAST}),
    ("province_policies", {"province": NORTH}),
    ("province_policies", {"province": SOUTH}),
    ("province_policies", {"province": SOUTH, "relation": "implements", "implementation": "context"}),
    ("sector_actors", {}),
    ("sector_actors", {"sector": "sector:tea", "relation": ["prioritises", "claims"]}),
    ("sector_actors", {"province": NORTH}),
    ("indicator_compare", {}),
    ("indicator_compare", {"subject": [NORTH], "comparison": "target"}),
    ("indicator_compare", {"indicator": ["innovative_startups", "innovative_products"], "comparison": "indicators"}),
    ("event_participants", {}),
    ("event_participants", {"event": FAIR, "province": SOUTH}),
    ("person_chain", {}),
    ("person_chain", {"person": "person:hai"}),
    *(
        ("whereabouts", {"entity": entity})
        for entity in (
            "centre:lab",
            "centre:hub",
            "fund:north-vc",
            "fund:south-vc",
            FAIR,
            "organisation:far-firm",
            "person:binh",
            "place:hill",
            "policy:plan",
        )
    ),
    ("model_members", {}),
    ("model_members", {"model": "model:sandbox"}),
    ("model_members", {"actor": "organisation:firm"}),
]
