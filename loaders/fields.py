"""Read single fields of a facts file: text, dates, numbers, terms of a controlled vocabulary, locators."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from ..graph.model.facts import Name, Passage, Scalar
from ..graph.model.schema import Property
from .yaml_lines import List, Map, Problems, one_of

LONGEST = 2_000
"""Maximum length of a text field, in characters."""
_DATE = re.compile(r"^\d{4}(-\d{2}(-\d{2})?)?$")
_PERIOD = re.compile(r"^(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:/(\d{4}(?:-\d{2}(?:-\d{2})?)?))?$")
_ID = re.compile(r"^[a-z]+:[a-z0-9]+(?:-[a-z0-9]+)*$")
_AT = re.compile(r"^(\d+):(\d+)-(\d+)$")
_SPAN = re.compile(r"^(\d+)-(\d+)$")
_SHA = re.compile(r"^[0-9a-f]{64}$")
_A_DATE = "a date that exists: YYYY, YYYY-MM or YYYY-MM-DD"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]")


def is_date(text: object) -> bool:
    """True if a value is an existing date: YYYY, YYYY-MM or YYYY-MM-DD."""
    if not isinstance(text, str | int) or not _DATE.match(str(text)):
        return False
    parts = [int(part) for part in str(text).split("-")]
    try:
        date(*[*parts, 1, 1][:3])
    except ValueError:
        return False
    return True


def is_period(text: object) -> bool:
    """True if a value is a date of any precision, or two in order separated by a slash."""
    found = _PERIOD.match(str(text))
    if not found or not all(is_date(part) for part in found.groups() if part):
        return False
    return found[2] is None or found[1] <= found[2]


class Fields:
    """Reader for the fields of one file's mappings; problems go to `problems` with their line."""

    def __init__(self, file: str, problems: Problems) -> None:
        self.file = file
        self.problems = problems

    def wrong(self, line: int, found: str, expected: str) -> None:
        """Report a problem in this file."""
        self.problems.add(self.file, line, found, expected)

    def known(self, mapping: Map, allowed: Iterable[str], what: str) -> None:
        """Report every key of a mapping that is not allowed; `context` says what the mapping is."""
        allowed = list(allowed)
        for key in mapping:
            if key not in allowed:
                self.wrong(mapping.line_of(key), f"{key!r} in {what}", one_of(allowed, key))

    def text(self, mapping: Map, key: str, *, required: bool = False) -> str | None:
        """Return a field as stripped text (numbers become text), or None if it is missing or empty."""
        value = mapping.get(key)
        if value is None:
            if required:
                self.wrong(mapping.line, f"no {key!r}", f"a text {key!r}")
            return None
        if not isinstance(value, str | int | float) or isinstance(value, bool):
            self.wrong(mapping.line_of(key), f"{key}: {type(value).__name__}", "a text")
            return None
        text = str(value).strip()
        if _CONTROL.search(text):
            self.wrong(mapping.line_of(key), f"{key}: {text!r}", "a text without control characters")
        if len(text) > LONGEST:
            self.wrong(mapping.line_of(key), f"{key}: {len(text)} letters", f"at most {LONGEST}")
        if required and not text:
            self.wrong(mapping.line_of(key), f"an empty {key!r}", f"a text {key!r}")
        return text or None

    def day(self, mapping: Map, key: str) -> str | None:
        """Return a date of any precision, as ISO text."""
        return self._checked(mapping, key, is_date, _A_DATE)

    def period(self, mapping: Map, key: str) -> str | None:
        """Return a date, or two separated by a slash, as ISO text."""
        return self._checked(mapping, key, is_period, "a date, or two in order: YYYY/YYYY")

    def _checked(self, mapping: Map, key: str, good: Any, expected: str) -> str | None:
        value = mapping.get(key)
        if value is None:
            return None
        if not good(value):
            self.wrong(mapping.line_of(key), f"{key}: {value!r}", expected)
            return None
        return str(value)

    def term(self, mapping: Map, key: str, words: Iterable[str], *, required: bool = False) -> str | None:
        """Return a term of a controlled vocabulary."""
        value = self.text(mapping, key, required=required)
        words = list(words)
        if value is not None and value not in words:
            self.wrong(mapping.line_of(key), f"{key}: {value!r}", one_of(words, value))
            return None
        return value

    def entity_id(self, mapping: Map, key: str, *, required: bool = False) -> str | None:
        """Return an id of the form `type:slug`."""
        value = self.text(mapping, key, required=required)
        if value is not None and not _ID.match(value):
            self.wrong(mapping.line_of(key), f"{key}: {value!r}", "an id type:slug in lower ASCII")
            return None
        return value

    def ids(self, mapping: Map, key: str) -> tuple[str, ...]:
        """Return a list of ids; their form is not checked."""
        value = mapping.get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):  # pyright: ignore[reportUnknownVariableType]
            self.wrong(mapping.line_of(key), f"{key}: {value!r}", "a list of ids")
            return ()
        return tuple(str(item) for item in value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]

    def rows(self, mapping: Map, key: str) -> list[Map]:
        """Return the mappings of a list, and report items that are none."""
        value = mapping.get(key)
        if value is None:
            return []
        if not isinstance(value, List):
            self.wrong(mapping.line_of(key), f"{key}: {type(value).__name__}", "a list")
            return []
        rows: list[Map] = []
        for item, line in zip(value, value.lines, strict=True):
            if isinstance(item, Map):
                rows.append(item)
            else:
                self.wrong(line, f"{item!r} in {key}", "a mapping")
        return rows

    def passage(self, mapping: Map, article: str) -> Passage | None:
        """Return the passage that `at` (`line:start-end`) and `sha256` describe."""
        at = self.text(mapping, "at", required=True)
        sha = self.text(mapping, "sha256", required=True)
        if at is None or sha is None:
            return None
        found = _AT.match(at)
        if not found or int(found[1]) < 1 or int(found[2]) >= int(found[3]):
            self.wrong(mapping.line_of("at"), f"at: {at!r}", "line:start-end, line from 1, start before end")
            return None
        if not _SHA.match(sha):
            self.wrong(mapping.line_of("sha256"), f"sha256: {sha!r}", "64 hex digits")
            return None
        return Passage(article, int(found[1]), int(found[2]), int(found[3]), sha)

    def spans(self, mapping: Map, key: str) -> list[tuple[str, int, int, int]]:
        """Return (entity id, start, end, line in the file) for each span of a mapping `id: [start-end, …]`."""
        value = mapping.get(key)
        if value is None:
            return []
        if not isinstance(value, Map):
            self.wrong(mapping.line_of(key), f"{key}: {type(value).__name__}", "a mapping id: [start-end, …]")
            return []
        found: list[tuple[str, int, int, int]] = []
        for entity, spans in value.items():
            for span in spans if isinstance(spans, list) else [spans]:  # pyright: ignore[reportUnknownVariableType]
                match = _SPAN.match(str(span))  # pyright: ignore[reportUnknownArgumentType]
                if match and int(match[1]) < int(match[2]):
                    found.append((entity, int(match[1]), int(match[2]), value.line_of(entity)))
                else:
                    self.wrong(value.line_of(entity), f"{key}: {span!r}", "start-end, start before end")
        return found

    def names(self, mapping: Map, kinds: Iterable[str]) -> tuple[Name, ...]:
        """Return the names that a mapping lists: text, language, kind."""
        names: list[Name] = []
        for row in self.rows(mapping, "names"):
            self.known(row, ("text", "language", "kind"), "a name")
            text = self.text(row, "text", required=True)
            language = self.text(row, "language", required=True)
            kind = self.term(row, "kind", kinds) or "name"
            if text and language:
                names.append(Name(text, language, kind))
        return tuple(names)

    def properties(self, mapping: Map, declared: Mapping[str, Property], what: str) -> dict[str, Scalar]:
        """Return the declared properties of a mapping, each checked against its type and allowed values."""
        found: dict[str, Scalar] = {}
        for key, prop in declared.items():
            value = mapping.get(key)
            if value is None:
                if prop.required:
                    self.wrong(mapping.line, f"{what} without {key!r}", f"{key}: {_allowed(prop)}")
                continue
            if not _fits(value, prop):
                without = "" if prop.required or value != "" else ", or no such line where it is not known"
                self.wrong(mapping.line_of(key), f"{key}: {value!r}", _allowed(prop, str(value)) + without)
                continue
            found[key] = str(value) if prop.type in ("string", "date") else value
        return found


def _fits(value: Any, prop: Property) -> bool:
    if prop.values:
        return value in prop.values
    match prop.type:
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "boolean":
            return isinstance(value, bool)
        case "date":
            return is_date(value)
        case _:
            return isinstance(value, str | int) and bool(str(value).strip()) and not _CONTROL.search(str(value))


def _allowed(prop: Property, meant: str = "") -> str:
    if prop.values:
        return one_of(prop.values, meant)
    return {"date": _A_DATE, "string": "a text"}.get(prop.type, f"a {prop.type}")
