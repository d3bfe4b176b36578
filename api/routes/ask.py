"""The route for questions in words."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from ...graph.ask.interpretation import MAX_QUESTION_LENGTH
from ..http.envelope import envelope_response
from ..http.negotiation import language_of
from ..http.parameters import NAME_PATTERN, text_schema
from ..http.request import service_of
from ..http.request_checks import StrictRoute
from ..i18n.language import LANGUAGES
from ..presenters import question_answer
from .models.ask import AskAnswer
from .models.common import Envelope

router = APIRouter(prefix="/api/v1", route_class=StrictRoute, tags=["queries"])


@router.get("/ask", response_model=Envelope[AskAnswer], summary="Answer a question in words")
def ask(
    request: Request,
    q: Annotated[
        str,
        Query(
            description="A question in English, Vietnamese, French, German, Indonesian or Swedish.",
            examples=["Which provinces plan a venture capital fund?"],
            json_schema_extra=text_schema(NAME_PATTERN, MAX_QUESTION_LENGTH),
        ),
    ],
    lang: Annotated[  # noqa: ARG001  read from the request, declared for OpenAPI
        str | None,
        Query(
            description="Language of readings, sentence and names; else Accept-Language.",
            json_schema_extra={"enum": list(LANGUAGES)},
        ),
    ] = None,
) -> Response:
    """The query of the catalogue that a question means, with parameters, reading, other readings and the answer.

    `lang` is the language of readings, sentence and names. Without a model: words of a lexicon and names of the
    graph. `confidence` is `exact` if every word is understood and one query fits, `likely` if one fits best, else
    `none`. If the question leaves open what it is about, `ask_back` says so, and `answer` is null.
    """
    return envelope_response(request, question_answer.ask(service_of(request).graph, q, language_of(request)))
