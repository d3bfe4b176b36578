"""Allocation of evidence to the lines of a page: inline within the budget, nothing lost."""

from tests.support.evidence import allocator_for
from vnkg.api.pages.entities.evidence_budget import (
    FRAME_BYTES,
    LINE_BYTES,
    MAX_PASSAGES_PER_LINE,
    EvidenceAllocator,
    LineEvidence,
)
from vnkg.api.presenters.evidence import StatementEvidence


def statement(number: int, **properties: object) -> dict[str, object]:
    return {"id": f"statement:{number}", "gloss": "", "words": "w" * 100, "origin": f"origin-{number}", **properties}


def sizes(shelf: EvidenceAllocator) -> list[tuple[int, int]]:
    lines = (*shelf.disputed_lines, *shelf.lines)
    return [(len(shelf.evidence_for(line).inline), len(shelf.evidence_for(line).links)) for line in lines]


def test_before_allocation_every_passage_is_a_link() -> None:
    shelf = allocator_for(statement(1), statement(2))
    line = shelf.add(["statement:1", "statement:2"], is_disputed=False)
    assert (len(shelf.evidence_for(line).inline), len(shelf.evidence_for(line).links)) == (0, 2)


def test_with_a_large_budget_each_line_shows_the_maximum_and_links_the_rest() -> None:
    shelf = allocator_for(*(statement(number) for number in range(6)))
    shelf.add([f"statement:{number}" for number in range(5)], is_disputed=False)
    shelf.add(["statement:5"], is_disputed=False)
    shelf.allocate(100_000)
    assert sizes(shelf) == [(MAX_PASSAGES_PER_LINE, 2), (1, 0)]


def test_with_a_small_budget_each_line_gets_one_passage_before_any_gets_two() -> None:
    shelf = allocator_for(*(statement(number) for number in range(4)))
    shelf.add(["statement:0", "statement:1"], is_disputed=False)
    shelf.add(["statement:2", "statement:3"], is_disputed=False)
    shelf.allocate(FRAME_BYTES + 2 * LINE_BYTES + 3 * 350)
    assert sizes(shelf) == [(2, 0), (1, 1)]


def test_disputed_lines_are_served_first() -> None:
    shelf = allocator_for(statement(0), statement(1))
    plain = shelf.add(["statement:0"], is_disputed=False)
    disputed = shelf.add(["statement:1"], is_disputed=True)
    shelf.allocate(FRAME_BYTES + 2 * LINE_BYTES + 400)
    assert [len(shelf.evidence_for(line).inline) for line in (plain, disputed)] == [0, 1]


def test_independent_origins_come_first_and_tables_last() -> None:
    shelf = allocator_for(
        statement(0, source="a table"),
        statement(1, origin="one"),
        statement(2, origin="one"),
        statement(3, origin="two"),
    )
    line = shelf.add([f"statement:{number}" for number in (2, 0, 3, 1)], is_disputed=False)
    behind = shelf.evidence_for(line)
    assert [shown.statement["id"] for shown in behind.links] == [f"statement:{number}" for number in (1, 3, 2, 0)]
    assert (behind.articles, behind.origins) == (2, 2)


def test_a_passage_is_not_shown_before_one_of_the_same_line_that_does_not_fit() -> None:
    shelf = allocator_for(statement(0, words="w" * 1_000), statement(1), statement(2))
    shelf.add(["statement:0", "statement:1"], is_disputed=False)
    shelf.add(["statement:2"], is_disputed=False)
    shelf.allocate(FRAME_BYTES + 2 * LINE_BYTES + 3 * 350)
    assert sizes(shelf) == [(0, 2), (1, 0)]


def test_an_unverified_passage_uses_more_of_the_budget() -> None:
    for verified, shown in ((True, 1), (False, 0)):
        shelf = allocator_for(statement(0, verified=verified))
        line = shelf.add(["statement:0"], is_disputed=False)
        shelf.allocate(FRAME_BYTES + LINE_BYTES + 400)
        assert len(shelf.evidence_for(line).inline) == shown


def test_missing_statements_are_omitted() -> None:
    assert allocator_for(statement(0)).add(["statement:0", "statement:gone"], is_disputed=False) == ("statement:0",)


def test_a_sentence_may_have_another_origin_than_its_article() -> None:
    article = {"id": "article:1", "origin": "one"}
    passages = [StatementEvidence(said, article) for said in ({"id": "statement:1"}, statement(2, origin="two"))]  # pyright: ignore[reportArgumentType]
    assert [passage.origin for passage in passages] == ["one", "two"]
    assert (LineEvidence(passages).origins, LineEvidence(passages).articles) == (2, 1)
