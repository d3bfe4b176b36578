"""Refuse names that say nothing: a participle, a preposition or a pronoun alone (docs/glossary.md has the words to use).

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
BARE = frozenset(
    # participles without -ed
    "begun born bought bound brought built caught chosen cut dealt done drawn driven fallen felt forgotten fought found "
    "given gone got grown heard held hidden hit hurt kept known laid led left lent let lit lost made meant met paid put "
    "ran risen run said seen sent set shown shut sold sought speaking spent split spoken spread standing stood stuck "
    "taken taught thought thrown told torn understood withdrawn won worn wound woven written "
    # pronouns and determiners
    "all another any anything both each everything few her his i it its least less many me mine more most much my none "
    "nothing one other others our same several she he some something such that their them these they this those us we "
    "what which who whom whose you your "
    # prepositions, adverbs, conjunctions
    "aboard about above across after again against ahead alone along already also although among apart around aside "
    "at away back because before behind below beneath beside besides between beyond by despite down during earlier else "
    "even ever except first for forth from further hence here how if in inside instead into just last later like near "
    "nearby never next now of off on once only onto opposite out outside over past per place round since so sooner still "
    "than then there though through throughout thus till to together too toward towards twice under until unto up upon "
    "via well when where whether while why with within without yet".split()
)
PARTICIPLE = re.compile(r"[a-z]{3,}ed")
NOT_PARTICIPLES = frozenset({"embed", "feed", "need", "seed", "speed"})
ALLOWED: dict[str, str] = {}
"""Bare names that stay, each with the reason."""


def is_bare(name: str) -> bool:
    """Tell whether a name, without underscores at its ends, is one bare word."""
    word = name.strip("_").lower()
    participle = PARTICIPLE.fullmatch(word) is not None and word not in NOT_PARTICIPLES
    return (word in BARE or participle) and word not in ALLOWED


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
                yield from ((line, "attribute", name) for line, name in _assigned(node.body))
            case ast.Attribute(value=ast.Name(id="self"), ctx=ast.Store()):
                yield node.lineno, "attribute", node.attr
            case ast.Module():
                yield from ((line, "constant", name) for line, name in _assigned(node.body))
            case _:
                pass


def _assigned(body: list[ast.stmt]) -> Iterator[tuple[int, str]]:
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
            found = names(ast.parse(path.read_text(encoding="utf-8")))
            lines += [f"{where}:{line}: {kind} {name}" for line, kind, name in found if is_bare(name)]
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
