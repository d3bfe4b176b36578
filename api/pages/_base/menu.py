"""The menu: the pages of the site, grouped by purpose.

Each page declares its own entries as `MENU` in its `page.py`; the application collects them when it is created.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ....graph.errors import DeclarationError

GROUPS = ("menu_find", "menu_ask", "menu_check", "menu_about")
"""Groups of the menu in order; each is the key of its title in the words."""


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A page in the menu: address, key of its title in the words, group, and position within the group.

    `header_order` is the position in the header of every page, which has room for only a few.
    """

    address: str
    word: str
    group: str
    place: int
    head: int | None = None


class Menu:
    """All menu entries in order.

    Raises `DeclarationError` for an unknown group, and for an address or a position used twice.
    """

    def __init__(self, entries: Iterable[MenuEntry]) -> None:
        listed = sorted(entries, key=lambda entry: entry.place)
        for entry in listed:
            if entry.group not in GROUPS:
                expected = " or ".join(GROUPS)
                raise DeclarationError(f"menu: {entry.address} is in the group {entry.group!r}; expected {expected}")
        places = [(entry.group, str(entry.place)) for entry in listed]
        heads = [("head", str(entry.head)) for entry in listed if entry.head is not None]
        taken = [*places, *heads, *(("address", entry.address) for entry in listed)]
        for what, value in taken:
            if taken.count((what, value)) > 1:
                raise DeclarationError(f"menu: found {what} {value} twice; expected each once")
        by_group = {
            group: [(entry.address, entry.word) for entry in listed if entry.group == group] for group in GROUPS
        }
        self.groups = [(group, pages) for group, pages in by_group.items() if pages]
        """`(group, [(address, title_key), …])` of every group that has pages."""
        in_head = sorted((entry.head, entry) for entry in listed if entry.head is not None)
        self.head = [(entry.address, entry.word) for _, entry in in_head]
        """`(address, title_key)` of the pages in the header."""

    @property
    def words(self) -> Mapping[str, str]:
        """The title key of each page by its address, in menu order."""
        return {address: word for _, pages in self.groups for address, word in pages}


def current(path: str, address: str) -> str | None:
    """Return the value of `aria-current` for a link to `address` on the page `path`, or None.

    >>> aria_current("/queries", "/queries"), aria_current("/queries/hubs", "/queries")
    ('page', 'true')
    """
    if path == address:
        return "page"
    return "true" if path.startswith(f"{address}/") else None
