"""The sheet of an audit: a printable HTML page with every statement beside its sentence."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from jinja2 import Environment, StrictUndefined

from ...graph import resources
from ...graph.errors import Problem
from ...graph.model.facts import Disagreement, EntityRecord, Facts, Sentence, Statement
from ...graph.model.schema import Schema
from ...loaders import Audit, Texts


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement in words: what it says, its labels with values (status, basis, …), glosses and problems."""

    statement: Statement
    words: str
    labels: Mapping[str, str]
    problems: list[Problem]


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence with its text, if that is available, its statements, and the problems of the sentence itself."""

    sentence: Sentence
    text: str | None
    statements: list[StatementView]
    problems: list[Problem]


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article with its sentences by line, its disagreements with their problems, and its own problems."""

    article: EntityRecord
    has_text: bool
    lines: list[tuple[int, list[SentenceView]]]
    disagreements: list[tuple[Disagreement, list[Problem]]]
    problems: list[Problem]


def render_sheet(facts: Facts, audit: Audit, texts: Texts | None, schema: Schema) -> str:
    """Return the sheet as one HTML page without scripts; it has the text of the articles that `texts` has."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(resources.text("vnkg.api.cli", "audit_sheet.html"))
    sheet = _Sheet(facts, audit, texts, schema)
    return template.render(audit=audit, articles=[sheet.article(record) for record in audit.articles.values()])


class _Sheet:
    def __init__(self, facts: Facts, audit: Audit, texts: Texts | None, schema: Schema) -> None:
        self.facts = facts
        self.texts = texts
        self.schema = schema
        self.names = {record.id: record.name for record in facts.entities}
        self.statements = {statement.id: statement for statement in facts.statements}
        self.problems: dict[str, list[Problem]] = defaultdict(list)
        for finding in audit.findings:
            self.problems[finding.item].append(finding.problem)

    def article(self, record: EntityRecord) -> ArticleView:
        """Return an article with everything that stands under it."""
        sentences = sorted(
            (item for item in self.facts.sentences if item.passage.article == record.id), key=lambda item: item.passage
        )
        lines = groupby(map(self.sentence, sentences), key=lambda view: view.sentence.passage.line)
        file = record.source_location.file
        return ArticleView(
            record,
            self.texts is not None and self.texts.has(record.id),
            [(line, list(views)) for line, views in lines],
            [(item, self.problems[item.id]) for item in self.facts.disagreements if item.source_location.file == file],
            self.problems[record.id],
        )

    def sentence(self, sentence: Sentence) -> SentenceView:
        """Return a sentence with its statements."""
        has_text = self.texts is not None and self.texts.has(sentence.passage.article)
        return SentenceView(
            sentence,
            self.texts.passage_text(sentence.passage) if self.texts and has_text else None,
            [self.statement(self.statements[key]) for key in sentence.statements],
            self.problems[sentence.id],
        )

    def statement(self, statement: Statement) -> StatementView:
        """Return a statement in words."""
        values = {
            "status": self._label(self.schema.statuses, statement.status),
            "basis": self._label(self.schema.bases, statement.basis),
            "period": statement.period,
            "as of": statement.as_of if statement.as_of_from == "sentence" else None,
            "due": statement.due,
            "value": self._label(self.schema.value_statuses, statement.value_status),
            "scope": self._label(self.schema.scopes, statement.scope),
            "speaker": self.names.get(statement.speaker or ""),
            "speaker's basis": self._label(self.schema.speaker_bases, statement.speaker_basis),
            "about": self._names(statement.about),
            "or": self._names(statement.alternative),
            **{key: self._qualifier(value) for key, value in sorted(statement.qualifiers.items())},
            "origin": statement.origin,
        }
        labels = {name: value for name, value in values.items() if value}
        return StatementView(statement, self._words(statement), labels, self.problems[statement.id])

    def _words(self, statement: Statement) -> str:
        """Return what a statement says as one line: its triple, its number, or the type of its claim."""
        subject = self.names.get(statement.subject, statement.subject)
        if statement.predicate is not None and statement.object is not None:
            label = self.schema.edges[statement.predicate].en
            return f"{subject} — {label} — {self.names.get(statement.object, statement.object)}"
        if statement.indicator is not None:
            indicator = self._label(self.schema.indicators, statement.indicator)
            comparator = "" if statement.comparator in (None, "=") else f"{statement.comparator} "
            unit = "" if statement.unit in (None, "count") else f" {self._label(self.schema.units, statement.unit)}"
            return f"{subject} — {indicator}: {comparator}{_format_value(statement.value)}{unit}"
        return f"{subject} — {self._label(self.schema.claim_types, statement.claim_type)}"

    def _qualifier(self, value: object) -> str:
        return ("yes" if value else "no") if isinstance(value, bool) else self.names.get(str(value), str(value))

    def _names(self, ids: Iterable[str]) -> str:
        return ", ".join(self.names.get(key, key) for key in ids)

    def _label(self, terms: Mapping[str, object], key: str | None) -> str | None:
        return str(getattr(terms[key], "en", key)) if key is not None and key in terms else key


def _format_value(value: float | int | str | None) -> str:
    """Return a number in full, with a comma between thousands: `512,500,000,000`."""
    return f"{value:,}" if isinstance(value, int | float) else str(value)
