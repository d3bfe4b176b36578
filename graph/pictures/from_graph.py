"""Build pictures from the subgraphs that the reader returns, and translate the words that pictures use."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from .. import resources
from ..date_format import format_date, format_due
from ..errors import BadParameter, PictureTooBig
from ..model.schema import Schema, Term, localized_label
from ..reader.subgraphs import DEFAULT_NODES, MAX_NODES
from .labels import clean
from .picture import Expansion, Link, Node, Picture

LANGUAGES = ("en", "vi")


def node_limit(limit: int | None = None) -> int:
    """Return a valid maximum number of nodes; without a `limit`, the default.

    Raises `BadParameter` below 1 and `PictureTooBig` above the maximum.
    """
    if limit is None:
        return DEFAULT_NODES
    if limit < 1:
        raise BadParameter(f"a picture has at least 1 node; found {limit}")
    if limit > MAX_NODES:
        raise PictureTooBig(f"{limit:,} nodes asked for; a picture holds at most {MAX_NODES:,}: ask for fewer")
    return limit


def build_picture(
    neighbourhood: Mapping[str, Any], schema: Schema, language: str = "en", *, title: str = ""
) -> Picture:
    """Return the picture of a subgraph (`nodes`, `edges`, `centre`, `left_out`, `expansions`), as `Graph` returns it.

    The title defaults to the name of the centre, or else "Knowledge graph". Tooltips are plain text in `language`.
    """
    language = picture_language(language)
    words = picture_words(language)
    names = {row["id"]: clean(row["name"]) or row["id"] for row in neighbourhood["nodes"]}
    nodes: list[Node] = []
    for row in neighbourhood["nodes"]:
        node_type, status = schema.nodes[row["type"]], row.get("status")
        kind = _kind_of(row, schema)
        kind_label = localized_label(kind, language) if kind else ""
        facts = localized_label(node_type, language), kind_label, status_label(status, schema, language)
        details = row.get("origins") or 0, row.get("ties"), row.get("language", ""), kind_label
        tooltip = f"{names[row['id']]}\n{join_parts(*facts)}"
        nodes.append(
            Node(row["id"], row["name"], node_type.key, status, tooltip, *details, mark=kind.mark if kind else "")
        )
    links: list[Link] = []
    for row in neighbourhood["edges"]:
        relation = localized_label(schema.edges[row["predicate"]], language)
        is_firm = not (row.get("basis") and schema.is_context_only(row["basis"], row))
        basis = basis_label(row.get("basis"), schema, language, is_firm=is_firm)
        day = f"{words['as_of']} {format_date(row['as_of'], language)}" if row.get("as_of") else ""
        lines = [
            f"{names[row['subject']]} – {relation} – {names[row['object']]}",
            join_parts(
                status_label(row.get("status"), schema, language),
                basis,
                day,
            ),
            words["in_articles"].format(**row) if row.get("articles") else "",
        ]
        link_details = _link_details(row, names, schema, language)
        tooltip = "\n".join(line for line in (*lines, link_details) if line)
        links.append(
            Link(
                row["id"],
                row["subject"],
                row["object"],
                row["predicate"],
                row.get("status"),
                tooltip,
                is_firm,
                link_details,
                basis,
                row.get("as_of") or "",
                tuple(row.get("statements") or ()),
                tuple(row.get("disagreements") or ()),
            )
        )
    centre = neighbourhood.get("centre")
    return Picture(
        title or names.get(centre, "") or words["graph"],
        tuple(nodes),
        tuple(links),
        neighbourhood.get("left_out") or 0,
        centre if centre in names else None,
        tuple(
            Expansion(expansion["id"], tuple(expansion["added_ids"]), expansion["left_out"])
            for expansion in neighbourhood.get("expansions", ())
        ),
    )


def _link_details(edge: Mapping[str, Any], names: Mapping[str, str], schema: Schema, language: str) -> str:
    """Return by when an edge is to be so, what else it may be, and its qualifiers `operator` and `edition`."""
    words, qualifiers = picture_words(language), schema.edges[edge["predicate"]].qualifiers
    alternatives = ", ".join(names.get(key, key) for key in edge.get("alternative") or ())
    edition = qualifiers["edition"].values.get(edge["edition"]) if edge.get("edition") else None
    return join_parts(
        format_due(edge["due"], language) if edge.get("due") else "",
        words["or_else"].format(names=alternatives) if alternatives else "",
        getattr(qualifiers["operator"], language) if edge.get("operator") else "",
        localized_label(edition, language) if edition else "",
    )


def basis_label(basis: str | None, schema: Schema, language: str, *, is_firm: bool) -> str:
    """Return how an edge is known: the label of its basis, or that only the context suggests it."""
    if not is_firm:
        return picture_words(language)["context_only"]
    return localized_label(schema.bases[basis], language) if basis and basis in schema.bases else ""


def _kind_of(node: Mapping[str, Any], schema: Schema) -> Term | None:
    """Return the kind of a node within its type, or None; also None where the kind holds only since some day."""
    properties = schema.nodes[node["type"]].properties
    if "kind" not in properties or "city_since" in properties:
        return None
    return properties["kind"].values.get(node.get("kind") or "")


def picture_language(language: str) -> str:
    """Return the language if pictures are translated into it, else English."""
    return language if language in LANGUAGES else LANGUAGES[0]


@cache
def picture_words(language: str) -> dict[str, str]:
    """Return the texts of `templates/picture.yaml` in one language, by key."""
    return {
        key: translations[language]
        for key, translations in resources.yaml("vnkg.graph.pictures", "templates", "picture.yaml").items()
    }


def status_label(status: str | None, schema: Schema, language: str) -> str:
    """Return the label of a status; empty if the schema does not declare it."""
    return localized_label(schema.statuses[status], language) if status and status in schema.statuses else ""


def join_parts(*parts: str) -> str:
    """Join the parts that are not empty with ` · `."""
    return " · ".join(part for part in parts if part)
