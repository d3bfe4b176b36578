"""The pages as HTML: content, well-formedness, no foreign resources, two languages."""

import html
import re
from collections import Counter
from importlib import resources
from itertools import combinations, pairwise
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.support import http
from tests.support.html import PATHS, PageParser, parse_page, section, text_of
from tests.support.http import client, page
from tests.support.invented_graph import HOSTILE
from tests.support.main_pages import MAIN_PAGES
from tests.support.requirements import torture_count
from vnkg.api.i18n.language import LANGUAGES
from vnkg.api.i18n.words import Words, word_table
from vnkg.graph.catalogue.query import catalogue

MAX_PARSED = torture_count(150)
"""Number of pages whose links are followed."""
everywhere = pytest.mark.parametrize("path", PATHS)


@everywhere
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_well_formed(path: str, language: str) -> None:
    found = parse_page(path, language)
    assert not found.wrong
    ids = Counter(attributes["id"] for _, attributes in found.elements if "id" in attributes)
    assert [name for name, count in ids.items() if count > 1] == []
    assert found.find_all("html")[0]["lang"] == language


@everywhere
def test_a_page_has_one_heading_one_title_and_landmarks(path: str) -> None:
    found = parse_page(path)
    assert len(found.find_all("h1")) == len(found.find_all("main")) == text_of(path, "en").count("<title", 0, 600) == 1
    assert found.words["title"][0].endswith("VNKG")
    assert {"header", "nav", "footer"} <= {tag for tag, _ in found.elements}
    assert any(attributes.get("class") == "skip" for attributes in found.find_all("a"))
    levels = [int(tag[1]) for tag, _ in found.elements if re.fullmatch("h[1-6]", tag)]
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_has_a_unique_title(language: str) -> None:
    titles = {page: parse_page(page.invented_path, language).words["title"][0] for page in MAIN_PAGES}
    for one, other in combinations(MAIN_PAGES, 2):
        same_question = (
            one.status == other.status and one.invented_path.partition("?")[0] == other.invented_path.partition("?")[0]
        )
        assert titles[one] != titles[other] or same_question, titles[one]


@everywhere
def test_a_page_holds_no_script_or_style_of_its_own(path: str) -> None:
    found = parse_page(path)
    for tag, attributes in found.elements:
        assert not [name for name in attributes if name.startswith("on") or name == "style"], (tag, attributes)
    assert not found.find_all("style")
    for script in found.find_all("script"):
        assert script.get("src", "").startswith("/static/") or script.get("type") == "application/json"
    assert "unsafe" not in client().get(path).headers["content-security-policy"]


@everywhere
def test_a_page_loads_nothing_from_other_hosts(path: str) -> None:
    found = parse_page(path)
    for tag, name in (("link", "href"), ("script", "src"), ("img", "src"), ("form", "action")):
        for attributes in found.find_all(tag):
            assert attributes.get(name, "/").startswith("/"), (tag, attributes)
    for attributes in found.find_all("a"):
        outside = attributes.get("href", "/").startswith("http")
        assert not outside or "noopener" in attributes["rel"]


@everywhere
def test_every_form_field_has_an_accessible_name(path: str) -> None:
    assert parse_page(path).unnamed_fields() == []


@pytest.mark.parametrize(
    "field",
    [
        '<input name="q">',
        '<input name="q" placeholder="Search">',
        '<input type="checkbox" name="q">',
        '<input name="q" aria-label=" ">',
        '<label></label><input name="q">',
        '<label for="other">Search</label><input name="q" id="q">',
        '<label><select name="q"><option>all</option></select></label>',
        '<textarea name="q"></textarea>',
    ],
)
def test_a_field_without_a_name_is_noticed(field: str) -> None:
    assert [attributes["name"] for attributes in PageParser(field).unnamed_fields()] == ["q"]


def test_every_internal_link_works() -> None:
    seen: set[str] = set()
    wanted = set(PATHS) - {page.invented_path for page in MAIN_PAGES if page.status != 200}
    while wanted - seen:
        path = min(wanted - seen)
        seen.add(path)
        response = client().get(path)
        assert response.status_code == 200, path
        if not response.headers["content-type"].startswith("text/html") or len(seen) > MAX_PARSED:
            continue
        found = PageParser(response.text)
        ids = {attributes.get("id") for _, attributes in found.elements}
        for attributes in found.find_all("a"):
            target = attributes["href"]
            if target.startswith("http"):
                continue
            parts = urlsplit(target)
            if not parts.path:
                assert parts.fragment in ids, (path, target)
            elif "lang" not in parse_qs(parts.query) and not (path.startswith("/compare") and parts.path == "/compare"):
                wanted.add(target.partition("#")[0])
    assert len(seen) > 100


@pytest.mark.parametrize("path", ["/entities/organisation:uuu", "/picture?entity=organisation:uuu", "/search?q=img"])
def test_a_hostile_name_is_escaped(path: str) -> None:
    text = page(path)
    assert HOSTILE not in text
    assert "<img src=x" not in text
    assert "49" not in PageParser(text).words.get("h1", [""])[0]
    assert "alert(1)" in text


def test_the_start_page_answers_the_flagship_question_in_a_sentence() -> None:
    text = page("/")
    assert catalogue()["provinces_with_fund"].question_en in text
    assert ">Aaa</a>" in text
    assert 'href="/queries/provinces_with_fund?fund_status=existing&amp;fund_status=in_progress"' in text
    assert Words("vi")("site_title") in page("/", lang="vi")


def test_an_entity_opens_the_evidence_of_each_line() -> None:
    text = page("/entities/province:aaa")
    for words in ("Implements", "Merged into this", "Partners with", "Borders", "Aaa wants to lead"):
        assert words in text
    assert "<strong>90</strong>" in section("/entities/province:aaa", "key-facts")
    assert "<mark>province:aaa IMPLEMENTS policy:57-nq-tw: in_progress</mark>" in text
    assert 'href="/statements/statement:i00-001"' in text
    assert 'href="https://example.org/i00"' in text
    assert "article:900 (English), line 1" in text
    assert "an invented atlas" in text
    assert "<svg" in text
    assert "Two counts of one year." in text


def test_a_changed_passage_is_marked() -> None:
    changed = next(s for s in http.facts().statements if s.passage and s.passage.line == http.CHANGED_LINE)
    text = page(f"/entities/{changed.subject}")
    assert changed.gloss.upper() in text
    assert Words("en")("unverified") in text
    assert Words("en")("unverified") not in page("/entities/fund:aaa-vc")


def test_without_the_text_gloss_and_locator_are_shown() -> None:
    with http.client_of(http.settings().model_copy(update={"articles": None})) as asked:
        text = asked.get("/entities/province:aaa").text
        ledger = asked.get("/articles/article:900").text
    assert "<mark>" not in text
    assert "article:900 (English), line 1" in text
    assert Words("en")("unverified") not in text
    assert Words("en")("no_text") in ledger


def test_lists_that_belong_together_share_a_cell() -> None:
    text = html.unescape(page("/queries/instrument_matrix", province="province:ddd"))
    cells = [re.sub(r"<[^>]+>|\s+", " ", cell) for cell in re.findall(r"<td.*?</td>", text, re.DOTALL)]
    assert " ".join(cells[1].split()).endswith("in progress stated Nghị quyết 57-NQ/TW")
    assert [" ".join(cell.split()) for cell in cells if "Quỹ ddd-vc" in cell] == ["existing stated Quỹ ddd-vc"]
    assert " ".join(cells[2].split()) == "in spirit"
    assert "Vc fund basis" not in text


def test_values_of_a_parameters_own_list_are_shown_as_words() -> None:
    cells = re.findall(r"<td[^>]*>(.*?)</td>", page("/queries/not_stated", province="province:ppp"), re.DOTALL)
    said = [re.sub(r"<[^>]+>", "", cell).strip() for cell in cells]
    assert "does it have a venture capital fund" in said
    assert "venture_capital_fund" not in said


def test_a_query_groups_its_near_misses_by_failed_condition() -> None:
    text = page("/queries/provinces_with_fund")
    columns = catalogue()["provinces_with_fund"].returns
    headings = [
        words[0].upper() + words[1:] for words in (columns[key].failure for key in ("has_fund", "status_matches"))
    ]
    assert set(headings) <= set(PageParser(text).words["h3"])
    assert 'href="/api/v1/queries/provinces_with_fund.csv?lang=en&amp;part=near_misses"' in text
    assert "MATCH (province:Province)" in text


def test_an_empty_answer_says_why() -> None:
    text = page("/queries/provinces_with_fund?fund_status=proposed&fund_kind=co_investment")
    assert "Nothing fulfils all conditions." in text
    assert "The nearest, by what they fail:" in text


def test_a_form_keeps_its_values() -> None:
    found = PageParser(page("/queries/provinces_with_fund?fund_status=planned&fund_status=considered"))
    checked = {a["value"] for a in found.find_all("input") if a.get("name") == "fund_status" and "checked" in a}
    assert checked == {"planned", "considered"}
    chosen = [a["value"] for a in found.find_all("option") if "selected" in a]
    assert chosen == ["policy:57-nq-tw"]


def test_a_refused_parameter_is_reported_above_the_form() -> None:
    response = client().get("/queries/provinces_with_fund?fund_status=plant")
    assert response.status_code == 422
    assert "planned" in response.text
    assert 'name="fund_status"' in response.text


def test_a_near_spelling_is_marked() -> None:
    text = page("/search?q=Nguyen+Van+Dauu")
    assert "Spelt almost like <q" in text
    assert "Nguyễn Văn Đầu" in text
    assert "Spelt almost like <q" not in page("/search?q=Nguyen+Van+Dauu&exact=true")


def test_a_refused_search_explains_why_and_what_can_be_searched() -> None:
    response = client().get("/search", params={"q": "x" * 300})
    assert response.status_code == 422
    assert "up to 200 characters" in response.text
    assert 'href="/search?q=TP.HCM"' in response.text


def test_the_language_switch_keeps_the_page_and_persists_in_links() -> None:
    text = page("/queries/provinces_with_fund?fund_status=planned")
    assert 'href="/queries/provinces_with_fund?fund_status=planned&amp;lang=vi"' in text
    vietnamese = page("/queries/provinces_with_fund?fund_status=planned", lang="vi")
    assert 'href="/queries?lang=vi"' in vietnamese
    assert '<input type="hidden" name="lang" value="vi">' in vietnamese
    assert catalogue()["provinces_with_fund"].question_vi in vietnamese
    assert "dự kiến" in vietnamese


def test_dates_and_numbers_are_written_as_the_language_does() -> None:
    assert "18 November 2025" in page("/")
    assert "18/11/2025" in page("/", lang="vi")
    assert "120,5" in page("/entities/province:aaa", lang="vi")


def test_a_picture_page_shows_what_was_omitted() -> None:
    text = page("/picture?entity=policy:57-nq-tw&limit=5")
    assert "more nodes lie here and are not drawn" in text
    assert 'class="picture-data"' in text
    assert re.search(r'<script src="/static/[0-9a-f]{12}/picture\.js"', text)


def test_an_entity_page_is_small() -> None:
    text = page("/entities/province:aaa")
    without = re.sub(r"<svg.*?</svg>", "", text, flags=re.DOTALL)
    assert len(without.encode()) <= 60_000


def used_words() -> set[str]:
    found: set[str] = set()
    for file in code_and_templates():
        found |= set(re.findall(r"""["'](\w[\w-]*)["']""", file.read_text(encoding="utf-8")))
    return found


def code_and_templates() -> list[Path]:
    """The source of every module and template of the API, the pages and the commands."""
    folder = Path(str(resources.files("vnkg.api")))
    found = [file for file in folder.rglob("*") if file.suffix in (".html", ".py")]
    assert {".html", ".py"} == {file.suffix for file in found}
    return found


def test_every_ui_text_exists_in_both_languages() -> None:
    for key, both in word_table().items():
        assert set(both) == set(LANGUAGES), key
        assert all(both.values()), key
        fields = {frozenset(re.findall(r"{(\w+)}", text)) - {"n"} for text in both.values()}
        assert len(fields) == 1, key


def test_every_used_ui_text_exists_and_every_existing_one_is_used() -> None:
    asked: set[str] = set()
    for file in code_and_templates():
        asked |= set(re.findall(r'\b(?:t|words)\("(\w[\w-]*)"[,)]', file.read_text(encoding="utf-8")))
    assert asked <= set(word_table())
    composed = (
        "error_",
        "help_",
        "matched_",
        "facet_",
        "found_more_",
        "count_",
        "list_",
        "effect_",
        "changed_",
        "better_",
        "language_",
        "n_",
        "way_",
        "instrument_",
        "indicator_",
        "caution_",
        "compare_",
        "days_",
        "method_",
        "limits_",
        "summary_",
        "topic_",
        "kind_",
        "part_",
        "n_",
    )
    used = used_words()
    idle = [
        key
        for key in word_table()
        if key not in used and key.removesuffix("_1") not in used and not key.startswith(composed)
    ]
    assert idle == []


def test_templates_contain_no_hard_coded_text() -> None:
    templates = sorted(Path(str(resources.files("vnkg.api.pages"))).glob("*/*.html"))
    assert len(templates) > 30
    for file in templates:
        text = re.sub(r"{[{%#].*?[}%#]}", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        plain = re.sub(r"<[^>]*>", " ", text)
        words = set(re.findall(r"[A-Za-z]{3,}", plain)) - {
            "VNKG",
            "JSON",
            "CSV",
            "BibTeX",
            "Cypher",
            "code",
            "json",
            "openapi",
            "doctype",
        }
        assert not words, (file.name, words)
