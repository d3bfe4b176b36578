"""A question taken apart: its language, the entities, concepts, values and dates that it names, and what is left."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from ..model.folding import name_key
from ..model.schema import schema
from ..search.matching import SearchQuery
from ..search.name_index import IndexedEntity, NameIndex
from .lexicon import Lexicon, Meaning, Phrase, Word, lexicons, split_words

MAX_WORDS = 60
"""How many words of a question are read; what follows counts as not understood."""
MAX_NAME_WORDS = 12
MAX_DESCRIBED = 3
MIN_NAME_PART = 3
NAME_MATCHES = ("variant", "number")
NAMED_LIKE_TYPES = ("Model", "Sector")
"""Types of which things have a common noun as their name, such as `sandbox`."""
YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class NamedEntity:
    """What a question names: the words and the ids that they fit, several if the name does not decide."""

    text: str
    ids: tuple[str, ...]
    types: tuple[str, ...]
    start: int = 0
    length: int = 0


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase of a question, where it is, and what it means."""

    text: str
    start: int
    length: int
    meanings: tuple[Meaning, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """What a question describes, and the concepts that describe it."""

    entity: NamedEntity
    concepts: frozenset[str]


@dataclass(slots=True)
class Question:
    """The parts of a question.

    `dates` are `(since | until | at | "", date)`, `mentions` its phrases with a meaning, `unknown` the words that
    neither the lexicon nor a name explains, in order.
    """

    text: str
    language: str
    entities: list[NamedEntity] = field(default_factory=list[NamedEntity])
    words: tuple[Word, ...] = ()
    mentions: list[Mention] = field(default_factory=list[Mention])
    dates: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    numbers: list[str] = field(default_factory=list[str])
    unknown: list[str] = field(default_factory=list[str])

    def values(self, name: str, *, excluded_concepts: Collection[str] = ()) -> list[str]:
        """Return the values of a closed list (or `concepts`, `indicators`) that the question names, in order.

        Those of phrases that also mean a concept in `excluded_concepts` are left out.
        """
        mentions = [
            mention
            for mention in self.mentions
            if not any(meaning.group == "concepts" and meaning.key in excluded_concepts for meaning in mention.meanings)
        ]
        return list(dict.fromkeys(item.key for mention in mentions for item in mention.meanings if item.group == name))


def read_question(text: str, index: NameIndex, language: str | None = None) -> Question:
    """Take a question apart; `language` decides only if its words fit several languages equally well."""
    words = split_words(text)
    lexicon = _choose_lexicon(words[:MAX_WORDS], language)
    unread = [word.text for word in words[MAX_WORDS:]]
    question = Question(text, lexicon.language, words=words[:MAX_WORDS], unknown=unread)
    _read_words(question, words[:MAX_WORDS], lexicon, index)
    return question


def join(words: Sequence[Word]) -> str:
    """Return words as text."""
    return " ".join(word.text for word in words)


def _choose_lexicon(words: Sequence[Word], language: str | None) -> Lexicon:
    order = [language, "en", "vi"]
    return max(
        lexicons().values(),
        key=lambda lexicon: (
            lexicon.known_words(words),
            lexicon.language in order,
            -_position(lexicon.language, order),
        ),
    )


def _position(language: str, order: Sequence[str | None]) -> int:
    return order.index(language) if language in order else len(order)


def _read_words(question: Question, words: Sequence[Word], lexicon: Lexicon, index: NameIndex) -> None:
    names = _names(words, lexicon, index)
    # A phrase may contain a name, but does not end within one.
    inside_names = {at + offset for at, (length, _) in names.items() for offset in range(1, length)}
    start, relation = 0, ""
    while start < len(words):
        word = words[start]
        phrase = lexicon.find(words, start, inside_names)
        if start in names and not _is_stronger(phrase, *names[start]):
            length, entity = names[start]
            question.entities.append(replace(entity, start=start, length=length))
        elif phrase is not None:
            length = len(phrase.words)
            meanings = tuple(meaning for meaning in phrase.meanings if meaning.group not in ("dates", "ignored"))
            relation = next((meaning.key for meaning in phrase.meanings if meaning.group == "dates"), relation)
            if meanings:
                question.mentions.append(Mention(join(words[start : start + length]), start, length, meanings))
        elif word.text.isdecimal():
            length = 1
            scale = lexicon.scales.get(words[start + 1].tokens) if start + 1 < len(words) else None
            if len(word.text) == 4 and int(word.text) in YEARS and scale is None:
                question.dates.append((relation, word.text))
                relation = ""
            else:
                question.numbers.append(str(int(word.text) * (scale or 1)))
                length += scale is not None
        else:
            length = 1
            people = _people(word, index)
            if people is not None:
                question.entities.append(replace(people, start=start, length=1))
            else:
                question.unknown.append(word.text)
        start += length


def _is_stronger(phrase: Phrase | None, length: int, entity: NamedEntity) -> bool:
    """Tell whether a phrase counts instead of a name that begins at the same word: it is longer, or a kind of thing."""
    if phrase is None or len(phrase.words) < length:
        return False
    kinds = {f"{node_type}.kind" for node_type in entity.types}
    return len(phrase.words) > length or any(meaning.group in kinds for meaning in phrase.meanings)


def _names(words: Sequence[Word], lexicon: Lexicon, index: NameIndex) -> dict[int, tuple[int, NamedEntity]]:
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
                text = join(words[start : start + length])
                entity = _entity(text, index)
                if entity is not None and not _is_longer_without(words[start : start + length], entity, lexicon, index):
                    found[start] = (length, entity)
                    taken.update(span)
    return found


def _people(word: Word, index: NameIndex) -> NamedEntity | None:
    """Return the people of whose name a word is a part, if it is written like a name."""
    if not word.text[0].isupper() or len(word.text) < MIN_NAME_PART:
        return None
    found = {result.entity.id: result.entity.type for result in SearchQuery(index, word.text, "Person").word_matches()}
    return NamedEntity(word.text, tuple(found), tuple(found.values())) if found else None


def _may_be_name(words: Sequence[Word], position: int, lexicon: Lexicon) -> bool:
    """Tell whether a word may belong to a name by itself: it has no other meaning, or is a number or an acronym."""
    word = words[position]
    if word.text.isdecimal():
        return not (len(word.text) == 4 and int(word.text) in YEARS)
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
            other = _entity(join(shorter), index)
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
    entities = {result.entity.id: result.entity.type for result in best}
    return NamedEntity(text, tuple(entities), tuple(entities.values()))


def described_entity(question: Question, node_types: tuple[str, ...], index: NameIndex) -> Description | None:
    """Return what a question describes by a type or kind and another name: "the VC fund of Lâm Đồng".

    None if nothing or more than `MAX_DESCRIBED` things fit.
    """
    for mention in question.mentions:
        groups = {meaning.key if meaning.group == "concepts" else meaning.group for meaning in mention.meanings}
        types = [node_type for node_type in node_types if groups & {node_type, f"{node_type}.kind"}]
        for entity in question.entities if types and "indicators" not in groups else ():
            for text in _descriptions(question, mention, entity):
                found = {
                    item.id: item.type for node_type in types for item in _entities_with_name(text, node_type, index)
                }
                if 1 <= len(found) <= MAX_DESCRIBED and not set(entity.ids) & found.keys():
                    described = NamedEntity(text, tuple(found), tuple(found.values()))
                    inside = [other for other in question.entities if other is entity or other.text in text]
                    types_inside = {f"@{key}" for other in inside for key in other.types}
                    return Description(described, frozenset(groups | types_inside))
    return None


def _descriptions(question: Question, mention: Mention, entity: NamedEntity) -> Iterator[str]:
    """Yield texts that may describe something: all from the phrase to the name, and the label of the kind beside it."""
    start, end = min(mention.start, entity.start), max(mention.start + mention.length, entity.start + entity.length)
    yield join(question.words[start:end])
    for group, key in mention.meanings:
        if group.endswith(".kind"):
            yield f"{schema().nodes[group.partition('.')[0]].properties['kind'].values[key].en} {entity.text}"
    yield f"{mention.text} {entity.text}"


def _entities_with_name(text: str, node_type: str, index: NameIndex) -> list[IndexedEntity]:
    query = SearchQuery(index, text, node_type)
    return [result.entity for result in (*query.answers(), *query.word_matches()) if result.match_type != "office"]


def names_something_unknown(question: Question) -> bool:
    """Tell whether a word that is not understood is written like a name, and no name is understood."""
    first_word = question.words[0].text
    is_capitalised = any(word[0].isupper() and word != first_word for word in question.unknown)
    return is_capitalised and not question.entities and question.language != "de"


def unknown_share(question: Question) -> float:
    """Return the share of words with a meaning of their own that were not understood, from 0 to 1."""
    understood = len(question.entities) + len(question.mentions) + len(question.dates) + len(question.numbers)
    # A word of Vietnamese has two syllables on average, which are written apart.
    unknown = len(question.unknown) * (0.5 if question.language == "vi" else 1)
    return unknown / max(1, understood + unknown)


def concepts(question: Question) -> Iterator[str]:
    """Yield what queries declare: concepts, `@Type` of entities, names of lists with a value, `#number`, `#date`."""
    yield from question.values("concepts")
    for entity in question.entities:
        yield from (f"@{node_type}" for node_type in dict.fromkeys(entity.types))
    lists = dict.fromkeys(meaning.group for mention in question.mentions for meaning in mention.meanings)
    yield from (name for name in lists if name != "concepts")
    if question.numbers:
        yield "#number"
    if question.dates:
        yield "#date"
