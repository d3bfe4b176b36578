"""The text of an article for its page: paragraphs, sentences, marked passages and linked names. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from ....graph.model.objects import Row
from ....graph.reader.objects import MentionJson

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class TextRun:
    """A piece of a sentence: plain text, or a name with its `mention`, which links to the entity.

    `segments` are `(text, is_marked)`; passages of statements are marked.
    """

    segments: tuple[tuple[str, bool], ...]
    mention: MentionJson | None = None


@dataclass(frozen=True, slots=True)
class AnnotatedSentence:
    """A sentence of the ledger with its text; `nested_mentions` are names within a longer linked name."""

    entry: Row
    number: int
    runs: tuple[TextRun, ...] = ()
    nested_mentions: tuple[MentionJson, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the article: sentences of the ledger, and plain text between them."""

    line: int
    parts: tuple[AnnotatedSentence | str, ...] = ()

    @property
    def sentences(self) -> list[AnnotatedSentence]:
        """The sentences of the ledger."""
        return [part for part in self.parts if isinstance(part, AnnotatedSentence)]

    @property
    def statements(self) -> list[Row]:
        """The statements of all sentences."""
        return [statement for sentence in self.sentences for statement in sentence.entry.get("statements", ())]


def paragraphs(lines: Sequence[str], ledger: Iterable[Row], mentions: Iterable[MentionJson]) -> list[Paragraph]:
    """Return the lines that are not empty, with the sentences of the ledger.

    Spans may overlap or exceed the text: of overlapping names the longest is linked, and spans are cut to the text. An
    entry whose line does not exist gets a paragraph without text.
    """
    entries_by_line: dict[int, list[tuple[int, Row]]] = {}
    for number, entry in enumerate(ledger, 1):
        entries_by_line.setdefault(entry["line"], []).append((number, entry))
    mentions_by_line: dict[int, list[MentionJson]] = {}
    for mention in mentions:
        mentions_by_line.setdefault(mention["line"], []).append(mention)
    numbers = sorted({*entries_by_line, *(n for n, line in enumerate(lines, 1) if line.strip())})
    return [
        _paragraph(n, lines[n - 1] if n <= len(lines) else "", entries_by_line.get(n, []), mentions_by_line.get(n, []))
        for n in numbers
    ]


def _paragraph(line: int, text: str, entries: list[tuple[int, Row]], mentions: list[MentionJson]) -> Paragraph:
    parts: list[AnnotatedSentence | str] = []
    position = 0
    for number, entry in sorted(entries, key=lambda pair: (pair[1]["start"], pair[1]["end"])):
        start = min(max(entry["start"], position), len(text))
        end = max(start, min(entry["end"], len(text)))
        if text_between := text[position:start]:
            parts.append(text_between)
        parts.append(_sentence(text, entry, number, (start, end), mentions))
        position = end
    if text_after := text[position:]:
        parts.append(text_after)
    return Paragraph(line, tuple(parts))


def _sentence(text: str, entry: Row, number: int, span: Span, mentions: list[MentionJson]) -> AnnotatedSentence:
    sentence_mentions = [mention for mention in mentions if span[0] <= mention["start"] < mention["end"] <= span[1]]
    linked_mentions = _without_overlaps(sentence_mentions)
    linked_keys = {(mention["entity"], mention["start"]) for mention in linked_mentions}
    nested_by_entity = {m["entity"]: m for m in sentence_mentions if (m["entity"], m["start"]) not in linked_keys}
    marked_spans = [(statement["start"], statement["end"]) for statement in entry.get("statements", ())]
    runs: list[TextRun] = []
    position = span[0]
    for mention in linked_mentions:
        runs += _text_run(text, (position, mention["start"]), marked_spans)
        runs += _text_run(text, (mention["start"], mention["end"]), marked_spans, mention)
        position = mention["end"]
    runs += _text_run(text, (position, span[1]), marked_spans)
    return AnnotatedSentence(entry, number, tuple(runs), tuple(nested_by_entity.values()))


def _without_overlaps(mentions: Iterable[MentionJson]) -> list[MentionJson]:
    """Return mentions that do not overlap, in text order; longer ones take precedence, then earlier ones."""
    chosen_mentions: list[MentionJson] = []
    for candidate in sorted(mentions, key=lambda m: (m["start"] - m["end"], m["start"], m["entity"])):
        if all(
            candidate["end"] <= chosen_mention["start"] or chosen_mention["end"] <= candidate["start"]
            for chosen_mention in chosen_mentions
        ):
            chosen_mentions.append(candidate)
    return sorted(chosen_mentions, key=lambda mention: mention["start"])


def _text_run(
    text: str, span: Span, marked_spans: Sequence[Span], mention: MentionJson | None = None
) -> Iterator[TextRun]:
    if segments := tuple(_segments(text, span, marked_spans)):
        yield TextRun(segments, mention)


def _segments(text: str, span: Span, marked_spans: Sequence[Span]) -> Iterator[tuple[str, bool]]:
    """Yield `(text, is_marked)` for the pieces of a span between the ends of marks."""
    start, end = span
    cuts = sorted({start, end, *(cut for mark in marked_spans for cut in mark if start < cut < end)})
    runs = [
        (any(mark <= run_start and run_end <= mark_end for mark, mark_end in marked_spans), text[run_start:run_end])
        for run_start, run_end in pairwise(cuts)
    ]
    for is_marked, group in groupby(runs, key=lambda run: run[0]):
        yield "".join(words for _, words in group), is_marked
