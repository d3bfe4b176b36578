"""The pages of articles: the list with counts, one article as text or ledger, two articles in parallel."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from ....graph.errors import BadParameter, PassageError
from ....graph.messages import shown
from ...http.negotiation import language_of
from ...http.request import service_of
from ...http.request_checks import StrictRoute, value_of
from ...presenters.evidence import Sources
from ...service.service import Service
from .._base.menu import MenuEntry
from .._base.render import render
from .._base.share import article_share
from .alignment import rows, spoken_of
from .text import Paragraph, paragraphs

router = APIRouter(route_class=StrictRoute, include_in_schema=False)
ROUTERS = (router,)
MENU = (MenuEntry("/articles", "nav_articles", "menu_check", 2, head=8),)
ENDS = ("subject", "object", "speaker")
VIEWS = ("text", "ledger")
Item = Mapping[str, Any]
Lang = Annotated[str | None, Query()]


@router.get("/articles")
def articles(request: Request, lang: Lang = None) -> Response:  # noqa: ARG001
    """All articles with the number of statements, entities and disagreements of each."""
    service = service_of(request)
    numbers = service.graph.article_numbers()
    found = [_with_text(service, item | numbers[item["id"]]) for item in service.graph.articles()]
    return render(request, "articles.html", articles=found)


@router.get("/articles/{id}")
def article(
    request: Request,
    id: str,
    view: str | None = None,
    beside: str | None = None,
    lang: Lang = None,  # noqa: ARG001
) -> Response:
    """An article: its text with the statements read from it, its ledger, or both in parallel with a related article."""
    service = service_of(request)
    value_of("view", view, VIEWS)
    found = service.graph.article(id)
    everything = [_with_text(service, item) for item in service.graph.articles()]
    own = next(item for item in everything if item["id"] == id)
    fellows = _fellows(own, everything)
    if beside is not None and beside not in [item["id"] for item in fellows]:
        expected = " or ".join(item["id"] for item in fellows) or "nothing: it has no other telling here"
        raise BadParameter(f"beside: found {shown(beside)}; expected {expected}")
    place = everything.index(own)
    reading = _Reading(service, found)
    numbered = own | service.graph.article_numbers()[id]
    values: dict[str, Any] = {
        "article": numbered,
        "share": article_share(numbered, language_of(request)),
        "previous": everything[place - 1] if place else None,
        "next": everything[place + 1] if place + 1 < len(everything) else None,
        "fellows": fellows,
        "beside": beside,
        "view": "beside" if beside else view if view and own["has_text"] else VIEWS[not own["has_text"]],
    }
    if beside is not None:
        other = _Reading(service, service.graph.article(beside))
        values["other"] = next(item for item in everything if item["id"] == beside)
        return render(
            request, "article.html", values, rows=_side_by_side(reading, other), **_told(service, [reading, other])
        )
    return render(request, "article.html", values, paragraphs=reading.paragraphs, **_told(service, [reading]))


class _Reading:
    """An article prepared for its page: ledger with passages, and paragraphs (without words if the text is missing)."""

    def __init__(self, service: Service, article: Item) -> None:
        sources = Sources(service)
        self.ledger: list[dict[str, Any]] = [
            entry | {"shown": sources.shown({"article": article["id"]} | entry)} for entry in article["ledger"]
        ]
        self._mentions = service.graph.mentions(article["id"])
        self.paragraphs = paragraphs(_lines(service, article["id"]), self.ledger, self._mentions)

    @property
    def statements(self) -> list[Item]:
        """All statements of the ledger."""
        return [said for entry in self.ledger for said in entry.get("statements", ())]

    @property
    def spoken(self) -> dict[int, Any]:
        """Features of each line, for the alignment."""
        return spoken_of(self.ledger, self._mentions)


def _lines(service: Service, article: str) -> list[str]:
    if service.texts is None or not service.texts.has(article):
        return []
    try:
        return service.texts.lines(article)
    except PassageError:  # the file was removed after the start; the ledger is still available
        return []


def _with_text(service: Service, article: Item) -> dict[str, Any]:
    """Return an article with `has_text`, and None for missing attributes."""
    keys = ("published", "published_basis", "publisher", "url", "same_text")
    has_text = service.texts is not None and service.texts.has(article["id"])
    return dict.fromkeys(keys) | dict(article) | {"has_text": has_text}


def _fellows(own: Item, everything: Iterable[Item]) -> list[dict[str, Any]]:
    """Return the other articles of the same origin: translations of the same text, then other reports of it."""
    found = [
        {**item, "twin": own["same_text"] is not None and item["same_text"] == own["same_text"]}
        for item in everything
        if item["id"] != own["id"] and item["origin"] == own["origin"]
    ]
    return sorted(found, key=lambda item: (not item["twin"], item["id"]))


def _told(service: Service, readings: Iterable[_Reading]) -> dict[str, Any]:
    """Return the lookups of the templates: names by entity id, disagreements by statement id."""
    statements = [said for reading in readings for said in reading.statements]
    ids = {said[end] for said in statements for end in ENDS if said.get(end)}
    ids |= {topic for said in statements for topic in said.get("about", ())}
    here = {said["id"] for said in statements}
    doubts: dict[str, list[Item]] = {}
    for item in service.graph.disagreements():
        for statement in {key for reading in item["readings"] for key in reading["statements"]} & here:
            doubts.setdefault(statement, []).append(item)
    return {"names": service.graph.names(ids), "doubts": doubts}


def _side_by_side(one: _Reading, other: _Reading) -> list[tuple[list[Paragraph], list[Paragraph]]]:
    """Return the paragraphs of two articles in aligned rows."""
    left, right = ({part.line: part for part in reading.paragraphs} for reading in (one, other))
    placed = rows(list(left), list(right), one.spoken, other.spoken)
    return [([left[line] for line in mine], [right[line] for line in theirs]) for mine, theirs in placed]
