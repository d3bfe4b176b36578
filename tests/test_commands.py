"""The `vnkg` command as a user runs it, with the built-in facts on a real engine."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests import commanding
from tests.commanding import refused, run
from tests.writing import ARTICLE, LINE, facts_folder, texts_folder
from vnkg.graph.catalogue.query import Query, catalogue
from vnkg.graph.model.merge import merge
from vnkg.graph.model.schema import schema
from vnkg.graph.reader.reader import Graph
from vnkg.graph.settings import Settings
from vnkg.loaders import read_facts

FLAGSHIP = "provinces_with_fund"


@pytest.fixture(scope="module")
def graph() -> Graph:
    """The built-in facts."""
    return commanding.graph()


@pytest.fixture(scope="module")
def data(graph: Graph) -> Path:
    """A data folder with the built-in facts and a running engine."""
    return commanding.folder()


def options(query: Query) -> list[str]:
    """The example of a query as command-line options."""
    words: list[str] = []
    for name, value in query.example.items():
        for one in (value,) if isinstance(value, str) else value:
            words += [f"--{name.replace('_', '-')}", one]
    return words


# load


def test_a_second_load_writes_nothing_and_says_so(data: Path) -> None:
    again = run(data, "load")
    assert again.code == 0
    assert "nothing was written" in again.out
    found = run(data, "load", "--json").data
    assert found["release"] == merge(read_facts(), schema()).id
    assert found["changes"] == {"created": 0, "changed": 0, "removed": 0}


def test_own_article_files_are_loaded_beside_the_built_in_ones_and_taken_out_again(tmp_path: Path) -> None:
    data, own = tmp_path / "data", facts_folder(tmp_path / "own")
    assert run(data, "engine", "start").code == 0
    try:
        assert run(data, "load", "--also", str(own)).code == 0
        assert run(data, "show", "fund:ccc", "--json").data["status"] == "planned"
        refused(run(data, "load"), 1, "facts would be lost", "article:9", "--also", "--replace")
        assert run(data, "show", "fund:ccc", "--json").data["status"] == "planned"
        dry = run(data, "load", "--dry-run", "--json")
        assert (dry.code, "facts would be lost" in dry.err) == (1, True)
        told = json.loads(dry.out)
        assert (told["articles"]["added"], len(told["articles"]["removed"])) == ([], 1)
        assert run(data, "load", "--dry-run", "--replace", "--json").data["changes"] == told["changes"]
        changes = run(data, "load", "--replace", "--json").data["changes"]
        assert changes == told["changes"]
        assert changes["created"] == 0
        assert changes["removed"] > 0
        refused(run(data, "show", "fund:ccc"), 2, "there is no entity 'fund:ccc'")
    finally:
        assert run(data, "engine", "stop").code == 0


def test_every_problem_of_own_files_is_told_with_file_and_line_and_nothing_is_loaded(
    data: Path, graph: Graph, tmp_path: Path
) -> None:
    wrong = ARTICLE.replace("PLANS", "EATS").replace("status: planned", "status: perhaps")
    own = facts_folder(tmp_path / "own", article=wrong)
    before = graph.release()
    refused(run(data, "load", "--also", str(own)), 1, "900.yaml:", "EATS", "nothing was loaded")
    assert graph.release() == before


def test_a_passage_that_its_text_does_not_say_is_refused(data: Path, tmp_path: Path, articles: str) -> None:
    own = facts_folder(tmp_path / "own")
    texts = texts_folder(tmp_path / "texts", LINE.replace("fund", "bank"))
    for path in Path(articles).glob("*.txt"):
        (texts / path.name).symlink_to(path)
    refused(run(data, "load", "--also", str(own), "--articles", str(texts)), 1, "900.yaml:", "other words")


# query


def test_the_questions_are_listed(data: Path) -> None:
    listed = run(data, "query")
    assert listed.code == 0
    for query in catalogue().values():
        assert query.name in listed.out
        assert query.question_en in listed.out
    assert [item["name"] for item in run(data, "query", "--json").data] == list(catalogue())


@pytest.mark.parametrize("name", catalogue())
def test_a_query_prints_what_the_api_answers(data: Path, graph: Graph, name: str) -> None:
    query = catalogue()[name]
    found = run(data, "query", name.replace("_", "-"), *options(query), "--json").data
    assert found == graph.query(name, query.example)
    told = run(data, "query", name, *options(query))
    assert told.code == 0
    assert told.err == ""
    assert query.question_en in told.out
    for row in found["rows"] + found["near_misses"]:
        for column in query.returns.values():
            if column.type == "entity" and row[column.name]:
                assert row[column.name] in told.out


@pytest.mark.parametrize("name", catalogue())
def test_the_help_of_a_query_names_every_parameter_and_what_it_takes(data: Path, name: str) -> None:
    shown = " ".join(run(data, "query", name, "--help").out.split())
    for parameter in catalogue()[name].params.values():
        assert f"--{parameter.name.replace('_', '-')} " in shown
        assert parameter.accepted_input in shown


READINGS = {
    "existing only": ["--fund-status", "existing"],
    "planned or considered": ["--fund-status", "planned", "--fund-status", "considered"],
    "either": ["--fund-status", "existing,planned,considered"],
    "named only": ["--fund-status", "planned", "--fund-status", "considered", "--implementation", "explicit"],
}


@pytest.mark.parametrize("reading", READINGS)
def test_each_reading_of_the_flagship_gives_answers_near_misses_and_evidence(
    data: Path, graph: Graph, reading: str
) -> None:
    words = READINGS[reading]
    found: dict[str, Any] = run(data, "query", FLAGSHIP, *words, "--json").data
    told = run(data, "query", FLAGSHIP, *words).out
    assert f"Answers ({len(found['rows'])})" in told
    assert f"Near misses ({len(found['near_misses'])})" in told
    if not found["rows"]:
        assert "Nothing fulfils all conditions." in told
    for row in found["near_misses"]:
        for condition in row["fails"]:
            assert catalogue()[FLAGSHIP].returns[condition].failure in told.lower()
    behind = {sid for row in found["rows"] + found["near_misses"] for sid in row["statements"]}
    for sid in behind:
        statement = graph.statement(sid)
        assert statement["gloss"] in told
        assert f"{statement['article']}, line {statement['line']}" in told


def test_what_was_asked_is_said_in_words(data: Path) -> None:
    told = run(data, "query", FLAGSHIP, "--fund-status", "planned", "--fund-status", "considered").out
    assert "fund status: planned or considered" in told
    assert "(policy:57-nq-tw)" in told


def test_with_the_articles_at_hand_the_words_themselves_are_shown(data: Path, articles: str) -> None:
    words = re.compile(r"^ +“.+”$", re.MULTILINE)
    assert not words.search(run(data, "query", FLAGSHIP).out)
    for told in (
        run(data, "query", FLAGSHIP, "--articles", articles),
        run(data, "query", FLAGSHIP, VNKG_ARTICLES=articles),
    ):
        assert words.search(told.out)
        assert "Unverified" not in told.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["query", "provinces_with_found"], "did you mean provinces_with_fund"),
        (["query", FLAGSHIP, "--fund-statis", "planned"], "--fund-status"),
        (["query", FLAGSHIP, "--fund-status", "plannd"], "did you mean planned?"),
        (["query", FLAGSHIP, "--policy", "policy:nope"], "there is no entity 'policy:nope'"),
        (["query", FLAGSHIP, "--policy", "57"], "expected an id (policy:…)"),
        (["query", "article_statements"], "--article"),
        (["show", "province:dong-na"], "nearest: province:dong-nai"),
        (["show", "statement:nope"], "there is no statement"),
        (["find", "x" * 100_000], "(100,000 characters)"),
        (["find", "a\x01b"], "no control characters"),
        (["find", "hue", "--type", "Provinse"], "did you mean Province"),
        (["draw", "--limit", "5000", "--output", "x.html"], "2,000"),
        (["draw", "--query", "nope", "--output", "x.html"], "there is no query 'nope'"),
        (["draw", "--query", FLAGSHIP, "--foo", "1", "--output", "x.html"], "--foo"),
        (["draw", "province:hue", "--query", FLAGSHIP, "--output", "x.html"], "expected one of them"),
        (["draw", "province:hue"], "--output"),
        (["export", "xml", "--output", "x"], "xml"),
        (["load", "--also", "nope.yaml"], "nope.yaml: no such file"),
        (["article", "new", "005_nope.txt"], "no such file"),
        (["verify"], "VNKG_ARTICLES"),
        (["nonsense"], "nonsense"),
    ],
)
def test_wrong_use_is_refused_with_code_2_and_a_reason(data: Path, arguments: list[str], message: str) -> None:
    refused(run(data, *arguments), 2, message)


@pytest.mark.parametrize(
    ("name", "value"), [("VNKG_QUERY_TIMEOUT", "soon"), ("VNKG_ENGINE_MEMORY", "lots"), ("VNKG_CACHE", "perhaps")]
)
def test_a_setting_that_is_wrong_is_named(data: Path, name: str, value: str) -> None:
    refused(run(data, "find", "hue", **{name: value}), 2, f"{name}: found '{value}'; expected")


def test_a_setting_left_empty_is_as_if_it_were_not_there(data: Path) -> None:
    assert run(data, "find", "hue", VNKG_ARTICLES="", VNKG_CACHE="", NEO4J_URI="").code == 0


def test_a_server_that_is_not_there_is_told_soon(data: Path) -> None:
    refused(run(data, "find", "hue", NEO4J_URI="bolt://127.0.0.1:1"), 1, "bolt://127.0.0.1:1", "NEO4J_URI")


def test_a_graph_of_another_version_is_not_shown_but_loaded_again_when_asked(data: Path, graph: Graph) -> None:
    graph.engine.write(lambda write: write.execute("MATCH (m:Release) SET m.layout = 2 REMOVE m.owner"))
    refused(run(data, "find", "hue"), 1, "another version", "vnkg load")
    assert "an earlier version were marked as VNKG's own" in run(data, "load").out
    assert run(data, "find", "hue").code == 0


def test_a_dry_run_in_a_folder_that_is_not_there_tells_all_and_makes_nothing(tmp_path: Path) -> None:
    told = run(tmp_path / "data", "load", "--dry-run", "--json").data
    assert told["changes"]["created"] > 1_000
    assert told["articles"]["added"] == [f"article:00{number}" for number in range(5)]
    assert "Nothing was written" in run(tmp_path / "data", "load", "--dry-run").err
    assert not (tmp_path / "data").exists()


# find, show, draw


def test_a_name_is_found_in_any_spelling(data: Path, graph: Graph) -> None:
    found = run(data, "find", "dong nai", "--json").data
    assert found == graph.search("dong nai")
    assert found[0]["id"] == "province:dong-nai"
    assert "province:dong-nai" in run(data, "find", "ĐỒNG NAI", "--exact").out
    assert "policy:57-nq-tw" in run(data, "find", "57-NQ/TW", "--type", "Policy").out


def test_a_name_that_is_nowhere_is_an_answer_too(data: Path) -> None:
    nothing = run(data, "find", "qqzzxx")
    assert nothing.code == 0
    assert "Nothing here is called “qqzzxx”." in nothing.out
    assert run(data, "find", "qqzzxx", "--json").data == []


def test_an_entity_is_shown_with_relations_and_evidence(data: Path, graph: Graph) -> None:
    entity = graph.entity("province:quang-ninh")
    assert run(data, "show", "province:quang-ninh", "--json").data == entity
    told = run(data, "show", "province:quang-ninh").out
    assert entity["name"] in told
    for edge in entity["edges"]:
        assert edge["neighbour"]["id"] in told
        assert graph.statement(edge["statements"][0])["gloss"] in told


def test_a_statement_is_shown_alone(data: Path, graph: Graph) -> None:
    statement = graph.statements("province:quang-ninh")[0]
    assert run(data, "show", statement["id"], "--json").data == graph.statement(statement["id"])
    assert statement["gloss"] in run(data, "show", statement["id"]).out


@pytest.mark.parametrize(
    "words",
    [
        ["province:quang-ninh", "--depth", "2"],
        ["--query", FLAGSHIP, "--fund-status", "any"],
        ["--from", "province:lam-dong", "--to", "Quảng Ninh"],
        ["--limit", "20"],
    ],
)
def test_a_picture_is_one_page_that_loads_nothing(data: Path, tmp_path: Path, words: list[str]) -> None:
    drawn = run(data, "draw", *words, "--output", str(tmp_path / "picture.html"))
    assert drawn.code == 0, drawn.err
    page = (tmp_path / "picture.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert not re.search(r"<(script|link|img)[^>]+(src|href)=.?https?:", page)


def test_paths_need_two_ends_and_a_way_between_them(data: Path, tmp_path: Path) -> None:
    output = ["--output", str(tmp_path / "paths.html")]
    refused(run(data, "draw", "--from", "province:hue", *output), 2, "expected both --from and --to")
    refused(run(data, "draw", "province:hue", "--from", "a", "--to", "b", *output), 2, "expected one of them")
    refused(run(data, "draw", "--from", "province:hue", "--to", "province:son-la", *output), 2, "there is no path")
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_is_told(data: Path, tmp_path: Path) -> None:
    output = tmp_path / "nowhere" / "picture.html"
    refused(run(data, "draw", "province:hue", "--output", str(output)), 1, "cannot be written")


# export, verify, article new


def test_the_graph_is_exported_without_an_engine(tmp_path: Path) -> None:
    told = run(tmp_path / "data", "export", "jsonl", "--output", str(tmp_path / "out"), "--json").data
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert told["release"] == manifest["release"]
    assert {Path(path).name for path in told["files"]} == {path.name for path in (tmp_path / "out").iterdir()}
    assert not (tmp_path / "data").exists()


def test_every_passage_is_in_the_articles(data: Path, articles: str) -> None:
    verified = run(data, "verify", "--articles", articles)
    assert verified.code == 0, verified.err
    assert re.search(r"\d+ passages in 5 articles: all there and unchanged", verified.out)
    assert run(data, "verify", "--json", VNKG_ARTICLES=articles).data["faults"] == []


def test_passages_that_changed_or_are_missing_are_listed(data: Path, tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "000_other.txt").write_text("Other words.\n", encoding="utf-8")
    told = run(data, "verify", "--articles", str(texts))
    refused(told, 1, "article:000: 1:", "article:001: its text is not in texts")
    listed = run(data, "verify", "--articles", str(texts), "--json")
    assert listed.code == 1
    assert json.loads(listed.out)["faults"]


def test_a_folder_of_articles_that_is_missing_is_told(data: Path, tmp_path: Path) -> None:
    refused(run(data, "verify", "--articles", str(tmp_path / "nope")), 1, "no such folder")
    refused(run(data, "query", FLAGSHIP, VNKG_ARTICLES=str(tmp_path / "nope")), 1, "no such folder")


def test_a_new_article_gets_a_skeleton_that_is_never_overwritten(data: Path, tmp_path: Path) -> None:
    text = tmp_path / "905_new.txt"
    text.write_text("Đồng Nai plans a fund. Another sentence stands here.\n", encoding="utf-8")
    made = run(data, "article", "new", str(text))
    assert made.code == 0
    assert "province:dong-nai: [0-8]" in made.out
    output = tmp_path / "905.yaml"
    assert run(data, "article", "new", str(text), "--output", str(output)).code == 0
    assert output.read_text(encoding="utf-8") == made.out
    output.write_text("mine", encoding="utf-8")
    refused(run(data, "article", "new", str(text), "--output", str(output)), 2, "not overwritten")
    assert output.read_text(encoding="utf-8") == "mine"


def test_version_and_help(data: Path) -> None:
    assert re.fullmatch(r"vnkg \d+\.\d+\.\d+\S*\n", run(data, "--version").out)
    shown = run(data, "--help").out
    for name in (
        "load",
        "article",
        "serve",
        "query",
        "find",
        "show",
        "draw",
        "export",
        "verify",
        "coverage",
        "report",
        "engine",
    ):
        assert re.search(rf"^  {name} ", shown, re.MULTILINE)
    for name in Settings.model_fields:
        assert name.upper() in shown
