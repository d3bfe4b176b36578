"""Finds the pages: every package in `api/pages` whose name does not begin with an underscore.

Each has a `page.py` with `ROUTERS`, the routers of the page, and `MENU`, its menu entries (may be empty).
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


def discover_pages() -> list[Page]:
    """Import and return every `page.py`, ordered by folder name.

    Raises `DeclarationError` if one lacks `ROUTERS` or `MENU`.
    """
    modules: list[Page] = []
    for folder in pkgutil.iter_modules(package.__path__):
        if folder.name.startswith("_"):
            continue
        page = importlib.import_module(f"{package.__name__}.{folder.name}.page")
        for name in ("ROUTERS", "MENU"):
            if not hasattr(page, name):
                raise DeclarationError(f"api/pages/{folder.name}/page.py: {name} is missing; expected a tuple")
        modules.append(cast("Page", page))
    return modules
