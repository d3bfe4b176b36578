"""Checks across all facts files: ids, types of subjects and objects, contradictions, and the articles' text."""

from collections.abc import Sequence

from ..graph.errors import PassageError
from ..graph.model.comparators import agree
from ..graph.model.facts import EntityRecord, Place, Statement
from ..graph.model.schema import Schema
from .article_file import FileFacts
from .article_texts import Texts
from .yaml_lines import Problems, one_of


def check(files: Sequence[FileFacts], schema: Schema, problems: Problems, texts: Texts | None) -> None:
    """Report problems across files: duplicate or undeclared ids, subjects or objects of wrong types, changed passages.

    Passages are compared with the articles' text only if `texts` is given.
    """
    checker = _Checker(files, schema, problems)
    checker.unique_ids()
    checker.unique_names()
    for file in files:
        checker.references(file)
        checker.contradictions(file)
        checker.values(file)
        if texts is not None:
            checker.passages(file, texts)
    checker.readings()
    checker.successors()
    checker.document_numbers()


class _Checker:
    def __init__(self, files: Sequence[FileFacts], schema: Schema, problems: Problems) -> None:
        self.files = files
        self.schema = schema
        self.problems = problems
        self.entities: dict[str, EntityRecord] = {}
        self.retired = dict(pair for file in files for pair in file.retired)
        for record in (record for file in files for record in file.entities):
            first = self.entities.setdefault(record.id, record)
            if first is not record:
                found = f"{record.id} a second time (first in {first.where.file}:{first.where.line})"
                self.wrong(record.where, found, "each id once; use `forms` for more names")

    def wrong(self, where: Place, found: str, expected: str) -> None:
        self.problems.add(where.file, where.line, found, expected)

    def known(self, entity: str, where: Place, what: str) -> bool:
        """True if an entity is declared; otherwise report it, with its `role` in the message."""
        if entity in self.entities:
            return True
        if entity in self.retired:
            found = f"{what} {entity}, which was merged away"
            self.wrong(where, found, self.retired[entity] or "another id")
        else:
            self.wrong(where, f"{what} {entity}, which no file declares", one_of(self.entities, entity))
        return False

    def unique_ids(self) -> None:
        seen: dict[str, Place] = {}
        for file in self.files:
            for item in (*file.statements, *file.disagreements, *file.sentences):
                first = seen.setdefault(item.id, item.where)
                if first is not item.where:
                    found = f"{item.id} a second time (first in {first.file}:{first.line})"
                    self.wrong(item.where, found, "each id once")

    def unique_names(self) -> None:
        """Report a main name shared by two entities of one type: readers could not tell them apart."""
        seen: dict[tuple[str, str], EntityRecord] = {}
        for record in (record for file in self.files for record in file.entities):
            first = seen.setdefault((record.type, record.name), record)
            if first.id != record.id:
                found = f"{record.name!r} for {record.id} and {first.id}"
                self.wrong(record.where, found, "a name that fits one entity of its type")

    def references(self, file: FileFacts) -> None:
        for statement in file.statements:
            self.ends(statement)
        for disagreement in file.disagreements:
            for entity in disagreement.about:
                self.known(entity, disagreement.where, "about")
        for entity, name, line in file.forms:
            self.known(entity, Place(file.file, line), f"form {name.text!r} of")
        for mention, line in file.mentions:
            self.known(mention.entity, Place(file.file, line), "mention of")

    def ends(self, statement: Statement) -> None:
        ends = [("subject", statement.subject), ("object", statement.object), ("speaker", statement.speaker)]
        ends += [("about", entity) for entity in statement.about]
        missing = [role for role, entity in ends if entity and not self.known(entity, statement.where, role)]
        if missing or statement.predicate is None or statement.object is None:
            return
        edge = self.schema.edges[statement.predicate]
        sides = (("subject", statement.subject, edge.start), ("object", statement.object, edge.end))
        for role, entity, allowed in sides:
            if self.entities[entity].type not in allowed:
                found = f"{edge.key} with {role} {entity} ({self.entities[entity].type})"
                self.wrong(statement.where, found, "a " + " or ".join(allowed))
        if statement.subject == statement.object:
            self.wrong(statement.where, f"{edge.key} from {statement.subject} to itself", "two entities")

    def contradictions(self, file: FileFacts) -> None:
        seen: dict[tuple[object, ...], Statement] = {}
        for statement in file.statements:
            if statement.kind != "relation" or statement.passage is None:
                continue
            place = (statement.passage, statement.subject, statement.predicate, statement.object, statement.as_of)
            other = seen.setdefault(place, statement)
            if other.status != statement.status:
                found = f"{statement.predicate} {statement.status}, on line {other.where.line} {other.status}"
                self.wrong(statement.where, found, "one status for one passage, or `disputed`")

    def values(self, file: FileFacts) -> None:
        """Report values of one quantity in one passage that cannot both be right, unless a disagreement lists them."""
        seen: dict[tuple[object, ...], list[Statement]] = {}
        for statement in file.statements:
            if statement.kind != "measurement" or statement.passage is None:
                continue
            measured = (statement.subject, statement.about, statement.indicator, statement.unit)
            when = (statement.period, statement.as_of, statement.value_status)
            others = seen.setdefault((statement.passage, *measured, *when), [])
            for other in others:
                if not _both_right(statement, other) and not self.disagreed(statement, other):
                    found = f"{statement.indicator} {_value(statement)}, on line {other.where.line} {_value(other)}"
                    expected = "values that can both be right, or a disagreement with a reading of each"
                    self.wrong(statement.where, found, expected)
                    break
            others.append(statement)

    def disagreed(self, one: Statement, other: Statement) -> bool:
        """True if a disagreement has the two statements in different readings."""
        for item in (item for file in self.files for item in file.disagreements):
            held = [{one.id, other.id}.intersection(reading.statements) for reading in item.readings]
            if {one.id} in held and {other.id} in held:
                return True
        return False

    def readings(self) -> None:
        statements = {statement.id for file in self.files for statement in file.statements}
        for item in (item for file in self.files for item in file.disagreements):
            for sid in (sid for reading in item.readings for sid in reading.statements):
                if sid not in statements:
                    self.wrong(item.where, f"a reading of {sid}", one_of(statements, sid))

    def successors(self) -> None:
        for file in self.files:
            for old, new in file.retired:
                if old in self.entities:
                    self.wrong(Place(file.file, 0), f"{old} retired and declared", "one of them")
                if new is not None and new not in self.entities:
                    self.wrong(Place(file.file, 0), f"{old} merged into {new}", "an entity that is declared")

    def document_numbers(self) -> None:
        """Report a policy whose number matches no rule, or whose number implies another kind of policy."""
        rules = next((file.rules for file in self.files if file.rules), None)
        if rules is None:
            return
        for record in self.entities.values():
            text = record.attributes.get("number") if record.type == "Policy" else None
            if text is None:
                continue
            number = rules.read(str(text))
            if number is None:
                self.wrong(
                    record.where, f"number {text!r}", "57-NQ/TW, 264/2025/NĐ-CP, 92/KH-UBND, 93/2025/QH15, or 148/2018"
                )
            elif (kind := rules.kind(number)) not in (None, record.attributes.get("kind")):
                found = f"number {text!r} for a {record.attributes.get('kind')}"
                self.wrong(record.where, found, f"kind: {kind}")

    def passages(self, file: FileFacts, texts: Texts) -> None:
        # Someone who adds an article has its text, but not necessarily that of the others.
        if file.article is None or not texts.has(file.article.id):
            return
        try:
            texts.text(file.article.id)
        except PassageError as error:
            self.wrong(Place(file.file, 1), str(error), "the article's text")
            return
        for item in (*file.sentences, *file.statements):
            if item.passage and (fault := texts.fault(item.passage)):
                self.wrong(item.where, fault, "the words this entry was made of")


def _both_right(one: Statement, other: Statement) -> bool:
    return agree((float(one.value or 0), one.comparator or "="), (float(other.value or 0), other.comparator or "="))


def _value(statement: Statement) -> str:
    return f"{'' if statement.comparator == '=' else f'{statement.comparator} '}{statement.value}"
