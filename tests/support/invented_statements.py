"""Statements about one invented province and its fund, and the release that they give."""

from dataclasses import replace

from vnkg.graph.model.facts import Disagreement, EntityRecord, Facts, Passage, Statement
from vnkg.graph.model.merge import merge
from vnkg.graph.model.release import Edge, Release
from vnkg.graph.model.schema import schema

PROVINCE, FUND = "province:aaa", "fund:bbb"
ENTITIES = (
    EntityRecord(PROVINCE, "Province", "Aaa"),
    EntityRecord(FUND, "Fund", "Bbb", attributes={"kind": "venture_capital"}),
    EntityRecord(
        "article:900", "Article", "One", attributes={"origin": "x", "same_text": "t", "published": "2025-01-01"}
    ),
    EntityRecord(
        "article:901", "Article", "Two", attributes={"origin": "x", "same_text": "t", "published": "2025-01-01"}
    ),
    EntityRecord("article:902", "Article", "Three", attributes={"origin": "y", "published": "2026-01-01"}),
    EntityRecord("article:903", "Article", "Four"),
    EntityRecord("article:904", "Article", "Five"),
)
"""The articles 900 and 901 are translations of one text; 903 and 904 have no origin of their own."""


def relation_statement(
    number: int, predicate: str, status: str | None, *, day: str | None = "2025-01-01", article: str = "900",
    **properties: object,
) -> Statement:  # fmt: skip
    """Return a relation of the province to the fund; `properties` replace fields of the statement."""
    passage = Passage(f"article:{article}", number, 0, 5, "0" * 64)
    statement = Statement(
        f"statement:{article}-{number}", "relation", PROVINCE, "stated", "x", predicate=predicate, object=FUND,
        status=status, as_of=day, as_of_from="article", passage=passage,
    )  # fmt: skip
    return replace(statement, **properties)  # pyright: ignore[reportArgumentType]


def measurement_statement(
    number: int, value: float, comparator: str | None = "=", article: str = "900", **properties: object
) -> Statement:
    """Return a number of firms of the province; `properties` replace fields of the statement."""
    passage = Passage(f"article:{article}", number, 0, 5, "0" * 64)
    statement = Statement(
        f"statement:{article}-{number}", "measurement", PROVINCE, "stated", "x", indicator="firms", value=value,
        unit="count", comparator=comparator, value_status="actual", passage=passage,
    )  # fmt: skip
    return replace(statement, **properties)  # pyright: ignore[reportArgumentType]


def merge_statements(
    *statements: Statement, disagreements: tuple[Disagreement, ...] = (), entities: tuple[EntityRecord, ...] = ()
) -> Release:
    """Return the release of statements about `ENTITIES` and the further entities."""
    return merge(Facts(entities=(*ENTITIES, *entities), statements=statements, disagreements=disagreements), schema())


def only_edge(*statements: Statement) -> Edge:
    """Return the edge of statements that give one."""
    edges = merge_statements(*statements).edges
    assert len(edges) == 1
    return edges[0]
