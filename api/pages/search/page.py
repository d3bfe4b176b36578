"""The search page: the answer to a question, then entities by name, statements, passages and questions, in sections."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from ....graph.ask.interpretation import MAX_QUESTION_LENGTH
from ....graph.catalogue.parameters import MAX_TEXT_LENGTH
from ....graph.errors import BadParameter
from ....graph.reader.objects import ArticleJson, StatementHit
from ....graph.search.search import MAX_RESULTS, SearchHit
from ...http.negotiation import language_of
from ...http.request import service_of
from ...http.request_checks import PageRoute, validate_choice
from ...i18n.display_names import DisplayName
from ...i18n.labels import Labels
from ...presenters.evidence import Sources
from ...presenters.question_answer import AskAnswer, ask
from ...presenters.search_facets import narrow
from ...presenters.text_search import mark_words
from ...presenters.truncated import TruncatedList, truncate
from ...service.passages import FoundPassage
from .._base.menu import MenuEntry
from .._base.render import link_maker, render

router = APIRouter(route_class=PageRoute, include_in_schema=False)
ROUTERS = (router,)
MENU = (MenuEntry("/search", "nav_search", "menu_find", 1, header_order=1),)
SECTIONS = ("names", "statements", "passages")
MAX_HITS, MAX_TEXTS, MAX_IN_SECTION, MAX_QUESTIONS = 50, 5, 50, 3
"""How many entities, statements or passages, and questions are shown; of a section by itself `MAX_IN_SECTION`, and all
entities."""
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
    kind: str = "",
    province: str = "",
    status: str = "",
    article: str = "",
    section: str = "",
    exact: bool = False,
) -> Response:
    """The answer to a question, entities by name with facets, then statements and passages by their words.

    `section` shows more of one section, and only it.
    """
    service = service_of(request)
    validate_choice("type", type or None, list(service.schema.nodes))
    validate_choice("kind", kind or None, service.schema.kinds_of(type or None))
    validate_choice("status", status or None, list(service.schema.statuses))
    validate_choice("section", section or None, SECTIONS)
    text = q.strip()
    facets = {"type": type, "kind": kind, "province": province, "status": status, "article": article}
    choices = {name: value for name, value in facets.items() if value}
    address = {"q": text, "exact": "true" if exact else None, **choices}
    asked = _ask(request, text) if text and not exact and not choices and not section else None
    refusal, results = None, _Results((), {}, truncate((), 0), truncate((), 0))
    if text and not (asked is not None and len(text) > MAX_TEXT_LENGTH):
        try:
            results = _find(request, text, choices, section, exact=exact)
        except BadParameter as error:
            refusal = error
    link = link_maker(request)
    shown = MAX_RESULTS if section else MAX_HITS
    return render(
        request,
        "search.html",
        _group_hits(results.hits[:shown]),
        status=refusal.status if refusal else 200,
        text=text[:MAX_QUESTION_LENGTH],
        asked=asked,
        chosen=choices,
        section=section,
        type=type,
        exact=exact,
        examples=EXAMPLES,
        questions=QUESTIONS,
        refusal=str(refusal) if refusal else None,
        has_more=len(results.hits) > shown,
        hit_count=sum(not hit["suggestion"] for hit in results.hits),
        facets=_facet_choices(request, results.counts, address, choices),
        statements=results.statements,
        passages=results.passages,
        has_passages=service.passages is not None,
        nearest_questions=[] if asked or choices or section or not text else _nearest_questions(request, text),
        mark_words=mark_words,
        section_urls={name: link("/search", **address | {"section": name}) for name in SECTIONS},
        inexact_url=link("/search", **address | {"exact": None}) if exact else None,
        all_url=link("/search", q=text, exact=address["exact"]) if choices or section else None,
        json=link("/api/v1/search", q=text, exact=address["exact"], type=type, lang=None),
    )


@dataclass(frozen=True, slots=True)
class _Results:
    """What a search found; `counts` are those of its facets."""

    hits: Sequence[SearchHit]
    counts: Mapping[str, list[tuple[str, int]]]
    statements: TruncatedList[StatementHit]
    passages: TruncatedList[tuple[ArticleJson, FoundPassage]]


def _find(request: Request, text: str, choices: Mapping[str, str], section: str, *, exact: bool) -> _Results:
    service = service_of(request)
    graph = service.graph
    found = (
        graph.search(text, exact=exact, type=choices.get("type"), limit=MAX_RESULTS) if section in ("", "names") else []
    )
    named = narrow(graph, found, choices)
    shown = MAX_IN_SECTION if section else MAX_TEXTS
    statements: TruncatedList[StatementHit] = truncate((), 0)
    passages: list[FoundPassage] = []
    if section in ("", "statements") and not exact and not choices:
        best, count = graph.search_statements(text, limit=shown)
        statements = TruncatedList(best, count - len(best))
    if section in ("", "passages") and service.passages is not None and not exact and not choices:
        passages = service.passages.find(graph, text, MAX_RESULTS)
    sources = Sources(service)
    quoted = [(sources.article(passage.sentence["article"]), passage) for passage in passages]
    return _Results(named.hits, named.counts, statements, truncate(quoted, shown))


def _nearest_questions(request: Request, text: str) -> list[tuple[str, str]]:
    """Return name and question of the catalogue's questions that share most words with a text."""
    service, language = service_of(request), language_of(request)
    hits = service.question_index.find(text, MAX_QUESTIONS, min_share=0)
    return [(hit.id, service.queries[hit.id].question(language)) for hit in hits]


@dataclass(frozen=True, slots=True)
class _FacetChoice:
    """A value of a facet: its label, how many results it leaves, the address, and whether it is chosen now."""

    label: DisplayName
    count: int
    url: str
    is_chosen: bool


def _facet_choices(
    request: Request,
    counts: Mapping[str, list[tuple[str, int]]],
    address: Mapping[str, str | None],
    choices: Mapping[str, str],
) -> list[tuple[str, list[_FacetChoice]]]:
    """Return the facets with their values; the address of a chosen value takes the choice back."""
    link, service = link_maker(request), service_of(request)
    labels = Labels(service.schema, language_of(request))
    ids = [value for facet in ("province", "article") for value, _ in counts.get(facet, ())]
    names = service.graph.names(ids) if ids else {}

    def label(facet: str, value: str) -> DisplayName:
        if facet in ("province", "article"):
            return service.display_name(labels.language, value, names.get(value, value))
        terms = labels.closed_list("kind") if facet == "kind" else service.schema.statuses
        return DisplayName(labels.type(value) if facet == "type" else labels.term(terms, value), labels.language)

    return [
        (
            facet,
            [
                _FacetChoice(
                    label(facet, value),
                    count,
                    link("/search", **{**address, facet: None if choices.get(facet) == value else value}),
                    choices.get(facet) == value,
                )
                for value, count in values
            ],
        )
        for facet, values in counts.items()
    ]


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
