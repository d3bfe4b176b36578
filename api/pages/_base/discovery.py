"""Finds the pages: every folder in `api/pages` whose name does not begin with an underscore.

Each has an `__init__.py`, and a `page.py` with `ROUTERS`, the routers of the page, and `MENU`, its menu entries (may be
empty).
"""

import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, cast

from fastapi import APIRouter

from ....graph.errors import DeclarationError
from ... import pages as package
from .menu import MenuEntry

PAGE_FILES = ("__init__.py", "page.py")
"""Files that every folder of a page has; the first may be empty."""


class Page(Protocol):
    """What a `page.py` declares."""

    ROUTERS: Sequence[APIRouter]
    MENU: Sequence[MenuEntry]


def discover_pages() -> list[Page]:
    """Import and return every `page.py`, ordered by folder name.

    Raises `DeclarationError` if one lacks a file, `ROUTERS` or `MENU`.
    """
    modules: list[Page] = []
    for name in _page_names():
        page = importlib.import_module(f"{package.__name__}.{name}.page")
        for declaration in ("ROUTERS", "MENU"):
            if not hasattr(page, declaration):
                raise DeclarationError(f"api/pages/{name}/page.py: {declaration} is missing; expected a tuple")
        modules.append(cast("Page", page))
    return modules


def _page_names() -> list[str]:
    """Return the names of the folders of pages; raise `DeclarationError` if one lacks a file that it needs."""
    names: list[str] = []
    for folder in sorted(folder for root in package.__path__ for folder in Path(root).glob("[!_.]*/")):
        found = [name for name in PAGE_FILES if (folder / name).is_file()]
        if found and found != [*PAGE_FILES]:
            missing = next(name for name in PAGE_FILES if name not in found)
            raise DeclarationError(
                f"api/pages/{folder.name}: {missing} is missing; expected {' and '.join(PAGE_FILES)}"
            )
        names += [folder.name] if found else []
    return names
