"""Logs of the server: one JSON object per line on standard error, with the request that each line is about."""

import json
import logging
import re
import secrets
import time
from collections.abc import Iterable
from contextvars import ContextVar

ACCESS_LOG = logging.getLogger("vnkg.access")
"""Gets a record for each response, if the setting `access_log` is on."""
REQUEST_ID_HEADER = b"x-request-id"
_REQUEST_ID_PATTERN = re.compile(rb"[A-Za-z0-9._-]{1,64}")
_request_id: ContextVar[str] = ContextVar("request_id", default="")


def begin_request(headers: Iterable[tuple[bytes, bytes]]) -> None:
    """Give the request an id, its `X-Request-ID` or a new one; what is logged from now on in this context has it."""
    sent_id = next((value for name, value in headers if name == REQUEST_ID_HEADER), b"")
    _request_id.set(sent_id.decode() if _REQUEST_ID_PATTERN.fullmatch(sent_id) else secrets.token_hex(8))


def request_id_header() -> tuple[bytes, bytes]:
    """Return the header that tells a client the id of its request."""
    return REQUEST_ID_HEADER, _request_id.get().encode()


class JsonLines(logging.Formatter):
    """Formats a record as one line: `time`, `level`, `logger`, `message`, and of a request or an exception `request`
    and `traceback`. The attribute `fields` of a record, a dictionary, is added.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, without its end."""
        fields: dict[str, object] = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + f".{record.msecs:03.0f}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id := _request_id.get():
            fields["request"] = request_id
        if record.exc_info:
            fields["traceback"] = self.formatException(record.exc_info)
        return json.dumps(fields | getattr(record, "fields", {}), ensure_ascii=False, default=str)


def configure_logging(*, with_access_log: bool) -> None:
    """Write warnings and errors, and with `with_access_log` each request, to standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    ACCESS_LOG.setLevel(logging.INFO if with_access_log else logging.WARNING)


def log_access(method: str, path: str, status: int, seconds: float, client: str) -> None:
    """Log a response, if the access log is on. The query is left out: it may say who looked for whom."""
    if ACCESS_LOG.isEnabledFor(logging.INFO):
        fields = {"method": method, "path": path, "status": status, "ms": round(seconds * 1000, 1), "client": client}
        ACCESS_LOG.info("%s %s %d", method, path, status, extra={"fields": fields})
