import pytest
from hypothesis import given
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


def test_a_province_that_ends_like_the_word_for_province_keeps_its_name() -> None:
    assert name_key("Hà Tĩnh") == "hatinh"
    assert name_key("Tỉnh Hà Tĩnh") == "hatinh"


def test_a_name_that_is_only_a_word_for_city_keeps_it() -> None:
    assert name_key("City") == "city"


@pytest.mark.parametrize("text", ["Resolution 57-NQ/TW", "Resolusi No. 57/NQ-TW của Bộ Chính trị", "57-NQ/TW"])
def test_a_document_number_is_found_in_a_text(text: str) -> None:
    assert document_key(text) == "57nqtw"


@pytest.mark.parametrize(("text", "number"), [("226/2025/QH15", "2262025qh15"), ("264/2025/NĐ-CP", "2642025ndcp")])
def test_numbers_with_a_year_keep_it(text: str, number: str) -> None:
    assert document_key(text) == number


@pytest.mark.parametrize("text", ["", "Resolution 57", "Đồng Nai", "12/12/2025"])
def test_an_incomplete_document_number_is_not_recognised(text: str) -> None:
    assert document_key(text) is None


@given(st.text(max_size=60))
def test_folding_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert " ".join(folded_words(text)) == " ".join(folded_words(fold(text)))
