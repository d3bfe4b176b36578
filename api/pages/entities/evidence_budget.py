"""Allocates evidence to a page within a byte budget; passages that do not fit become links."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...presenters.evidence import Item, Shown, Sources

MOST = 3
"""Maximum number of passages shown on the page for one line."""
_AROUND_WORDS = 250
"""Upper bound of the bytes of a passage on the page without its words and gloss."""
_FLAG = 150
"""Upper bound of the bytes of the note that a passage could not be verified."""
Ids = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Behind:
    """The evidence of one line: `inline` is shown on the page, `links` lead to the pages of the statements."""

    shown: Sequence[Shown] = ()
    linked: Sequence[Shown] = ()

    @property
    def origins(self) -> int:
        """Number of independent origins."""
        return len({one.origin for one in (*self.shown, *self.linked) if one.origin})

    @property
    def articles(self) -> int:
        """Number of articles."""
        return len({one.article["id"] for one in (*self.shown, *self.linked) if one.article})


@dataclass(slots=True)
class Shelf:
    """Chooses which passages of a page are shown inline and which become links.

    Call `add` for each line in page order, then `allocate` once.
    """

    sources: Sources
    statements: Mapping[str, Item]
    lines: list[Ids] = field(default_factory=list[Ids])
    first: list[Ids] = field(default_factory=list[Ids])
    _behind: dict[Ids, Behind] = field(default_factory=dict[Ids, Behind])
    _seen: dict[str, Shown] = field(default_factory=dict[str, Shown])

    def add(self, ids: Iterable[str], *, disputed: bool) -> Ids:
        """Add a line and return its key for `evidence_for`; disputed lines are allocated first."""
        line = tuple(key for key in ids if key in self.statements)
        (self.first if disputed else self.lines).append(line)
        return line

    def fill(self, room: int) -> None:
        """Allocate `budget` bytes: first one passage for each line, then a second, then a third."""
        ordered = {line: self._ordered(line) for line in (*self.first, *self.lines)}
        kept = dict.fromkeys(ordered, 0)
        for turn in range(MOST):
            for line, found in ordered.items():
                cost = _size(found[turn]) if len(found) > turn == kept[line] else 0
                if cost and cost <= room:
                    kept[line] += 1
                    room -= cost
        self._behind = {line: Behind(found[: kept[line]], found[kept[line] :]) for line, found in ordered.items()}

    def behind(self, line: Ids) -> Behind:
        """Return the evidence of a line; before `allocate`, all of it is links."""
        found = self._behind.get(line)
        return found if found is not None else Behind((), self._ordered(line))

    def _ordered(self, line: Ids) -> list[Shown]:
        """Return the evidence of a line: first one statement of each origin, then the rest, reference tables last."""
        shown = [self._shown(key) for key in line]
        shown.sort(key=lambda one: (one.article is None, str(one.statement["id"])))
        first = {one.origin: one for one in reversed(shown)}
        return sorted(shown, key=lambda one: (one.article is None, first[one.origin] is not one))

    def _shown(self, key: str) -> Shown:
        if key not in self._seen:
            self._seen[key] = self.sources.shown(self.statements[key])
        return self._seen[key]


def _size(shown: Shown) -> int:
    said: Mapping[str, Any] = shown.statement
    flag = _FLAG if shown.verified is False else 0
    return len(f"{shown.words}{said['gloss']}".encode()) + _AROUND_WORDS + flag
