"""The names in a question: whole ones in any form, parts of one, and surnames."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from ..model.folding import name_key
from ..search.analyzer import tokenize
from ..search.matching import SearchQuery
from ..search.name_index import NameIndex
from .dates import is_year
from .lexicon import Lexicon, Word

MAX_NAME_WORDS = 12
MIN_NAME_PART = 3
NAME_MATCHES = ("variant", "number")
NAMED_LIKE_TYPES = ("Model", "Sector")
"""Types of which things have a common noun as their name, such as `sandbox`."""


@dataclass(frozen=True, slots=True)
class NamedEntity:
    """What a question names: the words and the ids that they fit, several if the name does not decide.

    `kinds` are those of the ids, `provinces` the provinces that the words name as well. `is_complete` is false if the
    words are only a part of its name.
    """

    text: str
    ids: tuple[str, ...]
    types: tuple[str, ...]
    kinds: tuple[str | None, ...] = ()
    provinces: tuple[str, ...] = ()
    is_complete: bool = True
    start: int = 0
    length: int = 0


def join_words(words: Sequence[Word]) -> str:
    """Return words as text."""
    return " ".join(word.text for word in words)


def names_in(words: Sequence[Word], lexicon: Lexicon, index: NameIndex) -> dict[int, tuple[int, NamedEntity]]:
    """Return the names in a question by their first word, each with its length: the longest first, none in another."""
    is_open = [_may_be_name(words, position, lexicon) for position in range(len(words))]
    is_indexed = [
        all(unit.kind != "word" or any(key in index for key in unit.meanings) for unit in index.units(word.tokens))
        for word in words
    ]
    found: dict[int, tuple[int, NamedEntity]] = {}
    taken: set[int] = set()
    for length in range(min(MAX_NAME_WORDS, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            span = range(start, start + length)
            is_possible = not (length == 1 and words[start].text.isdecimal())
            is_possible = is_possible and all(map(is_indexed.__getitem__, span)) and any(map(is_open.__getitem__, span))
            if is_possible and taken.isdisjoint(span):
                text = join_words(words[start : start + length])
                entity = _entity(text, index)
                if entity is not None and not _is_longer_without(words[start : start + length], entity, lexicon, index):
                    found[start] = (length, entity)
                    taken.update(span)
    return found


def partly_named_in(
    words: Sequence[Word], lexicon: Lexicon, index: NameIndex, names: Mapping[int, tuple[int, NamedEntity]]
) -> dict[int, tuple[int, NamedEntity]]:
    """Return what is named by a part of its name ("the ICT centre in Hai Phong"), by the first word, with its length.

    The part has a word that nothing else explains, and another; and only one entity has all of its words.
    """
    known = {position for start, (length, _) in names.items() for position in range(start, start + length)}
    for start in range(len(words)):
        if (phrase := lexicon.find(words, start)) is not None:
            known.update(range(start, start + len(phrase.words)))
    unknown = {at for at in range(len(words)) if at not in known and not words[at].text.isdecimal()}
    inside = {at + offset for at, (length, _) in names.items() for offset in range(1, length)}
    is_indexed = [any(token in index for token in word.tokens) for word in words]
    found: dict[int, tuple[int, NamedEntity]] = {}
    for length in range(min(MAX_NAME_WORDS, len(words)), 1, -1):
        for start in range(len(words) - length + 1):
            span = range(start, start + length)
            is_possible = not unknown.isdisjoint(span) and not unknown.issuperset(span)
            is_possible = is_possible and all(map(is_indexed.__getitem__, span))
            is_possible = is_possible and not any(words[at].tokens in lexicon.marks for at in (span[0], span[-1]))
            # It begins and ends with whole names.
            if is_possible and start not in inside and start + length not in inside:
                entity = _only_entity_with(join_words(words[start : start + length]), index)
                if entity is not None:
                    found[start] = (length, entity)
                    unknown.difference_update(span)
    return found


def _only_entity_with(text: str, index: NameIndex) -> NamedEntity | None:
    """Return the only entity of whose name all words of a text are a part, or None."""
    results = {item.entity.id: item.entity for item in SearchQuery(index, text, None).word_matches()}
    if len(results) != 1:
        return None
    entity = next(iter(results.values()))
    return NamedEntity(
        text, (entity.id,), (entity.type,), (entity.kind,), _provinces_in(text, index), is_complete=False
    )


def _provinces_in(text: str, index: NameIndex) -> tuple[str, ...]:
    units = index.units(tokenize(text))
    named = [meaning[1:] for unit in units if unit.kind == "part" for meaning in unit.meanings if meaning[0] == "@"]
    return tuple(key for key in named if key.startswith("province:"))


def people_called(word: Word, index: NameIndex) -> NamedEntity | None:
    """Return the people of whose name a word is a part, if it is written like a name."""
    if not word.text[0].isupper() or len(word.text) < MIN_NAME_PART:
        return None
    found = {result.entity.id: result.entity.type for result in SearchQuery(index, word.text, "Person").word_matches()}
    return NamedEntity(word.text, tuple(found), tuple(found.values())) if found else None


def _may_be_name(words: Sequence[Word], position: int, lexicon: Lexicon) -> bool:
    """Tell whether a word may belong to a name by itself: it has no other meaning, or is a number or an acronym."""
    word = words[position]
    if word.text.isdecimal():
        return not is_year(word.text)
    is_written_like_a_name = word.text[0].isupper() and position > 0 and lexicon.language != "de"
    is_acronym = len(word.text) > 1 and word.text.isupper()
    is_all_alike = all(other.text[0].isupper() for other in words)
    phrase = lexicon.find(words, position)
    return (
        ((is_written_like_a_name or is_acronym) and not is_all_alike)
        or phrase is None
        or phrase.is_of(NAMED_LIKE_TYPES)
    )


def _is_longer_without(words: Sequence[Word], entity: NamedEntity, lexicon: Lexicon, index: NameIndex) -> bool:
    """Tell whether the first or last word is a mark of the language that the name does without ("in Hải Phòng")."""
    for shorter in (words[1:], words[:-1]):
        dropped = words[0] if shorter == words[1:] else words[-1]
        is_function_word = dropped.tokens in lexicon.marks or index.units(dropped.tokens)[0].kind == "small"
        if shorter and is_function_word:
            other = _entity(join_words(shorter), index)
            if other is not None and other.ids == entity.ids:
                return True
    return False


def _entity(text: str, index: NameIndex) -> NamedEntity | None:
    """Return the entities that have exactly this name, in any spelling or form; those of the best kind of match."""
    results = [result for result in SearchQuery(index, text, None).answers() if result.match_type in NAME_MATCHES]
    if not text[0].isupper() and " " not in text:
        results = [result for result in results if name_key(result.matched_text) == name_key(text)]
    if not results:
        return None
    best = list(takewhile(lambda result: result.match_type == results[0].match_type, results))
    entities = {result.entity.id: result.entity for result in best}
    types, kinds = (tuple(getattr(item, name) for item in entities.values()) for name in ("type", "kind"))
    return NamedEntity(text, tuple(entities), types, kinds, _provinces_in(text, index))
