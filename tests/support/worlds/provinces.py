"""A world for what provinces have, plan, share and lack: seven current provinces and three former ones.

Anh has everything, Binh plans things or hosts what others run, Chau is disputed, Dan unclear, Em only implements, Gia
is only a neighbour and Ha has nothing. Moc was merged into Cuu and Cuu into Anh; no merger of Lac is known.
"""

from functools import cache

from tests.support.invented_graph import POLICY, SECOND_ARTICLE, Builder
from tests.support.worlds.flagship import QueryParams
from vnkg.graph.model.facts import Disagreement, Name, Reading
from vnkg.graph.model.merge import merge
from vnkg.graph.model.release import Release
from vnkg.graph.model.schema import schema

TODAY = ("anh", "binh", "chau", "dan", "em", "gia", "ha")
FORMER = {"cuu": "2025-07-01", "moc": "1997-01-01", "lac": "1991-08-12"}
ANY_CENTRE: QueryParams = {"implementation": "any", "centre_kind": "any", "centre_status": "any"}

CALLS: list[tuple[str, QueryParams]] = [
    ("instrument_matrix", {}),
    ("instrument_matrix", {"province": "province:anh"}),
    ("instrument_matrix", {"policy": "policy:plan-anh", "sandbox": "model:park"}),
    ("common_ground", {"entity_a": "province:anh", "entity_b": "province:binh"}),
    ("common_ground", {"entity_a": "province:binh", "entity_b": "province:anh", "status": "any"}),
    ("common_ground", {"entity_a": "province:em", "entity_b": "province:anh"}),
    ("common_ground", {"entity_a": "province:anh", "entity_b": "province:chau", "status": ["planned", "disputed"]}),
    ("province_plans", {}),
    ("province_plans", {"province": "province:anh"}),
    ("centres_by_status", {}),
    ("centres_by_status", {"centre_kind": "innovation_centre", "centre_status": "existing"}),
    ("centres_by_status", {"province": "province:binh"}),
    ("province_neighbours", {"province": "province:anh"}),
    ("province_neighbours", {"province": "province:gia", "fund_kind": "venture_capital", "fund_status": "existing"}),
    ("former_provinces", {}),
    ("former_provinces", {"province": "province:anh"}),
    ("former_provinces", {"province": "province:lac"}),
    ("sector_priorities", {}),
    ("sector_priorities", {"sector": "sector:tea", "province": "province:anh"}),
    ("models_applied", {}),
    ("models_applied", {"model": "model:sandbox", "model_kind": "instrument"}),
    ("province_challenges", {"province": "province:anh"}),
    ("province_challenges", {"province": "province:anh", "claim_type": "any"}),
    ("province_challenges", {"province": "province:dan"}),
    ("funds_and_sizes", {}),
    ("funds_and_sizes", {"fund": "fund:anh-vc", "fund_kind": "st_development"}),
    ("provinces_with_centre", {}),
    ("provinces_with_centre", ANY_CENTRE),
    ("provinces_with_centre", {"as_of": "2025-07-01"}),
    ("provinces_with_centre", {"as_of": "2025-06"}),
    ("provinces_with_centre", {"implementation": "in_spirit", "centre_status": ["planned", "considered"]}),
]


def _base_entities(facts: Builder) -> None:
    facts.article("i00", "2025-10-19", "en")
    facts.article("i01", "2025-11-18", "vi")
    facts.entity(POLICY, "Policy", "Nghị quyết 57-NQ/TW", kind="resolution", number="57-NQ/TW")
    for slug in TODAY:
        facts.entity(f"province:{slug}", "Province", slug.title(), kind="province", code=slug)
    for slug, day in FORMER.items():
        names = (Name(slug.title(), "vi"), Name(f"Old {slug}", "en", "former"))
        facts.entity(f"province:{slug}", "Province", slug.title(), *names, kind="province", abolished_on=day)
    facts.relate("province:moc", "MERGED_INTO", "province:cuu", "existing", qualifiers={"date": "1997-01-01"})
    facts.add_reference("province:cuu", "MERGED_INTO", "province:anh", qualifiers={"date": "2025-07-01"})
    for model, kind in (("sandbox", "instrument"), ("park", "cooperation"), ("nameless", None)):
        more = {"kind": kind} if kind else {}
        facts.entity(f"model:{model}", "Model", f"Model {model}", **more)
    for sector in ("tea", "sea"):
        facts.entity(f"sector:{sector}", "Sector", f"Sector {sector}")
    facts.entity("person:speaker", "Person", "Nguyễn Văn Nói", diacritics="article")


def _ties(facts: Builder) -> None:
    facts.add_implementation("province:anh", article=SECOND_ARTICLE)
    facts.add_implementation("province:binh", status="planned")
    facts.add_implementation("province:chau", status="existing")
    facts.add_implementation("province:chau", status="past")
    facts.add_implementation("province:em", "in_spirit", basis="context")
    facts.add_implementation("province:cuu")


def _funds(facts: Builder) -> None:
    office = facts.department("anh")
    facts.relate("province:anh", "HAS", facts.fund("anh-vc"), "existing", basis="inferred")
    facts.relate(office, "HAS", "fund:anh-vc", "existing", article=SECOND_ARTICLE)
    facts.relate(office, "PLANS", facts.fund("anh-second-vc"), "considered")
    facts.relate("province:anh", "HAS", facts.fund("anh-st", "st_development"), "in_progress", basis="context")
    facts.relate("province:binh", "PLANS", facts.fund("binh-vc"), "planned")
    facts.relate("province:chau", "HAS", facts.fund("chau-vc"), "existing")
    facts.relate("province:chau", "PLANS", "fund:chau-vc", "planned")
    facts.relate("province:chau", "HAS", facts.fund("chau-startup", "startup_support"), "past")
    facts.relate("province:cuu", "HAS", facts.fund("cuu-vc"), "existing")
    gone = facts.department("dan", "past")
    facts.relate(gone, "HAS", facts.fund("dan-vc"), "existing")
    facts.relate("province:dan", "PLANS", facts.fund("dan-other", "other"), "considered")
    size = {"indicator": "capital", "unit": "VND"}
    facts.add_statement(
        "measurement", "fund:anh-vc", "50 billion", value=50e9, comparator="at least", value_status="actual", **size
    )
    facts.add_statement(
        "measurement", "fund:anh-vc", "90 billion", value=90e9, comparator="=", value_status="target", **size
    )
    facts.add_statement(
        "measurement", "fund:anh-st", "12 projects", indicator="projects", value=12, comparator="=", unit="count",
        value_status="actual", article=SECOND_ARTICLE,
    )  # fmt: skip


def _centres(facts: Builder) -> None:
    def centre(slug: str, kind: str = "innovation_centre") -> str:
        return facts.entity(f"centre:{slug}", "Centre", f"Centre {slug}", kind=kind)

    town = facts.entity("place:anh-town", "Place", "Thị trấn Anh", kind="town")
    facts.relate(town, "PART_OF", "province:anh", "existing", basis="inferred")
    facts.relate("agency:so-anh", "HAS", centre("anh-lab"), "existing")
    facts.relate("centre:anh-lab", "LOCATED_IN", town, "existing")
    facts.relate("agency:so-anh", "HAS", centre("anh-park", "tech_park"), "in_progress")
    facts.relate("province:anh", "PLANS", centre("anh-new"), "planned")
    facts.relate("centre:anh-new", "LOCATED_IN", "province:anh", "planned")
    university = facts.entity("organisation:binh-uni", "Organisation", "Đại học Binh", kind="university")
    facts.relate(university, "LOCATED_IN", "province:binh", "existing")
    facts.relate(university, "HAS", centre("binh-campus"), "existing")
    facts.relate("centre:binh-campus", "LOCATED_IN", university, "existing")
    facts.relate(university, "HAS", centre("binh-moving", "startup_centre"), "existing")
    facts.relate("centre:binh-moving", "LOCATED_IN", "province:binh", "planned")
    facts.relate("province:chau", "HAS", centre("chau-hub"), "existing")
    facts.relate("province:chau", "PLANS", "centre:chau-hub", "planned")
    facts.relate("province:chau", "HAS", centre("chau-start", "startup_centre"), "existing")
    facts.relate("province:dan", "HAS", centre("dan-hub"), "unclear")
    facts.relate("province:dan", "HAS", centre("dan-park", "tech_park"), "in_progress")
    facts.relate("province:cuu", "HAS", centre("cuu-hub"), "existing")
    facts.relate("person:speaker", "SUPPORTS", centre("nowhere"), "existing")


def _plans(facts: Builder) -> None:
    facts.entity("policy:plan-anh", "Policy", "Kế hoạch Anh", kind="plan")
    facts.entity("policy:decision-anh", "Policy", "Quyết định Anh", kind="decision")
    facts.entity("policy:strategy-binh", "Policy", "Chiến lược Binh", kind="strategy")
    facts.relate("agency:so-anh", "ISSUED", "policy:plan-anh", "existing")
    facts.relate("province:anh", "ISSUED", "policy:decision-anh", "existing")
    facts.relate("province:anh", "PROPOSES", "policy:decision-anh", "proposed")
    facts.add_implementation("province:em", policy="policy:plan-anh")
    facts.add_implementation("province:em", policy="policy:decision-anh")
    facts.relate("province:binh", "PLANS", "policy:strategy-binh", "approved")
    facts.relate("province:anh", "APPLIES", "model:sandbox", "existing")
    facts.relate("province:anh", "APPLIES", "model:park", "existing")
    facts.relate("province:binh", "PROPOSES", "model:sandbox", "proposed")
    facts.relate("province:chau", "PROPOSES", "model:sandbox", "proposed")
    facts.relate("province:chau", "PLANS", "model:sandbox", "planned", article=SECOND_ARTICLE, as_of="2025-10-19")
    facts.relate("province:dan", "APPLIES", "model:sandbox", "unclear")
    facts.relate("province:cuu", "APPLIES", "model:sandbox", "existing")
    facts.relate("province:binh", "APPLIES", "model:park", "in_progress")
    facts.relate("province:anh", "PLANS", "model:nameless", "planned")
    facts.relate("province:chau", "HAS", "model:nameless", "existing")
    firm = facts.entity("organisation:firm", "Organisation", "Công ty Bạn", kind="company")
    facts.relate(firm, "PARTNERS_WITH", "province:anh", "existing")
    product = facts.entity("programme:shared", "Programme", "Nền tảng chung", kind="platform")
    facts.relate(firm, "PLANS", product, "planned")
    facts.relate("province:anh", "SUPPORTS", firm, "planned")
    facts.relate("province:anh", "PRIORITISES", "sector:tea", "existing")
    facts.relate("province:anh", "PRIORITISES", "sector:sea", "planned", article=SECOND_ARTICLE)
    facts.relate("province:binh", "PRIORITISES", "sector:tea", "planned")
    facts.relate("centre:anh-lab", "PRIORITISES", "sector:sea", "existing")
    facts.relate("province:chau", "PRIORITISES", "sector:tea", "existing")
    facts.relate("province:chau", "PRIORITISES", "sector:tea", "past")
    facts.relate("province:cuu", "PRIORITISES", "sector:tea", "existing")


def _borders(facts: Builder) -> None:
    facts.relate("province:binh", "BORDERS", "province:anh", "existing")
    facts.add_reference("province:anh", "BORDERS", "province:chau")
    facts.relate("province:anh", "BORDERS", "province:cuu", "existing")
    facts.relate("province:anh", "BORDERS", "province:dan", "past")
    facts.relate("province:gia", "BORDERS", "province:anh", "existing")
    facts.add_reference("province:gia", "BORDERS", "province:anh")


def _claims(facts: Builder) -> tuple[Disagreement, ...]:
    facts.add_statement("claim", "province:anh", "Money is lacking", claim_type="challenge", speaker="person:speaker")
    facts.add_statement("claim", "agency:so-anh", "Too few officials", claim_type="challenge", article=SECOND_ARTICLE)
    facts.add_statement("claim", "centre:anh-lab", "The lab is too small", claim_type="challenge")
    facts.add_statement(
        "claim", "sector:tea", "Tea is hard to sell", claim_type="challenge", about=("province:anh", "model:park")
    )
    facts.add_statement("claim", "province:anh", "To lead in tea", claim_type="goal", about=("sector:tea",))
    facts.add_statement("claim", "province:binh", "Roads are bad", claim_type="challenge")
    facts.add_statement("claim", "agency:so-dan", "It left the province", claim_type="challenge")
    facts.add_statement("claim", "province:dan", "Good people", claim_type="strength")
    facts.add_statement("claim", "province:cuu", "It was small", claim_type="challenge")
    park = [s.id for s in facts.statements if s.object == "model:park"]
    readings = tuple(Reading((statement,), statement) for statement in park)
    about = ("model:park", "province:anh")
    return (Disagreement("disagreement:park", "definition", about, readings, "Who takes part."),)


@cache
def release() -> Release:
    """Return the release of this world."""
    facts = Builder()
    for part in (_base_entities, _ties, _funds, _centres, _plans, _borders):
        part(facts)
    return merge(facts.facts(*_claims(facts)), schema())
