"""Whole entity pages: of data with every special case of a section, and of entities of the invented graph."""

import re
from typing import Any

import pytest

from tests.support.html import plain_text, section
from tests.support.http import FIRST_ARTICLE, SECOND_ARTICLE, client, client_of, page, settings
from vnkg.api.i18n.words import Words
from vnkg.api.pages.entities import page as entity_page
from vnkg.api.pages.entities import view as entity_view
from vnkg.api.pages.entities.view import EntityData, load_entity

ID = "policy:x"
"""An entity of no real type: it has the edges of several."""
Json = dict[str, Any]
words = Words("en")


def name(text: str, language: str, article: str = "", kind: str = "name") -> Json:
    return {"text": text, "language": language, "kind": kind} | ({"article": article} if article else {})


def edge(predicate: str, direction: str, neighbour_id: str, status: str, **more: Any) -> Json:
    neighbour = {
        "id": neighbour_id,
        "type": neighbour_id.partition(":")[0].title(),
        "name": neighbour_id,
        "status": None,
    }
    fixed = {"predicate": predicate, "direction": direction, "status": status, "neighbour": neighbour, "as_of": None}
    return fixed | {"basis": "stated", "articles": 1, "origins": 1, "statements": []} | more


def statement(number: int, kind: str, **more: Any) -> Json:
    passage = {
        "article": FIRST_ARTICLE,
        "line": 90 + number,
        "start": 0,
        "end": 9,
        "sentence": f"sentence:i00-{number}-0",
    }
    fixed = {"id": f"statement:x-{number}", "kind": kind, "subject": ID, "gloss": f"Gloss {number}", "basis": "stated"}
    return fixed | passage | {"sha256": "0" * 64, "as_of": "2025-10-19", "as_of_from": "article"} | more


def measurement(number: int, value: Any, **more: Any) -> Json:
    fixed = {"indicator": "startups", "value": value, "unit": "count", "comparator": "=", "value_status": "actual"}
    return statement(number, "measurement", **(fixed | more))


def row(date: str, predicate: str, subject: str = ID, **more: Any) -> Json:
    columns = ("object", "object_name", "comparator", "value", "unit", "value_status", "status")
    fixed = {"date": date, "predicate": predicate, "subject": subject, "subject_name": subject, "kind": "relation"}
    return dict.fromkeys(columns) | fixed | {"date_source": "period", "gloss": "", "statements": []} | more


def disagreement(number: int, *readings: tuple[str, list[str]], **more: Any) -> Json:
    listed = [{"gloss": gloss, "statements": ids} for gloss, ids in readings]
    return {"id": f"disagreement:{number}", "kind": "value", "about": [ID], "readings": listed} | more


TABLE_IDS = ["statement:table-1", "statement:table-2"]
EDGES = [
    edge("MERGED_INTO", "out", "province:s", "existing", date="2025-07-01", as_of="2025-07-01", articles=2, origins=2),
    edge("MERGED_INTO", "in", "province:b", "existing", date="2025-07-01", basis="reference", statements=TABLE_IDS),
    edge("MERGED_INTO", "in", "province:c", "existing", date="2008-08-01"),
    edge("MERGED_INTO", "in", "province:a", "existing", date="2025-07-01"),
    edge("HOLDS_ROLE", "out", "agency:h", "existing", title="Director", head=True, as_of="2025-10-19"),
    edge("HOLDS_ROLE", "out", "agency:d", "past", title="Deputy", head=False),
    edge("HOLDS_ROLE", "in", "person:h", "existing", title="Clerk", head=False),
    edge("ISSUED", "in", "agency:i", "planned", statements=["statement:x-1", "statement:x-2"]),
    edge("ISSUED", "out", "policy:i", "existing"),
    edge("PROPOSES", "in", "province:p", "proposed", as_of="2025-10"),
    edge("PLANS", "in", "province:q", "planned"),
    edge("HAS", "in", "province:r", "existing"),
    edge("HAS", "out", "fund:r", "existing"),
]
FROM_TABLE = {"kind": "relation", "subject": "province:b", "predicate": "MERGED_INTO", "object": ID, "gloss": ""}
STATEMENTS = [
    *(
        FROM_TABLE | {"id": id, "basis": "reference", "status": "existing", "source": "an atlas"}
        for id in TABLE_IDS[:1]
    ),
    *(
        FROM_TABLE | {"id": id, "basis": "reference", "status": "past", "source": "a list", "checked_on": "2026-11-01"}
        for id in TABLE_IDS[1:]
    ),
    statement(1, "relation", subject="agency:i", predicate="ISSUED", object=ID, status="planned"),
    statement(
        2, "relation", subject="agency:i", predicate="ISSUED", object=ID, status="existing", article=SECOND_ARTICLE
    ),
    measurement(3, 1, period="2024"),
    measurement(4, 2_500, period="2025", comparator="about", value_status="target"),
    measurement(5, 7, unit="percent", indicator="share", speaker="person:other"),
    measurement(6, 8, subject="province:q", period="2023", about=[ID, "fund:r"]),
    measurement(7, 3, unit="rank", indicator="place", speaker=ID, subject="province:q"),
    statement(8, "claim", claim_type="goal", speaker=ID, about=[ID, "province:q"]),
    statement(9, "claim", claim_type="goal", speaker="person:other", subject="province:q", as_of_from="sentence"),
    statement(10, "relation", subject="province:q", predicate="FUNDS", object="fund:r", status="proposed", speaker=ID),
]
ENTITY = {
    "id": ID,
    "type": "Policy",
    "name": "Nghị quyết X",
    "kind": "resolution",
    "status": "planned",
    "number": "9/X",
    "issued_on": "2025-01-05",
    "names": [
        name("Nghị quyết X", "vi", FIRST_ARTICLE),
        name("Resolution X", "en", FIRST_ARTICLE),
        name("Resolution X", "en", SECOND_ARTICLE, "translation"),
        name("X9", "en", kind="abbreviation"),
    ],
    "edges": EDGES,
    "mentions": [{"article": SECOND_ARTICLE, "lines": list(range(1, 23))}, {"article": "article:902", "lines": [4]}],
    "disagreements": [],
}
DISAGREEMENTS = [
    disagreement(
        1, ("planned", ["statement:x-1"]), ("in force", ["statement:x-2"]), gloss="Is it in force?", preferred=0
    ),
    disagreement(2, ("Resolution X", []), ("Decision X", []), gloss="Which name?", preferred=1, kind="translation"),
    disagreement(3, ("one", ["statement:other"]), ("two", [])),
]
ROWS = [
    row("2025-01-05", "issued_on", kind="document", date_source="document"),
    row("2025-01-05", "ISSUED", "agency:i", object=ID, object_name="X", status="planned", statements=["statement:x-1"]),
    row("2026-02", "date", "event:e", kind="event", date_source="event"),
    row("2025-02", "issued_on", "policy:y", kind="document", date_source="document"),
    row(
        "2030",
        "startups",
        value=9,
        comparator="at least",
        unit="count",
        value_status="target",
        statements=["statement:x-4"],
    ),
    row("2024", "startups", "province:q", value=8, comparator="=", unit="count"),
    row("2024-05-01", "goal", kind="claim", gloss="To be first.", statements=["statement:x-8", "statement:x-9"]),
]


@pytest.fixture(scope="module")
def text() -> str:
    """The page of the entity above."""

    def load(service: Any, _: str, language: str) -> EntityData:
        real = load_entity(service, "province:aaa", language)
        names = {id: id.title() for id in ("agency:i", "province:q", "fund:r")}
        statements = {item["id"]: item for item in STATEMENTS}
        return EntityData(
            ENTITY, statements, False, DISAGREEMENTS, ROWS, names, real.sources, [], None, real.share  # pyright: ignore[reportArgumentType]
        )  # fmt: skip

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(entity_page, "load_entity", load)
        with client_of(settings().model_copy(update={"cache": False})) as uncached:
            return uncached.get(f"/entities/{ID}").text


def sections(text: str) -> dict[str, str]:
    """The text of each section by its id, without its heading; that before the first heading has the id `top`."""
    main = text[text.index("<h1") : text.index("</main>")]
    main = main.replace(words("unverified"), "").replace("article:900 (English), line", "line")
    parts = re.split(r'<h2 id="([\w-]+)">.*?</h2>', re.sub(r"<nav.*?</nav>", "", main, flags=re.DOTALL))
    return {id: plain_text(part) for id, part in zip(["top", *parts[1::2]], parts[0::2], strict=True)}


def links_of(text: str, id: str) -> list[str]:
    part = re.split(r'<h2 id="', text[text.index(f'<h2 id="{id}"') :])[1]
    return re.findall(r'href="([^"]+)"', part)


def test_the_top_says_what_defines_the_entity(text: str) -> None:
    assert sections(text)["top"] == (
        "Resolution X Nghị quyết X resolution planned number 9/X issued on 5 January 2025 "
        "Resolution X is a resolution with the number 9/X. "
        "It was issued on 5 January 2025 by agency:i (planned) . "
        "Since 1 July 2025 part of province:s (2 articles, 2 independent origins). "
        "What articles say of the former province stays on this page. "
        "Merged into it on 1 August 2008: province:c (1 article, 1 origin). "
        "What articles say of a former province stays on its own page. "
        "Merged into it on 1 July 2025: province:b (from a reference table), province:a (1 article, 1 origin). "
        "What articles say of a former province stays on its own page. "
        "Its status is not stated as such but follows from province:p proposes proposed as of October 2025 ; "
        "province:q plans planned ; province:r has existing 12 statements, 3 articles. policy:x"
    )


def test_a_name_in_another_language_is_marked(text: str) -> None:
    assert '<h1 dir="auto">Resolution X</h1>' in text
    assert '<p class="other-name" dir="auto" lang="vi">Nghị quyết X</p>' in text


def test_relations_and_disagreements_refer_to_each_other(text: str) -> None:
    shown = sections(text)
    assert shown["disagreements"] == (
        "Is it in force? value, changes no answer see the line Which name? translation, changes no answer see the line "
        "disagreement:3 value, changes no answer – one or two"
    )
    assert links_of(text, "disagreements") == [
        "/disagreements/disagreement:1",
        "#r13",
        "/disagreements/disagreement:2",
        "#names",
        "/disagreements/disagreement:3",
    ]
    assert '<li id="r13">' in text
    assert shown["relations"] == (
        "Provinces and places (7) Merged into province:s existing 1 July 2025 Merged into this province:a existing "
        "Merged into this province:b existing Evidence: reference (2) "
        "Merged into this: reference · existing · date: 1 July 2025 "
        "Reference table : an atlas Reference table : a list · checked on 1 November 2026 · past "
        "Merged into this province:c existing Has this province:r existing Plans this province:q planned "
        "Proposes this province:p proposed October 2025 "
        "Agencies and organisations (3) Holds a role at agency:d past Deputy Holds a role at agency:h existing Director "
        "Issued this agency:i planned 1 Evidence: stated (2) Issued this: stated · planned · 1 article, 1 origin "
        "Gloss 1 line 91 Gloss 2 article:901 (Vietnamese), line 92 · existing"
    )


def test_numbers_and_what_is_said_have_their_speakers_and_topics(text: str) -> None:
    shown = sections(text)
    source = "1 article, 1 origin"
    assert shown["key-facts"].partition("Numbers ")[2] == (
        f"Share 7 per cent actual – person:other Evidence: stated {source} Gloss 5 line 95 "
        "Startups (2) Time Value The value as a bar Status Evidence "
        f"2024 1 actual Evidence: stated {source} Gloss 3 line 93 "
        f"2025 about 2,500 target Evidence: stated {source} Gloss 4 line 94"
    )
    behind = f"Evidence: stated 19 October 2025 · {source}"
    assert shown["said-by"] == (
        f"Goal Gloss 8 {behind} · about Province:Q line 98 "
        f"Numbers given Province:Q : place rank 3 actual {behind} Gloss 7 line 97 "
        f"Relations Province:Q funds Fund:R proposed {behind} Gloss 10 line 100"
    )
    assert shown["said-about"] == (
        f"Goal Gloss 9 – person:other of Province:Q {behind} line 99 "
        f"Numbers given Province:Q : startups 8 2023 actual {behind} · about Fund:R Gloss 6 line 96"
    )


def test_the_timeline_names_and_sources_are_complete(text: str) -> None:
    shown = sections(text)
    assert shown["timeline"] == (
        "2024 startups 8 ( province:q ) 1 May 2024 To be first. Evidence "
        "5 January 2025 agency:i issued X planned not yet so Evidence February 2025 policy:y : issued "
        "February 2026 event:e 2030 startups at least 9 target not yet so Evidence "
        "6 statements are dated only by their article; see the sources."
    )
    assert shown["names"] == (
        "3 names, by language and source Name Language Kind of name Where from "
        "Resolution X English name, translation article:900 (English), article:901 (Vietnamese) "
        "X9 English abbreviation supplied by us Nghị quyết X Vietnamese name article:900 (English) 1"
    )
    lines = ", ".join(map(str, range(1, 21)))
    assert shown["sources"] == (
        "Invented article i00 English · 19 October 2025 · original · origin origin-i00 · 9 statements, "
        "5 of them dated only by the article "
        "Invented article i01 Vietnamese · 18 November 2025 · original · origin origin-i01 · 1 statement, "
        f"dated only by the article · named in lines {lines} … article:902 · 0 statements · named in line 4 "
        "Reference table: a list checked on 1 November 2026 Reference table: an atlas"
    )


def test_the_first_sections_are_those_of_greatest_use(text: str) -> None:
    assert words("entity_more_statements") not in text
    assert list(sections(text)) == [
        "top",
        "key-facts",
        "relations",
        "said-by",
        "said-about",
        "timeline",
        "names",
        "sources",
        "disagreements",
        "cite",
    ]


def open_questions(id: str, language: str = "en") -> str:
    return plain_text(section(f"/entities/province:{id}", "not-stated", lang=language)).partition('">')[2]


def test_the_open_questions_of_a_province_have_their_order_and_the_nearest_entities() -> None:
    assert open_questions("nnn") == (
        "What is not stated The one article that speaks of it leaves this open. It may still be so. "
        "Does it implement the policy (Nghị quyết 57-NQ/TW)? Not stated. Nearest: Kế hoạch 1/XX-YY (explicit) "
        "Does it have a science and technology development fund? Not stated. Nearest: Quỹ nnn-vc existing "
        "How large is its fund? Not stated. Nearest: Quỹ nnn-vc existing "
        "Who heads its department of science and technology? Not stated. Does it have an innovation centre? Not stated."
    )
    assert "Gần nhất: Kế hoạch 1/XX-YY (nêu rõ)" in open_questions("nnn", "vi")
    assert open_questions("qqq").startswith("What is not stated No article read so far speaks of it.")
    assert 'id="not-stated"' not in page("/entities/province:mmm")


def test_an_entity_with_very_many_statements_shows_the_first_and_those_of_its_relations(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    service = client().app.state.service  # pyright: ignore[reportAttributeAccessIssue, reportFunctionMemberAccess]
    whole = load_entity(service, "province:aaa", "en")
    of_relations = {key for relation in whole.entity["edges"] for key in relation["statements"]}
    assert set(whole.statements) > of_relations
    assert "article" not in {row["date_source"] for row in whole.dated_rows}
    monkeypatch.setattr(entity_view, "MAX_STATEMENTS", len(whole.statements))
    assert not load_entity(service, "province:aaa", "en").has_more_statements
    ids = list(whole.statements)
    position = next(number for number, id in enumerate(ids) if id not in of_relations)
    monkeypatch.setattr(entity_view, "MAX_STATEMENTS", position)
    beginning = load_entity(service, "province:aaa", "en")
    assert beginning.has_more_statements
    assert set(beginning.statements) == {*ids[:position], *of_relations}
    assert [item["id"] for item in beginning.disagreements] == ["disagreement:startups-aaa"]
    with client_of(settings().model_copy(update={"cache": False})) as uncached:
        assert words("entity_more_statements") in uncached.get("/entities/province:aaa").text


def test_disagreements_about_the_statements_of_an_entity_are_shown_as_well() -> None:
    service = client().app.state.service  # pyright: ignore[reportAttributeAccessIssue, reportFunctionMemberAccess]
    fund = load_entity(service, "fund:hhh-vc", "en")
    assert [item["id"] for item in fund.disagreements] == ["disagreement:status-hhh-hhh-vc-plans"]
    assert fund.names_by_id.keys() >= {"province:hhh", "fund:hhh-vc"}
    person = load_entity(service, "person:nguoi-dau", "en")
    assert person.names_by_id.keys() >= {"person:nguoi-dau", "agency:so-fff", "fund:aaa-vc", "centre:fff"}
