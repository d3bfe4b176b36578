"""Languages of labels and interface: which one a request asks for, and how dates and numbers are written in it."""

from collections.abc import Mapping

from ...graph.errors import BadParameter

LANGUAGES = {"en": "English", "vi": "Tiếng Việt"}
"""Languages of the interface with their own names; the first is the fallback."""
LOCALES = {"en": "en_GB", "vi": "vi_VN"}
"""The same as networks want them for shared links."""
_FALLBACK = "en"
LONGEST_READ = 200
"""Characters of an Accept-Language header that are read."""
_BILLION, _MILLION = {"en": "bn", "vi": "tỷ"}, {"en": "m", "vi": "tr"}
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def capital(text: str) -> str:
    """Return a text with its first letter large, as a heading begins.

    >>> capital("đang thực hiện")
    'Đang thực hiện'
    """
    return text[:1].upper() + text[1:]


def negotiate(accept: str) -> str:
    """Return the language an Accept-Language header prefers among ours.

    >>> negotiate("vi-VN,vi;q=0.9,en;q=0.8"), negotiate("sv, en;q=0.5"), negotiate("")
    ('vi', 'en', 'en')
    """
    best, weight = _FALLBACK, 0.0
    for part in accept[:LONGEST_READ].split(","):
        tag, _, quality = part.partition(";")
        language = tag.strip().lower().partition("-")[0]
        try:
            found = float(quality.partition("=")[2]) if quality.strip() else 1.0
        except ValueError:
            found = 0.0
        if language in LANGUAGES and found > weight:
            best, weight = language, found
    return best


def language_of(parameters: Mapping[str, str], accept: str) -> str:
    """Return the language of a request: `lang` in the address, else Accept-Language, else English."""
    asked = parameters.get("lang")
    if asked is None:
        return negotiate(accept)
    if asked not in LANGUAGES:
        raise BadParameter(f"lang: found {asked[:40]!r}; expected {' or '.join(LANGUAGES)}")
    return asked


def date(text: str, language: str) -> str:
    """Return an ISO date of any precision, or a period, as the language writes it; other text as it is.

    >>> date("2025-12-12", "en"), date("2025-12", "en"), date("2025-12-12", "vi"), date("2025", "vi")
    ('12 December 2025', 'December 2025', '12/12/2025', '2025')
    >>> date("2021/2025", "en"), date("2025-01/2025-06", "vi")
    ('2021–2025', '1/2025 – 6/2025')
    """
    if text.count("/") == 1:
        ends = [date(end, language) for end in text.split("/")]
        return ("–" if text.replace("/", "").isdigit() else " – ").join(ends)
    parts = text.split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > 3 or not 1 <= int([*parts, "1"][1]) <= 12:
        return text
    if language == "vi":
        return "/".join(str(int(part)) for part in reversed(parts))
    if len(parts) == 1:
        return text
    return " ".join([*(str(int(day)) for day in parts[2:]), _MONTHS[int(parts[1]) - 1], parts[0]])


def number(value: float, language: str) -> str:
    """Return a number with the language's signs for thousands and decimals.

    >>> number(14002598, "en"), number(15.02, "vi"), number(4690, "vi")
    ('14,002,598', '15,02', '4.690')
    """
    text = f"{value:,}"
    return text.translate(str.maketrans(",.", ".,")) if language == "vi" else text


def short_number(value: float, language: str) -> str:
    """Return a number in few letters, large ones in millions (m, tr) or billions (bn, tỷ).

    >>> short_number(63_000_000_000, "vi"), short_number(4_600_000, "en"), short_number(140, "en")
    ('63 tỷ', '4.6 m', '140')
    """
    for size, unit in ((1_000_000_000, _BILLION), (1_000_000, _MILLION)):
        if abs(value) >= size:
            return f"{number(_whole(round(value / size, 1)), language)} {unit[language]}"
    return number(_whole(value), language)


def _whole(value: float) -> float:
    return int(value) if value == int(value) else value
