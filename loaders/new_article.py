"""Skeleton of an article file: every sentence with its locator, its hash and the known names in it."""

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from ..graph.errors import InputError
from ..graph.model.facts import EntityRecord, passage_hash
from .name_finder import NameFinder
from .sentences import sentence_spans
from .text_file import decode_text, read_file_bytes
from .yaml_lines import END_LINE

_NUMBER = re.compile(r"^(\d{3,})")
_HEAD = """\
# {file}: fill in the head, without the lines that are not known; then for each sentence its statements,
# or `none:` with a word why.
article:
  id: article:{number}
  name: ''                # title in English that names its subject, in your own words
  names: []               # the same and a Vietnamese one: [{{text: …, language: en}}, {{text: …, language: vi}}]
  language: ''            # of the text: sv, fr, de, id, vi, …
  published: ''           # YYYY-MM-DD, or as exactly as it is known: YYYY-MM, YYYY-MM-DD/YYYY-MM-DD
  published_basis: ''     # how the day is known: line, address, …
  publisher: ''
  url: ''
  origin: ''              # one word for the independent telling; copies and translations share it
  sha256: {sha256}
entities: []              # new ones only: {{id: person:…, name: …, names: [{{text: …, language: …}}]}}
forms: {{}}                 # by which words this article calls them: {{province:dong-nai: [Dong Nai], sector:ai: [KI]}}
sentences:
"""


def skeleton(path: Path, entities: Iterable[EntityRecord] = ()) -> str:
    """Return the YAML skeleton for a text file `NNN_*.txt`, with mentions of `entities` found by their names.

    A comment holds the first three words of each sentence for orientation; the sentences themselves are left out.
    Raises `InputError` if the file name has no number or the file cannot be read.
    """
    number = _NUMBER.match(path.name)
    if number is None:
        raise InputError(f"{path.name}: expected a file name that begins with the article's number, 005_anything.txt")
    content = read_file_bytes(path)
    text = decode_text(content, path)
    head = _HEAD.format(file=path.name, number=number[1], sha256=hashlib.sha256(content).hexdigest())
    finder = NameFinder(entities)
    parts = [head]
    for line_number, line in enumerate(text.split("\n"), 1):
        names = finder.find(line)
        for start, end in sentence_spans(line):
            parts.append(f"  - at: {line_number}:{start}-{end}   # {_first_words(line[start:end])}\n")
            parts.append(f"    sha256: {passage_hash(line[start:end])}\n")
            sentence_names = [name for name in names if start <= name[1] and name[2] <= end]
            parts.append(mention_line(sentence_names))
            parts.append("    statements: []\n")
    return "".join([*parts, f"{END_LINE}\n"])


def mention_line(names: Iterable[tuple[str, int, int]]) -> str:
    """Return the `mentions` line of one sentence as YAML, or an empty string if there are none.

    `names` are (entity id, start, end).
    """
    spans: dict[str, list[str]] = {}
    for entity, start, end in names:
        spans.setdefault(entity, []).append(f"{start}-{end}")
    if not spans:
        return ""
    return (
        "    mentions: {"
        + ", ".join(f"{entity}: [{', '.join(entity_spans)}]" for entity, entity_spans in spans.items())
        + "}\n"
    )


def _first_words(sentence: str) -> str:
    words = [word for word in sentence.split() if "://" not in word]
    return " ".join(words[:3]) + (" …" if len(words) > 3 else "")
