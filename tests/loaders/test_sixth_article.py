"""A sixth article, our own and outside the release, added as CONTRIBUTING.md describes; and the examples there."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.support.cli import assert_refused, run_command
from tests.support.database import clear_database
from tests.support.facts_folder import facts_folder
from tests.support.invented_graph import load_graph
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.errors import FactsError
from vnkg.graph.model.facts import Statement, passage_hash
from vnkg.graph.model.merge import merge
from vnkg.graph.model.release import Edge, Release
from vnkg.graph.model.schema import schema
from vnkg.graph.reader.reader import Graph
from vnkg.graph.settings import Settings
from vnkg.loaders import Texts, coverage, known_entities, read_facts, refresh_mentions, skeleton

SIXTH = Path(__file__).parents[1] / "fixtures" / "sixth"
LEDGER, TEXTS = SIXTH / "905.yaml", SIXTH / "texts"
TEXT = TEXTS / "905_thu-nghiem.txt"
P57 = "policy:57-nq-tw"
FLAGSHIP = "provinces_with_fund"
BODIES = {"agency:da-nang-dost", "agency:ho-chi-minh-dost"}
BODY_STATEMENTS = {"statement:ref-da-nang-dost", "statement:ref-ho-chi-minh-dost"}
"""The bodies that this article uses, which the built-in articles may use too."""
CONTRIBUTING = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text(encoding="utf-8")


@cache
def release() -> Release:
    return merge(read_facts([SIXTH], TEXTS), schema())


@pytest.fixture
def graph(embedded_engine: Engine) -> Graph:
    return load_graph(embedded_engine, release())


@pytest.fixture(scope="module")
def both_engines(embedded_settings: Settings, neo4j_settings: Settings) -> Iterator[tuple[Engine, Engine]]:
    with Engine.open(embedded_settings) as embedded, Engine.open(neo4j_settings) as neo4j:
        yield embedded, neo4j


def edge(subject: str, predicate: str, target: str) -> Edge:
    return next(e for e in release().edges if (e.subject, e.predicate, e.object) == (subject, predicate, target))


def measurements_of(subject: str, indicator: str) -> list[Statement]:
    return [s for s in release().statements if (s.subject, s.indicator) == (subject, indicator)]


def near_miss(graph: Graph, name: str, fund: str) -> dict[str, Any]:
    return next(row for row in graph.query(name, {})["near_misses"] if row["fund"] == fund)


# the file


def test_the_text_says_that_it_is_a_test() -> None:
    lines = TEXT.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("Bài viết thử nghiệm")
    assert "không phải tin tức" in lines[1]
    assert "thử nghiệm" in lines[-1]


def test_the_ledger_has_the_locators_and_hashes_of_the_skeleton() -> None:
    def locator_lines(text: str) -> list[str]:
        return re.findall(r"^  (?:  sha256|- at|sha256): .*$", text, re.MULTILINE)

    written = locator_lines(LEDGER.read_text(encoding="utf-8"))
    assert len(written) == 1 + 2 * 20
    assert written == locator_lines(skeleton(TEXT, known_entities([SIXTH])))


def test_all_its_mentions_are_recorded() -> None:
    again = refresh_mentions(LEDGER, Texts(TEXTS), known_entities([SIXTH]))
    assert (again.added_mentions, again.removed_mentions) == ((), ())
    assert again.text == LEDGER.read_text(encoding="utf-8")


def test_no_sentence_is_unfinished() -> None:
    ledger = coverage(read_facts([SIXTH]), Texts(TEXTS), ["article:905"])[0]
    assert (len(ledger.entries), ledger.unaccounted_count, ledger.problems) == (20, 0, ())
    assert set(ledger.reason_counts) == {
        "headline",
        "notice",
        "caption",
        "subheading",
        "no fact",
        "source line",
    }


# what it adds to the release


def test_it_is_added_to_the_built_in_facts_and_changes_none_of_them() -> None:
    plain, more = merge(read_facts(), schema()), release()
    assert {item.id for item in plain.statements} < {item.id for item in more.statements}
    assert {item.id for item in plain.entities} < {item.id for item in more.entities}
    new = {item.id for item in more.statements} - {item.id for item in plain.statements}
    assert len([key for key in new if key.startswith("statement:905-")]) == 26
    assert {key for key in new if not key.startswith("statement:905-")} <= BODY_STATEMENTS


def test_the_built_in_release_contains_nothing_of_it() -> None:
    plain = merge(read_facts(), schema())
    named = [item.id for item in (*plain.entities, *plain.statements, *plain.sentences)]
    assert [key for key in named if "905" in key.partition("-")[0]] == []
    new = {entity.id for entity in release().entities} - {entity.id for entity in plain.entities}
    assert len(new - BODIES) == 7
    assert not any(mention.article == "article:905" for mention in plain.mentions)


def test_planned_or_considered_things_do_not_exist_yet() -> None:
    assert edge("province:da-nang", "PLANS", "fund:da-nang-venture-capital").status == "planned"
    assert edge("centre:da-nang-innovation", "LOCATED_IN", "province:da-nang").status == "under_construction"
    assert edge("centre:da-nang-high-tech-park", "LOCATED_IN", "province:da-nang").status == "existing"
    assert edge("province:binh-duong", "PLANS", "fund:binh-duong-venture-capital").status == "considered"
    assert edge("province:ho-chi-minh", "HAS", "fund:ho-chi-minh-venture-capital").status == "existing"


def test_a_plan_says_by_when_and_what_it_may_be_instead() -> None:
    planned = edge("province:da-nang", "PLANS", "fund:da-nang-venture-capital")
    assert (planned.due, planned.alternative, planned.holds) == ("2026", (), False)
    fund, sandbox = "fund:binh-duong-venture-capital", "model:sandbox"
    alternatives = {end: edge("province:binh-duong", "PLANS", end).alternative for end in (fund, sandbox)}
    assert alternatives == {fund: (sandbox,), sandbox: (fund,)}
    assert [statement.due for statement in measurements_of("province:ho-chi-minh", "innovative_startups")] == [
        "../2030"
    ]


def test_its_department_is_named_by_rule_and_called_as_the_article_calls_it() -> None:
    department = next(entity for entity in release().entities if entity.id == "agency:da-nang-dost")
    assert department.name == "Sở Khoa học và Công nghệ Đà Nẵng"
    forms = {name.text for name in department.names if name.article == "article:905"}
    assert forms == {"Sở Khoa học và Công nghệ thành phố Đà Nẵng", "Sở KH&CN"}
    part_of = edge("agency:da-nang-dost", "PART_OF", "province:da-nang")
    assert (part_of.status, part_of.basis, part_of.holds) == ("existing", "stated", True)
    assert BODY_STATEMENTS & set(part_of.statements)


def test_what_it_says_in_two_languages_is_kept_in_both() -> None:
    glosses = {statement.gloss_vi for statement in release().statements if statement.id.startswith("statement:905-")}
    assert "Ngân sách Đà Nẵng góp không quá 40% vốn của quỹ đầu tư mạo hiểm thành phố." in glosses


def test_numbers_keep_their_decimals_billions_and_comparators() -> None:
    planned = measurements_of("fund:da-nang-venture-capital", "fund_capital")
    assert [(s.value, s.unit, s.value_status) for s in planned] == [(512_500_000_000, "VND", "planned")]
    share = measurements_of("province:binh-duong", "digital_economy_share_of_grdp")
    assert [(s.value, s.unit, s.period) for s in share] == [(14.3, "percent", "2024")]
    assert [(s.comparator, s.value) for s in measurements_of("province:da-nang", "innovative_startups")] == [
        ("more than", 230)
    ]
    assert [(s.comparator, s.value) for s in measurements_of("province:da-nang", "st_enterprises")] == [("nearly", 60)]
    target = measurements_of("province:ho-chi-minh", "innovative_startups")
    assert [(s.value, s.value_status, s.period) for s in target] == [(5000, "target", "2030")]


def test_two_amounts_for_one_fund_remain_a_disagreement() -> None:
    item = next(d for d in release().disagreements if d.id == "disagreement:ho-chi-minh-fund-capital")
    amounts = {s.id: s.value for s in measurements_of("fund:ho-chi-minh-venture-capital", "fund_capital")}
    assert [amounts[reading.statements[0]] for reading in item.readings] == [1_200_000_000_000, 1_500_000_000_000]
    assert item.preferred is None


# answers that use it; the last test compares both engines


def test_a_former_province_is_shown_under_its_successor_on_the_current_map(graph: Graph) -> None:
    def ties(**parameters: str) -> list[tuple[str, str | None, str, str]]:
        rows = graph.query("provinces_by_policy", parameters)["rows"]
        return [
            (row["province"], row["reported_as"], row["implementation"], row["as_of"])
            for row in rows
            if any(key.startswith("statement:905-") for key in row["statements"])
        ]

    da_nang = ("province:da-nang", None, "explicit", "2026-01-12")
    city = ("province:ho-chi-minh", None, "in_spirit", "2026-01-12")
    assert ties() == [da_nang, city]
    binh_duong = ("province:ho-chi-minh", "province:binh-duong", "explicit", "2025-04-15")
    assert sorted(ties(as_of="2026-01-01"), key=str) == sorted([da_nang, binh_duong, city], key=str)
    before = ties(as_of="2025-06-30")
    assert ("province:binh-duong", None, "explicit", "2025-04-15") in before
    assert binh_duong not in before


def test_the_flagship_finds_the_existing_fund_and_the_planned_one_as_a_near_miss(graph: Graph) -> None:
    assert [(row["province"], row["fund"]) for row in graph.query(FLAGSHIP, {})["rows"]] == [
        ("province:ho-chi-minh", "fund:ho-chi-minh-venture-capital")
    ]
    planned = near_miss(graph, FLAGSHIP, "fund:da-nang-venture-capital")
    assert (planned["province"], planned["fund_status"], planned["fails"]) == (
        "province:da-nang",
        "planned",
        ["status_matches"],
    )
    rows = graph.query(FLAGSHIP, {"fund_status": ["planned", "considered"], "as_of": "2026-01-01"})["rows"]
    assert [(row["province"], row["fund"]) for row in rows] == [
        ("province:da-nang", "fund:da-nang-venture-capital"),
        ("province:ho-chi-minh", "fund:binh-duong-venture-capital"),
    ]


def test_the_disputed_amount_is_marked_in_a_ranking(graph: Graph) -> None:
    found = graph.query("indicator_ranking", {"indicator": "fund_capital"})["near_misses"]
    cautions = {row["value"]: row["comparability_notes"] for row in found}
    assert "disputed value" in cautions[1_200_000_000_000]
    assert "disputed value" in cautions[1_500_000_000_000]


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        (FLAGSHIP, {}),
        (FLAGSHIP, {"fund_status": ["planned", "considered"], "as_of": "2026-01-01"}),
        ("provinces_by_policy", {"as_of": "2026-01-01"}),
        ("measurements_of", {"entity": "province:da-nang"}),
        ("former_provinces", {"province": "province:binh-duong"}),
        ("proposals_made", {"entity": "agency:da-nang-dost"}),
        ("indicator_ranking", {"indicator": "fund_capital"}),
    ],
)
def test_with_it_the_engines_give_the_same_bytes(
    both_engines: tuple[Engine, Engine], name: str, parameters: dict[str, Any]
) -> None:
    said = [
        json.dumps(load_graph(engine, release()).query(name, parameters), ensure_ascii=False) for engine in both_engines
    ]
    assert said[0] == said[1]
    assert "statement:905-" in said[0]


# as its author works: without the text of other articles


def changed_texts_folder(folder: Path) -> Path:
    """Write the article's text with one number changed; returns its folder."""
    folder.mkdir()
    text = TEXT.read_text(encoding="utf-8").replace("512,5", "515,2")
    (folder / TEXT.name).write_text(text, encoding="utf-8")
    return folder


def test_every_passage_is_found_in_its_text_and_a_changed_one_is_refused(tmp_path: Path) -> None:
    words = ["verify", "article:905", "--also", str(SIXTH)]
    told = run_command(tmp_path / "data", *words, "--articles", str(TEXTS))
    assert (told.code, told.stdout) == (0, "20 passages in 1 article: all there and unchanged.\n")
    other = changed_texts_folder(tmp_path / "texts")
    told = run_command(tmp_path / "data", *words, "--articles", str(other))
    assert_refused(told, 1, "1 of 20 passages", "article:905: 3:146-227 says other words than its sha256")
    with pytest.raises(FactsError, match=r"905\.yaml:\d+: found 3:146-227 says other words"):
        read_facts([SIXTH], other)


def test_verifying_everything_needs_every_text_and_counts_passages(tmp_path: Path) -> None:
    told = run_command(tmp_path / "data", "verify", "--also", str(SIXTH), "--articles", str(TEXTS))
    assert_refused(told, 1, "article:000: its text is not in texts", "article:004: its text is not in texts")
    missing, whole = map(int, re.findall(r"(\d+) of (\d+) passages", told.stderr)[0])
    assert missing == whole - 20 > 100
    assert_refused(
        run_command(tmp_path / "data", "verify", "article:05", "--articles", str(TEXTS)), 2, "no article 'article:05'"
    )


def test_a_load_checks_available_texts_and_names_the_missing_ones(
    embedded_engine: Engine, embedded_settings: Settings, tmp_path: Path
) -> None:
    clear_database(embedded_engine)
    data = embedded_settings.data
    told = run_command(data, "load", "--also", str(SIXTH), "--articles", str(TEXTS))
    assert told.code == 0, told.stderr
    assert "article:000, article:001, article:002, article:003, article:004" in told.stderr
    shown = run_command(data, "query", FLAGSHIP, "--articles", str(TEXTS))
    assert "Theo tinh thần Nghị quyết 57-NQ/TW" in shown.stdout
    other = changed_texts_folder(tmp_path / "texts")
    assert_refused(run_command(data, "load", "--also", str(SIXTH), "--articles", str(other)), 1, "3:146-227")


def test_a_draft_gets_its_mentions_and_shows_each_change(tmp_path: Path) -> None:
    draft = tmp_path / "905.yaml"
    text = LEDGER.read_text(encoding="utf-8")
    draft.write_text(re.sub(r"    mentions: .*\n", "", text), encoding="utf-8")
    told = run_command(tmp_path / "data", "article", "mentions", str(draft), "--articles", str(TEXTS))
    assert told.code == 0, told.stderr
    assert draft.read_text(encoding="utf-8") == text
    assert "+ 4:49-57 agency:da-nang-dost “Sở KH&CN”" in told.stdout
    assert "+ 11:47-88 fund:ho-chi-minh-venture-capital" in told.stdout
    again = run_command(tmp_path / "data", "article", "mentions", str(draft), "--articles", str(TEXTS))
    assert (again.code, again.stdout) == (0, "")


# CONTRIBUTING.md itself


def yaml_examples() -> list[str]:
    """The YAML blocks that CONTRIBUTING.md shows for an article: entities and forms, sentences, disagreements."""
    blocks = re.findall(r"^   ```yaml\n(.*?)^   ```", CONTRIBUTING, re.MULTILINE | re.DOTALL)
    # 005 is the next free number today; the tests use one that stays free.
    return [re.sub(r"^   ", "", block, flags=re.MULTILINE).replace("005", "905") for block in blocks]


def test_the_example_article_of_contributing_is_valid(tmp_path: Path) -> None:
    entities, sentence, disagreements = yaml_examples()
    fund = "  - {id: fund:ho-chi-minh-venture-capital, name: X, kind: venture_capital}\n"
    first = re.search(r"      - id: fund-1200.*?(?=      - subject: province:lam-dong)", sentence, re.DOTALL)
    assert first is not None
    article = "article: {id: article:905, name: X, language: vi, origin: x, published: 2026-01-01, sha256: x}\n"
    article += entities.replace("forms:", fund + "forms:")
    article += "sentences:\n" + sentence.replace("…\n", passage_hash("x") + "\n", 1)
    article += f"  - at: 30:0-9\n    sha256: {passage_hash('y')}\n    statements:\n{first[0].replace('1200', '1500')}"
    own = tmp_path / "own"
    own.mkdir()
    (own / "905.yaml").write_text(article + disagreements + "...\n", encoding="utf-8")
    facts = read_facts([own])
    assert len([s for s in facts.statements if s.id.startswith("statement:905-")]) == 4
    assert any(item.preferred == 0 for item in facts.disagreements if item.id.endswith("fund-capital"))


def test_every_command_in_contributing_exists(tmp_path: Path) -> None:
    named = set(re.findall(r"`vnkg (article \w+|\w+)", CONTRIBUTING))
    assert {"article new", "article mentions", "audit", "coverage", "find", "indicators", "load", "verify"} <= named
    for name in sorted(named):
        assert run_command(tmp_path, *name.split(), "--help").code == 0


def test_an_own_folder_can_be_combined_with_the_sixth_article(tmp_path: Path) -> None:
    facts = read_facts([facts_folder(tmp_path / "own"), SIXTH])
    assert {"article:905", "article:900"} <= {record.id for record in facts.entities}
