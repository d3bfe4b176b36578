"""Parse the pages and pictures that the tests request."""

import html
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from xml.etree import ElementTree

from tests.support.http import client, page
from tests.support.main_pages import MAIN_PAGES
from vnkg.graph.catalogue.query import catalogue
from vnkg.graph.model.schema import schema
from vnkg.graph.pictures.page import svg
from vnkg.graph.pictures.picture import Picture

MORE_PATHS = [
    "/search?q=tinh+AAA",
    "/entities",
    "/entities/person:nguoi-dau",
    "/entities/article:900",
    *(f"/queries/{name}" for name in catalogue()),
    "/queries/provinces_with_fund?fund_status=past&fund_kind=other",
    "/queries/article_statements?article=article:900",
    "/queries/province_actors?province=province:fff",
    "/picture",
    "/articles/article:900?view=ledger",
    "/articles/article:901",
    "/disagreements?kind=value&article=article:900&entity=province:aaa",
    "/disagreements?kind=scope",
    "/?colour=innovation_centre",
    "/queries?q=zzzz",
    "/matrix?sort=vc_fund&non_empty=true",
    "/compare?ids=province:aaa",
    "/compare?ids=fund:aaa-vc,fund:bbb-vc",
    "/compare?ids=organisation:uuu&add=quy",
    "/timeline?entity=organisation:uuu&days=all&order=oldest",
    "/timeline?kind=event",
]
PATHS = list(dict.fromkeys([*(page.invented_path for page in MAIN_PAGES), *MORE_PATHS]))
"""The paths of the main pages and of more pages of the invented graph."""
VOID_ELEMENTS = {"meta", "link", "input", "img", "br", "hr"}


FIELDS = {"input", "select", "textarea"}
UNNAMED_TYPES = {"hidden", "submit"}
"""Types of fields that need no name or have it as their value."""


@dataclass
class Label:
    """A label: the id of its field, the fields within it, and its text."""

    target: str
    fields: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    text: str = ""


class PageParser(HTMLParser):
    """A parsed page: elements, ids, links, text by element, form fields, and markup errors."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open_tags: list[str] = []
        self.wrong: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: Counter[str] = Counter()
        self.words: dict[str, list[str]] = {}
        self.labels: list[Label] = []
        self.open_label: Label | None = None
        self.fields: list[dict[str, str]] = []
        self.feed(text)
        self.wrong += self.open_tags

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.elements.append((tag, attributes))
        if tag == "label":
            self.open_label = Label(attributes.get("for", ""))
            self.labels.append(self.open_label)
        if tag in FIELDS and attributes.get("type") not in UNNAMED_TYPES:
            self.fields.append(attributes)
            if self.open_label:
                self.open_label.fields.append(attributes)
        if len({name for name, _ in attrs}) < len(attrs):
            self.wrong.append(f"<{tag}> with an attribute twice")
        if tag not in VOID_ELEMENTS:
            self.open_tags.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag == "label":
            self.open_label = None
        if not self.open_tags or self.open_tags.pop() != tag:
            self.wrong.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self.open_tags and data.strip():
            self.words.setdefault(self.open_tags[-1], []).append(data.strip())
            if self.open_label and self.open_tags[-1] not in ("option", "textarea"):
                self.open_label.text += data.strip()

    def find_all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def unnamed_fields(self) -> list[dict[str, str]]:
        """The form fields that neither a label with a text nor an ARIA attribute names."""
        labelled_ids = {label.target for label in self.labels if label.text}
        ids = {attributes.get("id") for _, attributes in self.elements}
        inside_labels = [attributes for label in self.labels if label.text for attributes in label.fields]
        return [
            attributes
            for attributes in self.fields
            if not attributes.get("aria-label", "").strip()
            and attributes.get("aria-labelledby") not in ids - {None}
            and attributes.get("id") not in labelled_ids - {""}
            and not any(attributes is named for named in inside_labels)
        ]


@cache
def text_of(path: str, language: str) -> str:
    return client().get(path, headers={"Accept-Language": language}).text


@cache
def parse_page(path: str, language: str = "en") -> PageParser:
    return PageParser(text_of(path, language))


def plain_text(text: str) -> str:
    """The text of some HTML, with single spaces."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split()).replace(" ,", ",")


def section(path: str, id: str, **parameters: str) -> str:
    """One section of a page: from its heading to the next one of that level."""
    parts = re.split(r'<h2 id="', page(path, **parameters))
    return next(part for part in parts if part.startswith(f'{id}"'))


def parse_svg(page: Picture, language: str = "en") -> ElementTree.Element:
    return ElementTree.fromstring(svg(page, schema(), language))  # noqa: S314  # made by us just now
