"""The files that pages load: our stylesheet (all of `static/styles/`, by name), icon, and what a picture needs."""

import hashlib
from functools import cache
from importlib import resources

from vnkg.graph import picture

MEDIA_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


def media_type(name: str) -> str | None:
    """Return the media type of a file by its ending; None for what is not served."""
    return MEDIA_TYPES.get(name[name.rfind(".") :])


@cache
def assets() -> dict[str, bytes]:
    """Return every file by name."""
    folder = resources.files("vnkg.api").joinpath("static")
    found = {item.name: item.read_bytes() for item in folder.iterdir() if media_type(item.name)}
    styles = sorted(folder.joinpath("styles").iterdir(), key=lambda item: item.name)
    return found | {
        "site.css": b"".join(item.read_bytes() for item in styles),
        "picture.js": picture.script().encode(),
        "picture.css": picture.stylesheet().encode(),
    }


@cache
def address_of(name: str) -> str:
    """Return a file's address. It changes with the content, so that browsers may keep it for ever."""
    return f"/static/{hashlib.sha256(assets()[name]).hexdigest()[:12]}/{name}"
