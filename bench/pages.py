"""Page sizes: the HTML, and the styles, scripts and fonts that a browser fetches once and caches."""

import re
import runpy
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from serving import SERVER, HttpConnection, run_server

ROOT = Path(__file__).resolve().parent.parent
REPEATS = 7
_STATIC_FILE = re.compile(r'(?:href|src)="(/static/[^"]+)"|url\("(/static/[^"]+)"\)')


@dataclass(frozen=True, slots=True)
class Weight:
    """Size of a page in bytes: its HTML with and without pictures, the files it loads; seconds to render it."""

    name: str
    path: str
    html_bytes: int
    bytes_without_pictures: int
    file_sizes: dict[str, int]
    seconds: float


def weights(data: Path) -> list[Weight]:
    """Return the size of each main page, with the facts of the five articles."""
    pages = runpy.run_path(str(ROOT / "tests" / "support" / "main_pages.py"))["MAIN_PAGES"]
    with run_server([sys.executable, SERVER], data, VNKG_CACHE="0") as port:
        connection = HttpConnection(port)
        files: dict[str, str] = {}
        return [
            _weight(connection, page.name, quote(page.built_in_path, safe="/?=&:+%"), files)
            for page in pages
            if page.status == 200
        ]


def _weight(connection: HttpConnection, name: str, path: str, files: dict[str, str]) -> Weight:
    html = _body(connection, path)
    durations: list[float] = []
    for _ in range(REPEATS):
        start_time = time.perf_counter()
        connection.fetch(path)
        durations.append(time.perf_counter() - start_time)
    plain = re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL)
    pending, file_sizes = _static_addresses(html), dict[str, int]()
    while pending:
        address = pending.pop()
        if address not in file_sizes:
            if address not in files:
                files[address] = _body(connection, address)
            file_sizes[address] = len(files[address])
            pending += _static_addresses(files[address]) if address.endswith(".css") else []
    return Weight(name, path, len(html), len(plain), file_sizes, statistics.median(durations))


def _body(connection: HttpConnection, path: str) -> str:
    """Return a response body decoded as Latin-1, so that one character is one byte."""
    return connection.fetch(path).partition(b"\r\n\r\n")[2].decode("latin-1")


def _static_addresses(text: str) -> list[str]:
    return [attribute_address or style_address for attribute_address, style_address in _STATIC_FILE.findall(text)]


def by_kind(file_sizes: dict[str, int]) -> dict[str, int]:
    """Return the bytes of the files that a page loads, by file name extension."""
    kind_sizes: dict[str, int] = {}
    for address, size in sorted(file_sizes.items()):
        kind = address.rpartition(".")[2]
        kind_sizes[kind] = kind_sizes.get(kind, 0) + size
    return kind_sizes
