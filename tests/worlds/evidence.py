"""Invented offices, quotes, policies, events, partnerships and programmes, each in every status that matters."""

import dataclasses
from functools import cache
from typing import Any

from tests.invented import Builder
from tests.worlds.flagship import Given
from vnkg.graph.model.facts import Disagreement, Mention, Reading
from vnkg.graph.model.merge import merge
from vnkg.graph.model.release import Release
from vnkg.graph.model.schema import schema

ONE, TWO, OLD = "province:one", "province:two", "province:old"
FAR, HOME = "place:far", "place:vietnam"
FIRST, TWIN, OTHER = "article:i00", "article:i01", "article:i02"
TOP = "policy:top"
HEAD, DEPUTY = {"title": "Giám đốc", "head": True}, {"title": "Phó Giám đốc", "head": False}


def _amend(facts: Builder, **changes: Any) -> str:
    """Change the last statement; returns its id."""
    facts.statements[-1] = dataclasses.replace(facts.statements[-1], **changes)
    return facts.statements[-1].id


def _both(facts: Builder, subject: str, predicate: str, end: str, *statuses: str, **more: Any) -> None:
    """Add one relation with several statuses on one date, so that its edge is disputed."""
    for status in statuses:
        facts.say(subject, predicate, end, status, **more)


def _places(facts: Builder) -> None:
    facts.entity(ONE, "Province", "One", kind="province")
    facts.entity(TWO, "Province", "Two", kind="city")
    facts.entity(OLD, "Province", "Old", kind="province", abolished_on="2025-07-01")
    facts.entity(FAR, "Place", "Far", kind="country")
    facts.entity(HOME, "Place", "Việt Nam", kind="country")
    facts.entity("place:town", "Place", "Town", kind="town")
    facts.say("place:town", "LOCATED_IN", ONE, "existing")
    facts.reference(OLD, "MERGED_INTO", ONE, qualifiers={"date": "2025-07-01"})


def _agencies(facts: Builder) -> None:
    facts.department("one")
    for slug, kind in {
        "unit": "unit", "ministry": "ministry", "cuc": "ministry_department", "old-office": "department",
        "new-office": "unit", "frame": "unit", "torn": "unit", "vague": "unit", "left": "department", "alone": "unit",
    }.items():  # fmt: skip
        facts.entity(f"agency:{slug}", "Agency", f"Cơ quan {slug}", kind=kind)
    facts.say("agency:unit", "PART_OF", "agency:so-one", "existing", basis="inferred")
    facts.say("agency:cuc", "PART_OF", "agency:ministry", "existing")
    facts.reference("agency:cuc", "PART_OF", "agency:ministry")
    facts.say("agency:old-office", "PART_OF", OLD, "existing")
    facts.say("agency:new-office", "PART_OF", "agency:ministry", "planned")
    facts.say("agency:frame", "PART_OF", "agency:ministry", "existing", basis="context")
    _both(facts, "agency:torn", "PART_OF", "agency:ministry", "existing", "past")
    facts.say("agency:vague", "PART_OF", "agency:ministry", "unclear")
    facts.say("agency:left", "PART_OF", ONE, "past")


def _funds(facts: Builder) -> None:
    for slug, kind in {
        "vc": "venture_capital",
        "st": "st_development",
        "torn": "co_investment",
        "bare": "other",
    }.items():
        facts.fund(slug, kind)
    facts.say(ONE, "PLANS", "fund:vc", "planned", article=FIRST)
    facts.say(ONE, "PLANS", "fund:vc", "planned", article=TWIN, as_of="2025-10-19")
    facts.say("agency:so-one", "OPERATES", "fund:st", "existing")
    facts.say(TWO, "OPERATES", "fund:torn", "existing", article=FIRST)
    facts.say(TWO, "PLANS", "fund:torn", "planned", article=TWIN, as_of="2025-10-19")


def _people(facts: Builder) -> None:
    for slug in ("an", "binh", "chi", "dung", "em", "giang", "hai", "im", "khoa", "le"):
        facts.entity(f"person:{slug}", "Person", slug.title(), diacritics="none")
    facts.entity("organisation:shop", "Organisation", "Cửa hàng", kind="shop")
    facts.say("person:an", "HOLDS_ROLE", "agency:so-one", "existing", qualifiers=DEPUTY)
    facts.say("person:binh", "HOLDS_ROLE", "agency:ministry", "past", qualifiers=HEAD)
    facts.say("person:dung", "HOLDS_ROLE", "organisation:shop", "existing", qualifiers={"title": "Chủ", "head": True})
    facts.say("person:em", "HOLDS_ROLE", "agency:so-one", "existing", qualifiers=HEAD)
    facts.say("person:giang", "HOLDS_ROLE", "agency:unit", "existing", qualifiers=HEAD)
    facts.say("person:hai", "HOLDS_ROLE", "agency:cuc", "existing", qualifiers=HEAD)
    facts.say("person:hai", "HOLDS_ROLE", "agency:ministry", "existing", qualifiers=DEPUTY)
    _both(facts, "person:khoa", "HOLDS_ROLE", "agency:so-one", "existing", "past", qualifiers=HEAD)
    facts.say("person:le", "HOLDS_ROLE", "agency:left", "existing", qualifiers=HEAD)
    for slug in ("an", "binh", "chi", "dung", "hai", "khoa"):
        facts.put("claim", ONE, f"{slug} on the plan", claim_type="goal", speaker=f"person:{slug}", about=("fund:vc",))
    facts.put("claim", "fund:st", "on the other fund", claim_type="opinion", speaker="person:hai", article=OTHER)
    facts.put(
        "claim", "fund:bare", "on a fund of nobody", claim_type="opinion", speaker="person:an", about=("fund:bare", ONE)
    )
    facts.put(
        "measurement", ONE, "90 start-ups", indicator="startups", value=90, unit="count", comparator="=",
        value_status="actual", period="2021/2025", speaker="person:an",
    )  # fmt: skip
    facts.put("claim", TWO, "a body speaks", claim_type="proposal", speaker="agency:ministry")
    plan = next(s for s in facts.statements if s.predicate == "PLANS" and s.object == "fund:vc")
    facts.put("claim", ONE, "on something else, in the same paragraph", claim_type="trend", speaker="person:em")
    _amend(facts, passage=dataclasses.replace(plan.passage, start=200, end=210) if plan.passage else None)


def _policies(facts: Builder) -> None:
    kinds = {
        "top": "resolution", "mid": "plan", "low": "decision", "gone": "decree", "torn": "decree", "lone": "resolution",
        "approved": "plan", "vague": "plan", "proposed": "law", "double": "decision",
    }  # fmt: skip
    for slug, kind in kinds.items():
        more = {"number": f"{slug}/X"} if slug != "lone" else {}
        facts.entity(f"policy:{slug}", "Policy", f"Chính sách {slug}", kind=kind, **more)
    facts.entity("policy:nameless", "Policy", "Chính sách không rõ")
    facts.say("agency:ministry", "ISSUED", TOP, "existing", qualifiers={"date": "2024-12-22"})
    facts.say("policy:mid", "CONCRETISES", TOP, "existing")
    facts.say("policy:low", "CONCRETISES", "policy:mid", "planned")
    facts.say("policy:gone", "CONCRETISES", TOP, "past")
    _both(facts, "policy:torn", "CONCRETISES", TOP, "existing", "past")
    facts.say("policy:vague", "CONCRETISES", "policy:mid", "unclear")
    facts.say("agency:so-one", "ISSUED", "policy:mid", "existing")
    facts.say(ONE, "ISSUED", "policy:low", "planned")
    facts.say(ONE, "ISSUED", "policy:gone", "past")
    _both(facts, ONE, "ISSUED", "policy:torn", "existing", "planned")
    facts.say(ONE, "ISSUED", "policy:approved", "approved")
    facts.say(ONE, "ISSUED", "policy:vague", "unclear")
    facts.say(ONE, "PROPOSES", "policy:proposed", "proposed")
    facts.say(ONE, "ISSUED", "policy:double", "existing")
    facts.say("agency:so-one", "ISSUED", "policy:double", "existing", basis="inferred")
    facts.say("agency:left", "ISSUED", "policy:double", "existing")
    facts.tie(ONE, policy="policy:lone", status="existing")
    facts.put("claim", "policy:nameless", "nobody knows it", claim_type="opinion")
    facts.tie(ONE, policy=TOP, status="planned", article=OTHER, as_of="2025-01-05")
    facts.tie(ONE, policy=TOP, status="in_progress")
    facts.tie(ONE, policy=TOP, status="unclear", article=TWIN, as_of="2025-10-19")
    facts.tie(ONE, "context", policy=TOP, status="past", basis="context")
    facts.tie(ONE, policy=TOP, status="planned", as_of="2025-02")
    _amend(facts, as_of_from="sentence")
    facts.reference(ONE, "IMPLEMENTS", TOP, qualifiers={"implementation": "explicit"})
    facts.tie(TWO, "context", policy=TOP, status="existing")
    facts.tie("agency:so-one", "in_spirit", policy=TOP, status="planned")
    facts.tie("agency:unit", "in_spirit", policy=TOP)


def _events(facts: Builder) -> None:
    dates = {"done": "2025-05", "plan": "2026", "torn": None, "vague": None, "bare": None, "series": None}
    for slug, date in dates.items():
        more = {"date": date} if date else {}
        kind = {"series": "series", "plan": "festival"}.get(slug, "workshop")
        facts.entity(f"event:{slug}", "Event", f"Sự kiện {slug}", kind=kind, **more)
    facts.entity("event:kindless", "Event", "Sự kiện")
    facts.say(ONE, "HOSTS", "event:done", "past")
    facts.say(TWO, "HOSTS", "event:done", "past")
    facts.say("agency:so-one", "ORGANISES", "event:done", "past")
    facts.say("person:an", "TOOK_PART_IN", "event:done", "past")
    facts.say("event:done", "LOCATED_IN", "place:town", "past")
    facts.say("event:done", "PART_OF", "event:series", "existing")
    facts.say(TWO, "HOSTS", "event:plan", "planned")
    _both(facts, ONE, "ORGANISES", "event:torn", "existing", "planned")
    facts.say(ONE, "HOSTS", "event:vague", "unclear")
    facts.put("claim", "event:bare", "an event of which little is said", claim_type="trend")
    facts.say("event:series", "LOCATED_IN", ONE, "existing")
    facts.say(ONE, "ORGANISES", "event:kindless", "existing")


def _partners(facts: Builder) -> None:
    for slug, kind in {
        "far-firm": "company", "far-school": "university", "far-lab": "institute", "branch": "company",
        "home-firm": "company", "leaving": "company", "nowhere": "company", "sea": "company",
    }.items():  # fmt: skip
        facts.entity(f"organisation:{slug}", "Organisation", slug, kind=kind)
    facts.say("organisation:far-firm", "LOCATED_IN", FAR, "existing")
    facts.say("organisation:far-firm", "HAS_SITE_IN", ONE, "existing")
    facts.say("organisation:far-school", "LOCATED_IN", FAR, "existing")
    facts.say("organisation:far-lab", "PART_OF", "organisation:far-school", "existing")
    facts.say("organisation:branch", "HAS_SITE_IN", FAR, "existing")
    facts.say("organisation:home-firm", "LOCATED_IN", "place:town", "existing")
    facts.say("organisation:home-firm", "HAS_SITE_IN", FAR, "existing")
    facts.say("organisation:leaving", "LOCATED_IN", FAR, "planned")
    facts.say("organisation:sea", "LOCATED_IN", FAR, "unclear")
    facts.say("organisation:far-firm", "PARTNERS_WITH", ONE, "existing")
    facts.say(ONE, "PARTNERS_WITH", "organisation:far-firm", "existing", article=TWIN, as_of="2025-10-19")
    facts.say("organisation:far-lab", "PARTNERS_WITH", "agency:unit", "in_progress")
    facts.say("organisation:far-firm", "PARTNERS_WITH", "organisation:far-school", "existing")
    facts.say("organisation:far-firm", "PARTNERS_WITH", TWO, "planned")
    facts.say("organisation:branch", "PARTNERS_WITH", TWO, "existing")
    facts.say("organisation:home-firm", "PARTNERS_WITH", TWO, "existing")
    facts.say("organisation:leaving", "PARTNERS_WITH", TWO, "existing")
    facts.say("organisation:nowhere", "PARTNERS_WITH", "organisation:sea", "existing")
    facts.say("organisation:far-lab", "PARTNERS_WITH", "organisation:nowhere", "unclear")
    _both(facts, "organisation:far-firm", "PARTNERS_WITH", "agency:ministry", "existing", "past")
    facts.say(FAR, "PARTNERS_WITH", HOME, "existing")
    facts.say(OLD, "PARTNERS_WITH", "organisation:far-firm", "past")


def _makers(facts: Builder) -> None:
    programmes = {
        "app": "product", "new-app": "product", "torn": "platform", "used": "product", "here": "database", "bare": "platform",
    }  # fmt: skip
    for slug, kind in programmes.items():
        facts.entity(f"programme:{slug}", "Programme", f"Chương trình {slug}", kind=kind)
    facts.entity("programme:kindless", "Programme", "Chương trình")
    facts.say("organisation:far-firm", "DEVELOPED", "programme:app", "existing")
    facts.say("organisation:far-firm", "LAUNCHED", "programme:app", "existing")
    facts.say("organisation:home-firm", "LAUNCHED", "programme:app", "existing", article=OTHER)
    facts.say(ONE, "OPERATES", "programme:kindless", "in_progress")
    facts.say(ONE, "PLANS", "programme:new-app", "planned")
    _both(facts, TWO, "DEVELOPED", "programme:torn", "existing", "planned")
    facts.say(TWO, "APPLIES", "programme:used", "existing")
    facts.say("programme:used", "LOCATED_IN", TWO, "existing")
    facts.say("programme:here", "LOCATED_IN", ONE, "existing")
    facts.put("claim", "programme:bare", "a platform of nobody", claim_type="measure")
    facts.say(ONE, "FUNDS", "fund:st", "existing")
    facts.say(TWO, "FUNDS", "fund:torn", "proposed")
    facts.say(TWO, "FUNDS", "fund:st", "approved")
    _both(facts, TWO, "FUNDS", "programme:app", "existing", "planned")
    facts.say(ONE, "SUPPORTS", "organisation:shop", "past")
    facts.say(ONE, "SUPPORTS", "organisation:home-firm", "existing")
    facts.say(ONE, "FUNDS", "organisation:home-firm", "unclear")


@cache
def release() -> Release:
    """Return the release of this world."""
    built = Builder()
    built.article("i00", "2025-10-19", "en", same_text="t")
    built.article("i01", "2025-10-19", "vi", same_text="t", origin="origin-i00")
    built.article("i02", "2025-11-18", "vi")
    for part in (_places, _agencies, _funds, _people, _policies, _events, _partners, _makers):
        part(built)
    one = built.put("claim", TWO, "it is easy", claim_type="opinion", about=("event:bare",))
    two = built.put("claim", TWO, "it is hard", claim_type="challenge", article=OTHER)
    readings = (Reading((one,), "easy"), Reading((two,), "hard"))
    built.article("i03", "2025-12-01", "vi")
    declared = Disagreement("disagreement:easy-or-hard", "definition", (TWO,), readings, "Easy or hard.", 1, "newer")
    spans = [(OTHER, "person:im", 3, 0), (OTHER, "person:im", 3, 9), (OTHER, "person:im", 7, 0), (FIRST, ONE, 1, 0)]
    mentions = tuple(Mention(article, entity, line, start, start + 4) for article, entity, line, start in spans)
    return merge(dataclasses.replace(built.facts(declared), mentions=mentions), schema())


CALLS: list[tuple[str, Given]] = [
    ("fund_speakers", {}),
    ("fund_speakers", {"fund_kind": "venture_capital", "fund_status": "planned", "include_same_paragraph": "true"}),
    ("who_speaks_for_what", {}),
    ("who_speaks_for_what", {"person": "agency:ministry"}),
    ("policies_by_issuer", {}),
    ("policies_by_issuer", {"issuer": ONE}),
    ("policies_by_issuer", {"issuer": "agency:so-one", "policy_kind": "plan"}),
    ("policy_family", {"policy": TOP}),
    ("policy_family", {"policy": "policy:mid"}),
    ("policy_family", {"policy": "policy:nameless"}),
    *(
        ("agency_place", {"agency": f"agency:{slug}"})
        for slug in ("unit", "ministry", "cuc", "old-office", "new-office", "frame", "torn", "vague", "left")
    ),
    ("person_offices", {}),
    ("person_offices", {"only_heads": "true"}),
    ("person_offices", {"person": "person:im"}),
    ("events_with_people", {}),
    ("events_with_people", {"event_kind": "workshop"}),
    ("partnerships", {}),
    ("partnerships", {"actor": TWO}),
    ("edge_sources", {"subject": ONE, "object": TOP}),
    ("edge_sources", {"subject": TWO, "object": "fund:torn", "predicate": "OPERATES"}),
    ("edge_sources", {"subject": ONE, "object": "organisation:far-firm"}),
    ("articles_mentioning", {"entity": "person:im"}),
    ("articles_mentioning", {"entity": ONE}),
    ("disagreements_about", {}),
    ("disagreements_about", {"entity": TWO, "disagreement_kind": ["translation", "definition"]}),
    ("single_source_edges", {}),
    ("single_source_edges", {"predicate": "IMPLEMENTS", "entity": TOP}),
    ("supporters", {}),
    ("supporters", {"predicate": "FUNDS"}),
    ("supporters", {"predicate": "SUPPORTS", "giver": ONE}),
    ("programmes_and_makers", {}),
    ("programmes_and_makers", {"programme_kind": "product", "actor": TWO}),
    ("timeline", {"entity": ONE}),
    ("timeline", {"entity": ONE, "from_date": "2021", "to_date": "2025-09", "exclude_article_dates": "true"}),
    ("timeline", {"entity": "event:done"}),
    ("timeline", {"entity": TOP}),
]
