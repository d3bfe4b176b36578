"""The lexicons and what queries declare under `asks`: the same concepts everywhere, and how phrases are found."""

from itertools import chain

import pytest

from vnkg.graph import resources
from vnkg.graph.ask.lexicon import Meaning, lexicons, read_lexicon, split_words
from vnkg.graph.catalogue.parameters import closed_list
from vnkg.graph.catalogue.query import catalogue
from vnkg.graph.errors import DeclarationError
from vnkg.graph.model.declarations import Declarations
from vnkg.graph.model.schema import schema

LANGUAGES = ("de", "en", "fr", "id", "sv", "vi")
CONCEPTS = {
    language: {
        meaning.key
        for phrases in lexicon.phrases.values()
        for phrase in phrases
        for meaning in phrase.meanings
        if meaning.group == "concepts"
    }
    for language, lexicon in lexicons().items()
}


def meanings(language: str, text: str) -> list[tuple[str, ...]]:
    """The meanings of the phrases of a text, each as `group.key`."""
    words, start, found = split_words(text), 0, []
    while start < len(words):
        phrase = lexicons()[language].find(words, start)
        found += [tuple(f"{item.group}.{item.key}" for item in phrase.meanings)] if phrase else []
        start += len(phrase.words) if phrase else 1
    return found


def test_there_is_a_lexicon_for_each_language() -> None:
    assert tuple(lexicons()) == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_words_for_every_concept(language: str) -> None:
    assert CONCEPTS[language] == CONCEPTS["en"]


def test_every_query_says_what_it_answers_in_concepts_that_exist() -> None:
    types = {f"@{node}" for node in schema().nodes}
    own_lists = {
        name
        for query in catalogue().values()
        for name, item in query.params.items()
        if item.values and not item.values_of
    }
    for query in catalogue().values():
        assert query.needs, query.name
        for concept in (*chain.from_iterable(query.needs), *query.covers):
            is_list = concept in own_lists or closed_list(concept, schema()) is not None
            assert concept in CONCEPTS["en"] | types | {"#number", "#date"} or is_list, (query.name, concept)
        assert query.about in ("", *query.params)


def test_values_of_the_lexicons_exist() -> None:
    own_values = {
        (name, value)
        for query in catalogue().values()
        for name, item in query.params.items()
        if not item.values_of
        for value in item.values
    }
    known_groups = ("concepts", "dates", "months", "ignored")
    used = {m for lex in lexicons().values() for ps in lex.phrases.values() for p in ps for m in p.meanings}
    for group, key in used:
        values = closed_list(group, schema()) or {}
        assert group in known_groups or key in values or (group, key) in own_values, Meaning(group, key)


def test_the_longest_phrase_is_found() -> None:
    assert ("Centre.kind.innovation_centre" in meanings("en", "the innovation centres")[-1]) is True
    assert meanings("en", "start-up funds")[0] == ("Fund.kind.startup_support",)


def test_in_vietnamese_diacritics_decide_if_a_question_has_any() -> None:
    assert meanings("vi", "quỹ")[0][0] == "concepts.Fund"
    assert meanings("vi", "quy")[0][0] == "concepts.Fund"
    assert all("concepts.Fund" not in item for item in meanings("vi", "quý hiếm"))


def test_a_possessive_s_is_no_word() -> None:
    assert [word.text for word in split_words("Hải Phòng's fund, Huế’s plan")] == [
        "Hải",
        "Phòng",
        "fund",
        "Huế",
        "plan",
    ]


def test_a_word_that_yaml_reads_otherwise_is_refused() -> None:
    """An unquoted `off` is false."""
    text = (resources.text("vnkg.graph.ask", "lexicon", "en.yaml")).replace("ignored: [", "ignored: [off, ", 1)
    with pytest.raises(DeclarationError, match=r"graph/ask/lexicon/en\.yaml:\d+: found ignored"):
        read_lexicon("en", Declarations(text, "graph/ask/lexicon/en.yaml"))
