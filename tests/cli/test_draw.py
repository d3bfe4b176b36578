"""`vnkg draw` on a small invented graph: what is in the picture, in which language, and what is said of it."""

import re
from pathlib import Path

import pytest

from tests.support.cli import CommandResult, assert_refused, run_command
from tests.support.invented_graph import load_graph
from tests.support.worlds import commands
from vnkg.graph.catalogue.query import catalogue
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.model.schema import schema
from vnkg.graph.settings import Settings

QUERY = ["--query=provinces-with-fund", "--policy", "policy:p"]
AROUND_ALPHA = ["agency:so-alpha", "fund:alpha-vc", "policy:p", "province:alpha", "province:beta"]
GAMMA = ["fund:gamma-one", "fund:gamma-two", "policy:p", "province:gamma"]


@pytest.fixture
def data(embedded_engine: Engine, embedded_settings: Settings) -> Path:
    """A data folder with the graph of the commands and a running engine."""
    load_graph(embedded_engine, commands.release())
    return embedded_settings.data


def draw(data: Path, file: Path, *words: str) -> CommandResult:
    return run_command(data, "draw", *words, "--output", str(file))


@pytest.mark.parametrize(
    ("words", "title", "nodes", "links"),
    [
        (["province:old-alpha"], "Tỉnh Alpha", AROUND_ALPHA, 4),
        (["province:old-alpha", "--borders"], "Tỉnh Alpha", AROUND_ALPHA, 5),
        (["province:alpha", "--depth", "2"], "Tỉnh Alpha",
         [*AROUND_ALPHA, "person:an", "province:delta", "province:gamma"], 7),
        (["--province", "province:old-alpha"], "In and around Tỉnh Alpha", [*AROUND_ALPHA, "person:an"], 5),
        ([*QUERY, "--fund-status", "existing"], "Which provinces implement Resolution 57 with a venture capital fund?",
         GAMMA, 3),
        (["--query", "provinces_with_fund", *QUERY[1:], "--fund-status", "planned"],
         "Which provinces implement Resolution 57 with a venture capital fund?",
         ["fund:delta-vc", "policy:p", "province:delta"], 2),
        (["--from", "person:an", "--to", "Quỹ alpha-vc"], "Nguyễn An – Quỹ alpha-vc",
         ["agency:so-alpha", "fund:alpha-vc", "person:an", "province:alpha"], 3),
        (["person:an"], "Nguyễn An", ["agency:so-alpha", "person:an"], 1),
        (["person:an", "--expand", "agency:so-alpha"], "Nguyễn An",
         ["agency:so-alpha", "person:an", "province:alpha"], 2),
        (["province:alpha", "--hide", "Fund", "--hide", "existing"], "Tỉnh Alpha",
         [entity for entity in AROUND_ALPHA if not entity.startswith("fund:")], 1),
    ],
)  # fmt: skip
def test_a_picture_has_what_was_asked_for(
    data: Path, tmp_path: Path, words: list[str], title: str, nodes: list[str], links: int
) -> None:
    result = draw(data, tmp_path / "picture.svg", *words)
    assert result.code == 0, result.stderr
    picture = (tmp_path / "picture.svg").read_text(encoding="utf-8")
    assert picture.startswith("<svg ")
    assert f"<title>{title}</title>" in picture
    assert sorted(re.findall(r'data-node="([^"]+)"', picture)) == sorted(nodes)
    assert len(set(re.findall(r'data-link="([^"]+)"', picture))) == links
    assert f"VNKG {commands.release().id} · CC BY 4.0" in picture
    if "--hide" not in words:
        assert result.stdout == f"Drew {len(nodes)} nodes and {links} links into {tmp_path / 'picture.svg'}.\n"


def test_what_is_left_out_of_a_picture_is_counted(data: Path, tmp_path: Path) -> None:
    for limit, note in ((3, " 17 more nodes lie here and are not drawn."), (19, " 1 more node lies here"), (20, "")):
        result = draw(data, tmp_path / "all.svg", "--limit", str(limit))
        assert re.fullmatch(rf"Drew {limit} nodes and \d+ links into .*all\.svg\.{note}.*\n", result.stdout)


def test_a_picture_is_in_the_language_and_shows_the_view_that_were_asked_for(data: Path, tmp_path: Path) -> None:
    pages = {
        (language, suffix, hidden): tmp_path / f"{language}-{len(hidden)}{suffix}"
        for language in ("en", "vi")
        for suffix in (".svg", ".html", ".page")
        for hidden in ((), ("--hide", "Fund"))
    }
    for (language, _, hidden), file in pages.items():
        assert draw(data, file, *QUERY, "--fund-status", "existing", "--language", language, *hidden).code == 0
    texts = {key: file.read_text(encoding="utf-8") for key, file in pages.items()}
    for (language, suffix, hidden), text in texts.items():
        assert text.startswith("<svg " if suffix == ".svg" else "<!doctype html>")
        assert f' lang="{language}"' in text.partition(">")[0] or f'<html lang="{language}">' in text
        assert catalogue()["provinces_with_fund"].question(language) in text
        assert (schema().nodes["Policy"].vi in text) == (language == "vi")
        assert texts[language, ".page", hidden] == texts[language, ".html", hidden]
    assert len(set(texts.values())) == 8


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--to", "person:an"], "found one end; expected both"),
        (["--from", "person:an"], "found one end; expected both"),
        (["person:an", "--to", "person:an"], "found more than one of ID"),
        (["--province", "province:alpha", "--from", "person:an"], "found more than one of ID"),
        (["person:an", "--expand", "province:alpha"], "--expand: found province:alpha; expected ids of nodes"),
        (["person:an", "--expand", "x:y", "--expand", "agency:so-alpha"], "--expand: found x:y; expected"),
        (["--from", "organisation:lone", "--to", "person:an"], "organisation:lone person:an: nothing to draw"),
    ],
)
def test_a_picture_that_cannot_be_drawn_is_refused_with_the_reason(
    data: Path, tmp_path: Path, words: list[str], message: str
) -> None:
    assert_refused(draw(data, tmp_path / "picture.svg", *words), 2, message)
    assert list(tmp_path.iterdir()) == []
