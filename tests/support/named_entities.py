"""A small graph of names: provinces of today and of before, two offices with one name, and a person with an office."""

from functools import cache

from tests.support.invented_graph import POLICY, Builder
from vnkg.graph.model.facts import Name
from vnkg.graph.model.merge import merge
from vnkg.graph.model.release import Release
from vnkg.graph.model.schema import schema


@cache
def release() -> Release:
    """Return the release of the invented facts."""
    facts = Builder()
    facts.article("i00", "2025-10-19", "en")
    facts.entity(
        "province:hai-phong", "Province", "Hải Phòng", Name("Hải Phòng", "vi"), Name("Haiphong", "en"), kind="city"
    )
    names = (Name("Thành phố Hồ Chí Minh", "vi"), Name("TP.HCM", "vi", "abbreviation"), Name("Sài Gòn", "vi", "former"))
    facts.entity("province:ho-chi-minh", "Province", "Thành phố Hồ Chí Minh", *names, kind="city")
    facts.entity("province:binh-duong", "Province", "Bình Dương", kind="province", abolished_on="2025-07-01")
    facts.relate(
        "province:binh-duong", "MERGED_INTO", "province:ho-chi-minh", "existing", qualifiers={"date": "2025-07-01"}
    )
    number = Name("57-NQ/TW", "vi", "number")
    names = (Name("Nghị quyết 57-NQ/TW", "vi"), number)
    facts.entity(POLICY, "Policy", "Nghị quyết 57-NQ/TW", *names, kind="resolution", number="57-NQ/TW")
    for slug in ("first", "second"):
        facts.entity(
            f"agency:{slug}",
            "Agency",
            f"Văn phòng {slug}",
            Name(f"Văn phòng {slug}", "vi"),
            Name("Ban Sao", "vi", "alias"),
        )
    facts.entity("fund:sao", "Fund", "Ban Sao", kind="other")
    facts.entity("person:lan", "Person", "Nguyễn Thị Lan", diacritics="article")
    facts.relate("person:lan", "HOLDS_ROLE", "agency:first", "existing", qualifiers={"title": "Giám đốc", "head": True})
    return merge(facts.facts(), schema())
