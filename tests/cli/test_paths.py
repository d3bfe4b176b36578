"""`vnkg paths` as a user runs it, with the built-in facts on a real engine."""

from pathlib import Path

from tests.support.cli import assert_refused, run_command
from vnkg.graph.reader.paths import PathOptions
from vnkg.graph.reader.reader import Graph

QUALCOMM, MARVELL = "organisation:qualcomm", "organisation:marvell"


def test_paths_are_printed_with_the_statements_of_each_step(data: Path, graph: Graph) -> None:
    told = run_command(data, "paths", QUALCOMM, MARVELL, "--k", "1")
    found = graph.paths(QUALCOMM, MARVELL, PathOptions(k=1))
    assert told.code == 0, told.stderr
    assert told.stderr == ""
    names = {entity["id"]: entity["name"] for entity in found["entities"]}
    chain = [QUALCOMM, *(step["to"] for step in found["paths"][0]["steps"])]
    assert f"1. {' – '.join(names[entity] for entity in chain)}  (2 steps)" in told.stdout
    assert f"Marvell has a site in {names[chain[1]]}  existing, stated, as of " in told.stdout
    for statement in found["statements"]:
        assert statement["gloss"] in told.stdout
    assert "All paths of at most 2 steps were considered" in told.stdout


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
    assert run_command(data, "paths", QUALCOMM, "province:can-tho", *options, "--json").data == graph.paths(
        QUALCOMM, "province:can-tho", asked
    )
    told = run_command(data, "paths", QUALCOMM, MARVELL, "--through-hubs", "--predicate", "HAS_SITE_IN", "--json").data
    assert told == graph.paths(QUALCOMM, MARVELL, PathOptions(allow_hubs=True, predicates=("HAS_SITE_IN",)))


def test_a_name_of_exactly_one_entity_is_accepted(data: Path) -> None:
    told = run_command(data, "paths", "qualcomm", "Nghị quyết 57")
    assert told.code == 0, told.stderr
    assert f"“qualcomm” was taken for Qualcomm ({QUALCOMM})." in told.stderr
    assert "(policy:57-nq-tw)" in told.stderr
    assert "taken for" not in told.stdout


def test_ambiguous_names_are_refused_with_their_candidates(data: Path) -> None:
    assert_refused(
        run_command(data, "paths", "hai phong innovation", MARVELL),
        2,
        "Who or what is meant",
        "programme:hai-phong-innovation-portal",
    )
    assert_refused(run_command(data, "paths", QUALCOMM, "Qualcom"), 2, "Who or what is meant by “Qualcom”?", QUALCOMM)
    assert_refused(run_command(data, "paths", "xyzzy", MARVELL), 2, "Nothing here is called “xyzzy”.")


def test_invalid_arguments_are_refused(data: Path) -> None:
    assert_refused(run_command(data, "paths", QUALCOMM, "qualcomm"), 2, "expected two entities that differ")
    assert_refused(run_command(data, "paths", QUALCOMM, "organisation:marvel"), 2, "nearest: organisation:marvell")
    assert_refused(
        run_command(data, "paths", QUALCOMM, MARVELL, "--k", "99"),
        2,
        "k: found 99; expected a whole number from 1 to 20",
    )
    assert_refused(
        run_command(data, "paths", QUALCOMM, MARVELL, "--status", "plant"), 2, "did you mean past or planned?"
    )
    assert_refused(run_command(data, "paths", QUALCOMM), 2, "Missing argument 'B'")
    assert_refused(run_command(data, "paths", "😀", MARVELL), 2, "q: found")


def test_the_country_and_the_bodies_at_the_centre_are_hubs(graph: Graph) -> None:
    for entity in ("place:vietnam", "agency:politburo", "agency:national-assembly", "agency:central-government"):
        found = graph.entity(entity)
        assert (found["type"], found["kind"]) in graph.schema.hub_kinds


def test_no_path_is_an_answer(data: Path) -> None:
    told = run_command(data, "paths", "province:lam-dong", "province:ca-mau")
    assert told.code == 0
    assert "No path of at most 6 steps was found. That is what the articles read so far say" in told.stdout
