"""Read YAML declarations: each value is checked, and an error says in which line of the file it is."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

import yaml
from yaml.constructor import SafeConstructor

from ..errors import DeclarationError, Problem
from ..messages import closest_matches
from ..resources import LOADER

KeyPath = tuple[str, ...]
"""The keys that lead to a value, from the top of the file: `("nodes", "Fund", "properties")`."""
_QUOTES_HINT = "in quotes if YAML reads it otherwise"


class Declarations:
    """A YAML file of declarations; `value` is what it holds.

    The constructor raises `DeclarationError` if the text is no YAML or a mapping has a key twice; the other methods,
    if a value is not what they are to return.
    """

    def __init__(self, text: str, file: str) -> None:
        self._file = file
        self._seen_nodes: set[int] = set()
        try:
            self._root = cast("Any", yaml.compose(text, Loader=LOADER))  # pyright: ignore[reportUnknownMemberType]
            self._require_unique_keys(self._root)
            constructor = cast("Any", SafeConstructor())
            self.value: Any = None if self._root is None else constructor.construct_document(self._root)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = min(mark.line + 1, len(text.splitlines())) if mark else 1
            raise self._error(line, f"no valid YAML ({error.problem})", "YAML that parses") from error
        except yaml.YAMLError as error:
            line = text.count("\n", 0, getattr(error, "position", 0)) + 1
            actual = " ".join(str(error).split())
            raise self._error(line, actual, "YAML that parses, without control characters") from error
        except (RecursionError, ValueError) as error:
            raise self._error(
                1, f"what is no declaration ({error})", "few levels, and numbers of few digits"
            ) from error

    def error(self, path: KeyPath, actual: str, expectation: str) -> DeclarationError:
        """Return the error at a path; its line is that of the last key on the path that the file has."""
        return self._error(self._line_of(path), actual, expectation)

    def mapping(self, path: KeyPath, value: Any, expectation: str) -> dict[str, Any]:
        """Return a mapping that is not empty. Its keys are text: YAML reads an unquoted `no` as something else."""
        if not isinstance(value, dict) or not value:
            actual = f"no {path[-1]}" if path and value is None else describe(path, cast("object", value))
            raise self.error(path, actual, expectation)
        items = cast("dict[Any, Any]", value)
        for key in items:
            if not isinstance(key, str):
                raise self.error((*path, str(key)), f"the key {key!r}", f"a word, {_QUOTES_HINT}")
        return items

    def fields(
        self, path: KeyPath, body: Any, required_keys: Sequence[str], optional_keys: Sequence[str] = ()
    ) -> dict[str, Any]:
        """Return a mapping that has all required keys, each with a value, and no other than these and the optional."""
        keys = (*required_keys, *optional_keys)
        fields = self.mapping(path, body, f"a mapping of {', '.join(keys)}")
        self.require_known_keys(path, fields, keys)
        for key in required_keys:
            if fields.get(key) in (None, "", [], {}):
                raise self.error(path, f"{'.'.join(path)} without {key}", ", ".join(required_keys))
        return fields

    def words(self, path: KeyPath, value: Any) -> tuple[str, ...]:
        """Return a list of texts."""
        items = cast("list[Any]", value) if isinstance(value, list) else [value]
        if not isinstance(value, list) or not all(isinstance(item, str) for item in items):
            raise self.error(path, describe(path, cast("object", value)), "a list of words")
        return tuple(items)

    def texts(self, path: KeyPath, fields: Mapping[str, Any], keys: Iterable[str]) -> dict[str, str]:
        """Return those of the keys that a mapping has, with their values, which are text."""
        texts = {key: fields[key] for key in keys if key in fields}
        for key, value in texts.items():
            if not isinstance(value, str):
                raise self.error((*path, key), describe((*path, key), value), f"text, {_QUOTES_HINT}")
        return texts

    def flag(self, path: KeyPath, fields: Mapping[str, Any], key: str) -> bool:
        """Return true or false; false if the mapping lacks the key."""
        value = fields.get(key, False)
        if not isinstance(value, bool):
            raise self.error((*path, key), describe((*path, key), value), "true or false")
        return value

    def require_known(self, path: KeyPath, words: Iterable[str], choices: Iterable[str]) -> None:
        """Refuse the first word that is no choice."""
        choices = list(choices)
        for word in words:
            if word not in choices:
                raise self.error(path, describe(path, word), join_alternatives(choices))

    def require_known_keys(self, path: KeyPath, fields: Iterable[str], keys: Iterable[str]) -> None:
        """Refuse the first key that is none of `keys`."""
        keys = list(keys)
        for key in fields:
            if key not in keys:
                expectation = join_alternatives(closest_matches(key, keys) or keys)
                where = f" in {'.'.join(path)}" if path else ""
                raise self.error((*path, key), f"the key {key!r}{where}", expectation)

    def require_match(self, path: KeyPath, text: str, pattern: str, expectation: str) -> None:
        """Refuse a text that does not match a regular expression."""
        if not re.fullmatch(pattern, text):
            raise self.error(path, describe(path, text), expectation)

    def _error(self, line: int, actual: str, expectation: str) -> DeclarationError:
        return DeclarationError(str(Problem(self._file, line, actual, expectation)))

    def _line_of(self, path: KeyPath) -> int:
        node, line = self._root, 1
        for name in path:
            pairs = cast("list[Any]", node.value) if isinstance(node, yaml.MappingNode) else []
            pair = next((pair for pair in pairs if str(pair[0].value) == name), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
        return line

    def _require_unique_keys(self, node: Any) -> None:
        if id(node) in self._seen_nodes:  # an alias, perhaps of what it stands in
            return
        self._seen_nodes.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            for item in node.value:
                self._require_unique_keys(item)
        if isinstance(node, yaml.MappingNode):
            keys: set[str] = set()
            for key_node, value_node in cast("list[Any]", node.value):
                key = str(key_node.value)
                if key in keys:
                    raise self._error(key_node.start_mark.line + 1, f"{key!r} a second time", "each key once")
                keys.add(key)
                self._require_unique_keys(value_node)


def describe(path: KeyPath, value: object) -> str:
    """Return a value and where it stands, for a message; a long value is left out."""
    text = repr(value)
    shown = text if len(text) <= 60 else f"a {type(value).__name__}"
    return f"{'.'.join(path)}: {shown}" if path else shown


def join_alternatives(words: Iterable[str]) -> str:
    """Return words in alphabetical order, for a message.

    >>> join_alternatives(["planned", "ended"])
    'ended or planned'
    """
    return " or ".join(sorted(words))
