"""The recorded answers of the queries on the invented graphs: `tests/queries/answers/NAME.json`.

A file lists calls, each with the graph it runs on, its parameters, and every row of the answer in the order of the
columns (near misses end with the conditions they fail). After a change of a query, record them again and read the
difference:

    python -m tests.support.query_answers [NAME …]

For a new query, write the file with its calls (`{"calls": [{"graph": "random_graph", "parameters": {}}]}`) and record it.
"""

import json
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.support.invented_graph import load_graph
from tests.support.worlds import WORLDS, random_graph
from vnkg.graph.catalogue.query import catalogue
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.reader.reader import Graph
from vnkg.graph.settings import Settings

FOLDER = Path(__file__).parents[1] / "queries" / "answers"
GRAPHS = {world.__name__.rpartition(".")[2]: world for world in (*WORLDS, random_graph)}
Call = Mapping[str, Any]
"""A recorded call: `graph`, `parameters`, `rows` and `near_misses`."""


def read_calls(name: str) -> list[Call]:
    """Return the recorded calls of a query, with their answers."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))["calls"]


def answer(graph: Graph, name: str, parameters: Mapping[str, Any]) -> dict[str, list[list[Any]]]:
    """Ask a query and return its rows as they are recorded."""
    answered = graph.query(name, parameters)
    return {kind: [list(row.values()) for row in answered[kind]] for kind in ("rows", "near_misses")}


def record(engine: Engine, names: Sequence[str]) -> None:
    """Ask queries their calls on the invented graphs, and write the answers into their files."""
    calls = {name: read_calls(name) for name in names}
    answers: dict[tuple[str, int], Call] = {}
    for graph_name, world in GRAPHS.items():
        graph = load_graph(engine, world.release())
        for name, number, call in ((n, i, call) for n in names for i, call in enumerate(calls[n])):
            if call["graph"] == graph_name:
                head = {"graph": graph_name, "parameters": call["parameters"]}
                answers[name, number] = head | answer(graph, name, call["parameters"])
    for name in names:
        text = ",\n".join(_call_text(answers[name, number]) for number in range(len(calls[name])))
        columns = _line([*catalogue()[name].returns])
        (FOLDER / f"{name}.json").write_text(f'{{"columns": {columns}, "calls": [\n{text}\n]}}\n', encoding="utf-8")


def _call_text(call: Call) -> str:
    head = f'{{"graph": {_line(call["graph"])}, "parameters": {_line(call["parameters"])},\n'
    return head + f' "rows": {_lines(call["rows"])},\n "near_misses": {_lines(call["near_misses"])}}}'


def _lines(rows: Iterable[Sequence[Any]]) -> str:
    return "[" + ",".join(f"\n  {_line(row)}" for row in rows) + "]"


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def main(names: Sequence[str]) -> None:
    """Record the answers of the named queries, or of all that have a file."""
    with tempfile.TemporaryDirectory() as folder, Engine.open(Settings(data=Path(folder))) as engine:
        record(engine, names or sorted(path.stem for path in FOLDER.glob("*.json")))


if __name__ == "__main__":
    main(sys.argv[1:])
