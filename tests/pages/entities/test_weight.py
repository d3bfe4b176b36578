"""Entity pages of the built-in facts are small enough for a phone: those with most statements, and some of the others.

The texts are invented: as long as the real ones, with the bytes of Vietnamese, and no passage matches.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.support import cli
from tests.support.requirements import is_torture
from vnkg.api.app import create_app
from vnkg.api.i18n.words import Words
from vnkg.api.pages.entities import page as pages_entity
from vnkg.api.pages.entities import view as entity_page
from vnkg.api.pages.entities.view import EntityData
from vnkg.graph.model.merge import merge
from vnkg.graph.model.schema import schema
from vnkg.graph.settings import Settings
from vnkg.loaders import read_facts

MAX_BYTES = 64_000
"""Maximum size of a page without its picture, in bytes."""
OTHERS_STEP = 1 if is_torture() else 24
"""Of the entities with fewer statements, each of this number is asked for."""
WORDS = "Tỉnh đổi mới "


@pytest.fixture(scope="module")
def invented_texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Texts of the articles that contain every passage's span, with other words."""
    longest: dict[str, dict[int, int]] = {}
    for sentence in read_facts().sentences:
        lines = longest.setdefault(sentence.passage.article, {})
        lines[sentence.passage.line] = max(lines.get(sentence.passage.line, 0), sentence.passage.end)
    folder = tmp_path_factory.mktemp("texts")
    for article, lines in longest.items():
        text = [(WORDS * 200)[: lines.get(number, 0)] for number in range(1, max(lines) + 1)]
        folder.joinpath(f"{article.partition(':')[2]}_invented.txt").write_text("\n".join(text), encoding="utf-8")
    return folder


@contextmanager
def client(texts: Path | None) -> Iterator[TestClient]:
    """A client of the built-in facts, with or without texts."""
    with TestClient(create_app(Settings(data=cli.data_folder(), articles=texts), cli.graph())) as opened:
        yield opened


@pytest.fixture(scope="module")
def client_with_texts(invented_texts: Path) -> Iterator[TestClient]:
    """A client with the invented texts."""
    with client(invented_texts) as opened:
        yield opened


@cache
def statement_ids(entity: str) -> set[str]:
    """Return the ids of an entity's statements."""
    return {said["id"] for said in cli.graph().statements(entity, limit=1000)}


def page_weight(site: TestClient, entity: str, language: str) -> int:
    """The bytes of an entity's page without its picture; asserts that the page leads to each of its statements."""
    response = site.get(f"/entities/{entity}", params={"lang": language})  # the longest form of its links
    assert response.status_code == 200, entity
    assert statement_ids(entity) <= set(re.findall(r'/statements/([^"?]+)', response.text)), entity
    return len(re.sub(r"<svg.*?</svg>", "", response.text, flags=re.DOTALL).encode())


def test_entity_pages_are_small_and_complete(client_with_texts: TestClient) -> None:
    release = merge(read_facts(), schema())
    uses = Counter(id for said in release.statements for id in {said.subject, said.object, said.speaker, *said.about})
    entities = sorted((entity.id for entity in release.entities), key=uses.__getitem__, reverse=True)
    english = {
        entity: page_weight(client_with_texts, entity, "en") for entity in entities[:20] + entities[20::OTHERS_STEP]
    }
    vietnamese = {entity: page_weight(client_with_texts, entity, "vi") for entity in entities[:5]}
    assert {entity: weight for entity, weight in english.items() if weight > MAX_BYTES} == {}
    assert {entity: weight for entity, weight in vietnamese.items() if weight > MAX_BYTES} == {}


def test_passages_are_inline_within_the_budget(client_with_texts: TestClient) -> None:
    text = client_with_texts.get("/entities/province:dong-nai").text
    assert text.count('<details class="evidence evidence-summary">') >= 15
    assert text.count("<blockquote") > 12
    assert Words("en")("unverified") in text


def test_without_texts_glosses_are_shown() -> None:
    with client(None) as bare:
        text = bare.get("/entities/province:dong-nai").text
    assert text.count('<details class="evidence evidence-summary">') > 30
    assert "<blockquote" not in text
    assert len(re.sub(r"<svg.*?</svg>", "", text, flags=re.DOTALL).encode()) <= MAX_BYTES


def many_times(entity_data: EntityData, times: int) -> EntityData:
    """The same entity with all its edges and statements multiplied, each copy with another counterpart."""
    edges, statements = list[dict[str, Any]](), dict[str, dict[str, Any]]()
    for turn in range(times):
        for edge in entity_data.entity["edges"]:
            other = edge["neighbour"] | {
                "id": f"{edge['neighbour']['id']}-{turn}",
                "name": f"{edge['neighbour']['name']} {turn}",
            }
            edges.append(edge | {"neighbour": other, "statements": [f"{key}-{turn}" for key in edge["statements"]]})
        for key, said in entity_data.statements.items():
            again = {"id": f"{key}-{turn}", "gloss": f"{said['gloss']} {turn}"}
            again |= {"value": turn} if "value" in said else {}
            statements[again["id"]] = dict(said) | again
    mentions = [{"article": f"article:m{turn}", "lines": list(range(100))} for turn in range(times)]
    names = [name | {"text": f"{name['text']} {turn}"} for name in entity_data.entity["names"] for turn in range(times)]
    doubts = [
        dict(item) | {"id": f"{item['id']}-{turn}"} for item in entity_data.disagreements for turn in range(times)
    ]
    entity = dict(entity_data.entity) | {"edges": edges, "mentions": mentions, "names": names}
    return replace(
        entity_data,
        entity=entity,
        statements=statements,
        disagreements=doubts,
        dated_rows=entity_data.dated_rows * times,
    )


@pytest.mark.parametrize("id", ["province:dong-nai", "policy:57-nq-tw", "organisation:marvell"])
def test_an_entity_with_thousands_of_lines_has_a_small_page_that_links_to_all(
    invented_texts: Path, monkeypatch: pytest.MonkeyPatch, id: str
) -> None:
    monkeypatch.setattr(
        pages_entity,
        "load_entity",
        lambda service, id, language: many_times(entity_page.load_entity(service, id, language), 200),
    )
    with client(invented_texts) as asked:  # its own, as others have asked for this page before
        text = asked.get(f"/entities/{id}").text
        assert len(re.sub(r"<svg.*?</svg>", "", text, flags=re.DOTALL).encode()) <= MAX_BYTES
        assert '<details class="evidence evidence-summary">' in text
        left = re.findall(r"<p>([\d,]+) more are not listed here. <a href=\"([^\"]+)\"", text)
        assert len(left) >= len(re.findall("<h3>", text))
        for _, address in left:
            assert asked.get(html.unescape(address)).status_code == 200


def test_a_province_no_article_mentions_says_so(client_with_texts: TestClient) -> None:
    assert Words("en")("entity_nobody_speaks") in client_with_texts.get("/entities/province:binh-duong").text
