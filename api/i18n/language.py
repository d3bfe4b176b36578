"""Language negotiation, and formatting of dates and numbers."""

from collections.abc import Mapping

from ...graph.date_format import format_date, format_due
from ...graph.errors import BadParameter

__all__ = [
    "LANGUAGES", "LOCALES", "MAX_HEADER_LENGTH", "capitalize", "format_date", "format_due", "format_number",
    "format_short_number", "negotiate", "request_language",
]  # fmt: skip

LANGUAGES = {"en": "English", "vi": "Tiếng Việt"}
"""Languages of the interface with their own names."""
LOCALES = {"en": "en_GB", "vi": "vi_VN"}
"""Locales of the languages for Open Graph tags (`og:locale`)."""
_FALLBACK = "en"
MAX_HEADER_LENGTH = 200
"""Maximum number of characters read of an Accept-Language header."""
_BILLION, _MILLION = {"en": "bn", "vi": "tỷ"}, {"en": "m", "vi": "tr"}


def capitalize(text: str) -> str:
    """Return a text with its first letter in upper case; the others stay as they are.

    >>> capitalize("đang thực hiện")
    'Đang thực hiện'
    """
    return text[:1].upper() + text[1:]


def negotiate(accept: str) -> str:
    """Return the language of the interface that an Accept-Language header prefers, else English.

    >>> negotiate("vi-VN,vi;q=0.9,en;q=0.8"), negotiate("sv, en;q=0.5"), negotiate("")
    ('vi', 'en', 'en')
    """
    best, best_quality = _FALLBACK, 0.0
    for part in accept[:MAX_HEADER_LENGTH].split(","):
        tag, _, quality = part.partition(";")
        language = tag.strip().lower().partition("-")[0]
        try:
            parsed_quality = float(quality.partition("=")[2]) if quality.strip() else 1.0
        except ValueError:
            parsed_quality = 0.0
        if language in LANGUAGES and parsed_quality > best_quality:
            best, best_quality = language, parsed_quality
    return best


def request_language(parameters: Mapping[str, str], accept: str) -> str:
    """Return the language of a request: the parameter `lang`, else Accept-Language, else English.

    Raises `BadParameter` for an unknown `lang`.
    """
    return validate_language(parameters.get("lang")) or negotiate(accept)


def validate_language(language: str | None) -> str | None:
    """Return a language of the interface, or None for None; raise `BadParameter` for any other."""
    if language is not None and language not in LANGUAGES:
        raise BadParameter(f"lang: found {language[:40]!r}; expected {' or '.join(LANGUAGES)}")
    return language


def format_number(value: float, language: str) -> str:
    """Format a number with the language's thousands and decimal separators.

    >>> format_number(14002598, "en"), format_number(15.02, "vi"), format_number(4690, "vi")
    ('14,002,598', '15,02', '4.690')
    """
    text = f"{value:,}"
    return text.translate(str.maketrans(",.", ".,")) if language == "vi" else text


def format_short_number(value: float, language: str) -> str:
    """Format a number briefly: large ones in millions (m, tr) or billions (bn, tỷ), to one decimal.

    >>> format_short_number(63_000_000_000, "vi"), format_short_number(4_600_000, "en")
    ('63 tỷ', '4.6 m')
    >>> format_short_number(140, "en")
    '140'
    """
    for size, unit in ((1_000_000_000, _BILLION), (1_000_000, _MILLION)):
        if abs(value) >= size:
            return f"{format_number(_drop_zero_fraction(round(value / size, 1)), language)} {unit[language]}"
    return format_number(_drop_zero_fraction(value), language)


def _drop_zero_fraction(value: float) -> float:
    return int(value) if value == int(value) else value
