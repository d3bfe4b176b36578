"""Paths over HTTP: JSON and CSV, refusals, retired ids, what is cached and what is not."""

import csv
import io
from typing import Any

import pytest

from tests import serving
from tests.invented import HOSTILE, POLICY
from tests.serving import client
from vnkg.graph.reader import bidirectional as walk
from vnkg.graph.reader import paths
from vnkg.graph.reader.paths import PathOptions


def asked(path: str = "/paths", **parameters: Any) -> Any:
    """Request paths and return the response; pass `from` as `start`."""
    given = {"from" if name == "start" else name: value for name, value in parameters.items()}
    return client().get(f"/api/v1{path}", params=given)


def refusal(expected: int, /, **parameters: Any) -> str:
    response = asked(**parameters)
    assert response.status_code == expected, response.text
    assert response.headers["content-type"] == "application/problem+json"
    return response.json()["detail"]


def test_the_answer_is_what_the_graph_tells() -> None:
    body = asked(start="organisation:uuu", to="province:aaa", k=3, steps=4).json()
    assert body["data"] == serving.graph().paths("organisation:uuu", "province:aaa", PathOptions(k=3, max_steps=4))
    assert body["data"]["paths"]
    assert (body["meta"]["truncated"], body["next"]) == (False, None)


def test_every_parameter_changes_what_is_asked_for() -> None:
    ends = {"start": "province:aaa", "to": "province:bbb"}
    usual = asked(**ends).json()["data"]
    assert [len(path["steps"]) for path in usual["paths"]] == [1, 2, 3, 3]
    assert usual["search_extent"]["max_steps"] == paths.DEFAULT_STEPS
    for parameters, steps in (
        ({"k": 2}, [1, 2]),
        ({"steps": 2}, [1, 2]),
        ({"status": "in_progress,past"}, [2]),
        ({"predicate": "PARTNERS_WITH, PLANS"}, [1]),
        ({"exclude_types": "Policy"}, [1]),
    ):
        found = asked(**ends, **parameters).json()["data"]
        assert [len(path["steps"]) for path in found["paths"]] == steps, parameters


def test_hubs_are_avoided_unless_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "HUB_EDGES", 10)
    monkeypatch.setattr(paths, "HUB_MEAN_FACTOR", 1)
    found = asked(start="province:ddd", to="province:eee", k=4).json()["data"]
    assert (found["paths"], found["through_hubs"]) == ([], {"steps": 2, "hubs": [POLICY]})
    assert [hub["id"] for hub in found["avoided_hubs"]] == [POLICY]
    through = asked(start="province:ddd", to="province:eee", k=4, hubs="true").json()["data"]
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
def test_what_cannot_be_answered_is_refused(parameters: dict[str, Any], status: int, words: str) -> None:
    assert words in refusal(status, **parameters)


def test_a_merged_end_leads_to_the_one_of_today() -> None:
    response = asked(start="province:bbb", to="province:old-aaa", k=2)
    assert response.status_code == 308
    assert response.headers["location"] == "/api/v1/paths?from=province:bbb&to=province:aaa&k=2"


def test_each_edge_of_each_step_is_a_line_of_csv() -> None:
    given = {"start": "organisation:uuu", "to": "province:aaa", "k": 3}
    found = asked(**given).json()["data"]
    response = asked("/paths.csv", **given)
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


def test_an_answer_for_which_time_was_up_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "GUARANTEED_EDGES", 0)
    monkeypatch.setattr(paths, "READ_SECONDS", -1.0)
    given = {"start": "organisation:uuu", "to": "province:bbb"}
    for path in ("/paths", "/paths.csv"):
        assert asked(path, **given).headers["cache-control"] == "no-store"
    hurried = asked(**given).json()
    assert (hurried["data"]["search_extent"]["stop_reason"], hurried["meta"]["truncated"]) == ("time", True)
    monkeypatch.undo()
    assert asked(**given).json()["data"]["search_extent"]["stop_reason"] is None
    assert asked(**given).headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "word", ["\u202eabc", "😀", "مرحبا", "'; DROP", "}) RETURN 1 //", "<script>", "../../etc", "a" * 3000]
)
def test_odd_words_are_only_words(word: str) -> None:
    assert asked(start=word, to="province:aaa").status_code == 404
    assert asked(start="province:aaa", to="province:bbb", predicate=word).status_code == 422
