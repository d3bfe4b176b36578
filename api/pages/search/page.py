"""The search page: the answer to a question, then matches by name, partial matches and suggestions, all labelled."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from ....graph.ask.interpretation import MAX_QUESTION_LENGTH
from ....graph.catalogue.parameters import MAX_TEXT_LENGTH
from ....graph.errors import BadParameter
from ...http.negotiation import language_of
from ...http.request import service_of
from ...http.request_checks import PageRoute, validate_choice
from ...presenters.question_answer import AskAnswer, ask
from .._base.menu import MenuEntry
from .._base.render import link_maker, render

router = APIRouter(route_class=PageRoute, include_in_schema=False)
ROUTERS = (router,)
MENU = (MenuEntry("/search", "nav_search", "menu_find", 1, header_order=1),)
MAX_HITS = 50
EXAMPLES = ("TP.HCM", "Bình Dương", "Nghị quyết 57", "DOST Dong Nai", "Hanois", "trí tuệ nhân tạo")
"""Example searches: abbreviation, former province, document number, agency, genitive, sector."""
QUESTIONS = (
    ("en", "Which provinces plan a venture capital fund?"),
    ("vi", "Ai đứng đầu Sở KH&CN Hải Phòng?"),
    ("de", "Was plant Lâm Đồng bis 2030?"),
)
"""Example questions, with their language."""


@router.get("/search")
def search(
    request: Request,
    q: Annotated[str, Query(max_length=2_000)] = "",
    type: str = "",
    exact: bool = False,
) -> Response:
    """Entities that match by name or by words, and suggestions, which are marked as such."""
    service = service_of(request)
    validate_choice("type", type or None, list(service.schema.nodes))
    text, refusal, hits = q.strip(), None, []
    asked = _ask(request, text) if text and not exact and not type else None
    if text and not (asked is not None and len(text) > MAX_TEXT_LENGTH):
        try:
            hits = service.graph.search(text, exact=exact, type=type or None, limit=MAX_HITS + 1)
        except BadParameter as error:
            refusal = error
    link = link_maker(request)
    parameters = {"q": text, "exact": "true" if exact else None, "type": type}
    return render(
        request,
        "search.html",
        _group_hits(hits[:MAX_HITS]),
        status=refusal.status if refusal else 200,
        text=text[:MAX_QUESTION_LENGTH],
        asked=asked,
        type=type,
        exact=exact,
        examples=EXAMPLES,
        questions=QUESTIONS,
        refusal=str(refusal) if refusal else None,
        has_more=len(hits) > MAX_HITS,
        type_filters=[]
        if type
        else [(key, link("/search", **parameters | {"type": key}), n) for key, n in _types(hits[:MAX_HITS])],
        inexact_url=link("/search", **parameters | {"exact": None}) if exact else None,
        all_types_url=link("/search", **parameters | {"type": None}) if type else None,
        json=link("/api/v1/search", **parameters, lang=None),
    )


def _ask(request: Request, text: str) -> AskAnswer | None:
    """Return the answer to a question, or None if the text is none: a name by itself, or too long."""
    try:
        asked = ask(service_of(request).graph, text, language_of(request))
    except BadParameter:
        return None
    return asked if asked["confidence"] != "none" else None


def _group_hits(hits: Iterable[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    groups: dict[str, list[Mapping[str, Any]]] = {"by_name": [], "by_words": [], "suggestions": []}
    for hit in hits:
        groups[
            "suggestions" if hit["suggestion"] else "by_words" if hit["match_type"] == "words" else "by_name"
        ].append(hit)
    return groups


def _types(hits: Iterable[Mapping[str, Any]]) -> list[tuple[str, int]]:
    """Return the types of the hits with their counts; empty if there is only one type."""
    counts = Counter(hit["type"] for hit in hits).most_common()
    return counts if len(counts) > 1 else []
