"""Time from navigation to the drawn picture in Chromium: our pages from a running server, and pyvis's own page.

Our pages are requested with the response cache off, so that each is read, drawn and rendered again; only the layouts of
the whole graph are cached, as `vnkg load` does it. pyvis's page has the same nodes and edges, inline scripts and its
own physics; its requests to other hosts get empty responses.
"""

import shutil
import statistics
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from actors import actors
from serving import VNKG, run_server

from vnkg.graph.disk_cache import DiskCache
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.model.schema import schema
from vnkg.graph.pictures import page as picture
from vnkg.graph.pictures.layout.cache import LayoutCache
from vnkg.graph.reader import degrees as ranking
from vnkg.graph.reader.reader import Graph
from vnkg.graph.settings import Settings
from vnkg.graph.store import load as store

ENTITIES, SMALL_LIMIT, LARGE_LIMIT = 20_000, 300, 2_000
REPEATS = 5
PAGE_TIMEOUT = 180_000
"""Milliseconds to wait for a page."""
WATCH_SCRIPT = """
new MutationObserver(() => {
  const done = document.querySelector(".vnkg-picture[data-ready]")
    || document.getElementById("loadingBar")?.style.opacity === "0";
  if (done) window.drawnAfter ??= performance.now();
}).observe(document, { attributes: true, childList: true, subtree: true });
"""


@dataclass(frozen=True, slots=True)
class DrawingTimes:
    """Seconds to the drawn picture, and the bytes of our page, alone and with everything it loads."""

    small_seconds: float
    large_seconds: float
    pyvis_seconds: float
    page_bytes: int
    total_bytes: int

    @property
    def ratio(self) -> float:
        """Our time divided by pyvis's."""
        return self.small_seconds / self.pyvis_seconds


def measure_drawing(folder: Path) -> DrawingTimes | None:
    """Draw the best connected nodes of a generated graph; return None if there is no Chromium."""
    program = shutil.which("chromium")
    if program is None:
        return None
    data = folder / "drawing"
    subgraph = _load_graph(data)
    with run_server([VNKG, "serve", "--port", "0"], data, VNKG_CACHE="0") as port, _chromium(program) as browser:
        root = f"http://127.0.0.1:{port}"
        weights: dict[str, int] = {}
        _seconds_to_picture(browser, f"{root}/picture?limit={SMALL_LIMIT}", weights)
        small_seconds, large_seconds = (
            statistics.median(_seconds_to_picture(browser, f"{root}/picture?limit={limit}") for _ in range(REPEATS))
            for limit in (SMALL_LIMIT, LARGE_LIMIT)
        )
        pyvis_seconds = _seconds_to_picture(browser, _pyvis_page(folder, subgraph).as_uri())
    return DrawingTimes(small_seconds, large_seconds, pyvis_seconds, weights["document"], sum(weights.values()))


def _load_graph(data: Path) -> dict[str, Any]:
    """Load the graph, cache its layouts as `vnkg load` does, and return the subgraph that is drawn."""
    settings, release = Settings(data=data), actors(ENTITIES)
    with Engine.open(settings) as engine:
        store.load(engine, release, batch=settings.load_batch)
        cache = DiskCache(settings.cache_folder)
        ranking.cache_ranking(cache, release, [key for key, edge in schema().edges.items() if not edge.derived])
        graph = Graph(engine, schema(), {}, cache)
        for limit in (SMALL_LIMIT, LARGE_LIMIT):
            picture.precompute_layout(graph.best_connected(limit=limit), schema(), LayoutCache(cache).compute)
        return graph.best_connected(limit=SMALL_LIMIT)


@contextmanager
def _chromium(program: str) -> Generator[Any]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  a development dependency

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


def _seconds_to_picture(browser: Any, address: str, weights: dict[str, int] | None = None) -> float:
    """Return the seconds from navigation to the drawn picture, in a fresh browser context.

    If `weights` is given, the bytes of the responses are added to it by resource type.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    try:
        context.add_init_script(WATCH_SCRIPT)
        context.route("**/*", _block_other_hosts)
        page = context.new_page()
        responses: list[Any] = []
        page.on("response", lambda response: responses.append(response))  # noqa: PLW0108  playwright sets attributes on the handler
        page.goto(address, wait_until="commit", timeout=PAGE_TIMEOUT)
        page.wait_for_selector(
            ".vnkg-picture[data-ready], #loadingBar[style*='opacity: 0']", state="attached", timeout=PAGE_TIMEOUT
        )
        seconds = page.evaluate("window.drawnAfter") / 1000
        if weights is not None:
            _add_weights(responses, weights)
        return seconds
    finally:
        context.close()


def _block_other_hosts(route: Any) -> None:
    """Let requests to this machine pass; answer those to other hosts with an empty body."""
    if route.request.url.startswith(("http://127.0.0.1", "file:", "data:", "blob:")):
        route.continue_()
    else:
        route.fulfill(body="")


def _add_weights(responses: list[Any], weights: dict[str, int]) -> None:
    """Add the bytes of responses by resource type; a body can be read only while its page is open."""
    for response in responses:
        kind = response.request.resource_type
        weights[kind] = weights.get(kind, 0) + len(response.body())


def _pyvis_page(folder: Path, subgraph: dict[str, Any]) -> Path:
    """Write pyvis's own page of a subgraph and return its path."""
    from pyvis.network import Network  # noqa: PLC0415  pulls in IPython

    network: Any = Network(directed=True, cdn_resources="in_line")
    for node in subgraph["nodes"]:
        network.add_node(node["id"], label=node["name"])
    for edge in subgraph["edges"]:
        network.add_edge(edge["subject"], edge["object"])
    page = folder / "pyvis.html"
    page.write_text(network.generate_html(), encoding="utf-8")
    return page
