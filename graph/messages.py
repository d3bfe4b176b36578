"""Parts of messages: spelling suggestions for mistyped input, and input quoted safely."""

import unicodedata
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

_HINT = 60
_SHOWN = 60


def shown(text: object) -> str:
    """Return a value quoted for a message: control characters escaped, shortened to one line.

    >>> quote_for_message("a" * 100000)
    "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…' (100,000 characters)"
    """
    whole = text if isinstance(text, str) else str(text)
    if len(whole) <= _SHOWN:
        return repr(whole)
    return f"{whole[:_SHOWN] + '…'!r} ({len(whole):,} characters)"


def has_controls(text: str) -> bool:
    """Return whether a text contains control characters, line breaks or lone surrogates."""
    return any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in text)


def nearest(word: str, known: Iterable[str], most: int = 3, *, least: int = _HINT) -> list[str]:
    """Return at most `limit` of the known words, the most similar to `word` first, ties in alphabetical order.

    Similarity is rapidfuzz's ratio (0 to 100), case-insensitive, over the first 200 characters of `word`; words below
    `min_score` are left out.

    >>> closest_matches("fund_statis", ["policy", "fund_kind", "fund_status"])
    ['fund_status', 'fund_kind']
    """
    candidates: Sequence[str] = sorted(set(known))
    found = process.extract(
        word[:200], candidates, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=least, limit=None
    )
    best = sorted(found, key=lambda hit: (-hit[1], hit[0]))
    return [hit[0] for hit in best[:most]]


def nearest_ids(wanted: str, known: Iterable[str], most: int = 3, *, least: int = _HINT) -> list[str]:
    """Return at most `limit` known ids similar to a requested one: ids that start with it, shortest first, then others.

    The others are those of `closest_matches`.

    >>> closest_ids("province:dong", ["province:dak-nong", "province:dong-nai", "agency:dong"])
    ['province:dong-nai', 'province:dak-nong', 'agency:dong']
    """
    ids = set(known)
    begun = sorted((id for id in ids if id.startswith(wanted)), key=lambda id: (len(id), id)) if wanted else []
    return list(dict.fromkeys([*begun, *nearest(wanted, ids, most, least=least)]))[:most]


def meant(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean …?` with the closest known words, or an empty string if none is close."""
    close = nearest(word, known)
    return f"; did you mean {' or '.join(close)}?" if close else ""
