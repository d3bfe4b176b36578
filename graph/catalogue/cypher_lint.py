"""Checks Cypher without running it: parameters, columns, names used, and that it only reads.

It finds mistakes in our own query files when they are read. It is no protection against untrusted Cypher.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise

from ..errors import DeclarationError
from ..messages import meant
from ..model.facts import Statement
from ..model.schema import Schema

ENTITY = ("id", "type", "name", "names", "languages", "status", "search", "hash")
"""Properties that every entity has in the database, in addition to those of its type in `schema.yaml`."""
EDGE = ("id", "status", "basis", "as_of", "articles", "origins", "statements", "hash")
"""Properties that every edge has in the database, in addition to its qualifiers."""
FIXED_NODES: Mapping[str, tuple[str, ...]] = {
    "Entity": ENTITY,
    "Name": ("id", "text", "key", "language", "kind", "article"),
    "Statement": (*(item.name for item in fields(Statement)), "hash"),
    "Sentence": ("id", "article", "line", "start", "end", "sha256", "none", "statements", "hash"),
    "Disagreement": ("id", "kind", "gloss", "preferred", "reason", "about", "hash"),
    "Reading": ("id", "position", "gloss", "statements", "hash"),
    "Retired": ("id", "into", "hash"),
    "Release": ("id", "release", "data_date", "format", "layout", "state", "counts", "locked"),
    "Turn": ("id", "at"),
}
"""Labels that the store uses in addition to those of the schema, with their properties."""
STATEMENT_LABELS = ("Relation", "Measurement", "Claim")
FIXED_EDGES: Mapping[str, tuple[str, ...]] = {
    "NAMES": (), "SUBJECT": (), "OBJECT": (), "SAID_BY": (), "ABOUT": (), "SENTENCE_OF": (), "CONCERNS": (),
    "READING_OF": (), "RESTS_ON": (), "STATED_IN": ("line", "start", "end", "sha256"),
}  # fmt: skip
"""Edge types that the store uses in addition to those of the schema, with their properties."""
MENTIONS = ("lines", "starts", "ends")
PROCEDURES = ("db.index.fulltext.queryNodes",)
"""The only procedures that query files may call."""
_WRITES = (
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
_OPENING = {"(": ")", "[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its kind (a group name of `_TOKEN`), text, bracket depth, and innermost bracket.

    `bracket` is empty at the top level, otherwise as `_bracket_context` returns it.
    """

    kind: str
    text: str
    depth: int
    inside: str

    def says(self, *words: str) -> bool:
        """Return whether the token is one of the keywords, given in upper case."""
        return self.kind == "word" and self.text.upper() in words


@dataclass(frozen=True, slots=True)
class Reading:
    """Names of the parameters (sorted, without `$`) and of the returned columns (in order) of a query."""

    parameters: tuple[str, ...]
    returns: tuple[str, ...]


def read_cypher(text: str, file: str, schema: Schema, *, ordered: bool = True) -> Reading:
    """Check a query and return its parameters and columns.

    Raises `DeclarationError` if the query writes, calls another procedure, uses a name that is not in the schema, has
    unbalanced brackets or unnamed columns, or, with `require_order`, has no final ORDER BY.
    """
    tokens = tuple(_tokens(text, file))
    _only_reads(tokens, file)
    _known_names(tokens, file, schema)
    parameters = sorted({token.text[1:] for token in tokens if token.kind == "parameter"})
    return Reading(tuple(parameters), _returned(tokens, file, ordered=ordered))


def _tokens(text: str, file: str) -> Iterator[Token]:
    stack: list[str] = []
    previous = ""
    for found in _TOKEN.finditer(text):
        kind, word = str(found.lastgroup), found.group()
        if kind == "skip":
            continue
        if kind == "sign" and word in "\\;$`'\"":
            raise DeclarationError(f"{file}: {word!r} does not belong into a query; expected one statement that reads")
        if word in ")]}" and kind == "sign":
            if not stack or _OPENING[stack.pop()[0]] != word:
                raise DeclarationError(f"{file}: {word!r} closes nothing")
            yield Token(kind, word, len(stack), stack[-1] if stack else "")
        else:
            yield Token(kind, word, len(stack), stack[-1] if stack else "")
            if kind == "sign" and word in _OPENING:
                stack.append(_bracket(word, previous))
        previous = word
    if stack:
        raise DeclarationError(f"{file}: {stack[-1][0]!r} is never closed")


def _bracket(sign: str, previous: str) -> str:
    """Return an opening bracket, marked by its use: `[-` opens an edge pattern, `{s` a subquery."""
    if sign == "[" and previous == "-":
        return "[-"
    if sign == "{" and (previous == ")" or previous.upper() in ("EXISTS", "COUNT", "COLLECT", "CALL")):
        return "{s"
    return sign


def _only_reads(tokens: Sequence[Token], file: str) -> None:
    for index, token in enumerate(tokens):
        before = tokens[index - 1].text if index else ""
        after = tokens[index + 1].text if index + 1 < len(tokens) else ""
        if token.kind != "word" or before in (".", ":", "|", "&") or (token.inside == "{" and after == ":"):
            continue
        if token.text.upper() in _WRITES:
            raise DeclarationError(f"{file}: {token.text} is not allowed; expected a text that only reads")
        if token.says("CALL") and after not in ("(", "{"):
            called = _dotted(tokens[index + 1 :])
            if called not in PROCEDURES:
                raise DeclarationError(f"{file}: CALL {called} is not allowed; expected {' or '.join(PROCEDURES)}")


def _dotted(tokens: Sequence[Token]) -> str:
    name = ""
    for token in tokens:
        if token.kind != "word" and token.text != ".":
            break
        name += token.text
    return name


def _returned(tokens: Sequence[Token], file: str, *, ordered: bool) -> tuple[str, ...]:
    top = [token for token in tokens if token.depth == 0 or token.inside == ""]
    if any(token.says("UNION") for token in top):
        raise DeclarationError(f"{file}: UNION at the top cannot be sorted; expected it inside CALL {{ }}")
    starts = [index for index, token in enumerate(top) if token.says("RETURN")]
    if not starts:
        raise DeclarationError(f"{file}: RETURN is missing")
    tail = top[starts[-1] + 1 :]
    end = next((index for index, token in enumerate(tail) if token.says("ORDER", "SKIP", "LIMIT")), len(tail))
    if ordered and (end == len(tail) or not tail[end].says("ORDER")):
        raise DeclarationError(f"{file}: ORDER BY is missing after the last RETURN; expected a total order of the rows")
    names: list[str] = []
    item: list[Token] = []
    for token in [*tail[:end], Token("sign", ",", 0, "")]:
        if token.text != ",":
            item.append(token)
            continue
        named = len(item) == 1 or (len(item) > 1 and item[-2].says("AS", "DISTINCT"))
        if not named or item[-1].kind != "word":
            written = " ".join(token.text for token in item)
            raise DeclarationError(f"{file}: RETURN {written}: the column has no name; expected '… AS name'")
        names.append(item[-1].text.strip("`"))
        item = []
    return tuple(names)


class _Names:
    """Checks names against the labels, edge types and properties that exist.

    `nodes` and `edges` map labels and edge types to their properties, `properties_by_name` both together;
    `variable_properties` holds what the variables of the query seen so far may have.
    """

    def __init__(self, file: str, schema: Schema) -> None:
        self.file = file
        self.nodes: dict[str, set[str]] = {key: {*ENTITY, *node.properties} for key, node in schema.nodes.items()}
        entity = set[str]().union(*self.nodes.values())
        self.nodes |= {key: set(found) for key, found in FIXED_NODES.items()}
        self.nodes |= {label: set(entity) for label in ("Entity", *schema.extra_labels)}
        qualifiers = {name for edge in schema.edges.values() for name in edge.qualifiers}
        self.nodes |= {label: {*FIXED_NODES["Statement"], *qualifiers} for label in ("Statement", *STATEMENT_LABELS)}
        self.edges: dict[str, set[str]] = {key: {*EDGE, *edge.qualifiers} for key, edge in schema.edges.items()}
        for key, edge in schema.edges.items():
            if edge.derived:
                self.edges[key] |= set(MENTIONS)
        self.edges |= {key: set(found) for key, found in FIXED_EDGES.items()}
        self.everything = self.nodes | self.edges
        self.bound: dict[str, set[str]] = {}

    def allowed(self, names: Sequence[str], known: Mapping[str, set[str]], what: str) -> set[str]:
        """Return all properties of the given labels or edge types; raises `DeclarationError` for an unknown one."""
        for name in names:
            if name not in known:
                raise DeclarationError(f"{self.file}: {name!r} is no {what} of the schema{meant(name, known)}")
        return set[str]().union(*(known[name] for name in names))

    def property(self, name: str, allowed: set[str], of: str) -> None:
        if name not in allowed:
            raise DeclarationError(f"{self.file}: {of} has no property {name!r}{meant(name, allowed)}")


def _known_names(tokens: Sequence[Token], file: str, schema: Schema) -> None:
    names = _Names(file, schema)
    made = {
        token.text for token, after in pairwise(tokens)
        if token.kind == "word" and token.inside == "{" and after.text == ":"
    }  # fmt: skip
    index = 0
    while index < len(tokens):
        index = _pattern(tokens, index, names)
    everywhere = set[str]().union(*names.everything.values()) | made
    for before, dot, token, after in zip(tokens, tokens[1:], tokens[2:], (*tokens[3:], tokens[-1]), strict=False):
        if dot.text != "." or token.kind != "word" or after.text in ("(", "."):
            continue
        if before.kind == "word":
            allowed = names.bound.get(before.text, everywhere)
            names.property(token.text, allowed, f"{before.text} in '{before.text}.{token.text}'")
        elif before.text in ("{", ","):
            names.property(token.text, everywhere, f"the schema (in '.{token.text}')")


def _pattern(tokens: Sequence[Token], index: int, names: _Names) -> int:
    """Check the pattern `variable:Label|Label {key: …}` at an index, if there is one; return the next index."""
    token = tokens[index]
    start = index
    opens = token.text == "(" or (token.text == "[" and index > 0 and tokens[index - 1].text == "-")
    variable = ""
    if opens:
        index += 1
    if index < len(tokens) and tokens[index].kind == "word" and not _is_key(tokens, index):
        variable = tokens[index].text
        index += 1
    if index >= len(tokens) or tokens[index].text != ":" or (not variable and not opens):
        return start + 1
    used: list[str] = []
    while index + 1 < len(tokens) and tokens[index].text in (":", "|", "&", "!"):
        index += 1
        if tokens[index].kind == "word":
            used.append(tokens[index].text.strip("`"))
            index += 1
    if token.text == "[" and opens:
        allowed = names.allowed(used, names.edges, "edge type")
    elif opens:
        allowed = names.allowed(used, names.nodes, "label")
    else:
        allowed = names.allowed(used, names.everything, "label or edge type")
    if variable and opens:
        names.bound.setdefault(variable, set()).update(allowed)
    if opens and index < len(tokens) and tokens[index].text == "{":
        for key in _keys(tokens, index):
            names.property(key, allowed, " and ".join(used))
    return max(index, start + 1)


def _keys(tokens: Sequence[Token], brace: int) -> Iterator[str]:
    """Yield the keys of the map whose opening brace is at an index."""
    depth = tokens[brace].depth
    for place in range(brace + 1, len(tokens)):
        if tokens[place].depth == depth:
            return
        if tokens[place].depth == depth + 1 and _is_key(tokens, place):
            yield tokens[place].text


def _is_key(tokens: Sequence[Token], index: int) -> bool:
    """Return whether the word at an index is a map key and not a variable."""
    follows = index + 1 < len(tokens) and tokens[index + 1].text == ":"
    return follows and tokens[index].inside == "{" and tokens[index - 1].text in ("{", ",")
