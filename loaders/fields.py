"""Read single fields of a facts file: text, dates, numbers, terms of a controlled vocabulary, locators."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from unicodedata import category

from ..graph.messages import with_article
from ..graph.model.facts import ENTITY_ID, Name, Passage, Scalar
from ..graph.model.schema import Property
from .yaml_lines import MAX_DIGITS, List, Map, Problems, describe_choices

MAX_TEXT_LENGTH = 2_000
"""Maximum length of a text field, in characters."""
_DATE = re.compile(r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?\Z")
_PERIOD = re.compile(r"^([0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)(?:/([0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?))?\Z")
_DUE = re.compile(r"^(\.\.|[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)/([0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)\Z")
_LOCATOR = re.compile(r"^([0-9]{1,9}):([0-9]{1,9})-([0-9]{1,9})\Z")
_SPAN = re.compile(r"^([0-9]{1,9})-([0-9]{1,9})\Z")
_SHA256 = re.compile(r"^[0-9a-f]{64}\Z")
_DATE_EXPECTATION = "a date that exists: YYYY, YYYY-MM or YYYY-MM-DD"
_JOINERS = "\u200c\u200d"
_JOINER_OUT_OF_PLACE = re.compile(rf"(?:^|[\s -\u036f\u1e00-\u1eff])[{_JOINERS}]")


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
    match = _PERIOD.match(str(text))
    if not match or not all(is_date(part) for part in match.groups() if part):
        return False
    return match[2] is None or match[1] <= match[2]


def is_due(text: object) -> bool:
    """True if a value is a date or interval, or an interval that ends at a date: `2030`, `2026/2030`, `../2030`."""
    match = _DUE.match(str(text))
    return is_period(text) or (match is not None and match[1] == ".." and is_date(match[2]))


def invisible_characters(text: str) -> str:
    """Return the characters of a text that show nothing or reorder what is shown; tabs and line breaks are none.

    These are control characters (C1 too), lone surrogates, bidirectional and zero-width ones: with them, two names or
    glosses may look alike and differ, or show other words than they hold. Persian, Hindi and others are not written
    rightly without the two joiners, so these are accepted, though not where they join nothing: after Latin letters.

    >>> [invisible_characters(text) for text in ("Hà\\u200b Nội", "می\\u200cخواهم", "Hà\\u200c Nội")]
    ['\\u200b', '', '\\u200c']
    """
    if text.isprintable():  # nearly always; much faster than looking at each character
        return ""
    characters = {
        character
        for character in text
        if category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") and character not in f"\t\n{_JOINERS}"
    }
    return "".join(sorted(characters | {match[0][-1] for match in _JOINER_OUT_OF_PLACE.finditer(text)}))


def text_problem(text: str) -> tuple[str, str] | None:
    """Return what is wrong with a text of a file, and what was expected; None if nothing is."""
    if len(text) > MAX_TEXT_LENGTH:
        return f"{len(text)} letters", f"at most {MAX_TEXT_LENGTH}"
    if invisible := invisible_characters(text):
        codes = ", ".join(f"U+{ord(character):04X}" for character in invisible)
        return f"{text!r} with {codes}", "a text without control characters and invisible ones"
    return None


class Fields:
    """Reader for the fields of one file's mappings; problems go to `problems` with their line."""

    def __init__(self, file: str, problems: Problems) -> None:
        self.file = file
        self.problems = problems

    def report(self, line: int, actual: str, expectation: str) -> None:
        """Report a problem in this file."""
        self.problems.add(self.file, line, actual, expectation)

    def reject_unknown_keys(self, mapping: Map, allowed_keys: Iterable[str], context: str) -> None:
        """Report every key of a mapping that is not allowed; `context` says what the mapping is."""
        allowed_keys = list(allowed_keys)
        for key in mapping:
            if key not in allowed_keys:
                self.report(mapping.line_of(key), f"{key!r} in {context}", describe_choices(allowed_keys, key))

    def text(self, mapping: Map, key: str, *, is_required: bool = False) -> str | None:
        """Return a field as stripped text (numbers become text), or None if it is missing or empty."""
        value = mapping.get(key)
        if value is None:
            if is_required:
                self.report(mapping.line, f"no {key!r}", f"a text {key!r}")
            return None
        if not isinstance(value, str | int | float) or isinstance(value, bool):
            self.report(mapping.line_of(key), f"{key}: {type(value).__name__}", "a text")
            return None
        text = str(value).strip()
        self.check_text(mapping.line_of(key), key, text)
        if is_required and not text:
            self.report(mapping.line_of(key), f"an empty {key!r}", f"a text {key!r}")
        return text or None

    def check_text(self, line: int, key: str, text: str) -> bool:
        """Return whether a text is neither too long nor has invisible characters, and report it otherwise."""
        if problem := text_problem(text):
            self.report(line, f"{key}: {problem[0]}", problem[1])
        return problem is None

    def date(self, mapping: Map, key: str) -> str | None:
        """Return a date of any precision, as ISO text."""
        return self._valid_text(mapping, key, is_date, _DATE_EXPECTATION)

    def period(self, mapping: Map, key: str) -> str | None:
        """Return a date, or two separated by a slash, as ISO text."""
        return self._valid_text(mapping, key, is_period, "a date, or two in order: YYYY/YYYY")

    def due(self, mapping: Map, key: str) -> str | None:
        """Return a date, two separated by a slash, or `../` and the date by which, as ISO text."""
        return self._valid_text(mapping, key, is_due, "a date, YYYY/YYYY, or ../YYYY (by that date)")

    def bilingual(self, mapping: Map, key: str, *, is_required: bool = False) -> tuple[str, str | None]:
        """Return a text in English and Vietnamese: a mapping of `en` and `vi`, or English alone (then None)."""
        value = mapping.get(key)
        if not isinstance(value, Map):
            return self.text(mapping, key, is_required=is_required) or "", None
        self.reject_unknown_keys(value, ("en", "vi"), key)
        return self.text(value, "en", is_required=True) or "", self.text(value, "vi", is_required=True)

    def _valid_text(self, mapping: Map, key: str, is_valid: Any, expectation: str) -> str | None:
        value = mapping.get(key)
        if value is None:
            return None
        if not is_valid(value):
            self.report(mapping.line_of(key), f"{key}: {value!r}", expectation)
            return None
        return str(value)

    def term(self, mapping: Map, key: str, vocabulary: Iterable[str], *, is_required: bool = False) -> str | None:
        """Return a term of a controlled vocabulary."""
        value = self.text(mapping, key, is_required=is_required)
        vocabulary = list(vocabulary)
        if value is not None and value not in vocabulary:
            self.report(mapping.line_of(key), f"{key}: {value!r}", describe_choices(vocabulary, value))
            return None
        return value

    def entity_id(self, mapping: Map, key: str, *, is_required: bool = False) -> str | None:
        """Return an id of the form `type:slug`."""
        value = self.text(mapping, key, is_required=is_required)
        if value is not None and not ENTITY_ID.fullmatch(value):
            self.report(mapping.line_of(key), f"{key}: {value!r}", "an id type:slug in lower ASCII")
            return None
        return value

    def ids(self, mapping: Map, key: str) -> tuple[str, ...]:
        """Return a list of ids; their form is not checked."""
        value = mapping.get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):  # pyright: ignore[reportUnknownVariableType]
            self.report(mapping.line_of(key), f"{key}: {value!r}", "a list of ids")
            return ()
        for item in value:  # pyright: ignore[reportUnknownVariableType]
            self.check_text(mapping.line_of(key), key, str(item))  # pyright: ignore[reportUnknownArgumentType]
        return tuple(str(item) for item in value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]

    def rows(self, mapping: Map, key: str) -> list[Map]:
        """Return the mappings of a list, and report items that are none."""
        value = mapping.get(key)
        if value is None:
            return []
        if not isinstance(value, List):
            self.report(mapping.line_of(key), f"{key}: {type(value).__name__}", "a list")
            return []
        rows: list[Map] = []
        for item, line in zip(value, value.lines, strict=True):
            if isinstance(item, Map):
                rows.append(item)
            else:
                self.report(line, f"{item!r} in {key}", "a mapping")
        return rows

    def passage(self, mapping: Map, article: str) -> Passage | None:
        """Return the passage that `at` (`line:start-end`) and `sha256` describe."""
        locator = self.text(mapping, "at", is_required=True)
        sha256 = self.text(mapping, "sha256", is_required=True)
        if locator is None or sha256 is None:
            return None
        match = _LOCATOR.match(locator)
        if not match or int(match[1]) < 1 or int(match[2]) >= int(match[3]):
            self.report(mapping.line_of("at"), f"at: {locator!r}", "line:start-end, line from 1, start before end")
            return None
        if not _SHA256.match(sha256):
            self.report(mapping.line_of("sha256"), f"sha256: {sha256!r}", "64 hex digits")
            return None
        return Passage(article, int(match[1]), int(match[2]), int(match[3]), sha256)

    def spans(self, mapping: Map, key: str) -> list[tuple[str, int, int, int]]:
        """Return (entity id, start, end, line in the file) for each span of a mapping `id: [start-end, …]`."""
        value = mapping.get(key)
        if value is None:
            return []
        if not isinstance(value, Map):
            self.report(mapping.line_of(key), f"{key}: {type(value).__name__}", "a mapping id: [start-end, …]")
            return []
        entity_spans: list[tuple[str, int, int, int]] = []
        for entity, spans in value.items():
            for span in spans if isinstance(spans, list) else [spans]:  # pyright: ignore[reportUnknownVariableType]
                match = _SPAN.match(str(span))  # pyright: ignore[reportUnknownArgumentType]
                if match and int(match[1]) < int(match[2]):
                    entity_spans.append((entity, int(match[1]), int(match[2]), value.line_of(entity)))
                else:
                    self.report(value.line_of(entity), f"{key}: {span!r}", "start-end, start before end")
        return entity_spans

    def names(self, mapping: Map, kinds: Iterable[str]) -> tuple[Name, ...]:
        """Return the names that a mapping lists: text, language, kind."""
        names: list[Name] = []
        for row in self.rows(mapping, "names"):
            self.reject_unknown_keys(row, ("text", "language", "kind"), "a name")
            text = self.text(row, "text", is_required=True)
            language = self.text(row, "language", is_required=True)
            kind = self.term(row, "kind", kinds) or "name"
            if text and language:
                names.append(Name(text, language, kind))
        return tuple(names)

    def properties(self, mapping: Map, declarations: Mapping[str, Property], owner: str) -> dict[str, Scalar]:
        """Return the declared properties of a mapping, each checked against its type and allowed values."""
        values: dict[str, Scalar] = {}
        for key, prop in declarations.items():
            value = mapping.get(key)
            if value is None:
                if prop.required:
                    self.report(mapping.line, f"{owner} without {key!r}", f"{key}: {_describe_allowed(prop)}")
                continue
            if not _is_valid(value, prop):
                omission_hint = "" if prop.required or value != "" else ", or no such line where it is not known"
                self.report(
                    mapping.line_of(key), f"{key}: {value!r}", _describe_allowed(prop, str(value)) + omission_hint
                )
                continue
            if isinstance(value, str) and not self.check_text(mapping.line_of(key), key, value):
                continue
            values[key] = str(value) if prop.type in ("string", "date", "period") else value
        return values


def _is_valid(value: Any, prop: Property) -> bool:
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
        case "period":
            return is_period(value)
        case "entity":
            return isinstance(value, str) and ENTITY_ID.fullmatch(value) is not None
        case _:
            return isinstance(value, str | int) and bool(str(value).strip())


def _describe_allowed(prop: Property, value: str = "") -> str:
    if prop.values:
        return describe_choices(prop.values, value)
    expectations = {
        "date": _DATE_EXPECTATION,
        "period": f"{_DATE_EXPECTATION}, or two in order with a slash between them",
        "string": "a text",
        "entity": "an id type:slug in lower ASCII",
        "integer": f"an integer of at most {MAX_DIGITS} digits",
        "number": f"a number of at most {MAX_DIGITS} digits, with a point",
    }
    return expectations.get(prop.type, with_article(prop.type))
