"""Which of several formats a request asks for."""

from collections.abc import Sequence


def preferred(accept: str, offered: Sequence[str]) -> str:
    """Return the offered media type that an Accept header puts first; the first one where it names none.

    >>> preferred("text/csv", ["application/json", "text/csv"]), preferred("*/*", ["application/json", "text/csv"])
    ('text/csv', 'application/json')
    """
    weights = dict.fromkeys(offered, 0.0)
    for part in accept.split(","):
        kind, *rest = (word.strip() for word in part.split(";"))
        quality = next((word[2:] for word in rest if word.startswith("q=")), "1")
        if kind in weights:
            weights[kind] = float(quality) if quality.replace(".", "", 1).isdecimal() else 0.0
    return max(offered, key=lambda kind: weights[kind])
