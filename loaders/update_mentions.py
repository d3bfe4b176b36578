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
from .text_file import read_text_file
from .yaml_lines import List, Map, Problems, parse_yaml

_MENTIONS_KEY = re.compile(r" {4}mentions:")


@dataclass(frozen=True, slots=True)
class MentionUpdate:
    """An article file's new text, and the mentions that were added and removed."""

    text: str
    added_mentions: tuple[Mention, ...]
    removed_mentions: tuple[Mention, ...]


def refresh_mentions(path: Path, texts: Texts, entities: Iterable[EntityRecord]) -> MentionUpdate:
    """Return an article file with the mentions of all names of `entities`; its statements may be unfinished.

    Existing mentions stay unless a longer name contains them. Only the lines of changed mentions are rewritten; the
    file itself is not. Raises `FactsError` for invalid YAML or mentions, `PassageError` if the article's text has
    changed, and `InputError` if the file cannot be read or is not an article file as we write it.
    """
    problems = Problems()
    text = read_text_file(path)
    tree = parse_yaml(text, path.name, problems)
    problems.raise_if_any()
    # Only the sentences' passages matter in a draft; a load reports what else is unfinished or wrong.
    draft_problems = Problems()
    facts = FileReader(path.name, schema(), draft_problems).read_article(tree or Map(0))
    if facts.article is None:
        raise InputError(f"{path}: expected an article's file, with `article` and `sentences`")
    text_errors = [text_error for sentence in facts.sentences if (text_error := texts.passage_error(sentence.passage))]
    if text_errors:
        raise PassageError("\n".join([f"{path}: the text is not the one it was made of:", *text_errors]))
    finder = NameFinder(entities, facts.article.id)
    lines = text.splitlines(keepends=True)
    rows = _sentence_rows(tree)
    mention_lines = {row.line_of("mentions") for row in rows.values() if "mentions" in row}
    if mention_problems := [
        problem
        for problem in draft_problems.items
        if problem.line in mention_lines or problem.actual.startswith("mention")
    ]:
        raise FactsError(mention_problems)  # otherwise hand-written mentions would be lost
    added: list[Mention] = []
    removed: list[Mention] = []
    for sentence in sorted(facts.sentences, key=lambda entry: -entry.source_location.line):
        passage = sentence.passage
        current_mentions = [mention for mention, _ in facts.mentions if _is_within(mention, passage)]
        name_matches = [Mention(passage.article, entity, passage.line, start, end)
                 for entity, start, end in finder.find(texts.lines(passage.article)[passage.line - 1])]  # fmt: skip
        mentions = merge_mentions(
            current_mentions, [mention for mention in name_matches if _is_within(mention, passage)]
        )
        if set(mentions) != set(current_mentions):
            _replace_mentions(lines, rows[sentence.source_location.line], mentions, path)
            added += set(mentions) - set(current_mentions)
            removed += set(current_mentions) - set(mentions)
    return MentionUpdate("".join(lines), tuple(sorted(added, key=_sort_key)), tuple(sorted(removed, key=_sort_key)))


def merge_mentions(manual_mentions: Sequence[Mention], name_matches: Iterable[Mention]) -> list[Mention]:
    """Merge hand-written mentions with name matches, in order: where two overlap, the longer one stays.

    If neither contains the other, the hand-written one stays.
    """
    accepted_matches = [
        mention
        for mention in name_matches
        if all(
            _contains(mention, other_mention) for other_mention in manual_mentions if _overlap(mention, other_mention)
        )
    ]
    remaining_mentions = [
        mention
        for mention in manual_mentions
        if not any(_overlap(mention, other_mention) for other_mention in accepted_matches)
    ]
    return sorted([*remaining_mentions, *accepted_matches], key=_sort_key)


def _overlap(a: Mention, b: Mention) -> bool:
    return a.start < b.end and b.start < a.end


def _contains(outer: Mention, inner: Mention) -> bool:
    """True if `inner` lies within `outer` and is shorter."""
    return (
        outer.start <= inner.start and inner.end <= outer.end and (outer.start, outer.end) != (inner.start, inner.end)
    )


def _is_within(mention: Mention, passage: Passage) -> bool:
    return mention.line == passage.line and passage.start <= mention.start and mention.end <= passage.end


def _sort_key(mention: Mention) -> tuple[int, int, int, str]:
    return mention.line, mention.start, mention.end, mention.entity


def _sentence_rows(tree: Map | None) -> dict[int, Map]:
    rows = tree.get("sentences") if tree else None
    return {row.line: row for row in rows if isinstance(row, Map)} if isinstance(rows, List) else {}


def _replace_mentions(lines: list[str], row: Map, mentions: Iterable[Mention], path: Path) -> None:
    """Replace the `mentions` of a sentence in place, or insert them after its `sha256` line.

    Raises `InputError` if the sentence's keys are not on lines of their own.
    """
    new_line = mention_line((mention.entity, mention.start, mention.end) for mention in mentions)
    has_mentions = "mentions" in row
    start = row.line_of("mentions") - 1 if has_mentions else row.line_of("sha256")
    hash_line = lines[row.line_of("sha256") - 1]
    if (has_mentions and not _MENTIONS_KEY.match(lines[start])) or not hash_line.startswith("    sha256:"):
        raise InputError(f"{path}:{row.line}: expected `at`, `sha256` and `mentions` on lines of their own, as written")
    end = start + has_mentions
    while has_mentions and end < len(lines) and re.match(r" {5,}\S", lines[end]):
        end += 1
    lines[start:end] = [new_line]
