"""Where everything is: the pages of the site, grouped by what a person wants of them."""

MENU: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("menu_find", (("/search", "nav_search"), ("/entities", "nav_entities"), ("/picture", "nav_picture"))),
    (
        "menu_ask",
        (
            ("/queries", "nav_queries"),
            ("/matrix", "nav_matrix"),
            ("/timeline", "nav_timeline"),
            ("/compare", "nav_compare"),
            ("/paths", "nav_paths"),
        ),
    ),
    ("menu_check", (("/disagreements", "nav_disagreements"), ("/articles", "nav_articles"), ("/report", "nav_report"))),
    ("menu_about", (("/about", "nav_about"), ("/schema", "nav_schema"))),
)
"""Groups of pages: word of the group, then address and word of each page."""

FIRST = ("/search", "/queries", "/matrix", "/timeline", "/paths", "/picture", "/disagreements", "/articles", "/about")
"""The pages that stand in the head of every page where there is room; few, so that the head stays calm."""


def head() -> list[tuple[str, str]]:
    """Return address and word of the pages in the head.

    >>> head()[0]
    ('/search', 'nav_search')
    """
    words = {address: word for _, pages in MENU for address, word in pages}
    return [(address, words[address]) for address in FIRST]


def place(path: str, address: str) -> str | None:
    """Return what `aria-current` says of a link to `address` on the page `path`; None if it says nothing.

    >>> place("/queries", "/queries"), place("/queries/hubs", "/queries"), place("/about", "/queries")
    ('page', 'true', None)
    """
    if path == address:
        return "page"
    return "true" if path.startswith(f"{address}/") else None
