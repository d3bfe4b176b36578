"""Checks Cypher without running it: parameters, columns, names used, and that it only reads.

It finds mistakes in our own query files when they are read. It is no protection against untrusted Cypher.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..errors import DeclarationError
from ..messages import did_you_mean
from ..model.schema import Schema
from ..model.stored_structure import (
    COMMON_EDGE_PROPERTIES,
    COMMON_ENTITY_PROPERTIES,
    MENTION_PROPERTIES,
    STATEMENT_LABELS,
    STORE_EDGE_PROPERTIES,
    STORE_NODE_PROPERTIES,
)

ALLOWED_PROCEDURES = ("db.index.fulltext.queryNodes",)
"""The only procedures that query files may call."""
_FORBIDDEN_KEYWORDS = (
    "CREATE", "MERGE", "SET", "DELETE", "DETACH", "REMOVE", "DROP", "ALTER", "GRANT", "DENY", "REVOKE", "LOAD",
    "FOREACH", "USE", "SHOW", "TERMINATE", "INSERT", "TRANSACTIONS", "PERIODIC", "EXPLAIN", "PROFILE",
)  # fmt: skip
_TOKEN = re.compile(
    r"""(?P<skip>\s+|/\*.*?\*/|//[^\n]*)
      | (?P<text>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")
      | (?P<parameter>\$\w+)
      | (?P<number>\d+(?:\.\d+)?)
      | (?P<word>[^\W\d]\w*|`[^`]+`)
      | (?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_BRACKET_PAIRS = {"(": ")", "[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its kind (a group name of `_TOKEN`), text, bracket depth, and innermost bracket.

    `bracket` is empty at the top level, otherwise as `_bracket_context` returns it.
    """

    kind: str
    text: str
    depth: int
    bracket: str

    def is_keyword(self, *keywords: str) -> bool:
        """Return whether the token is one of the keywords, given in upper case."""
        return self.kind == "word" and self.text.upper() in keywords


@dataclass(frozen=True, slots=True)
class CypherSummary:
    """Names of the parameters (sorted, without `$`) and of the returned columns (in order) of a query."""

    parameters: tuple[str, ...]
    returns: tuple[str, ...]


def lint_cypher(text: str, file: str, schema: Schema, *, require_order: bool = True) -> CypherSummary:
    """Check a query and return its parameters and columns.

    Raises `DeclarationError` if the query writes, calls another procedure, uses a name that is not in the schema, has
    unbalanced brackets or unnamed columns, or, with `require_order`, has no final ORDER BY.
    """
    tokens = tuple(_tokenize(text, file))
    _reject_writes(tokens, file)
    _check_names(tokens, file, schema)
    parameters = sorted({token.text[1:] for token in tokens if token.kind == "parameter"})
    return CypherSummary(tuple(parameters), _returned_columns(tokens, file, require_order=require_order))


def _tokenize(text: str, file: str) -> Iterator[Token]:
    stack: list[str] = []
    previous = ""
    for match in _TOKEN.finditer(text):
        kind, word = str(match.lastgroup), match.group()
        if kind == "skip":
            continue
        if kind == "sign" and word in "\\;$`'\"":
            raise DeclarationError(f"{file}: {word!r} does not belong into a query; expected one statement that reads")
        if word in ")]}" and kind == "sign":
            if not stack or _BRACKET_PAIRS[stack.pop()[0]] != word:
                raise DeclarationError(f"{file}: {word!r} closes nothing")
            yield Token(kind, word, len(stack), stack[-1] if stack else "")
        else:
            yield Token(kind, word, len(stack), stack[-1] if stack else "")
            if kind == "sign" and word in _BRACKET_PAIRS:
                stack.append(_bracket_context(word, previous))
        previous = word
    if stack:
        raise DeclarationError(f"{file}: {stack[-1][0]!r} is never closed")


def _bracket_context(sign: str, previous: str) -> str:
    """Return an opening bracket, marked by its use: `[-` opens an edge pattern, `{s` a subquery."""
    if sign == "[" and previous == "-":
        return "[-"
    if sign == "{" and (previous == ")" or previous.upper() in ("EXISTS", "COUNT", "COLLECT", "CALL")):
        return "{s"
    return sign


def _reject_writes(tokens: Sequence[Token], file: str) -> None:
    for index, token in enumerate(tokens):
        previous_text = tokens[index - 1].text if index else ""
        next_text = tokens[index + 1].text if index + 1 < len(tokens) else ""
        if token.kind != "word" or previous_text in (".", ":", "|", "&") or (token.bracket == "{" and next_text == ":"):
            continue
        if token.text.upper() in _FORBIDDEN_KEYWORDS:
            raise DeclarationError(f"{file}: {token.text} is not allowed; expected a text that only reads")
        if token.is_keyword("CALL") and next_text not in ("(", "{"):
            procedure = _dotted_name(tokens[index + 1 :])
            if procedure not in ALLOWED_PROCEDURES:
                raise DeclarationError(
                    f"{file}: CALL {procedure} is not allowed; expected {' or '.join(ALLOWED_PROCEDURES)}"
                )


def _dotted_name(tokens: Sequence[Token]) -> str:
    name = ""
    for token in tokens:
        if token.kind != "word" and token.text != ".":
            break
        name += token.text
    return name


def _returned_columns(tokens: Sequence[Token], file: str, *, require_order: bool) -> tuple[str, ...]:
    top_level_tokens = [token for token in tokens if token.depth == 0 or token.bracket == ""]
    if any(token.is_keyword("UNION") for token in top_level_tokens):
        raise DeclarationError(f"{file}: UNION at the top cannot be sorted; expected it inside CALL {{ }}")
    return_indexes = [index for index, token in enumerate(top_level_tokens) if token.is_keyword("RETURN")]
    if not return_indexes:
        raise DeclarationError(f"{file}: RETURN is missing")
    tail = top_level_tokens[return_indexes[-1] + 1 :]
    end = next((index for index, token in enumerate(tail) if token.is_keyword("ORDER", "SKIP", "LIMIT")), len(tail))
    if require_order and (end == len(tail) or not tail[end].is_keyword("ORDER")):
        raise DeclarationError(f"{file}: ORDER BY is missing after the last RETURN; expected a total order of the rows")
    names: list[str] = []
    item: list[Token] = []
    for token in [*tail[:end], Token("sign", ",", 0, "")]:
        if token.text != ",":
            item.append(token)
            continue
        has_name = len(item) == 1 or (len(item) > 1 and item[-2].is_keyword("AS", "DISTINCT"))
        if not has_name or item[-1].kind != "word":
            expression = " ".join(token.text for token in item)
            raise DeclarationError(f"{file}: RETURN {expression}: the column has no name; expected '… AS name'")
        names.append(item[-1].text.strip("`"))
        item = []
    return tuple(names)


class _NameChecker:
    """Checks names against the labels, edge types and properties that exist.

    `nodes` and `edges` map labels and edge types to their properties, `properties_by_name` both together;
    `variable_properties` holds what the variables of the query seen so far may have.
    """

    def __init__(self, file: str, schema: Schema) -> None:
        self.file = file
        self.nodes: dict[str, set[str]] = {
            key: {*COMMON_ENTITY_PROPERTIES, *node.properties} for key, node in schema.nodes.items()
        }
        entity_properties = set[str]().union(*self.nodes.values())
        self.nodes |= {key: set(properties) for key, properties in STORE_NODE_PROPERTIES.items()}
        self.nodes |= {label: set(entity_properties) for label in ("Entity", *schema.kind_labels)}
        qualifiers = {name for edge in schema.edges.values() for name in edge.qualifiers}
        self.nodes |= {
            label: {*STORE_NODE_PROPERTIES["Statement"], *qualifiers} for label in ("Statement", *STATEMENT_LABELS)
        }
        self.edges: dict[str, set[str]] = {
            key: {*COMMON_EDGE_PROPERTIES, *edge.qualifiers} for key, edge in schema.edges.items()
        }
        for key, edge in schema.edges.items():
            if edge.derived:
                self.edges[key] |= set(MENTION_PROPERTIES)
        self.edges |= {key: set(properties) for key, properties in STORE_EDGE_PROPERTIES.items()}
        self.properties_by_name = self.nodes | self.edges
        self.variable_properties: dict[str, set[str]] = {}

    def properties_of(self, names: Sequence[str], declarations: Mapping[str, set[str]], name_kind: str) -> set[str]:
        """Return all properties of the given labels or edge types; raises `DeclarationError` for an unknown one."""
        for name in names:
            if name not in declarations:
                raise DeclarationError(
                    f"{self.file}: {name!r} is no {name_kind} of the schema{did_you_mean(name, declarations)}"
                )
        return set[str]().union(*(declarations[name] for name in names))

    def check_property(self, name: str, allowed_properties: set[str], owner: str) -> None:
        if name not in allowed_properties:
            raise DeclarationError(
                f"{self.file}: {owner} has no property {name!r}{did_you_mean(name, allowed_properties)}"
            )


def _check_names(tokens: Sequence[Token], file: str, schema: Schema) -> None:
    names = _NameChecker(file, schema)
    map_keys = {
        token.text for token, next_token in pairwise(tokens)
        if token.kind == "word" and token.bracket == "{" and next_token.text == ":"
    }  # fmt: skip
    index = 0
    while index < len(tokens):
        index = _check_pattern(tokens, index, names)
    all_properties = set[str]().union(*names.properties_by_name.values()) | map_keys
    for previous_token, dot, token, next_token in zip(
        tokens, tokens[1:], tokens[2:], (*tokens[3:], tokens[-1]), strict=False
    ):
        if dot.text != "." or token.kind != "word" or next_token.text in ("(", "."):
            continue
        if previous_token.kind == "word":
            allowed_properties = names.variable_properties.get(previous_token.text, all_properties)
            names.check_property(
                token.text, allowed_properties, f"{previous_token.text} in '{previous_token.text}.{token.text}'"
            )
        elif previous_token.text in ("{", ","):
            names.check_property(token.text, all_properties, f"the schema (in '.{token.text}')")


def _check_pattern(tokens: Sequence[Token], index: int, names: _NameChecker) -> int:
    """Check the pattern `variable:Label|Label {key: …}` at an index, if there is one; return the next index."""
    token = tokens[index]
    start = index
    has_bracket = token.text == "(" or (token.text == "[" and index > 0 and tokens[index - 1].text == "-")
    variable = ""
    if has_bracket:
        index += 1
    if index < len(tokens) and tokens[index].kind == "word" and not _is_map_key(tokens, index):
        variable = tokens[index].text
        index += 1
    if index >= len(tokens) or tokens[index].text != ":" or (not variable and not has_bracket):
        return start + 1
    type_names: list[str] = []
    while index + 1 < len(tokens) and tokens[index].text in (":", "|", "&", "!"):
        index += 1
        if tokens[index].kind == "word":
            type_names.append(tokens[index].text.strip("`"))
            index += 1
    if token.text == "[" and has_bracket:
        allowed_properties = names.properties_of(type_names, names.edges, "edge type")
    elif has_bracket:
        allowed_properties = names.properties_of(type_names, names.nodes, "label")
    else:
        allowed_properties = names.properties_of(type_names, names.properties_by_name, "label or edge type")
    if variable and has_bracket:
        names.variable_properties.setdefault(variable, set()).update(allowed_properties)
    if has_bracket and index < len(tokens) and tokens[index].text == "{":
        for key in _map_keys(tokens, index):
            names.check_property(key, allowed_properties, " and ".join(type_names))
    return max(index, start + 1)


def _map_keys(tokens: Sequence[Token], brace: int) -> Iterator[str]:
    """Yield the keys of the map whose opening brace is at an index."""
    depth = tokens[brace].depth
    for index in range(brace + 1, len(tokens)):
        if tokens[index].depth == depth:
            return
        if tokens[index].depth == depth + 1 and _is_map_key(tokens, index):
            yield tokens[index].text


def _is_map_key(tokens: Sequence[Token], index: int) -> bool:
    """Return whether the word at an index is a map key and not a variable."""
    has_colon = index + 1 < len(tokens) and tokens[index + 1].text == ":"
    return has_colon and tokens[index].bracket == "{" and tokens[index - 1].text in ("{", ",")
