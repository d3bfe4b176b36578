"""`vnkg paths` as a user runs it, with the built-in facts on a real engine."""

from pathlib import Path

import pytest

from tests import commanding
from tests.commanding import refused, run
from vnkg.graph.reader.paths import PathOptions
from vnkg.graph.reader.reader import Graph

QUALCOMM, MARVELL = "organisation:qualcomm", "organisation:marvell"


@pytest.fixture(scope="module")
def graph() -> Graph:
    """The built-in facts."""
    return commanding.graph()


@pytest.fixture(scope="module")
def data(graph: Graph) -> Path:
    """A data folder with the built-in facts and a running engine."""
    return commanding.folder()


def test_paths_are_told_with_the_statements_behind_each_step(data: Path, graph: Graph) -> None:
    told = run(data, "paths", QUALCOMM, MARVELL, "--k", "1")
    found = graph.paths(QUALCOMM, MARVELL, PathOptions(k=1))
    assert told.code == 0, told.err
    assert told.err == ""
    names = {entity["id"]: entity["name"] for entity in found["entities"]}
    chain = [QUALCOMM, *(step["to"] for step in found["paths"][0]["steps"])]
    assert f"1. {' – '.join(names[entity] for entity in chain)}  (2 steps)" in told.out
    assert f"Marvell has a site in {names[chain[1]]}  existing, stated, as of " in told.out
    for statement in found["statements"]:
        assert statement["gloss"] in told.out
    assert "All paths of at most 2 steps were considered" in told.out


def test_json_is_what_the_api_gives(data: Path, graph: Graph) -> None:
    options = [
        "--k",
        "3",
        "--steps",
        "4",
        "--status",
        "existing",
        "--status",
        "in_progress",
        "--exclude-types",
        "Sector",
    ]
    asked = PathOptions(k=3, max_steps=4, statuses=("existing", "in_progress"), excluded_types=("Sector",))
    assert run(data, "paths", QUALCOMM, "province:can-tho", *options, "--json").data == graph.paths(
        QUALCOMM, "province:can-tho", asked
    )
    told = run(data, "paths", QUALCOMM, MARVELL, "--through-hubs", "--predicate", "HAS_SITE_IN", "--json").data
    assert told == graph.paths(QUALCOMM, MARVELL, PathOptions(allow_hubs=True, predicates=("HAS_SITE_IN",)))


def test_names_are_taken_where_only_one_entity_has_them(data: Path) -> None:
    told = run(data, "paths", "qualcomm", "Nghị quyết 57")
    assert told.code == 0, told.err
    assert f"“qualcomm” was taken for Qualcomm ({QUALCOMM})." in told.err
    assert "(policy:57-nq-tw)" in told.err
    assert "taken for" not in told.out


def test_names_that_leave_a_doubt_are_refused_with_those_they_may_mean(data: Path) -> None:
    refused(
        run(data, "paths", "hai phong innovation", MARVELL),
        2,
        "Who or what is meant",
        "programme:hai-phong-innovation-portal",
    )
    refused(run(data, "paths", QUALCOMM, "Qualcom"), 2, "Who or what is meant by “Qualcom”?", QUALCOMM)
    refused(run(data, "paths", "xyzzy", MARVELL), 2, "Nothing here is called “xyzzy”.")


def test_what_cannot_be_asked_is_refused(data: Path) -> None:
    refused(run(data, "paths", QUALCOMM, "qualcomm"), 2, "expected two entities that differ")
    refused(run(data, "paths", QUALCOMM, "organisation:marvel"), 2, "nearest: organisation:marvell")
    refused(run(data, "paths", QUALCOMM, MARVELL, "--k", "99"), 2, "k: found 99; expected a whole number from 1 to 20")
    refused(run(data, "paths", QUALCOMM, MARVELL, "--status", "plant"), 2, "did you mean past or planned?")
    refused(run(data, "paths", QUALCOMM), 2, "Missing argument 'B'")
    refused(run(data, "paths", "😀", MARVELL), 2, "q: found")


def test_the_country_and_the_bodies_at_the_centre_are_hubs(graph: Graph) -> None:
    for entity in ("place:vietnam", "agency:politburo", "agency:national-assembly", "agency:central-government"):
        found = graph.entity(entity)
        assert (found["type"], found["kind"]) in graph.schema.hub_kinds


def test_no_path_is_an_answer(data: Path) -> None:
    told = run(data, "paths", "province:lam-dong", "province:ca-mau")
    assert told.code == 0
    assert "No path of at most 6 steps was found. That is what the articles read so far say" in told.out
