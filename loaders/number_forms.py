"""Numbers as texts of several languages write them: `1.234,5`, `1 234`, `3,5 Milliarden`, `12/12/2025`, `2nd`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import isclose

_NUMBER = re.compile(r"(?<!\d)(?<!\d[.,’'])(?:\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?!\d)(?:,\d+)?|\d+(?:[.,’']\d+)*)")
_ADDRESS = re.compile(r"\S+://\S+|www\.\S+|\S+@\S+\.\S+")
_TIME = re.compile(r"(?<!\d)\d{1,2}(?::\d{2})+(?!\d)|(?<!\d)\d{1,2}h(?:\d{2})?(?!\w)")
_LIST_MARK = re.compile(r"^\s*(?:\(?\d{1,2}\)|\d{1,2}\.)\s(?=\S)|(?<!\w)\(\d\)")
# Letters before digits make a name of them (CO2), but not in scripts without spaces (年2025).
_NAME_BEFORE = re.compile(r"[^\W\d_\u0e00-\u0eff\u3040-\u9fff\uac00-\ud7af]$|[A-Z]-$")
_NAME_AFTER = re.compile(r"[A-Z](?!\w)")
_VERSION = re.compile(r"\d\.0")
_SQUARE_KILOMETRES = re.compile(r"\s*km(?:²|2)(?!\w)", re.IGNORECASE)
_HECTARES_PER_SQUARE_KILOMETRE = 100.0
_SCALE_WORDS = {
    "thousand|nghìn|ngàn|tausend|tusen|tusind|duizend|mil|mille|ribu|тысячи?|тыс": (1e3,),
    "mio|mln|millions?|millionen|millioner|miljo(?:n|ner|en)|milh(?:ão|ões)|mill(?:ón|ones)|juta|triệu": (1e6,),
    "миллион(?:а|ов)?|млн": (1e6,),
    "bn|mrd|miljard(?:er)?|milliard(?:s|e|en|er)?|miliar|bilh(?:ão|ões)|tỷ|tỉ|миллиард(?:а|ов)?|млрд": (1e9,),
    "billions?": (1e9, 1e12),  # English, or German and French
    "billionen|biljo(?:n|ner|en)|bill(?:ón|ones)|triliun|trilh(?:ão|ões)": (1e12,),
    "trillions?": (1e12, 1e18),
}
_SCALE_SIGNS = {"千": 1e3, "[万萬만]": 1e4, "百万|ล้าน": 1e6, "[億亿억]": 1e8, "[兆조]": 1e12}
_SCALES = (
    *((re.compile(rf"\s*(?:{words})(?!\w)", re.IGNORECASE), factors) for words, factors in _SCALE_WORDS.items()),
    *((re.compile(rf"\s*(?:{signs})"), (factor,)) for signs, factor in _SCALE_SIGNS.items()),
)
_ENGLISH = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_ENGLISH_NUMBERS = {word: float(number) for number, word in enumerate(_ENGLISH)} | {
    "half": 0.5, "once": 1.0, "twice": 2.0, "double": 2.0, "doubled": 2.0, "triple": 3.0, "tripled": 3.0,
    "thrice": 3.0, "first": 1.0, "second": 2.0, "third": 3.0, "fourth": 4.0, "fifth": 5.0, "sixth": 6.0,
    "seventh": 7.0, "eighth": 8.0, "ninth": 9.0, "tenth": 10.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class WrittenNumber:
    """A number in a text: the words that write it, and what they may mean.

    Each item of `readings` is one meaning: the values that must all be known for it. `1.234` is 1234 or 1.234;
    `12.12.2025` is 12, 12 and 2025.
    """

    text: str
    readings: tuple[tuple[float, ...], ...]

    def is_among(self, values: set[float]) -> bool:
        """True if the values of one of its readings are all among `values`."""
        return any(all(_has(values, value) for value in reading) for reading in self.readings)


def find_numbers(text: str) -> Iterator[WrittenNumber]:
    """Yield the numbers of a text, with their scale (`3,5 Milliarden`).

    Left out are digits within a name or word (`CO2`, `5G`, `Industry 4.0`), times of day, addresses of the web, and the
    marks of lists: `1.` at the beginning, `(2)` anywhere.
    """
    for pattern in (_ADDRESS, _TIME, _LIST_MARK):
        text = pattern.sub(lambda match: "\0" * len(match[0]), text)
    for match in _NUMBER.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        if _NAME_BEFORE.search(before) or _NAME_AFTER.match(after) or _VERSION.fullmatch(match[0]):
            continue
        factors, length = _scale_after(after)
        readings = tuple(
            tuple(value * factor for value in reading) for reading in _readings(match[0], after) for factor in factors
        )
        yield WrittenNumber(match[0] + after[:length], readings)


def values_in(text: str) -> set[float]:
    """Return all values that the numbers of one of our own texts may have, also those in English words up to twelve."""
    values = {value for number in find_numbers(text) for reading in number.readings for value in reading}
    return values | {_ENGLISH_NUMBERS[word] for word in re.findall(r"[a-z]+", text.lower()) if word in _ENGLISH_NUMBERS}


def digits_in(text: str) -> set[float]:
    """Return each run of digits of a date, document number, name or id as a value: `2025-12`, `57-NQ/TW`, `4.0`."""
    return {float(digits) for digits in re.findall(r"\d+", text)}


def _has(values: set[float], value: float) -> bool:
    return value in values or any(isclose(value, other, rel_tol=1e-9) for other in values)


def _readings(text: str, suffix: str) -> list[tuple[float, ...]]:
    """Return what digits with separators may mean; see `WrittenNumber`. `suffix` is what follows them."""
    groups = re.split(r"\D", text)
    separators = re.findall(r"\D", text)
    parts = tuple(map(float, groups))
    if not separators:
        return [parts]
    if len(set(separators)) > 1:
        return [(float(f"{''.join(groups[:-1])}.{groups[-1]}"),)]
    is_grouped = len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    readings: list[tuple[float, ...]] = [(float("".join(groups)),)] if is_grouped else []
    if len(groups) == 2 and separators[0] in ".,":
        readings.append((float(".".join(groups)),))
    # A date such as 12.12.2025 or `am 12.12.`, or two numbers side by side.
    is_date = len(groups) == 3 or (suffix.startswith(".") and parts[0] <= 31 and parts[1] <= 12)
    if separators[0].isspace() or (is_date and not is_grouped) or not readings:
        readings.append(parts)
    return readings


def _scale_after(text: str) -> tuple[list[float], int]:
    """Return the factors that the words after a number may mean, and their length: `nghìn tỷ` is 10^12."""
    factors, length = [1.0], 0
    while found := next(((match, more) for scale, more in _SCALES if (match := scale.match(text, length))), None):
        match, more = found
        factors, length = [factor * scale for factor in factors for scale in more], match.end()
    if not length and (match := _SQUARE_KILOMETRES.match(text)):
        return [1.0, _HECTARES_PER_SQUARE_KILOMETRE], match.end()
    return factors, length
