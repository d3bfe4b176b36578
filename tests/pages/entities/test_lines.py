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
    own = {"predicate": predicate, "direction": direction, "as_of": as_of, "neighbour": neighbour, "basis": "stated"}
    return own | {"statements": [f"statement:{number}"]} | more


def test_each_entity_has_one_line_with_all_its_edges_under_its_topic() -> None:
    edges = [
        edge(1, "LOCATED_IN", "in", "Centre"),
        edge(2, "MERGED_INTO", "out", "Province", date="2025", as_of="2025"),
        edge(3, "HAS", "out", "Fund"),
        edge(4, "IMPLEMENTS", "out", "Policy", implementation="explicit"),
        edge(1, "PLANS", "out", "Centre"),
        edge(6, "FUNDS", "out", "Fund"),
        edge(7, "BORDERS", "in", "Province"),
        edge(9, "HAS", "out", "Volcano"),
    ]
    for number, one in enumerate(edges, 1):
        one["statements"] = [f"statement:{number}"]
    statements = [{"id": f"statement:{number}"} for number in range(1, 9)]
    groups = list(groups_of({"edges": edges}, lines_for(statements, 2)))  # pyright: ignore[reportArgumentType]
    assert [
        (
            group.topic,
            group.has_one_type,
            [(one.anchor, [item.title for item in one.edges], one.evidence_key) for one in group.relations],
            group.relations.left_out,
        )
        for group in groups
    ] == [
        ("policies", True, [("r1", ["Implements"], ("statement:4",))], 0),
        (
            "instruments",
            False,
            [
                ("r2", ["Has"], ("statement:3",)),
                ("r3", ["Plans", "Located in this"], ("statement:5", "statement:1")),
            ],
            1,
        ),
        ("places", True, [("r4", ["Merged into"], ("statement:2",)), ("r5", ["Borders"], ("statement:7",))], 0),
        ("others", True, [("r6", ["Has"], ("statement:8",))], 0),
    ]
    qualifiers = [
        [value for _, value in item.qualifiers] for group in groups for one in group.relations for item in one.edges
    ]
    assert qualifiers == [["explicit"], [], [], [], [], [], []]


def test_what_only_the_context_suggests_is_marked() -> None:
    edges = [
        edge(1, "IMPLEMENTS", "out", "Policy", implementation="context"),
        edge(2, "IMPLEMENTS", "out", "Policy", implementation="explicit"),
        edge(3, "HAS", "out", "Fund") | {"basis": "context"},
    ]
    groups = groups_of({"edges": edges}, lines_for([]))  # pyright: ignore[reportArgumentType]
    assert [one.edges[0].is_context_only for group in groups for one in group.relations] == [True, False, True]


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
