"""The statements about an entity as rows of a CSV file."""

# pyright: reportTypedDictNotRequiredAccess=false
# Which keys a statement has depends on its kind, by which the functions here are chosen.

from collections.abc import Iterable, Mapping
from typing import Any

from ...graph.model.objects import StatementJson
from ...graph.reader.reader import Graph
from ..presenters.evidence import Sources

CSV_COLUMNS = (
    "id", "kind", "subject", "subject_name", "predicate", "object", "object_name", "indicator", "comparator", "value",
    "unit", "value_status", "period", "claim_type", "speaker", "speaker_name", "about", "qualifiers", "status", "basis",
    "as_of", "as_of_from", "gloss", "article", "article_name", "language", "published", "url", "line", "start", "end",
    "sha256", "origin", "source", "checked_on", "disagreements", "address", "gloss_vi", "due", "alternative",
    "scope", "speaker_basis",
)  # fmt: skip
"""Columns of the CSV file, in order."""
ENTITY_ROLES = ("subject", "object", "speaker")


def statement_rows(
    graph: Graph, statements: list[StatementJson], sources: Sources, base_url: str
) -> Iterable[Mapping[str, Any]]:
    """Yield a row for each statement, with the names of its entities, its article's fields and its disagreements.

    `base_url` is put in front of the path in the column `address`.
    """
    names = graph.names(statement[role] for statement in statements for role in ENTITY_ROLES if role in statement)
    disagreement_ids: dict[str, list[str]] = {}
    for disagreement in graph.disagreements_on(statement["id"] for statement in statements):
        for key in {key for reading in disagreement["readings"] for key in reading["statements"]}:
            disagreement_ids.setdefault(key, []).append(disagreement["id"])
    for statement in statements:
        article: Mapping[str, Any] = sources.article(statement["article"]) if "article" in statement else {}
        yield {
            **statement,
            **{f"{role}_name": names.get(statement[role]) for role in ENTITY_ROLES if role in statement},
            "qualifiers": [f"{key}={value}" for key, value in statement.get("qualifiers", {}).items()],
            "origin": statement.get("origin") or article.get("origin"),
            **{
                f"article_{key}" if key == "name" else key: article.get(key)
                for key in ("name", "language", "published", "url")
            },
            "disagreements": disagreement_ids.get(statement["id"], []),
            "address": f"{base_url}/statements/{statement['id']}",
        }
