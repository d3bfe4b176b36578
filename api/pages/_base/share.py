"""Metadata for social sharing: title, description and image URL of a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from ...i18n.labels import Labels
from ...i18n.language import capital, date
from ...i18n.words import Words
from ...service.service import Service

Item = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Share:
    """Title, kind, status and counts of a page; `image_path` is the address of its card, `type` the Open Graph type."""

    title: str
    kind: str
    facts: tuple[str, ...]
    picture: str
    said_status: str = ""
    type: str = "website"

    @property
    def description(self) -> str:
        """The description shown below a shared link."""
        told = ", ".join(fact for fact in (self.said_status, *self.facts) if fact)
        return f"{self.kind}: {told}." if told else f"{self.kind}."


def picture_of(language: str, kind: str = "", name: str = "", /, **given: Any) -> str:
    """Return the address of a card image; without `kind`, that of the site. `parameters` are those of a query."""
    path = quote(f"/card/{kind}/{name}.png", safe="/:") if kind else "/card.png"
    return f"{path}?{urlencode({**given, 'lang': language}, doseq=True)}"


def start_share(service: Service, language: str) -> Share:
    """Build title, description and image URL for social sharing of the start page."""
    words = Words(language)
    counts = service.release()["counts"]
    counted = ("articles", "statements", "entities", "disagreements")
    return Share(words("site_title"), "VNKG", _counted(words, counts, counted), picture_of(language))


def entity_share(service: Service, id: str, language: str) -> Share:
    """Build title, description and image URL for social sharing of an entity page."""
    labels = Labels(service.schema, language)
    found = service.graph.entity_numbers(id)
    kind = labels.kind(found["type"], found["kind"]) or labels.type(found["type"])
    counted = _counted(Words(language), found, ("relations", "statements", "articles", "disagreements"))
    status = labels.status(found["status"]) if found["status"] else ""
    return Share(found["name"], capital(kind), counted, picture_of(language, "entity", id), status)


def query_share(
    name: str, question: str, given: Item, rows: Sequence[Any], near: Sequence[Any], language: str
) -> Share:
    """Build title, description and image URL for social sharing of a query with its parameters."""
    words = Words(language)
    told = [words("answers", n=len(rows)), *([words("near_misses", n=len(near))] if near else [])]
    return Share(question, words("question"), tuple(told), picture_of(language, "query", name, **given))


def article_share(article: Item, language: str) -> Share:
    """Build title, description and image URL for social sharing of an article; `article` includes its counts."""
    words = Words(language)
    told = [capital(words.language(article["language"]))]
    told += [date(article["published"], language)] if article.get("published") else []
    told += _counted(words, article, ("statements", "entities", "disagreements"))
    picture = picture_of(language, "article", article["id"])
    return Share(article["name"], capital(words("article")), tuple(told), picture, type="article")


def disagreement_share(service: Service, item: Item, language: str) -> Share:
    """Build title, description and image URL for social sharing of a disagreement.

    The items of `about` have `id` and `name`; `preferred` may be absent.
    """
    words, labels = Words(language), Labels(service.schema, language)
    kind = f"{words('disagree_on')} {labels.term(service.schema.disagreement_kinds, item['kind'])}"
    told = [", ".join(one["name"] for one in item["about"])] if item["about"] else []
    told += [
        words("n_readings", n=len(item["readings"])),
        words("undecided" if item.get("preferred") is None else "decided"),
    ]
    return Share(item["gloss"] or kind, kind, tuple(told), picture_of(language, "disagreement", item["id"]))


def _counted(words: Words, counts: Item, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(words(f"n_{name}", n=counts[name]) for name in names if counts.get(name))
