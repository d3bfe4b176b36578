"""What stands behind the lines of a page: passages in place as far as the page stays light, links to the rest."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...presenters.evidence import Item, Shown, Sources

MOST = 3
"""Most passages that open behind one line."""
_AROUND_WORDS = 250
"""Bytes that a passage takes on a page beside its own words, at most."""
_FLAG = 150
"""Bytes of the note that a passage could not be verified, at most."""
Ids = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Behind:
    """What one line rests on: `shown` opens in place, `linked` is one click further, on the statement's own page."""

    shown: Sequence[Shown] = ()
    linked: Sequence[Shown] = ()

    @property
    def origins(self) -> int:
        """Independent tellings among it."""
        return len({one.origin for one in (*self.shown, *self.linked) if one.origin})

    @property
    def articles(self) -> int:
        """Articles among it."""
        return len({one.article["id"] for one in (*self.shown, *self.linked) if one.article})


@dataclass(slots=True)
class Shelf:
    """The evidence of one page: the statements of each line, in the order in which the page shows the lines."""

    sources: Sources
    statements: Mapping[str, Item]
    lines: list[Ids] = field(default_factory=list[Ids])
    first: list[Ids] = field(default_factory=list[Ids])
    _behind: dict[Ids, Behind] = field(default_factory=dict[Ids, Behind])
    _seen: dict[str, Shown] = field(default_factory=dict[str, Shown])

    def add(self, ids: Iterable[str], *, disputed: bool) -> Ids:
        """Add a line, and return by what `behind` finds it; disputed ones are served first."""
        line = tuple(key for key in ids if key in self.statements)
        (self.first if disputed else self.lines).append(line)
        return line

    def fill(self, room: int) -> None:
        """Choose what opens in place, for `room` bytes: one passage behind each line, then a second and a third one."""
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
        """Return what stands behind a line; before `fill` nothing opens in place."""
        found = self._behind.get(line)
        return found if found is not None else Behind((), self._ordered(line))

    def _ordered(self, line: Ids) -> list[Shown]:
        """Return one statement of each independent telling first, then the rest; reference tables last."""
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
