"""The names of an entity: the heading of its page, and the articles that use each name."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ....graph.model.objects import EntityJson, NameJson
from ....graph.reader.objects import ArticleJson
from ...presenters.evidence import Sources

HEADING_KINDS = ("name", "translation")
"""Kinds of names that can be the heading, in order of preference."""


@dataclass(slots=True)
class EntityName:
    """A name with its kinds and the articles that use it; without articles it is a name that we supplied."""

    text: str
    language: str
    kinds: list[str] = field(default_factory=list[str])
    articles: list[ArticleJson] = field(default_factory=list[ArticleJson])


def heading_of(entity: EntityJson, language: str) -> str:
    """Return the heading of the page: the longest name in the language of the page, else the main name.

    The main name also stays if it is itself a name in that language.

    >>> names = [{"text": text, "language": "en", "kind": "name"} for text in ("Hue", "Hue City")]
    >>> heading_of({"name": "Huế", "names": names}, "en"), heading_of({"name": "Huế", "names": names}, "vi")
    ('Hue City', 'Huế')
    """
    for kind in HEADING_KINDS:
        candidates = [name["text"] for name in entity["names"] if (name["language"], name["kind"]) == (language, kind)]
        if candidates and entity["name"] not in candidates:
            return max(candidates, key=len)
    return str(entity["name"])


def language_of(entity: EntityJson, text: str, language: str) -> str:
    """Return the language of a name: `language` if it is one of several, empty if unknown."""
    languages = {name["language"] for name in entity["names"] if name["text"] == text}
    return language if language in languages else min(languages, default="")


def names_of(names: Sequence[NameJson], sources: Sources) -> list[EntityName]:
    """Return each pair of text and language once, Vietnamese and English ones first."""
    merged: dict[tuple[str, str], EntityName] = {}
    for name in names:
        merged_name = merged.setdefault((name["text"], name["language"]), EntityName(name["text"], name["language"]))
        if name["kind"] not in merged_name.kinds:
            merged_name.kinds.append(name["kind"])
        if "article" in name:
            merged_name.articles.append(sources.article(name["article"]))
    return sorted(merged.values(), key=lambda name: (name.language not in ("vi", "en"), name.language))
