"""Update the `mentions` of an article file after its entities and forms have been filled in."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..graph.errors import FactsError, InputError, PassageError
from ..graph.model.facts import EntityRecord, Mention, Passage
from ..graph.model.schema import schema
from .article_file import FileReader
from .article_texts import Texts
from .name_finder import NameFinder
from .new_article import mention_line
from .yaml_lines import List, Map, Problems, read_yaml

_KEY = re.compile(r" {4}mentions:")


@dataclass(frozen=True, slots=True)
class Renewal:
    """An article file's new text, and the mentions that were added and removed."""

    text: str
    added: tuple[Mention, ...]
    removed: tuple[Mention, ...]


def renewed(path: Path, texts: Texts, known: Iterable[EntityRecord]) -> Renewal:
    """Return an article file with the mentions of all names of `entities`; its statements may be unfinished.

    Existing mentions stay unless a longer name contains them. Only the lines of changed mentions are rewritten; the
    file itself is not. Raises `FactsError` for invalid YAML or mentions, `PassageError` if the article's text has
    changed, and `InputError` if the file is not an article file as we write it.
    """
    problems = Problems()
    tree = read_yaml(path, path.name, problems)
    problems.raise_if_any()
    # Only the sentences' passages matter in a draft; a load reports what else is unfinished or wrong.
    seen = Problems()
    facts = FileReader(path.name, schema(), seen).article(tree or Map(0))
    if facts.article is None:
        raise InputError(f"{path}: expected an article's file, with `article` and `sentences`")
    changed = [fault for sentence in facts.sentences if (fault := texts.fault(sentence.passage))]
    if changed:
        raise PassageError("\n".join([f"{path}: the text is not the one it was made of:", *changed]))
    finder = NameFinder(known)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    rows = _rows(tree)
    written = {row.line_of("mentions") for row in rows.values() if "mentions" in row}
    if wrong := [problem for problem in seen.found if problem.line in written or problem.found.startswith("mention")]:
        raise FactsError(wrong)  # otherwise hand-written mentions would be lost
    added: list[Mention] = []
    removed: list[Mention] = []
    for sentence in sorted(facts.sentences, key=lambda one: -one.where.line):
        place = sentence.passage
        own = [mention for mention, _ in facts.mentions if _inside(mention, place)]
        found = [Mention(place.article, entity, place.line, start, end)
                 for entity, start, end in finder.find(texts.lines(place.article)[place.line - 1])]  # fmt: skip
        wanted = merged(own, [mention for mention in found if _inside(mention, place)])
        if set(wanted) != set(own):
            _write(lines, rows[sentence.where.line], wanted, path)
            added += set(wanted) - set(own)
            removed += set(own) - set(wanted)
    return Renewal("".join(lines), tuple(sorted(added, key=_order)), tuple(sorted(removed, key=_order)))


def merged(own: Sequence[Mention], found: Iterable[Mention]) -> list[Mention]:
    """Merge hand-written mentions with name matches, in order: where two overlap, the longer one stays.

    If neither contains the other, the hand-written one stays.
    """
    good = [one for one in found if all(_holds(one, other) for other in own if _overlap(one, other))]
    kept = [one for one in own if not any(_overlap(one, other) for other in good)]
    return sorted([*kept, *good], key=_order)


def _overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def _holds(one: Mention, other: Mention) -> bool:
    """True if `inner` lies within `outer` and is shorter."""
    return one.start <= other.start and other.end <= one.end and (one.start, one.end) != (other.start, other.end)


def _inside(mention: Mention, place: Passage) -> bool:
    return mention.line == place.line and place.start <= mention.start and mention.end <= place.end


def _order(mention: Mention) -> tuple[int, int, int, str]:
    return mention.line, mention.start, mention.end, mention.entity


def _rows(tree: Map | None) -> dict[int, Map]:
    rows = tree.get("sentences") if tree else None
    return {row.line: row for row in rows if isinstance(row, Map)} if isinstance(rows, List) else {}


def _write(lines: list[str], row: Map, wanted: Iterable[Mention], path: Path) -> None:
    """Replace the `mentions` of a sentence in place, or insert them after its `sha256` line.

    Raises `InputError` if the sentence's keys are not on lines of their own.
    """
    made = mention_line((mention.entity, mention.start, mention.end) for mention in wanted)
    there = "mentions" in row
    at = row.line_of("mentions") - 1 if there else row.line_of("sha256")
    before = lines[row.line_of("sha256") - 1]
    if (there and not _KEY.match(lines[at])) or not before.startswith("    sha256:"):
        raise InputError(f"{path}:{row.line}: expected `at`, `sha256` and `mentions` on lines of their own, as written")
    end = at + there
    while there and end < len(lines) and re.match(r" {5,}\S", lines[end]):
        end += 1
    lines[at:end] = [made]
