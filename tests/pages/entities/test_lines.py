"""The lines of an entity page: its relations by predicate, and what it said and what is claimed about it."""

from typing import Any

from tests.support.evidence import lines_for
from vnkg.api.pages.entities.claims import ClaimGroup, claims_by_and_about
from vnkg.api.pages.entities.relations import groups_of

PERSON = "person:me"


def edge(
    number: int, predicate: str, direction: str, neighbour_type: str, as_of: str = "2025", **more: Any
) -> dict[str, Any]:
    neighbour = {"id": f"{neighbour_type.lower()}:{number}", "type": neighbour_type}
    own = {"predicate": predicate, "direction": direction, "as_of": as_of, "neighbour": neighbour}
    return own | {"statements": [f"statement:{number}"]} | more


def test_relations_are_grouped_by_predicate_outgoing_ones_first_in_the_order_of_the_schema() -> None:
    edges = [
        edge(1, "FUNDS", "in", "Fund"),
        edge(2, "MERGED_INTO", "out", "Province", date="2025", as_of="2025"),
        edge(3, "FUNDS", "out", "Fund"),
        edge(4, "IMPLEMENTS", "out", "Policy", implementation="explicit"),
        edge(5, "FUNDS", "out", "Centre"),
        edge(6, "FUNDS", "out", "Fund"),
        edge(7, "BORDERS", "in", "Province"),
        edge(8, "MERGED_INTO", "in", "Province", date="2025-07-01", as_of="2025"),
        edge(9, "FUNDS", "in", "Fund"),
    ]
    statements = [{"id": f"statement:{number}"} for number in range(1, 10)]
    groups = list(groups_of({"edges": edges}, lines_for(statements, 2)))  # pyright: ignore[reportArgumentType]
    assert [
        (
            group.title,
            group.other_type,
            [(one.anchor, one.evidence_key, [value for _, value in one.qualifiers]) for one in group.relations],
            group.relations.left_out,
        )
        for group in groups
    ] == [
        ("Implements", "", [("r1", ("statement:4",), ["explicit"])], 0),
        ("Merged into", "", [("r2", ("statement:2",), [])], 0),
        ("Funds", "", [("r3", ("statement:3",), []), ("r4", ("statement:5",), [])], 1),
        ("Merged into this", "", [("r5", ("statement:8",), ["2025-07-01"])], 0),
        ("Funds this", "Fund", [("r6", ("statement:1",), []), ("r7", ("statement:9",), [])], 0),
        ("Borders", "", [("r8", ("statement:7",), [])], 0),
    ]


def a_statement(
    number: int, kind: str = "claim", speaker: str | None = None, gloss: str = "so", **more: Any
) -> dict[str, Any]:
    own = {"id": f"statement:{number}", "kind": kind, "subject": PERSON, "gloss": gloss}
    return own | ({"speaker": speaker} if speaker else {}) | more


def shape(groups: list[ClaimGroup]) -> list[tuple[str, str, list[tuple[str, tuple[str, ...]]], int]]:
    return [
        (group.key, group.title, [(line.anchor, line.evidence_key) for line in group.lines], group.lines.left_out)
        for group in groups
    ]


def test_what_an_entity_said_is_separate_from_what_others_claim_and_only_repetitions_share_a_line() -> None:
    statements = [
        a_statement(1, "relation"),
        a_statement(2, claim_type="opinion"),
        a_statement(3, claim_type="goal"),
        a_statement(4, claim_type="goal"),
        a_statement(5, claim_type="goal", speaker="person:you"),
        a_statement(6, claim_type="goal", subject="person:you"),
        a_statement(7, claim_type="goal", gloss="otherwise"),
        a_statement(8, "measurement"),
        a_statement(9, claim_type="goal", speaker=PERSON),
        a_statement(10, "measurement", speaker=PERSON),
        a_statement(11, claim_type="opinion", speaker=PERSON, subject="person:you"),
    ]
    used = ["statement:8", "statement:10"]
    by, about = claims_by_and_about(PERSON, statements, used, lines_for(statements, 3))  # pyright: ignore[reportArgumentType]
    assert shape(by) == [
        ("goal", "goal", [("s1", ("statement:9",))], 0),
        ("opinion", "opinion", [("s2", ("statement:11",))], 0),
        ("measurement", "measurement", [("s3", ("statement:10",))], 0),
    ]
    goals = [("c1", ("statement:3", "statement:4")), ("c2", ("statement:5",)), ("c3", ("statement:6",))]
    assert shape(about) == [
        ("goal", "goal", goals, 1),
        ("opinion", "opinion", [("c4", ("statement:2",))], 0),
        ("relation", "relation", [("c5", ("statement:1",))], 0),
    ]
