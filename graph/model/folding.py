"""Folds names for comparison: case and diacritics, keys of equal names, numbers of Vietnamese documents."""

import re
import unicodedata

_LETTERS_WITHOUT_DECOMPOSITION = str.maketrans(
    {"đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "ł": "l", "ø": "o", "ı": "i", "ß": "ss", "æ": "ae"}
)
# Words for "city" and "province" before and after a name, folded. "tinh" only as a prefix: "Hà Tĩnh" ends with it.
_PLACE_PREFIXES = (
    "thanh pho", "tinh", "tp", "city of", "province of", "the city of", "la province de", "province de", "ville de",
    "die stadt", "stadt", "die provinz", "provinz", "kota", "provinsi", "cidade de", "provinsen", "staden",
)  # fmt: skip
_PLACE_SUFFIXES = ("city", "province", "stadt", "provinz", "ville", "staden", "stad", "provinsen", "provins")
_DOCUMENT_NUMBER = re.compile(
    r"(?<![\w/-])(\d{1,5})\s?[/-]\s?((?:\d{4}\s?[/-]\s?)?(?:[a-z]{1,8}\s?[/-]\s?)?[a-z]{1,9}\d{0,2})(?![\w])"
)


def fold(text: str) -> str:
    """Return a text casefolded, without diacritics and repeated spaces: `Đồng Nai` and `DONG  NAI` give `dong nai`."""
    lowercase = unicodedata.normalize("NFC", text).casefold()
    without_marks = "".join(char for char in unicodedata.normalize("NFD", lowercase) if not unicodedata.combining(char))
    return " ".join(without_marks.translate(_LETTERS_WITHOUT_DECOMPOSITION).split())


def folded_words(text: str) -> list[str]:
    """Return the folded words of a text, split at everything but letters and digits; `+` becomes the word `plus`."""
    return re.findall(r"[^\W_]+", fold(text).replace("+", " plus "))


def name_key(text: str) -> str:
    """Return a key shared by all spellings of a name: folded, without "city" or "province", spaces and signs.

    >>> name_key("Tỉnh Đồng Nai") == name_key("Dong Nai province") == "dongnai"
    True
    >>> name_key("57/NQ-TW") == name_key("57-NQ/TW")
    True
    """
    folded_text = " ".join(folded_words(text))
    for word in _PLACE_PREFIXES:
        if folded_text.startswith(word + " "):
            folded_text = folded_text[len(word) + 1 :]
            break
    for word in _PLACE_SUFFIXES:
        if folded_text.endswith(" " + word):
            folded_text = folded_text[: -len(word) - 1]
            break
    return folded_text.replace(" ", "")


def document_number(text: str) -> str | None:
    """Return the first complete document number in a text, folded, or None: `Plan 469-KH/TU` gives `469-kh/tu`."""
    match = _DOCUMENT_NUMBER.search(fold(text))
    return match.group(0) if match else None


def document_key(text: str) -> str | None:
    """Return the key of the first complete document number in a text, or None.

    Hyphens and slashes are interchangeable because translations mix them up: `57-NQ/TW` and `57/NQ-TW` give one key.
    """
    number = document_number(text)
    return name_key(number) if number else None
