"""A world whose texts of ours are in both languages, with due dates, alternatives, scopes and inferred speakers."""

from functools import cache

from tests.support.invented_graph import Builder
from vnkg.graph.model.facts import Disagreement, Reading
from vnkg.graph.model.merge import merge
from vnkg.graph.model.release import Release
from vnkg.graph.model.schema import schema

PROVINCE, OFFICE, DIRECTOR = "province:aaa", "agency:aaa-dost", "person:director"
FUND, OTHER_FUND, MECHANISM, CENTRE = "fund:aaa-vc", "fund:other", "model:co-investment", "centre:aaa"
ARTICLE, PUBLISHER = "article:900", "organisation:paper"
DISAGREEMENT = "disagreement:aaa-fund"
BECAME_CITY_ON = "2026-04-30"
ENGLISH_ONLY = "English only"
INDICATOR = next(iter(schema().indicators))


@cache
def release() -> Release:
    """Return the release of the world; texts with a Vietnamese one begin with `English` and `Tiếng Việt`."""
    facts = Builder()
    facts.article("900", "2025-12-12", published_basis="day of the page")
    facts.entity(PROVINCE, "Province", "Aaa", kind="city", city_since=BECAME_CITY_ON, extent_changed_on="2025-07-01")
    facts.entity(OFFICE, "Agency", "Sở Aaa", kind="department")
    facts.entity(DIRECTOR, "Person", "Người nói")
    facts.entity(FUND, "Fund", "Quỹ aaa", kind="venture_capital")
    facts.entity(OTHER_FUND, "Fund", "Quỹ khác", kind="other")
    facts.entity(MECHANISM, "Model", "Cơ chế đồng đầu tư", kind="instrument")
    facts.entity(CENTRE, "Centre", "Trung tâm aaa", kind="innovation_centre")
    facts.entity(PUBLISHER, "Organisation", "Báo Aaa", kind="medium")

    def relate(subject: str, predicate: str, target: str, status: str, number: int, **more: object) -> str:
        texts = {"gloss": f"English gloss {number}", "gloss_vi": f"Tiếng Việt {number}"}
        return facts.relate(subject, predicate, target, status, article=ARTICLE, **texts, **more)

    plan = relate(PROVINCE, "PLANS", FUND, "planned", 1, due="../2030", alternative=(MECHANISM,))
    relate(PROVINCE, "PLANS", MECHANISM, "planned", 2, due="../2030", alternative=(FUND,))
    has = relate(PROVINCE, "HAS", FUND, "existing", 3)
    relate(PROVINCE, "HAS", CENTRE, "existing", 4, qualifiers={"operator": True})
    relate(PUBLISHER, "PUBLISHED", ARTICLE, "existing", 5, qualifiers={"edition": "translation"})
    facts.relate(OFFICE, "PART_OF", PROVINCE, "existing", article=ARTICLE, gloss=ENGLISH_ONLY)
    facts.add_statement(
        "claim", PROVINCE, "English gloss 6", gloss_vi="Tiếng Việt 6", article=ARTICLE, claim_type="goal",
        due="2026/2030", speaker=DIRECTOR, speaker_basis="inferred", about=(CENTRE,), period="2026/2030",
    )  # fmt: skip
    facts.add_statement(
        "measurement", PROVINCE, "English gloss 7", gloss_vi="Tiếng Việt 7", article=ARTICLE, indicator=INDICATOR,
        value=90, unit="count", comparator="=", value_status="actual", period="2024", scope="before",
    )  # fmt: skip
    texts = ("English reading", "Tiếng Việt cách hiểu")
    readings = (Reading((plan,), f"{texts[0]} 1", f"{texts[1]} 1"), Reading((has,), f"{texts[0]} 2", f"{texts[1]} 2"))
    disagreement = Disagreement(
        DISAGREEMENT, "translation", (PROVINCE, FUND), readings, "English title", 0, "English reason",
        "Tiếng Việt tên", "Tiếng Việt lý do", "answer",
    )  # fmt: skip
    return merge(facts.facts(disagreement), schema())
