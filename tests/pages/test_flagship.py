"""The answer to the flagship question: which provinces it names, and as what."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from vnkg.api.pages.start.answers import FLAGSHIP, flagship, fund_stages, interpretations
from vnkg.graph.model.schema import Schema, schema

EITHER = interpretations(schema())["reading_either"]


def row(slug: str, fund_status: str | None, *fails: str) -> dict[str, Any]:
    province = {"province": f"province:{slug}", "province_name": slug.title(), "fund_status": fund_status}
    met = {key: key not in fails and fund_status is not None for key in ("kind_matches", "status_matches")}
    return province | {"fails": list(fails)} | met


@dataclass(frozen=True)
class FakeService:
    """Fake service whose graph has one article and answers the question, in any sense, with fixed rows."""

    rows: list[dict[str, Any]]
    near_misses: list[dict[str, Any]]

    @property
    def graph(self) -> "FakeService":
        """Its graph."""
        return self

    @property
    def schema(self) -> Schema:
        """The schema."""
        return schema()

    def articles(self) -> list[str]:
        """Return the articles."""
        return ["article:1"]

    def query(self, name: str, parameters: Mapping[str, list[str]]) -> dict[str, list[dict[str, Any]]]:
        """Return the rows whose status is asked for; near misses only in the widest sense."""
        assert name == FLAGSHIP
        rows = [row for row in self.rows if row["fund_status"] in parameters["fund_status"]]
        return {"rows": rows, "near_misses": self.near_misses if parameters == EITHER else []}


def slugs(answer: Any) -> Any:
    """The slugs of an answer's provinces, by stage where it has stages."""
    if isinstance(answer, dict):
        return {stage: slugs(provinces) for stage, provinces in answer.items()}
    return " ".join(province["id"].partition(":")[2] for province in answer)


def test_each_province_is_named_once_as_what_comes_nearest() -> None:
    rows = [
        row("has", "existing"),
        row("has", "in_progress"),
        row("has", "planned"),
        row("begins", "in_progress"),
        row("plans", "planned"),
        row("plans", "approved"),
        row("approves", "approved"),
        row("considers", "considered"),
        row("proposes", "proposed"),
    ]
    near_misses = [
        row("plans", "existing", "implements"),
        row("has", None, "has_fund"),
        row("untied", "existing", "implements"),
        row("untied", "planned", "implements"),
        row("untied-plan", "planned", "implements"),
        row("kind", "in_progress", "kind_matches"),
        row("kind-idea", "considered", "kind_matches"),
        row("none", None, "has_fund"),
        row("none", None, "has_fund"),
        row("two", "existing", "implements", "kind_matches"),
        row("past", "past", "implements"),
    ]
    answer = flagship(FakeService(rows, near_misses))  # pyright: ignore[reportArgumentType]
    parts = ("with_fund", "prospective", "not_tied", "other_kind", "no_fund")
    assert {part: slugs(answer[part]) for part in parts} == {
        "with_fund": "has begins",
        "prospective": {"plans": "plans approves", "considers": "considers", "proposes": "proposes"},
        "not_tied": {"has": "untied", "plans": "untied untied-plan"},
        "other_kind": {"has": "kind", "considers": "kind-idea"},
        "no_fund": "none",
    }
    assert (answer["articles"], answer["is_nowhere"]) == (1, False)
    assert (answer["planning"], answer["weighing"]) == (3, 2)  # not the untied one that has a fund already
    assert answer["with_fund"][0] == {"id": "province:has", "name": "Has"}
    assert [(sense["key"], sense["rows"], sense["near_misses"]) for sense in answer["interpretations"]] == [
        ("reading_existing", 3, 0),
        ("reading_planned", 6, 0),
        ("reading_either", 9, 11),
        ("reading_explicit", 9, 0),
    ]


@pytest.mark.parametrize(
    ("rows", "near_misses", "is_nowhere"),
    [
        ([], [], True),
        ([row("a", "planned")], [row("b", "existing", "kind_matches"), row("c", None, "has_fund")], True),
        ([], [row("b", "existing", "implements")], False),
        ([row("a", "in_progress")], [], False),
    ],
)
def test_no_province_has_a_fund_if_none_of_the_right_kind_exists(
    rows: list[dict[str, Any]], near_misses: list[dict[str, Any]], is_nowhere: bool
) -> None:
    assert flagship(FakeService(rows, near_misses))["is_nowhere"] == is_nowhere  # pyright: ignore[reportArgumentType]


def test_each_status_of_a_fund_that_may_come_or_is_there_belongs_to_one_stage_and_sense() -> None:
    assert fund_stages(schema()) == {
        "has": ("existing", "in_progress"),
        "plans": ("under_construction", "approved", "planned"),
        "considers": ("considered",),
        "proposes": ("proposed",),
    }
    in_force, planned = (
        ["existing", "in_progress"],
        ["under_construction", "approved", "planned", "considered", "proposed"],
    )
    assert interpretations(schema()) == {
        "reading_existing": {"fund_status": in_force},
        "reading_planned": {"fund_status": planned},
        "reading_either": {"fund_status": in_force + planned},
        "reading_explicit": {"fund_status": in_force + planned, "implementation": ["explicit"]},
    }
