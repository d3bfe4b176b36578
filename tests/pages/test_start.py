"""The start page: the flagship answer in a sentence, the tile map, the starting queries, the numbers."""

import html
import re
from typing import Any

import pytest

from tests.support.http import client, client_of, data, graph, page, settings
from tests.support.invented_graph import CASES
from vnkg.api.pages.start import page as start_page
from vnkg.api.pages.start.answers import FEATURED_QUERIES, interpretations
from vnkg.api.service.release import ReleaseCache
from vnkg.graph.catalogue.query import catalogue
from vnkg.graph.model.schema import schema
from vnkg.loaders import read_facts

TODAY = sorted(set(CASES) - {"mmm"})


def plain_text(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html.unescape(text)).split()).replace(" ,", ",").replace(" .", ".")


def answer(language: str = "en") -> str:
    text = page("/", lang=language)
    return plain_text(
        text[text.index('class="answer">') + 15 : text.index('class="text-small text-muted"')].rpartition("<")[0]
    )


def tiles(**parameters: str) -> dict[str, str]:
    """The accessible text of each tile, by province name."""
    found = re.findall(r'<a class="tile [^>]*>.*?</a>', page("/", **parameters), re.DOTALL)
    said = [re.sub(r'<span class="tile-value".*', "", one, flags=re.DOTALL) for one in found]
    return dict(plain_text(one).split(" : ", 1) for one in said)  # pyright: ignore[reportReturnType]


def test_the_flagship_answer_is_a_sentence_in_every_case() -> None:
    assert answer() == (
        "7 do: Aaa, Ddd, Fff, Ggg, Jjj, Kkk and Vvv. "
        "Of those that act on it: Bbb plans one; Ooo is considering one; Www proposes one. "
        "Eee, Iii, Nnn, Sss and Xxx have one – but no article says that they act on the resolution. "
        "Ccc acts on it and has one of another kind; Ppp, Ttt and Uuu act on it, but no fund is named."
    )
    assert "Có 7: Tỉnh Aaa, Tỉnh Ddd, Tỉnh Fff, Tỉnh Ggg, Tỉnh Jjj, Tỉnh Kkk và Tỉnh Vvv." in answer("vi")


def test_the_resolution_is_explained_and_linked() -> None:
    text = page("/")
    card = text[text.index('id="flagship"') : text.index("</section>")]
    assert 'href="/entities/policy:57-nq-tw"' in card
    assert "is the resolution meant here." in plain_text(card)


def test_without_a_fund_the_answer_begins_with_what_is_planned(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = {"with_fund": [], "is_nowhere": True, "prospective": {}, "other_kind": {}, "no_fund": [], "articles": 5}
    bare |= {"interpretations": [], "not_tied": {"plans": [{"id": "province:b", "name": "B"}]}}

    def opening(planning: int, weighing: int) -> str:
        answer = bare | {"planning": planning, "weighing": weighing}
        with monkeypatch.context() as patch, client_of(settings().model_copy(update={"cache": False})) as uncached:
            patch.setattr(start_page, "flagship", lambda _service: answer)
            text = uncached.get("/").text
        return plain_text(text.partition('<p class="answer">')[2].partition("</strong>")[0])

    assert opening(3, 1) == (
        "3 provinces plan a venture capital fund. One more is considering or proposing one. None is stated to have one yet."
    )
    assert opening(1, 0) == "One province plans a venture capital fund. None is stated to have one yet."
    assert opening(0, 2) == (
        "2 provinces are considering or proposing a venture capital fund. None is stated to have one yet."
    )
    assert opening(0, 0) == "No province is stated to have or plan such a fund."


def test_each_interpretation_links_to_its_answers() -> None:
    text = html.unescape(page("/"))
    for given in interpretations(schema()).values():
        result = graph().query("provinces_with_fund", given)
        asked = "&".join(f"{name}={value}" for name, values in given.items() for value in values)
        after = text.partition(f'href="/queries/provinces_with_fund?{asked}"')[2]
        assert f": {len(result['rows'])} answers, {len(result['near_misses'])} near misses" in after[:120]


def test_a_tile_agrees_with_the_matrix() -> None:
    said = tiles()
    assert sorted(said) == [slug.title() for slug in TODAY]
    assert said["Aaa"] == "existing"
    assert said["Bbb"] == "planned"
    assert said["Hhh"] == "disputed"
    assert said["Vvv"] == "existing, planned"
    assert said["Qqq"] == said["Ccc"] == "not stated"
    assert tiles(colour="st_fund")["Ccc"] == "existing"
    assert tiles(colour="innovation_centre")["Fff"] == "planned"


def test_a_tile_links_to_its_province() -> None:
    text = page("/", lang="vi")
    assert re.findall(r'<a class="tile [\w-]+" href="/entities/province:([a-z]+)\?lang=vi"', text) == TODAY


def test_policy_tiles_show_the_kind_of_implementation() -> None:
    said = tiles(colour="resolution_57")
    assert (said["Aaa"], said["Ddd"], said["Eee"]) == ("explicit", "in spirit", "context only")
    assert (said["Sss"], said["Xxx"], said["Iii"]) == ("planned", "disputed", "not stated")


def test_the_number_of_statements_is_that_of_its_query() -> None:
    rows: list[Any] = graph().query("provinces_by_fact_count", {})["rows"]
    counts = {row["province_name"]: row["statement_count"] for row in rows}
    assert counts["Aaa"] > 4
    assert tiles(colour="facts")["Aaa"] == f"{counts['Aaa']} statements"


def test_colours_have_symbols_that_are_explained() -> None:
    text = page("/")
    chip = '<span class="chip status-planned" aria-hidden="true"></span>'
    tile = re.search(r'<a class="tile status-planned".*?</a>', text, re.DOTALL)
    assert tile and chip in tile[0]
    assert f'<span class="tile legend-tile status-planned">{chip}</span> planned' in text
    assert 'aria-current="true">Venture capital fund' in text


@pytest.mark.parametrize("colour", ["", "vc_fund"])
def test_the_default_colouring_is_by_fund(colour: str) -> None:
    assert 'aria-current="true">Venture capital fund' in client().get(f"/?colour={colour}").text


def test_an_unknown_colouring_is_refused_with_the_available_ones() -> None:
    response = client().get("/?colour=blue")
    assert response.status_code == 422
    assert "expected resolution_57 or vc_fund or st_fund or innovation_centre or facts" in html.unescape(response.text)


def test_an_indicator_of_a_single_province_is_not_offered() -> None:
    assert graph().shared_indicators() == []
    assert client().get("/?colour=startups").status_code == 422


def test_there_are_eight_queries_with_their_counts() -> None:
    text = html.unescape(page("/"))
    assert len(FEATURED_QUERIES) == 8
    for one in FEATURED_QUERIES:
        question = catalogue()[one.query].question_en
        after = text.partition(f">{question}</a>")[2][:200]
        if one.page:
            assert "a page of its own" in after
        else:
            result = graph().query(one.query, one.parameters)
            near = rf", {len(result['near_misses'])} near miss(es)?" if result["near_misses"] else ""
            assert re.search(rf"<p>{len(result['rows'])} answers?{near}</p>", after), one.query
    assert f"All {len(catalogue())} questions" in text


def test_the_numbers_are_those_of_the_release() -> None:
    counts: Any = data("/release")
    assert counts["counts"]["origins"] == 2
    for name in ("articles", "origins", "statements", "disagreements"):
        assert f"<b>{counts['counts'][name]:,}</b>" in page("/")
    assert counts["release"] in page("/")
    (numbers,) = re.findall(r'<ul class="numbers">(.*?)</ul>', page("/"), re.DOTALL)
    names = ("articles", "origins", "sentences", "statements", "entities", "edges", "disagreements")
    assert re.findall(r"<b>([\d,]+)</b>", numbers) == [f"{counts['counts'][name]:,}" for name in names]


def test_the_start_page_is_small() -> None:
    assert len(page("/", colour="facts", lang="vi").encode()) <= 100_000


def test_data_cached_for_a_release_is_computed_once_and_dropped_with_it() -> None:
    made: list[int] = []
    once = ReleaseCache(lambda: pytest.fail("the stored release is not read"))

    def make() -> int:
        made.append(len(made))
        return made[-1]

    assert [
        once.get_or_compute("one", "key", make),
        once.get_or_compute("one", "key", make),
        once.get_or_compute("one", "other", make),
    ] == [0, 0, 1]
    assert [
        once.get_or_compute("two", "key", make),
        once.get_or_compute("two", "key", make),
        once.get_or_compute("one", "key", make),
    ] == [2, 2, 3]


def test_the_registry_has_each_indicator_that_is_measured() -> None:
    measured = {statement.indicator for statement in read_facts().statements if statement.indicator}
    assert measured <= set(schema().indicators)
    assert len(measured) > 50
