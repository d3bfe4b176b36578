"""A command as a process: its exit code, its output to a pipe and to a terminal, and the encoding of that."""

import os
import pty
import re
import subprocess
from pathlib import Path

import pytest

from tests.support.cli import VNKG, command_environment, run_command, run_process, start_process, wait_for_exit
from vnkg.graph.reader.reader import Graph

FLAGSHIP = "provinces_with_fund"


def test_into_a_pipe_nothing_is_coloured_or_padded(data: Path) -> None:
    told = run_process(data, "query", FLAGSHIP, "--fund-status", "any", COLUMNS="40").stdout
    assert "\x1b" not in told
    assert all(line == line.rstrip() for line in told.splitlines())


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["find", "dong nai"], 0),
        (["verify", "--articles", "nowhere"], 1),
        (["query", FLAGSHIP, "--fund-status", "plannd"], 2),
        (["nonsense"], 2),
    ],
)
def test_a_process_exits_with_the_code_and_output_of_the_command(data: Path, words: list[str], code: int) -> None:
    ended = run_process(data, *words)
    assert ended.code == code
    assert "Traceback" not in ended.stderr
    assert ended == run_command(data, *words)


@pytest.mark.parametrize("width", [50, 200])
def test_on_a_terminal_no_line_is_wider_than_it_and_no_name_is_cut(data: Path, graph: Graph, width: int) -> None:
    shown = on_terminal(data, width, "query", FLAGSHIP)
    assert max(map(len, shown.splitlines())) <= width
    words = set(shown.split())
    found = graph.query(FLAGSHIP, {})
    for row in found["rows"] + found["near_misses"]:
        assert row["province"] in words
        assert set((row["fund_name"] or "").split()) <= words


def on_terminal(data: Path, width: int, *words: str) -> str:
    """Run a command on a terminal of a given width and return its output without colours."""
    leader, follower = pty.openpty()
    environment = command_environment(data, {"COLUMNS": str(width), "TERM": "xterm"})
    with subprocess.Popen(
        [str(VNKG), *words], env=environment, stdin=follower, stdout=follower, stderr=subprocess.PIPE
    ):
        os.close(follower)
        parts: list[bytes] = []
        try:
            while part := os.read(leader, 65536):
                parts.append(part)
        except OSError:
            pass  # Linux says so when the last writer is gone
        os.close(leader)
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", b"".join(parts).decode()).replace("\r", "")


def test_a_closed_pipe_is_not_an_error(data: Path) -> None:
    for words in (["query", "article_statements", "--article", "article:000"], ["find", "dong nai", "--json"]):
        process = start_process(data, *words)
        assert process.stdout is not None
        process.stdout.close()
        process.stdout = None
        assert "Traceback" not in wait_for_exit(process).stderr


def test_characters_a_stream_cannot_encode_are_escaped(data: Path) -> None:
    assert run_process(data, "find", "dong nai", "--exact", PYTHONIOENCODING="ascii").code == 0
    assert run_process(data, "find", "dong nai", "--json", PYTHONIOENCODING="ascii").data[0]["name"] == "Đồng Nai"
