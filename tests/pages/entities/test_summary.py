"""The summary of an entity says no more than the data: what is planned stays planned, what is open stays open."""

from collections.abc import Sequence
from typing import Any

import pytest

from vnkg.api.i18n.labels import Labels
from vnkg.api.pages.entities.not_stated import NearestEntity, UnansweredQuestion
from vnkg.api.pages.entities.summary import NameList, SummaryData, summary_of
from vnkg.graph.model.schema import schema

Json = dict[str, Any]


def edge(predicate: str, direction: str, other_id: str, status: str = "existing", **more: Any) -> Json:
    neighbour = {
        "id": other_id,
        "type": other_id.partition(":")[0].title(),
        "name": other_id.partition(":")[2].title(),
    }
    holds = status in ("existing", "in_progress") and "context" not in (more.get("basis"), more.get("implementation"))
    fixed = {"predicate": predicate, "direction": direction, "status": status, "basis": "stated", "holds": holds}
    return fixed | {"neighbour": neighbour} | more


def summary_text(
    entity_type: str,
    *edges: Json,
    language: str = "en",
    officials: Sequence[Json] = (),
    open_questions: Sequence[UnansweredQuestion] = (),
    is_mentioned: bool = True,
    speaks: int = 0,
    **attributes: Any,
) -> str:
    """The summary of an entity as text, with the notes of the names in parentheses."""
    entity = {"id": "x:x", "type": entity_type, "name": "X", "edges": edges} | attributes
    data = SummaryData(entity, "X", officials, open_questions, is_mentioned, 5, 2, speaks)  # pyright: ignore[reportArgumentType]
    return " ".join(
        "".join(part if isinstance(part, str) else names(part) for part in sentence)
        for sentence in summary_of(data, Labels(schema(), language))
    )


def names(part: NameList) -> str:
    listed = [f"{one.name} ({one.note})" if one.note else one.name for one in part.names]
    return ", ".join([*listed, *([f"+{part.left_out}"] if part.left_out else [])])


RESOLUTION = UnansweredQuestion("", policy=NearestEntity("policy:57", "57", None))


def test_a_province_says_what_it_implements_has_and_plans_and_who_is_named() -> None:
    officials = [
        {"agency": "agency:d", "agency_name": "D", "person": "person:p", "person_name": "P", "title": "Deputy"}
        | {"heads_agency": False, "fails": ["heads_agency"]}
    ]
    edges = [
        edge("IMPLEMENTS", "out", "policy:148", implementation="explicit"),
        edge("HAS", "out", "centre:hall", basis="inferred"),
        edge("PLANS", "out", "centre:north", "planned"),
        edge("PLANS", "out", "fund:money", "approved", due="../2030"),
        edge("HAS", "out", "programme:other"),
    ]
    assert summary_text("Province", *edges, officials=officials, open_questions=[RESOLUTION]) == (
        "X implements 148 (explicit); whether it implements 57 is not stated. "
        "It has Hall (inferred); it plans Money (approved, by 2030), North, which are not stated to exist. "
        "At D, the articles name P (Deputy); who heads it is not stated."
    )


@pytest.mark.parametrize(
    ("edges", "sentences"),
    [
        ([edge("PLANS", "out", "fund:f", "planned")], "It plans F, which is not stated to exist."),
        ([edge("HAS", "out", "fund:f", "disputed")], "Whether it has F (disputed) is not certain."),
        ([edge("PROPOSES", "out", "fund:f", "proposed")], "It plans F (proposed), which is not stated to exist."),
        ([edge("HAS", "out", "fund:f", "past")], "5 statements in 2 articles concern X."),
        ([edge("HAS", "out", f"fund:f{n}") for n in range(5)], "It has F0, F1, F2, +2."),
        ([edge("IMPLEMENTS", "out", "policy:p", "planned")], "It plans to implement P."),
        (
            [edge("IMPLEMENTS", "out", "policy:57", implementation="context")],
            "Only the context of an article links X to 57; that it implements it is not stated.",
        ),
    ],
)
def test_only_what_is_in_force_is_said_to_be_so(edges: list[Json], sentences: str) -> None:
    assert summary_text("Province", *edges) == sentences


def test_whether_a_policy_is_implemented_is_open_but_said_once() -> None:
    assert summary_text("Province", open_questions=[RESOLUTION]) == "Whether X implements 57 is not stated."
    by_context = edge("IMPLEMENTS", "out", "policy:57", implementation="context")
    assert summary_text("Province", by_context, open_questions=[RESOLUTION]).count("57") == 1


@pytest.mark.parametrize(
    ("edges", "status", "sentences"),
    [
        (
            [edge("PLANS", "in", "province:p", "planned")],
            "planned",
            "its status is “planned”. It is planned or proposed by P; by when is not stated.",
        ),
        (
            [edge("PLANS", "in", "province:p", "planned", due="2026/2030")],
            "planned",
            "its status is “planned”. It is planned or proposed by P (2026–2030).",
        ),
        (
            [edge("HAS", "in", "province:p")],
            "existing",
            "its status is “existing”. P has it; who runs it is not stated.",
        ),
        ([edge("HAS", "in", "agency:a", operator=True)], "existing", "its status is “existing”. It is run by A."),
        ([edge("HAS", "in", "province:p", "disputed")], "disputed", "its status is “disputed”."),
        ([], None, "its status is not stated."),
    ],
)
def test_a_fund_says_its_stage_who_has_or_plans_it_and_by_when(
    edges: list[Json], status: str | None, sentences: str
) -> None:
    attributes = {"kind": "venture_capital"} | ({"status": status} if status else {})
    assert summary_text("Fund", *edges, **attributes) == f"X is a venture capital fund; {sentences}"


def test_people_have_an_office_had_one_or_it_is_not_stated() -> None:
    assert summary_text("Person", edge("HOLDS_ROLE", "out", "agency:a", title="Director"), speaks=3) == (
        "X holds the office of Director at A. 3 statements in the articles are attributed to X."
    )
    past = summary_text("Person", edge("HOLDS_ROLE", "out", "agency:a", "past", title="Director"))
    assert past == "For the office of Director at A (past), it is not stated that X holds it now."
    assert summary_text("Person") == "Which office X holds is not stated."


def test_a_policy_says_number_issuer_and_who_implements_it() -> None:
    edges = [
        edge("ISSUED", "in", "agency:bureau"),
        edge("IMPLEMENTS", "in", "province:one", implementation="in_spirit"),
        edge("IMPLEMENTS", "in", "province:two", implementation="context"),
    ]
    assert summary_text("Policy", *edges, kind="resolution", number="57", issued_on="2024-12-22") == (
        "X is a resolution with the number 57. It was issued on 22 December 2024 by Bureau. "
        "It is implemented by One (in spirit). Only the context of an article links it to Two."
    )
    assert summary_text("Policy", kind="other") == "X is a policy. Who issued it and when is not stated."
    assert summary_text("Policy", edges[0], kind="plan") == "X is a plan. It was issued by Bureau; when is not stated."


def test_other_types_say_what_they_are_and_to_whom_they_belong() -> None:
    assert summary_text(
        "Agency",
        edge("PART_OF", "out", "province:p"),
        edge("HOLDS_ROLE", "in", "person:h", title="Head", head=True),
        kind="unit",
    ) == ("X is a unit of an agency, part of P. It is headed by H (Head).")
    assert summary_text("Event", kind="festival") == "X is a festival; its date is not stated."
    assert summary_text("Event", edge("HOSTS", "in", "province:p", "disputed"), kind="festival", date="2025") == (
        "X is a festival, dated 2025."
    )
    sector = summary_text(
        "Sector", edge("PRIORITISES", "in", "province:a"), edge("PRIORITISES", "in", "province:b", "planned")
    )
    assert sector == "X has priority for A. It is to be a priority for B."
    assert summary_text("Article") == "5 statements in 2 articles concern X."
    assert summary_text("Province", is_mentioned=False) == "No article read so far speaks of X."


def test_the_summary_is_vietnamese_on_a_vietnamese_page() -> None:
    text = summary_text(
        "Fund", edge("PLANS", "in", "province:p", "planned"), language="vi", kind="venture_capital", status="planned"
    )
    assert text == "X là quỹ đầu tư mạo hiểm; tình trạng: dự kiến. Bên dự kiến hoặc đề xuất: P; chưa đề cập thời hạn."
