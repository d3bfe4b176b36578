"""The menu: the pages of the site, grouped by what a person wants of them.

Each page declares its own entries as `MENU` in its `page.py`; the application gathers them when it is made.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ....graph.errors import DeclarationError

GROUPS = ("menu_find", "menu_ask", "menu_check", "menu_about")
"""Groups of the menu in their order, by the word that names them."""


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A page in the menu: its address, the word that names it, its group, and its place among the group's pages.

    `head` is its place in the head of every page, for the few that stand there; so the head stays calm.
    """

    address: str
    word: str
    group: str
    place: int
    head: int | None = None


class Menu:
    """The entries in order.

    Raises `DeclarationError` for an unknown group, and for an address or a place taken twice.
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
        """Groups that are not empty: the word of each, then address and word of its pages."""
        in_head = sorted((entry.head, entry) for entry in listed if entry.head is not None)
        self.head = [(entry.address, entry.word) for _, entry in in_head]
        """Address and word of the pages in the head of every page."""

    @property
    def words(self) -> Mapping[str, str]:
        """The word of each page by its address, in the menu's order."""
        return {address: word for _, pages in self.groups for address, word in pages}


def current(path: str, address: str) -> str | None:
    """Return what `aria-current` says of a link to `address` on the page `path`; None if it says nothing.

    >>> current("/queries", "/queries"), current("/queries/hubs", "/queries"), current("/about", "/queries")
    ('page', 'true', None)
    """
    if path == address:
        return "page"
    return "true" if path.startswith(f"{address}/") else None
