"""Parts of messages: spelling suggestions for mistyped input, and input quoted safely."""

import unicodedata
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

_MIN_SCORE = 60
_MAX_QUOTED_LENGTH = 60


def quote_for_message(value: object) -> str:
    """Return a value quoted for a message: control characters escaped, shortened to one line.

    >>> quote_for_message("a" * 100000)
    "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…' (100,000 characters)"
    """
    string = value if isinstance(value, str) else str(value)
    if len(string) <= _MAX_QUOTED_LENGTH:
        return repr(string)
    return f"{string[:_MAX_QUOTED_LENGTH] + '…'!r} ({len(string):,} characters)"


def with_article(noun: str) -> str:
    """Return a noun with its indefinite article, chosen by its first letter.

    >>> with_article("Fund"), with_article("Agency")
    ('a Fund', 'an Agency')
    """
    return f"{'an' if noun[:1].casefold() in 'aeiou' else 'a'} {noun}"


def has_control_characters(text: str) -> bool:
    """Return whether a text contains control characters, line breaks or lone surrogates."""
    return any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in text)


def closest_matches(word: str, known_words: Iterable[str], limit: int = 3, *, min_score: int = _MIN_SCORE) -> list[str]:
    """Return at most `limit` of the known words, the most similar to `word` first, ties in alphabetical order.

    Similarity is rapidfuzz's ratio (0 to 100), case-insensitive, over the first 200 characters of `word`; words below
    `min_score` are left out.

    >>> closest_matches("fund_statis", ["policy", "fund_kind", "fund_status"])
    ['fund_status', 'fund_kind']
    """
    candidates: Sequence[str] = sorted(set(known_words))
    matches = process.extract(
        word[:200], candidates, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=min_score, limit=None
    )
    ranked_matches = sorted(matches, key=lambda hit: (-hit[1], hit[0]))
    return [hit[0] for hit in ranked_matches[:limit]]


def closest_ids(
    requested_id: str, known_ids: Iterable[str], limit: int = 3, *, min_score: int = _MIN_SCORE
) -> list[str]:
    """Return at most `limit` known ids similar to a requested one: ids that start with it, shortest first, then others.

    The others are those of `closest_matches`.

    >>> closest_ids("province:dong", ["province:dak-nong", "province:dong-nai", "agency:dong"])
    ['province:dong-nai', 'province:dak-nong', 'agency:dong']
    """
    ids = set(known_ids)
    prefix_matches = (
        sorted((id for id in ids if id.startswith(requested_id)), key=lambda id: (len(id), id)) if requested_id else []
    )
    return list(dict.fromkeys([*prefix_matches, *closest_matches(requested_id, ids, limit, min_score=min_score)]))[
        :limit
    ]


def did_you_mean(word: str, known_words: Iterable[str]) -> str:
    """Return `; did you mean …?` with the closest known words, or an empty string if none is close."""
    matches = closest_matches(word, known_words)
    return f"; did you mean {' or '.join(matches)}?" if matches else ""
