"""Page sizes: the HTML, and the styles, scripts and fonts that a browser fetches once and caches."""

import re
import runpy
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from serving import SERVER, Wire, started

ROOT = Path(__file__).resolve().parent.parent
TURNS = 7
_KEPT = re.compile(r'(?:href|src)="(/static/[^"]+)"|url\("(/static/[^"]+)"\)')


@dataclass(frozen=True, slots=True)
class Weight:
    """Size of a page in bytes: its HTML with and without pictures, the files it loads; seconds to render it."""

    name: str
    path: str
    html: int
    plain: int
    loaded: dict[str, int]
    seconds: float


def weights(data: Path) -> list[Weight]:
    """Return the size of each main page, with the facts of the five articles."""
    pages = runpy.run_path(str(ROOT / "tests" / "site.py"))["MAIN"]
    with started([sys.executable, SERVER], data, VNKG_CACHE="0") as port:
        wire = Wire(port)
        files: dict[str, str] = {}
        return [
            _weight(wire, page.name, quote(page.built_in, safe="/?=&:+%"), files)
            for page in pages
            if page.status == 200
        ]


def _weight(wire: Wire, name: str, path: str, files: dict[str, str]) -> Weight:
    html = _body(wire, path)
    took: list[float] = []
    for _ in range(TURNS):
        began = time.perf_counter()
        wire.ask(path)
        took.append(time.perf_counter() - began)
    plain = re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL)
    wanted, loaded = _named(html), dict[str, int]()
    while wanted:
        address = wanted.pop()
        if address not in loaded:
            if address not in files:
                files[address] = _body(wire, address)
            loaded[address] = len(files[address])
            wanted += _named(files[address]) if address.endswith(".css") else []
    return Weight(name, path, len(html), len(plain), loaded, statistics.median(took))


def _body(wire: Wire, path: str) -> str:
    """Return a response body decoded as Latin-1, so that one character is one byte."""
    return wire.ask(path).partition(b"\r\n\r\n")[2].decode("latin-1")


def _named(text: str) -> list[str]:
    return [one or other for one, other in _KEPT.findall(text)]


def by_kind(loaded: dict[str, int]) -> dict[str, int]:
    """Return the bytes of the files that a page loads, by file name extension."""
    found: dict[str, int] = {}
    for address, size in sorted(loaded.items()):
        kind = address.rpartition(".")[2]
        found[kind] = found.get(kind, 0) + size
    return found
