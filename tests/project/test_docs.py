"""The generated documentation pages match the declarations."""

import shutil
from pathlib import Path

import pytest

from docs.generate import example_command, example_url, main, pages
from vnkg.graph.catalogue.query import catalogue
from vnkg.graph.model.schema import schema


def test_the_pages_in_the_checkout_are_current(repository: Path) -> None:
    assert main(["--check", "--root", str(repository)]) == 0


def test_an_outdated_page_is_named(repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("graph/model/schema.yaml", "graph/README.md", "queries/README.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(repository / name, tmp_path / name)
    page = tmp_path / "queries" / "README.md"
    page.write_text("old", encoding="utf-8")
    assert main(["--check", "--root", str(tmp_path)]) == 1
    assert capsys.readouterr().err == "queries/README.md is stale; run `python docs/generate.py`\n"
    assert main(["--root", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "wrote queries/README.md\n"
    assert main(["--check", "--root", str(tmp_path)]) == 0


def test_a_folder_that_is_not_a_checkout_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main(["--root", str(tmp_path)])
    assert refused.value.code == 2
    assert "is no checkout" in capsys.readouterr().err


def test_the_schema_page_names_everything_declared() -> None:
    page = pages(schema(), catalogue())["graph/README.md"]
    for node in schema().nodes.values():
        assert f"### {node.key}\n" in page
        assert all(f"| `{prop.key}` |" in page for prop in node.properties.values())
    for edge in schema().edges.values():
        assert f"| `{edge.key}`" in page
    assert all(f"| `{status}` |" in page for status in schema().statuses)


@pytest.mark.parametrize("name", catalogue())
def test_the_queries_page_shows_each_query(name: str) -> None:
    page = pages(schema(), catalogue())["queries/README.md"]
    query = catalogue()[name]
    for part in (query.question_en, query.question_vi, query.cypher, example_command(query), example_url(query)):
        assert part in page
    assert all(f"| `{parameter}` |" in page for parameter in query.params)


def test_an_example_is_a_command_and_an_address() -> None:
    query = catalogue()["provinces_with_fund"]
    assert example_command(query) == "vnkg query provinces_with_fund --fund-status considered --fund-status planned"
    assert example_url(query) == "/api/v1/queries/provinces_with_fund?fund_status=considered&fund_status=planned"
