"""Build pictures from the subgraphs that the reader returns, and translate the words that pictures use."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from .. import resources
from ..errors import BadParameter, PictureTooBig
from ..model.schema import Schema, word
from ..reader.subgraphs import MOST, USUAL
from .labels import clean
from .picture import Expansion, Link, Node, Picture

LANGUAGES = ("en", "vi")


def node_limit(asked: int | None = None) -> int:
    """Return a valid maximum number of nodes; without a `limit`, the default.

    Raises `BadParameter` below 1 and `PictureTooBig` above the maximum.
    """
    if asked is None:
        return USUAL
    if asked < 1:
        raise BadParameter(f"a picture has at least 1 node; found {asked}")
    if asked > MOST:
        raise PictureTooBig(f"{asked:,} nodes asked for; a picture holds at most {MOST:,}: ask for fewer")
    return asked


def picture_of(neighbourhood: Mapping[str, Any], schema: Schema, language: str = "en", *, title: str = "") -> Picture:
    """Return the picture of a subgraph (`nodes`, `edges`, `centre`, `left_out`, `expanded`), as `Graph` returns it.

    The title defaults to the name of the centre, or else "Knowledge graph". Tooltips are plain text in `language`.
    """
    language = language_of(language)
    words = words_of(language)
    names = {row["id"]: clean(row["name"]) or row["id"] for row in neighbourhood["nodes"]}
    nodes: list[Node] = []
    for row in neighbourhood["nodes"]:
        kind, status = schema.nodes[row["type"]], row.get("status")
        tip = "\n".join([names[row["id"]], join_parts(word(kind, language), status_label(status, schema, language))])
        told = row.get("origins") or 0, row.get("ties"), row.get("language", "")
        nodes.append(Node(row["id"], row["name"], kind.key, status, tip, *told))
    links: list[Link] = []
    for row in neighbourhood["edges"]:
        relation = word(schema.edges[row["predicate"]], language)
        basis = schema.bases.get(row.get("basis") or "")
        day = f"{words['as_of']} {row['as_of']}" if row.get("as_of") else ""
        lines = [
            f"{names[row['subject']]} – {relation} – {names[row['object']]}",
            join_parts(status_label(row.get("status"), schema, language), word(basis, language) if basis else "", day),
            words["in_articles"].format(**row) if row.get("articles") else "",
        ]
        tip = "\n".join(line for line in lines if line)
        links.append(Link(row["id"], row["subject"], row["object"], row["predicate"], row.get("status"), tip))
    centre = neighbourhood.get("centre")
    return Picture(
        title or names.get(centre, "") or words["graph"],
        tuple(nodes),
        tuple(links),
        neighbourhood.get("left_out") or 0,
        centre if centre in names else None,
        tuple(
            Expansion(one["id"], tuple(one["brought"]), one["left_out"]) for one in neighbourhood.get("expanded", ())
        ),
    )


def language_of(language: str) -> str:
    """Return the language if pictures are translated into it, else English."""
    return language if language in LANGUAGES else LANGUAGES[0]


@cache
def words_of(language: str) -> dict[str, str]:
    """Return the texts of `templates/picture.yaml` in one language, by key."""
    return {
        key: both[language] for key, both in resources.yaml("vnkg.graph.pictures", "templates", "picture.yaml").items()
    }


def status_label(status: str | None, schema: Schema, language: str) -> str:
    """Return the label of a status; empty if the schema does not declare it."""
    return word(schema.statuses[status], language) if status and status in schema.statuses else ""


def join_parts(*parts: str) -> str:
    """Join the parts that are not empty with ` · `."""
    return " · ".join(part for part in parts if part)
