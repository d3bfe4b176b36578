import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vnkg.graph.model.folding import document_key, fold, folded_words, name_key


@pytest.mark.parametrize(
    ("spelling", "other_spelling"),
    [
        ("Đồng Nai", "Dong Nai"),
        ("Tỉnh Đồng Nai", "DONG NAI PROVINCE"),
        ("Thành phố Hồ Chí Minh", "Ho Chi Minh City"),
        ("Ho-Chi-Minh-Stadt", "Hô Chi Minh-Ville"),
        ("Kota Ho Chi Minh", "Ho Chi Minh-staden"),
        ("Khánh Hòa", "Khánh Hoà"),
        ("TP. Hồ Chí Minh", "Ho Chi Minh City"),
        ("Vietnam+", "Vietnam Plus"),
        ("57-NQ/TW", "57/NQ-TW"),
        ("1919/QĐ-UBND", "1919/QD-UBND"),
    ],
)
def test_spellings_of_one_name_have_one_key(spelling: str, other_spelling: str) -> None:
    assert name_key(spelling) == name_key(other_spelling) != ""


@pytest.mark.parametrize(
    ("text", "folded_text"),
    [
        ("  Bắc \t  Ðồng\u00a0 ", "bac dong"),
        ("Łódź", "lodz"),
        ("Ølby", "olby"),
        ("Straße", "strasse"),
        ("Næs", "naes"),
        ("Iğdır", "igdir"),
        ("Ofﬁce", "office"),
        ("Cà Mau", "ca mau"),
    ],
)
def test_folding_leaves_plain_small_letters(text: str, folded_text: str) -> None:
    assert fold(text) == folded_text


def test_words_are_split_at_signs_and_a_plus_is_a_word() -> None:
    assert folded_words("Lab_2: A+B, «Đà-Lạt»/(x)…") == ["lab", "2", "a", "plus", "b", "da", "lat", "x"]
    assert folded_words(" – ") == []


@pytest.mark.parametrize(
    "text",
    [
        "Thành phố An Tân", "Tỉnh An Tân", "TP An Tân", "City of An Tân", "Province of An Tân", "The City of An Tân",
        "La province de An Tân", "Province de An Tân", "Ville de An Tân", "Die Stadt An Tân",
        "Stadt An Tân", "Die Provinz An Tân", "Provinz An Tân", "Kota An Tân", "Provinsi An Tân", "Cidade de An Tân",
        "Provinsen An Tân", "Staden An Tân", "An Tân City", "An Tân Province", "An-Tân-Stadt", "An Tân Provinz",
        "An Tân-Ville", "An Tân-staden", "An Tân stad", "An Tân-provinsen", "An Tân provins", "Tỉnh An Tân province",
    ],
)  # fmt: skip
def test_the_words_for_city_and_province_in_each_language_are_left_out(text: str) -> None:
    assert name_key(text) == "antan"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Thành phố Tĩnh An", "tinhan"),
        ("An Province City", "anprovince"),
        ("Kotabaru", "kotabaru"),
        ("Antinh", "antinh"),
        ("Deville", "deville"),
    ],
)
def test_only_one_whole_word_is_left_out_on_each_side(text: str, key: str) -> None:
    assert name_key(text) == key


def test_a_province_that_ends_like_the_word_for_province_keeps_its_name() -> None:
    assert name_key("Hà Tĩnh") == "hatinh"
    assert name_key("Tỉnh Hà Tĩnh") == "hatinh"


def test_a_name_that_is_only_a_word_for_city_keeps_it() -> None:
    assert name_key("City") == "city"


@pytest.mark.parametrize("text", ["Resolution 57-NQ/TW", "Resolusi No. 57/NQ-TW của Bộ Chính trị", "57-NQ/TW"])
def test_a_document_number_is_found_in_a_text(text: str) -> None:
    assert document_key(text) == "57nqtw"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("226/2025/QH15", "2262025qh15"),
        ("264/2025/NĐ-CP", "2642025ndcp"),
        ("Decision 1919/QĐ-UBND, then 57-NQ/TW", "1919qdubnd"),
        ("no. 57 - NQ / TW.", "57nqtw"),
        ("12345/BC", "12345bc"),
    ],
)
def test_a_document_number_keeps_its_year_and_all_of_its_parts(text: str, number: str) -> None:
    assert document_key(text) == number


@pytest.mark.parametrize(
    "text", ["", "Resolution 57", "Đồng Nai", "12/12/2025", "A57-NQ/TW", "1/57-NQ/TW", "3-dimensionally"]
)
def test_an_incomplete_document_number_is_not_recognised(text: str) -> None:
    assert document_key(text) is None


@given(st.text(max_size=60))
@example("Ǽ")
@example("ǿ")
def test_folding_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert " ".join(folded_words(text)) == " ".join(folded_words(fold(text)))
