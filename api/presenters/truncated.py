"""A list cut to a maximum length, with the number of items left out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class TruncatedList(Generic[Item]):
    """The first items of a list, and the number of those left out."""

    items: Sequence[Item]
    left_out: int = 0

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)

    def __bool__(self) -> bool:
        return bool(self.items)

    @property
    def count(self) -> int:
        """The length of the complete list."""
        return len(self.items) + self.left_out


def truncate(items: Iterable[Item], limit: int) -> TruncatedList[Item]:
    """Return the first `limit` items.

    >>> some = truncate("abc", 2)
    >>> some.items, some.left_out, some.count
    (['a', 'b'], 1, 3)
    """
    all_items = list(items)
    return TruncatedList(all_items[:limit], max(len(all_items) - limit, 0))
