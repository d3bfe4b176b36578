from vnkg.graph.model.facts import EntityRecord, Name
from vnkg.loaders.name_finder import NameFinder


def entity(slug: str, *names: str) -> EntityRecord:
    return EntityRecord(slug, "Place", names[0], tuple(Name(name, "vi") for name in names))


FINDER = NameFinder(
    [
        entity("province:dong-nai", "Đồng Nai"),
        entity("agency:dost", "Sở Khoa học Đồng Nai"),
        entity("province:hue", "Huế"),
        entity("organisation:hue-museum", "Huế Museum"),
        entity("policy:57", "57-NQ/TW"),
        entity("event:a", "Techfest"),
        entity("event:b", "Techfest"),
    ]
)


def find_mentions(line: str) -> list[tuple[str, str]]:
    return [(name, line[start:end]) for name, start, end in FINDER.find(line)]


def test_names_are_found_in_other_spellings_with_their_span() -> None:
    assert find_mentions("In Dong Nai, ĐỒNG NAI and đồng nai") == [
        ("province:dong-nai", "Dong Nai"),
        ("province:dong-nai", "ĐỒNG NAI"),
    ]


def test_the_longest_name_wins_and_words_are_not_cut() -> None:
    assert find_mentions("Sở Khoa học Đồng Nai") == [("agency:dost", "Sở Khoa học Đồng Nai")]
    assert find_mentions("Hue Museum") == [("organisation:hue-museum", "Hue Museum")]
    assert find_mentions("Huế, Hueber") == [("province:hue", "Huế")]


def test_positions_in_a_decomposed_text_are_preserved() -> None:
    line = "x \u0110o\u0302\u0300ng Nai y"
    assert [line[start:end] for _, start, end in FINDER.find(line)] == ["\u0110o\u0302\u0300ng Nai"]


def test_a_name_that_begins_with_a_small_letter_is_found_by_a_capital_inside() -> None:
    finder = NameFinder([entity("programme:imetos", "iMetos"), entity("province:x", "province de Dong Nai")])
    line = "la province de Dong Nai, iMetos, imetos"
    assert [line[start:end] for _, start, end in finder.find(line)] == ["province de Dong Nai", "iMetos"]


def test_addresses_hold_no_names_and_a_name_of_two_entities_is_left_out() -> None:
    assert find_mentions("https://x.vn/Dong-Nai/57-NQ/TW Techfest") == []
    assert FINDER.ambiguous_names == {"techfest"}


def test_former_and_very_short_names_plain_numbers_and_words_in_small_letters_are_not_sought() -> None:
    finder = NameFinder(
        [
            EntityRecord(
                "place:a", "Place", "Ant", (Name("Ant", "vi"), Name("Old Ant", "vi", "former"), Name("An", "vi"))
            ),
            EntityRecord("policy:b", "Policy", "2025", (Name("2025", "vi"), Name("ba 57", "vi"))),
        ]
    )
    line = "Old Bee, An, 2025, ant, ba 57, Ant, GiantAnt, www.ant.vn/Ant"
    assert finder.find(line) == [("policy:b", 24, 29), ("place:a", 31, 34)]
    assert sorted(finder.names) == ["ant", "ba 57"]


def test_names_after_an_address_have_their_place_in_the_line() -> None:
    line = "see https://x.vn/Hue or www.x.vn/Hue, then Huế"
    assert FINDER.find(line) == [("province:hue", line.index("Huế"), len(line))]


def test_nothing_is_found_without_names() -> None:
    assert NameFinder([]).find("Huế") == []


def test_forms_of_the_article_are_found_in_small_letters_and_other_names_only_with_a_capital_or_digit() -> None:
    forms = (Name("quatre acteurs", "fr", "alias", "article:1"), Name("modèle à quatre", "fr", "alias", "article:2"))
    model = EntityRecord("model:four", "Model", "four houses", (Name("four houses", "en"), *forms))
    line = "quatre acteurs, four houses, modèle à quatre, Four houses, QUATRE ACTEURS, Modèle à quatre"

    def find(article: str | None) -> list[str]:
        return [line[start:end] for _, start, end in NameFinder([model], article).find(line)]

    assert find("article:1") == ["quatre acteurs", "Four houses", "QUATRE ACTEURS"]
    assert find("article:2") == ["modèle à quatre", "Four houses", "Modèle à quatre"]
    assert find("article:3") == ["Four houses"]  # by a common noun, another article may mean another model
    assert find(None) == ["Four houses"]


def test_forms_of_other_articles_are_found_if_they_are_proper_names() -> None:
    forms = (Name("Provinz Aaa", "de", "alias", "article:1"),)
    province = EntityRecord("province:aaa", "Province", "Aaa", (Name("Aaa", "vi"), *forms))
    found = NameFinder([province], "article:2").find("Die Provinz Aaa")
    assert [(start, end) for _, start, end in found] == [(4, 15)]
