"""The text of an article for its page: paragraphs, sentences, marked passages and linked names. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

Item = Mapping[str, Any]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a sentence: plain text, or a name with its `mention`, which links to the entity.

    `segments` are `(text, is_marked)`; passages of statements are marked.
    """

    parts: tuple[tuple[str, bool], ...]
    mention: Item | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence of the ledger with its text; `nested_mentions` are names within a longer linked name."""

    entry: Item
    number: int
    pieces: tuple[Piece, ...] = ()
    hidden: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the article: sentences of the ledger, and plain text between them."""

    line: int
    parts: tuple[Written | str, ...] = ()

    @property
    def sentences(self) -> list[Written]:
        """The sentences of the ledger."""
        return [part for part in self.parts if isinstance(part, Written)]

    @property
    def statements(self) -> list[Item]:
        """The statements of all sentences."""
        return [said for sentence in self.sentences for said in sentence.entry.get("statements", ())]


def paragraphs(lines: Sequence[str], ledger: Iterable[Item], mentions: Iterable[Item]) -> list[Paragraph]:
    """Return the lines that are not empty, with the sentences of the ledger.

    Spans may overlap or exceed the text: of overlapping names the longest is linked, and spans are cut to the text. An
    entry whose line does not exist gets a paragraph without text.
    """
    entries: dict[int, list[tuple[int, Item]]] = {}
    for number, entry in enumerate(ledger, 1):
        entries.setdefault(entry["line"], []).append((number, entry))
    named: dict[int, list[Item]] = {}
    for mention in mentions:
        named.setdefault(mention["line"], []).append(mention)
    numbers = sorted({*entries, *(n for n, line in enumerate(lines, 1) if line.strip())})
    return [
        _paragraph(n, lines[n - 1] if n <= len(lines) else "", entries.get(n, []), named.get(n, [])) for n in numbers
    ]


def _paragraph(line: int, text: str, entries: list[tuple[int, Item]], mentions: list[Item]) -> Paragraph:
    parts: list[Written | str] = []
    place = 0
    for number, entry in sorted(entries, key=lambda pair: (pair[1]["start"], pair[1]["end"])):
        start = min(max(entry["start"], place), len(text))
        end = max(start, min(entry["end"], len(text)))
        if between := text[place:start]:
            parts.append(between)
        parts.append(_sentence(text, entry, number, (start, end), mentions))
        place = end
    if rest := text[place:]:
        parts.append(rest)
    return Paragraph(line, tuple(parts))


def _sentence(text: str, entry: Item, number: int, span: Span, mentions: list[Item]) -> Written:
    inside = [mention for mention in mentions if span[0] <= mention["start"] < mention["end"] <= span[1]]
    links = _apart(inside)
    kept = {(mention["entity"], mention["start"]) for mention in links}
    hidden = {m["entity"]: m for m in inside if (m["entity"], m["start"]) not in kept}
    marked = [(said["start"], said["end"]) for said in entry.get("statements", ())]
    pieces: list[Piece] = []
    place = span[0]
    for mention in links:
        pieces += _piece(text, (place, mention["start"]), marked)
        pieces += _piece(text, (mention["start"], mention["end"]), marked, mention)
        place = mention["end"]
    pieces += _piece(text, (place, span[1]), marked)
    return Written(entry, number, tuple(pieces), tuple(hidden.values()))


def _apart(mentions: Iterable[Item]) -> list[Item]:
    """Return mentions that do not overlap, in text order; longer ones take precedence, then earlier ones."""
    kept: list[Item] = []
    for one in sorted(mentions, key=lambda m: (m["start"] - m["end"], m["start"], m["entity"])):
        if all(one["end"] <= other["start"] or other["end"] <= one["start"] for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda mention: mention["start"])


def _piece(text: str, span: Span, marked: Sequence[Span], mention: Item | None = None) -> Iterator[Piece]:
    if parts := tuple(_parts(text, span, marked)):
        yield Piece(parts, mention)


def _parts(text: str, span: Span, marked: Sequence[Span]) -> Iterator[tuple[str, bool]]:
    """Yield `(text, is_marked)` for the pieces of a span between the ends of marks."""
    start, end = span
    cuts = sorted({start, end, *(cut for one in marked for cut in one if start < cut < end)})
    runs = [
        (any(one <= first and last <= other for one, other in marked), text[first:last])
        for first, last in pairwise(cuts)
    ]
    for lit, group in groupby(runs, key=lambda run: run[0]):
        yield "".join(words for _, words in group), lit
