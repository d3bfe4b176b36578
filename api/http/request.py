"""What the answer to a request needs: the service, and words and labels in the language of the request."""

from dataclasses import dataclass
from typing import Self

from starlette.requests import Request

from ..i18n.labels import Labels
from ..i18n.words import Words
from ..service.service import Service
from .negotiation import language_of


def service_of(request: Request) -> Service:
    """Return the service of the application that handles a request."""
    return request.app.state.service


@dataclass(frozen=True, slots=True)
class RequestContext:
    """The service, and words and labels in one language."""

    service: Service
    language: str
    words: Words
    labels: Labels

    @classmethod
    def from_request(cls, request: Request, language: str | None = None) -> Self:
        """Return the context of a request in its own language, or in `language` if given."""
        service, language = service_of(request), language or language_of(request)
        return cls(service, language, Words(language), Labels(service.schema, language))
