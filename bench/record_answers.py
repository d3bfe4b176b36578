"""Record the answers of everything that VNKG offers, and compare two recordings byte for byte.

    python bench/record_answers.py record FOLDER [--engine embedded|neo4j|both] [--articles DIR] [--vnkg COMMAND]
    python bench/record_answers.py compare FOLDER FOLDER [--show N]

Record before and after a change that must not change any answer, and compare. VNKG is used as users use it, through the
`vnkg` command and over HTTP. None of its modules is imported, so that it works before and after modules are moved.

With `--articles`, the recording contains the text of the articles: keep it out of the repository (`build/` is ignored).
"""

import argparse
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Generator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack, contextmanager
from importlib.util import module_from_spec, spec_from_file_location
from itertools import islice
from pathlib import Path
from types import ModuleType

from cli_runs import Cli, record_loads, record_offline, record_online
from http_client import Client, Request
from normalization import DROPPED_HEADERS, RULES, Normalizer
from recording import Answer, Recording, compare, counts
from site_requests import LANGUAGES, MAIN_PAGES, Site, sample

ROOT = Path(__file__).resolve().parent.parent
SIXTH_ARTICLE = ROOT / "tests" / "fixtures" / "sixth"
ENGINES = ("embedded", "neo4j")
OFFLINE = "none"
"""The engine name under which answers that need no engine are recorded."""
PUBLIC = "https://vnkg.example"
COMMANDS_AT_ONCE = 2
SLOW_MACHINE_SETTINGS = {"VNKG_QUERY_TIMEOUT": "120", "VNKG_CONNECT_TIMEOUT": "60"}
"""Settings with long time limits, so that no query times out on a busy machine."""
MAX_LISTED = 200
"""Maximum number of differing answers that are listed by name only."""


def main() -> int:
    """Parse the command line and record or compare."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    subparsers = parser.add_subparsers(dest="part", required=True)
    record_parser = subparsers.add_parser("record", help="ask everything and write the answers into a folder")
    record_parser.add_argument("folder", type=Path)
    record_parser.add_argument("--engine", choices=(*ENGINES, "both"), default="both")
    record_parser.add_argument("--articles", type=Path, help="folder with the articles' text (NNN_*.txt)")
    record_parser.add_argument(
        "--vnkg", type=Path, default=Path(sys.executable).with_name("vnkg"), help="the command to record"
    )
    record_parser.add_argument(
        "--whole", action="store_true", help="ask the second engine for every page in each language too"
    )
    compare_parser = subparsers.add_parser("compare", help="compare two recordings; ends with 1 where they differ")
    compare_parser.add_argument("folders", type=Path, nargs=2)
    compare_parser.add_argument("--show", type=int, default=20, help="differences that are shown in full")
    arguments = parser.parse_args()
    # On SIGTERM, exit normally, so that servers and engines are stopped too.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    if arguments.part == "compare":
        return report_differences(arguments.folders[0], arguments.folders[1], arguments.show)
    engines = ENGINES if arguments.engine == "both" else (arguments.engine,)
    record(arguments.folder, engines, arguments.articles, arguments.vnkg.absolute(), arguments.whole)
    return 0


def record(folder: Path, engines: tuple[str, ...], articles: Path | None, vnkg: Path, all_languages: bool) -> None:
    """Record everything with some engines, in parallel, and print the number of answers."""
    start_time = time.monotonic()
    normalizer = Normalizer()
    recording = Recording(folder, normalizer)
    with tempfile.TemporaryDirectory(prefix="vnkg-record-") as temporary_folder:
        work_folder = Path(temporary_folder).resolve()
        normalizer.folders = {os.fsencode(work_folder / name): f"/{name}".encode() for name in (*engines, OFFLINE)}
        for name in (*engines, OFFLINE):
            (work_folder / name).mkdir()
            if articles is not None:
                (work_folder / name / "texts").symlink_to(articles.resolve(), target_is_directory=True)
        has_texts = articles is not None
        with ThreadPoolExecutor(COMMANDS_AT_ONCE) as pool, ThreadPoolExecutor(len(engines) + 1) as engine_pool:
            offline = Cli(vnkg, work_folder / OFFLINE, recording, OFFLINE, {})
            futures = [engine_pool.submit(record_offline, offline, pool, SIXTH_ARTICLE, has_texts)]
            for name in engines:
                all_pages = all_languages or name == engines[0]
                futures.append(
                    engine_pool.submit(_record_engine, name, vnkg, work_folder, recording, pool, has_texts, all_pages)
                )
            try:
                for future in as_completed(futures):
                    future.result()
            except BaseException:
                recording.is_cancelled = True
                pool.shutdown(wait=False, cancel_futures=True)
                raise
    seconds = time.monotonic() - start_time
    recording.close(engines=", ".join(engines), articles=str(has_texts), normalized=json.dumps(normalizer.counts))
    _print_counts(folder)
    print("Replaced, as it differs each time (bench/normalization.py says why):")
    for name, count in sorted(normalizer.counts.items()):
        print(f"  {name}: {count} times")
    unused = [rule.name for rule in RULES if not normalizer.counts[rule.name]]
    print(
        f"  headers left out: {', '.join(DROPPED_HEADERS)}"
        + (f"; rules never needed: {', '.join(unused)}" if unused else "")
    )
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    size = sum(path.stat().st_size for path in folder.iterdir())
    summary = f"Recorded in {seconds:.0f} s ({usage.ru_utime + usage.ru_stime:.0f} s of processor without engines)"
    print(f"{summary}; {size / 1e6:.0f} MB in {folder}.")


def _record_engine(
    name: str,
    vnkg: Path,
    work_folder: Path,
    recording: Recording,
    pool: ThreadPoolExecutor,
    has_texts: bool,
    all_pages: bool,
) -> None:
    with ExitStack() as stack:
        settings = dict(SLOW_MACHINE_SETTINGS)
        if name == "neo4j":
            settings |= stack.enter_context(_neo4j(work_folder / "neo4j-server"))
        cli = Cli(vnkg, work_folder / name, recording, name, settings)
        cli.run_command("engine", "status", note="before anything")
        stack.callback(lambda: cli.run_command("engine", "status", note="at the end"))
        stack.callback(lambda: cli.run_command("engine", "stop"))
        cli.run_command("engine", "start")
        cli.run_command("load")
        cli.run_command("load", note="again")
        cli.run_command("load", "--json", note="again")
        site_seconds = time.monotonic()
        with ThreadPoolExecutor(1) as command_thread:
            with _serve(cli, recording, {"VNKG_ARTICLES": "texts"} if has_texts else {}) as client:
                site = Site(client, all_pages)
                ids = [
                    site.ids_of_type(type_)[0]
                    for type_ in sorted({id.partition(":")[0] for id in site.ids["entities"]})
                ]
                ids += ["province:binh-duong", "province:nowhere", *sample(site.ids["statements"], 4)]
                commands = command_thread.submit(record_online, cli, pool, site.queries, ids, has_texts)
                site.fetch_everything()
                print(f"{name}: {len(client.answers)} requests in {time.monotonic() - site_seconds:.0f} s", flush=True)
            with _serve(cli, recording, {"VNKG_PUBLIC_URL": PUBLIC}, f"{name}, public address, no texts") as client:
                paths = [*MAIN_PAGES, *(f"/api/v1/entities/{id}{end}" for id in ids for end in ("", ".csv", ".jsonld"))]
                client.fetch_all(
                    Request(path, (("Accept-Language", language),)) for path in paths for language in LANGUAGES
                )
            commands.result()
        record_loads(cli, SIXTH_ARTICLE)


@contextmanager
def _serve(cli: Cli, recording: Recording, settings: Mapping[str, str], engine: str = "") -> Generator[Client]:
    """Run `vnkg serve` and yield a client for it; its output is recorded at the end."""
    port = _free_port()
    process = subprocess.Popen(  # noqa: S603
        [cli.vnkg, "serve", "--port", str(port)],
        cwd=cli.folder,
        env=cli.environment | settings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    client: Client | None = None
    try:
        first_line = process.stdout.readline() if process.stdout else b""
        if not first_line:
            raise SystemExit("vnkg serve ended at once; expected its address")
        client = Client(port, recording, engine or cli.engine)
        yield client
    finally:
        if client is not None:
            client.close()
        process.terminate()
        remaining_output, errors = process.communicate(timeout=60)
    answer = Answer(process.returncode, (), first_line + remaining_output + b"\n--- standard error\n" + errors)
    recording.add(engine or cli.engine, "command", "vnkg serve", answer)


@contextmanager
def _neo4j(home: Path) -> Generator[dict[str, str]]:
    """Run the Neo4j server of the tests and yield the settings to connect to it."""
    server = _module(ROOT / "tests" / "support" / "neo4j_server.py").Neo4jServer(home)
    with server:
        yield {
            "NEO4J_URI": server.address,
            "NEO4J_USERNAME": server.username,
            "NEO4J_PASSWORD": server.password,
            "NEO4J_DATABASE": server.database,
        }


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _module(path: Path) -> ModuleType:
    spec = spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path}: cannot be read as a module")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _print_counts(folder: Path) -> None:
    counts_by_engine = counts(folder)
    kinds = sorted({kind for by_kind in counts_by_engine.values() for kind in by_kind})
    width = max(map(len, counts_by_engine)) + 2
    print(f"{'Answers':<{width}}" + "".join(f"{kind:>12}" for kind in (*kinds, "all")))
    for engine, by_kind in counts_by_engine.items():
        row = "".join(f"{count:>12,}" for count in (*(by_kind[kind] for kind in kinds), by_kind.total()))
        print(f"{engine:<{width}}{row}")


def report_differences(first_folder: Path, second_folder: Path, show: int) -> int:
    """Print how two recordings differ, the first `show` differences in full; return 1 if they differ, else 0."""
    number = sum(by_kind.total() for by_kind in counts(first_folder).values())
    differences = compare(first_folder, second_folder)
    by_kind: Counter[str] = Counter()
    summaries: list[str] = []
    for difference in islice(differences, show):
        by_kind[difference.kind] += 1
        print(f"{difference.kind} ({difference.key[0]}) {difference.key[1]}")
        for line in difference.lines:
            print(f"    {line}")
    for difference in differences:
        by_kind[difference.kind] += 1
        summaries.append(f"{difference.kind} ({difference.key[0]}) {difference.key[1]}")
    if not by_kind:
        print(f"{number:,} answers compared, all equal")
        return 0
    if summaries:
        print("Others that differ:")
        print(
            "\n".join(f"    {line}" for line in summaries[:MAX_LISTED])
            + ("\n    …" if len(summaries) > MAX_LISTED else "")
        )
    kinds_text = ", ".join(f"{kind} {count:,}" for kind, count in sorted(by_kind.items()))
    print(f"{number:,} answers compared, {by_kind.total():,} differ: {kinds_text}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
