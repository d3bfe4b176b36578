"""The `vnkg` command with the built-in facts on a real engine; most of them in this process."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.support.cli import LoadedFolder, assert_refused, run_command, run_process
from tests.support.facts_folder import ARTICLE, LINE, facts_folder, texts_folder
from tests.support.file_damage import copy_data
from vnkg.graph.catalogue.query import Query, catalogue
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.model.merge import merge
from vnkg.graph.model.schema import schema
from vnkg.graph.reader.reader import Graph
from vnkg.graph.settings import Settings
from vnkg.graph.store.mapping import LAYOUT
from vnkg.loaders import read_facts

FLAGSHIP = "provinces_with_fund"


def options(query: Query) -> list[str]:
    """The example of a query as command-line options."""
    words: list[str] = []
    for name, value in query.example.items():
        for one in (value,) if isinstance(value, str) else value:
            words += [f"--{name.replace('_', '-')}", one]
    return words


# load


def test_a_second_load_reports_that_nothing_changed(data: Path) -> None:
    again = run_command(data, "load")
    assert again.code == 0
    assert "nothing was written" in again.stdout
    found = run_command(data, "load", "--json").data
    assert found["release"] == merge(read_facts(), schema()).id
    assert found["changes"] == {"created": 0, "changed": 0, "removed": 0}


def test_own_article_files_are_added_to_the_built_in_ones_and_removed_again(
    folder_with_own_article: LoadedFolder, tmp_path: Path
) -> None:
    data = copy_data(folder_with_own_article.data, tmp_path / "data")
    with Engine.open(Settings(data=data)):
        assert run_command(data, "show", "fund:ccc", "--json").data["status"] == "planned"
        assert_refused(run_command(data, "load"), 1, "facts would be lost", "article:9", "--also", "--replace")
        assert run_command(data, "show", "fund:ccc", "--json").data["status"] == "planned"
        dry = run_command(data, "load", "--dry-run", "--json")
        assert (dry.code, "facts would be lost" in dry.stderr) == (1, True)
        told = json.loads(dry.stdout)
        assert (told["articles"]["added"], len(told["articles"]["removed"])) == ([], 1)
        assert run_command(data, "load", "--dry-run", "--replace", "--json").data["changes"] == told["changes"]
        changes = run_command(data, "load", "--replace", "--json").data["changes"]
        assert changes == told["changes"]
        assert changes["created"] == 0
        assert changes["removed"] > 0
        assert_refused(run_command(data, "show", "fund:ccc"), 2, "fund:ccc was in the graph until release")


def test_every_problem_in_own_files_is_reported_with_file_and_line(data: Path, graph: Graph, tmp_path: Path) -> None:
    wrong = ARTICLE.replace("PLANS", "EATS").replace("status: planned", "status: perhaps")
    own = facts_folder(tmp_path / "own", article=wrong)
    before = graph.release()
    assert_refused(run_command(data, "load", "--also", str(own)), 1, "900.yaml:", "EATS", "nothing was loaded")
    assert graph.release() == before


def test_a_passage_that_differs_from_its_text_is_refused(data: Path, tmp_path: Path, articles: str) -> None:
    own = facts_folder(tmp_path / "own")
    texts = texts_folder(tmp_path / "texts", LINE.replace("fund", "bank"))
    for path in Path(articles).glob("*.txt"):
        (texts / path.name).symlink_to(path)
    assert_refused(
        run_command(data, "load", "--also", str(own), "--articles", str(texts)), 1, "900.yaml:", "other words"
    )


# query


def test_the_queries_are_listed(data: Path) -> None:
    listed = run_command(data, "query")
    assert listed.code == 0
    for query in catalogue().values():
        assert query.name in listed.stdout
        assert query.question_en in listed.stdout
    assert [item["name"] for item in run_command(data, "query", "--json").data] == list(catalogue())


@pytest.mark.parametrize("name", catalogue())
def test_a_query_prints_the_answer_of_the_api(data: Path, graph: Graph, name: str) -> None:
    query = catalogue()[name]
    found = run_command(data, "query", name.replace("_", "-"), *options(query), "--json").data
    assert found == graph.query(name, query.example)
    told = run_command(data, "query", name, *options(query))
    assert told.code == 0
    assert told.stderr == ""
    assert query.question_en in told.stdout
    for row in found["rows"] + found["near_misses"]:
        for column in query.returns.values():
            if column.type == "entity" and row[column.name]:
                assert row[column.name] in told.stdout


@pytest.mark.parametrize("name", catalogue())
def test_the_help_of_a_query_describes_every_parameter(data: Path, name: str) -> None:
    shown = " ".join(run_command(data, "query", name, "--help").stdout.split())
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
def test_each_interpretation_of_the_flagship_query_gives_answers_near_misses_and_evidence(
    data: Path, graph: Graph, reading: str
) -> None:
    words = READINGS[reading]
    found: dict[str, Any] = run_command(data, "query", FLAGSHIP, *words, "--json").data
    told = run_command(data, "query", FLAGSHIP, *words).stdout
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


def test_the_question_is_printed_in_words(data: Path) -> None:
    told = run_command(data, "query", FLAGSHIP, "--fund-status", "planned", "--fund-status", "considered").stdout
    assert "fund status: planned or considered" in told
    assert "(policy:57-nq-tw)" in told


def test_with_the_articles_available_passages_are_shown(data: Path, articles: str) -> None:
    words = re.compile(r"^ +“.+”$", re.MULTILINE)
    assert not words.search(run_command(data, "query", FLAGSHIP).stdout)
    for told in (
        run_command(data, "query", FLAGSHIP, "--articles", articles),
        run_command(data, "query", FLAGSHIP, VNKG_ARTICLES=articles),
    ):
        assert words.search(told.stdout)
        assert "Unverified" not in told.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["query", "provinces_with_found"], "did you mean provinces_with_fund"),
        (["query", FLAGSHIP, "--fund-statis", "planned"], "--fund-status"),
        (["query", FLAGSHIP, "--fund-status", "plannd"], "did you mean planned?"),
        (["query", FLAGSHIP, "--policy", "policy:nope"], "there is no entity 'policy:nope'"),
        (["query", FLAGSHIP, "--policy", "57 58"], "expected an id (policy:…) or a name"),
        (["query", "article_statements"], "--article"),
        (["show", "province:dong-na"], "nearest: province:dong-nai"),
        (["show", "statement:nope"], "there is no statement"),
        (["show", "hai phong innovation"], "programme:hai-phong-innovation-portal"),
        (["show", "xyzzy"], "Nothing here is called “xyzzy”."),
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
def test_wrong_usage_exits_with_code_2_and_a_reason(data: Path, arguments: list[str], message: str) -> None:
    assert_refused(run_command(data, *arguments), 2, message)


@pytest.mark.parametrize(
    ("name", "value"), [("VNKG_QUERY_TIMEOUT", "soon"), ("VNKG_ENGINE_MEMORY", "lots"), ("VNKG_CACHE", "perhaps")]
)
def test_an_invalid_setting_is_named(data: Path, name: str, value: str) -> None:
    assert_refused(run_command(data, "find", "hue", **{name: value}), 2, f"{name}: found '{value}'; expected")


def test_an_empty_setting_counts_as_unset(data: Path) -> None:
    assert run_command(data, "find", "hue", VNKG_ARTICLES="", VNKG_CACHE="", NEO4J_URI="").code == 0


def test_an_unreachable_server_is_reported_quickly(data: Path) -> None:
    assert_refused(
        run_command(data, "find", "hue", NEO4J_URI="bolt://127.0.0.1:1"), 1, "bolt://127.0.0.1:1", "NEO4J_URI"
    )


def test_a_graph_of_another_version_is_refused_until_it_is_reloaded(data: Path, graph: Graph) -> None:
    graph.engine.write(lambda write: write.execute("MATCH (m:Release) SET m.layout = 2"))
    try:
        assert_refused(run_command(data, "find", "hue"), 1, "another version", "vnkg load")
        assert_refused(run_command(data, "load"), 1, "wrote the database in layout 2", "VNKG_DATA")
    finally:
        graph.engine.write(lambda write: write.execute("MATCH (m:Release) SET m.layout = $layout", {"layout": LAYOUT}))
    assert run_command(data, "find", "hue").code == 0


def test_a_dry_run_reports_the_plan_and_creates_no_folder(tmp_path: Path) -> None:
    told = run_command(tmp_path / "data", "load", "--dry-run", "--json").data
    assert told["changes"]["created"] > 1_000
    assert told["articles"]["added"] == [f"article:00{number}" for number in range(5)]
    shown = run_command(tmp_path / "data", "load", "--dry-run")
    assert shown.stderr == "Nothing was written.\n"
    names = ", ".join(f"article:00{number}" for number in range(5))
    assert shown.stdout.splitlines() == [
        f"Release {told['release']} would be loaded:",
        f"  {told['changes']['created']:,} nodes and edges created, 0 changed, 0 removed.",
        f"  Articles added: {names}.",
        "  Articles removed: none.",
    ]
    assert not (tmp_path / "data").exists()


# find, show, draw


def test_a_name_is_found_in_any_spelling(data: Path, graph: Graph) -> None:
    found = run_command(data, "find", "dong nai", "--json").data
    assert found == graph.search("dong nai")
    assert found[0]["id"] == "province:dong-nai"
    assert "province:dong-nai" in run_command(data, "find", "ĐỒNG NAI", "--exact").stdout
    assert "policy:57-nq-tw" in run_command(data, "find", "57-NQ/TW", "--type", "Policy").stdout


def test_a_search_without_results_is_an_answer(data: Path) -> None:
    nothing = run_command(data, "find", "qqzzxx")
    assert nothing.code == 0
    assert "Nothing here is called “qqzzxx”." in nothing.stdout
    assert run_command(data, "find", "qqzzxx", "--json").data == []


def test_an_entity_is_shown_with_relations_and_evidence(data: Path, graph: Graph) -> None:
    entity = graph.entity("province:quang-ninh")
    assert run_command(data, "show", "province:quang-ninh", "--json").data == entity
    told = run_command(data, "show", "province:quang-ninh").stdout
    assert entity["name"] in told
    for edge in entity["edges"]:
        assert edge["neighbour"]["id"] in told
        assert graph.statement(edge["statements"][0])["gloss"] in told


def test_an_entity_is_shown_by_a_name_that_only_it_has(data: Path, graph: Graph) -> None:
    told = run_command(data, "show", "Qualcomm", "--json")
    assert told.data == graph.entity("organisation:qualcomm")
    assert "“Qualcomm” was taken for Qualcomm (organisation:qualcomm)." in told.stderr


def test_a_statement_is_shown_alone(data: Path, graph: Graph) -> None:
    statement = graph.statements("province:quang-ninh")[0]
    assert run_command(data, "show", statement["id"], "--json").data == graph.statement(statement["id"])
    assert statement["gloss"] in run_command(data, "show", statement["id"]).stdout


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
    drawn = run_command(data, "draw", *words, "--output", str(tmp_path / "picture.html"))
    assert drawn.code == 0, drawn.stderr
    page = (tmp_path / "picture.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert not re.search(r"<(script|link|img)[^>]+(src|href)=.?https?:", page)


def test_paths_need_two_entities_that_are_connected(data: Path, tmp_path: Path) -> None:
    output = ["--output", str(tmp_path / "paths.html")]
    assert_refused(run_command(data, "draw", "--from", "province:hue", *output), 2, "expected both --from and --to")
    assert_refused(
        run_command(data, "draw", "province:hue", "--from", "a", "--to", "b", *output), 2, "expected one of them"
    )
    assert_refused(
        run_command(data, "draw", "--from", "province:hue", "--to", "province:son-la", *output), 2, "there is no path"
    )
    assert not list(tmp_path.iterdir())


def test_an_unwritable_folder_is_reported(data: Path, tmp_path: Path) -> None:
    output = tmp_path / "nowhere" / "picture.html"
    assert_refused(run_command(data, "draw", "province:hue", "--output", str(output)), 1, "cannot be written")


# export, verify, article new


def test_the_graph_is_exported_without_an_engine(tmp_path: Path) -> None:
    told = run_command(tmp_path / "data", "export", "jsonl", "--output", str(tmp_path / "out"), "--json").data
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert told["release"] == manifest["release"]
    assert {Path(path).name for path in told["files"]} == {path.name for path in (tmp_path / "out").iterdir()}
    assert run_command(tmp_path / "data", "export", "jsonl", "--output", str(tmp_path / "out")).code == 0
    (tmp_path / "out" / "mine.txt").write_text("mine", encoding="utf-8")
    again = run_command(tmp_path / "data", "export", "jsonl", "--output", str(tmp_path / "out"))
    assert_refused(again, 2, "holds 'mine.txt'; expected a new or empty folder")
    assert (tmp_path / "out" / "mine.txt").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "data").exists()


def test_every_passage_is_in_the_articles(data: Path, articles: str) -> None:
    verified = run_command(data, "verify", "--articles", articles)
    assert verified.code == 0, verified.stderr
    assert re.search(r"\d+ passages in 5 articles: all there and unchanged", verified.stdout)
    assert run_command(data, "verify", "--json", VNKG_ARTICLES=articles).data["faults"] == []


def test_changed_or_missing_passages_are_listed(data: Path, tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "000_other.txt").write_text("Other words.\n", encoding="utf-8")
    told = run_command(data, "verify", "--articles", str(texts))
    assert_refused(told, 1, "article:000: 1:", "article:001: its text is not in texts")
    listed = run_command(data, "verify", "--articles", str(texts), "--json")
    assert listed.code == 1
    assert json.loads(listed.stdout)["faults"]


def test_a_missing_articles_folder_is_reported(data: Path, tmp_path: Path) -> None:
    assert_refused(run_command(data, "verify", "--articles", str(tmp_path / "nope")), 1, "no such folder")
    assert_refused(run_command(data, "query", FLAGSHIP, VNKG_ARTICLES=str(tmp_path / "nope")), 1, "no such folder")


def test_a_new_article_gets_a_skeleton_that_is_never_overwritten(data: Path, tmp_path: Path) -> None:
    text = tmp_path / "905_new.txt"
    text.write_text("Đồng Nai plans a fund. Another sentence stands here.\n", encoding="utf-8")
    made = run_command(data, "article", "new", str(text))
    assert made.code == 0
    assert "province:dong-nai: [0-8]" in made.stdout
    output = tmp_path / "905.yaml"
    assert run_command(data, "article", "new", str(text), "--output", str(output)).code == 0
    assert output.read_text(encoding="utf-8") == made.stdout
    output.write_text("mine", encoding="utf-8")
    assert_refused(run_command(data, "article", "new", str(text), "--output", str(output)), 2, "not overwritten")
    assert output.read_text(encoding="utf-8") == "mine"


def test_version_and_help(data: Path) -> None:
    assert re.fullmatch(r"vnkg \d+\.\d+\.\d+\S*\n", run_process(data, "--version").stdout)
    shown = run_command(data, "--help").stdout
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
