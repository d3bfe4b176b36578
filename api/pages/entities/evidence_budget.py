"""Allocates evidence to a page within a byte budget; passages that do not fit become links."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ....graph.model.objects import StatementJson
from ...presenters.evidence import Sources, StatementEvidence

MAX_PASSAGES_PER_LINE = 3
"""Maximum number of passages shown on the page for one line."""
_MARKUP_BYTES = 250
"""Upper bound of the bytes of a passage on the page without its words and gloss."""
LINE_BYTES, FRAME_BYTES = 560, 19_000
"""Typical bytes of a line without its passages, and of everything else on a page; measured on the built-in facts."""
_WARNING_BYTES = 150
"""Upper bound of the bytes of the note that a passage could not be verified."""
StatementIds = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LineEvidence:
    """The evidence of one line: `inline` is shown on the page, `links` lead to the pages of the statements."""

    inline: Sequence[StatementEvidence] = ()
    links: Sequence[StatementEvidence] = ()

    @property
    def origins(self) -> int:
        """Number of independent origins."""
        return len({passage.origin for passage in (*self.inline, *self.links) if passage.origin})

    @property
    def articles(self) -> int:
        """Number of articles."""
        return len({passage.article["id"] for passage in (*self.inline, *self.links) if passage.article})


@dataclass(slots=True)
class EvidenceAllocator:
    """Chooses which passages of a page are shown inline and which become links.

    Call `add` for each line in page order, then `allocate` once.
    """

    sources: Sources
    statements: Mapping[str, StatementJson]
    lines: list[StatementIds] = field(default_factory=list[StatementIds])
    disputed_lines: list[StatementIds] = field(default_factory=list[StatementIds])
    _by_line: dict[StatementIds, LineEvidence] = field(default_factory=dict[StatementIds, LineEvidence])
    _by_statement: dict[str, StatementEvidence] = field(default_factory=dict[str, StatementEvidence])

    def add(self, ids: Iterable[str], *, is_disputed: bool) -> StatementIds:
        """Add a line and return its key for `evidence_for`; disputed lines are allocated first."""
        line = tuple(key for key in ids if key in self.statements)
        (self.disputed_lines if is_disputed else self.lines).append(line)
        return line

    @property
    def line_count(self) -> int:
        """Number of lines added."""
        return len(self.lines) + len(self.disputed_lines)

    def allocate(self, page_bytes: int) -> None:
        """Choose the passages of a page of about `page_bytes`: one for each line, then a second, then a third."""
        budget = page_bytes - FRAME_BYTES - LINE_BYTES * self.line_count
        ranked_by_line = {line: self._by_priority(line) for line in (*self.disputed_lines, *self.lines)}
        inline_counts = dict.fromkeys(ranked_by_line, 0)
        for position in range(MAX_PASSAGES_PER_LINE):
            for line, passages in ranked_by_line.items():
                cost = _byte_size(passages[position]) if len(passages) > position == inline_counts[line] else 0
                if cost and cost <= budget:
                    inline_counts[line] += 1
                    budget -= cost
        self._by_line = {
            line: LineEvidence(passages[: inline_counts[line]], passages[inline_counts[line] :])
            for line, passages in ranked_by_line.items()
        }

    def evidence_for(self, line: StatementIds) -> LineEvidence:
        """Return the evidence of a line; before `allocate`, all of it is links."""
        evidence = self._by_line.get(line)
        return evidence if evidence is not None else LineEvidence((), self._by_priority(line))

    def _by_priority(self, line: StatementIds) -> list[StatementEvidence]:
        """Return the evidence of a line: first one statement of each origin, then the rest, reference tables last."""
        passages = [self._read(key) for key in line]
        passages.sort(key=lambda passage: (passage.article is None, str(passage.statement["id"])))
        first_of_origin = {passage.origin: passage for passage in reversed(passages)}
        return sorted(
            passages, key=lambda passage: (passage.article is None, first_of_origin[passage.origin] is not passage)
        )

    def _read(self, key: str) -> StatementEvidence:
        if key not in self._by_statement:
            self._by_statement[key] = self.sources.evidence_for(self.statements[key])
        return self._by_statement[key]


def _byte_size(passage: StatementEvidence) -> int:
    warning_bytes = _WARNING_BYTES if passage.is_verified is False else 0
    gloss = max((str(passage.statement.get(key, "")) for key in ("gloss", "gloss_vi")), key=len)
    return len(f"{passage.words}{gloss}".encode()) + _MARKUP_BYTES + warning_bytes
