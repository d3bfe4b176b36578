"""Convert a scene to the JSON that the page's script gives to vis-network. The only module that imports `pyvis`."""

from collections.abc import Mapping
from typing import Any, cast

from ..model.schema import word
from . import scene as scenes
from . import svg as still
from .labels import clean
from .picture import View
from .scene import Scene, Spot, Stroke

LONGEST_TITLE = 600
CROWD = 300
"""Number of nodes above which links are hidden while the user drags or zooms."""


def moving(
    drawn: Scene, view: View, words: Mapping[str, str], *, language: str, base: str, live: bool
) -> dict[str, Any]:
    """Return the data of the page's script as JSON values: nodes, edges, options, labels and expansions.

    `base` is the URL prefix of entity pages (empty: no links). With `live`, expanding a node fetches the page again.
    """
    from pyvis.network import Network  # noqa: PLC0415  # pulls in IPython: only when something is drawn  # pyright: ignore[reportMissingTypeStubs]

    network: Any = cast("Any", Network)(directed=True)
    for spot in drawn.spots:
        network.add_node(spot.node.id, **_node(spot))
    for stroke in drawn.strokes:
        network.add_edge(stroke.start.node.id, stroke.end.node.id, **_edge(stroke))
    name = (drawn.picture.centre or "").partition(":")[2]
    return {
        "nodes": network.nodes, "edges": network.edges, "options": _options(drawn), "base": base, "live": live,
        "centre": drawn.picture.centre, "extent": drawn.extent, "title": drawn.title,
        "file": f"vnkg-{name}" if name else "vnkg",
        "moved": [key for key in view.moved if any(spot.node.id == key for spot in drawn.spots)],
        "expanded": [
            {"id": one.node, "brought": one.brought, "left": one.left_out} for one in drawn.picture.expansions
        ],
        "kinds": {spot.kind.key: word(spot.kind, language) for spot in drawn.spots},
        "statuses": {term.key: word(term, language) for term, _ in drawn.statuses},
        "words": dict(words),
        "text": {
            "face": still.FONTS, "node": scenes.FONT, "link": scenes.WORD_FONT,
            "ink": scenes.INK, "pale": scenes.PALE_INK, "paper": scenes.PAPER,
        },
    }  # fmt: skip


def tooltip(text: str) -> str:
    """Return a tooltip of at most eight lines, each cleaned and cut."""
    return "\n".join(clean(line, LONGEST_TITLE) for line in text[: 8 * LONGEST_TITLE].split("\n")[:8])


def _node(spot: Spot) -> dict[str, Any]:
    """Return the attributes of a node for pyvis: only those that differ from `_options`."""
    look: dict[str, Any] = {
        "label": "\n".join(spot.lines), "name": spot.name, "title": tooltip(spot.node.title) or spot.name,
        "shape": spot.kind.shape, "x": spot.x, "y": spot.y, "size": spot.size, "kind": spot.kind.key,
        "group": _group(spot), "origins": spot.node.weight,
    }  # fmt: skip
    if spot.node.status:
        look["status"] = spot.node.status
    if spot.node.language:
        look["language"] = spot.node.language
    if spot.node.ties is not None:
        look["ties"] = spot.node.ties
    if spot.font != scenes.FONT:
        look["height"] = spot.font
    if spot.ink != scenes.INK:
        look["ink"] = spot.ink
    return look


def _group(spot: Spot) -> str:
    """Return the vis-network group of a node: nodes of one group look alike."""
    return f"{spot.kind.key} {spot.fill} {len(spot.dashes) and max(spot.dashes)}"


def _look(spot: Spot) -> dict[str, Any]:
    """Return the vis-network style of a group of nodes."""
    plain = {"background": spot.fill, "border": spot.border}
    strong = {"background": spot.fill, "border": scenes.INK}
    dashes: list[int] | bool = ([6, 5] if max(spot.dashes) > 5 else [2, 4]) if spot.dashes else False
    return {"color": {**plain, "highlight": strong, "hover": strong}, "shapeProperties": {"borderDashes": dashes}}


def _edge(stroke: Stroke) -> dict[str, Any]:
    """Return the attributes of a link for pyvis: only those that differ from `_options`."""
    look: dict[str, Any] = {"id": stroke.link.id, "title": tooltip(stroke.link.title) or stroke.relation}
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
    """Return the vis-network options; labels are off, as our script draws them with line spacing for Vietnamese."""
    count = len(drawn.spots)
    width = max((stroke.width for stroke in drawn.strokes), default=1.4)
    unlabelled = {"label": {"drawThreshold": 10_000}}
    return {
        "physics": False,
        "layout": {"randomSeed": 1, "improvedLayout": False},
        "interaction": {
            "hover": True, "tooltipDelay": 120,
            "hideEdgesOnDrag": count > CROWD, "hideEdgesOnZoom": count > CROWD,
        },
        "groups": {"useDefaultGroups": False, **{_group(spot): _look(spot) for spot in drawn.spots}},
        "nodes": {"borderWidth": 2, "borderWidthSelected": 4, "scaling": unlabelled},
        "edges": {
            "smooth": False, "width": width, "hoverWidth": width / 2, "selectionWidth": width,
            "arrowStrikethrough": False,
            "color": {"color": scenes.LINE, "highlight": "#0b5cad", "hover": scenes.INK, "inherit": False},
            "arrows": {"to": {"enabled": True, "scaleFactor": 0.55}},
            "scaling": unlabelled,
        },
    }  # fmt: skip
