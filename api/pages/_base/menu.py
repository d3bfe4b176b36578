"""The menu: the pages of the site, grouped by purpose.

Each page declares its own entries as `MENU` in its `page.py`; the application collects them when it is created.
"""

from collections.abc import Container, Iterable, Mapping
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
    title_key: str
    group: str
    order: int
    header_order: int | None = None


class Menu:
    """All menu entries in order.

    `words` are the keys of all texts. Raises `DeclarationError` for an unknown group, for a title that is none of them,
    and for an address or a position used twice.
    """

    def __init__(self, entries: Iterable[MenuEntry], words: Container[str]) -> None:
        sorted_entries = sorted(entries, key=lambda entry: entry.order)
        for entry in sorted_entries:
            if entry.group not in GROUPS:
                expected = " or ".join(GROUPS)
                raise DeclarationError(f"menu: {entry.address} is in the group {entry.group!r}; expected {expected}")
            if entry.title_key not in words:
                found = f"menu: {entry.address} has the title {entry.title_key!r}"
                raise DeclarationError(f"{found}; expected a key of words.yaml in its folder")
        group_orders = [(entry.group, str(entry.order)) for entry in sorted_entries]
        header_orders = [
            ("head", str(entry.header_order)) for entry in sorted_entries if entry.header_order is not None
        ]
        unique_pairs = [*group_orders, *header_orders, *(("address", entry.address) for entry in sorted_entries)]
        for attribute, value in unique_pairs:
            if unique_pairs.count((attribute, value)) > 1:
                raise DeclarationError(f"menu: found {attribute} {value} twice; expected each once")
        by_group = {
            group: [(entry.address, entry.title_key) for entry in sorted_entries if entry.group == group]
            for group in GROUPS
        }
        self.groups = [(group, pages) for group, pages in by_group.items() if pages]
        """`(group, [(address, title_key), …])` of every group that has pages."""
        in_header = sorted((entry.header_order, entry) for entry in sorted_entries if entry.header_order is not None)
        self.header = [(entry.address, entry.title_key) for _, entry in in_header]
        """`(address, title_key)` of the pages in the header."""

    @property
    def title_keys(self) -> Mapping[str, str]:
        """The title key of each page by its address, in menu order."""
        return {address: title_key for _, pages in self.groups for address, title_key in pages}


def aria_current(path: str, address: str) -> str | None:
    """Return the value of `aria-current` for a link to `address` on the page `path`, or None.

    >>> aria_current("/queries", "/queries"), aria_current("/queries/targets", "/queries")
    ('page', 'true')
    """
    if path == address:
        return "page"
    return "true" if path.startswith(f"{address}/") else None
