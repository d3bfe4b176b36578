"""Convert a scene to the JSON that the page's script gives to vis-network. The only module that imports `pyvis`."""

from collections.abc import Mapping
from typing import Any, cast

from ..model.schema import localized_label
from . import scene as scenes
from . import svg as static_svg
from .labels import clean
from .picture import View
from .scene import DrawnLink, DrawnNode, Scene

MAX_TOOLTIP_LINE = 600
HIDE_LINKS_ABOVE = 300
"""Number of nodes above which links are hidden while the user drags or zooms."""


def vis_network_data(
    scene: Scene, view: View, words: Mapping[str, str], *, language: str, base: str, live: bool
) -> dict[str, Any]:
    """Return the data of the page's script as JSON values: nodes, edges, options, labels and expansions.

    `base` is the URL prefix of entity pages (empty: no links). With `live`, expanding a node fetches the page again.
    """
    from pyvis.network import Network  # noqa: PLC0415  # pulls in IPython: only when something is drawn  # pyright: ignore[reportMissingTypeStubs]

    network: Any = cast("Any", Network)(directed=True)
    for node in scene.nodes:
        network.add_node(node.spec.id, **_node_attributes(node))
    for link in scene.links:
        network.add_edge(link.source.spec.id, link.target.spec.id, **_link_attributes(link))
    name = (scene.picture.centre or "").partition(":")[2]
    return {
        "nodes": network.nodes, "edges": network.edges, "options": _options(scene), "base": base, "live": live,
        "centre": scene.picture.centre, "extent": scene.extent, "title": scene.title,
        "file": f"vnkg-{name}" if name else "vnkg",
        "moved": [key for key in view.moved_nodes if any(node.spec.id == key for node in scene.nodes)],
        "expansions": [
            {"id": expansion.node, "added_ids": expansion.added_nodes, "left": expansion.left_out}
            for expansion in scene.picture.expansions
        ],
        "kinds": {node.kind.key: localized_label(node.kind, language) for node in scene.nodes},
        "statuses": {term.key: localized_label(term, language) for term, _ in scene.statuses},
        "words": dict(words),
        "text": {
            "face": static_svg.FONTS, "node": scenes.FONT_SIZE, "link": scenes.LINK_FONT_SIZE,
            "ink": scenes.INK, "pale": scenes.PALE_INK, "paper": scenes.PAPER,
        },
    }  # fmt: skip


def tooltip(text: str) -> str:
    """Return a tooltip of at most eight lines, each cleaned and cut."""
    return "\n".join(clean(line, MAX_TOOLTIP_LINE) for line in text[: 8 * MAX_TOOLTIP_LINE].split("\n")[:8])


def _node_attributes(node: DrawnNode) -> dict[str, Any]:
    """Return the attributes of a node for pyvis: only those that differ from `_options`."""
    attributes: dict[str, Any] = {
        "label": "\n".join(node.lines), "name": node.name, "title": tooltip(node.spec.title) or node.name,
        "shape": node.kind.shape, "x": node.x, "y": node.y, "size": node.size, "kind": node.kind.key,
        "group": _group(node), "origins": node.spec.weight,
    }  # fmt: skip
    if node.spec.status:
        attributes["status"] = node.spec.status
    if node.spec.language:
        attributes["language"] = node.spec.language
    if node.spec.neighbour_count is not None:
        attributes["ties"] = node.spec.neighbour_count
    if node.font_size != scenes.FONT_SIZE:
        attributes["height"] = node.font_size
    if node.ink != scenes.INK:
        attributes["ink"] = node.ink
    return attributes


def _group(node: DrawnNode) -> str:
    """Return the vis-network group of a node: nodes of one group look alike."""
    return f"{node.kind.key} {node.fill} {len(node.dashes) and max(node.dashes)}"


def _group_style(node: DrawnNode) -> dict[str, Any]:
    """Return the vis-network style of a group of nodes."""
    plain = {"background": node.fill, "border": node.border}
    strong = {"background": node.fill, "border": scenes.INK}
    dashes: list[int] | bool = ([6, 5] if max(node.dashes) > 5 else [2, 4]) if node.dashes else False
    return {"color": {**plain, "highlight": strong, "hover": strong}, "shapeProperties": {"borderDashes": dashes}}


def _link_attributes(link: DrawnLink) -> dict[str, Any]:
    """Return the attributes of a link for pyvis: only those that differ from `_options`."""
    attributes: dict[str, Any] = {"id": link.spec.id, "title": tooltip(link.spec.title) or link.predicate_label}
    if link.label:
        attributes |= {"label": link.label, "at": link.label_position, "bend": link.bend}
    if link.spec.status:
        attributes["status"] = link.spec.status
    if link.dashes:
        attributes["dashes"] = list(link.dashes)
    if link.color != scenes.LINE:
        attributes["color"] = {"color": link.color}
    if not link.arrow:
        attributes["arrows"] = ""
    if link.bend:
        kind = "curvedCW" if link.bend > 0 else "curvedCCW"
        attributes["smooth"] = {"enabled": True, "type": kind, "roundness": abs(link.bend)}
    return attributes


def _options(scene: Scene) -> dict[str, Any]:
    """Return the vis-network options; labels are off, as our script draws them with line spacing for Vietnamese."""
    count = len(scene.nodes)
    width = max((link.width for link in scene.links), default=1.4)
    unlabelled = {"label": {"drawThreshold": 10_000}}
    return {
        "physics": False,
        "layout": {"randomSeed": 1, "improvedLayout": False},
        "interaction": {
            "hover": True, "tooltipDelay": 120,
            "hideEdgesOnDrag": count > HIDE_LINKS_ABOVE, "hideEdgesOnZoom": count > HIDE_LINKS_ABOVE,
        },
        "groups": {"useDefaultGroups": False, **{_group(node): _group_style(node) for node in scene.nodes}},
        "nodes": {"borderWidth": 2, "borderWidthSelected": 4, "scaling": unlabelled},
        "edges": {
            "smooth": False, "width": width, "hoverWidth": width / 2, "selectionWidth": width,
            "arrowStrikethrough": False,
            "color": {"color": scenes.LINE, "highlight": "#0b5cad", "hover": scenes.INK, "inherit": False},
            "arrows": {"to": {"enabled": True, "scaleFactor": 0.55}},
            "scaling": unlabelled,
        },
    }  # fmt: skip
