"""The matrix: which province has which instrument, with status, basis and evidence."""

import html
import re

import pytest

from tests.support.html import PageParser
from tests.support.http import client, client_of, graph, page, settings
from tests.support.invented_graph import CASES
from vnkg.api.pages.matrix import page as matrix_page
from vnkg.api.presenters.matrix import NOT_STATED_QUESTIONS, Instrument, ProvinceRow, instrument_columns
from vnkg.graph.catalogue.query import catalogue
from vnkg.graph.model.schema import schema

QUERY = catalogue()["instrument_matrix"]


def rows(**parameters: str) -> dict[str, list[str]]:
    """The text of each province's cells, by province name, in page order."""
    text = page("/matrix", **parameters)
    body = text[text.index("<tbody>") : text.index("</tbody>")] if "<tbody>" in text else ""
    found: dict[str, list[str]] = {}
    for row in re.findall(r'<tr class="with-evidence".*?</tr>', body, re.DOTALL):
        name, *cells = (plain_text(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL))
        found[name] = cells
    return found


def plain_text(cell: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html.unescape(cell)).split())


def column(name: str) -> int:
    return instrument_columns(QUERY).index(name)


def test_a_cell_shows_items_with_status_and_basis() -> None:
    found = rows()
    assert found["Aaa"][column("resolution_57")] == "in progress – Nghị quyết 57-NQ/TW explicit"
    assert found["Aaa"][column("vc_fund")] == "existing – Quỹ aaa-vc"
    assert found["Bbb"][column("vc_fund")] == "planned – Quỹ bbb-vc"
    assert found["Hhh"][column("vc_fund")] == "disputed – Quỹ hhh-vc"
    assert found["Ccc"][column("st_fund")] == "existing – Quỹ ccc-st"
    assert found["Ccc"][column("vc_fund")] == "not stated"
    assert found["Fff"][column("vc_fund")] == "existing – Quỹ fff-vc"
    assert found["Fff"][column("innovation_centre")] == "planned – Trung tâm Fff"
    assert found["Iii"][column("resolution_57")] == "not stated"
    assert {"Mmm", "Qqq"}.isdisjoint(found)


def test_provinces_without_statements_are_grouped() -> None:
    text = page("/matrix")
    silent = re.search(r'<tr class="empty-provinces">.*?</tr>', text, re.DOTALL)
    assert silent and "One other No article states any of these of: Qqq" in plain_text(silent[0])
    assert "23 of 23 provinces and cities" in plain_text(text)
    assert len(rows()) == len(CASES) - 2


def test_every_cell_is_a_link() -> None:
    text = page("/matrix")
    cells = re.findall(r"<td[^>]*>.*?</td>", text[text.index("<tbody>") : text.index("</tbody>")], re.DOTALL)
    assert len(cells) > 8 * 20
    assert all("<a " in cell for cell in cells)
    assert 'href="/entities/fund:bbb-vc"' in text
    assert 'href="/queries/not_stated?province=province%3Accc&amp;question=venture_capital_fund"' in text


def test_every_empty_cell_links_to_an_existing_query() -> None:
    asked = catalogue()["not_stated"].params["question"].values
    assert set(NOT_STATED_QUESTIONS.values()) <= set(asked)
    assert set(NOT_STATED_QUESTIONS) <= set(instrument_columns(QUERY))


def test_a_row_has_the_evidence_of_its_cells() -> None:
    found = PageParser(page("/matrix"))
    text = page("/matrix")
    row = text.partition('id="province:fff"')[2].partition('class="with-evidence"')[0]
    passages = re.findall(r'<p class="gloss">(.*?)</p>', row)
    assert passages == [
        "province:fff IMPLEMENTS policy:57-nq-tw: in_progress",
        "agency:so-fff HAS fund:fff-vc: existing",
        "centre:fff LOCATED_IN place:fff-thi-tran: planned",
    ]
    assert "<mark>" in row
    assert found.find_all("details")


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({"status": "planned"}, ["Fff", "Bbb", "Sss", "Vvv"]),
        ({"status": "planned", "instrument": "vc_fund"}, ["Bbb", "Vvv"]),
        ({"instrument": "innovation_centre"}, ["Fff"]),
        ({"status": "approved"}, []),
    ],
)
def test_a_filter_keeps_matching_rows(filters: dict[str, str], names: list[str]) -> None:
    assert list(rows(**filters)) == names


def test_an_empty_selection_says_so() -> None:
    text = page("/matrix", status="approved")
    assert "No province fits what was chosen." in text
    assert "what they do not state may still be so" in text


def test_provinces_without_statements_can_be_hidden() -> None:
    assert 'class="empty-provinces"' not in page("/matrix", non_empty="true")
    assert "22 of 23" in page("/matrix", non_empty="true")


def test_rows_are_sorted_by_name_by_a_column_or_by_how_much_is_stated() -> None:
    by_name = list(rows(sort="name"))
    assert by_name == sorted(by_name)
    statuses = [cells[column("vc_fund")].partition(" –")[0] for cells in rows(sort="vc_fund").values()]
    order = {schema().statuses[key].en: place for place, key in enumerate(schema().precedence)}
    places = [order.get(status, 99) for status in statuses]
    assert places == sorted(places)
    assert statuses[0] == "existing"
    stated = [sum(cell != "not stated" for cell in cells) for cells in rows().values()]
    assert stated == sorted(stated, reverse=True)
    assert 'aria-sort="ascending"' in page("/matrix", sort="vc_fund")


def test_names_are_shown_on_request_and_preserved_in_links() -> None:
    assert "existing – Quỹ aaa-vc" in rows()["Aaa"]
    assert "existing Quỹ aaa-vc" in rows(names="true")["Aaa"]
    assert "/matrix?sort=vc_fund&amp;names=true" in page("/matrix", names="true")


def province(slug: str, name: str, **cells: list[Instrument]) -> ProvinceRow:
    return ProvinceRow(f"province:{slug}", name, {column: [] for column in instrument_columns(QUERY)} | cells)


def fund(slug: str, status: str) -> Instrument:
    statements = graph().statements(f"fund:{slug}-vc", limit=1)
    return Instrument(f"fund:{slug}-vc", status, "stated", None, (statements[0]["id"],))


def chosen_pages(monkeypatch: pytest.MonkeyPatch, *query_strings: str) -> list[str]:
    """Pages of six provinces: one with many funds and a centre, one with a fund and a policy, one with nothing."""
    many = [fund("www", "proposed"), *(fund(slug, "existing") for slug in ("aaa", "ddd", "eee", "iii", "jjj", "kkk"))]
    rows = [
        province("aaa", "Đà", vc_fund=many, innovation_centre=[Instrument("centre:fff", "existing", "stated")]),
        province(
            "bbb",
            "Hoa",
            resolution_57=[Instrument("policy:57-nq-tw", "planned", "stated")],
            st_fund=[fund("bbb", "planned")],
        ),
        province("ccc", "Ánh", vc_fund=[fund("bbb", "approved")]),
        province("ddd", "Zet"),
        province("fff", "An", vc_fund=[fund("ooo", "considered")]),
        province("eee", "An", st_fund=[fund("lll", "unclear")]),
    ]
    monkeypatch.setattr(matrix_page, "province_rows", lambda _: rows)
    with client_of(settings().model_copy(update={"cache": False})) as uncached:
        return [uncached.get(f"/matrix{query_string}").text for query_string in query_strings]


def shown_slugs(text: str) -> tuple[str, str]:
    """The slugs of the provinces with a line, and of those that are listed as empty."""
    empty = re.findall(r'<tr class="empty-provinces">.*?</tr>', text, re.DOTALL)
    lines = re.findall(r'<tr class="with-evidence" id="province:(\w+)"', text)
    return " ".join(lines), " ".join(re.findall(r'href="/entities/province:(\w+)"', "".join(empty)))


def test_lines_are_sorted_filtered_and_counted_by_what_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    expected_slugs = {
        "": ("aaa bbb eee fff ccc", "ddd"),
        "?sort=name": ("eee fff ccc aaa bbb", "ddd"),
        "?sort=vc_fund": ("aaa ccc fff eee bbb", "ddd"),
        "?instrument=vc_fund": ("fff ccc aaa", "bbb ddd eee"),
        "?instrument=vc_fund&non_empty=true": ("fff ccc aaa", ""),
        "?status=planned": ("bbb", ""),
        "?instrument=vc_fund&status=planned": ("", ""),
        "?instrument=vc_fund&status=proposed": ("aaa", ""),
    }
    pages = dict(zip(expected_slugs, chosen_pages(monkeypatch, *expected_slugs), strict=True))
    assert {query_string: shown_slugs(text) for query_string, text in pages.items()} == expected_slugs
    is_filtered = {query_string for query_string, text in pages.items() if 'href="/matrix">The whole matrix' in text}
    assert is_filtered == {query_string for query_string in pages if "sort" not in query_string} - {""}
    counts = [re.findall(r'</a> <span class="count">\((\d)\)', pages[key]) for key in ("", "?status=planned")]
    assert [sum(map(int, numbers)) for numbers in counts] == [7, 2]


def test_a_cell_lists_the_first_of_many_with_their_evidence(monkeypatch: pytest.MonkeyPatch) -> None:
    (text,) = chosen_pages(monkeypatch, "?instrument=vc_fund")
    line = text.partition('id="province:aaa"')[2].partition("</details></td></tr>")[0]
    cell, _, evidence = line.partition("evidence-row")
    listed = ["fund:www-vc", "fund:aaa-vc", "fund:ddd-vc", "fund:eee-vc", "fund:iii-vc", "fund:jjj-vc"]
    assert re.findall(r'href="/entities/(fund:[^"]+)"', cell) == listed
    assert '<a class="text-small" href="/queries/instrument_matrix?province=province%3Aaaa">' in cell
    assert 'Evidence <span class="count">(6)</span>' in evidence
    glosses = re.findall(r'<p class="gloss">(.*?)</p>', evidence)
    assert sorted(gloss.split()[-2] for gloss in glosses) == sorted(f"{id}:" for id in listed)


@pytest.mark.parametrize("wrong", ["status=plan", "instrument=bank", "sort=price", "non_empty=maybe", "page=2"])
def test_bad_input_is_refused(wrong: str) -> None:
    response = client().get(f"/matrix?{wrong}")
    assert response.status_code == 422
    assert "expected" in response.text


def test_the_statuses_are_in_the_order_of_the_query() -> None:
    groups = ("in_force", "planned", "uncertain", "ended", "cancelled")
    assert schema().precedence == tuple(status for group in groups for status in schema().statuses_in(group))
    assert " + ".join(f"${group}" for group in groups) in QUERY.cypher


def test_the_matrix_is_available_in_vietnamese() -> None:
    found = PageParser(page("/matrix", lang="vi"))
    assert "Tỉnh, thành phố và các công cụ" in found.words["h1"]
    assert rows(lang="vi")["Tỉnh Bbb"][column("vc_fund")] == "dự kiến – Quỹ bbb-vc"
    assert graph().query("instrument_matrix", {})["rows"]
