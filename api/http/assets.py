"""Static files of the pages: stylesheet, fonts, icon, scripts, and the script and style of pictures.

`site.css` is built from the shared styles (`_base/styles`), the tones of the statuses, `style.css` of each page in the
order of the folder names, and the last shared file, which holds the rules for narrow screens and print.
"""

import hashlib
import re
from functools import cache
from importlib.resources import files

from ...graph import resources
from ...graph.model.schema import schema
from ...graph.pictures import page as picture_page

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}


def media_type(name: str) -> str | None:
    """Return the media type for a file name, by its suffix; None for files that are not served."""
    return MEDIA_TYPES.get(name[name.rfind(".") :])


@cache
def assets() -> dict[str, bytes]:
    """Return the content of every static file, by file name."""
    folder = files("vnkg.api").joinpath("static")
    contents = {item.name: item.read_bytes() for item in folder.iterdir() if media_type(item.name)}
    base_styles = [text for _, text in resources.files("vnkg.api.pages._base", "styles/*.css")]
    page_styles = [text for _, text in resources.files("vnkg.api.pages", "*/style.css")]
    site_css = "".join([*base_styles[:-1], _status_styles(), *page_styles, base_styles[-1]])
    return contents | {
        "site.css": re.sub(
            r'url\("([\w.-]+)"\)', lambda match: f'url("{_versioned_url(match[1], contents[match[1]])}")', site_css
        ).encode(),
        "picture.js": picture_page.script().encode(),
        "picture.css": picture_page.stylesheet().encode(),
    }


def _status_styles() -> str:
    """Return a rule for each status: the colours and the symbol with which chips and tiles show it."""
    return "".join(
        f".status-{status.key} {{ --tone: var(--{status.tone}); --tone-soft: var(--{status.tone}-soft); "
        f'--symbol: "{status.symbol}"; }}\n'
        for status in schema().statuses.values()
    )


@cache
def asset_url(name: str) -> str:
    """Return the URL of a file. It contains a hash of the content, so browsers may cache it for ever."""
    return _versioned_url(name, assets()[name])


def _versioned_url(name: str, body: bytes) -> str:
    return f"/static/{hashlib.sha256(body).hexdigest()[:12]}/{name}"
