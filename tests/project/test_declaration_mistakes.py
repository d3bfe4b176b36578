"""A mistake in a declaration is reported with file and line: in the schema by every command, in a page at the start."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.checkout_copy import Environment, copy_checkout, install_editable
from tests.support.cli import assert_refused
from vnkg.graph.errors import DeclarationError
from vnkg.graph.model.schema import read_schema

FUND = "    color: '#CC79A7'\n"
BORDERS = "from: [Province, Place], to: [Province, Place], statuses: [existing, past]}"
PAST_STATUS = "vi: đã qua, group: ended, exists: true, outlives: true, tone: grey"

PAGE = """
from .._base.menu import MenuEntry

ROUTERS = ()
MENU = (MenuEntry("/new", "nav_new", "menu_find", 9),)
"""


@pytest.fixture(scope="module")
def checkout(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_checkout(repository, tmp_path_factory.mktemp("mistakes") / "checkout")


@pytest.fixture(scope="module")
def environment(checkout: Path) -> Environment:
    return install_editable(checkout, checkout.parent / "environment")


@pytest.fixture
def schema_file(checkout: Path) -> Iterator[Path]:
    file = checkout / "graph" / "model" / "schema.yaml"
    text = file.read_text(encoding="utf-8")
    yield file
    file.write_text(text, encoding="utf-8")


def write_mistake(file: Path, old: str, new: str) -> int:
    """Replace the only occurrence of a text; return the number of the line in which it ends."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + new.rstrip("\n").count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (FUND, FUND.replace("color", "colour"), "found the key 'colour' in nodes.Fund; expected color"),
        (FUND, "    color: '#CC79A'\n", "found nodes.Fund.color: '#CC79A'; expected a colour such as '#0072B2'"),
        (FUND, FUND + "    prefix: money\n", "found 'prefix' a second time; expected each key once"),
        (PAST_STATUS, "group: ended, exists: true, outlives: true, tone: grey", "found statuses.past without vi; expected en, vi"),
        (PAST_STATUS, "vi: đã qua, exists: true, outlives: true, tone: grey", "found statuses.past without group; expected en, vi, group, tone, symbol"),
        (PAST_STATUS, PAST_STATUS.replace("ended", "over"), "found statuses.past.group: 'over'; expected cancelled or ended or in_force or"),
        (PAST_STATUS, PAST_STATUS.replace("grey", "red"), "found statuses.past.tone: 'red'; expected disagreement or good or"),
        (BORDERS, BORDERS.replace("to: [Province, Place]", "to: [Province, Places]"), "found edges.BORDERS.to: 'Places'"),
        (PAST_STATUS, PAST_STATUS.replace("đã qua", "[đã qua"), "found no valid YAML"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_schema_is_reported_with_its_line(schema_file: Path, old: str, new: str, message: str) -> None:
    line = write_mistake(schema_file, old, new)
    with pytest.raises(DeclarationError) as refused:
        read_schema(schema_file.read_text(encoding="utf-8"))
    assert str(refused.value).startswith(f"graph/model/schema.yaml:{line}: {message}")


@pytest.mark.parametrize("words", ["load", "serve --port 0", "query targets", "find hue", "find --help"])
def test_every_command_reports_it(environment: Environment, schema_file: Path, tmp_path: Path, words: str) -> None:
    line = write_mistake(schema_file, PAST_STATUS, PAST_STATUS.replace("ended", "over"))
    result = environment.run_command(tmp_path / "data", *words.split())
    assert_refused(
        result, 1, f"Error: graph/model/schema.yaml:{line}: found statuses.past.group: 'over'; expected cancelled or"
    )
    assert not (tmp_path / "data").exists()


def test_help_and_version_need_no_schema(environment: Environment, schema_file: Path, tmp_path: Path) -> None:
    write_mistake(schema_file, PAST_STATUS, PAST_STATUS.replace("ended", "over"))
    for option in ("--help", "--version"):
        assert environment.run_command(tmp_path / "data", option).code == 0


def test_the_generated_docs_report_it(environment: Environment, checkout: Path, schema_file: Path) -> None:
    line = write_mistake(schema_file, PAST_STATUS, PAST_STATUS.replace("ended", "over"))
    assert_refused(environment.run_python(checkout, "docs/generate.py"), 1, f"graph/model/schema.yaml:{line}: found")


PAGE_STEPS = (
    ("page.py", PAGE, "api/pages/new: __init__.py is missing; expected __init__.py and page.py"),
    ("__init__.py", "", "menu: /new has the title 'nav_new'; expected a key of words.yaml in its folder"),
    ("words.yaml", "nav_new: {en: New}", "api/pages/new/words.yaml:1: found nav_new without vi; expected en, vi"),
    ("words.yaml", "\nnav_about: {en: A, vi: B}", "api/pages/new/words.yaml:2: found the word 'nav_about' again"),
    ("about.html", "", "new/about.html: found another template of this name; expected each name once"),
)
"""The files of a page as somebody writes them one after the other, each with the message that the application gives."""
COMPLETE = {"words.yaml": "nav_new: {en: New, vi: Mới}"}
START_AT_EACH_STEP = """
import json, os, sys, traceback
from pathlib import Path
import vnkg.api.app
from vnkg.graph.settings import Settings

told = []
for files in json.loads(sys.argv[1]):
    for name, text in files.items():
        file = Path("api/pages/new", name)
        file.parent.mkdir(exist_ok=True)
        file.unlink() if text is None else file.write_text(text, encoding="utf-8")
    reading, writing = os.pipe()
    if not os.fork():  # a process that has read none of the pages yet
        try:
            vnkg.api.app.create_app(Settings())
        except BaseException:
            os.write(writing, traceback.format_exc().encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        told.append(pipe.read())
    os.wait()
print(json.dumps(told))
"""
"""Writes files of a page step by step (null: removes them), and prints what stops the application after each step."""


def test_a_new_page_is_refused_at_the_start_until_it_is_complete(environment: Environment, checkout: Path) -> None:
    steps = [{name: text} for name, text, _ in PAGE_STEPS]
    steps[-1] |= COMPLETE
    result = environment.run_python(checkout, "-c", START_AT_EACH_STEP, json.dumps([*steps, {"about.html": None}]))
    assert result.code == 0, result.stderr
    *refusals, last = json.loads(result.stdout)
    assert last == ""
    for (_, _, message), refusal in zip(PAGE_STEPS, refusals, strict=True):
        assert message in refusal
