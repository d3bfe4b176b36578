"""Validation of requests before anything is read from the database."""

import unicodedata
from collections.abc import Callable, Collection, Coroutine
from typing import Any
from urllib.parse import unquote_to_bytes

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from ...graph.errors import BadParameter, InputError, PictureTooBig, TooLong
from ...graph.reader.subgraphs import MOST

LONGEST_PATH = 2_048
LONGEST_QUERY = 8_192


class StrictRoute(APIRoute):
    """A route that rejects unknown and repeated query parameters with `BadParameter`."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the route handler, preceded by the check."""
        answer = super().get_route_handler()
        fields = {field.alias for field in self.dependant.query_params}

        async def checked(request: Request) -> Response:
            given = request.query_params
            known("parameter", given.keys(), fields)
            for name in given:
                if (times := len(given.getlist(name))) > 1:
                    raise BadParameter(f"{name}: found {times} of it; expected one")
            return await answer(request)

        return checked


def known(what: str, found: Collection[str], allowed: Collection[str]) -> None:
    """Raise `BadParameter` for names that are not allowed; `category` says in the message what they name."""
    unknown = sorted({name[:80] for name in found if name not in allowed})
    if unknown:
        expected = " or ".join(sorted(allowed)) or f"no {what}"
        raise BadParameter(f"unknown {what} {', '.join(map(repr, unknown))}; expected {expected}")


def value_of(name: str, found: str | None, allowed: Collection[str]) -> None:
    """Raise `BadParameter` for a value that is not one of `choices`; None is valid."""
    if found is not None and found not in allowed:
        raise BadParameter(f"{name}: found {found[:80]!r}; expected {' or '.join(allowed)}")


def picture_size(limit: int) -> int:
    """Return `limit`, or raise `PictureTooBig` if it exceeds the maximum number of nodes of a picture."""
    if limit > MOST:
        raise PictureTooBig(f"limit: found {limit}; expected at most {MOST} nodes")
    return limit


def readable(scope: Scope) -> None:
    """Reject a URL that is too long (`TooLong`), is not UTF-8 or has control characters (`InputError`)."""
    path: bytes = scope.get("raw_path") or scope["path"].encode()
    query: bytes = scope["query_string"]
    for what, text, longest in (("path", path, LONGEST_PATH), ("query", query, LONGEST_QUERY)):
        if len(text) > longest:
            raise TooLong(f"{what}: found {len(text)} bytes; expected at most {longest}")
        if text.isascii() and b"%" not in text:
            continue
        try:
            words = unquote_to_bytes(text).decode()
        except UnicodeDecodeError as error:
            raise InputError(f"{what}: not UTF-8 at byte {error.start}; expected percent-encoded UTF-8") from error
        for at, letter in enumerate(words):
            if unicodedata.category(letter) == "Cc":
                raise InputError(f"{what}: control character U+{ord(letter):04X} at {at}; expected plain text")
