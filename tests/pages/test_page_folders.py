"""Pages are discovered in their folders, and the menu is built from their declarations."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.http import client_of, settings
from vnkg.api import pages as package
from vnkg.api.pages._base.discovery import discover_pages
from vnkg.api.pages._base.menu import GROUPS, Menu, MenuEntry
from vnkg.graph.errors import DeclarationError

NEW = """
from fastapi import APIRouter
from starlette.responses import Response
from vnkg.api.pages._base.menu import MenuEntry

router = APIRouter(include_in_schema=False)
ROUTERS = (router,)
MENU = (MenuEntry("/new", "nav_about", "menu_about", 9),)


@router.get("/new")
def new() -> Response:
    return Response("a new page", media_type="text/plain")
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of an additional page, `new`, next to those of the package."""
    made = tmp_path / "new"
    made.mkdir()
    made.joinpath("__init__.py").touch()
    monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path)])
    yield made
    for name in [name for name in sys.modules if name.startswith(f"{package.__name__}.new")]:
        del sys.modules[name]


def test_a_new_folder_is_a_new_page_with_its_entry_in_the_menu(folder: Path) -> None:
    folder.joinpath("page.py").write_text(NEW, encoding="utf-8")
    with client_of(settings()) as client:
        assert client.get("/new").text == "a new page"
        assert 'href="/new"' in client.get("/about").text
    sys.modules.pop(f"{package.__name__}.new.page")


@pytest.mark.parametrize("name", ["ROUTERS", "MENU"])
def test_a_page_without_required_declarations_is_refused_by_name(folder: Path, name: str) -> None:
    folder.joinpath("page.py").write_text(NEW.replace(f"{name} =", "OTHER ="), encoding="utf-8")
    with pytest.raises(DeclarationError, match=rf"^api/pages/new/page\.py: {name} is missing; expected a tuple$"):
        discover_pages()


@pytest.mark.parametrize("name", ["__init__.py", "page.py"])
def test_a_page_without_a_file_that_it_needs_is_refused_by_name(folder: Path, name: str) -> None:
    folder.joinpath("page.py").write_text(NEW, encoding="utf-8")
    folder.joinpath(name).unlink()
    with pytest.raises(DeclarationError, match=rf"^api/pages/new: {re.escape(name)} is missing; expected __init__\.py"):
        discover_pages()


def test_every_folder_without_an_underscore_is_a_page() -> None:
    root = Path(package.__path__[0])
    folders = sorted(file.parent.name for file in root.glob("[!_]*/__init__.py"))
    assert [page.__name__.split(".")[-2] for page in discover_pages()] == folders  # pyright: ignore[reportAttributeAccessIssue]
    assert len(folders) >= 14


def test_the_menu_follows_the_positions_of_its_entries() -> None:
    last = MenuEntry("/b", "nav_b", GROUPS[0], 2, header_order=1)
    entries = [last, MenuEntry("/c", "nav_c", GROUPS[1], 1, header_order=2), MenuEntry("/a", "nav_a", GROUPS[0], 1)]
    found = Menu(entries, ("nav_a", "nav_b", "nav_c"))
    assert found.groups == [(GROUPS[0], [("/a", "nav_a"), ("/b", "nav_b")]), (GROUPS[1], [("/c", "nav_c")])]
    assert found.header == [("/b", "nav_b"), ("/c", "nav_c")]
    assert list(found.title_keys) == ["/a", "/b", "/c"]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (MenuEntry("/b", "nav_b", "menu_none", 2), "/b is in the group 'menu_none'; expected menu_find or"),
        (MenuEntry("/a", "nav_b", GROUPS[0], 2), "found address /a twice"),
        (MenuEntry("/b", "nav_b", GROUPS[0], 1), "found menu_find 1 twice"),
        (MenuEntry("/b", "nav_c", GROUPS[0], 2), "/b has the title 'nav_c'; expected a key of words.yaml"),
        (MenuEntry("/b", "nav_b", GROUPS[0], 2, header_order=1), "found head 1 twice"),
    ],
)
def test_conflicting_menu_entries_are_refused(entry: MenuEntry, message: str) -> None:
    with pytest.raises(DeclarationError, match=message):
        Menu([MenuEntry("/a", "nav_a", GROUPS[0], 1, header_order=1), entry], ("nav_a", "nav_b"))
