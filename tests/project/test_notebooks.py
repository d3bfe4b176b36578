"""The notebooks run unchanged on the embedded engine, and their output agrees with the graph."""

import json
import re
import sys
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import Any

import nbformat
import pytest
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

from tests.support import cli
from tests.support.processes import processes, wait_until
from vnkg.api.pages.start.answers import interpretations
from vnkg.api.presenters.picture_subject import query_subgraph
from vnkg.graph.engines import embedded
from vnkg.graph.model.schema import schema
from vnkg.graph.reader.reader import Graph
from vnkg.graph.reader.subgraphs import DEFAULT_NODES, MAX_NODES
from vnkg.graph.settings import Settings

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
GUARD = """
import socket, sys, warnings
warnings.simplefilter("error")
# The kernel warns about itself when it ends, and would not end.
warnings.filterwarnings("ignore", module="ipykernel")
_connect = socket.socket.connect
def _local(self, address):
    if isinstance(address, tuple) and address[0] != "127.0.0.1":
        raise OSError(f"a notebook reached for {address}")
    return _connect(self, address)
socket.socket.connect = _local
print(sys.executable)
"""


@dataclass(frozen=True, slots=True)
class NotebookOutput:
    """The output of a notebook: tables (rows of texts by heading), pictures and variables."""

    interpreter: str
    tables: Sequence[Sequence[Mapping[str, str]]]
    texts: Sequence[str]
    pictures: Sequence[str]
    variables: Mapping[str, Any]


@pytest.fixture(scope="module")
def graph() -> Graph:
    """The built-in facts, in the running engine that the notebooks use."""
    return cli.graph()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("jupyter")


def run_notebook(name: str, home: Path, data: Path, *variables: str) -> NotebookOutput:
    """Execute a notebook; return its output and the final values of some variables."""
    book = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
    wanted = "{" + ", ".join(f"'{variable}': {variable}" for variable in variables) + "}"
    book.cells.insert(0, nbformat.v4.new_code_cell(GUARD))
    book.cells.append(nbformat.v4.new_code_cell(f"import json\nprint(json.dumps({wanted}))"))
    # No kernel folder is searched: a user's installed `python3` kernel may be another Python.
    specs = KernelSpecManager(kernel_dirs=[])
    manager = AsyncKernelManager(
        kernel_name="python3", kernel_spec_manager=specs, connection_file=str(home / f"{name}.json")
    )
    environment = cli.command_environment(data) | {
        "IPYTHONDIR": str(home),
        "JUPYTER_CONFIG_DIR": str(home),
    }
    NotebookClient(book, km=manager, timeout=120).execute(
        # A kernel manager passed in is not stopped otherwise.
        cleanup_kc=True,
        env=environment,
        cwd=str(home),
    )
    first, *cells, last = [cell for cell in book.cells if cell.cell_type == "code"]
    shown = [output for cell in cells for output in cell.outputs if output.output_type != "stream"]
    html = [output.data["text/html"] for output in shown if "text/html" in output.data]
    return NotebookOutput(
        interpreter=first.outputs[0].text.strip(),
        tables=[_table(text) for text in html if "<table>" in text],
        texts=[unescape(re.sub(r"<[^>]*>", "", text)) for text in html if "<table>" not in text],
        pictures=[output.data["image/svg+xml"] for output in shown if "image/svg+xml" in output.data],
        variables=json.loads(last.outputs[0].text),
    )


def _table(text: str) -> list[dict[str, str]]:
    headings = [unescape(cell) for cell in re.findall(r"<th>(.*?)</th>", text)]
    rows = [[unescape(cell) for cell in re.findall(r"<td>(.*?)</td>", row)] for row in text.split("</tr>")[1:-1]]
    return [dict(zip(headings, row, strict=True)) for row in rows]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_committed_without_output(path: Path) -> None:
    book = nbformat.read(path, as_version=4)
    nbformat.validate(book)
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    assert len(code) >= 5
    assert [cell.outputs for cell in code if cell.outputs] == []
    assert {cell.execution_count for cell in code} == {None}
    assert book.metadata.kernelspec.name == "python3"


def test_every_notebook_is_run_by_a_test() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["connections", "flagship"]


@pytest.fixture(scope="module")
def flagship(graph: Graph, home: Path) -> NotebookOutput:
    return run_notebook("flagship", home, cli.data_folder(), "READINGS", "row", "disagreements")


def test_a_notebook_runs_on_this_interpreter_and_loads_nothing(
    flagship: NotebookOutput, connections: NotebookOutput
) -> None:
    for ran in (flagship, connections):
        assert Path(ran.interpreter) == Path(sys.executable)
        assert [text for text in ran.pictures if re.search(r"<script|<image|href=|url\(|@import", text)] == []


def test_the_flagship_shows_every_interpretation_of_the_start_page(flagship: NotebookOutput, graph: Graph) -> None:
    assert list(flagship.variables["READINGS"].values()) == list(interpretations(schema()).values())
    counted = [(int(row["Answers"]), int(row["Near misses"])) for row in flagship.tables[0]]
    results = [graph.query("provinces_with_fund", given) for given in interpretations(schema()).values()]
    assert counted == [(len(result["rows"]), len(result["near_misses"])) for result in results]
    assert any(near for _, near in counted)


def test_the_flagship_shows_every_answer_and_every_near_miss(flagship: NotebookOutput, graph: Graph) -> None:
    result = graph.query("provinces_with_fund", interpretations(schema())["reading_either"])
    tables = iter(flagship.tables[1:])
    for rows in (result["rows"], result["near_misses"]):
        if rows:
            shown = [(row["province_name"], row["fund_name"], row["fails"]) for row in next(tables)]
            assert shown == [
                (row["province_name"], row["fund_name"] or "–", ", ".join(row.get("fails", ())) or "–") for row in rows
            ]
        else:
            assert "No rows." in flagship.texts
    assert result["near_misses"]


def test_the_flagship_opens_every_statement_of_a_row(flagship: NotebookOutput, graph: Graph) -> None:
    row, result = (
        flagship.variables["row"],
        graph.query("provinces_with_fund", interpretations(schema())["reading_either"]),
    )
    assert row in result["rows"] + result["near_misses"]
    said = list(graph.statements_by_id(row["statements"]).values())
    (evidence,) = [table for table in flagship.tables if table and "as_of" in table[0]]
    keys = ("gloss", "article", "line", "start", "end")
    assert sorted(tuple(row[key] for key in keys) for row in evidence) == sorted(
        tuple(str(statement[key]) for key in keys) for statement in said
    )
    assert len(said) >= 2
    assert {row["text"] for row in evidence} == {"–"}


def test_the_flagship_shows_the_disagreements_of_a_row(flagship: NotebookOutput, graph: Graph) -> None:
    row = flagship.variables["row"]
    known = {item["id"]: item for item in graph.disagreements()}
    found = [known[item["id"]] for item in flagship.variables["disagreements"]]
    entity = {
        doubt["id"] for end in (row["province"], row["fund"]) if end for doubt in graph.entity(end)["disagreements"]
    }
    assert entity <= {item["id"] for item in found}
    assert not found or [one["gloss"] for one in next(t for t in flagship.tables if t and "readings" in t[0])] == [
        item["gloss"] for item in found
    ]


def test_the_flagship_draws_what_the_query_names(flagship: NotebookOutput, graph: Graph) -> None:
    part = query_subgraph(
        graph, graph.query_by_name("provinces_with_fund"), interpretations(schema())["reading_either"], DEFAULT_NODES
    )
    (picture,) = flagship.pictures
    assert set(re.findall(r'data-node="([^"]+)"', picture)) == {node["id"] for node in part["nodes"]}
    assert len(part["nodes"]) >= 10


def test_the_flagship_lists_the_funds(flagship: NotebookOutput, graph: Graph) -> None:
    funds = graph.entities(type="Fund")
    assert sorted(row["fund"] for row in flagship.tables[-1]) == sorted(fund["name"] for fund in funds)


@pytest.fixture(scope="module")
def connections(graph: Graph, home: Path) -> NotebookOutput:
    return run_notebook("connections", home, home / "data", "list(paths.items())", "groups", "hubs")


@cache
def neighbours() -> Mapping[str, Mapping[str, set[str]]]:
    """The edges between neighbours, read from the graph: stated in an article, and not between topics."""
    rows = cli.graph().engine.read(
        """
        MATCH (a:Entity)-[edge]->(b:Entity)
        WHERE edge.articles > 0 AND type(edge) <> 'MENTIONS'
          AND NOT a.type IN ['Article', 'Model', 'Sector'] AND NOT b.type IN ['Article', 'Model', 'Sector']
        RETURN a.id AS a, b.id AS b, edge.id AS edge
        """
    )
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        found[row["a"]][row["b"]].add(row["edge"])
        found[row["b"]][row["a"]].add(row["edge"])
    return found


def distance(start: str, end: str) -> int | None:
    """The number of edges between two entities; None if they are not connected."""
    away, queue = {start: 0}, deque([start])
    while queue:
        here = queue.popleft()
        for there in neighbours().get(here, ()):
            if there not in away:
                away[there] = away[here] + 1
                queue.append(there)
    return away.get(end)


def test_a_notebook_without_a_graph_loads_one_and_stops_its_engine(connections: NotebookOutput, home: Path) -> None:
    assert (home / "data").is_dir()
    assert embedded.status(Settings(data=home / "data")) is None
    assert wait_until(lambda: processes(home / "data") == [])


def test_the_connections_are_those_in_articles(connections: NotebookOutput) -> None:
    (size,) = connections.tables[0]
    assert int(size["entities"]) == len(neighbours())
    assert int(size["edges"]) == len({edge for ends in neighbours().values() for ids in ends.values() for edge in ids})


def test_the_best_connected_come_first(connections: NotebookOutput, graph: Graph) -> None:
    order = sorted(neighbours(), key=lambda entity: (-len(neighbours()[entity]), entity))
    names = {card["id"]: card["name"] for card in graph.cards(order)}
    shown = [(row["name"], int(row["neighbours"])) for row in connections.tables[1]]
    assert shown == [(names[entity], len(neighbours()[entity])) for entity in order[: len(shown)]]
    assert len(shown) == 12


def test_the_paths_are_shortest_ones_and_every_step_has_a_status_and_statements(
    connections: NotebookOutput, graph: Graph
) -> None:
    found: list[tuple[list[str], list[list[str]]]] = connections.variables["list(paths.items())"]
    assert [distance(*ends) for ends, paths in found if not paths] == [None for _, paths in found if not paths]
    walked = [path for (start, end), paths in found for path in paths if (path[0], path[-1]) == (start, end)]
    assert walked == [path for _, paths in found for path in paths]
    assert [len(path) - 1 for path in walked] == [distance(path[0], path[-1]) for path in walked]
    assert len(walked) >= 2
    (table,) = [table for table in connections.tables if table and "statements" in table[0]]
    steps = [edge for path in walked for a, b in pairwise(path) for edge in sorted(neighbours()[a][b])]
    assert sorted(row["id"] for row in table) == sorted(steps)
    assert all(row["status"] and re.search(r"\(article:\d+, line \d+\)", row["statements"]) for row in table)


def test_the_groups_partition_all_entities(connections: NotebookOutput) -> None:
    groups = connections.variables["groups"]
    assert sorted(entity for group in groups for entity in group) == sorted(neighbours())
    assert len(groups) >= 3


def test_the_picture_shows_the_paths(connections: NotebookOutput, graph: Graph) -> None:
    (picture,) = connections.pictures
    along = {entity for _, paths in connections.variables["list(paths.items())"] for path in paths for entity in path}
    assert set(re.findall(r'data-node="([^"]+)"', picture)) == along
    inside = {
        edge["id"]
        for edge in graph.best_connected(limit=MAX_NODES)["edges"]
        if {edge["subject"], edge["object"]} <= along
    }
    assert set(map(unescape, re.findall(r'<g data-link="([^"]+)"', picture))) <= inside
    assert len(along) >= 5
