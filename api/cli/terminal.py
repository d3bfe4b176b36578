"""Terminal output of the commands: answers on standard output, everything else on standard error.

Output to a pipe or file is not coloured, wrapped or cut. Control characters in text from files never reach the
terminal.
"""

import io
import json
import sys
import unicodedata
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from typing import Any

from rich import box
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

UNLIMITED_WIDTH = 100_000
"""Width, in characters, of output that is not a terminal: nothing is wrapped."""
COLUMN_GAP = 2
"""Spaces between two columns of a table."""
Part = str | tuple[str, str]
Cell = str | Text


def configure_streams() -> None:
    """Escape characters that the output encoding cannot represent, instead of failing on them."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _console(*, error: bool = False) -> Console:
    stream = sys.stderr if error else sys.stdout
    width = None if stream.isatty() else UNLIMITED_WIDTH
    return Console(file=stream, width=width, highlight=False, markup=False, emoji=False)


def _print(content: RenderableType, indent: int = 0) -> None:
    """Print on standard output; without trailing spaces if that is not a terminal."""
    console = _console()
    padded = Padding(content, (0, 0, 0, indent), expand=False)
    if console.is_terminal:
        console.print(padded)
        return
    with console.capture() as capture:
        console.print(padded)
    sys.stdout.write("".join(f"{output_line.rstrip()}\n" for output_line in capture.get().splitlines()))
    sys.stdout.flush()


def sanitize(text: object) -> str:
    """Return text on one line, with control characters replaced.

    >>> sanitize("a\\x1b[31mb\\nc")
    'a�[31mb c'
    """
    words = " ".join(str(text).split("\n"))
    return "".join("�" if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") else letter for letter in words)


def styled_line(*parts: Part) -> Text:
    """Return a line of text whose parts are plain or (text, style): `styled_line("status: ", ("planned", "bold"))`."""
    text = Text()
    for part in parts:
        words, style = (part, "") if isinstance(part, str) else part
        text.append(sanitize(words), style)
    return text


def print_line(*parts: Part, indent: int = 0) -> None:
    """Print one line on standard output; without parts, an empty one."""
    _print(styled_line(*parts) if parts else Text(" "), indent)


def print_note(text: str) -> None:
    """Print one line on standard error: progress or a hint, never an answer."""
    _console(error=True).print(styled_line((text, "dim")))


def print_error(text: str) -> None:
    """Print an error message on standard error; its line breaks are kept."""
    console = _console(error=True)
    first, *rest = text.split("\n")
    console.print(styled_line(("Error: ", "bold red"), first))
    for more in rest:
        console.print(styled_line(more))


def print_title(text: str) -> None:
    """Print a heading after an empty line."""
    print_line()
    print_line((text, "bold"))


def print_table(
    headings: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    compact_rows: Sequence[Sequence[Cell]] = (),
    *,
    indent: int = 0,
) -> None:
    """Print a table; `compact_rows` are shorter versions of the same rows, for a terminal too narrow for `rows`.

    If neither fits, each row is printed as an entry of several lines. Words are never broken or cut.
    """
    available_width = _console().width - indent - COLUMN_GAP * (len(headings) - 1)
    full_cells = [[_to_text(cell) for cell in row] for row in rows]
    compact_cells = [[_to_text(cell) for cell in row] for row in compact_rows] or full_cells
    titles = [styled_line((heading, "bold")) for heading in headings]
    full_widths = [max(row[index].cell_len for row in (titles, *full_cells)) for index in range(len(headings))]
    min_widths = [max(map(_longest_word_width, column)) for column in zip(titles, *compact_cells, strict=True)]
    if sum(full_widths) <= available_width:
        _print(_build_table(headings, full_cells, full_widths), indent)
    elif sum(min_widths) <= available_width:
        compact_widths = [
            max(row[index].cell_len for row in (titles, *compact_cells)) for index in range(len(headings))
        ]
        _print(
            _build_table(headings, compact_cells, _column_widths(min_widths, compact_widths, available_width)), indent
        )
    else:
        names = [styled_line((f"{heading}: ", "dim")) for heading in headings]
        print_entries((("–", [a + b for a, b in zip(names, row, strict=True)]) for row in full_cells), indent=indent)


def _build_table(headings: Sequence[str], rows: Sequence[Sequence[Text]], widths: Sequence[int]) -> Table:
    grid = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    for heading, width in zip(headings, widths, strict=True):
        grid.add_column(heading, width=width)
    for row in rows:
        grid.add_row(*row)
    return grid


def _column_widths(min_widths: Sequence[int], wanted_widths: Sequence[int], available_width: int) -> list[int]:
    """Return the column widths: each gets its minimum and a share of the rest, in proportion to what it still needs."""
    missing_widths = [
        max(wanted_width - min_width, 0) for min_width, wanted_width in zip(min_widths, wanted_widths, strict=True)
    ]
    share = min(1.0, (available_width - sum(min_widths)) / max(sum(missing_widths), 1))
    return [
        min_width + int(missing_width * share)
        for min_width, missing_width in zip(min_widths, missing_widths, strict=True)
    ]


def _longest_word_width(text: Text) -> int:
    return max(map(cell_len, text.plain.split()), default=0)


def _to_text(cell: Cell) -> Text:
    return cell if isinstance(cell, Text) else styled_line(cell)


def print_entries(items: Iterable[tuple[str, Sequence[Text]]], *, indent: int = 0) -> None:
    """Print entries of several lines, each after its number or other label."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(justify="right")
    grid.add_column(overflow="fold")
    for number, lines in items:
        grid.add_row(styled_line((number, "bold")), Text("\n").join(lines))
    _print(grid, indent)


def print_json(data: Any) -> None:
    """Print data as JSON; non-ASCII characters are escaped only if the output is not UTF-8."""
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    sys.stdout.write(json.dumps(data, ensure_ascii=encoding != "utf8", indent=2) + "\n")
    sys.stdout.flush()


@contextmanager
def spinner(text: str) -> Generator[None]:
    """Show a spinner while something runs, if standard error is a terminal."""
    console = _console(error=True)
    if not console.is_terminal:
        yield
        return
    with console.status(styled_line(text), spinner="dots"):
        yield


@contextmanager
def progress_bar(text: str) -> Generator[Callable[[int, int], None]]:
    """Show a progress bar, if standard error is a terminal; yields a function to call with (done, total)."""
    console = _console(error=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as display:
        task = display.add_task(text, total=None)

        def update(done_count: int, total: int) -> None:
            display.update(task, completed=done_count, total=total)

        yield update
