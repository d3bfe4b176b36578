"""Pictures of the graph: pages around pyvis's bundled vis-network, and still ones. The only module importing `pyvis`.

pyvis holds nodes and edges; its own templates load other hosts and run what stands in titles, so they are never used.
"""

import hashlib
import json
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from vnkg.graph import scene as scenes
from vnkg.graph import svg as still
from vnkg.graph import yamltext
from vnkg.graph.errors import BadParameter, PictureTooBig
from vnkg.graph.model import schema_picture
from vnkg.graph.scene import Link, Node, Picture, Scene, Spot, Stroke, clean, scene, word
from vnkg.graph.schema import ALWAYS, Schema
from vnkg.graph.surroundings import MOST, USUAL

MOST_LINKS = 20_000
"""Nodes of a picture by default, on request at most, and links at most."""
LANGUAGES = ("en", "vi")
LONGEST_TITLE = 600

__all__ = [
    "LANGUAGES", "Link", "MOST", "Node", "Picture", "USUAL",
    "draw", "fragment", "node_limit", "picture_of", "schema_picture", "script",
    "stylesheet", "svg",
]  # fmt: skip


def node_limit(asked: int | None = None) -> int:
    """Return how many nodes to ask the graph for: `USUAL`, or what was asked for up to `MOST`."""
    if asked is None:
        return USUAL
    if asked < 1:
        raise BadParameter(f"a picture has at least 1 node; found {asked}")
    if asked > MOST:
        raise PictureTooBig(f"{asked:,} nodes asked for; a picture holds at most {MOST:,}: ask for fewer")
    return asked


def picture_of(neighbourhood: Mapping[str, Any], schema: Schema, language: str = "en", *, title: str = "") -> Picture:
    """Return the picture of what `Graph.neighbourhood` or `Graph.whole` gives.

    Its title is the centre's name unless another is given. Tooltips are plain text in `language`.
    """
    language = _language(language)
    words = _words(language)
    names = {row["id"]: clean(row["name"]) or row["id"] for row in neighbourhood["nodes"]}
    nodes: list[Node] = []
    for row in neighbourhood["nodes"]:
        lines = [names[row["id"]], _join(word(schema.nodes[row["type"]], language), _status(row, schema, language))]
        nodes.append(
            Node(row["id"], row["name"], row["type"], row.get("status"), "\n".join(lines), row.get("origins") or 0)
        )
    links: list[Link] = []
    for row in neighbourhood["edges"]:
        relation = word(schema.edges[row["predicate"]], language)
        basis = schema.bases.get(row.get("basis") or "")
        day = f"{words['as_of']} {row['as_of']}" if row.get("as_of") else ""
        lines = [
            f"{names[row['subject']]} – {relation} – {names[row['object']]}",
            _join(_status(row, schema, language), word(basis, language) if basis else "", day),
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
    )


def draw(picture: Picture, schema: Schema, *, nonce: str | None = None, language: str = "en", base: str = "") -> str:
    """Return one page that holds all it needs: opened from a disk or served, it loads nothing else.

    With `base` (`/` or an address) a click on a node opens `base` + `entities/ID`. Served with a `nonce`, scripts and
    styles carry it and the server's policy counts; without, the page brings a policy of its own.
    """
    language = _language(language)
    part = _part(picture, schema, nonce=nonce, language=language, base=base, alone=True)
    policy = "" if nonce else _policy(script(), stylesheet())
    return _render(
        "picture_page.html", language=language, title=clean(picture.title), part=part, nonce=nonce, policy=policy,
        style=stylesheet(), script=script(),
    )  # fmt: skip


def fragment(
    picture: Picture, schema: Schema, *, nonce: str | None, language: str, script_url: str | None = None,
    style_url: str | None = None, base: str = "/",
) -> str:  # fmt: skip
    """Return the same as a `<section>` for a page of the site.

    `script_url` and `style_url` are where the site serves `script()` and `stylesheet()`; without them both are written
    into the section, under the `nonce`. A click on a node opens `base` + `entities/ID`; an empty `base` opens nothing.
    """
    return _part(
        picture, schema, nonce=nonce, language=_language(language), base=base, alone=False,
        script_url=script_url, style_url=style_url,
    )  # fmt: skip


def svg(picture: Picture, schema: Schema, language: str = "en") -> str:
    """Return the picture as one SVG document, legend and title included."""
    _check(picture)
    language = _language(language)
    return _still(scene(picture, schema, language), language)


@cache
def script() -> str:
    """Return all that runs in a page with pictures: vis-network as pyvis bundles it, and our own lines."""
    lines = _bundled("vis-network.min.js").split("\n")
    vis = "\n".join(line for line in lines if not line.startswith("//# sourceMappingURL="))
    return _inline(f"{vis}\n{_template('picture.js')}")


@cache
def stylesheet() -> str:
    """Return the stylesheet of pictures.

    It replaces vis-network's own, 220 kB of which all but the tooltip dress controls that our pictures do not show.
    """
    return _inline(_template("picture.css"))


def _part(
    picture: Picture, schema: Schema, *, nonce: str | None, language: str, base: str, alone: bool,
    script_url: str | None = None, style_url: str | None = None,
) -> str:  # fmt: skip
    _check(picture)
    words = _words(language)
    root = _root(base)
    drawn = scene(picture, schema, language)
    present = {term.key for term, _ in drawn.statuses}
    names = {spot.node.id: spot.name for spot in drawn.spots}
    context: dict[str, Any] = {
        "alone": alone, "nonce": nonce, "language": language, "words": words, "title": drawn.title,
        "script_url": script_url, "style_url": style_url,
        "script": script(), "style": stylesheet(),
        "subtitle": _subtitle(drawn, words),
        "svg": _still(drawn, language),
        "data": _data(drawn, root, words, alone),
        "kinds": [
            {"key": kind.key, "label": word(kind, language), "count": count, "sample": still.kind_sample(kind)}
            for kind, count in drawn.kinds
        ],
        "statuses": [
            {"key": term.key, "label": still.status_label(term, language), "sample": still.line_sample(term)}
            for term, _ in drawn.statuses
        ],
        "notes": [
            *([words["hollow"]] if any(term.line != "solid" for term, _ in drawn.statuses) else []),
            *([words["doubt"]] if present & set(ALWAYS) else []),
            words["hint"],
        ],
        "nodes": [
            {
                "name": spot.name, "href": _address(root, spot.node.id), "weight": spot.node.weight,
                "kind": word(spot.kind, language), "status": _term(spot.node.status, schema, language),
            }
            for spot in drawn.spots
        ],
        "links": [
            {
                "source": names[stroke.link.source], "target": names[stroke.link.target], "relation": stroke.relation,
                "status": _term(stroke.link.status, schema, language),
            }
            for stroke in drawn.strokes
        ],
    }  # fmt: skip
    return _render("picture_part.html", **context)


def _data(drawn: Scene, root: str, words: Mapping[str, str], alone: bool) -> str:
    """Return the JSON that the script reads, safe inside a script element."""
    from pyvis.network import Network  # noqa: PLC0415  # pulls in IPython: only when something is drawn

    network: Any = cast("Any", Network)(directed=True)
    for spot in drawn.spots:
        network.add_node(spot.node.id, **_vis_node(spot))
    for stroke in drawn.strokes:
        network.add_edge(stroke.start.node.id, stroke.end.node.id, **_vis_edge(stroke))
    name = (drawn.picture.centre or "").partition(":")[2]
    data = {
        "nodes": network.nodes, "edges": network.edges, "options": _options(drawn), "base": root,
        "centre": drawn.picture.centre, "extent": drawn.extent, "alone": alone,
        "title": f"{drawn.title}. {words['hint']}", "file": f"vnkg-{name}" if name else "vnkg",
        "words": {key: words[key] for key in ("found", "none")},
        "text": {
            "face": still.FONTS, "node": scenes.FONT, "link": scenes.WORD_FONT,
            "ink": scenes.INK, "pale": scenes.PALE_INK, "paper": scenes.PAPER,
        },
    }  # fmt: skip
    return _inline_json(data)


def _vis_node(spot: Spot) -> dict[str, Any]:
    """Return what pyvis is given of a node; only what differs from `_options`."""
    look: dict[str, Any] = {
        "label": "\n".join(spot.lines), "name": spot.name, "title": _tooltip(spot.node.title) or spot.name,
        "shape": spot.kind.shape, "x": spot.x, "y": spot.y, "size": spot.size, "kind": spot.kind.key,
        "group": _group(spot),
    }  # fmt: skip
    if spot.node.status:
        look["status"] = spot.node.status
    if spot.font != scenes.FONT:
        look["height"] = spot.font
    if spot.ink != scenes.INK:
        look["ink"] = spot.ink
    return look


def _group(spot: Spot) -> str:
    """Return the name of all nodes that look alike."""
    return f"{spot.kind.key} {spot.fill} {len(spot.dashes) and max(spot.dashes)}"


def _vis_group(spot: Spot) -> dict[str, Any]:
    """Return how vis-network draws nodes of a group."""
    plain = {"background": spot.fill, "border": spot.border}
    strong = {"background": spot.fill, "border": scenes.INK}
    dashes: list[int] | bool = ([6, 5] if max(spot.dashes) > 5 else [2, 4]) if spot.dashes else False
    return {"color": {**plain, "highlight": strong, "hover": strong}, "shapeProperties": {"borderDashes": dashes}}


def _vis_edge(stroke: Stroke) -> dict[str, Any]:
    """Return what pyvis is given of a link; only what differs from `_options`."""
    look: dict[str, Any] = {"id": stroke.link.id, "title": _tooltip(stroke.link.title) or stroke.relation}
    if stroke.word:
        look |= {"label": stroke.word, "at": stroke.at, "bend": stroke.bend}
    if stroke.link.status:
        look["status"] = stroke.link.status
    if stroke.dashes:
        look["dashes"] = list(stroke.dashes)
    if stroke.color != scenes.LINE:
        look["color"] = {"color": stroke.color}
    if not stroke.arrow:
        look["arrows"] = ""
    if stroke.bend:
        kind = "curvedCW" if stroke.bend > 0 else "curvedCCW"
        look["smooth"] = {"enabled": True, "type": kind, "roundness": abs(stroke.bend)}
    return look


def _options(drawn: Scene) -> dict[str, Any]:
    """Return what vis-network is told; labels it leaves to our script, which spaces lines as Vietnamese needs."""
    count = len(drawn.spots)
    width = max((stroke.width for stroke in drawn.strokes), default=1.4)
    unlabelled = {"label": {"drawThreshold": 10_000}}
    return {
        "physics": False,
        "layout": {"randomSeed": 1, "improvedLayout": False},
        "interaction": {
            "hover": True, "tooltipDelay": 120,
            "hideEdgesOnDrag": count > USUAL, "hideEdgesOnZoom": count > USUAL,
        },
        "groups": {"useDefaultGroups": False, **{_group(spot): _vis_group(spot) for spot in drawn.spots}},
        "nodes": {"borderWidth": 2, "borderWidthSelected": 4, "scaling": unlabelled},
        "edges": {
            "smooth": False, "width": width, "hoverWidth": width / 2, "selectionWidth": width,
            "arrowStrikethrough": False,
            "color": {"color": scenes.LINE, "highlight": "#0b5cad", "hover": scenes.INK, "inherit": False},
            "arrows": {"to": {"enabled": True, "scaleFactor": 0.55}},
            "scaling": unlabelled,
        },
    }  # fmt: skip


def _tooltip(text: str) -> str:
    """Return the lines of a tooltip, each clean."""
    return "\n".join(clean(line, LONGEST_TITLE) for line in text[: 8 * LONGEST_TITLE].split("\n")[:8])


def _check(picture: Picture) -> None:
    for found, most, what in ((len(picture.nodes), MOST, "nodes"), (len(picture.links), MOST_LINKS, "links")):
        if found > most:
            raise PictureTooBig(f"the picture has {found:,} {what}; at most {most:,} can be drawn: ask for fewer")


def _root(base: str) -> str:
    if not base:
        return ""
    if not base.startswith(("/", "https://", "http://")) or base.startswith("//"):
        raise BadParameter(f"base: found {base!r}; expected '/', a path from the root, or an http(s) address")
    return base.rstrip("/") + "/"


def _address(root: str, entity: str) -> str:
    return f"{root}entities/{quote(entity, safe=':')}" if root else ""


def _subtitle(drawn: Scene, words: Mapping[str, str]) -> str:
    counts = drawn.picture.note or words["counts"].format(nodes=len(drawn.spots), links=len(drawn.strokes))
    return _join(counts, words["left_out"].format(n=drawn.picture.left_out) if drawn.picture.left_out else "")


def _still(drawn: Scene, language: str) -> str:
    words = _words(language)
    headings = (words["kinds"], words["statuses"])
    return still.svg(drawn, subtitle=_subtitle(drawn, words), headings=headings, language=language)


def _status(row: Mapping[str, Any], schema: Schema, language: str) -> str:
    return _term(row.get("status"), schema, language)


def _term(status: str | None, schema: Schema, language: str) -> str:
    return word(schema.statuses[status], language) if status and status in schema.statuses else ""


def _join(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _language(language: str) -> str:
    return language if language in LANGUAGES else LANGUAGES[0]


@cache
def _words(language: str) -> dict[str, str]:
    return {key: both[language] for key, both in yamltext.parse(_template("picture.yaml")).items()}


def _template(name: str) -> str:
    return resources.files("vnkg.graph").joinpath("templates", name).read_text(encoding="utf-8")


def _bundled(name: str) -> str:
    found = find_spec("pyvis")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("pyvis is not installed; it brings the script that draws pictures")
    return Path(found.origin).with_name("lib").joinpath("vis-9.1.2", name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return Environment(loader=PackageLoader("vnkg.graph"), autoescape=True, undefined=StrictUndefined, trim_blocks=True)


def _render(name: str, **context: Any) -> str:
    return _environment().get_template(name).render(**context)


def _inline(text: str) -> str:
    """Check that a script or stylesheet may stand inside a page."""
    if any(end in text.lower() for end in ("</script", "</style", "<!--")):
        raise ValueError("a bundled script or stylesheet would end its own element")
    return text


def _inline_json(data: Any) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text


def _policy(script_text: str, style_text: str) -> str:
    hashes = [b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (script_text, style_text)]
    return (
        f"default-src 'none'; script-src 'sha256-{hashes[0]}'; style-src 'sha256-{hashes[1]}'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
