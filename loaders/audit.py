"""Audit of the facts against the articles: what a careful reader would object to, with file and line.

Unlike the checks of a load, these need judgement: the facts load with findings, and `make check` fails. Checks of
`TEXT_CHECKS` need the articles' text. Numbers are sought as digits; one that is written in words is not missed.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from ..graph.errors import Problem
from ..graph.model.facts import Disagreement, EntityRecord, Facts, Sentence, Statement
from ..graph.model.folding import fold, folded_words
from ..graph.model.merge import merge, rejected_statements
from ..graph.model.schema import Schema
from .article_texts import Texts
from .coverage import select_articles
from .near_twins import near_twins
from .number_forms import digits_in, find_numbers, values_in

CHECKS = {
    "passage": "sentences that say other words than their entry was made of",
    "number": "numbers that no statement of their sentence holds",
    "form": "forms that are nowhere in the article's text",
    "basis": "inferred statements, and those from context, whose gloss does not say how",
    "gloss": "glosses, titles and reasons that break the rules",
    "subject": "stated relations whose subject is not named in their paragraph",
    "support": "edges that an article in their count does not support",
}
TEXT_CHECKS = ("passage", "number", "form", "subject")
MIN_GLOSS_WORDS = 5
MIN_NAME_LETTERS = 4
"""Number of letters from which one word of a name is enough to name an entity."""
_EXPLANATIONS = {"en": ("inferred", "context"), "vi": ("suy ra", "bối cảnh")}
_ARTICLE_WORDS = frozenset({"a", "an", "the"})
_PARTS = ("PART_OF", "MERGED_INTO")


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """What one of the `CHECKS` found, and the id of the statement, sentence, disagreement or article that it is about.

    Sorted by file and line.
    """

    problem: Problem
    check: str
    item: str


@dataclass(frozen=True, slots=True)
class Audit:
    """The findings and notices (near-twins) about some articles; `unread` are those without text, ids sorted."""

    articles: Mapping[str, EntityRecord]
    findings: tuple[Finding, ...]
    notices: tuple[Problem, ...]
    unread: tuple[str, ...]

    def findings_of(self, check: str) -> list[Finding]:
        """Return the findings of one of the `CHECKS`."""
        return [finding for finding in self.findings if finding.check == check]


def audit(facts: Facts, schema: Schema, texts: Texts | None = None, articles: Iterable[str] = ()) -> Audit:
    """Audit the requested articles, or all; raise `NotFound` for an id that no file declares."""
    selection = select_articles(facts, articles)
    auditor = _Auditor(facts, schema, texts)
    files = {record.source_location.file for record in selection.values()}
    findings = sorted({finding for finding in auditor.findings() if finding.problem.file in files})
    notices = [notice for notice in near_twins(facts, schema) if notice.file in files]
    unread = sorted(article for article in selection if texts is None or not texts.has(article))
    return Audit(selection, tuple(findings), tuple(notices), tuple(unread))


class _Auditor:
    """All checks of some facts; each yields its findings."""

    def __init__(self, facts: Facts, schema: Schema, texts: Texts | None) -> None:
        self.facts = facts
        self.schema = schema
        self.texts = texts
        self.entities = {record.id: record for record in facts.entities}
        self.statements = {statement.id: statement for statement in facts.statements}
        self.mentions: dict[tuple[str, int], list[tuple[int, int, str]]] = defaultdict(list)
        for mention in facts.mentions:
            self.mentions[mention.article, mention.line].append((mention.start, mention.end, mention.entity))

    def findings(self) -> Iterator[Finding]:
        yield from self.check_passages_and_numbers()
        yield from self.check_forms()
        yield from self.check_titles()
        for statement in self.facts.statements:
            if statement.passage is not None:
                yield from self.check_how(statement)
                yield from self.check_gloss(statement)
                yield from self.check_subject(statement)
        yield from self.check_disagreements()
        yield from self.check_support()

    def check_passages_and_numbers(self) -> Iterator[Finding]:
        """Check the numbers of each sentence; a `none` sentence and the mentions in others are exempt."""
        for sentence in self.facts.sentences:
            if self.texts is None or not self.texts.has(sentence.passage.article):
                continue
            if error := self.texts.passage_error(sentence.passage):
                yield _finding("passage", sentence, error, "the words this entry was made of")
            elif sentence.statements:
                values = set(chain.from_iterable(self._values(self.statements[key]) for key in sentence.statements))
                for number in find_numbers(self._text_without_mentions(sentence, self.texts)):
                    if not number.is_among(values):
                        actual = f"{number.text} in {sentence.passage.locator}, which no statement there holds"
                        yield _finding("number", sentence, actual, "a statement with it, or its gloss, or a mention")

    def _text_without_mentions(self, sentence: Sentence, texts: Texts) -> str:
        passage = sentence.passage
        letters = list(texts.lines(passage.article)[passage.line - 1])
        for start, end, _ in self.mentions[passage.article, passage.line]:
            letters[start:end] = "\0" * len(letters[start:end])
        return unicodedata.normalize("NFC", "".join(letters[passage.start : passage.end]))

    def _values(self, statement: Statement) -> set[float]:
        """Return the values that a statement holds: its own, those of its dates, qualifiers, entities and glosses."""
        values = {float(statement.value)} if isinstance(statement.value, int | float) else set[float]()
        as_of = statement.as_of if statement.as_of_from == "sentence" else None
        for text in (statement.period, as_of, statement.due, *map(str, statement.qualifiers.values())):
            values |= digits_in(text or "") | values_in(text or "")
        for text in (statement.gloss, statement.gloss_vi or ""):
            values |= values_in(text)
        for entity in self._entities_of(statement):
            names = [name.text for name in entity.names]
            for text in (entity.id, entity.name, *names, *map(str, entity.attributes.values())):
                values |= digits_in(text)
        return values

    def _entities_of(self, statement: Statement) -> Iterator[EntityRecord]:
        qualifiers = (value for value in statement.qualifiers.values() if isinstance(value, str))
        ids = (statement.subject, statement.object, statement.speaker, *statement.about, *qualifiers)
        return (self.entities[key] for key in ids if key in self.entities)

    def check_forms(self) -> Iterator[Finding]:
        """Check that each form of an article is in its text."""
        for entity, name, location in self.facts.forms:
            if name.article is None or self.texts is None or not self.texts.has(name.article):
                continue
            text = unicodedata.normalize("NFC", "\n".join(self.texts.lines(name.article)))
            if unicodedata.normalize("NFC", name.text) not in text:
                actual = f"form {name.text!r} of {entity}"
                problem = Problem(location.file, location.line, actual, f"words of the text of {name.article}")
                yield Finding(problem, "form", name.article)

    def check_titles(self) -> Iterator[Finding]:
        """Check that each article has a title in English and Vietnamese."""
        for record in self.entities.values():
            languages = {name.language for name in record.names}
            for language in ("en", "vi"):
                if record.type == "Article" and language not in languages:
                    yield _finding("gloss", record, f"{record.id} without a title in {language}", "a name in en and vi")

    def check_how(self, statement: Statement) -> Iterator[Finding]:
        """Check that the glosses of what the sentence does not state say how we know it."""
        if "inferred" not in (statement.basis, statement.speaker_basis) and statement.basis != "context":
            return
        what = statement.basis if statement.basis != "stated" else "inferred speaker"
        for language, gloss in (("en", statement.gloss), ("vi", statement.gloss_vi)):
            if gloss and not any(
                word in unicodedata.normalize("NFC", gloss).casefold() for word in _EXPLANATIONS[language]
            ):
                words = " or ".join(f"{word!r}" for word in _EXPLANATIONS[language])
                actual = f"{what}, with a gloss in {language} that does not say how"
                yield _finding("basis", statement, actual, f"{words} in it, and the reason")

    def check_gloss(self, statement: Statement) -> Iterator[Finding]:
        """Check that the glosses are there, stand alone, name their subject, and say more than the triple."""
        expectation = f"at least {MIN_GLOSS_WORDS} words that name the subject, in en and vi"
        for language, gloss in (("en", statement.gloss), ("vi", statement.gloss_vi)):
            if not gloss:
                yield _finding("gloss", statement, f"no gloss in {language}", expectation)
            elif len(gloss.split()) < MIN_GLOSS_WORDS:
                yield _finding("gloss", statement, f"the gloss {gloss!r}", expectation)
            elif self._is_restated(statement, gloss, language):
                yield _finding(
                    "gloss", statement, f"the gloss {gloss!r}, which only restates the relation", expectation
                )
        if statement.gloss and fold(statement.gloss) == fold(statement.gloss_vi or ""):
            yield _finding("gloss", statement, "one gloss for en and vi", expectation)
        if statement.gloss and not self._names_subject(statement):
            yield _finding("gloss", statement, f"a gloss that does not name {statement.subject}", expectation)

    def _names_subject(self, statement: Statement) -> bool:
        """True if the English gloss has a name of the subject or object, or a word of one that others do not share."""
        words = folded_words(statement.gloss)
        ids = [key for key in (statement.subject, statement.object) if key in self.entities]
        return any(self._names_entity(words, self.entities[key]) for key in ids)

    def _names_entity(self, words: list[str], record: EntityRecord) -> bool:
        own_names = [name.text for name in record.names if name.article is None]  # an article may call it "the city"
        names = [folded_words(name) for name in (record.id.partition(":")[2], record.name, *own_names)]
        if any(_contains(words, name) for name in names):
            return True
        name_words = {word for name in names for word in name if len(word) >= MIN_NAME_LETTERS}
        specific_words = name_words - self._type_words.get(record.type, frozenset()) or name_words
        return any(
            word.startswith(name_word) or (len(word) >= MIN_NAME_LETTERS and name_word.startswith(word))
            for word in words
            for name_word in specific_words
        )

    @cached_property
    def _type_words(self) -> dict[str, frozenset[str]]:
        """The English words of the labels of each type and its kinds: *fund* does not say which fund it is."""
        words: dict[str, frozenset[str]] = {}
        for node in self.schema.nodes.values():
            kinds = node.properties["kind"].values.values() if "kind" in node.properties else ()
            words[node.key] = frozenset(word for term in (node, *kinds) for word in folded_words(term.en))
        return words

    def _is_restated(self, statement: Statement, gloss: str, language: str) -> bool:
        """True if a gloss is but a name of the subject, the label of the edge type and a name of the object."""
        if statement.predicate is None or statement.object is None:
            return False
        edge = self.schema.edges[statement.predicate]
        label = _plain_words(edge.vi if language == "vi" else edge.en)
        words = _plain_words(gloss)
        objects = [_plain_words(name) for name in self._names_of(statement.object)]
        for subject in map(_plain_words, self._names_of(statement.subject)):
            start = [*subject, *label]
            if words[: len(start)] == start and words[len(start) :] in objects:
                return True
        return False

    def _names_of(self, entity: str) -> list[str]:
        record = self.entities.get(entity)
        return [record.name, *(name.text for name in record.names)] if record else []

    def check_subject(self, statement: Statement) -> Iterator[Finding]:
        """Check that the line of a stated relation names its subject, a part of it, or the speaker."""
        passage = statement.passage
        if statement.kind != "relation" or statement.basis != "stated" or passage is None:
            return
        if self.texts is None or not self.texts.has(passage.article) or self.texts.passage_error(passage):
            return
        accepted = {*self._parts_of(statement.subject), *([statement.speaker] if statement.speaker else ())}
        if self.entities[statement.subject].attributes.get("named") == "ours" and statement.object:
            accepted.add(statement.object)  # what no article names is known by what is said of it
        if any(entity.startswith("article:") for entity in accepted):
            return  # a text does not name itself
        mentioned = {entity for _, _, entity in self.mentions[passage.article, passage.line]}
        line = f" {' '.join(folded_words(self.texts.lines(passage.article)[passage.line - 1]))} "
        names = (" ".join(folded_words(name)) for entity in accepted for name in self._names_of(entity))
        if not accepted & mentioned and not any(name and f" {name} " in line for name in names):
            actual = f"{statement.subject}, stated, which line {passage.line} does not name"
            yield _finding(
                "subject", statement, actual, "a mention of it there, by a name or a noun, or basis inferred"
            )

    def _parts_of(self, entity: str) -> set[str]:
        """Return an entity and all its parts, and their parts."""
        parts, pending = {entity}, [entity]
        while pending:
            new_parts = self._direct_parts.get(pending.pop(), set[str]()) - parts
            parts |= new_parts
            pending += new_parts
        return parts

    @cached_property
    def _direct_parts(self) -> dict[str, set[str]]:
        parts: dict[str, set[str]] = defaultdict(set)
        for statement in self.facts.statements:
            if statement.predicate in _PARTS and statement.object is not None:
                parts[statement.object].add(statement.subject)
        return parts

    def check_disagreements(self) -> Iterator[Finding]:
        """Check that titles, readings and reasons of disagreements are in English and Vietnamese."""
        for item in self.facts.disagreements:
            texts = [("title", item.gloss, item.gloss_vi)]
            texts += [
                (f"reading {number}", reading.gloss, reading.gloss_vi) for number, reading in enumerate(item.readings)
            ]
            if item.preferred is not None:
                texts.append(("reason", item.reason or "", item.reason_vi))
            for what, text, text_vi in texts:
                for language in (language for language, words in (("en", text), ("vi", text_vi)) if not words):
                    yield _finding("gloss", item, f"{item.id}: no {what} in {language}", "en and vi")

    def check_support(self) -> Iterator[Finding]:
        """Check that each article that an edge counts states or implies it, by a statement that no reading rejects.

        An edge that is from context as a whole, or that all its statements' readings reject, says so itself.
        """
        release = merge(self.facts, self.schema)
        rejected_ids = rejected_statements(release.disagreements)
        for edge in release.edges:
            statements = [self.statements[key] for key in edge.statements if self.statements[key].passage is not None]
            unsupporting: dict[str, Statement] = {}
            supporting_articles: set[str] = set()
            for statement in statements:
                article = statement.passage.article if statement.passage else ""
                if statement.basis == "context" or statement.id in rejected_ids:
                    unsupporting.setdefault(article, statement)
                else:
                    supporting_articles.add(article)
            if not supporting_articles or edge.articles <= len(supporting_articles):
                continue
            for article in unsupporting.keys() - supporting_articles:
                actual = f"{article} counted for {edge.subject} {edge.predicate} {edge.object}"
                reason = "context" if unsupporting[article].basis == "context" else "a rejected reading"
                expectation = f"a statement of it that supports the edge; this one is from {reason}"
                yield _finding("support", unsupporting[article], actual, expectation)


def _finding(
    check: str, item: Statement | Sentence | Disagreement | EntityRecord, actual: str, expectation: str
) -> Finding:
    location = item.source_location
    return Finding(Problem(location.file, location.line, actual, expectation), check, item.id)


def _plain_words(text: str) -> list[str]:
    return [word for word in folded_words(text) if word not in _ARTICLE_WORDS]


def _contains(words: list[str], name: list[str]) -> bool:
    """True if the words of a name stand in a text, one after the other."""
    return bool(name) and f" {' '.join(name)} " in f" {' '.join(words)} "
