"""Render pictures as interactive HTML (vis-network, as bundled with pyvis) and as static SVG.

pyvis's own templates are never used: they load scripts from other hosts and execute HTML found in titles.
"""

import hashlib
import json
from base64 import b64encode
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from .. import resources
from ..errors import BadParameter, PictureTooBig
from ..model.schema import Schema, localized_label
from ..reader.subgraphs import DEFAULT_NODES, MAX_NODES
from . import svg as static_svg
from .from_graph import LANGUAGES, build_picture, join_parts, picture_language, picture_words, status_label
from .labels import clean
from .layout import placement
from .picture import DEFAULT_VIEW, Picture, View
from .scene import DrawnNode, LayoutFunction, Scene, build_scene, without_hidden
from .vis_network import to_network, vis_network_data

MAX_LINKS = 20_000
"""Maximum number of links in a picture."""
SCRIPT_PARTS = ("view", "labels", "links", "saving", "card", "start")
"""Our own script files (`templates/picture_NAME.js`), in dependency order."""
SCRIPT_MESSAGES = (
    "search_count", "no_match", "all_drawn", "nodes_added", "nodes_removed", "loading", "failed", "origins", "ties",
    "expand", "keys", "remove", "status", "basis", "as_of_heading", "details", "statements", "disagreements",
    "links", "ends", "context_only", "context_only_help", "not_stated",
)  # fmt: skip
"""Keys of `templates/picture.yaml` whose texts the script shows."""


@dataclass(frozen=True, slots=True)
class LivePage:
    """URLs that an interactive picture needs from the site that serves it.

    `svg_url` serves the same picture as SVG, with the same `query` (`?…`) as the page. `toggle_url` takes a node id and
    returns the URL of the page with that node expanded, or collapsed if it is expanded now. `search_text` is the text
    of the search field. `link_suffix` (`?…`) is appended to every link to an entity page. `removal_url`, in a picture
    of chosen entities, takes a node id and returns the URL of the page without that node, empty if it was not chosen.
    """

    svg_url: str
    query: str
    toggle_url: Callable[[str], str]
    search_text: str = ""
    link_suffix: str = ""
    removal_url: Callable[[str], str] = lambda _: ""


def draw(
    picture: Picture, schema: Schema, *, nonce: str | None = None, language: str = "en", base: str = "",
    view: View = DEFAULT_VIEW, layout: LayoutFunction = placement.compute_layout,
) -> str:  # fmt: skip
    """Return a self-contained HTML page with the picture; it loads nothing else and also works as a file on disk.

    With `base` (`/`, a path or an http(s) URL), names link to `base` + `entities/ID`; without it they are not links.
    With a `nonce`, scripts and styles carry it and the server's Content-Security-Policy applies; without one, the page
    contains its own policy. Raises `PictureTooBig` and `BadParameter` (for `base`).
    """
    language = picture_language(language)
    section = _render_section(picture, schema, view, layout, nonce=nonce, language=language, base=base, standalone=True)
    policy = "" if nonce else _content_security_policy(script(), stylesheet())
    return _render(
        "picture_page.html", language=language, title=clean(picture.title), part=section, nonce=nonce, policy=policy,
        style=stylesheet(), script=script(),
    )  # fmt: skip


def fragment(
    picture: Picture, schema: Schema, *, nonce: str | None, language: str, script_url: str | None = None,
    style_url: str | None = None, base: str = "/", view: View = DEFAULT_VIEW, live: LivePage | None = None,
    layout: LayoutFunction = placement.compute_layout,
) -> str:  # fmt: skip
    """Return the picture as a `<section>` to embed in a page of the site.

    `script_url` and `style_url` are the URLs at which the site serves `script()` and `stylesheet()`; without them, both
    are inlined under the `nonce`. Names link to `base` + `entities/ID`; with an empty `base` they are not links. With
    `live`, nodes can be expanded and the page's URL follows the view. `layout` computes node positions, or returns
    cached ones (`layout.cache.LayoutCache.compute`).
    """
    return _render_section(
        picture, schema, view, layout, nonce=nonce, language=picture_language(language), base=base, standalone=False,
        script_url=script_url, style_url=style_url, live=live,
    )  # fmt: skip


def svg(
    picture: Picture, schema: Schema, language: str = "en", view: View = DEFAULT_VIEW, *, credit: str = "",
    layout: LayoutFunction = placement.compute_layout,
) -> str:  # fmt: skip
    """Return the picture as an SVG document with title and legend, without what the view hides.

    `credit` is written in the bottom left corner.
    """
    _check_size(picture)
    language = picture_language(language)
    return _static_svg(build_scene(picture, schema, language, view, layout), language, view, credit)


def pyvis_network(picture: Picture, schema: Schema, language: str = "en", view: View = DEFAULT_VIEW) -> Any:
    """Return the picture as a `pyvis.network.Network`, which can be changed and shown; see `vis_network.to_network`.

    pyvis's own page executes HTML that it finds in tooltips, so these are without angle brackets.
    """
    _check_size(picture)
    network = to_network(build_scene(picture, schema, picture_language(language), view))
    for row in (*network.nodes, *network.edges):
        row["title"] = row["title"].replace("<", "‹").replace(">", "›")
    return network


def precompute_layout(neighbourhood: Mapping[str, Any], schema: Schema, layout: LayoutFunction) -> None:
    """Compute the layout of a subgraph now, so that a caching `layout` has it when the picture is first requested."""
    build_scene(build_picture(neighbourhood, schema), schema, LANGUAGES[0], layout=layout)


@cache
def script() -> str:
    """Return the JavaScript of pictures: vis-network as bundled with pyvis, then our own files in one function."""
    lines = _read_bundled("vis-network.min.js").split("\n")
    vis = "\n".join(line for line in lines if not line.startswith("//# sourceMappingURL="))
    own_code = "\n".join(_read_template(f"picture_{name}.js") for name in SCRIPT_PARTS)
    return _checked_inline(f'{vis}\n(() => {{\n"use strict";\n{own_code}}})();\n')


@cache
def stylesheet() -> str:
    """Return the CSS of pictures.

    It replaces vis-network's own stylesheet: apart from the tooltip, its 220 kB style controls that we do not show.
    """
    return _checked_inline(_read_template("picture.css"))


def _render_section(
    picture: Picture, schema: Schema, view: View,
    layout: LayoutFunction, *, nonce: str | None, language: str, base: str,
    standalone: bool, script_url: str | None = None, style_url: str | None = None, live: LivePage | None = None,
) -> str:  # fmt: skip
    _check_size(picture)
    words = picture_words(language)
    base_url = _validate_base(base)
    picture_scene = build_scene(picture, schema, language, view, layout)
    names = {node.spec.id: (node.name, _foreign_language(node, language)) for node in picture_scene.nodes}
    messages = {key: words[key] for key in SCRIPT_MESSAGES}
    data = vis_network_data(picture_scene, view, messages, language=language, base=base_url, live=live is not None)
    context: dict[str, Any] = {
        "alone": standalone, "nonce": nonce, "language": language,
        "words": words, "title": picture_scene.title, "live": live,
        "script_url": script_url, "style_url": style_url,
        "script": script(), "style": stylesheet(),
        "subtitle": _subtitle(picture_scene, words),
        "svg": "" if live else _static_svg(picture_scene, language, DEFAULT_VIEW, ""),
        "data": _inline_json(data | {"alone": standalone, "suffix": live.link_suffix if live else ""}),
        "kinds": [
            {
                "key": kind.key, "label": localized_label(kind, language),
                "count": count, "sample": static_svg.kind_sample(kind),
                "shown": kind.key not in view.hidden_keys,
            }
            for kind, count in picture_scene.kinds
        ],
        "statuses": [
            {
                "key": term.key, "label": static_svg.legend_status_label(term, language),
                "sample": static_svg.line_sample(term),
                "shown": term.key not in view.hidden_keys,
            }
            for term, _ in picture_scene.statuses
        ],
        "context_sample": static_svg.context_sample() if picture_scene.has_context else "",
        "marks": picture_scene.marks,
        "notes": _legend_notes(picture_scene, words, live is not None),
        "nodes": _node_table_rows(picture_scene, schema, language, base_url, live),
        "links": [
            {
                "source": names[link.spec.source], "target": names[link.spec.target], "relation": link.predicate_label,
                "status": status_label(link.spec.status, schema, language), "details": link.spec.details,
                "basis": link.spec.basis,
            }
            for link in picture_scene.links
        ],
    }  # fmt: skip
    return _render("picture_part.html", **context)


def _legend_notes(scene: Scene, words: Mapping[str, str], live: bool) -> list[str]:
    """Return the notes below the legend: signs that it does not explain, and hints for mouse and keyboard."""
    signs = [
        *([words["hollow"]] if any(not term.exists for term, _ in scene.statuses) else []),
        *([words["uncertain"]] if any(term.is_uncertain for term, _ in scene.statuses) else []),
        *([words["sizes"]] if scene.kinds else []),
    ]
    hints = [words["hint"], *([words["hint_live"]] if live else []), words["hint_keys"]]
    return [note for note in ("; ".join(signs), " ".join(hints)) if note]


def _node_table_rows(
    scene: Scene, schema: Schema, language: str, base_url: str, live: LivePage | None
) -> list[dict[str, Any]]:
    """Return the rows of the node table; `toggle` is the URL that expands or collapses the node, empty if neither."""
    neighbours: dict[str, set[str]] = defaultdict(set)
    for link in scene.picture.links:
        neighbours[link.source].add(link.target)
        neighbours[link.target].add(link.source)
    expanded = {expansion.node for expansion in scene.picture.expansions}
    has_room = len(scene.nodes) <= DEFAULT_NODES
    rows: list[dict[str, Any]] = []
    for drawn_node in scene.nodes:
        node = drawn_node.spec
        undrawn_count = (node.neighbour_count or 0) - len(neighbours[node.id] - {node.id})
        is_expanded = node.id in expanded
        can_toggle = is_expanded or (undrawn_count > 0 and has_room)
        rows.append(
            {
                "name": (drawn_node.name, _foreign_language(drawn_node, language)),
                "href": _entity_url(base_url, node.id, live),
                "kind": localized_label(drawn_node.kind, language),
                "status": status_label(node.status, schema, language),
                "weight": node.weight, "more": undrawn_count, "undo": is_expanded,
                "removal": live.removal_url(node.id) if live else "",
                "toggle": live.toggle_url(node.id) if live and can_toggle else "",
            }
        )  # fmt: skip
    return rows


def _check_size(picture: Picture) -> None:
    for count, limit, noun in ((len(picture.nodes), MAX_NODES, "nodes"), (len(picture.links), MAX_LINKS, "links")):
        if count > limit:
            raise PictureTooBig(f"the picture has {count:,} {noun}; at most {limit:,} can be drawn: ask for fewer")


def _validate_base(base: str) -> str:
    if not base:
        return ""
    if not base.startswith(("/", "https://", "http://")) or base.startswith("//"):
        raise BadParameter(f"base: found {base!r}; expected '/', a path from the root, or an http(s) address")
    return base.rstrip("/") + "/"


def _entity_url(base_url: str, entity: str, live: LivePage | None) -> str:
    return f"{base_url}entities/{quote(entity, safe=':')}{live.link_suffix if live else ''}" if base_url else ""


def _subtitle(scene: Scene, words: Mapping[str, str]) -> str:
    counts = (("count_nodes", len(scene.nodes)), ("count_links", len(scene.links)))
    counts_text = ", ".join(words[key if n != 1 else f"{key}_1"].format(n=n) for key, n in counts)
    return join_parts(
        scene.picture.note or counts_text,
        words["left_out"].format(n=scene.picture.left_out) if scene.picture.left_out else "",
    )


def _static_svg(scene: Scene, language: str, view: View, credit: str) -> str:
    words = picture_words(language)
    headings = static_svg.Headings(words["kinds"], words["statuses"], words["marks"], words["context_only"])
    visible = without_hidden(scene, view.hidden_keys) if view.hidden_keys else scene
    return static_svg.svg(
        visible, subtitle=_subtitle(visible, words), headings=headings, language=language, credit=credit
    )


def _foreign_language(node: DrawnNode, language: str) -> str:
    """Return the language of a node's name if it differs from the page's language, else an empty string."""
    return node.spec.language if node.spec.language != language else ""


def _read_template(name: str) -> str:
    return resources.text("vnkg.graph.pictures", "templates", name)


def _read_bundled(name: str) -> str:
    spec = find_spec("pyvis")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("pyvis is not installed; it brings the script that draws pictures")
    return Path(spec.origin).with_name("lib").joinpath("vis-9.1.2", name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("vnkg.graph.pictures"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )


def _render(name: str, **context: Any) -> str:
    return _environment().get_template(name).render(**context)


def _checked_inline(text: str) -> str:
    """Return a script or stylesheet unchanged; raise `ValueError` if it would end its own HTML element."""
    if any(end in text.lower() for end in ("</script", "</style", "<!--")):
        raise ValueError("a bundled script or stylesheet would end its own element")
    return text


def _inline_json(data: Any) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text


def _content_security_policy(script_text: str, style_text: str) -> str:
    hashes = [b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (script_text, style_text)]
    return (
        f"default-src 'none'; script-src 'sha256-{hashes[0]}'; style-src 'sha256-{hashes[1]}'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
