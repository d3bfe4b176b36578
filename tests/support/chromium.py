"""Chromium for tests (the system's, through Playwright), with a log of a page's requests and console messages."""

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

from tests.support.requirements import require

STRICT_CSP = "default-src 'none'; script-src 'nonce-{nonce}' 'self'; style-src 'nonce-{nonce}' 'self'; img-src 'self' data: blob:"
"""The content security policy under which the site's pages must work; format it with `nonce`."""

DISABLED_FEATURES = (
    # What of its own Chromium prepares for each new window, as processes that take most of the time of a visit.
    "WebUIOmniboxPopup,WebUIOmniboxAimPopup,SpareRendererForSitePerProcess,"
    # What Playwright disables, as only the last `--disable-features` counts.
    "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,"
    "LensOverlay,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,AvoidCorsURLLoaderRestartOnRedirect,"
    "TcpPortRandomizationWin,OptimizationHints,NetworkTimeServiceQuerying,AimEnabled,PreconnectToSearch"
)
"""Features of Chromium that no page needs."""

RESOURCE_ERROR = re.compile(r"error: Failed to load resource: the server responded with a status of 4\d\d")
"""Chromium's own console message for a response with a 4xx status."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield the system's Chromium, launched once; skip the test (or fail it where Chromium is required) if it is missing."""
    yield _launch_chromium()


@cache
def _launch_chromium() -> Browser:
    # The same browser without windows takes less time.
    program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if program is None:
        require("chromium", "there is no program called chromium-headless-shell or chromium")
    words = [f"--disable-features={DISABLED_FEATURES}", *([] if os.geteuid() else ["--no-sandbox"])]
    playwright = sync_playwright().start()
    atexit.register(playwright.stop)
    return playwright.chromium.launch(executable_path=program, args=words)


@dataclass
class Visit:
    """An opened page, its console messages, errors and dialogs (`messages`) and requested URLs (`requests`)."""

    page: Page
    messages: list[str] = field(default_factory=list[str])
    requests: list[str] = field(default_factory=list[str])

    def wait_for_picture(self) -> Page:
        """Wait until the picture is drawn and return the page."""
        self.page.wait_for_selector(".vnkg-picture[data-ready]", state="attached", timeout=20_000)
        return self.page


@contextmanager
def visit(browser: Browser, address: str, **options: Any) -> Iterator[Visit]:
    """Open a URL in its own browser context; `options` are those of `Browser.new_context`."""
    context = browser.new_context(**options)
    try:
        seen = Visit(context.new_page())
        seen.page.on("console", lambda message: seen.messages.append(f"{message.type}: {message.text}"))
        seen.page.on("pageerror", lambda error: seen.messages.append(f"error: {error}"))
        seen.page.on("dialog", lambda dialog: (seen.messages.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        seen.page.on("request", lambda request: seen.requests.append(request.url))
        seen.page.goto(address)
        yield seen
    finally:
        context.close()


@contextmanager
def error_free_page(browser: Browser, address: str, **options: Any) -> Iterator[Page]:
    """Open a URL; on exit, assert that the console is empty and that no other host was contacted."""
    host = "/".join(address.split("/", 3)[:3])
    options.setdefault("viewport", {"width": 1280, "height": 800})
    with visit(browser, address, base_url=host, **options) as seen:
        yield seen.page
        said = [line for line in seen.messages if not RESOURCE_ERROR.match(line)]
        assert not said, said
        elsewhere = [url for url in seen.requests if not url.startswith((f"{host}/", "data:", f"blob:{host}/"))]
        assert not elsewhere, elsewhere


@contextmanager
def serve_pages(pages: Mapping[str, tuple[str, str]], headers: Mapping[str, str]) -> Iterator[str]:
    """Serve pages (path: content type and text) on a loopback port; yields the base URL."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, text = pages.get(self.path, ("text/plain", ""))
            self.send_response(200 if self.path in pages else 404)
            for name, value in {"Content-Type": f"{kind}; charset=utf-8", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: Any) -> None:
            """Do not log requests."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
