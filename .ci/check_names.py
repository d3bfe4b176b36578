"""Refuse names that say nothing: a participle, a preposition or a pronoun alone (see docs/glossary.md).

Looks at modules, classes, functions, parameters, attributes and constants of the product and its tools, and at CSS
classes. Locals are free. Prints one line a name, and ends with 1 when there is one: `python .ci/check_names.py`.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PYTHON = ("__init__.py", "graph", "loaders", "api", "queries", "docs", "bench", "tests", ".ci")
STYLES = ("api", "graph")
BARE_WORDS = frozenset((ROOT / ".ci/bare_words.txt").read_text(encoding="utf-8").split())
"""Participles without -ed; pronouns and determiners; prepositions, adverbs, conjunctions and `place`."""
PARTICIPLE = re.compile(r"[a-z]{3,}ed")
NOT_PARTICIPLES = frozenset({"embed", "feed", "need", "seed", "speed"})
EXCEPTIONS = {
    "__all__": "Python's",
    "about": "key of statements and disagreements in the release files; name of a page",
    "at": "key of article files",
    "embedded": "the embedded engine",
    "from_": "key of paths in the API",
    "derived": "key of edge types in schema.yaml",
    "moved": "parameter of the addresses of pictures",
    "next": "key of every answer of the API",
    "preferred": "key of disagreements in the release files",
    "none": "key of sentences in article files and the API",
    "published": "property of articles in the release files",
    "resolved": "state of disagreements in the report",
    "unresolved": "state of disagreements in the report",
    "required": "key of properties in schema.yaml and of parameters in the API",
    "to": "key of paths in the API",
    "truncated": "key of every answer of the API",
}
"""Bare names that stay, each with the reason."""


def is_bare(name: str) -> bool:
    """Tell whether a name, without underscores at its ends, is one bare word."""
    word = name.strip("_")
    if name in EXCEPTIONS or not (word.islower() or word.isupper() or word.istitle()):
        return False
    word = word.lower()
    participle = PARTICIPLE.fullmatch(word) is not None and word not in NOT_PARTICIPLES
    return word in BARE_WORDS or participle


def names(tree: ast.Module) -> Iterator[tuple[int, str, str]]:
    """Yield line, kind and name of what a module defines, but for locals."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield node.lineno, "function", node.name
                arguments = node.args
                for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
                    yield argument.lineno, "parameter", argument.arg
            case ast.ClassDef():
                yield node.lineno, "class", node.name
                yield from ((line, "attribute", name) for line, name in _assignments(node.body))
            case ast.Attribute(value=ast.Name(id="self"), ctx=ast.Store()):
                yield node.lineno, "attribute", node.attr
            case ast.Module():
                yield from ((line, "constant", name) for line, name in _assignments(node.body))
            case _:
                pass


def _assignments(body: list[ast.stmt]) -> Iterator[tuple[int, str]]:
    for statement in body:
        if isinstance(statement, ast.Assign | ast.AnnAssign):
            for node in ast.walk(statement):
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                    yield node.lineno, node.id


def main() -> int:
    """Print every bare name; return the exit code."""
    lines: list[str] = []
    for part in PYTHON:
        top = ROOT / part
        for path in [top] if top.is_file() else sorted(top.rglob("*.py")):
            where = path.relative_to(ROOT)
            if is_bare(path.stem):
                lines.append(f"{where}: module {path.stem}")
            definitions = names(ast.parse(path.read_text(encoding="utf-8")))
            lines += [f"{where}:{line}: {kind} {name}" for line, kind, name in definitions if is_bare(name)]
    for part in STYLES:
        for path in sorted((ROOT / part).rglob("*.css")):
            for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                classes = re.findall(r"\.([a-z][\w-]*)(?=[^{}]*[{,])", text)
                lines += [f"{path.relative_to(ROOT)}:{line}: CSS class {name}" for name in classes if is_bare(name)]
    for line in lines:
        print(line)
    if lines:
        print(f"{len(lines)} bare names: say what the thing is or does (docs/glossary.md)")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
