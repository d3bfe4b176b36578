"""What a search answers, suggests and leaves out, in one small world of invented names: every result exact."""

import pytest

from tests.support.invented_graph import Builder, load_graph
from vnkg.graph.catalogue.parameters import MAX_TEXT_LENGTH
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.errors import BadParameter, NotFound
from vnkg.graph.model.facts import Name
from vnkg.graph.model.merge import merge
from vnkg.graph.model.release import Release
from vnkg.graph.model.schema import schema
from vnkg.graph.reader.reader import Graph
from vnkg.graph.search import search
from vnkg.graph.search.fuzzy import FuzzyIndex, max_edit_distance

Hits = list[tuple[str, str]]


def _provinces(facts: Builder) -> None:
    """Two provinces whose names are each other's reverse without marks; a former one."""
    names = (Name("Hoa Lâm", "vi"), Name("Hoa Lam Province", "en"))
    facts.entity("province:hoa-lam", "Province", "Hoa Lâm", *names, kind="province")
    facts.entity("province:lam-hoa", "Province", "Lam Hoa", kind="city")
    facts.entity("province:old", "Province", "Bến Cũ", kind="province", abolished_on="2025-07-01")
    facts.relate("province:old", "MERGED_INTO", "province:hoa-lam", "existing", qualifiers={"date": "2025-07-01"})


def _bodies(facts: Builder) -> None:
    """Departments, of which one is also called by what all of them are; clubs whose names share words."""
    for slug, place in (("hoa-lam", "Hoa Lâm"), ("lam-hoa", "Lam Hoa")):
        name = f"Department of Inventions of {place}"
        more = (Name("Department of Inventions", "en", "alias"),) if slug == "hoa-lam" else ()
        facts.entity(f"agency:{slug}", "Agency", name, Name(name, "en"), *more, kind="department")
    for slug, kind, name in (
        ("inventions", "company", "Department of Inventions and Kites"), ("lanterns", "club", "Lantern Club"),
        ("circle", "club", "Orchid Reading Circle"), ("orchid", "club", "Orchid Reading"),
        ("readers", "club", "Reading Circle of Hoa Lâm"),
    ):  # fmt: skip
        facts.entity(f"organisation:{slug}", "Organisation", name, Name(name, "en"), kind=kind)
    facts.entity("agency:harbour", "Agency", "Harbour Agency", Name("Harbour Agency", "en"), kind="unit")
    facts.entity("fund:orchid", "Fund", "Orchid Fund", Name("Orchid Fund", "en"), kind="other")


def _people_and_documents(facts: Builder) -> None:
    son = facts.entity("person:son", "Person", "Kiều Minh Sơn", diacritics="article")
    nam = facts.entity("person:nam", "Person", "Đặng Nam", diacritics="article")
    for person, body, status, title in (
        (son, "agency:harbour", "existing", "Director"),
        (son, "organisation:lanterns", "planned", "Secretary"),
        (nam, "organisation:lanterns", "past", "Chairman"),
    ):
        facts.relate(person, "HOLDS_ROLE", body, status, qualifiers={"title": title, "head": True})
    numbers = (Name("12/KH-ABC", "vi", "number"), Name("Plan 12/KH-ABC", "en"))
    facts.entity("policy:12", "Policy", "Plan 12/KH-ABC", *numbers, kind="plan", number="12/KH-ABC")
    facts.relate("agency:hoa-lam", "ISSUED", "policy:12", "existing")
    facts.relate("agency:harbour", "ISSUED", "policy:12", "existing")


@pytest.fixture(scope="module")
def release() -> Release:
    built = Builder()
    built.article("i00", "2025-10-19", title="Quiet rivers bring paper lanterns")
    _provinces(built)
    _bodies(built)
    _people_and_documents(built)
    return merge(built.facts(), schema())


@pytest.fixture
def graph(engine: Engine, release: Release) -> Graph:
    return load_graph(engine, release)


def assert_results(graph: Graph, results: dict[str, Hits], **options: object) -> None:
    """Compare the ids and match types of all results of several searches."""
    found = {q: [(hit["id"], hit["match_type"]) for hit in graph.search(q, **options)] for q in results}
    assert found == results


def test_a_person_is_not_found_by_a_wrong_word_order(graph: Graph) -> None:
    variant, words = [("person:son", "variant")], [("person:son", "words")]
    assert_results(
        graph,
        {
            "Kieu Minh Son": [("person:son", "name")], "Minh Son Kieu": variant, "Son Kieu Minh": variant,
            "Kieu Son": words, "Son Minh": words, "Nam Dang": [("person:nam", "variant")],
            "Son Minh Kieu": [], "Kieu Son Minh": [], "Minh Kieu Son": [],
        },
    )  # fmt: skip


def test_a_person_is_found_by_an_office_that_is_not_past(graph: Graph) -> None:
    assert_results(
        graph,
        {
            "Director of the Harbour Agency": [("person:son", "office")],
            "Secretary of the Lantern Club": [("person:son", "office")],
            "Chairman of the Lantern Club": [("organisation:lanterns", "partial")],
            "Director": [("person:son", "office")],
            "Mr Director of the Harbour Agency": [("person:son", "office")],
            "Director of the Harbour Agency and Secretary": [("person:son", "office")],
            "Director of the Lantern Club": [("organisation:lanterns", "partial")],
            "Secretary of the Harbour Agency": [("agency:harbour", "partial")],
            "Director Orchid": [],
        },
    )
    assert_results(graph, {"Director of the Harbour Agency": []}, type="Fund")


def test_marks_that_contradict_a_name_make_a_suggestion_of_it(graph: Graph) -> None:
    province, person = [("province:hoa-lam", "fuzzy")], [("person:son", "fuzzy")]
    readers = ("organisation:readers", "words")
    assert_results(
        graph,
        {
            "Hoa Lám": province, "Hoa Lám Province": province, "Hóa Lâm": province, "Hòa Lam": province,
            "Hoa Lam": [("province:hoa-lam", "name"), readers, ("agency:hoa-lam", "words")],
            "HOA LÂM": [("province:hoa-lam", "name"), readers, ("agency:hoa-lam", "words")],
            "Kiều Mình Sơn": person, "Kiều Minh Son": [("person:son", "name")],
            "Reading Circle Hoa Lâm": [("organisation:readers", "variant")],
            "Reading Circle Hóa Lâm": [("organisation:readers", "fuzzy")],
        },
    )  # fmt: skip
    assert_results(graph, {"Hoa Lám": [], "12/KH-ABC": [("policy:12", "number")]}, exact=True)


def test_a_name_that_fits_several_bodies_finds_all_of_them(graph: Graph) -> None:
    words = [("agency:hoa-lam", "words"), ("organisation:inventions", "words"), ("agency:lam-hoa", "words")]
    assert_results(
        graph,
        {
            "Department of Inventions": words,
            "Inventions Department": words,
            "Department of Inventions of Hoa Lam": [("agency:hoa-lam", "name")],
            "Department of Invention of Hoa Lam": [("agency:hoa-lam", "variant")],
            "Hoa Lam Inventions": [("agency:hoa-lam", "words")],
        },
    )
    assert_results(graph, {"Department of Inventions": [("agency:hoa-lam", "name")]}, exact=True)


def test_a_document_is_found_by_its_number_with_any_of_its_issuers(graph: Graph) -> None:
    number = [("policy:12", "number")]
    assert_results(
        graph,
        {
            "Plan 12": number, "Plan 12 of the Harbour Agency": number, "Harbour 12": number, "Plan 12 Hoa Lam": number,
            "Plan 12 of the Lantern Club": [("organisation:lanterns", "partial")], "Plan 13": [], "orchid 12": [],
            "Plan 12 Lam Hoa": [("policy:12", "partial"), ("province:lam-hoa", "partial")],
            "Plan": [("policy:12", "prefix")], "Plan of the Harbour Agency": [("policy:12", "words")],
        },
    )  # fmt: skip
    assert_results(graph, {"Plan 12": [], "12/KH-ABC": [], "Plan": []}, type="Agency")


def test_whole_words_come_before_longer_names_and_then_prefixes(graph: Graph) -> None:
    orchid, circle = "organisation:orchid", "organisation:circle"
    assert_results(
        graph,
        {
            "Orchid": [("fund:orchid", "words"), (orchid, "words"), (circle, "words")],
            "Orchid Reading": [(orchid, "name"), (circle, "words")],
            "Reading Orchid": [(orchid, "variant"), (circle, "words")],
            "circle reading": [(circle, "words"), ("organisation:readers", "words")],
            "Orchid Read": [(orchid, "prefix"), (circle, "prefix")],
            "kieu min": [("person:son", "prefix")],
            "quiet lanterns": [("article:i00", "words")],
            "https://example.org/i00": [("article:i00", "words")],
            "Lantern": [("organisation:lanterns", "words"), ("article:i00", "words")],
            "quiet mountains": [], "rivers club": [], "orchid agency": [], "Plan 1": [],
        },
    )  # fmt: skip


def test_misspelt_and_additional_words_lead_to_suggestions(graph: Graph) -> None:
    orchid, circle = "organisation:orchid", "organisation:circle"
    assert_results(
        graph,
        {
            "Orchidd Reading": [(orchid, "fuzzy")], "Orchid Readng Circl": [(circle, "fuzzy")],
            "Harbour Agncy": [("agency:harbour", "fuzzy")], "lantern clubb": [("organisation:lanterns", "fuzzy")],
            "Quiett rivers": [("article:i00", "fuzzy")], "xyz reading": [],
            "orchid reading mountain": [(orchid, "partial"), (circle, "partial")],
            "orchid circle mountain": [(circle, "partial")], "orchid reading mountain river": [(orchid, "partial")],
            "orchid mountain": [], "Orchid Reading Circle 12": [(circle, "partial"), (orchid, "partial")],
            "lanternclubhouse": [("organisation:lanterns", "partial"), ("article:i00", "partial")],
            "lanternhouse club": [("organisation:lanterns", "partial")],
            "Reading Circle of Lam Hoa": [(circle, "partial"), ("organisation:readers", "partial"), ("province:lam-hoa", "partial")],
        },
    )  # fmt: skip
    other_type = (
        "Orchidd Reading",
        "Orchid Read",
        "orchid reading mountain",
        "lanternclubhouse",
        "Quiett rivers",
        "Reading Orchid",
    )
    assert_results(graph, {q: [] for q in other_type}, type="Province")


def test_a_successor_is_added_to_an_answer_and_not_to_a_suggestion(graph: Graph) -> None:
    both = [("province:old", "name"), ("province:hoa-lam", "successor")]
    assert_results(graph, {"Ben Cu": both, "Tỉnh Bến Cũ": both, "Ben Cuu": [("province:old", "fuzzy")]})
    assert_results(graph, {"Ben Cu": both[:1]}, limit=1)
    assert_results(graph, {"Ben Cu": []}, type="Agency")


def test_a_result_shows_the_name_nearest_to_the_text(graph: Graph) -> None:
    texts = {"Hoa Lam Province": "Hoa Lam Province", "hoa lâm": "Hoa Lâm", "Reading Orchid": "Orchid Reading"}
    assert {q: graph.search(q)[0]["matched_text"] for q in texts} == texts


def test_the_limit_and_the_length_of_a_text_are_accepted_up_to_their_maximum(graph: Graph) -> None:
    assert graph.search("lam", limit=search.MAX_RESULTS)[:2] == graph.search("lam", limit=2)
    assert len(graph.search("lam", limit=2)) == 2
    with pytest.raises(BadParameter, match="limit: found 0"):
        graph.search("lam", limit=0)
    longest = "kites " * (MAX_TEXT_LENGTH // 6)
    assert len(graph.search(longest.ljust(MAX_TEXT_LENGTH, "s"))) <= 1
    with pytest.raises(BadParameter, match="q: found"):
        graph.search("x" * (MAX_TEXT_LENGTH + 1))


def test_an_unknown_id_suggests_what_is_named_so_before_similar_ids(graph: Graph) -> None:
    for unknown_id, nearest in {
        "province:hoa-lan": ["province:hoa-lam"],
        "organisation:orchid-reading": ["organisation:orchid"],
        "organisation:orchid-fund": ["fund:orchid", "organisation:orchid"],
    }.items():
        with pytest.raises(NotFound) as refused:
            graph.entity(unknown_id)
        assert list(refused.value.suggestions)[: len(nearest)] == nearest
        assert len(set(refused.value.suggestions)) == len(refused.value.suggestions) <= 3


@pytest.mark.parametrize(("length", "edits"), [(3, 0), (4, 1), (8, 1), (9, 2), (14, 2), (15, 3), (40, 3)])
def test_longer_words_may_have_more_mistakes(length: int, edits: int) -> None:
    word = "abcdefghijklmnopqrstuvwxyzabcdefghijklmn"[:length]
    assert max_edit_distance(length) == edits
    for wrong in (word + "z" * edits, word[edits:], "z" * edits + word[edits:]):
        assert FuzzyIndex([wrong]).find(word) == ([wrong] if edits else [])
    for wrong in (word + "z" * (edits + 1), word[edits + 1 :]):
        assert FuzzyIndex([wrong]).find(word) == []


def test_of_similar_words_all_the_nearest_are_found_and_numbers_must_be_equal() -> None:
    index = FuzzyIndex(["lantern", "lanterns", "lanten", "lantren", "cantern", "lantern2"])
    assert index.find("lantern") == ["lantern"]
    assert index.find("lanternx") == ["lantern", "lanterns"]
    assert index.find("lntern") == ["lantern"]
    assert index.find("lantern3") == []
