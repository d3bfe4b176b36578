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
from drawing import ENTITIES, SMALL_LIMIT, DrawingTimes, measure_drawing
from drawing import LARGE_LIMIT as MOST_DRAWN
from loading import measure_loading
from pages import Weight, by_kind, weights
from searching import ENTITY_COUNT, SearchTimes, measure_articles, measure_generated, median_over_http
from serving import answer_seconds, measure_repeated

from vnkg.loaders.database import facts_release

FLAGSHIP = ("query", "provinces_with_fund", "--json")


def main() -> None:
    """Run all measurements and print them."""
    start_time = time.monotonic()
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} CPUs{load}")
    print(f"{'':<62}{'value':>9}  {'goal':>9}")
    with tempfile.TemporaryDirectory(prefix="vnkg-bench-") as folder:
        data = Path(folder) / "articles"
        empty = sorted(answer_seconds(Path(folder) / f"empty-{turn}", FLAGSHIP) for turn in range(3))[1]
        answer_seconds(data, FLAGSHIP)
        full = sorted(answer_seconds(data, FLAGSHIP) for _ in range(3))[1]
        print_figure("Cold start to the flagship's answer, facts loaded (s)", full, at_most=5.0)
        print_figure("Cold start to the flagship's answer, empty folder (s)", empty, at_most=5.0)
        for name, measure in (("Entity", entity_over_http), ("Flagship", flagship_over_http)):
            result = measure(data)
            print_figure(f"{name} over HTTP, not kept / same Cypher, raw driver (p50)", result.ratio, at_most=1.5)
            print_detail(f"{result.http * 1000:.2f} ms / {result.raw * 1000:.2f} ms")
        for name, path in (
            ("Entity", "/api/v1/entities/province:dong-nai"),
            ("Flagship", "/api/v1/queries/provinces_with_fund"),
            ("Start page", "/"),
            ("Entity page", "/entities/province:dong-nai"),
            ("Flagship page", "/queries/provinces_with_fund"),
        ):
            rates = measure_repeated(data, path)
            print_figure(f"{name}, repeated request / ready bytes, same server (rate)", rates.ratio, at_least=0.8)
            print_detail(
                f"{rates.cached_rate:,.0f} / {rates.ready_rate:,.0f} requests a second, {rates.size:,} bytes each"
            )
        print_weights(weights(data))
        facts = facts_release()
        result = measure_articles(data, facts)
        print_search("Search p95, five articles (ms)", result, at_most=20.0)
        print_detail(
            f"over HTTP, not kept: p50 {median_over_http(data, facts) * 1000:.1f} "
            f"ms; without: {result.p50 * 1000:.1f} ms"
        )
        print_search(f"Search p95, {ENTITY_COUNT:,} entities (ms)", measure_generated(Path(folder)), at_most=100.0)
        print_drawing(measure_drawing(Path(folder)))
        load_times = measure_loading(Path(folder))
        print_figure("Loading / raw UNWIND loop of the same objects (speed)", load_times.ratio, at_least=0.8)
        print_detail(
            f"{load_times.object_count:,} nodes and edges: {load_times.load_seconds:.1f} "
            f"s / {load_times.raw_seconds:.1f} s"
        )
    print(f"Done in {time.monotonic() - start_time:.0f} s.")


def print_search(label: str, result: SearchTimes, *, at_most: float) -> None:
    """Print how long searches take, and the details."""
    print_figure(label, result.p95 * 1000, at_most=at_most)
    parts = ", ".join(f"{variation} {seconds * 1000:.0f}" for variation, seconds in result.p95_by_variation.items())
    print_detail(
        f"p50 {result.p50 * 1000:.1f} ms; p95 of {parts}; names read and sorted in {result.names_seconds:.2f} s"
    )


def print_drawing(result: DrawingTimes | None) -> None:
    """Print how long it takes until a picture is drawn, compared with pyvis's own page; None: not measured."""
    if result is None:
        print_detail("pictures: not measured, there is no Chromium")
        return
    print_figure(
        f"Picture of {SMALL_LIMIT} nodes / pyvis's own page (time to the drawn picture)", result.ratio, at_most=0.5
    )
    print_detail(
        f"{result.small_seconds:.2f} s / {result.pyvis_seconds:.2f} s; the best "
        f"connected of {ENTITIES:,} entities, read and drawn anew"
    )
    print_figure(f"First drawing, {SMALL_LIMIT} nodes (s)", result.small_seconds, at_most=1.0)
    print_figure(f"First drawing, {MOST_DRAWN:,} nodes (s)", result.large_seconds, at_most=2.0)
    print_detail(
        f"page of {SMALL_LIMIT} nodes: {result.page_bytes / 1000:.0f} kB, with "
        f"all that it loads {result.total_bytes / 1000:.0f} kB"
    )


def print_weights(pages: list[Weight]) -> None:
    """Print the size of each page, and of the files that browsers fetch once for it."""
    entity = next(page for page in pages if page.name == "province")
    print_figure("Entity page without its picture (kB)", entity.bytes_without_pictures / 1000, at_most=60.0)
    print("    Weight of each page (kB): HTML, without pictures, fetched once; ms to make it anew")
    for page in pages:
        files = ", ".join(f"{kind} {size / 1000:.0f}" for kind, size in by_kind(page.file_sizes).items())
        size, plain, milliseconds = page.html_bytes / 1000, page.bytes_without_pictures / 1000, page.seconds * 1000
        print_detail(f"{page.name:<20}{size:>7.1f}{plain:>7.1f}  {files:<40}{milliseconds:>6.0f} ms")


def print_figure(label: str, value: float, *, at_most: float | None = None, at_least: float | None = None) -> None:
    """Print a value next to its goal, and whether the goal is met."""
    is_met = value <= at_most if at_most is not None else value >= (at_least or 0)
    goal = f"<= {at_most:.1f}" if at_most is not None else f">= {at_least:.1f}"
    print(f"{label:<62}{value:>9.2f}  {goal:>9}  {'met' if is_met else 'MISSED'}", flush=True)


def print_detail(text: str) -> None:
    """Print a detail below a figure."""
    print(f"    {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
