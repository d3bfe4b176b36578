"""Parse YAML with line numbers, and collect problems."""

import re
from collections.abc import Iterable
from math import isfinite
from pathlib import Path
from typing import Any

import yaml

from ..graph.errors import FactsError, InputError, Problem
from ..graph.messages import closest_matches
from ..graph.resources import LOADER
from .text_file import read_text_file

END_LINE = "..."
"""The last line of a complete file."""
MAX_DEPTH = 20
"""Maximum levels of lists and mappings within each other; ours have eight."""
MAX_DIGITS = 18
"""Maximum number of digits of a whole number: databases hold 64 bits."""
_INTEGER = re.compile(rf"-?[0-9]{{1,{MAX_DIGITS}}}")
_FLOAT = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")


class Map(dict[str, Any]):
    """A YAML mapping with line numbers (from 1): `line` where it starts, `lines` for each key."""

    __slots__ = ("line", "lines")

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}

    def line_of(self, key: str) -> int:
        """Return the line of a key, or of the mapping if the key is missing."""
        return self.lines.get(key, self.line)


class List(list[Any]):
    """A YAML sequence; `lines` holds the line of each item."""

    __slots__ = ("lines",)

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[int] = []


class Problems:
    """Collector of problems in facts files."""

    def __init__(self) -> None:
        self.items: list[Problem] = []

    def add(self, file: str, line: int, actual: str, expectation: str) -> None:
        """Add a problem; an `actual` of more than 120 characters is shortened."""
        shortened_text = actual if len(actual) <= 120 else actual[:117] + "…"
        self.items.append(Problem(file, line, shortened_text, expectation))

    def raise_if_any(self) -> None:
        """Raise `FactsError` with all problems, if there are any."""
        if self.items:
            raise FactsError(self.items)


def read_yaml(path: Path, name: str, problems: Problems) -> Map | None:
    """Read a YAML file as a mapping; on failure, add the problem and return None. Dates stay text."""
    try:
        text = read_text_file(path)
    except InputError as error:
        actual, _, expectation = str(error).removeprefix(f"{path}: ").partition("; expected ")
        problems.add(name, 0, actual, expectation)
        return None
    return parse_yaml(text, name, problems)


def parse_yaml(text: str, name: str, problems: Problems) -> Map | None:
    """Parse YAML text as a mapping; on failure, add the problem and return None.

    The last line is `...`, with which YAML ends a document: a file that was cut off anywhere lacks it.
    """
    try:
        built = _Builder(text, name, problems).build_document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        problems.add(name, mark.line + 1 if mark else 0, f"{error.problem}", f"{error.note or 'YAML that parses'}")
        return None
    except yaml.YAMLError as error:
        problems.add(name, 0, " ".join(str(error).split()), "YAML that parses, without control characters")
        return None
    if not isinstance(built, Map):
        problems.add(name, 1, "no mapping", "a mapping with article, entities and sentences")
        return None
    return built


class _Builder:
    """Builds mappings and lists from the events of the parser, one at a time.

    PyYAML's composer would resolve aliases, of which few lines may stand for gigabytes, and recurse without a limit.
    """

    def __init__(self, text: str, name: str, problems: Problems) -> None:
        self._loader: Any = LOADER(text)
        self._name = name
        self._problems = problems

    def build_document(self) -> Any:
        """Return the only document of the text, or None if there is none; raises `yaml.YAMLError`."""
        loader = self._loader
        loader.get_event()  # the start of the stream
        if isinstance(loader.get_event(), yaml.StreamEndEvent):
            return None
        built = self._build(loader.get_event(), 1)
        end = loader.get_event()
        if not end.explicit:
            expectation = f"{END_LINE!r} as the last line: without it the file may be cut off"
            actual, line = f"an end without {END_LINE!r}", end.end_mark.line or 1
            self._problems.add(self._name, line, actual, f"{expectation}; add it if nothing is missing")
        if not isinstance(following := loader.get_event(), yaml.StreamEndEvent):
            raise _error(following, "another document", f"one document, and nothing after {END_LINE!r}")
        return built

    def _build(self, event: Any, depth: int) -> Any:
        if isinstance(event, yaml.AliasEvent):
            raise _error(event, f"the alias *{event.anchor}", "the value itself: facts have no aliases")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if depth > MAX_DEPTH:
            raise _error(event, f"more than {MAX_DEPTH} levels", f"lists and mappings in at most {MAX_DEPTH} levels")
        return self._list(depth) if isinstance(event, yaml.SequenceStartEvent) else self._map(event, depth)

    def _map(self, event: Any, depth: int) -> Map:
        mapping = Map(event.start_mark.line + 1)
        while not isinstance(key_event := self._loader.get_event(), yaml.MappingEndEvent):
            if not isinstance(key_event, yaml.ScalarEvent):
                raise _error(key_event, "a key that is no text", "a text as key")
            key, line = str(key_event.value), key_event.start_mark.line + 1
            if key in mapping:
                self._problems.add(self._name, line, f"{key!r} a second time", "each key once")
            mapping[key] = self._build(self._loader.get_event(), depth + 1)
            mapping.lines[key] = line
        return mapping

    def _list(self, depth: int) -> List:
        sequence = List()
        while not isinstance(event := self._loader.get_event(), yaml.SequenceEndEvent):
            sequence.append(self._build(event, depth + 1))
            sequence.lines.append(event.start_mark.line + 1)
        return sequence

    def _scalar(self, event: Any) -> Any:
        """Return a scalar as text, number, bool or None.

        Dates stay text, and so do `no` (the code of Norwegian) and numbers that a database cannot hold.
        """
        text = str(event.value)
        tag = event.tag or self._loader.resolve(yaml.ScalarNode, text, event.implicit)
        match str(tag).rpartition(":")[2]:
            case "int" if _INTEGER.fullmatch(text):
                return int(text)
            case "float" if _FLOAT.fullmatch(text) and isfinite(value := float(text)):
                return value
            case "bool" if text in ("true", "false"):
                return text == "true"
            case "null":
                return None
            case _:
                return text


def _error(event: Any, actual: str, expectation: str) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=actual, problem_mark=event.start_mark, note=expectation)


def describe_choices(choices: Iterable[str], value: str = "") -> str:
    """Describe the allowed choices for a message: those close to `value`, otherwise the list or its length."""
    choice_list = list(choices)
    close_matches = closest_matches(value, choice_list, min_score=50) if value else []
    if close_matches:
        return " or ".join(close_matches)
    return "one of " + ", ".join(choice_list) if len(choice_list) <= 12 else f"one of {len(choice_list)} known ones"
