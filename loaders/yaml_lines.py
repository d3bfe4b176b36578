"""Parse YAML with line numbers, and collect problems."""

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Any, cast

import yaml

from ..graph.errors import FactsError, Problem
from ..graph.resources import LOADER


class Map(dict[str, Any]):
    """A YAML mapping with line numbers (from 1): `line` where it starts, `lines` for each key."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}

    def line_of(self, key: str) -> int:
        """Return the line of a key, or of the mapping if the key is missing."""
        return self.lines.get(key, self.line)


class List(list[Any]):
    """A YAML sequence; `lines` holds the line of each item."""

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
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        problems.add(name, 0, f"{error}", "a readable UTF-8 file")
        return None
    return parse_yaml(text, name, problems)


def parse_yaml(text: str, name: str, problems: Problems) -> Map | None:
    """Parse YAML text as a mapping; on failure, add the problem and return None."""
    try:
        node = cast("Any", yaml.compose(text, Loader=LOADER))  # pyright: ignore[reportUnknownMemberType]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        problems.add(name, mark.line + 1 if mark else 0, f"{error.problem}", "YAML that parses")
        return None
    except yaml.YAMLError as error:
        problems.add(name, 0, " ".join(str(error).split()), "YAML that parses, without control characters")
        return None
    built = _build(node, name, problems) if node is not None else None
    if not isinstance(built, Map):
        problems.add(name, 1, "no mapping", "a mapping with article, entities and sentences")
        return None
    return built


def _build(node: Any, name: str, problems: Problems) -> Any:
    if isinstance(node, yaml.MappingNode):
        mapping = Map(node.start_mark.line + 1)
        for key_node, value_node in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            if key in mapping:
                problems.add(name, line, f"{key!r} a second time", "each key once")
            mapping[key] = _build(value_node, name, problems)
            mapping.lines[key] = line
        return mapping
    if isinstance(node, yaml.SequenceNode):
        sequence = List()
        for item in node.value:
            sequence.append(_build(item, name, problems))
            sequence.lines.append(item.start_mark.line + 1)
        return sequence
    return _scalar(node)


def _scalar(node: Any) -> Any:
    """Return a scalar as text, number, bool or None. Dates stay text, and so does `no` (the code of Norwegian)."""
    text, tag = str(node.value), str(node.tag).rpartition(":")[2]
    if tag == "int" and (text.isdecimal() or (text[:1] == "-" and text[1:].isdecimal())):
        return int(text)
    if tag == "float":
        try:
            return float(text)
        except ValueError:
            return text
    if tag == "bool" and text in ("true", "false"):
        return text == "true"
    return None if tag == "null" else text


def describe_choices(choices: Iterable[str], value: str = "") -> str:
    """Describe the allowed choices for a message: those close to `value`, otherwise the list or its length."""
    choice_list = list(choices)
    close_matches = get_close_matches(value, choice_list, n=3, cutoff=0.5)
    if close_matches:
        return " or ".join(close_matches)
    return "one of " + ", ".join(choice_list) if len(choice_list) <= 12 else f"one of {len(choice_list)} known ones"
