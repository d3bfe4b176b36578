"""Allocation of evidence to the lines of a page: inline within the budget, nothing lost."""

from tests.shelves import shelf_of
from vnkg.api.pages.entities.evidence_budget import MAX_PASSAGES_PER_LINE, EvidenceAllocator


def said(number: int, **more: object) -> dict[str, object]:
    return {"id": f"statement:{number}", "gloss": "", "words": "w" * 100, "origin": f"origin-{number}", **more}


def sizes(shelf: EvidenceAllocator) -> list[tuple[int, int]]:
    lines = (*shelf.disputed_lines, *shelf.lines)
    return [(len(shelf.evidence_for(line).inline), len(shelf.evidence_for(line).links)) for line in lines]


def test_before_it_is_filled_everything_is_a_link() -> None:
    shelf = shelf_of(said(1), said(2))
    line = shelf.add(["statement:1", "statement:2"], is_disputed=False)
    assert (len(shelf.evidence_for(line).inline), len(shelf.evidence_for(line).links)) == (0, 2)


def test_with_much_room_each_line_shows_the_most_and_links_the_rest() -> None:
    shelf = shelf_of(*(said(number) for number in range(6)))
    shelf.add([f"statement:{number}" for number in range(5)], is_disputed=False)
    shelf.add(["statement:5"], is_disputed=False)
    shelf.allocate(100_000)
    assert sizes(shelf) == [(MAX_PASSAGES_PER_LINE, 2), (1, 0)]


def test_with_little_room_each_line_has_one_before_any_has_two() -> None:
    shelf = shelf_of(*(said(number) for number in range(4)))
    shelf.add(["statement:0", "statement:1"], is_disputed=False)
    shelf.add(["statement:2", "statement:3"], is_disputed=False)
    shelf.allocate(3 * 350)
    assert sizes(shelf) == [(2, 0), (1, 1)]


def test_disputed_lines_are_served_first() -> None:
    shelf = shelf_of(said(0), said(1))
    plain = shelf.add(["statement:0"], is_disputed=False)
    disputed = shelf.add(["statement:1"], is_disputed=True)
    shelf.allocate(400)
    assert [len(shelf.evidence_for(line).inline) for line in (plain, disputed)] == [0, 1]


def test_independent_tellings_come_before_a_second_one_of_the_same_and_tables_last() -> None:
    shelf = shelf_of(said(0, source="a table"), said(1, origin="one"), said(2, origin="one"), said(3, origin="two"))
    line = shelf.add([f"statement:{number}" for number in range(4)], is_disputed=False)
    behind = shelf.evidence_for(line)
    assert [shown.statement["id"] for shown in behind.links] == [f"statement:{number}" for number in (1, 3, 2, 0)]
    assert (behind.articles, behind.origins) == (2, 2)


def test_a_passage_with_a_flag_takes_more_room() -> None:
    for verified, shown in ((True, 1), (False, 0)):
        shelf = shelf_of(said(0, verified=verified))
        line = shelf.add(["statement:0"], is_disputed=False)
        shelf.allocate(400)
        assert len(shelf.evidence_for(line).inline) == shown


def test_statements_that_are_not_at_hand_are_left_out() -> None:
    assert shelf_of(said(0)).add(["statement:0", "statement:gone"], is_disputed=False) == ("statement:0",)
