"""A world with combinations of status, basis and implementation, for the test that all places give one answer.

Each province implements the policy in another way, and has a fund, a centre, a programme and a head of its department
in another way. Funds and centres belong to the province or to its department; some centres and programmes have no actor
and are only located there.
"""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from tests.support.invented_graph import POLICY, Builder
from vnkg.graph.model.merge import merge
from vnkg.graph.model.release import Release
from vnkg.graph.model.schema import schema

BASES = tuple(schema().bases)
LADDER = (
    ("PROPOSES", ("proposed", "disputed", "cancelled")),
    ("PLANS", ("considered", "planned", "approved", "under_construction", "unclear")),
    ("HAS", ("in_progress", "existing", "past", "disputed", "unclear", "cancelled")),
)
EXISTENCE = [(predicate, status) for predicate, statuses in LADDER for status in statuses]
UNCERTAIN = ("cancelled", "disputed", "unclear")


def _statuses(predicate: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*schema().edges[predicate].statuses, *UNCERTAIN)))


def _relate(facts: Builder, subject: str, predicate: str, target: str, status: str, basis: str, **more: Any) -> None:
    """Add a relation with any basis; one from a reference table has no passage."""
    facts.relate(subject, predicate, target, status, basis=basis, **more)
    if basis == "reference":
        facts.sentences.pop()
        facts.statements[-1] = replace(
            facts.statements[-1], passage=None, sentence=None, as_of_from=None, source="an invented atlas",
            checked_on="2026-11-01",
        )  # fmt: skip


def _things(facts: Builder, slugs: Sequence[str]) -> None:
    stages = itertools.cycle(itertools.product(EXISTENCE, BASES))
    for number, slug in enumerate(slugs):
        (predicate, status), basis = next(stages)
        owner = f"province:{slug}" if number % 2 else f"agency:so-{slug}"
        _relate(facts, owner, predicate, facts.fund(slug), status, basis)
        centre = facts.entity(f"centre:{slug}", "Centre", f"Trung tâm {slug}", kind="innovation_centre")
        _relate(facts, owner, predicate, centre, status, basis)
        programme = facts.entity(f"programme:{slug}", "Programme", f"Chương trình {slug}", kind="platform")
        _relate(facts, owner, predicate, programme, status, basis)


def _places(facts: Builder, slugs: Sequence[str]) -> None:
    combinations = list(itertools.product(_statuses("LOCATED_IN"), BASES))
    for number, (status, basis) in enumerate(combinations):
        province = f"province:{slugs[number % len(slugs)]}"
        for kind, node in (("centre", "Centre"), ("programme", "Programme")):
            more = {"kind": "startup_centre"} if node == "Centre" else {"kind": "platform"}
            thing = facts.entity(f"{kind}:there-{number}", node, f"Nơi {kind} {number}", **more)
            _relate(facts, thing, "LOCATED_IN", province, status, basis)
            if number % 3 == 0:
                _relate(facts, province, "SUPPORTS", thing, "existing", "stated")
    maker = facts.entity("organisation:maker", "Organisation", "Hãng", kind="company")
    for number, (status, basis) in enumerate(itertools.product(_statuses("LAUNCHED"), BASES)):
        programme = facts.entity(f"programme:made-{number}", "Programme", f"Sản phẩm {number}", kind="product")
        _relate(facts, maker, "LAUNCHED", programme, status, basis)


def _two_thirds(*values: Iterable[str]) -> list[tuple[str, ...]]:
    """Return two thirds of all combinations, among them each pair of values."""
    combinations = itertools.product(*(list(enumerate(each)) for each in values))
    return [
        tuple(value for _, value in combination)
        for combination in combinations
        if sum(number for number, _ in combination) % 3
    ]


@cache
def release() -> Release:
    """Return the release of this world."""
    facts = Builder()
    facts.article("i00", "2025-10-19", "en")
    facts.entity(POLICY, "Policy", "Nghị quyết 57-NQ/TW", kind="resolution", number="57-NQ/TW")
    ties = _two_thirds(_statuses("IMPLEMENTS"), BASES, schema().implementations)
    roles = itertools.cycle(itertools.product(_statuses("HOLDS_ROLE"), BASES, (True, False)))
    slugs = [f"p{number:02d}" for number in range(len(ties))]
    for slug, (status, basis, implementation) in zip(slugs, ties, strict=True):
        province = facts.entity(f"province:{slug}", "Province", f"Tỉnh {slug}", kind="province", code=slug)
        more = {"qualifiers": {"implementation": implementation}}
        _relate(facts, province, "IMPLEMENTS", POLICY, status, basis, **more)
        office = facts.entity(f"agency:so-{slug}", "Agency", f"Sở Khoa học và Công nghệ {slug}", kind="department")
        facts.relate(office, "PART_OF", province, "existing")
        person = facts.entity(f"person:{slug}", "Person", f"Nguyễn {slug}", diacritics="article", gender="f")
        role_status, role_basis, is_head = next(roles)
        title = {"title": "Giám đốc" if is_head else "Phó Giám đốc", "head": is_head}
        _relate(facts, person, "HOLDS_ROLE", office, role_status, role_basis, qualifiers=title)
    _things(facts, slugs)
    _places(facts, slugs)
    return merge(facts.facts(), schema())
