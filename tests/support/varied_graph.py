"""A small invented graph with what comparisons, CSV and JSON-LD treat differently, each at least once.

Numbers of each status and comparator, also about somebody else than the one who says them; offices that are held, were
held or are only suggested; policies that are issued or not; disagreements that several entities share; names of several
kinds; a former province; statements from a reference table.
"""

from functools import cache
from typing import Any

from tests.support.invented_graph import FIRST_ARTICLE, SECOND_ARTICLE, Builder
from vnkg.graph.model.facts import Disagreement, Facts, Name, Reading
from vnkg.graph.model.merge import merge
from vnkg.graph.model.release import Release
from vnkg.graph.model.schema import schema

NORTH, SOUTH, FORMER = "province:north", "province:south", "province:former"
FIRST_AGENCY, SECOND_AGENCY, MINISTRY = "agency:one", "agency:two", "agency:three"
CHAIR, DEPUTY = "person:chair", "person:deputy"
SHOP, TOWN = "organisation:shop", "place:town"
FUND, UNFINISHED_FUND, VENTURE_FUND, SECOND_VENTURE_FUND = "fund:done", "fund:unfinished", "fund:vc", "fund:vc-two"
LONG_ARTICLE, TOPIC, STATEMENTS_OF_TOPIC = "article:i02", "sector:topic", 101
"""An article that says more about one topic than a page of statements holds."""
HEAD = {"title": "Giám đốc", "head": True}
SECOND = {"title": "Phó Giám đốc", "head": False}


def _entities(facts: Builder) -> None:
    facts.article("i00", "2025-10-19", publisher="Cổng thông tin (cong.example)")
    facts.article("i01", "2025-11-18", "vi", publisher="Báo Phát minh, cơ quan của Sở", same_text="one-text")
    facts.article("i02", "2025-09-01")
    facts.entity(TOPIC, "Sector", "Lĩnh vực")
    names = (
        Name("Tỉnh Bắc", "vi", "alias"), Name("Tỉnh Bắc Mới", "vi"), Name("TB", "vi", "abbreviation"), Name("North", "en"),
    )  # fmt: skip
    facts.entity(NORTH, "Province", "North", *names, kind="province", code="01", area_km2=0, population=1200000)
    facts.entity(SOUTH, "Province", "South", kind="city", area_km2=50)
    facts.entity(FORMER, "Province", "Former", kind="province", code="03", abolished_on="2025-07-01")
    for id, kind in {FIRST_AGENCY: "department", SECOND_AGENCY: "department", MINISTRY: "ministry"}.items():
        facts.entity(id, "Agency", f"Cơ quan {id[7:]}", kind=kind)
    for id in (CHAIR, DEPUTY):
        facts.entity(id, "Person", id[7:].title(), diacritics="none")
    facts.entity(SHOP, "Organisation", "Cửa hàng", kind="company")
    facts.entity(TOWN, "Place", "Thị trấn", kind="town")
    for id in (FUND, UNFINISHED_FUND, VENTURE_FUND, SECOND_VENTURE_FUND):
        kind = "venture_capital" if "vc" in id else "other"
        facts.entity(id, "Fund", f"Quỹ {id[5:]}", kind=kind)
    for slug, more in {"dated": {"issued_on": "2025-01-02"}, "signed": {}, "lapsed": {}, "drafted": {}}.items():
        number = Name(f"{slug}/QĐ", "vi", "number")
        facts.entity(f"policy:{slug}", "Policy", f"Chính sách {slug}", number, kind="plan", **more)


def _relations(facts: Builder) -> None:
    facts.relate(CHAIR, "HOLDS_ROLE", FIRST_AGENCY, "existing", qualifiers=HEAD)
    facts.relate(CHAIR, "HOLDS_ROLE", SECOND_AGENCY, "existing", basis="inferred", qualifiers=SECOND)
    facts.relate(CHAIR, "HOLDS_ROLE", MINISTRY, "past", qualifiers=HEAD)
    facts.relate(DEPUTY, "HOLDS_ROLE", FIRST_AGENCY, "existing", qualifiers=SECOND)
    facts.relate(DEPUTY, "HOLDS_ROLE", SECOND_AGENCY, "existing", basis="context", qualifiers=SECOND)
    facts.relate(FIRST_AGENCY, "ISSUED", "policy:signed", "existing", qualifiers={"date": "2025-03-04"})
    facts.relate(FIRST_AGENCY, "ISSUED", "policy:lapsed", "past")
    facts.relate(SECOND_AGENCY, "ISSUED", "policy:drafted", "planned")
    facts.relate(TOWN, "LOCATED_IN", NORTH, "existing")
    facts.relate(SHOP, "LOCATED_IN", TOWN, "existing")
    facts.relate(SHOP, "LOCATED_IN", SOUTH, "in_progress")
    facts.relate(SECOND_AGENCY, "PART_OF", FIRST_AGENCY, "existing")
    facts.relate(FIRST_AGENCY, "SUPPORTS", SHOP, "existing")
    facts.relate(FIRST_AGENCY, "FUNDS", SHOP, "planned")
    facts.relate(SECOND_AGENCY, "SUPPORTS", SHOP, "past", article=SECOND_ARTICLE)
    facts.relate(FIRST_AGENCY, "HAS", FUND, "existing")
    facts.relate(MINISTRY, "SUPPORTS", FUND, "existing")
    facts.relate(NORTH, "HAS", UNFINISHED_FUND, "in_progress")
    facts.relate(NORTH, "HAS", VENTURE_FUND, "existing")
    facts.relate(SOUTH, "SUPPORTS", VENTURE_FUND, "existing")
    facts.relate(SOUTH, "PLANS", SECOND_VENTURE_FUND, "planned")
    facts.relate(NORTH, "PARTNERS_WITH", SOUTH, "existing")
    for agency, edition in {FIRST_AGENCY: "original", SECOND_AGENCY: "translation"}.items():
        facts.relate(agency, "PUBLISHED", FIRST_ARTICLE, "existing", qualifiers={"edition": edition})
    facts.add_reference(NORTH, "BORDERS", SOUTH)
    facts.add_reference(FORMER, "MERGED_INTO", SOUTH, qualifiers={"date": "2025-07-01"})


def _number(facts: Builder, subject: str, value: float, **properties: Any) -> str:
    usual = {"indicator": "staff", "unit": "count", "value_status": "actual", "comparator": "="}
    return facts.add_statement(
        "measurement", subject, f"{subject} {value}", value=value, **{**usual, "speaker": CHAIR, **properties}
    )


def _numbers(facts: Builder) -> tuple[str, str, str]:
    first = _number(facts, FIRST_AGENCY, 40, period="2024")
    _number(facts, FIRST_AGENCY, 0, indicator="visitors", speaker=SECOND_AGENCY)
    _number(facts, FIRST_AGENCY, 0, indicator="visitors")
    _number(facts, FIRST_AGENCY, 0, indicator="visitors", basis="inferred")
    _number(facts, FIRST_AGENCY, 60, indicator="visitors", value_status="planned", period="2026", comparator="at least")
    _number(facts, FIRST_AGENCY, 70, indicator="visitors", value_status="target", period="2030", comparator="less than")
    _number(facts, FIRST_AGENCY, 55, indicator="budget", unit="VND", comparator="about", article=SECOND_ARTICLE)
    second = _number(facts, SECOND_AGENCY, 30, period="2024", article=SECOND_ARTICLE)
    _number(facts, SECOND_AGENCY, 30, period="2024")
    third = _number(facts, SECOND_AGENCY, 35, period="2025")
    _number(facts, MINISTRY, 900, indicator="budget", unit="VND")
    _number(facts, SHOP, 3, period="2024", speaker=MINISTRY)
    return first, second, third


def _claims(facts: Builder) -> None:
    facts.add_statement(
        "claim",
        FIRST_AGENCY,
        "One wants to grow",
        claim_type="goal",
        speaker=SECOND_AGENCY,
        about=(FUND, MINISTRY),
        origin="origin-of-a-quote",
        article=SECOND_ARTICLE,
    )
    facts.add_statement("claim", FIRST_AGENCY, "One wants to last", claim_type="goal", speaker=CHAIR)
    facts.add_statement("claim", SHOP, "The shop lacks room", claim_type="challenge", about=(SECOND_AGENCY,))
    for number in range(STATEMENTS_OF_TOPIC):
        facts.add_statement("claim", TOPIC, f"Claim {number}", claim_type="trend", article=LONG_ARTICLE)


@cache
def facts() -> Facts:
    """Return the facts of this graph."""
    built = Builder()
    _entities(built)
    _relations(built)
    first, second, third = _numbers(built)
    _claims(built)
    shared = (Reading((first,), "forty"), Reading((second,), "thirty"))
    later = (Reading((second,), "thirty"), Reading((third,), "thirty-five"))
    return built.facts(
        Disagreement(
            "disagreement:both", "value", (FIRST_AGENCY, SECOND_AGENCY), shared, "Which has how many.", 0, "as counted"
        ),
        Disagreement("disagreement:alone", "date", (SECOND_AGENCY,), later),
    )


@cache
def release() -> Release:
    """Return the release of this graph."""
    return merge(facts(), schema())
