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

UNCUT = 100_000
"""Width, in characters, of output that is not a terminal: nothing is wrapped."""
GAP = 2
"""Spaces between two columns of a table."""
Part = str | tuple[str, str]
Cell = str | Text


def prepare() -> None:
    """Escape characters that the output encoding cannot represent, instead of failing on them."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _console(*, error: bool = False) -> Console:
    stream = sys.stderr if error else sys.stdout
    width = None if stream.isatty() else UNCUT
    return Console(file=stream, width=width, highlight=False, markup=False, emoji=False)


def _print(what: RenderableType, indent: int = 0) -> None:
    """Print on standard output; without trailing spaces if that is not a terminal."""
    console = _console()
    padded = Padding(what, (0, 0, 0, indent), expand=False)
    if console.is_terminal:
        console.print(padded)
        return
    with console.capture() as caught:
        console.print(padded)
    sys.stdout.write("".join(f"{words.rstrip()}\n" for words in caught.get().splitlines()))
    sys.stdout.flush()


def clean(text: object) -> str:
    """Return text on one line, with control characters replaced.

    >>> sanitize("a\\x1b[31mb\\nc")
    'a�[31mb c'
    """
    words = " ".join(str(text).split("\n"))
    return "".join("�" if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") else letter for letter in words)


def line(*parts: Part) -> Text:
    """Return a line of text whose parts are plain or (text, style): `styled_line("status: ", ("planned", "bold"))`."""
    made = Text()
    for part in parts:
        words, style = (part, "") if isinstance(part, str) else part
        made.append(clean(words), style)
    return made


def say(*parts: Part, indent: int = 0) -> None:
    """Print one line on standard output; without parts, an empty one."""
    _print(line(*parts) if parts else Text(" "), indent)


def note(text: str) -> None:
    """Print one line on standard error: progress or a hint, never an answer."""
    _console(error=True).print(line((text, "dim")))


def fail(text: str) -> None:
    """Print an error message on standard error; its line breaks are kept."""
    console = _console(error=True)
    first, *rest = text.split("\n")
    console.print(line(("Error: ", "bold red"), first))
    for more in rest:
        console.print(line(more))


def title(text: str) -> None:
    """Print a heading after an empty line."""
    say()
    say((text, "bold"))


def table(
    headings: Sequence[str], rows: Sequence[Sequence[Cell]], brief: Sequence[Sequence[Cell]] = (), *, indent: int = 0
) -> None:
    """Print a table; `compact_rows` are shorter versions of the same rows, for a terminal too narrow for `rows`.

    If neither fits, each row is printed as an entry of several lines. Words are never broken or cut.
    """
    room = _console().width - indent - GAP * (len(headings) - 1)
    full = [[_text(cell) for cell in row] for row in rows]
    less = [[_text(cell) for cell in row] for row in brief] or full
    titles = [line((heading, "bold")) for heading in headings]
    most = [max(row[place].cell_len for row in (titles, *full)) for place in range(len(headings))]
    least = [max(map(_longest_word, column)) for column in zip(titles, *less, strict=True)]
    if sum(most) <= room:
        _print(_table(headings, full, most), indent)
    elif sum(least) <= room:
        wanted = [max(row[place].cell_len for row in (titles, *less)) for place in range(len(headings))]
        _print(_table(headings, less, _shared(least, wanted, room)), indent)
    else:
        names = [line((f"{heading}: ", "dim")) for heading in headings]
        entries((("–", [a + b for a, b in zip(names, row, strict=True)]) for row in full), indent=indent)


def _table(headings: Sequence[str], rows: Sequence[Sequence[Text]], widths: Sequence[int]) -> Table:
    made = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    for heading, width in zip(headings, widths, strict=True):
        made.add_column(heading, width=width)
    for row in rows:
        made.add_row(*row)
    return made


def _shared(least: Sequence[int], wanted: Sequence[int], room: int) -> list[int]:
    """Return the column widths: each gets its minimum and a share of the rest, in proportion to what it still needs."""
    lacking = [max(most - word, 0) for word, most in zip(least, wanted, strict=True)]
    share = min(1.0, (room - sum(least)) / max(sum(lacking), 1))
    return [word + int(lack * share) for word, lack in zip(least, lacking, strict=True)]


def _longest_word(text: Text) -> int:
    return max(map(cell_len, text.plain.split()), default=0)


def _text(cell: Cell) -> Text:
    return cell if isinstance(cell, Text) else line(cell)


def entries(items: Iterable[tuple[str, Sequence[Text]]], *, indent: int = 0) -> None:
    """Print entries of several lines, each after its number or other label."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(justify="right")
    grid.add_column(overflow="fold")
    for number, lines in items:
        grid.add_row(line((number, "bold")), Text("\n").join(lines))
    _print(grid, indent)


def as_json(data: Any) -> None:
    """Print data as JSON; non-ASCII characters are escaped only if the output is not UTF-8."""
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    sys.stdout.write(json.dumps(data, ensure_ascii=encoding != "utf8", indent=2) + "\n")
    sys.stdout.flush()


@contextmanager
def waiting(text: str) -> Generator[None]:
    """Show a spinner while something runs, if standard error is a terminal."""
    console = _console(error=True)
    if not console.is_terminal:
        yield
        return
    with console.status(line(text), spinner="dots"):
        yield


@contextmanager
def progress(text: str) -> Generator[Callable[[int, int], None]]:
    """Show a progress bar, if standard error is a terminal; yields a function to call with (done, total)."""
    console = _console(error=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        bar = bars.add_task(text, total=None)

        def told(done: int, total: int) -> None:
            bars.update(bar, completed=done, total=total)

        yield told
