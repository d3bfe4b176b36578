"""Convert a scene to a pyvis network, and to what the page's script draws from it. The only module with `pyvis`."""

from collections.abc import Mapping
from typing import Any, cast

from ..date_format import format_date
from ..model.schema import localized_label
from . import scene as scenes
from . import svg as static_svg
from .appearance import GAP_SHARE, INK, PALE_INK, PAPER
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
    network = to_network(scene)
    name = (scene.picture.centre or "").partition(":")[2]
    return {
        "nodes": network.nodes, "edges": network.edges, "options": _without_labels(network.options), "base": base,
        "live": live,
        "centre": scene.picture.centre, "extent": scene.extent, "title": scene.title,
        "file": f"vnkg-{name}" if name else "vnkg",
        "moved": [key for key in view.moved_nodes if any(node.spec.id == key for node in scene.nodes)],
        "expansions": [
            {"id": expansion.node, "added_ids": expansion.added_nodes, "left": expansion.left_out}
            for expansion in scene.picture.expansions
        ],
        "kinds": {node.kind.key: localized_label(node.kind, language) for node in scene.nodes},
        "statuses": {
            term.key: {"label": localized_label(term, language), "symbol": term.symbol, "tone": term.tone}
            for term, _ in scene.statuses
        },
        "dates": {
            link.spec.as_of: format_date(link.spec.as_of, language) for link in scene.links if link.spec.as_of
        },
        "words": dict(words),
        "text": {
            "node": scenes.FONT_SIZE, "link": scenes.LINK_FONT_SIZE,
            "ink": INK, "pale": PALE_INK, "paper": PAPER, "gap": GAP_SHARE, "badge": static_svg.BADGE_RADIUS,
        },
    }  # fmt: skip


def to_network(scene: Scene) -> Any:
    """Return a scene as a `pyvis.network.Network` with our places, colours and lines, which can be changed and shown.

    Nodes and edges have our ids. Beside what vis-network reads, a node has `name`, `kind`, `status` and `origins`, an
    edge `relation`, `status`, `basis`, `as_of`, `statements` and `disagreements`, where there are such.
    """
    from pyvis.network import Network  # noqa: PLC0415  # pulls in IPython: only when something is drawn  # pyright: ignore[reportMissingTypeStubs]

    network: Any = cast("Any", Network)(directed=True, notebook=True, cdn_resources="in_line", height="720px")
    for node in scene.nodes:
        network.add_node(node.spec.id, **_node_attributes(node))
    for link in scene.links:
        network.add_edge(link.source.spec.id, link.target.spec.id, **_link_attributes(link))
    network.options = _options(scene)
    return network


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
    if node.ink != INK:
        attributes["ink"] = node.ink
    if node.badge:
        attributes["badge"] = node.badge
    if node.spec.mark:
        attributes |= {"mark": node.spec.mark, "mark_size": static_svg.mark_size(node.size)}
    if node.spec.kind:
        attributes["kind_label"] = node.spec.kind
    return attributes


def _group(node: DrawnNode) -> str:
    """Return the vis-network group of a node: nodes of one group look alike."""
    return f"{node.kind.key} {node.fill} {node.border}"


def _group_style(node: DrawnNode) -> dict[str, Any]:
    """Return the vis-network style of a group of nodes."""
    plain = {"background": node.fill, "border": node.border}
    strong = {"background": node.fill, "border": INK}
    return {"color": {**plain, "highlight": strong, "hover": strong}}


def _link_attributes(link: DrawnLink) -> dict[str, Any]:
    """Return the attributes of a link for pyvis: only those that differ from `_options`."""
    spec = link.spec
    attributes: dict[str, Any] = {
        "id": spec.id, "title": tooltip(spec.title) or link.predicate_label, "relation": link.predicate_label,
        "color": link.color, "width": round(link.width * link.stroke.width, 2),
    }  # fmt: skip
    facts = {
        "status": spec.status, "basis": spec.basis, "as_of": spec.as_of, "details": spec.details,
        "statements": spec.statements, "disagreements": spec.disagreements,
        "dashes": link.stroke.dashes, "double": link.stroke.is_double, "faint": not spec.firm,
    }  # fmt: skip
    attributes |= {key: list(fact) if isinstance(fact, tuple) else fact for key, fact in facts.items() if fact}
    if link.label:
        attributes |= {"label": link.label, "at": link.label_position}
    if not link.arrow:
        attributes["arrows"] = ""
    if link.bend:
        attributes["bend"] = link.bend
        kind = "curvedCW" if link.bend > 0 else "curvedCCW"
        attributes["smooth"] = {"enabled": True, "type": kind, "roundness": abs(link.bend)}
    return attributes


def _options(scene: Scene) -> dict[str, Any]:
    """Return the vis-network options."""
    count = len(scene.nodes)
    return {
        "physics": {"enabled": False},
        "layout": {"randomSeed": 1, "improvedLayout": False},
        "interaction": {
            "hover": True, "tooltipDelay": 120, "hoverConnectedEdges": False, "selectConnectedEdges": False,
            "hideEdgesOnDrag": count > HIDE_LINKS_ABOVE, "hideEdgesOnZoom": count > HIDE_LINKS_ABOVE,
        },
        "groups": {"useDefaultGroups": False, **{_group(node): _group_style(node) for node in scene.nodes}},
        "nodes": {"borderWidth": 2, "borderWidthSelected": 4, "font": {"size": scenes.FONT_SIZE}},
        "edges": {
            "smooth": False, "arrowStrikethrough": False, "color": {"inherit": False},
            "arrows": {"to": {"enabled": True, "scaleFactor": 0.55}}, "font": {"size": scenes.LINK_FONT_SIZE},
        },
    }  # fmt: skip


def _without_labels(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options without vis-network's own labels and links: our script draws both."""
    unlabelled = {"scaling": {"label": {"drawThreshold": 10_000}}}
    return {**options, "nodes": options["nodes"] | unlabelled, "edges": options["edges"] | unlabelled}
