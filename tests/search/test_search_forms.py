"""Spellings people use for names: the forms of `fixtures/search/`, searched in the built-in facts on every engine.

On Neo4j every fourth form is searched: what differs there is only how the names are read.
The expectations were written before anybody looked at the search results.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.support import cli
from vnkg.graph.catalogue.query import catalogue
from vnkg.graph.disk_cache import DiskCache
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.errors import BadParameter
from vnkg.graph.model.merge import merge
from vnkg.graph.model.schema import schema
from vnkg.graph.reader.reader import Graph
from vnkg.graph.resources import parse
from vnkg.graph.search import search as search_module
from vnkg.graph.search.name_index import NameIndex
from vnkg.graph.search.search import SUGGESTION_TYPES, SearchHit
from vnkg.graph.store.load import load
from vnkg.loaders.read import read_facts

FOLDER = Path(__file__).parents[1] / "fixtures" / "search"
TOO_LONG = 10_000
RECALL, SUGGESTION_RATE = 0.98, 0.95


@dataclass(frozen=True)
class Form:
    """A search text with its expected outcome and ids."""

    text: str
    outcome: str
    ids: tuple[str, ...] = ()
    today: str = ""


def read_forms() -> Iterator[Form]:
    for path in sorted(FOLDER.glob("*.yaml")):
        declared: dict[str, Any] = parse(path.read_text(encoding="utf-8"))
        for entity, languages in declared.get("finds", {}).items():
            yield from (Form(text, "finds", (entity,)) for texts in languages.values() for text in texts)
        for entity, given in declared.get("former", {}).items():
            yield from (Form(text, "former", (entity,), given["today"]) for text in given["forms"])
        for group in declared.get("among", ()):
            yield from (Form(text, "among", tuple(group.get("ids", ()))) for text in group["forms"])
        for how in ("near", "words"):
            for entity, texts in declared.get(how, {}).items():
                yield from (Form(text, how, (entity,)) for text in texts)
        for how in ("none", "unanswered", "refused"):
            yield from (Form(text, how) for text in declared.get(how, ()))
    yield Form("x" * TOO_LONG, "refused")
    for entity in merge(read_facts(), schema()).entities:
        if entity.type == "Article" and "url" in entity.attributes:
            yield Form(str(entity.attributes["url"]), "finds", (entity.id,))


FORMS = tuple(read_forms())
Search = Callable[[str], list[SearchHit] | None]
"""Returns what is found for a text, or None if it is refused."""
FOUND_OUTCOMES = ("finds", "former", "among", "words")


@pytest.fixture(scope="module")
def search(engine: Engine) -> Search:
    load(engine, merge(read_facts(), schema()), batch=10_000, replace=True)
    graph = Graph(engine, schema(), catalogue())

    @cache
    def search_once(text: str) -> list[SearchHit] | None:
        try:
            return graph.search(text)
        except BadParameter:
            return None

    return search_once


@pytest.fixture
def forms(engine: Engine) -> tuple[Form, ...]:
    return FORMS[::4] if engine.kind == "neo4j" else FORMS


def error_of(search: Search, form: Form) -> str:
    """Describe what is wrong with the results of a form; empty if they are as expected."""
    hits = search(form.text)
    if hits is None:
        return "" if form.outcome == "refused" else "refused"
    answers = [hit for hit in hits if hit["match_type"] not in SUGGESTION_TYPES]
    first = (answers or hits or [{"id": "nothing", "match_type": "", "matched_text": ""}])[0]
    told = f"{first['match_type']} {first['id']} ({first['matched_text']})"
    ids = [hit["id"] for hit in answers]
    by_words = [hit["id"] for hit in answers if hit["match_type"] == "words"]
    right = {
        "finds": ids[:1] == list(form.ids),
        "former": ids[:2] == [*form.ids, form.today],
        "among": by_words == ids and len(ids) > 1 and set(by_words[: len(form.ids)]) == set(form.ids),
        "words": ids[:1] == list(form.ids) and by_words == ids,
        "near": not answers and first["id"] == form.ids[0] if form.ids else False,
        "none": not hits,
        "unanswered": not answers,
        "refused": False,
    }
    return "" if right[form.outcome] else told


def is_wrongly_answered(search: Search, form: Form) -> bool:
    """True if a form is answered with another entity than expected, other than as a suggestion."""
    answers = [hit for hit in search(form.text) or () if hit["match_type"] not in SUGGESTION_TYPES]
    if not answers:
        return False
    if form.outcome == "among":
        return answers[0]["match_type"] != "words"
    return answers[0]["id"] not in form.ids


def test_there_are_enough_search_forms_and_no_duplicates() -> None:
    texts = [form.text for form in FORMS]
    assert sum(form.outcome in FOUND_OUTCOMES for form in FORMS) >= 320
    assert sum(form.outcome not in FOUND_OUTCOMES for form in FORMS) >= 60
    assert len({text.casefold() for text in texts if text.strip()}) > 0.97 * len(texts)


def test_names_are_found_however_they_are_written(search: Search, forms: tuple[Form, ...]) -> None:
    asked = [form for form in forms if form.outcome in FOUND_OUTCOMES]
    missed = {form.text: found for form in asked if (found := error_of(search, form))}
    recall = 1 - len(missed) / len(asked)
    for text, found in missed.items():
        print(f"{text!r}: {found}")
    assert recall >= RECALL, f"{recall:.3f} of {len(asked)}"


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Lam Dong 2026", ["province:lam-dong"]),
        ("Plan 469-KH/TU published", ["policy:469-kh-tu-dong-nai"]),
        ("Ai là giám đốc", []),
        ("Who heads the DOST of Hai Phong", ["agency:hai-phong-dost", "province:hai-phong"]),
    ],
)
def test_a_further_word_leaves_what_was_named_as_a_suggestion(search: Search, text: str, ids: list[str]) -> None:
    hits = search(text) or ()
    assert [hit["id"] for hit in hits] == ids
    assert all(hit["suggestion"] for hit in hits)


def test_an_index_kept_in_a_file_gives_the_same_results(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forms: tuple[Form, ...]
) -> None:
    monkeypatch.setattr(search_module, "CACHED_FROM", 1)
    first = Graph(cli.graph().engine, schema(), {}, DiskCache(tmp_path))
    first.prepare_name_search()
    assert len(list(tmp_path.glob("names-*.json"))) == 1
    monkeypatch.setattr(NameIndex, "__init__", lambda *_: pytest.fail("the index was built again"))
    second = Graph(cli.graph().engine, schema(), {}, DiskCache(tmp_path))
    texts = [form.text for form in forms if form.outcome != "refused"]
    for text in texts[::3]:
        assert second.search(text) == first.search(text), text
    monkeypatch.setattr(search_module, "_code_digest", lambda: "other")
    with pytest.raises(pytest.fail.Exception, match="built again"):
        Graph(cli.graph().engine, schema(), {}, DiskCache(tmp_path)).prepare_name_search()


def test_missing_names_have_no_answer(search: Search, forms: tuple[Form, ...]) -> None:
    asked = [form for form in forms if form.outcome in ("none", "unanswered", "refused")]
    assert {form.text: found for form in asked if (found := error_of(search, form))} == {}


def test_a_typo_leads_to_a_suggestion(search: Search, forms: tuple[Form, ...]) -> None:
    asked = [form for form in forms if form.outcome == "near"]
    missed = {form.text: found for form in asked if (found := error_of(search, form))}
    assert len(missed) <= (1 - SUGGESTION_RATE) * len(asked), missed


def test_no_search_is_answered_with_a_wrong_entity(search: Search, forms: tuple[Form, ...]) -> None:
    assert [form.text for form in forms if is_wrongly_answered(search, form)] == []
