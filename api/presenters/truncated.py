"""A list cut to a maximum length, with the number of items left out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Beginning(Generic[Item]):
    """The first items of a list, and the number of those left out."""

    shown: Sequence[Item]
    left_out: int = 0

    def __iter__(self) -> Iterator[Item]:
        return iter(self.shown)

    def __bool__(self) -> bool:
        return bool(self.shown)

    @property
    def count(self) -> int:
        """The length of the complete list."""
        return len(self.shown) + self.left_out


def beginning(items: Iterable[Item], most: int) -> Beginning[Item]:
    """Return the first `limit` items.

    >>> some = truncate("abc", 2)
    >>> some.items, some.left_out, some.count
    (['a', 'b'], 1, 3)
    """
    known = list(items)
    return Beginning(known[:most], max(len(known) - most, 0))
