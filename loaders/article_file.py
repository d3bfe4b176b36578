"""Read one facts file (an article file with its ledger, or a reference table) into plain values."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from ..graph.messages import with_article
from ..graph.model.facts import (
    Disagreement,
    EntityRecord,
    Mention,
    Name,
    Passage,
    Reading,
    Sentence,
    SourceLocation,
    Statement,
    end_of_period,
)
from ..graph.model.schema import Schema
from .document_numbers import DocumentNumberRules
from .fields import Fields
from .sentences import overlapping_pairs
from .yaml_lines import MAX_DIGITS, Map, Problems, describe_choices

_STATEMENT_KEYS = ("id", "gloss", "basis", "as_of", "at", "sha256", "speaker", "speaker_basis", "about", "due")
_RELATION_KEYS = (*_STATEMENT_KEYS, "subject", "predicate", "object", "status", "alternative", "source")
_MEASUREMENT_KEYS = (
    *_STATEMENT_KEYS, "subject", "indicator", "value", "unit", "comparator", "value_status", "period", "scope",
)  # fmt: skip
_NUMBER_EXPECTATION = f"a plain number, with a point, of at most {MAX_DIGITS} digits: 4690, 15.02"
_CLAIM_KEYS = (*_STATEMENT_KEYS, "subject", "claim", "status")


@dataclass(frozen=True, slots=True)
class BodyRule:
    """How a body that every province has is named; `{province}` stands for the province's name.

    `name` is its main name in a province, `city_name` in a city that never was a province; `names` are the others.
    """

    kind: str
    name: Name
    city_name: Name
    names: tuple[Name, ...]
    source: str
    checked_on: str
    source_location: SourceLocation


@dataclass
class FileFacts:
    """The contents of one facts file.

    `mentions` pairs each mention with its line in the file. `forms` holds further names of entities that are declared
    elsewhere, as (entity id, name, line in the file). `retired_ids` holds (old id, new id, or None if it has no
    successor). `body_rules` name the bodies that every province has, by the last part of their id.
    """

    file: str
    article: EntityRecord | None = None
    entities: list[EntityRecord] = field(default_factory=list[EntityRecord])
    statements: list[Statement] = field(default_factory=list[Statement])
    mentions: list[tuple[Mention, int]] = field(default_factory=list[tuple[Mention, int]])
    sentences: list[Sentence] = field(default_factory=list[Sentence])
    disagreements: list[Disagreement] = field(default_factory=list[Disagreement])
    forms: list[tuple[str, Name, int]] = field(default_factory=list[tuple[str, Name, int]])
    retired_ids: list[tuple[str, str | None]] = field(default_factory=list[tuple[str, str | None]])
    number_rules: DocumentNumberRules | None = None
    body_rules: dict[str, BodyRule] = field(default_factory=dict[str, BodyRule])


class FileReader:
    """Reader of one file's YAML. It reports every problem with its line and continues."""

    def __init__(self, file: str, schema: Schema, problems: Problems) -> None:
        self.schema = schema
        self.fields = Fields(file, problems)
        self.facts = FileFacts(file)
        self.source: str | None = None
        self.checked_on: str | None = None

    def read_article(self, root: Map) -> FileFacts:
        """Read an article file: `article`, `entities`, `forms`, `sentences`, `disagreements`, `retired`."""
        allowed = ("article", "entities", "forms", "sentences", "disagreements", "retired")
        self.fields.reject_unknown_keys(root, allowed, "the file")
        head = root.get("article")
        if not isinstance(head, Map):
            self.fields.report(root.line, "no 'article'", "a mapping 'article' with id, name, language, origin, sha256")
            return self.facts
        self.facts.article = self._read_entity(head, "Article")
        if self.facts.article is None:
            return self.facts
        self.facts.entities.append(self.facts.article)
        self._read_entities(root)
        self._read_forms(root)
        for row in self.fields.rows(root, "sentences"):
            self._read_sentence(row, self.facts.article)
        self._report_overlaps()
        self._read_disagreements(root)
        self._read_retired_ids(root)
        return self.facts

    def read_reference_table(self, root: Map) -> FileFacts:
        """Read a reference table.

        Its keys: `source`, `checked_on`, `entities`, `names`, `statements`, `retired`, `document_numbers`,
        `province_bodies`.
        """
        allowed = (
            "source", "checked_on", "entities", "names", "statements", "retired", "document_numbers", "province_bodies",
        )  # fmt: skip
        self.fields.reject_unknown_keys(root, allowed, "the file")
        self.source = self.fields.text(root, "source", is_required=True)
        self.checked_on = self.fields.date(root, "checked_on")
        if self.checked_on is None:
            self.fields.report(root.line, "no 'checked_on'", "the day the table was checked")
        self._read_entities(root)
        self._read_names(root)
        for row in self.fields.rows(root, "statements"):
            self._read_statement(row, None, None)
        self._read_retired_ids(root)
        self._read_document_numbers(root)
        self._read_province_bodies(root)
        return self.facts

    def _read_province_bodies(self, root: Map) -> None:
        bodies = root.get("province_bodies", Map(root.line))
        if not isinstance(bodies, Map):
            self.fields.report(root.line_of("province_bodies"), "no mapping", "a mapping of bodies")
            return
        kinds = self.schema.nodes["Agency"].properties["kind"].values
        for suffix, row in bodies.items():
            if not isinstance(row, Map):
                self.fields.report(bodies.line_of(suffix), f"{suffix} without names", "a mapping of kind, name, names")
                continue
            self.fields.reject_unknown_keys(row, ("kind", "name", "city_name", "names"), "a body")
            kind = self.fields.term(row, "kind", kinds, is_required=True)
            name = self.fields.text(row, "name", is_required=True)
            if kind and name:
                self.facts.body_rules[suffix] = BodyRule(
                    kind,
                    Name(name, "vi"),
                    Name(self.fields.text(row, "city_name") or name, "vi"),
                    self.fields.names(row, self.schema.name_kinds),
                    self.source or "",
                    self.checked_on or "",
                    SourceLocation(self.facts.file, row.line),
                )

    def _read_document_numbers(self, root: Map) -> None:
        rules = root.get("document_numbers")
        if rules is None:
            return
        types = rules.get("types") if isinstance(rules, Map) else None
        issuers = rules.get("issuers") if isinstance(rules, Map) else None
        if not isinstance(types, Map) or not isinstance(issuers, Map):
            self.fields.report(
                root.line_of("document_numbers"), "no types or issuers", "a mapping of types and issuers"
            )
            return
        kinds = self.schema.nodes["Policy"].properties["kind"].values
        for key, row in types.items():
            if not isinstance(row, Map) or row.get("kind") not in kinds:
                self.fields.report(types.line_of(key), f"type {key} without a kind of policy", describe_choices(kinds))
                return
        self.facts.number_rules = DocumentNumberRules(types, issuers)

    def _read_entities(self, root: Map) -> None:
        for row in self.fields.rows(root, "entities"):
            if entity := self._read_entity(row):
                self.facts.entities.append(entity)

    def _read_names(self, root: Map) -> None:
        """Read further names of entities that another file declares."""
        for row in self.fields.rows(root, "names"):
            self.fields.reject_unknown_keys(row, ("id", "names"), "more names")
            entity = self.fields.entity_id(row, "id", is_required=True)
            names = self.fields.names(row, self.schema.name_kinds)
            if entity is not None:
                self.facts.forms += [(entity, name, row.line) for name in names]

    def _read_entity(self, row: Map, expected_type: str | None = None) -> EntityRecord | None:
        entity_id = self.fields.entity_id(row, "id", is_required=True)
        name = self.fields.text(row, "name", is_required=True)
        if entity_id is None:
            return None
        name = name or entity_id
        node = self.schema.node_type_of(entity_id)
        if node is None or (expected_type and node.key != expected_type):
            prefixes = [n.prefix for n in self.schema.nodes.values() if expected_type in (None, n.key)]
            self.fields.report(
                row.line_of("id"), f"id: {entity_id!r}", "an id that begins with " + describe_choices(prefixes)
            )
            return None
        self.fields.reject_unknown_keys(
            row, ("id", "name", "language", "names", *node.properties), with_article(node.key)
        )
        names = self.fields.names(row, self.schema.name_kinds)
        if not any(entity_name.text == name for entity_name in names):
            names = (Name(name, self.fields.text(row, "language") or "vi"), *names)
        return EntityRecord(
            entity_id, node.key, name, names,
            self.fields.properties(row, node.properties, entity_id), SourceLocation(self.facts.file, row.line),
        )  # fmt: skip

    def _read_forms(self, root: Map) -> None:
        forms = root.get("forms")
        article = self.facts.article
        if forms is None or article is None:
            return
        if not isinstance(forms, Map):
            self.fields.report(root.line_of("forms"), "no mapping", "a mapping id: [names as the article writes them]")
            return
        language = str(article.attributes.get("language", ""))
        for entity, texts in forms.items():
            line = forms.line_of(entity)
            if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):  # pyright: ignore[reportUnknownVariableType]
                self.fields.report(line, f"forms of {entity}", "a list of names as the article writes them")
                continue
            for text in texts:  # pyright: ignore[reportUnknownVariableType]
                self.fields.check_text(line, "forms", str(text))  # pyright: ignore[reportUnknownArgumentType]
            for text in texts:  # pyright: ignore[reportUnknownVariableType]
                self.facts.forms.append((entity, Name(str(text), language, "alias", article.id), line))  # pyright: ignore[reportUnknownArgumentType]

    def _read_sentence(self, row: Map, article: EntityRecord) -> None:
        self.fields.reject_unknown_keys(row, ("at", "sha256", "origin", "statements", "mentions", "none"), "a sentence")
        passage = self.fields.passage(row, article.id)
        if passage is None:
            return
        rows = self.fields.rows(row, "statements")
        none_reason = self.fields.text(row, "none")
        if bool(rows) == bool(none_reason):
            actual = "statements and 'none'" if none_reason else "neither statements nor 'none'"
            self.fields.report(row.line, actual, "one of them: what the sentence gives, or why nothing")
        sentence_id = f"sentence:{article.id.partition(':')[2]}-{passage.line}-{passage.start}"
        ids = [self._read_statement(item, passage, sentence_id, row) for item in rows]
        for entity, start, end, line in self.fields.spans(row, "mentions"):
            if not passage.start <= start < end <= passage.end:
                self.fields.report(line, f"mention {start}-{end}", f"a span inside {passage.locator}")
            self.facts.mentions.append((Mention(article.id, entity, passage.line, start, end), line))
        self.facts.sentences.append(
            Sentence(
                sentence_id, passage, tuple(i for i in ids if i), none_reason, SourceLocation(self.facts.file, row.line)
            )
        )

    def _report_overlaps(self) -> None:
        for previous, following in overlapping_pairs(self.facts.sentences):
            actual = f"sentences {previous.passage.locator} and {following.passage.locator}"
            self.fields.report(following.source_location.line, actual, "sentences that do not overlap")

    def _read_statement(
        self, row: Map, passage: Passage | None, sentence_id: str | None, sentence_row: Map | None = None
    ) -> str | None:
        if "predicate" in row:
            values = self._read_relation(row)
        elif "indicator" in row:
            values = self._read_measurement(row)
        elif "claim" in row:
            values = self._read_claim(row)
        else:
            self.fields.report(row.line, "a statement of no kind", "'predicate', 'indicator' or 'claim'")
            return None
        subject = self.fields.entity_id(row, "subject", is_required=True)
        gloss, gloss_vi = self.fields.bilingual(row, "gloss", is_required=passage is not None)
        if "at" in row and passage is not None:
            narrower = self.fields.passage(row, passage.article)
            if narrower and (
                narrower.line != passage.line or not passage.start <= narrower.start < narrower.end <= passage.end
            ):
                self.fields.report(row.line_of("at"), f"at: {narrower.locator}", f"a span inside {passage.locator}")
            passage = narrower
        if values is None or subject is None:
            return None
        values |= {
            "subject": subject,
            "gloss": gloss,
            "gloss_vi": gloss_vi,
            "passage": passage,
            "sentence": sentence_id,
        }
        values |= self._read_provenance(row, passage, sentence_row)
        values |= self._read_speaker(row)
        values["about"] = self.fields.ids(row, "about")
        values["due"] = self.fields.due(row, "due")
        statement = Statement(
            id=self._statement_id(row, values, passage),
            source_location=SourceLocation(self.facts.file, row.line),
            **values,
        )
        self.facts.statements.append(statement)
        return statement.id

    def _read_speaker(self, row: Map) -> dict[str, str | None]:
        speaker = self.fields.entity_id(row, "speaker")
        basis = self.fields.term(row, "speaker_basis", self.schema.speaker_bases)
        if basis is not None and speaker is None:
            self.fields.report(row.line_of("speaker_basis"), "speaker_basis without speaker", "a speaker")
        return {"speaker": speaker, "speaker_basis": basis}

    def _read_provenance(self, row: Map, passage: Passage | None, sentence_row: Map | None) -> dict[str, Any]:
        """Return the statement's provenance: basis, date and origin, or the source of a reference table.

        The keys are fields of `Statement`. Without an `as_of` of its own, a statement takes its article's publication
        date, or the last one if the article was published in an interval.
        """
        as_of = self.fields.date(row, "as_of")
        if passage is None and self.facts.article is None:
            source = self.fields.text(row, "source") or self.source
            return {"basis": "reference", "source": source, "checked_on": self.checked_on,
                    "as_of": as_of, "as_of_from": "sentence" if as_of else None}  # fmt: skip
        allowed = [basis for basis in self.schema.bases if basis != "reference"]
        basis = self.fields.term(row, "basis", allowed, is_required=True) or "stated"
        origin = self.fields.text(sentence_row, "origin") if sentence_row is not None else None
        if as_of:
            return {"basis": basis, "as_of": as_of, "as_of_from": "sentence", "origin": origin}
        article = self.facts.article
        published = article.attributes.get("published") if article else None
        return {"basis": basis, "as_of": end_of_period(str(published)) if published else None,
                "as_of_from": "article" if published else None, "origin": origin}  # fmt: skip

    def _statement_id(self, row: Map, values: dict[str, Any], passage: Passage | None) -> str:
        """Return the statement's id: the explicit one, or a hash of its content and locator."""
        prefix = self.facts.article.id.partition(":")[2] if self.facts.article else "ref"
        explicit_id = self.fields.text(row, "id")
        if explicit_id:
            return f"statement:{prefix}-{explicit_id}"
        parts = [
            values.get(key)
            for key in ("kind", "subject", "predicate", "object", "indicator", "claim_type", "value", "period")
        ]
        parts += [
            passage.locator if passage else "",
            sorted(values.get("qualifiers", {}).items()),
            values["gloss"] if values["kind"] == "claim" else "",
        ]
        return f"statement:{prefix}-{hashlib.sha256(repr(parts).encode()).hexdigest()[:10]}"

    def _read_relation(self, row: Map) -> dict[str, Any] | None:
        predicate = self.fields.text(row, "predicate")
        edge = self.schema.edges.get(predicate or "")
        if edge is None or edge.derived:
            predicates = [key for key, edge_type in self.schema.edges.items() if not edge_type.derived]
            self.fields.report(
                row.line_of("predicate"), f"predicate: {predicate!r}", describe_choices(predicates, predicate or "")
            )
            return None
        self.fields.reject_unknown_keys(row, (*_RELATION_KEYS, *edge.qualifiers), with_article(f"{edge.key} statement"))
        object_id = self.fields.entity_id(row, "object", is_required=True)
        status = self.fields.term(row, "status", self.schema.statuses)
        if status is None and "status" not in row:
            self.fields.report(row.line, f"{edge.key} without status", describe_choices(edge.statuses))
        elif status is not None and status not in edge.statuses:
            self.fields.report(
                row.line_of("status"), f"{edge.key} with status {status!r}", describe_choices(edge.statuses)
            )
        qualifiers = self.fields.properties(row, edge.qualifiers, edge.key)
        if object_id is None:
            return None
        return {
            "kind": "relation",
            "predicate": edge.key,
            "object": object_id,
            "status": status,
            "alternative": self.fields.ids(row, "alternative"),
            "qualifiers": qualifiers,
        }

    def _read_measurement(self, row: Map) -> dict[str, Any] | None:
        self.fields.reject_unknown_keys(row, _MEASUREMENT_KEYS, "a measurement")
        value = row.get("value")
        if not isinstance(value, int | float) or isinstance(value, bool):
            self.fields.report(row.line_of("value"), f"value: {value!r}", _NUMBER_EXPECTATION)
            return None
        return {
            "kind": "measurement",
            "indicator": self.fields.text(row, "indicator", is_required=True),
            "value": value,
            "unit": self.fields.term(row, "unit", self.schema.units, is_required=True),
            "comparator": self.fields.term(row, "comparator", self.schema.comparators) or "=",
            "value_status": self.fields.term(row, "value_status", self.schema.value_statuses, is_required=True),
            "period": self.fields.period(row, "period"),
            "scope": self.fields.term(row, "scope", self.schema.scopes),
        }

    def _read_claim(self, row: Map) -> dict[str, Any] | None:
        self.fields.reject_unknown_keys(row, _CLAIM_KEYS, "a claim")
        claim_type = self.fields.term(row, "claim", self.schema.claim_types, is_required=True)
        status = self.fields.term(row, "status", self.schema.statuses)
        return {"kind": "claim", "claim_type": claim_type, "status": status} if claim_type else None

    def _read_disagreements(self, root: Map) -> None:
        for row in self.fields.rows(root, "disagreements"):
            self.fields.reject_unknown_keys(
                row, ("id", "kind", "about", "readings", "gloss", "preferred", "reason", "changes"), "a disagreement"
            )
            disagreement_id = self.fields.entity_id(row, "id", is_required=True)
            kind = self.fields.term(row, "kind", self.schema.disagreement_kinds, is_required=True)
            readings = tuple(
                Reading(self.fields.ids(item, "statements"), *self.fields.bilingual(item, "gloss", is_required=True))
                for item in self.fields.rows(row, "readings")
            )
            if len(readings) < 2:
                self.fields.report(row.line, f"{len(readings)} reading(s)", "a disagreement of two readings or more")
            preferred = row.get("preferred")
            reason, reason_vi = self.fields.bilingual(row, "reason", is_required=preferred is not None)
            changes = self.fields.term(row, "changes", self.schema.disagreement_effects, is_required=True) or "nothing"
            if preferred is not None and (not isinstance(preferred, int) or not 0 <= preferred < len(readings)):
                self.fields.report(
                    row.line_of("preferred"), f"preferred: {preferred!r}", "the number of a reading, from 0"
                )
            if disagreement_id and kind:
                gloss, gloss_vi = self.fields.bilingual(row, "gloss")
                location = SourceLocation(self.facts.file, row.line)
                about = self.fields.ids(row, "about")
                self.facts.disagreements.append(
                    Disagreement(
                        disagreement_id,
                        kind,
                        about,
                        readings,
                        gloss,
                        preferred,
                        reason or None,
                        gloss_vi,
                        reason_vi,
                        changes,
                        location,
                    )
                )

    def _read_retired_ids(self, root: Map) -> None:
        retired = root.get("retired")
        if isinstance(retired, Map):
            self.facts.retired_ids += [(old, str(new) if new else None) for old, new in retired.items()]
        elif retired is not None:
            self.fields.report(root.line_of("retired"), "no mapping", "a mapping old id: new id, or nothing")
