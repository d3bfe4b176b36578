"""What the status of an edge counts as in each query: the expectations of `tests/queries/test_statuses.py`.

A query without an entry fails that test. An entry lists steps; edges that no step describes must not change the answer,
whatever their status.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.support.worlds.flagship import QueryParams
from vnkg.graph.model.release import Edge
from vnkg.graph.model.schema import STATUS_GROUPS, schema

ANY_PREDICATE = "|".join(schema().edges)
EXISTENCE = "HAS|PLANS|PROPOSES"
PLACEMENT = "LOCATED_IN|HAS_SITE_IN|PART_OF"
EVERY_GROUP = tuple(STATUS_GROUPS)
CURRENT = ("in_force", "unclear")


@dataclass(frozen=True, slots=True)
class Step:
    """Edges of a query's pattern, and the statuses with which they count.

    `counts` holds status groups, statuses, or `$name`: the value of that parameter. All statuses that count must give one
    answer, and all others another one, except for the status that the columns `reports` show. `distinguishes` holds
    further sets of statuses between which answers may differ. `effect` is what a step that counts does compared with one
    that does not: it `adds` to the answer, `removes` from it, or `moves` something within it.
    `subjects` limits the edges to those from these node types; `is_sole` to those to an entity that no other existence
    edge points to, because two of them decide its status together.
    """

    predicates: str
    counts: tuple[str, ...] = EVERY_GROUP
    reports: tuple[str, ...] = ()
    distinguishes: tuple[tuple[str, ...], ...] = ()
    effect: str = "adds"
    subjects: tuple[str, ...] = ()
    is_sole: bool = False

    def describes(self, edge: Edge) -> bool:
        """Whether an edge has the predicate and the type of subject."""
        subject_type = schema().node_type_of(edge.subject)
        return edge.predicate in self.predicates.split("|") and (
            not self.subjects or (subject_type is not None and subject_type.key in self.subjects)
        )


@dataclass(frozen=True, slots=True)
class StatusRule:
    """The steps of a query, and the parameters to run it with if not those of its first call in `CALLS`."""

    steps: tuple[Step, ...] = ()
    params: QueryParams | None = None


def _rule(*steps: Step, **params: str | list[str]) -> StatusRule:
    return StatusRule(steps, params or None)


STATUS_RULES: Mapping[str, StatusRule] = {
    "agency_heads": _rule(Step("HOLDS_ROLE", CURRENT, ("status",))),
    "agency_place": _rule(Step("PART_OF", CURRENT, ("statuses",))),
    "article_statements": _rule(Step(ANY_PREDICATE, reports=("status",))),
    "articles_mentioning": _rule(),
    "centres_by_status": _rule(
        Step(EXISTENCE, ("$centre_status",), ("centre_status",), (("in_force",),), is_sole=True),
        Step("PART_OF", CURRENT, subjects=("Agency",), effect="moves"),
        Step(PLACEMENT, ("$centre_status",), ("centre_status",), (CURRENT,), subjects=("Centre",)),
        Step(PLACEMENT, CURRENT, subjects=("Place", "Organisation")),
        centre_status="existing",
    ),
    "claims_by_type": _rule(),
    "common_ground": _rule(
        Step("APPLIES|IMPLEMENTS|PRIORITISES|PROPOSES", ("$status",), ("a_status", "b_status")),
        entity_a="province:anh",
        entity_b="province:binh",
    ),
    "connection_check": _rule(Step("PLANS", reports=("status",)), entity_a="province:south", entity_b="fund:south-vc"),
    "corroborated_edges": _rule(Step(ANY_PREDICATE, reports=("status",))),
    "count_by": _rule(
        Step(EXISTENCE, ("$status",), is_sole=True),
        Step(PLACEMENT, CURRENT, subjects=("Agency", "Centre", "Place")),
        type="Centre",
        by="province",
        status="existing",
    ),
    "disagreements_about": _rule(),
    "edge_sources": _rule(Step("IMPLEMENTS", reports=("edge_status", "status"))),
    "event_participants": _rule(
        Step("TOOK_PART_IN|HOSTS|ORGANISES", reports=("status",)), Step(f"HOLDS_ROLE|{PLACEMENT}", CURRENT)
    ),
    "events_with_people": _rule(
        Step(
            "HOSTS|ORGANISES|TOOK_PART_IN|LOCATED_IN",
            ("in_force", "ended"),
            ("host_statuses", "statuses"),
            (("disputed",),),
        ),
    ),
    "find_statements": _rule(Step(ANY_PREDICATE, reports=("status",))),
    "former_provinces": _rule(),
    "fund_speakers": _rule(
        Step(EXISTENCE, ("$fund_status",), ("fund_status",), is_sole=True),
        Step("PART_OF", CURRENT, subjects=("Agency",)),
        Step("HOLDS_ROLE", CURRENT),
        fund_status="planned",
    ),
    "funds_and_sizes": _rule(Step(EXISTENCE, reports=("fund_status",), distinguishes=(("in_force",),), is_sole=True)),
    "funds_by_kind_and_status": _rule(
        Step(EXISTENCE, ("$fund_status",), ("fund_status",)), fund_kind="venture_capital", fund_status="existing"
    ),
    "indicator_compare": _rule(),
    "indicator_ranking": _rule(),
    "instrument_matrix": _rule(
        Step("IMPLEMENTS", reports=("resolution_57",), distinguishes=(CURRENT,)),
        Step(
            f"{EXISTENCE}|ISSUED|APPLIES",
            reports=("vc_fund", "st_fund", "startup_fund", "innovation_centre", "startup_centre", "plan", "sandbox"),
            distinguishes=(("in_force",),),
            is_sole=True,
        ),
        Step("PART_OF", CURRENT, subjects=("Agency",)),
        Step(
            PLACEMENT,
            reports=("innovation_centre", "startup_centre"),
            distinguishes=(CURRENT,),
            subjects=("Centre",),
        ),
        Step(PLACEMENT, CURRENT, subjects=("Place", "Organisation")),
    ),
    "measurements_of": _rule(Step(PLACEMENT, CURRENT), entity="province:aaa", include_parts="true"),
    "model_members": _rule(Step("APPLIES|PART_OF|PARTNERS_WITH", reports=("status",))),
    "models_applied": _rule(
        Step("APPLIES|HAS", ("in_force",), ("status",)), Step("PLANS|PROPOSES", reports=("status",))
    ),
    "names_not_stated": _rule(),
    "names_of": _rule(),
    "not_stated": _rule(
        Step("IMPLEMENTS", CURRENT, effect="removes"),
        Step("HAS", ("in_force",), effect="removes"),
        Step(PLACEMENT, ("in_force",), effect="moves", subjects=("Centre",)),
        Step(PLACEMENT, CURRENT, effect="moves", subjects=("Place", "Organisation")),
        Step("PART_OF", CURRENT, effect="moves", subjects=("Agency",)),
        Step("HOLDS_ROLE", CURRENT, effect="removes"),
    ),
    "partnerships": _rule(Step("PARTNERS_WITH", ("in_force",), ("status",)), Step(PLACEMENT, CURRENT, effect="moves")),
    "person_chain": _rule(Step("HOLDS_ROLE|PART_OF|LOCATED_IN", CURRENT, ("statuses",))),
    "plans_by_period": _rule(
        Step("PLANS|PROPOSES", ("planned",), ("status",), is_sole=True),
        Step(
            "|".join(sorted(set(schema().edges) - {*PLACEMENT.split("|"), "LAUNCHED_IN", "PLANS", "PROPOSES"})),
            ("planned",),
            ("status",),
            (("in_force", "ended"),),
        ),
        Step(PLACEMENT, ("in_force", "planned", "unclear")),
    ),
    "person_offices": _rule(Step("HOLDS_ROLE", CURRENT, ("status",))),
    "policies_by_issuer": _rule(
        Step("ISSUED", ("in_force", "past"), ("status",)),
        Step("PLANS|PROPOSES", reports=("status",)),
        Step("IMPLEMENTS", CURRENT),
        Step("PART_OF", CURRENT, subjects=("Agency",)),
        issuer="province:one",
    ),
    "policy_family": _rule(
        Step("CONCRETISES", ("in_force",), ("statuses",)),
        Step("ISSUED", ("in_force", "past")),
        Step("IMPLEMENTS", CURRENT, effect="moves"),
    ),
    "programmes_and_makers": _rule(Step(f"LAUNCHED|DEVELOPED|{EXISTENCE}", ("in_force",), ("status",))),
    "proposals_made": _rule(Step("PROPOSES", ("in_force", "planned", "ended", "unclear"), ("status",))),
    "province_actors": _rule(
        Step(f"{PLACEMENT}|HOLDS_ROLE", CURRENT, ("statuses",)),
        Step(EXISTENCE, ("in_force",), ("statuses",)),
        province="province:fff",
        actor_type="any",
    ),
    "province_challenges": _rule(Step("PART_OF|LOCATED_IN", CURRENT)),
    "province_policies": _rule(
        Step("ISSUED|APPROVED", ("in_force", "ended"), ("status",)),
        Step("IMPLEMENTS", CURRENT, ("status",)),
        Step("PLANS|PROPOSES", ("planned",), ("status",)),
        Step("HAS|CONCRETISES", ("in_force",), ("status",)),
        Step("PART_OF", CURRENT, subjects=("Agency",)),
        province="province:north",
    ),
    "province_neighbours": _rule(
        Step("BORDERS", ("in_force",)),
        Step("PART_OF", CURRENT, subjects=("Agency",)),
        Step(EXISTENCE, ("$fund_status",), ("fund_status",), is_sole=True),
        province="province:gia",
        fund_status="existing",
    ),
    "province_plans": _rule(
        Step("PLANS|PROPOSES", ("planned",), ("status",), is_sole=True),
        Step(
            "|".join(sorted(set(schema().edges) - {*PLACEMENT.split("|"), "PLANS", "PROPOSES"})),
            ("planned",),
            ("status",),
            (("in_force",),),
            is_sole=True,
        ),
        Step("PART_OF", CURRENT, subjects=("Agency",)),
    ),
    "provinces_by_fact_count": _rule(),
    "provinces_by_policy": _rule(Step("IMPLEMENTS", CURRENT, ("status",))),
    "provinces_with_centre": _rule(
        Step("IMPLEMENTS", CURRENT, ("implementation_status",)),
        Step(EXISTENCE, ("$centre_status",), ("centre_status",), (("in_force",),), is_sole=True),
        Step("PART_OF", CURRENT, subjects=("Agency",)),
        Step(PLACEMENT, ("$centre_status",), ("centre_status",), (CURRENT,), subjects=("Centre",)),
        Step(PLACEMENT, CURRENT, subjects=("Place", "Organisation")),
    ),
    "provinces_with_fund": _rule(
        Step("IMPLEMENTS", CURRENT, ("implementation_status",)),
        Step(EXISTENCE, ("$fund_status",), ("fund_status",), is_sole=True),
        Step("PART_OF", CURRENT, subjects=("Agency",)),
    ),
    "sector_actors": _rule(
        Step("PRIORITISES|APPLIES", reports=("status",)), Step(PLACEMENT, ("in_force", "planned", "unclear"))
    ),
    "sector_priorities": _rule(Step("PRIORITISES", ("in_force",), ("status",)), Step(PLACEMENT, CURRENT)),
    "single_source_edges": _rule(Step("HOLDS_ROLE|ISSUED", reports=("status",)), predicate=["HOLDS_ROLE", "ISSUED"]),
    "supporters": _rule(Step("FUNDS|SUPPORTS", ("in_force",), ("status",))),
    "targets": _rule(),
    "timeline": _rule(
        Step("HOSTS|ORGANISES|TOOK_PART_IN|LOCATED_IN|PART_OF", reports=("status",)), entity="event:done"
    ),
    "whereabouts": _rule(Step(f"{PLACEMENT}|HOLDS_ROLE", CURRENT, ("statuses",)), entity="person:binh"),
    "who_speaks_for_what": _rule(Step("HOLDS_ROLE", CURRENT)),
}
