"""Validation of requests before anything is read from the database."""

import unicodedata
from collections.abc import Callable, Collection, Coroutine
from typing import Any, ClassVar
from urllib.parse import unquote_to_bytes

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from ...graph.errors import BadParameter, InputError, PictureTooBig, TooLong
from ...graph.reader.subgraphs import MAX_NODES
from .pooled_route import PooledRoute

MAX_PATH_BYTES = 2_048
MAX_QUERY_BYTES = 8_192


class StrictRoute(PooledRoute):
    """A route that rejects unknown and repeated query parameters with `BadParameter`."""

    shared_parameters: ClassVar[frozenset[str]] = frozenset()
    """Parameters that every route of this class accepts without declaring them."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the route handler, preceded by the check."""
        handler = super().get_route_handler()
        declared_names = {
            field.alias for part in (self.dependant, *self.dependant.dependencies) for field in part.query_params
        }
        allowed_names = declared_names | self.shared_parameters

        async def checked_handler(request: Request) -> Response:
            query_params = request.query_params
            reject_unknown("parameter", query_params.keys(), allowed_names)
            for name in query_params:
                if (count := len(query_params.getlist(name))) > 1:
                    raise BadParameter(f"{name}: found {count} of it; expected one")
            return await handler(request)

        return checked_handler


class PageRoute(StrictRoute):
    """The route of a page, which accepts the parameter `lang` for its language."""

    shared_parameters = frozenset({"lang"})


def reject_unknown(category: str, names: Collection[str], allowed_names: Collection[str]) -> None:
    """Raise `BadParameter` for names that are not allowed; `category` says in the message what they name."""
    unknown_names = sorted({name[:80] for name in names if name not in allowed_names})
    if unknown_names:
        expected = " or ".join(sorted(allowed_names)) or f"no {category}"
        raise BadParameter(f"unknown {category} {', '.join(map(repr, unknown_names))}; expected {expected}")


def validate_choice(name: str, value: str | None, choices: Collection[str]) -> None:
    """Raise `BadParameter` for a value that is not one of `choices`; None is valid."""
    if value is not None and value not in choices:
        raise BadParameter(f"{name}: found {value[:80]!r}; expected {' or '.join(choices)}")


def validate_node_limit(limit: int) -> int:
    """Return `limit`, or raise `PictureTooBig` if it exceeds the maximum number of nodes of a picture."""
    if limit > MAX_NODES:
        raise PictureTooBig(f"limit: found {limit}; expected at most {MAX_NODES} nodes")
    return limit


def validate_url(scope: Scope) -> None:
    """Reject a URL that is too long (`TooLong`), is not UTF-8 or has control characters (`InputError`)."""
    path: bytes = scope.get("raw_path") or scope["path"].encode()
    query: bytes = scope["query_string"]
    for part, text, max_bytes in (("path", path, MAX_PATH_BYTES), ("query", query, MAX_QUERY_BYTES)):
        if len(text) > max_bytes:
            raise TooLong(f"{part}: found {len(text)} bytes; expected at most {max_bytes}")
        if text.isascii() and b"%" not in text:
            continue
        try:
            decoded_text = unquote_to_bytes(text).decode()
        except UnicodeDecodeError as error:
            raise InputError(f"{part}: not UTF-8 at byte {error.start}; expected percent-encoded UTF-8") from error
        for index, character in enumerate(decoded_text):
            if unicodedata.category(character) == "Cc":
                raise InputError(f"{part}: control character U+{ord(character):04X} at {index}; expected plain text")
