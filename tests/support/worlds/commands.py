"""A world for what the commands print: each kind of line once, with article texts of which one has changed since.

Alpha has something of everything; of Gamma, Delta and Beta one is an answer of the flagship query and two are near
misses; the ministry and the company Far are connected through two hubs alone.
"""

import dataclasses
from functools import cache
from pathlib import Path
from typing import Any

from tests.support.invented_graph import Builder
from vnkg.graph.model.facts import Disagreement, Mention, Name, Reading
from vnkg.graph.model.merge import merge
from vnkg.graph.model.release import Release
from vnkg.graph.model.schema import schema

FIRST_ARTICLE, SECOND_ARTICLE = "article:900", "article:901"
ALPHA = "province:alpha"
CHANGED_LINE = "Alpha plants a fund."


class _NumberedBuilder(Builder):
    """A builder whose articles have numbers, so that there can be texts of them."""

    def add_statement(
        self, kind: str, subject: str, gloss: str, *, article: str = FIRST_ARTICLE, **properties: Any
    ) -> str:
        properties.setdefault("as_of", "2025-10-19" if article == FIRST_ARTICLE else "2025-11-18")
        return super().add_statement(kind, subject, gloss, article=article, **properties)


def _entities(facts: Builder) -> None:
    facts.article("900", "2025-10-19", "en", origin="one")
    facts.article("901", "2025-11-18", "vi", origin="two")
    alias = Name("Alpha Province", "en", "alias", FIRST_ARTICLE)
    names = (
        Name("Tỉnh Alpha", "vi"), Name("Đất Alpha", "vi", "former"), Name("Alpha", "en"),
        alias, dataclasses.replace(alias, article=SECOND_ARTICLE),
    )  # fmt: skip
    facts.entity(ALPHA, "Province", "Tỉnh Alpha", *names, kind="city", population=1234567, city_since="2020-01-05")
    facts.entity("province:beta", "Province", "Beta", Name("Beta", "en"), kind="province", abolished_on="2025-07-01")
    for slug in ("gamma", "delta"):
        facts.entity(f"province:{slug}", "Province", slug.title(), kind="province")
    facts.entity("agency:so-alpha", "Agency", "Sở Alpha", kind="department")
    facts.entity("person:an", "Person", "Nguyễn An", diacritics="article", gender="f")
    facts.entity("policy:p", "Policy", "Nghị quyết P", kind="resolution", number="P", issued_on="2024-12-22")
    facts.entity("organisation:lone", "Organisation", "Lone", kind="company")
    facts.entity("place:land", "Place", "Đất nước", kind="country")
    facts.entity("agency:ministry", "Agency", "Bộ", kind="ministry")
    facts.entity("agency:party", "Agency", "Đảng", kind="central_party")
    facts.entity("organisation:far", "Organisation", "Far", kind="company")
    facts.entity("organisation:farther", "Organisation", "Farther", kind="company")


def _relations(facts: Builder) -> None:
    fund = facts.fund("alpha-vc")
    facts.relate(ALPHA, "PLANS", fund, "planned", gloss="Alpha plans a fund.")
    facts.relate(ALPHA, "HAS", fund, "existing", article=SECOND_ARTICLE, gloss="Alpha has a fund.")
    facts.relate(
        ALPHA, "PLANS", fund, "planned", article=SECOND_ARTICLE, as_of="2025-11", gloss="Alpha still plans it."
    )
    facts.add_reference(ALPHA, "BORDERS", "province:beta")
    facts.add_reference("province:beta", "MERGED_INTO", ALPHA, qualifiers={"date": "2025-07-01"})
    facts.add_implementation(ALPHA, "in_spirit", policy="policy:p", basis="inferred", gloss="In its spirit.")
    facts.relate("agency:so-alpha", "PART_OF", ALPHA, "existing", gloss="The department of Alpha.")
    office = {"title": "Giám đốc", "head": True}
    facts.relate("person:an", "HOLDS_ROLE", "agency:so-alpha", "past", qualifiers=office, gloss="She was its head.")
    facts.relate("agency:ministry", "PART_OF", "place:land", "existing", gloss="The ministry is the country's.")
    facts.relate("organisation:far", "LOCATED_IN", "place:land", "unclear", gloss="Far may be in the country.")
    facts.relate("place:land", "PARTNERS_WITH", "agency:party", "existing", gloss="Two hubs.")
    for subject in ("agency:ministry", "organisation:farther", "organisation:far"):
        facts.relate(subject, "PART_OF", "agency:party", "existing", gloss=f"{subject} belongs to the Party.")
    facts.relate(
        "organisation:farther", "PARTNERS_WITH", "agency:ministry", "existing", article=SECOND_ARTICLE,
        as_of="2025-12-01", gloss="They are partners.",
    )  # fmt: skip
    for slug, kind, status in (
        ("gamma-one", "venture_capital", "existing"),
        ("gamma-two", "venture_capital", "existing"),
        ("delta-vc", "venture_capital", "planned"),
        ("delta-st", "st_development", "existing"),
    ):
        predicate = "PLANS" if status == "planned" else "HAS"
        facts.relate(f"province:{slug.partition('-')[0]}", predicate, facts.fund(slug, kind), status)
    for slug in ("gamma", "delta"):
        facts.add_implementation(f"province:{slug}", policy="policy:p", status="existing")


@cache
def release() -> Release:
    """Return the release of this world."""
    built = _NumberedBuilder()
    _entities(built)
    _relations(built)
    count = {"indicator": "startups", "unit": "count", "value_status": "actual", "period": "2025", "comparator": "="}
    low = built.add_statement("measurement", ALPHA, "Alpha counts 90.", value=90, **count)
    high = built.add_statement("measurement", ALPHA, "It counts 120.", article=SECOND_ARTICLE, value=120, **count)
    goal = built.add_statement(
        "claim", ALPHA, "Alpha is to lead.", claim_type="goal", speaker="person:an", about=("fund:alpha-vc",)
    )
    settled = (Reading((low,), "90"), Reading((high,), "120"))
    unsettled = (Reading((goal,), "to lead"), Reading((high, low), "to count"))
    facts = built.facts(
        Disagreement("disagreement:startups-alpha", "value", (ALPHA,), settled, "Two counts.", 1, "newer"),
        Disagreement("disagreement:open", "scope", (ALPHA,), unsettled),
    )
    mentions = (Mention(FIRST_ARTICLE, ALPHA, 1, 0, 5), Mention(FIRST_ARTICLE, ALPHA, 5, 0, 5))
    facts = dataclasses.replace(facts, retired_ids=(("province:old-alpha", ALPHA),), mentions=mentions)
    return merge(facts, schema())


def write_texts(folder: Path) -> Path:
    """Write the text of the first article, with its first line changed, and of no other; return the folder."""
    lines = [s.gloss for s in release().statements if s.passage is not None and s.passage.article == FIRST_ARTICLE]
    folder.mkdir()
    (folder / "900_first.txt").write_text("\n".join([CHANGED_LINE, *lines[1:]]) + "\n", encoding="utf-8")
    return folder
