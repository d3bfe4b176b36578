import pytest

from vnkg.loaders.number_forms import digits_in, find_numbers, values_in


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1.234,5 đồng", {1234.5}),
        ("1,234.5 dong", {1234.5}),
        ("1 234 entreprises", {1234}),
        ("1\u00a0234\u202f567,5 kr", {1234567.5}),
        ("4.690 Patente", {4690}),
        ("4,690 patents", {4690}),
        ("1.234.567", {1234567}),
        ("14,3% GRDP", {14.3}),
        ("0.80 %", {0.8}),
        ("512,5 tỷ đồng", {512.5e9}),
        ("5,6 nghìn tỷ đồng", {5.6e12}),
        ("3,5 Milliarden VND", {3.5e9}),
        ("3,5 Mrd. Euro", {3.5e9}),
        ("2 mil millones", {2e9}),
        ("1,6 miliar dolar", {1.6e9}),
        ("4.6 million people", {4.6e6}),
        ("10億ドン", {1e9}),
        ("3千万円", {3e7}),
        ("100億ドン、2025年", {1e10, 2025}),
        ("12/12/2025", {12, 2025}),
        ("am 12.11.2025", {12, 11, 2025}),
        ("bis zum 12.11. offen", {12, 11}),
        ("2025-10-21", {2025, 10, 21}),
        ("Am 21. Oktober 2025", {21, 2025}),
        ("2021–2025", {2021, 2025}),
        ("the 2nd and the 3rd place", {2, 3}),
        ("34/34 provinces", {34}),
        ("57-NQ/TW", {57}),
        ("20ha and 50USD", {20, 50}),
        ("100 km²", {100}),
        ("100 km2", {10000}),
    ],
)
def test_a_number_is_read_as_its_language_writes_it(text: str, values: set[float]) -> None:
    numbers = list(find_numbers(text))
    assert numbers
    assert all(number.is_among(values) for number in numbers)
    for value in values - {10000, 100}:
        assert not all(number.is_among(values - {value}) for number in numbers), value


def test_one_separator_before_three_digits_may_be_either() -> None:
    (number,) = find_numbers("1.234")
    assert number.readings == ((1234.0,), (1.234,))
    (number,) = find_numbers("1.2345")
    assert number.readings == ((1.2345,),)


def test_a_space_before_three_digits_may_part_two_numbers() -> None:
    (number,) = find_numbers("57 100")
    assert number.readings == ((57100.0,), (57.0, 100.0))


def test_a_scale_makes_another_number() -> None:
    (number,) = find_numbers("5 Milliarden")
    assert (number.text, number.is_among({5.0}), number.is_among({5e9})) == ("5 Milliarden", False, True)
    (number,) = find_numbers("a billion: 1 billion")
    assert number.readings == ((1e9,), (1e12,))


@pytest.mark.parametrize(
    "text",
    [
        "CO2, COVID-19, G20, 5G and 3D",
        "Industry 4.0",
        "at 8:30, 14:05:30 and 8h30",
        "https://a.vn/2025/12 and www.b.vn/12 and me23@c45.vn",
        "1. First",
        "(1) first, (2) second",
        "no number",
    ],
)
def test_digits_of_names_times_addresses_and_lists_are_no_numbers(text: str) -> None:
    assert list(find_numbers(text)) == []


def test_our_own_texts_may_write_a_number_in_words() -> None:
    assert values_in("Three centres in 2 towns, twice 1,200") == {3, 2, 1200, 1.2}


def test_digits_of_dates_and_document_numbers_are_values() -> None:
    assert digits_in("../2030-06") == {2030, 6}
    assert digits_in("136/2024/QH15") == {136, 2024, 15}
