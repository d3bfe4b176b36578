"""The dates in a question: years, months, periods."""

from collections.abc import Sequence

from .lexicon import Phrase, Word

YEARS = range(1900, 2101)
MONTHS = range(1, 13)


def read_month(
    words: Sequence[Word], start: int, phrase: Phrase | None, dates: Sequence[tuple[str, str]]
) -> tuple[int, str] | None:
    """Return a month as `YYYY-MM`, and how many words it has: "12/2025", "December 2025", "tháng 12 năm 2025".

    A month without a year is of the last year that was named before it, if any.
    """
    texts = [word.text for word in words]
    is_number = texts[start].isdecimal() and 1 <= int(texts[start]) <= len(MONTHS)
    if is_number and start + 1 < len(texts) and is_year(texts[start + 1]):
        return 2, f"{texts[start + 1]}-{int(texts[start]):02}"
    month = next((meaning.key for meaning in phrase.meanings if meaning.group == "months"), None) if phrase else None
    if phrase is None or month is None:
        return None
    after = start + len(phrase.words)
    for skipped in (0, 1):  # "of", "năm"
        if after + skipped < len(texts) and is_year(texts[after + skipped]):
            return len(phrase.words) + skipped + 1, f"{texts[after + skipped]}-{month}"
    is_only_month = all(meaning.group in ("months", "ignored") for meaning in phrase.meanings)
    return (len(phrase.words), f"{dates[-1][1][:4]}-{month}") if dates and is_only_month else None


def is_year(text: str) -> bool:
    """Tell whether a text is a year of `YEARS`, in four digits."""
    return len(text) == 4 and text.isdecimal() and int(text) in YEARS


def as_period(dates: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the dates of a question; two without words that say how, the first earlier, are a period.

    A year whose months are named is not meant by itself.
    """
    own = [
        (relation, date)
        for relation, date in dates
        if not any(other.startswith(f"{date}-") for _, other in dates if other != date)
    ]
    if len(own) == 2 and own[0][1] < own[1][1] and own[0][0] in ("", "since") and own[1][0] in ("", "until"):
        return [("since", own[0][1]), ("until", own[1][1])]
    return own
