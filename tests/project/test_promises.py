"""What CONTRIBUTING.md promises: a query, type, status, page, export or article is added in one place.

One of each is added to a copy of the checkout, which is installed as a wheel and served. Then everything is requested.
"""

import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import additions
from tests.support.additions import ARTICLE, EDGE_TYPE, ENTITIES, EXPORT, NODE_TYPE, PAGE, QUERY, STATEMENTS, STATUS
from tests.support.checkout_copy import Environment, copy_checkout, install_wheel
from tests.support.cli import TIMEOUT_SECONDS, CommandResult, command_environment
from tests.support.html import PageParser
from tests.support.site_visit import LANGUAGES, Visit

AWARD = ENTITIES[0]


@pytest.fixture(scope="module")
def checkout(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout with one of each added."""
    target = copy_checkout(repository, tmp_path_factory.mktemp("promises") / "checkout")
    additions.add_everything(target, repository / "tests" / "fixtures" / "additions")
    return target


@pytest.fixture(scope="module")
def environment(checkout: Path) -> Environment:
    return install_wheel(checkout, checkout.parent)


@pytest.fixture(scope="module")
def data(checkout: Path) -> Path:
    return checkout.parent / "data"


@pytest.fixture(scope="module")
def texts(repository: Path) -> str:
    return str(repository / "tests" / "fixtures" / "additions" / "texts")


@pytest.fixture(scope="module")
def load(environment: Environment, data: Path, texts: str) -> CommandResult:
    """The result of loading the facts with the installed command."""
    return environment.run_command(data, "load", VNKG_ARTICLES=texts)


@pytest.fixture(scope="module")
def visit(environment: Environment, data: Path, texts: str, load: CommandResult) -> Iterator[Visit]:
    """A visit to the served site, with everything requested."""
    assert load.code == 0, load.stderr
    words = [str(environment.folder / "bin" / "vnkg"), "serve", "--port", "0"]
    log = data.parent / "serve.log"
    settings = command_environment(data, {"VNKG_ARTICLES": texts})
    with (
        log.open("w", encoding="utf-8") as errors,
        subprocess.Popen(words, env=settings, stdout=subprocess.PIPE, stderr=errors, text=True) as process,
    ):
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            address = re.search(r"http://\S+(?=/)", line)
            assert address, log.read_text(encoding="utf-8")
            site = Visit(address[0])
            site.visit_everything(ENTITIES, STATEMENTS)
            yield site
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(TIMEOUT_SECONDS)


def test_a_load_accepts_everything(load: CommandResult) -> None:
    assert load.code == 0, load.stderr
    assert "Traceback" not in load.stderr
    assert ARTICLE not in load.stderr  # its passages were checked


def test_every_page_and_every_format_answers(visit: Visit, data: Path) -> None:
    assert {path: status for path, status in visit.statuses.items() if status != 200} == {}
    assert len(visit.statuses) > 280
    assert not [key for key, text in visit.texts.items() if "Traceback" in text]
    assert "Traceback" not in (data.parent / "serve.log").read_text(encoding="utf-8")


def test_the_query_is_listed_and_answers(visit: Visit) -> None:
    assert QUERY in [query["name"] for query in visit.data("/queries")]
    for language, title in (("en", "Which funds of a kind are there?"), ("vi", "Có những quỹ nào thuộc một loại?")):
        assert title in visit.get("/queries", language)
        assert title in visit.get(f"/queries/{QUERY}?fund_kind=venture_capital", language)
    assert visit.get(f"/card/query/{QUERY}.png")[1:4] == "PNG"
    assert f"/api/v1/queries/{QUERY}" in visit.json("/openapi.json")["paths"]
    rows = visit.get(f"/api/v1/queries/{QUERY}.csv?fund_kind=st_development").splitlines()
    assert [row.partition(",")[0] for row in rows][:2] == ["fund", "fund:dong-nai-st-development"]


def test_the_type_has_colour_labels_and_linked_data(visit: Visit) -> None:
    declared = visit.data("/schema")["nodes"][NODE_TYPE]
    for language, label in (("en", declared["en"]), ("vi", declared["vi"])):
        assert label in visit.get("/entities", language)
        assert label in visit.get("/schema", language)
        assert label in visit.get(f"/entities/{AWARD}", language)
    assert declared["color"].lower() in visit.get(f"/picture.svg?entity={AWARD}").lower()
    found = {node["@id"]: node for node in visit.json(f"/api/v1/entities/{AWARD}.jsonld")["@graph"]}
    assert found[f"/entities/{AWARD}"]["@type"] == [f"vnkg:{NODE_TYPE}", "Thing"]
    planned = {node["@id"]: node for node in visit.json(f"/api/v1/entities/{ENTITIES[1]}.jsonld")["@graph"]}
    assert planned[f"/entities/{ENTITIES[1]}"]["@type"] == [f"vnkg:{NODE_TYPE}"]
    assert {entity["id"] for entity in visit.data(f"/entities?type={NODE_TYPE}")} == set(ENTITIES[:2])


def test_the_edge_type_and_its_qualifier_are_shown(visit: Visit) -> None:
    edges = visit.data(f"/entities/{AWARD}")["edges"]
    assert [edge["role"] for edge in edges if edge["predicate"] == EDGE_TYPE] == ["founder"]
    assert "sáng lập" in visit.get("/entities/agency:hue-dost", "vi")


def test_the_status_has_a_colour_and_counts_as_its_group_says(visit: Visit) -> None:
    stylesheet = re.search(r'href="(/static/\w+/site\.css)"', visit.get("/"))
    assert stylesheet
    styles = visit.get(stylesheet[1])
    assert re.search(rf"\.status-{STATUS} {{ --tone: var\(--plan\);", styles)
    for language, label in (("en", "being prepared"), ("vi", "đang chuẩn bị")):
        page = visit.get("/entities/fund:hue-seed", language)
        assert re.search(rf'<span class="chip status-{STATUS}"[^>]*>{label}</span>', page)
    assert visit.data("/entities/fund:hue-seed")["status"] == STATUS
    assert visit.data(f"/entities/{ENTITIES[1]}")["status"] == STATUS
    answer = visit.data(f"/queries/{QUERY}?fund_kind={additions.KIND}")
    assert [row["fund"] for row in answer["rows"]] == []
    assert [(row["fund"], row["fails"]) for row in answer["near_misses"] if row["kind_matches"]] == [
        ("fund:hue-seed", ["in_force"])
    ]


def test_the_page_is_in_the_menu_and_in_two_languages(visit: Visit) -> None:
    for language, title in (("en", "Awards"), ("vi", "Giải thưởng")):
        assert f'href="{PAGE}"' in visit.get("/about", language)
        page = PageParser(visit.get(PAGE, language))
        assert not page.wrong
        assert page.words["h1"] == [title]
        assert "Huế" in visit.get(PAGE, language)


def test_the_article_is_shown_with_its_ledger_and_its_text(visit: Visit) -> None:
    for language in LANGUAGES:
        assert "Test text on a seed fund" in visit.get("/articles", language)
        assert "FOUNDED" in visit.get("/schema", language)
    assert "The department founded the award." in visit.get(f"/articles/{ARTICLE}?view=ledger")
    assert "Quỹ mồi Huế" in visit.get(f"/articles/{ARTICLE}")
    assert visit.data("/search?q=hue+innovation+award")[0]["id"] == AWARD


def test_every_command_works(environment: Environment, data: Path, texts: str, visit: Visit) -> None:
    assert visit.statuses
    draft = shutil.copy(Path(texts).parent / "loaders" / "data" / "articles" / "005.yaml", data.parent / "draft.yaml")
    commands = {
        "query": QUERY,
        f"query {QUERY} --fund-kind {additions.KIND}": "Quỹ mồi Huế",
        f"query {QUERY} --json": "kind_matches",
        f"query {QUERY} --summary": "",
        "query provinces_with_fund --fund-status prepared": "",
        "find huế --type Award": AWARD,
        "find --help": NODE_TYPE,
        f"show {AWARD}": "founded",
        f"show {STATEMENTS[0]}": "being prepared",
        f"paths {AWARD} province:hue --status existing": "",
        f"draw {AWARD} --output drawn.svg": "",
        f"draw {AWARD} --output drawn.html": "",
        f"export {EXPORT} --output names": "names.csv",
        "export jsonl --output export": "manifest.json",
        f"verify {ARTICLE}": "",
        f"coverage {ARTICLE}": "",
        "coverage": "",
        "report": NODE_TYPE,
        f"article mentions {draft}": "",
        "engine status": "runs",
    }
    results = environment.run_commands(data, *commands, VNKG_ARTICLES=texts)
    for (words, expected), result in zip(commands.items(), results, strict=True):
        assert result.code == 0, (words, result.stderr)
        assert expected in result.stdout, (words, result.stdout)
    assert "award:hue-innovation,Huế Innovation Award,en,translation" in (
        data.parent / "names" / "names.csv"
    ).read_text(encoding="utf-8")


def test_the_docs_are_generated_with_everything(environment: Environment, checkout: Path) -> None:
    assert environment.run_python(checkout, "docs/generate.py", "--check").code == 1
    assert environment.run_python(checkout, "docs/generate.py").code == 0
    assert environment.run_python(checkout, "docs/generate.py", "--check").code == 0
    assert f"## {QUERY}\n" in (checkout / "queries" / "README.md").read_text(encoding="utf-8")
    schema_page = (checkout / "graph" / "README.md").read_text(encoding="utf-8")
    assert all(text in schema_page for text in (f"### {NODE_TYPE}\n", f"| `{EDGE_TYPE}`", f"| `{STATUS}` |"))
