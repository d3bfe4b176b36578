"""Invented offices, quotes, policies, events, partnerships and programmes, each in every status that matters."""

import dataclasses
from functools import cache
from typing import Any

from tests.support.invented_graph import Builder
from tests.support.worlds.flagship import QueryParams
from vnkg.graph.model.facts import Disagreement, Mention, Reading
from vnkg.graph.model.merge import merge
from vnkg.graph.model.release import Release
from vnkg.graph.model.schema import schema

FIRST_PROVINCE, SECOND_PROVINCE, FORMER_PROVINCE = "province:one", "province:two", "province:old"
FOREIGN_COUNTRY, VIETNAM = "place:far", "place:vietnam"
FIRST_ARTICLE, TRANSLATION, OTHER_ARTICLE = "article:i00", "article:i01", "article:i02"
TOP_POLICY = "policy:top"
HEAD, DEPUTY = {"title": "Giám đốc", "head": True}, {"title": "Phó Giám đốc", "head": False}


def _change_last_statement(facts: Builder, **changes: Any) -> str:
    """Change the last statement; returns its id."""
    facts.statements[-1] = dataclasses.replace(facts.statements[-1], **changes)
    return facts.statements[-1].id


def _add_disputed(facts: Builder, subject: str, predicate: str, target: str, *statuses: str, **properties: Any) -> None:
    """Add one relation with several statuses on one date, so that its edge is disputed."""
    for status in statuses:
        facts.relate(subject, predicate, target, status, **properties)


def _places(facts: Builder) -> None:
    facts.entity(FIRST_PROVINCE, "Province", "One", kind="province")
    facts.entity(SECOND_PROVINCE, "Province", "Two", kind="city")
    facts.entity(FORMER_PROVINCE, "Province", "Old", kind="province", abolished_on="2025-07-01")
    facts.entity(FOREIGN_COUNTRY, "Place", "Far", kind="country")
    facts.entity(VIETNAM, "Place", "Việt Nam", kind="country")
    facts.entity("place:town", "Place", "Town", kind="town")
    facts.relate("place:town", "LOCATED_IN", FIRST_PROVINCE, "existing")
    facts.add_reference(FORMER_PROVINCE, "MERGED_INTO", FIRST_PROVINCE, qualifiers={"date": "2025-07-01"})


def _agencies(facts: Builder) -> None:
    facts.department("one")
    for slug, kind in {
        "unit": "unit", "ministry": "ministry", "cuc": "ministry_department", "old-office": "department",
        "new-office": "unit", "frame": "unit", "torn": "unit", "vague": "unit", "left": "department", "alone": "unit",
    }.items():  # fmt: skip
        facts.entity(f"agency:{slug}", "Agency", f"Cơ quan {slug}", kind=kind)
    facts.relate("agency:unit", "PART_OF", "agency:so-one", "existing", basis="inferred")
    facts.relate("agency:cuc", "PART_OF", "agency:ministry", "existing")
    facts.add_reference("agency:cuc", "PART_OF", "agency:ministry")
    facts.relate("agency:old-office", "PART_OF", FORMER_PROVINCE, "existing")
    facts.relate("agency:new-office", "PART_OF", "agency:ministry", "planned")
    facts.relate("agency:frame", "PART_OF", "agency:ministry", "existing", basis="context")
    _add_disputed(facts, "agency:torn", "PART_OF", "agency:ministry", "existing", "past")
    facts.relate("agency:vague", "PART_OF", "agency:ministry", "unclear")
    facts.relate("agency:left", "PART_OF", FIRST_PROVINCE, "past")


def _funds(facts: Builder) -> None:
    for slug, kind in {
        "vc": "venture_capital",
        "st": "st_development",
        "torn": "co_investment",
        "bare": "other",
    }.items():
        facts.fund(slug, kind)
    facts.relate(FIRST_PROVINCE, "PLANS", "fund:vc", "planned", article=FIRST_ARTICLE)
    facts.relate(FIRST_PROVINCE, "PLANS", "fund:vc", "planned", article=TRANSLATION, as_of="2025-10-19")
    facts.relate("agency:so-one", "HAS", "fund:st", "existing")
    facts.relate(SECOND_PROVINCE, "HAS", "fund:torn", "existing", article=FIRST_ARTICLE)
    facts.relate(SECOND_PROVINCE, "PLANS", "fund:torn", "planned", article=TRANSLATION, as_of="2025-10-19")


def _people(facts: Builder) -> None:
    for slug in ("an", "binh", "chi", "dung", "em", "giang", "hai", "im", "khoa", "le"):
        facts.entity(f"person:{slug}", "Person", slug.title(), diacritics="none")
    facts.entity("organisation:shop", "Organisation", "Cửa hàng", kind="shop")
    facts.relate("person:an", "HOLDS_ROLE", "agency:so-one", "existing", qualifiers=DEPUTY)
    facts.relate("person:binh", "HOLDS_ROLE", "agency:ministry", "past", qualifiers=HEAD)
    facts.relate(
        "person:dung", "HOLDS_ROLE", "organisation:shop", "existing", qualifiers={"title": "Chủ", "head": True}
    )
    facts.relate("person:em", "HOLDS_ROLE", "agency:so-one", "existing", qualifiers=HEAD)
    facts.relate("person:giang", "HOLDS_ROLE", "agency:unit", "existing", qualifiers=HEAD)
    facts.relate("person:hai", "HOLDS_ROLE", "agency:cuc", "existing", qualifiers=HEAD)
    facts.relate("person:hai", "HOLDS_ROLE", "agency:ministry", "existing", qualifiers=DEPUTY)
    _add_disputed(facts, "person:khoa", "HOLDS_ROLE", "agency:so-one", "existing", "past", qualifiers=HEAD)
    facts.relate("person:le", "HOLDS_ROLE", "agency:left", "existing", qualifiers=HEAD)
    for slug in ("an", "binh", "chi", "dung", "hai", "khoa"):
        facts.add_statement(
            "claim",
            FIRST_PROVINCE,
            f"{slug} on the plan",
            claim_type="goal",
            speaker=f"person:{slug}",
            about=("fund:vc",),
        )
    facts.add_statement(
        "claim", "fund:st", "on the other fund", claim_type="opinion", speaker="person:hai", article=OTHER_ARTICLE
    )
    facts.add_statement(
        "claim",
        "fund:bare",
        "on a fund of nobody",
        claim_type="opinion",
        speaker="person:an",
        about=("fund:bare", FIRST_PROVINCE),
    )
    facts.add_statement(
        "measurement", FIRST_PROVINCE, "90 start-ups", indicator="startups", value=90, unit="count", comparator="=",
        value_status="actual", period="2021/2025", speaker="person:an",
    )  # fmt: skip
    facts.add_statement("claim", SECOND_PROVINCE, "a body speaks", claim_type="proposal", speaker="agency:ministry")
    plan = next(s for s in facts.statements if s.predicate == "PLANS" and s.object == "fund:vc")
    facts.add_statement(
        "claim", FIRST_PROVINCE, "on something else, in the same paragraph", claim_type="trend", speaker="person:em"
    )
    _change_last_statement(
        facts, passage=dataclasses.replace(plan.passage, start=200, end=210) if plan.passage else None
    )


def _policies(facts: Builder) -> None:
    kinds = {
        "top": "resolution", "mid": "plan", "low": "decision", "gone": "decree", "torn": "decree", "lone": "resolution",
        "approved": "plan", "vague": "plan", "proposed": "law", "double": "decision",
    }  # fmt: skip
    for slug, kind in kinds.items():
        more = {"number": f"{slug}/X"} if slug != "lone" else {}
        more |= {"title": "rules of tea"} if slug == "double" else {}
        facts.entity(f"policy:{slug}", "Policy", f"Chính sách {slug}", kind=kind, **more)
    facts.entity("policy:nameless", "Policy", "Chính sách không rõ")
    facts.relate("agency:ministry", "ISSUED", TOP_POLICY, "existing", qualifiers={"date": "2024-12-22"})
    facts.relate("policy:mid", "CONCRETISES", TOP_POLICY, "existing")
    facts.relate("policy:low", "CONCRETISES", "policy:mid", "planned")
    facts.relate("policy:gone", "CONCRETISES", TOP_POLICY, "past")
    _add_disputed(facts, "policy:torn", "CONCRETISES", TOP_POLICY, "existing", "past")
    facts.relate("policy:vague", "CONCRETISES", "policy:mid", "unclear")
    facts.relate("agency:so-one", "ISSUED", "policy:mid", "existing")
    facts.relate(FIRST_PROVINCE, "ISSUED", "policy:low", "planned")
    facts.relate(FIRST_PROVINCE, "ISSUED", "policy:gone", "past")
    _add_disputed(facts, FIRST_PROVINCE, "ISSUED", "policy:torn", "existing", "planned")
    facts.relate(FIRST_PROVINCE, "ISSUED", "policy:approved", "approved")
    facts.relate(FIRST_PROVINCE, "ISSUED", "policy:vague", "unclear")
    facts.relate(FIRST_PROVINCE, "PROPOSES", "policy:proposed", "proposed")
    facts.relate(FIRST_PROVINCE, "ISSUED", "policy:double", "existing")
    facts.relate("agency:so-one", "ISSUED", "policy:double", "existing", basis="inferred")
    facts.relate("agency:left", "ISSUED", "policy:double", "existing")
    facts.add_implementation(FIRST_PROVINCE, policy="policy:lone", status="existing")
    facts.add_statement("claim", "policy:nameless", "nobody knows it", claim_type="opinion")
    facts.add_implementation(
        FIRST_PROVINCE, policy=TOP_POLICY, status="planned", article=OTHER_ARTICLE, as_of="2025-01-05"
    )
    facts.add_implementation(FIRST_PROVINCE, policy=TOP_POLICY, status="in_progress")
    facts.add_implementation(
        FIRST_PROVINCE, policy=TOP_POLICY, status="unclear", article=TRANSLATION, as_of="2025-10-19"
    )
    facts.add_implementation(FIRST_PROVINCE, "context", policy=TOP_POLICY, status="past", basis="context")
    facts.add_implementation(FIRST_PROVINCE, policy=TOP_POLICY, status="planned", as_of="2025-02")
    _change_last_statement(facts, as_of_from="sentence")
    facts.add_reference(FIRST_PROVINCE, "IMPLEMENTS", TOP_POLICY, qualifiers={"implementation": "explicit"})
    facts.add_implementation(SECOND_PROVINCE, "context", policy=TOP_POLICY, status="existing")
    facts.add_implementation("agency:so-one", "in_spirit", policy=TOP_POLICY, status="planned")
    facts.add_implementation("agency:unit", "in_spirit", policy=TOP_POLICY)


def _events(facts: Builder) -> None:
    dates = {"done": "2025-05", "plan": "2026", "torn": None, "vague": None, "bare": None, "series": None}
    for slug, date in dates.items():
        more = {"date": date} if date else {}
        kind = {"series": "series", "plan": "festival"}.get(slug, "workshop")
        facts.entity(f"event:{slug}", "Event", f"Sự kiện {slug}", kind=kind, **more)
    facts.entity("event:kindless", "Event", "Sự kiện")
    facts.relate(FIRST_PROVINCE, "HOSTS", "event:done", "past")
    facts.relate(SECOND_PROVINCE, "HOSTS", "event:done", "past")
    facts.relate("agency:so-one", "ORGANISES", "event:done", "past")
    facts.relate("person:an", "TOOK_PART_IN", "event:done", "past")
    facts.relate("event:done", "LOCATED_IN", "place:town", "past")
    facts.relate("event:done", "PART_OF", "event:series", "existing")
    facts.relate(SECOND_PROVINCE, "HOSTS", "event:plan", "planned")
    _add_disputed(facts, FIRST_PROVINCE, "ORGANISES", "event:torn", "existing", "planned")
    facts.relate(FIRST_PROVINCE, "HOSTS", "event:vague", "unclear")
    facts.add_statement("claim", "event:bare", "an event of which little is said", claim_type="trend")
    facts.relate("event:series", "LOCATED_IN", FIRST_PROVINCE, "existing")
    facts.relate(FIRST_PROVINCE, "ORGANISES", "event:kindless", "existing")


def _partners(facts: Builder) -> None:
    for slug, kind in {
        "far-firm": "company", "far-school": "university", "far-lab": "institute", "branch": "company",
        "home-firm": "company", "leaving": "company", "nowhere": "company", "sea": "company",
    }.items():  # fmt: skip
        facts.entity(f"organisation:{slug}", "Organisation", slug, kind=kind)
    facts.relate("organisation:far-firm", "LOCATED_IN", FOREIGN_COUNTRY, "existing")
    facts.relate("organisation:far-firm", "HAS_SITE_IN", FIRST_PROVINCE, "existing")
    facts.relate("organisation:far-school", "LOCATED_IN", FOREIGN_COUNTRY, "existing")
    facts.relate("organisation:far-lab", "PART_OF", "organisation:far-school", "existing")
    facts.relate("organisation:branch", "HAS_SITE_IN", FOREIGN_COUNTRY, "existing")
    facts.relate("organisation:home-firm", "LOCATED_IN", "place:town", "existing")
    facts.relate("organisation:home-firm", "HAS_SITE_IN", FOREIGN_COUNTRY, "existing")
    facts.relate("organisation:leaving", "LOCATED_IN", FOREIGN_COUNTRY, "planned")
    facts.relate("organisation:sea", "LOCATED_IN", FOREIGN_COUNTRY, "unclear")
    facts.relate("organisation:far-firm", "PARTNERS_WITH", FIRST_PROVINCE, "existing")
    facts.relate(
        FIRST_PROVINCE, "PARTNERS_WITH", "organisation:far-firm", "existing", article=TRANSLATION, as_of="2025-10-19"
    )
    facts.relate("organisation:far-lab", "PARTNERS_WITH", "agency:unit", "in_progress")
    facts.relate("organisation:far-firm", "PARTNERS_WITH", "organisation:far-school", "existing")
    facts.relate("organisation:far-firm", "PARTNERS_WITH", SECOND_PROVINCE, "planned")
    facts.relate("organisation:branch", "PARTNERS_WITH", SECOND_PROVINCE, "existing")
    facts.relate("organisation:home-firm", "PARTNERS_WITH", SECOND_PROVINCE, "existing")
    facts.relate("organisation:leaving", "PARTNERS_WITH", SECOND_PROVINCE, "existing")
    facts.relate("organisation:nowhere", "PARTNERS_WITH", "organisation:sea", "existing")
    facts.relate("organisation:far-lab", "PARTNERS_WITH", "organisation:nowhere", "unclear")
    _add_disputed(facts, "organisation:far-firm", "PARTNERS_WITH", "agency:ministry", "existing", "past")
    facts.relate(FOREIGN_COUNTRY, "PARTNERS_WITH", VIETNAM, "existing")
    facts.relate(FORMER_PROVINCE, "PARTNERS_WITH", "organisation:far-firm", "past")


def _makers(facts: Builder) -> None:
    programmes = {
        "app": "product", "new-app": "product", "torn": "platform", "used": "product", "here": "database", "bare": "platform",
    }  # fmt: skip
    for slug, kind in programmes.items():
        facts.entity(f"programme:{slug}", "Programme", f"Chương trình {slug}", kind=kind)
    facts.entity("programme:kindless", "Programme", "Chương trình")
    facts.relate("organisation:far-firm", "DEVELOPED", "programme:app", "existing")
    facts.relate("organisation:far-firm", "LAUNCHED", "programme:app", "existing")
    facts.relate("organisation:home-firm", "LAUNCHED", "programme:app", "existing", article=OTHER_ARTICLE)
    facts.relate(FIRST_PROVINCE, "HAS", "programme:kindless", "in_progress")
    facts.relate(FIRST_PROVINCE, "PLANS", "programme:new-app", "planned")
    _add_disputed(facts, SECOND_PROVINCE, "DEVELOPED", "programme:torn", "existing", "planned")
    facts.relate(SECOND_PROVINCE, "APPLIES", "programme:used", "existing")
    facts.relate("programme:used", "LOCATED_IN", SECOND_PROVINCE, "existing")
    facts.relate("programme:here", "LOCATED_IN", FIRST_PROVINCE, "existing")
    facts.add_statement("claim", "programme:bare", "a platform of nobody", claim_type="measure")
    facts.relate(FIRST_PROVINCE, "FUNDS", "fund:st", "existing")
    facts.relate(SECOND_PROVINCE, "FUNDS", "fund:torn", "proposed")
    facts.relate(SECOND_PROVINCE, "FUNDS", "fund:st", "approved")
    _add_disputed(facts, SECOND_PROVINCE, "FUNDS", "programme:app", "existing", "planned")
    facts.relate(FIRST_PROVINCE, "SUPPORTS", "organisation:shop", "past")
    facts.relate(FIRST_PROVINCE, "SUPPORTS", "organisation:home-firm", "existing")
    facts.relate(FIRST_PROVINCE, "FUNDS", "organisation:home-firm", "unclear")
    facts.relate(SECOND_PROVINCE, "SUPPORTS", "organisation:home-firm", "planned")
    facts.relate(SECOND_PROVINCE, "FUNDS", "organisation:far-lab", "considered")


@cache
def release() -> Release:
    """Return the release of this world."""
    built = Builder()
    built.article("i00", "2025-10-19", "en", same_text="t")
    built.article("i01", "2025-10-19", "vi", same_text="t", origin="origin-i00")
    built.article("i02", "2025-11-18", "vi")
    for part in (_places, _agencies, _funds, _people, _policies, _events, _partners, _makers):
        part(built)
    one = built.add_statement("claim", SECOND_PROVINCE, "it is easy", claim_type="opinion", about=("event:bare",))
    two = built.add_statement("claim", SECOND_PROVINCE, "it is hard", claim_type="challenge", article=OTHER_ARTICLE)
    readings = (Reading((one,), "easy"), Reading((two,), "hard"))
    built.article("i03", "2025-12-01", "vi")
    declared = Disagreement(
        "disagreement:easy-or-hard", "definition", (SECOND_PROVINCE,), readings, "Easy or hard.", 1, "newer"
    )
    spans = [
        (OTHER_ARTICLE, "person:im", 3, 0),
        (OTHER_ARTICLE, "person:im", 3, 9),
        (OTHER_ARTICLE, "person:im", 7, 0),
        (FIRST_ARTICLE, FIRST_PROVINCE, 1, 0),
    ]
    mentions = tuple(Mention(article, entity, line, start, start + 4) for article, entity, line, start in spans)
    return merge(dataclasses.replace(built.facts(declared), mentions=mentions), schema())


CALLS: list[tuple[str, QueryParams]] = [
    ("fund_speakers", {}),
    ("fund_speakers", {"fund_kind": "venture_capital", "fund_status": "planned", "include_same_paragraph": "true"}),
    ("who_speaks_for_what", {}),
    ("who_speaks_for_what", {"person": "agency:ministry"}),
    ("policies_by_issuer", {}),
    ("policies_by_issuer", {"issuer": FIRST_PROVINCE}),
    ("policies_by_issuer", {"issuer": "agency:so-one", "policy_kind": "plan"}),
    ("policy_family", {"policy": TOP_POLICY}),
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
    ("partnerships", {"actor": SECOND_PROVINCE}),
    ("edge_sources", {"subject": FIRST_PROVINCE, "object": TOP_POLICY}),
    ("edge_sources", {"subject": SECOND_PROVINCE, "object": "fund:torn", "predicate": "HAS"}),
    ("edge_sources", {"subject": FIRST_PROVINCE, "object": "organisation:far-firm"}),
    ("articles_mentioning", {"entity": "person:im"}),
    ("articles_mentioning", {"entity": FIRST_PROVINCE}),
    ("disagreements_about", {}),
    ("disagreements_about", {"entity": SECOND_PROVINCE, "disagreement_kind": ["translation", "definition"]}),
    ("single_source_edges", {}),
    ("single_source_edges", {"predicate": "IMPLEMENTS", "entity": TOP_POLICY}),
    ("supporters", {}),
    ("supporters", {"predicate": "FUNDS"}),
    ("supporters", {"predicate": "SUPPORTS", "giver": FIRST_PROVINCE}),
    ("programmes_and_makers", {}),
    ("programmes_and_makers", {"programme_kind": "product", "actor": SECOND_PROVINCE}),
    ("timeline", {"entity": FIRST_PROVINCE}),
    (
        "timeline",
        {"entity": FIRST_PROVINCE, "from_date": "2021", "to_date": "2025-09", "exclude_article_dates": "true"},
    ),
    ("timeline", {"entity": "event:done"}),
    ("timeline", {"entity": TOP_POLICY}),
]
