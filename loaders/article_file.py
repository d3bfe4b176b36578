"""Read one facts file (an article file with its ledger, or a reference table) into plain values."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from ..graph.model.facts import Disagreement, EntityRecord, Mention, Name, Passage, Place, Reading, Sentence, Statement
from ..graph.model.schema import Schema
from .document_numbers import Rules
from .fields import Fields
from .sentences import overlapping
from .yaml_lines import Map, Problems, one_of

_SAID = ("id", "gloss", "basis", "as_of", "at", "sha256", "speaker", "about")
_RELATION = (*_SAID, "subject", "predicate", "object", "status", "source")
_MEASUREMENT = (*_SAID, "subject", "indicator", "value", "unit", "comparator", "value_status", "period")
_CLAIM = (*_SAID, "subject", "claim", "status")


@dataclass
class FileFacts:
    """The contents of one facts file.

    `mentions` pairs each mention with its line in the file. `forms` holds further names of entities that are declared
    elsewhere, as (entity id, name, line in the file). `retired_ids` holds (old id, new id, or None if it has no
    successor).
    """

    file: str
    article: EntityRecord | None = None
    entities: list[EntityRecord] = field(default_factory=list[EntityRecord])
    statements: list[Statement] = field(default_factory=list[Statement])
    mentions: list[tuple[Mention, int]] = field(default_factory=list[tuple[Mention, int]])
    sentences: list[Sentence] = field(default_factory=list[Sentence])
    disagreements: list[Disagreement] = field(default_factory=list[Disagreement])
    forms: list[tuple[str, Name, int]] = field(default_factory=list[tuple[str, Name, int]])
    retired: list[tuple[str, str | None]] = field(default_factory=list[tuple[str, str | None]])
    rules: Rules | None = None


class FileReader:
    """Reader of one file's YAML. It reports every problem with its line and continues."""

    def __init__(self, file: str, schema: Schema, problems: Problems) -> None:
        self.schema = schema
        self.fields = Fields(file, problems)
        self.facts = FileFacts(file)
        self.source: str | None = None
        self.checked_on: str | None = None

    def article(self, root: Map) -> FileFacts:
        """Read an article file: `article`, `entities`, `forms`, `sentences`, `disagreements`, `retired`."""
        allowed = ("article", "entities", "forms", "sentences", "disagreements", "retired")
        self.fields.known(root, allowed, "the file")
        head = root.get("article")
        if not isinstance(head, Map):
            self.fields.wrong(root.line, "no 'article'", "a mapping 'article' with id, name, language, origin, sha256")
            return self.facts
        self.facts.article = self._entity(head, "Article")
        if self.facts.article is None:
            return self.facts
        self.facts.entities.append(self.facts.article)
        self._entities(root)
        self._forms(root)
        for row in self.fields.rows(root, "sentences"):
            self._sentence(row, self.facts.article)
        self._overlaps()
        self._disagreements(root)
        self._retired(root)
        return self.facts

    def reference(self, root: Map) -> FileFacts:
        """Read a reference table.

        Its keys: `source`, `checked_on`, `entities`, `names`, `statements`, `retired`, `document_numbers`.
        """
        allowed = ("source", "checked_on", "entities", "names", "statements", "retired", "document_numbers")
        self.fields.known(root, allowed, "the file")
        self.source = self.fields.text(root, "source", required=True)
        self.checked_on = self.fields.day(root, "checked_on")
        if self.checked_on is None:
            self.fields.wrong(root.line, "no 'checked_on'", "the day the table was checked")
        self._entities(root)
        self._names(root)
        for row in self.fields.rows(root, "statements"):
            self._statement(row, None, None)
        self._retired(root)
        self._document_numbers(root)
        return self.facts

    def _document_numbers(self, root: Map) -> None:
        rules = root.get("document_numbers")
        if rules is None:
            return
        types = rules.get("types") if isinstance(rules, Map) else None
        issuers = rules.get("issuers") if isinstance(rules, Map) else None
        if not isinstance(types, Map) or not isinstance(issuers, Map):
            self.fields.wrong(root.line_of("document_numbers"), "no types or issuers", "a mapping of types and issuers")
            return
        kinds = self.schema.nodes["Policy"].properties["kind"].values
        for key, row in types.items():
            if not isinstance(row, Map) or row.get("kind") not in kinds:
                self.fields.wrong(types.line_of(key), f"type {key} without a kind of policy", one_of(kinds))
                return
        self.facts.rules = Rules(types, issuers)

    def _entities(self, root: Map) -> None:
        for row in self.fields.rows(root, "entities"):
            if entity := self._entity(row):
                self.facts.entities.append(entity)

    def _names(self, root: Map) -> None:
        """Read further names of entities that another file declares."""
        for row in self.fields.rows(root, "names"):
            self.fields.known(row, ("id", "names"), "more names")
            entity = self.fields.entity_id(row, "id", required=True)
            names = self.fields.names(row, self.schema.name_kinds)
            if entity is not None:
                self.facts.forms += [(entity, name, row.line) for name in names]

    def _entity(self, row: Map, expected: str | None = None) -> EntityRecord | None:
        entity_id = self.fields.entity_id(row, "id", required=True)
        name = self.fields.text(row, "name", required=True)
        if entity_id is None:
            return None
        name = name or entity_id
        node = self.schema.node_of(entity_id)
        if node is None or (expected and node.key != expected):
            prefixes = [n.prefix for n in self.schema.nodes.values() if expected in (None, n.key)]
            self.fields.wrong(row.line_of("id"), f"id: {entity_id!r}", "an id that begins with " + one_of(prefixes))
            return None
        self.fields.known(row, ("id", "name", "language", "names", *node.properties), f"a {node.key}")
        names = self.fields.names(row, self.schema.name_kinds)
        if not any(known.text == name for known in names):
            names = (Name(name, str(row.get("language") or "vi")), *names)
        return EntityRecord(
            entity_id, node.key, name, names,
            self.fields.properties(row, node.properties, entity_id), Place(self.facts.file, row.line),
        )  # fmt: skip

    def _forms(self, root: Map) -> None:
        forms = root.get("forms")
        article = self.facts.article
        if forms is None or article is None:
            return
        if not isinstance(forms, Map):
            self.fields.wrong(root.line_of("forms"), "no mapping", "a mapping id: [names as the article writes them]")
            return
        language = str(article.attributes.get("language", ""))
        for entity, texts in forms.items():
            line = forms.line_of(entity)
            if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):  # pyright: ignore[reportUnknownVariableType]
                self.fields.wrong(line, f"forms of {entity}", "a list of names as the article writes them")
                continue
            for text in texts:  # pyright: ignore[reportUnknownVariableType]
                self.facts.forms.append((entity, Name(str(text), language, "alias", article.id), line))  # pyright: ignore[reportUnknownArgumentType]

    def _sentence(self, row: Map, article: EntityRecord) -> None:
        self.fields.known(row, ("at", "sha256", "origin", "statements", "mentions", "none"), "a sentence")
        passage = self.fields.passage(row, article.id)
        if passage is None:
            return
        rows = self.fields.rows(row, "statements")
        none = self.fields.text(row, "none")
        if bool(rows) == bool(none):
            found = "statements and 'none'" if none else "neither statements nor 'none'"
            self.fields.wrong(row.line, found, "one of them: what the sentence gives, or why nothing")
        sentence_id = f"sentence:{article.id.partition(':')[2]}-{passage.line}-{passage.start}"
        ids = [self._statement(item, passage, sentence_id, row) for item in rows]
        for entity, start, end, line in self.fields.spans(row, "mentions"):
            if not passage.start <= start < end <= passage.end:
                self.fields.wrong(line, f"mention {start}-{end}", f"a span inside {passage.at}")
            self.facts.mentions.append((Mention(article.id, entity, passage.line, start, end), line))
        self.facts.sentences.append(
            Sentence(sentence_id, passage, tuple(i for i in ids if i), none, Place(self.facts.file, row.line))
        )

    def _overlaps(self) -> None:
        for one, other in overlapping(self.facts.sentences):
            found = f"sentences {one.passage.at} and {other.passage.at}"
            self.fields.wrong(other.where.line, found, "sentences that do not overlap")

    def _statement(
        self, row: Map, passage: Passage | None, sentence: str | None, parent: Map | None = None
    ) -> str | None:
        if "predicate" in row:
            made = self._relation(row)
        elif "indicator" in row:
            made = self._measurement(row)
        elif "claim" in row:
            made = self._claim(row)
        else:
            self.fields.wrong(row.line, "a statement of no kind", "'predicate', 'indicator' or 'claim'")
            return None
        subject = self.fields.entity_id(row, "subject", required=True)
        gloss = self.fields.text(row, "gloss", required=passage is not None) or ""
        if "at" in row and passage is not None:
            narrowed = self.fields.passage(row, passage.article)
            if narrowed and (
                narrowed.line != passage.line or not passage.start <= narrowed.start < narrowed.end <= passage.end
            ):
                self.fields.wrong(row.line_of("at"), f"at: {narrowed.at}", f"a span inside {passage.at}")
            passage = narrowed
        if made is None or subject is None:
            return None
        made |= {"subject": subject, "gloss": gloss, "passage": passage, "sentence": sentence}
        made |= self._grounds(row, passage, parent)
        made["speaker"] = self.fields.entity_id(row, "speaker")
        made["about"] = self.fields.ids(row, "about")
        statement = Statement(id=self._id(row, made, passage), where=Place(self.facts.file, row.line), **made)
        self.facts.statements.append(statement)
        return statement.id

    def _grounds(self, row: Map, passage: Passage | None, parent: Map | None) -> dict[str, Any]:
        """Return the statement's provenance: basis, date and origin, or the source of a reference table.

        The keys are fields of `Statement`. Without an `as_of` of its own, a statement takes its article's publication
        date.
        """
        as_of = self.fields.day(row, "as_of")
        if passage is None and self.facts.article is None:
            source = self.fields.text(row, "source") or self.source
            return {"basis": "reference", "source": source, "checked_on": self.checked_on,
                    "as_of": as_of, "as_of_from": "sentence" if as_of else None}  # fmt: skip
        allowed = [basis for basis in self.schema.bases if basis != "reference"]
        basis = self.fields.term(row, "basis", allowed, required=True) or "stated"
        origin = self.fields.text(parent, "origin") if parent is not None else None
        if as_of:
            return {"basis": basis, "as_of": as_of, "as_of_from": "sentence", "origin": origin}
        article = self.facts.article
        published = article.attributes.get("published") if article else None
        return {"basis": basis, "as_of": str(published) if published else None,
                "as_of_from": "article" if published else None, "origin": origin}  # fmt: skip

    def _id(self, row: Map, made: dict[str, Any], passage: Passage | None) -> str:
        """Return the statement's id: the explicit one, or a hash of its content and locator."""
        prefix = self.facts.article.id.partition(":")[2] if self.facts.article else "ref"
        own = self.fields.text(row, "id")
        if own:
            return f"statement:{prefix}-{own}"
        parts = [
            made.get(key)
            for key in ("kind", "subject", "predicate", "object", "indicator", "claim_type", "value", "period")
        ]
        parts += [
            passage.at if passage else "",
            sorted(made.get("qualifiers", {}).items()),
            made["gloss"] if made["kind"] == "claim" else "",
        ]
        return f"statement:{prefix}-{hashlib.sha256(repr(parts).encode()).hexdigest()[:10]}"

    def _relation(self, row: Map) -> dict[str, Any] | None:
        predicate = self.fields.text(row, "predicate")
        edge = self.schema.edges.get(predicate or "")
        if edge is None or edge.derived:
            stated = [key for key, declared in self.schema.edges.items() if not declared.derived]
            self.fields.wrong(row.line_of("predicate"), f"predicate: {predicate!r}", one_of(stated, predicate or ""))
            return None
        self.fields.known(row, (*_RELATION, *edge.qualifiers), f"a {edge.key} statement")
        target = self.fields.entity_id(row, "object", required=True)
        status = self.fields.term(row, "status", self.schema.statuses)
        if status is None and "status" not in row:
            self.fields.wrong(row.line, f"{edge.key} without status", one_of(edge.statuses))
        elif status is not None and status not in edge.statuses:
            self.fields.wrong(row.line_of("status"), f"{edge.key} with status {status!r}", one_of(edge.statuses))
        qualifiers = self.fields.properties(row, edge.qualifiers, edge.key)
        if target is None:
            return None
        return {"kind": "relation", "predicate": edge.key, "object": target, "status": status, "qualifiers": qualifiers}

    def _measurement(self, row: Map) -> dict[str, Any] | None:
        self.fields.known(row, _MEASUREMENT, "a measurement")
        value = row.get("value")
        if not isinstance(value, int | float) or isinstance(value, bool):
            self.fields.wrong(row.line_of("value"), f"value: {value!r}", "a plain number, with a point: 4690, 15.02")
            return None
        return {
            "kind": "measurement",
            "indicator": self.fields.text(row, "indicator", required=True),
            "value": value,
            "unit": self.fields.term(row, "unit", self.schema.units, required=True),
            "comparator": self.fields.term(row, "comparator", self.schema.comparators) or "=",
            "value_status": self.fields.term(row, "value_status", self.schema.value_statuses, required=True),
            "period": self.fields.period(row, "period"),
        }

    def _claim(self, row: Map) -> dict[str, Any] | None:
        self.fields.known(row, _CLAIM, "a claim")
        claim_type = self.fields.term(row, "claim", self.schema.claim_types, required=True)
        status = self.fields.term(row, "status", self.schema.statuses)
        return {"kind": "claim", "claim_type": claim_type, "status": status} if claim_type else None

    def _disagreements(self, root: Map) -> None:
        for row in self.fields.rows(root, "disagreements"):
            self.fields.known(
                row, ("id", "kind", "about", "readings", "gloss", "preferred", "reason"), "a disagreement"
            )
            own = self.fields.entity_id(row, "id", required=True)
            kind = self.fields.term(row, "kind", self.schema.disagreement_kinds, required=True)
            readings = tuple(
                Reading(self.fields.ids(item, "statements"), self.fields.text(item, "gloss", required=True) or "")
                for item in self.fields.rows(row, "readings")
            )
            if len(readings) < 2:
                self.fields.wrong(row.line, f"{len(readings)} reading(s)", "a disagreement of two readings or more")
            preferred = row.get("preferred")
            reason = self.fields.text(row, "reason", required=preferred is not None)
            if preferred is not None and (not isinstance(preferred, int) or not 0 <= preferred < len(readings)):
                self.fields.wrong(
                    row.line_of("preferred"), f"preferred: {preferred!r}", "the number of a reading, from 0"
                )
            if own and kind:
                gloss = self.fields.text(row, "gloss") or ""
                place = Place(self.facts.file, row.line)
                about = self.fields.ids(row, "about")
                self.facts.disagreements.append(
                    Disagreement(own, kind, about, readings, gloss, preferred, reason, place)
                )

    def _retired(self, root: Map) -> None:
        retired = root.get("retired")
        if isinstance(retired, Map):
            self.facts.retired += [(old, str(new) if new else None) for old, new in retired.items()]
        elif retired is not None:
            self.fields.wrong(root.line_of("retired"), "no mapping", "a mapping old id: new id, or nothing")
