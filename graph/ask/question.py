"""A question taken apart: its language, the entities, concepts, values and dates that it names, and what is left."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ..model.schema import schema
from ..search.matching import SearchQuery
from ..search.name_index import IndexedEntity, NameIndex
from .dates import as_period, is_year, read_month
from .lexicon import Lexicon, Meaning, Phrase, Word, lexicons, split_words
from .names import NamedEntity, join_words, names_in, partly_named_in, people_called

MAX_WORDS = 60
"""How many words of a question are read; what follows counts as not understood."""
MAX_DESCRIBED = 3
NEGATION_REACH = 3
"""How many words before what it negates a negation may be; after it as well in the languages of `NEGATION_FOLLOWS`."""
NEGATION_FOLLOWS = ("de", "fr", "sv")
"""Elsewhere, a negation at the end only asks ("đã có chưa?")."""


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
    names = names_in(words, lexicon, index)
    # A phrase may contain a name, but does not end within one.
    inside_names = {at + offset for at, (length, _) in names.items() for offset in range(1, length)}
    partly_named = partly_named_in(words, lexicon, index, names)
    start, relation = 0, ""
    while start < len(words):
        word = words[start]
        phrase = lexicon.find(words, start, inside_names)
        if start in names and not _is_stronger(phrase, *names[start]):
            length, entity = names[start]
            question.entities.append(replace(entity, start=start, length=length))
        elif start in partly_named:
            length, entity = partly_named[start]
            question.entities.append(replace(entity, start=start, length=length))
        elif (month := read_month(words, start, phrase, question.dates)) is not None:
            length, date = month
            question.dates.append((relation, date))
            relation = ""
        elif phrase is not None:
            length = len(phrase.words)
            meanings = tuple(item for item in phrase.meanings if item.group not in ("dates", "months", "ignored"))
            relation = next((meaning.key for meaning in phrase.meanings if meaning.group == "dates"), relation)
            if meanings:
                question.mentions.append(Mention(join_words(words[start : start + length]), start, length, meanings))
        elif word.text.isdecimal():
            length = 1
            scale = lexicon.scales.get(words[start + 1].tokens) if start + 1 < len(words) else None
            if is_year(word.text) and scale is None:
                question.dates.append((relation, word.text))
                relation = ""
            else:
                question.numbers.append(str(int(word.text) * (scale or 1)))
                length += scale is not None
        else:
            length = 1
            people = people_called(word, index)
            if people is not None:
                question.entities.append(replace(people, start=start, length=1))
            else:
                question.unknown.append(word.text)
        start += length
    question.dates[:] = as_period(question.dates)
    question.mentions[:] = [_apply_negation(mention, words, lexicon) for mention in question.mentions]


def _apply_negation(mention: Mention, words: Sequence[Word], lexicon: Lexicon) -> Mention:
    """Return a phrase; near a negation with the statuses of plans instead of those in force ("not in use yet")."""
    end = mention.start + mention.length
    reach_after = NEGATION_REACH if lexicon.language in NEGATION_FOLLOWS else 0
    near = [*words[max(0, mention.start - NEGATION_REACH) : mention.start], *words[end : end + reach_after]]
    if lexicon.negations.isdisjoint(word.tokens for word in near):
        return mention
    in_force, planned = (
        [Meaning("statuses", key) for key in schema().statuses_in(group)] for group in ("in_force", "planned")
    )
    others = [meaning for meaning in mention.meanings if meaning not in in_force]
    return mention if len(others) == len(mention.meanings) else replace(mention, meanings=(*others, *planned))


def _is_stronger(phrase: Phrase | None, length: int, entity: NamedEntity) -> bool:
    """Tell whether a phrase counts instead of a name that begins at the same word: it is longer, or a kind of thing."""
    if phrase is None or len(phrase.words) < length:
        return False
    kinds = {f"{node_type}.kind" for node_type in entity.types}
    return len(phrase.words) > length or any(meaning.group in kinds for meaning in phrase.meanings)


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
    yield join_words(question.words[start:end])
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
