"""Paths over HTTP: JSON and CSV, refusals, retired ids, what is cached and what is not."""

import csv
import io
from typing import Any

import pytest

from tests.support import http
from tests.support.http import client
from tests.support.invented_graph import HOSTILE, POLICY
from vnkg.graph.reader import bidirectional as walk
from vnkg.graph.reader import paths
from vnkg.graph.reader.paths import PathOptions


def get_paths(path: str = "/paths", **parameters: Any) -> Any:
    """Request paths and return the response; pass `from` as `start`."""
    given = {"from" if name == "start" else name: value for name, value in parameters.items()}
    return client().get(f"/api/v1{path}", params=given)


def refusal(expected_status: int, /, **parameters: Any) -> str:
    response = get_paths(**parameters)
    assert response.status_code == expected_status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    return response.json()["detail"]


def test_the_answer_is_that_of_the_graph() -> None:
    body = get_paths(start="organisation:uuu", to="province:aaa", k=3, steps=4).json()
    assert body["data"] == http.graph().paths("organisation:uuu", "province:aaa", PathOptions(k=3, max_steps=4))
    assert body["data"]["paths"]
    assert (body["meta"]["truncated"], body["next"]) == (False, None)


def test_every_parameter_changes_the_search() -> None:
    ends = {"start": "province:aaa", "to": "province:bbb"}
    usual = get_paths(**ends).json()["data"]
    assert [len(path["steps"]) for path in usual["paths"]] == [1, 2, 3, 3]
    assert usual["search_extent"]["max_steps"] == paths.DEFAULT_STEPS
    for parameters, steps in (
        ({"k": 2}, [1, 2]),
        ({"steps": 2}, [1, 2]),
        ({"status": "in_progress,past"}, [2]),
        ({"predicate": "PARTNERS_WITH, PLANS"}, [1]),
        ({"exclude_types": "Policy"}, [1]),
    ):
        found = get_paths(**ends, **parameters).json()["data"]
        assert [len(path["steps"]) for path in found["paths"]] == steps, parameters


def test_hubs_are_avoided_unless_requested(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "HUB_EDGES", 10)
    monkeypatch.setattr(paths, "HUB_MEAN_FACTOR", 1)
    found = get_paths(start="province:ddd", to="province:eee", k=4).json()["data"]
    assert (found["paths"], found["through_hubs"]) == ([], {"steps": 2, "hubs": [POLICY]})
    assert [hub["id"] for hub in found["avoided_hubs"]] == [POLICY]
    through = get_paths(start="province:ddd", to="province:eee", k=4, hubs="true").json()["data"]
    assert through["paths"]
    assert [entity["id"] for entity in through["entities"] if entity["hub"]] == [POLICY]


@pytest.mark.parametrize(
    ("parameters", "status", "words"),
    [
        ({"start": "province:aaa"}, 422, "to: found nothing"),
        ({"to": "province:aaa"}, 422, "from: found nothing"),
        ({"start": "province:aaa", "to": "province:aaa"}, 422, "expected two entities that differ"),
        ({"start": "province:aaa", "to": "province:aab"}, 404, "nearest: province:aaa"),
        ({"start": "Aaa", "to": "province:bbb"}, 404, "no entity 'Aaa'"),
        ({"start": "", "to": "province:bbb"}, 404, "no entity ''"),
        ({"start": "province:never", "to": "province:bbb"}, 410, "province:never"),
        ({"start": "province:aaa", "to": "province:bbb", "k": 21}, 422, "k: found '21'"),
        ({"start": "province:aaa", "to": "province:bbb", "k": "many"}, 422, "k: found 'many'"),
        ({"start": "province:aaa", "to": "province:bbb", "steps": 0}, 422, "steps: found '0'"),
        ({"start": "province:aaa", "to": "province:bbb", "hubs": "perhaps"}, 422, "hubs: found 'perhaps'"),
        ({"start": "province:aaa", "to": "province:bbb", "status": "plant"}, 422, "did you mean past or planned?"),
        ({"start": "province:aaa", "to": "province:bbb", "depth": 2}, 422, "unknown parameter 'depth'"),
        ({"start": ["province:aaa", "province:ccc"], "to": "province:bbb"}, 422, "from: found 2 of it"),
    ],
)
def test_invalid_requests_are_refused(parameters: dict[str, Any], status: int, words: str) -> None:
    assert words in refusal(status, **parameters)


def test_a_merged_id_redirects_to_its_successor() -> None:
    response = get_paths(start="province:bbb", to="province:old-aaa", k=2)
    assert response.status_code == 308
    assert response.headers["location"] == "/api/v1/paths?from=province:bbb&to=province:aaa&k=2"


def test_each_edge_of_each_step_is_a_line_of_csv() -> None:
    given = {"start": "organisation:uuu", "to": "province:aaa", "k": 3}
    found = get_paths(**given).json()["data"]
    response = get_paths("/paths.csv", **given)
    rows = list(csv.DictReader(io.StringIO(response.text)))
    edges = [edge["id"] for path in found["paths"] for step in path["steps"] for edge in step["edges"]]
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert [f"{row['subject']} {row['predicate']} {row['object']}" for row in rows] == edges
    assert [(row["path"], row["step"]) for row in rows][:3] == [("1", "1"), ("1", "2"), ("1", "3")]
    assert rows[0]["from_name"] == HOSTILE
    asked_for = client().get(
        "/api/v1/paths",
        params={"from": "organisation:uuu", "to": "province:aaa", "k": 3},
        headers={"Accept": "text/csv"},
    )
    assert asked_for.text == response.text


def test_an_answer_that_ran_out_of_time_is_not_cached(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "GUARANTEED_EDGES", 0)
    monkeypatch.setattr(paths, "READ_SECONDS", -1.0)
    given = {"start": "organisation:uuu", "to": "province:bbb"}
    for path in ("/paths", "/paths.csv"):
        assert get_paths(path, **given).headers["cache-control"] == "no-store"
    hurried = get_paths(**given).json()
    assert (hurried["data"]["search_extent"]["stop_reason"], hurried["meta"]["truncated"]) == ("time", True)
    monkeypatch.undo()
    assert get_paths(**given).json()["data"]["search_extent"]["stop_reason"] is None
    assert get_paths(**given).headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "word", ["\u202eabc", "😀", "مرحبا", "'; DROP", "}) RETURN 1 //", "<script>", "../../etc", "a" * 3000]
)
def test_odd_words_are_treated_as_plain_text(word: str) -> None:
    assert get_paths(start=word, to="province:aaa").status_code == 404
    assert get_paths(start="province:aaa", to="province:bbb", predicate=word).status_code == 422


def test_a_line_of_csv_names_both_ends_of_its_step() -> None:
    parameters = {"start": "province:bbb", "to": "province:aaa", "k": 3}
    answer = get_paths(**parameters).json()["data"]
    rows = csv.DictReader(io.StringIO(get_paths("/paths.csv", **parameters).text))
    names = {entity["id"]: entity["name"] for entity in answer["entities"]}
    assert [
        tuple(row[column] for column in ("path", "step", "from", "from_name", "to", "to_name", "direction"))
        for row in rows
    ] == [
        (str(number), str(place), step["from"], names[step["from"]], step["to"], names[step["to"]], edge["direction"])
        for number, path in enumerate(answer["paths"], 1)
        for place, step in enumerate(path["steps"], 1)
        for edge in step["edges"]
    ]


def test_a_search_that_met_too_many_edges_is_truncated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "MAX_EDGES", 1)
    monkeypatch.setattr(walk, "GUARANTEED_EDGES", 0)
    answer = get_paths(start="organisation:uuu", to="province:ccc").json()
    assert (answer["data"]["search_extent"]["stop_reason"], answer["meta"]["truncated"]) == ("edges", True)
