"""Checks across all facts files: ids, types of subjects and objects, contradictions, and the articles' text."""

import unicodedata
from collections.abc import Sequence

from ..graph.errors import PassageError
from ..graph.messages import with_article
from ..graph.model.comparators import agree
from ..graph.model.facts import EntityRecord, SourceLocation, Statement
from ..graph.model.schema import INDICATORS_FILE, Schema
from .article_file import FileFacts
from .article_texts import Texts
from .yaml_lines import Problems, describe_choices


def check_files(files: Sequence[FileFacts], schema: Schema, problems: Problems, texts: Texts | None) -> None:
    """Report problems across files: duplicate or undeclared ids, subjects or objects of wrong types, changed passages.

    Passages are compared with the articles' text only if `texts` is given.
    """
    checker = _Checker(files, schema, problems)
    checker.check_unique_ids()
    checker.check_unique_names()
    for file in files:
        checker.check_references(file)
        checker.check_statuses(file)
        checker.check_values(file)
        checker.check_indicators(file)
        checker.check_alternatives(file)
        checker.check_due_dates(file)
        if texts is not None:
            checker.check_passages(file, texts)
    checker.check_readings()
    checker.check_successors()
    checker.check_document_numbers()


class _Checker:
    def __init__(self, files: Sequence[FileFacts], schema: Schema, problems: Problems) -> None:
        self.files = files
        self.schema = schema
        self.problems = problems
        self.entities: dict[str, EntityRecord] = {}
        self.retired_ids = dict(pair for file in files for pair in file.retired_ids)
        for record in (record for file in files for record in file.entities):
            first = self.entities.setdefault(record.id, record)
            if first is not record:
                self.check_second_declaration(first, record)

    def report(self, location: SourceLocation, actual: str, expectation: str) -> None:
        self.problems.add(location.file, location.line, actual, expectation)

    def check_second_declaration(self, record: EntityRecord, other_record: EntityRecord) -> None:
        """Report an entity that one file declares twice, or two files with different values, and any second article."""
        location = record.source_location
        difference = _declared_difference(record, other_record)
        is_repeated = location.file == other_record.source_location.file or record.type == "Article"
        if difference or is_repeated:
            actual = f"{record.id} a second time{difference} (first in {location.file}:{location.line})"
            expectation = "each id once" if is_repeated else "the same values, or one declaration and `forms` elsewhere"
            self.report(other_record.source_location, actual, expectation)

    def require_declared(self, entity: str, location: SourceLocation, role: str) -> bool:
        """True if an entity is declared; otherwise report it, with its `role` in the message."""
        if entity in self.entities:
            return True
        if entity in self.retired_ids:
            actual = f"{role} {entity}, which was merged away"
            self.report(location, actual, self.retired_ids[entity] or "another id")
        else:
            self.report(location, f"{role} {entity}, which no file declares", describe_choices(self.entities, entity))
        return False

    def check_unique_ids(self) -> None:
        first_locations: dict[str, SourceLocation] = {}
        for file in self.files:
            for item in (*file.statements, *file.disagreements, *file.sentences):
                first = first_locations.setdefault(item.id, item.source_location)
                if first is not item.source_location:
                    actual = f"{item.id} a second time (first in {first.file}:{first.line})"
                    self.report(item.source_location, actual, "each id once")

    def check_unique_names(self) -> None:
        """Report a main name shared by two entities of one type: readers could not tell them apart."""
        first_records: dict[tuple[str, str], EntityRecord] = {}
        for record in (record for file in self.files for record in file.entities):
            first = first_records.setdefault((record.type, record.name), record)
            if first.id != record.id:
                actual = f"{record.name!r} for {record.id} and {first.id}"
                self.report(record.source_location, actual, "a name that fits one entity of its type")

    def check_references(self, file: FileFacts) -> None:
        for statement in file.statements:
            self.check_roles(statement)
        for disagreement in file.disagreements:
            for entity in disagreement.about:
                self.require_declared(entity, disagreement.source_location, "about")
        for entity, name, line in file.forms:
            self.require_declared(entity, SourceLocation(file.file, line), f"form {name.text!r} of")
        for mention, line in file.mentions:
            self.require_declared(mention.entity, SourceLocation(file.file, line), "mention of")

    def check_roles(self, statement: Statement) -> None:
        entities_by_role = [
            ("subject", statement.subject),
            ("object", statement.object),
            ("speaker", statement.speaker),
        ]
        entities_by_role += [("about", entity) for entity in statement.about]
        missing = [
            role
            for role, entity in entities_by_role
            if entity and not self.require_declared(entity, statement.source_location, role)
        ]
        if missing or statement.predicate is None or statement.object is None:
            return
        edge = self.schema.edges[statement.predicate]
        for key, qualifier in edge.qualifiers.items():
            if qualifier.type == "entity" and key in statement.qualifiers:
                self.require_declared(str(statement.qualifiers[key]), statement.source_location, key)
        endpoints = (("subject", statement.subject, edge.start), ("object", statement.object, edge.end))
        for role, entity, allowed_types in endpoints:
            if self.entities[entity].type not in allowed_types:
                actual = f"{edge.key} with {role} {entity} ({self.entities[entity].type})"
                self.report(statement.source_location, actual, with_article(" or ".join(allowed_types)))
        if statement.subject == statement.object:
            self.report(statement.source_location, f"{edge.key} from {statement.subject} to itself", "two entities")

    def check_statuses(self, file: FileFacts) -> None:
        first_statements: dict[tuple[object, ...], Statement] = {}
        for statement in file.statements:
            if statement.kind != "relation" or statement.passage is None:
                continue
            key = (statement.passage, statement.subject, statement.predicate, statement.object, statement.as_of)
            previous = first_statements.setdefault(key, statement)
            if previous.status != statement.status:
                actual = (
                    f"{statement.predicate} {statement.status}, on line "
                    f"{previous.source_location.line} {previous.status}"
                )
                self.report(statement.source_location, actual, "one status for one passage, or `disputed`")

    def check_indicators(self, file: FileFacts) -> None:
        """Report indicators that are not in the registry, and units that are not those of the registry."""
        for statement in file.statements:
            if statement.indicator is None:
                continue
            indicator = self.schema.indicators.get(statement.indicator)
            if indicator is None:
                nearest = describe_choices(self.schema.indicators, statement.indicator)
                expectation = f"{nearest}: `vnkg indicators` lists them, {INDICATORS_FILE} registers them"
                self.report(statement.source_location, f"indicator {statement.indicator!r}", expectation)
            elif statement.unit != indicator.unit:
                actual = f"{statement.indicator} in {statement.unit}"
                self.report(statement.source_location, actual, indicator.unit)

    def check_alternatives(self, file: FileFacts) -> None:
        """Report an alternative that no statement of the same subject, predicate and sentence names in return."""
        alternatives: dict[tuple[object, ...], set[str]] = {}
        for statement in file.statements:
            key = (statement.sentence, statement.subject, statement.predicate, statement.object)
            alternatives.setdefault(key, set()).update(statement.alternative)
        for statement in file.statements:
            for entity in statement.alternative:
                key = (statement.sentence, statement.subject, statement.predicate, entity)
                if entity == statement.object:
                    actual = f"{entity} as an alternative to itself"
                    self.report(statement.source_location, actual, "what else it may be")
                elif statement.object not in alternatives.get(key, ()):
                    actual = f"the alternative {entity} of {statement.object}, which does not name it in return"
                    expectation = f"another {statement.predicate} statement of this sentence about {entity}, and there "
                    self.report(statement.source_location, actual, f"{expectation}alternative: [{statement.object}]")

    def check_due_dates(self, file: FileFacts) -> None:
        """Report a date by which something is to be so, where it is so already."""
        for statement in file.statements:
            if statement.due is None:
                continue
            status = self.schema.statuses.get(statement.status or "")
            if status is not None and status.group in ("in_force", "ended", "cancelled"):
                self.report(
                    statement.source_location, f"due with status {status.key}", "a status of what is not there yet"
                )
            if statement.value_status == "actual":
                self.report(statement.source_location, "due with value_status actual", "target or planned")

    def check_values(self, file: FileFacts) -> None:
        """Report values of one quantity in one passage that cannot both be right, unless a disagreement lists them."""
        comparable_statements: dict[tuple[object, ...], list[Statement]] = {}
        for statement in file.statements:
            if statement.kind != "measurement" or statement.passage is None:
                continue
            quantity = (statement.subject, statement.about, statement.indicator, statement.unit, statement.scope)
            dates = (statement.period, statement.as_of, statement.value_status)
            candidates = comparable_statements.setdefault((statement.passage, *quantity, *dates), [])
            for candidate in candidates:
                if not _are_compatible(statement, candidate) and not self.have_disagreement(statement, candidate):
                    actual = (
                        f"{statement.indicator} {_format_value(statement)}, on line "
                        f"{candidate.source_location.line} {_format_value(candidate)}"
                    )
                    expectation = "values that can both be right, or a disagreement with a reading of each"
                    self.report(statement.source_location, actual, expectation)
                    break
            candidates.append(statement)

    def have_disagreement(self, a: Statement, b: Statement) -> bool:
        """True if a disagreement has the two statements in different readings."""
        for item in (item for file in self.files for item in file.disagreements):
            readings = [{a.id, b.id}.intersection(reading.statements) for reading in item.readings]
            if {a.id} in readings and {b.id} in readings:
                return True
        return False

    def check_readings(self) -> None:
        statements = {statement.id for file in self.files for statement in file.statements}
        for item in (item for file in self.files for item in file.disagreements):
            for statement_id in (statement_id for reading in item.readings for statement_id in reading.statements):
                if statement_id not in statements:
                    self.report(
                        item.source_location, f"a reading of {statement_id}", describe_choices(statements, statement_id)
                    )

    def check_successors(self) -> None:
        for file in self.files:
            for old, new in file.retired_ids:
                if old in self.entities:
                    self.report(SourceLocation(file.file, 0), f"{old} retired and declared", "one of them")
                if new is not None and new not in self.entities:
                    self.report(SourceLocation(file.file, 0), f"{old} merged into {new}", "an entity that is declared")

    def check_document_numbers(self) -> None:
        """Report a policy whose number matches no rule, or whose number implies another kind of policy."""
        rules = next((file.number_rules for file in self.files if file.number_rules), None)
        if rules is None:
            return
        for record in self.entities.values():
            text = record.attributes.get("number") if record.type == "Policy" else None
            if text is None:
                continue
            number = rules.parse(str(text))
            if number is None:
                self.report(
                    record.source_location,
                    f"number {text!r}",
                    "57-NQ/TW, 264/2025/NĐ-CP, 92/KH-UBND, 93/2025/QH15, or 148/2018",
                )
            elif (kind := rules.policy_kind(number)) not in (None, record.attributes.get("kind")):
                actual = f"number {text!r} for a {record.attributes.get('kind')}"
                self.report(record.source_location, actual, f"kind: {kind}")

    def check_passages(self, file: FileFacts, texts: Texts) -> None:
        # Someone who adds an article has its text, but not necessarily that of the others.
        if file.article is None or not texts.has(file.article.id):
            return
        try:
            texts.text(file.article.id)
        except PassageError as error:
            self.report(SourceLocation(file.file, 1), str(error), "the article's text")
            return
        text = unicodedata.normalize("NFC", "\n".join(texts.lines(file.article.id)))
        for entity, name, line in file.forms:
            if unicodedata.normalize("NFC", name.text) not in text:
                location = SourceLocation(file.file, line)
                self.report(location, f"form {name.text!r} of {entity}", f"words of the text of {file.article.id}")
        for item in (*file.sentences, *file.statements):
            if item.passage and (error_message := texts.passage_error(item.passage)):
                self.report(item.source_location, error_message, "the words this entry was made of")


def _declared_difference(record: EntityRecord, other_record: EntityRecord) -> str:
    """Return in what two declarations of one entity contradict each other; empty if they can be merged."""
    if record.name != other_record.name:
        return f", named {other_record.name!r} instead of {record.name!r}"
    for key, value in other_record.attributes.items():
        if record.attributes.get(key, value) != value:
            return f", with {key}: {value!r} instead of {record.attributes[key]!r}"
    return ""


def _are_compatible(a: Statement, b: Statement) -> bool:
    return agree((float(a.value or 0), a.comparator or "="), (float(b.value or 0), b.comparator or "="))


def _format_value(statement: Statement) -> str:
    return f"{'' if statement.comparator == '=' else f'{statement.comparator} '}{statement.value}"
