"""The benchmark: the overhead of VNKG over the engine below it, as ratios measured in one run.

    python bench/bench.py

Starts its own servers and engines in a temporary folder and takes about seven minutes. The exit code is 0 even if a
goal is missed; that is printed next to the value.
"""

import os
import platform
import sys
import tempfile
import time
from pathlib import Path

from asking import entity_over_http, flagship_over_http
from drawing import ENTITIES, FEW, Drawn, drawing
from drawing import MANY as MOST_DRAWN
from loading import loading
from pages import Weight, by_kind, weights
from searching import MANY, Searched, over_http, searching_articles, searching_many
from serving import answer_seconds, repeated

from vnkg.api.cli.session import facts_release

FLAGSHIP = ("query", "provinces_with_fund", "--json")


def main() -> None:
    """Run all measurements and print them."""
    began = time.monotonic()
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} CPUs{load}")
    print(f"{'':<62}{'value':>9}  {'goal':>9}")
    with tempfile.TemporaryDirectory(prefix="vnkg-bench-") as folder:
        data = Path(folder) / "articles"
        empty = sorted(answer_seconds(Path(folder) / f"empty-{turn}", FLAGSHIP) for turn in range(3))[1]
        answer_seconds(data, FLAGSHIP)
        full = sorted(answer_seconds(data, FLAGSHIP) for _ in range(3))[1]
        show("Cold start to the flagship's answer, facts loaded (s)", full, most=5.0)
        show("Cold start to the flagship's answer, empty folder (s)", empty, most=5.0)
        for name, measure in (("Entity", entity_over_http), ("Flagship", flagship_over_http)):
            found = measure(data)
            show(f"{name} over HTTP, not kept / same Cypher, raw driver (p50)", found.ratio, most=1.5)
            tell(f"{found.http * 1000:.2f} ms / {found.raw * 1000:.2f} ms")
        for name, path in (
            ("Entity", "/api/v1/entities/province:dong-nai"),
            ("Flagship", "/api/v1/queries/provinces_with_fund"),
            ("Start page", "/"),
            ("Entity page", "/entities/province:dong-nai"),
            ("Flagship page", "/queries/provinces_with_fund"),
        ):
            kept = repeated(data, path)
            show(f"{name}, repeated request / ready bytes, same server (rate)", kept.ratio, least=0.8)
            tell(f"{kept.kept:,.0f} / {kept.ready:,.0f} requests a second, {kept.size:,} bytes each")
        weigh(weights(data))
        facts = facts_release()
        found = searching_articles(data, facts)
        search("Search p95, five articles (ms)", found, most=20.0)
        tell(f"over HTTP, not kept: p50 {over_http(data, facts) * 1000:.1f} ms; without: {found.p50 * 1000:.1f} ms")
        search(f"Search p95, {MANY:,} entities (ms)", searching_many(Path(folder)), most=100.0)
        draw(drawing(Path(folder)))
        loaded = loading(Path(folder))
        show("Loading / raw UNWIND loop of the same objects (speed)", loaded.ratio, least=0.8)
        tell(f"{loaded.objects:,} nodes and edges: {loaded.load:.1f} s / {loaded.raw:.1f} s")
    print(f"Done in {time.monotonic() - began:.0f} s.")


def search(what: str, found: Searched, *, most: float) -> None:
    """Print how long searches take, and the details."""
    show(what, found.p95 * 1000, most=most)
    ways = ", ".join(f"{way} {seconds * 1000:.0f}" for way, seconds in found.by_way.items())
    tell(f"p50 {found.p50 * 1000:.1f} ms; p95 of {ways}; names read and sorted in {found.names:.2f} s")


def draw(drawn: Drawn | None) -> None:
    """Print how long it takes until a picture is drawn, compared with pyvis's own page; None: not measured."""
    if drawn is None:
        tell("pictures: not measured, there is no Chromium")
        return
    show(f"Picture of {FEW} nodes / pyvis's own page (time to the drawn picture)", drawn.ratio, most=0.5)
    tell(f"{drawn.few:.2f} s / {drawn.pyvis:.2f} s; the best connected of {ENTITIES:,} entities, read and drawn anew")
    show(f"First drawing, {FEW} nodes (s)", drawn.few, most=1.0)
    show(f"First drawing, {MOST_DRAWN:,} nodes (s)", drawn.many, most=2.0)
    tell(f"page of {FEW} nodes: {drawn.page / 1000:.0f} kB, with all that it loads {drawn.whole / 1000:.0f} kB")


def weigh(pages: list[Weight]) -> None:
    """Print the size of each page, and of the files that browsers fetch once for it."""
    entity = next(page for page in pages if page.name == "province")
    show("Entity page without its picture (kB)", entity.plain / 1000, most=60.0)
    print("    Weight of each page (kB): HTML, without pictures, fetched once; ms to make it anew")
    for page in pages:
        once = ", ".join(f"{kind} {size / 1000:.0f}" for kind, size in by_kind(page.loaded).items())
        size, plain, milliseconds = page.html / 1000, page.plain / 1000, page.seconds * 1000
        tell(f"{page.name:<20}{size:>7.1f}{plain:>7.1f}  {once:<40}{milliseconds:>6.0f} ms")


def show(what: str, value: float, *, most: float | None = None, least: float | None = None) -> None:
    """Print a value next to its goal, and whether the goal is met."""
    met = value <= most if most is not None else value >= (least or 0)
    goal = f"<= {most:.1f}" if most is not None else f">= {least:.1f}"
    print(f"{what:<62}{value:>9.2f}  {goal:>9}  {'met' if met else 'MISSED'}", flush=True)


def tell(text: str) -> None:
    """Print a detail below a figure."""
    print(f"    {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
