"""The answer to a question through every door: HTTP, command, Python and the search page."""

import json

import pytest

import vnkg
from tests.support import cli, http
from vnkg.api.routes.models.ask import AskAnswer
from vnkg.graph.model.schema import schema

QUESTION = "Which provinces implement Resolution 57 with a venture capital fund?"


def ask(text: str, **parameters: str) -> dict[str, object]:
    """The data of the API's answer."""
    response = http.built_in_client().get("/api/v1/ask", params={"q": text, **parameters})
    assert response.status_code == 200, response.text
    data = response.json()["data"]
    AskAnswer.model_validate(data)
    return data


def test_the_answer_is_that_of_the_query() -> None:
    asked = ask(QUESTION)
    answer = http.built_in_client().get("/api/v1/queries/provinces_with_fund?lang=en").json()["data"]
    assert (asked["query"], asked["confidence"], asked["answer"]) == ("provinces_with_fund", "exact", answer)
    assert "fund: existing, in progress" in str(asked["reading"])
    assert str(asked["sentence"]).startswith("The articles read so far do not state this. Partial matches: ")


def test_other_stages_and_other_queries_are_other_readings() -> None:
    others = ask(QUESTION)["alternatives"]
    assert isinstance(others, list)
    planned = list(schema().statuses_in("planned"))
    assert {"fund_status": planned} in [item["parameters"] for item in others]
    assert len({item["query"] for item in others}) > 1


def test_readings_and_sentence_are_in_the_language_of_the_reader() -> None:
    asked = ask("Quels fonds de capital-risque sont prévus ?", lang="vi")
    assert (asked["language"], asked["query"]) == ("fr", "funds_by_kind_and_status")
    assert "kết quả" in str(asked["sentence"])
    assert "dự kiến" in str(asked["sentence"])


def test_what_is_planned_is_not_told_as_existing() -> None:
    asked = ask("Which venture capital funds are planned?")
    assert "(planned)" in str(asked["sentence"])
    assert "(existing)" not in str(asked["sentence"])


def test_a_question_that_lacks_its_subject_is_asked_back() -> None:
    asked = ask("Which provinces border the province?")
    assert asked["answer"] is None
    assert asked["ask_back"] == {
        "parameter": "province",
        "text": "Which one is meant? Missing: the province or city.",
        "choices": [],
    }


def test_where_no_query_fits_that_is_said() -> None:
    asked = ask("What is the weather in Huế?")
    assert (asked["query"], asked["answer"], asked["confidence"]) == (None, None, "none")
    assert asked["sentence"] == "No query answers this question."


@pytest.mark.parametrize(
    ("q", "code"),
    [("", "bad-parameter"), ("?!", "bad-parameter"), ("a" * 501, "bad-parameter"), ("a" * 10_000, "too-long")],
)
def test_a_wrong_question_is_refused(q: str, code: str) -> None:
    response = http.built_in_client().get("/api/v1/ask", params={"q": q})
    assert (response.status_code, response.json()["code"]) == ({"bad-parameter": 422, "too-long": 414}[code], code)


def test_the_command_prints_the_answer_of_the_api() -> None:
    cli.graph()
    assert cli.run_command(cli.data_folder(), "ask", QUESTION, "--lang", "en", "--json").data == ask(
        QUESTION, lang="en"
    )
    printed = cli.run_command(cli.data_folder(), "ask", QUESTION).stdout
    assert printed.startswith("The articles read so far do not state this.")
    assert "vnkg query provinces_with_fund --fund-status any" in printed


def test_python_returns_the_same() -> None:
    cli.graph()
    with vnkg.open(cli.data_folder()) as g:
        assert json.loads(json.dumps(g.ask(QUESTION))) == ask(QUESTION, lang="en")


def test_the_search_page_begins_with_the_answer() -> None:
    page = http.built_in_client().get("/search", params={"q": "Which venture capital funds are planned?"}).text
    assert "3 answers: " in page
    assert "/queries/funds_by_kind_and_status?fund_kind=venture_capital&amp;fund_status=planned" in page
    named = http.built_in_client().get("/search", params={"q": "Hải Phòng"}).text
    assert "question-answer" not in named
