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
from ..model.schema import ALWAYS, Schema, word
from ..reader.subgraphs import MOST, USUAL
from . import svg as still
from .from_graph import LANGUAGES, join_parts, language_of, picture_of, status_label, words_of
from .labels import clean
from .layout import placement
from .picture import SEEN, Picture, View
from .scene import Placing, Scene, Spot, scene, without
from .vis_network import moving

MOST_LINKS = 20_000
"""Maximum number of links in a picture."""
SCRIPTS = ("view", "letters", "saving", "card", "start")
"""Our own script files (`templates/picture_NAME.js`), in dependency order."""
TOLD = ("found", "none", "all", "more", "fewer", "asking", "failed", "origins", "ties", "expand", "keys")
"""Keys of `templates/picture.yaml` whose texts the script shows."""


@dataclass(frozen=True, slots=True)
class Live:
    """URLs that an interactive picture needs from the site that serves it.

    `svg_url` serves the same picture as SVG, with the same `query` (`?…`) as the page. `toggle_url` takes a node id and
    returns the URL of the page with that node expanded, or collapsed if it is expanded now. `search_text` is the text
    of the search field. `link_suffix` (`?…`) is appended to every link to an entity page.
    """

    still: str
    query: str
    toggled: Callable[[str], str]
    find: str = ""
    suffix: str = ""


def draw(
    picture: Picture, schema: Schema, *, nonce: str | None = None, language: str = "en", base: str = "",
    view: View = SEEN, place: Placing = placement.place,
) -> str:  # fmt: skip
    """Return a self-contained HTML page with the picture; it loads nothing else and also works as a file on disk.

    With `base` (`/`, a path or an http(s) URL), names link to `base` + `entities/ID`; without it they are not links.
    With a `nonce`, scripts and styles carry it and the server's Content-Security-Policy applies; without one, the page
    contains its own policy. Raises `PictureTooBig` and `BadParameter` (for `base`).
    """
    language = language_of(language)
    part = _part(picture, schema, view, place, nonce=nonce, language=language, base=base, alone=True)
    policy = "" if nonce else _policy(script(), stylesheet())
    return _render(
        "picture_page.html", language=language, title=clean(picture.title), part=part, nonce=nonce, policy=policy,
        style=stylesheet(), script=script(),
    )  # fmt: skip


def fragment(
    picture: Picture, schema: Schema, *, nonce: str | None, language: str, script_url: str | None = None,
    style_url: str | None = None, base: str = "/", view: View = SEEN, live: Live | None = None,
    place: Placing = placement.place,
) -> str:  # fmt: skip
    """Return the picture as a `<section>` to embed in a page of the site.

    `script_url` and `style_url` are the URLs at which the site serves `script()` and `stylesheet()`; without them, both
    are inlined under the `nonce`. Names link to `base` + `entities/ID`; with an empty `base` they are not links. With
    `live`, nodes can be expanded and the page's URL follows the view. `layout` computes node positions, or returns
    cached ones (`layout.cache.LayoutCache.compute`).
    """
    return _part(
        picture, schema, view, place, nonce=nonce, language=language_of(language), base=base, alone=False,
        script_url=script_url, style_url=style_url, live=live,
    )  # fmt: skip


def svg(
    picture: Picture, schema: Schema, language: str = "en", view: View = SEEN, *, credit: str = "",
    place: Placing = placement.place,
) -> str:  # fmt: skip
    """Return the picture as an SVG document with title and legend, without what the view hides.

    `credit` is written in the bottom left corner.
    """
    _check(picture)
    language = language_of(language)
    return _still(scene(picture, schema, language, view, place), language, view, credit)


def lay_out(neighbourhood: Mapping[str, Any], schema: Schema, place: Placing) -> None:
    """Compute the layout of a subgraph now, so that a caching `layout` has it when the picture is first requested."""
    scene(picture_of(neighbourhood, schema), schema, LANGUAGES[0], place=place)


@cache
def script() -> str:
    """Return the JavaScript of pictures: vis-network as bundled with pyvis, then our own files in one function."""
    lines = _bundled("vis-network.min.js").split("\n")
    vis = "\n".join(line for line in lines if not line.startswith("//# sourceMappingURL="))
    ours = "\n".join(_template(f"picture_{name}.js") for name in SCRIPTS)
    return _inline(f'{vis}\n(() => {{\n"use strict";\n{ours}}})();\n')


@cache
def stylesheet() -> str:
    """Return the CSS of pictures.

    It replaces vis-network's own stylesheet: apart from the tooltip, its 220 kB style controls that we do not show.
    """
    return _inline(_template("picture.css"))


def _part(
    picture: Picture, schema: Schema, view: View, place: Placing, *, nonce: str | None, language: str, base: str,
    alone: bool, script_url: str | None = None, style_url: str | None = None, live: Live | None = None,
) -> str:  # fmt: skip
    _check(picture)
    words = words_of(language)
    root = _root(base)
    drawn = scene(picture, schema, language, view, place)
    names = {spot.node.id: (spot.name, _foreign(spot, language)) for spot in drawn.spots}
    told = {key: words[key] for key in TOLD}
    data = moving(drawn, view, told, language=language, base=root, live=live is not None)
    context: dict[str, Any] = {
        "alone": alone, "nonce": nonce, "language": language, "words": words, "title": drawn.title, "live": live,
        "script_url": script_url, "style_url": style_url,
        "script": script(), "style": stylesheet(),
        "subtitle": _subtitle(drawn, words),
        "svg": "" if live else _still(drawn, language, SEEN, ""),
        "data": _inline_json(data | {"alone": alone, "suffix": live.suffix if live else ""}),
        "kinds": [
            {
                "key": kind.key, "label": word(kind, language), "count": count, "sample": still.kind_sample(kind),
                "shown": kind.key not in view.hidden,
            }
            for kind, count in drawn.kinds
        ],
        "statuses": [
            {
                "key": term.key, "label": still.status_label(term, language), "sample": still.line_sample(term),
                "shown": term.key not in view.hidden,
            }
            for term, _ in drawn.statuses
        ],
        "notes": _notes(drawn, words, live is not None),
        "nodes": _node_rows(drawn, schema, language, root, live),
        "links": [
            {
                "source": names[stroke.link.source], "target": names[stroke.link.target], "relation": stroke.relation,
                "status": status_label(stroke.link.status, schema, language),
            }
            for stroke in drawn.strokes
        ],
    }  # fmt: skip
    return _render("picture_part.html", **context)


def _notes(drawn: Scene, words: Mapping[str, str], live: bool) -> list[str]:
    """Return the notes below the legend: signs that it does not explain, and hints for mouse and keyboard."""
    present = {term.key for term, _ in drawn.statuses}
    signs = [
        *([words["hollow"]] if any(term.line != "solid" for term, _ in drawn.statuses) else []),
        *([words["doubt"]] if present & set(ALWAYS) else []),
        *([words["sizes"]] if drawn.kinds else []),
    ]
    hints = [words["hint"], *([words["hint_live"]] if live else []), words["hint_keys"]]
    return [note for note in ("; ".join(signs), " ".join(hints)) if note]


def _node_rows(drawn: Scene, schema: Schema, language: str, root: str, live: Live | None) -> list[dict[str, Any]]:
    """Return the rows of the node table; `toggle` is the URL that expands or collapses the node, empty if neither."""
    beside: dict[str, set[str]] = defaultdict(set)
    for link in drawn.picture.links:
        beside[link.source].add(link.target)
        beside[link.target].add(link.source)
    expanded = {one.node for one in drawn.picture.expansions}
    few = len(drawn.spots) <= USUAL
    rows: list[dict[str, Any]] = []
    for spot in drawn.spots:
        node = spot.node
        more = (node.ties or 0) - len(beside[node.id] - {node.id})
        undo = node.id in expanded
        can = undo or (more > 0 and few)
        rows.append(
            {
                "name": (spot.name, _foreign(spot, language)), "href": _address(root, node.id, live),
                "kind": word(spot.kind, language), "status": status_label(node.status, schema, language),
                "weight": node.weight, "more": more, "undo": undo,
                "toggle": live.toggled(node.id) if live and can else "",
            }
        )  # fmt: skip
    return rows


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


def _address(root: str, entity: str, live: Live | None) -> str:
    return f"{root}entities/{quote(entity, safe=':')}{live.suffix if live else ''}" if root else ""


def _subtitle(drawn: Scene, words: Mapping[str, str]) -> str:
    counts = (("count_nodes", len(drawn.spots)), ("count_links", len(drawn.strokes)))
    told = ", ".join(words[key if n != 1 else f"{key}_1"].format(n=n) for key, n in counts)
    return join_parts(
        drawn.picture.note or told, words["left_out"].format(n=drawn.picture.left_out) if drawn.picture.left_out else ""
    )


def _still(drawn: Scene, language: str, view: View, credit: str) -> str:
    words = words_of(language)
    headings = (words["kinds"], words["statuses"])
    shown = without(drawn, view.hidden) if view.hidden else drawn
    return still.svg(shown, subtitle=_subtitle(shown, words), headings=headings, language=language, credit=credit)


def _foreign(spot: Spot, language: str) -> str:
    """Return the language of a node's name if it differs from the page's language, else an empty string."""
    return spot.node.language if spot.node.language != language else ""


def _template(name: str) -> str:
    return resources.text("vnkg.graph.pictures", "templates", name)


def _bundled(name: str) -> str:
    found = find_spec("pyvis")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("pyvis is not installed; it brings the script that draws pictures")
    return Path(found.origin).with_name("lib").joinpath("vis-9.1.2", name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("vnkg.graph.pictures"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )


def _render(name: str, **context: Any) -> str:
    return _environment().get_template(name).render(**context)


def _inline(text: str) -> str:
    """Return a script or stylesheet unchanged; raise `ValueError` if it would end its own HTML element."""
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
