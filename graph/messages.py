"""Near spellings: what a mistyped word was probably meant to be, and how messages show what was typed."""

import unicodedata
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

_HINT = 60
_SHOWN = 60


def shown(text: object) -> str:
    """Return what was found as a message shows it: quoted, control characters escaped, never longer than a line.

    >>> shown("a" * 100000)
    "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…' (100,000 characters)"
    """
    whole = text if isinstance(text, str) else str(text)
    if len(whole) <= _SHOWN:
        return repr(whole)
    return f"{whole[:_SHOWN] + '…'!r} ({len(whole):,} characters)"


def has_controls(text: str) -> bool:
    """Tell whether a text holds control characters, line breaks or half surrogates."""
    return any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in text)


def nearest(word: str, known: Iterable[str], most: int = 3, *, least: int = _HINT) -> list[str]:
    """Return the known words closest to a word, best first, equal ones by the alphabet; none if nothing is close.

    >>> nearest("fund_statis", ["policy", "fund_kind", "fund_status"])
    ['fund_status', 'fund_kind']
    """
    candidates: Sequence[str] = sorted(set(known))
    found = process.extract(
        word[:200], candidates, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=least, limit=None
    )
    best = sorted(found, key=lambda hit: (-hit[1], hit[0]))
    return [hit[0] for hit in best[:most]]


def nearest_ids(wanted: str, known: Iterable[str], most: int = 3, *, least: int = _HINT) -> list[str]:
    """Return the known ids that one may have meant: those it is the beginning of, shortest first, then the closest.

    >>> nearest_ids("province:dong", ["province:dak-nong", "province:dong-nai", "agency:dong"])
    ['province:dong-nai', 'province:dak-nong', 'agency:dong']
    """
    ids = set(known)
    begun = sorted((id for id in ids if id.startswith(wanted)), key=lambda id: (len(id), id)) if wanted else []
    return list(dict.fromkeys([*begun, *nearest(wanted, ids, most, least=least)]))[:most]


def meant(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean …?` for the closest known words, or nothing."""
    close = nearest(word, known)
    return f"; did you mean {' or '.join(close)}?" if close else ""
