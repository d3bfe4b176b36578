"""The files that pages load: our stylesheet (all of `static/styles/`, by name), type, icon, what a picture needs."""

import hashlib
import re
from functools import cache
from importlib import resources

from ...graph.pictures import page as picture

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}


def media_type(name: str) -> str | None:
    """Return the media type of a file by its ending; None for what is not served."""
    return MEDIA_TYPES.get(name[name.rfind(".") :])


@cache
def assets() -> dict[str, bytes]:
    """Return every file by name."""
    folder = resources.files("vnkg.api").joinpath("static")
    found = {item.name: item.read_bytes() for item in folder.iterdir() if media_type(item.name)}
    styles = sorted(folder.joinpath("styles").iterdir(), key=lambda item: item.name)
    style = "".join(item.read_text(encoding="utf-8") for item in styles)
    return found | {
        "site.css": re.sub(r'url\("([\w.-]+)"\)', lambda at: f'url("{_address(at[1], found[at[1]])}")', style).encode(),
        "picture.js": picture.script().encode(),
        "picture.css": picture.stylesheet().encode(),
    }


@cache
def address_of(name: str) -> str:
    """Return a file's address. It changes with the content, so that browsers may keep it for ever."""
    return _address(name, assets()[name])


def _address(name: str, body: bytes) -> str:
    return f"/static/{hashlib.sha256(body).hexdigest()[:12]}/{name}"
