"""Metadata for social sharing: title, description and image URL of a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from ....graph.model.objects import EntityJson
from ....graph.reader.objects import ArticleCounts
from ...i18n.labels import Labels
from ...i18n.language import capitalize, format_date
from ...i18n.localized_text import localized_text
from ...i18n.words import Words
from ...service.service import Service


@dataclass(frozen=True, slots=True)
class Share:
    """Title, kind, status and counts of a page; `image_path` is the address of its card, `type` the Open Graph type."""

    title: str
    kind: str
    details: tuple[str, ...]
    image_path: str
    status_label: str = ""
    type: str = "website"

    @property
    def description(self) -> str:
        """The description shown below a shared link."""
        details = ", ".join(detail for detail in (self.status_label, *self.details) if detail)
        return f"{self.kind}: {details}." if details else f"{self.kind}."


def card_image_path(language: str, kind: str = "", name: str = "", /, **parameters: Any) -> str:
    """Return the address of a card image; without `kind`, that of the site. `parameters` are those of a query."""
    path = quote(f"/card/{kind}/{name}.png", safe="/:") if kind else "/card.png"
    return f"{path}?{urlencode({**parameters, 'lang': language}, doseq=True)}"


def start_share(service: Service, language: str) -> Share:
    """Build title, description and image URL for social sharing of the start page."""
    words = Words(language)
    counts = service.release()["counts"]
    count_names = ("articles", "statements", "entities", "disagreements")
    return Share(words("site_title"), "VNKG", _count_phrases(words, counts, count_names), card_image_path(language))


def entity_share(service: Service, id: str, language: str) -> Share:
    """Build title, description and image URL for social sharing of an entity page."""
    labels = Labels(service.schema, language)
    entity = service.graph.entity_numbers(id)
    kind = labels.kind_of(entity, service.release()["data_date"]) or labels.type(entity["type"])
    count_phrases = _count_phrases(Words(language), entity, ("relations", "statements", "articles", "disagreements"))
    status = labels.status(entity["status"]) if entity["status"] else ""
    return Share(entity["name"], capitalize(kind), count_phrases, card_image_path(language, "entity", id), status)


def query_share(
    name: str,
    question: str,
    parameters: Mapping[str, Any],
    rows: Sequence[Any],
    near_misses: Sequence[Any],
    language: str,
) -> Share:
    """Build title, description and image URL for social sharing of a query with its parameters."""
    words = Words(language)
    count_phrases = [
        words("answers", n=len(rows)),
        *([words("near_misses", n=len(near_misses))] if near_misses else []),
    ]
    return Share(
        question, words("question"), tuple(count_phrases), card_image_path(language, "query", name, **parameters)
    )


def article_share(article: EntityJson, counts: ArticleCounts, language: str) -> Share:
    """Build title, description and image URL for social sharing of an article with its counts."""
    words = Words(language)
    details = [capitalize(words.language(article.get("language", "")))]
    details += [format_date(article["published"], language)] if "published" in article else []
    statements = counts["relations"] + counts["measurements"] + counts["claims"]
    details += _count_phrases(words, {"statements": statements, **counts}, ("statements", "entities", "disagreements"))
    image_path = card_image_path(language, "article", article["id"])
    return Share(article["name"], capitalize(words("article")), tuple(details), image_path, type="article")


def disagreement_share(service: Service, item: Mapping[str, Any], language: str) -> Share:
    """Build title, description and image URL for social sharing of a disagreement.

    The items of `about` have `id` and `name`; `preferred` may be absent.
    """
    words, labels = Words(language), Labels(service.schema, language)
    kind = f"{words('disagree_on')} {labels.term(service.schema.disagreement_kinds, item['kind'])}"
    details = [", ".join(entity["name"] for entity in item["about"])] if item["about"] else []
    details += [
        words("n_readings", n=len(item["readings"])),
        words("undecided" if item.get("preferred") is None else "decided"),
    ]
    title = localized_text(item, language=language).text or kind
    return Share(title, kind, tuple(details), card_image_path(language, "disagreement", item["id"]))


def _count_phrases(words: Words, counts: Mapping[str, Any], names: Sequence[str]) -> tuple[str, ...]:
    return tuple(words(f"n_{name}", n=counts[name]) for name in names if counts.get(name))
