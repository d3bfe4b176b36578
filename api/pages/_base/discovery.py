"""Which pages there are: every folder beside this one that is a package and has no underscore in front.

The `page.py` of each has `ROUTERS`, the routers of the page, and `MENU`, its entries in the menu, which may be none.
"""

import importlib
import pkgutil
from collections.abc import Sequence
from typing import Protocol, cast

from fastapi import APIRouter

from ....graph.errors import DeclarationError
from ... import pages as package
from .menu import MenuEntry


class Page(Protocol):
    """What a `page.py` declares."""

    ROUTERS: Sequence[APIRouter]
    MENU: Sequence[MenuEntry]


def pages() -> list[Page]:
    """Return every page, by the name of its folder; raise `DeclarationError` where one declares too little."""
    found: list[Page] = []
    for folder in pkgutil.iter_modules(package.__path__):
        if folder.name.startswith("_"):
            continue
        page = importlib.import_module(f"{package.__name__}.{folder.name}.page")
        for name in ("ROUTERS", "MENU"):
            if not hasattr(page, name):
                raise DeclarationError(f"api/pages/{folder.name}/page.py: {name} is missing; expected a tuple")
        found.append(cast("Page", page))
    return found
