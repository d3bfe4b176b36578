"""The beginning of a list that may be long, with how much of it is left out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Beginning(Generic[Item]):
    """The items that a page shows of a list, and the number of those it does not show."""

    shown: Sequence[Item]
    left_out: int = 0

    def __iter__(self) -> Iterator[Item]:
        return iter(self.shown)

    def __bool__(self) -> bool:
        return bool(self.shown)

    @property
    def count(self) -> int:
        """How many there are, shown or not."""
        return len(self.shown) + self.left_out


def beginning(items: Iterable[Item], most: int) -> Beginning[Item]:
    """Return the first `most` of some items.

    >>> found = beginning("abc", 2)
    >>> found.shown, found.left_out, found.count
    (['a', 'b'], 1, 3)
    """
    known = list(items)
    return Beginning(known[:most], max(len(known) - most, 0))
