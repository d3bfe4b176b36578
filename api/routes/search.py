"""Routes for the search: entities by name, statements and passages by their words."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from ...graph.errors import BadParameter
from ..http.envelope import envelope_response
from ..http.parameters import NAME_SCHEMA, NODE_TYPES, TypeFilter
from ..http.request import service_of
from ..http.request_checks import StrictRoute, validate_choice
from ..presenters.text_search import search_texts
from .models.common import Envelope, SearchHit
from .models.text_search import TextHits

router = APIRouter(prefix="/api/v1", route_class=StrictRoute, tags=["search"])


@router.get("/search", response_model=Envelope[list[SearchHit]], summary="Find entities by name")
def search(
    request: Request,
    q: Annotated[
        str,
        Query(
            max_length=200,
            description="A name in any spelling or language, an office, or the number of a document.",
            json_schema_extra=NAME_SCHEMA,
        ),
    ],
    exact: Annotated[
        bool, Query(description="Only names and numbers as they are: no other forms, no words, no suggestions.")
    ] = False,
    type: TypeFilter = None,
    limit: Annotated[int, Query(ge=1, le=100, description="Hits at most.")] = 20,
) -> Response:
    """Entities that match a search text, answers before suggestions; each hit has the matched name and the match type.

    Several answers of the type `words` match equally well.
    """
    validate_choice("type", type, NODE_TYPES)
    if not q.strip():
        raise BadParameter("q: found nothing; expected a name or a document number")
    hits = service_of(request).graph.search(q, exact=exact, type=type, limit=limit + 1)
    return envelope_response(request, hits[:limit], is_truncated=len(hits) > limit)


@router.get("/search/texts", response_model=Envelope[TextHits], summary="Find statements and passages by their words")
def search_by_words(
    request: Request,
    q: Annotated[
        str,
        Query(
            max_length=200,
            description="Words, in any order, with or without diacritics.",
            examples=["venture capital fund 2030"],
            json_schema_extra=NAME_SCHEMA,
        ),
    ],
    limit: Annotated[int, Query(ge=1, le=100, description="Statements, and passages, at most.")] = 10,
) -> Response:
    """Statements by the words of their glosses in both languages and of the names of their entities; and sentences of
    the articles by their own words, if the service has the articles' texts.

    The best come first: those that share most with the text, rare words before common ones. What shares less than half
    of the words is left out. That nothing is found does not mean that no article says it.
    """
    service = service_of(request)
    if not q.strip():
        raise BadParameter("q: found nothing; expected words")
    hits, is_truncated = search_texts(service.graph, service.passages, q, limit)
    return envelope_response(request, hits, is_truncated=is_truncated)
