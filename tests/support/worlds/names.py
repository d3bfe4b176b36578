"""A world for stated and missing names: facilities that are named, unnamed, without statements or not recorded."""

from collections.abc import Mapping, Sequence
from functools import cache

from tests.support.invented_graph import FIRST_ARTICLE, SECOND_ARTICLE, Builder
from vnkg.graph.model.merge import merge
from vnkg.graph.model.release import Release
from vnkg.graph.model.schema import schema

QueryParams = Mapping[str, str | Sequence[str]]


@cache
def release() -> Release:
    """Return the release of the invented facts."""
    facts = Builder()
    facts.article("i00", "2025-10-19", "en")
    facts.article("i01", "2025-11-18", "vi")
    facts.entity("province:aaa", "Province", "Aaa", kind="province")
    facts.entity("place:town", "Place", "Town", kind="town")
    for slug, named in (("named", "article"), ("ours", "ours"), ("once", "ours"), ("silent", "ours"), ("open", None)):
        more = {"named": named} if named else {}
        facts.entity(f"centre:{slug}", "Centre", f"Centre {slug}", kind="incubator", **more)
    facts.entity("fund:ours", "Fund", "Fund of ours", kind="other", named="ours")
    for slug in ("named", "ours", "once", "open"):
        facts.relate("province:aaa", "HAS", f"centre:{slug}", "existing")
    # Parallel edges, another article and a disputed status: the name is still not stated.
    facts.relate("centre:ours", "LOCATED_IN", "province:aaa", "existing", article=SECOND_ARTICLE)
    facts.relate("centre:ours", "LOCATED_IN", "place:town", "unclear", article=SECOND_ARTICLE)
    facts.relate("province:aaa", "HAS", "fund:ours", "existing", article=FIRST_ARTICLE)
    facts.relate("province:aaa", "PLANS", "fund:ours", "planned", article=FIRST_ARTICLE)
    return merge(facts.facts(), schema())


CALLS: list[tuple[str, QueryParams]] = [
    ("names_not_stated", {}),
    ("names_not_stated", {"entity": "centre:ours"}),
    ("names_not_stated", {"entity": "centre:open"}),
]
