"""Real Chromium for tests: the system's own, by Playwright, with a log of what a page asks for and says."""

import atexit
import os
import re
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import require

STRICT = "default-src 'none'; script-src 'nonce-{nonce}' 'self'; style-src 'nonce-{nonce}' 'self'; img-src 'self' data: blob:"
"""The policy under which pages of the site must work."""

REFUSED = re.compile(r"error: Failed to load resource: the server responded with a status of 4\d\d")
"""What Chromium itself says of a page whose status is not 200."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Give the system's Chromium, started once for all tests; skip (or fail, where it is required) if there is none."""
    yield _started()


@cache
def _started() -> Browser:
    program = shutil.which("chromium")
    if program is None:
        require("chromium", "there is no program called chromium")
    sandbox = [] if os.geteuid() else ["--no-sandbox"]
    playwright = sync_playwright().start()
    atexit.register(playwright.stop)
    return playwright.chromium.launch(executable_path=program, args=sandbox)


@dataclass
class Visit:
    """An opened page, with every message of its console, every error and every address it asked for."""

    page: Page
    said: list[str] = field(default_factory=list[str])
    asked: list[str] = field(default_factory=list[str])

    def settled(self) -> Page:
        """Return the page once its picture is drawn."""
        self.page.wait_for_selector(".vnkg-picture[data-ready]", state="attached", timeout=20_000)
        return self.page


@contextmanager
def visit(browser: Browser, address: str, **options: Any) -> Iterator[Visit]:
    """Open an address in a context of its own; `options` are those of `Browser.new_context`."""
    context = browser.new_context(**options)
    try:
        seen = Visit(context.new_page())
        seen.page.on("console", lambda message: seen.said.append(f"{message.type}: {message.text}"))
        seen.page.on("pageerror", lambda error: seen.said.append(f"error: {error}"))
        seen.page.on("dialog", lambda dialog: (seen.said.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        seen.page.on("request", lambda request: seen.asked.append(request.url))
        seen.page.goto(address)
        yield seen
    finally:
        context.close()


@contextmanager
def quiet(browser: Browser, address: str, **options: Any) -> Iterator[Page]:
    """Open an address of a site; in the end nothing was said in the console and nothing asked of other hosts."""
    host = "/".join(address.split("/", 3)[:3])
    options.setdefault("viewport", {"width": 1280, "height": 800})
    with visit(browser, address, base_url=host, **options) as seen:
        yield seen.page
        said = [line for line in seen.said if not REFUSED.match(line)]
        assert not said, said
        elsewhere = [url for url in seen.asked if not url.startswith((f"{host}/", "data:", f"blob:{host}/"))]
        assert not elsewhere, elsewhere


@contextmanager
def served(pages: Mapping[str, tuple[str, str]], headers: Mapping[str, str]) -> Iterator[str]:
    """Serve pages (path: type and text) on a loopback port, and return the address before the path."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, text = pages.get(self.path, ("text/plain", ""))
            self.send_response(200 if self.path in pages else 404)
            for name, value in {"Content-Type": f"{kind}; charset=utf-8", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
