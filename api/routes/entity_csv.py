"""The statements about an entity as rows of a CSV file."""

from collections.abc import Iterable, Mapping
from typing import Any

from ...graph.reader.reader import Graph
from ..presenters.evidence import Item, Sources

COLUMNS = (
    "id", "kind", "subject", "subject_name", "predicate", "object", "object_name", "indicator", "comparator", "value",
    "unit", "value_status", "period", "claim_type", "speaker", "speaker_name", "about", "qualifiers", "status", "basis",
    "as_of", "as_of_from", "gloss", "article", "article_name", "language", "published", "url", "line", "start", "end",
    "sha256", "origin", "source", "checked_on", "disagreements", "address",
)  # fmt: skip
"""Columns of the CSV file, in order."""
ENDS = ("subject", "object", "speaker")


def rows_of(graph: Graph, statements: list[dict[str, Any]], sources: Sources, base: str) -> Iterable[Mapping[str, Any]]:
    """Yield a row for each statement, with the names of its entities, its article's fields and its disagreements.

    `base_url` is put in front of the path in the column `address`.
    """
    names = graph.names(said[end] for said in statements for end in ENDS if end in said)
    doubts: dict[str, list[str]] = {}
    for item in graph.disagreements_on(said["id"] for said in statements):
        for key in {key for reading in item["readings"] for key in reading["statements"]}:
            doubts.setdefault(key, []).append(item["id"])
    for said in statements:
        article: Item = sources.article(said["article"]) if "article" in said else {}
        yield dict(said) | {
            **{f"{end}_name": names.get(said[end]) for end in ENDS if end in said},
            "qualifiers": [f"{key}={value}" for key, value in said.get("qualifiers", {}).items()],
            "origin": said.get("origin") or article.get("origin"),
            **{
                f"article_{key}" if key == "name" else key: article.get(key)
                for key in ("name", "language", "published", "url")
            },
            "disagreements": doubts.get(said["id"], []),
            "address": f"{base}/statements/{said['id']}",
        }
