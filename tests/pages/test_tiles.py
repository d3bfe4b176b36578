"""The tile map: positions of the tiles, and their colours, symbols and texts."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import mean
from typing import Any

import pytest

from vnkg.api.i18n.labels import Labels
from vnkg.api.pages.start.tiles import (
    NO_DATA,
    NOT_COMPARABLE,
    RANKING,
    Tile,
    TileBuilder,
    TileGroup,
    TileMap,
    grid_positions,
    tile_map,
)
from vnkg.api.presenters.matrix import MATRIX_QUERY, PROVINCES_QUERY, Instrument, ProvinceRow
from vnkg.graph.catalogue.query import catalogue
from vnkg.graph.model.schema import schema
from vnkg.loaders import read_facts

BORDERS = {
    "lai-chau": "dien-bien son-la lao-cai",
    "dien-bien": "son-la",
    "son-la": "lao-cai phu-tho thanh-hoa",
    "lao-cai": "tuyen-quang phu-tho",
    "tuyen-quang": "cao-bang thai-nguyen phu-tho",
    "cao-bang": "thai-nguyen lang-son",
    "thai-nguyen": "lang-son bac-ninh ha-noi phu-tho",
    "lang-son": "bac-ninh quang-ninh",
    "phu-tho": "ha-noi ninh-binh thanh-hoa",
    "ha-noi": "bac-ninh hung-yen ninh-binh",
    "bac-ninh": "quang-ninh hai-phong hung-yen",
    "quang-ninh": "hai-phong",
    "hung-yen": "hai-phong ninh-binh",
    "ninh-binh": "thanh-hoa",
    "thanh-hoa": "nghe-an",
    "nghe-an": "ha-tinh",
    "ha-tinh": "quang-tri",
    "quang-tri": "hue",
    "hue": "da-nang",
    "da-nang": "quang-ngai",
    "quang-ngai": "gia-lai",
    "gia-lai": "dak-lak",
    "dak-lak": "khanh-hoa lam-dong",
    "khanh-hoa": "lam-dong",
    "lam-dong": "dong-nai ho-chi-minh",
    "dong-nai": "ho-chi-minh tay-ninh",
    "ho-chi-minh": "tay-ninh dong-thap",
    "tay-ninh": "dong-thap",
    "dong-thap": "vinh-long can-tho an-giang",
    "vinh-long": "can-tho",
    "can-tho": "an-giang ca-mau",
    "an-giang": "ca-mau",
}
"""Current provinces that border each other on land, each pair once."""
SOUTHWARD = "cao-bang ha-noi thanh-hoa nghe-an ha-tinh quang-tri hue da-nang quang-ngai gia-lai khanh-hoa ca-mau"


def grid_position(slug: str) -> tuple[int, int]:
    return grid_positions()[f"province:{slug}"]


def test_each_current_province_has_its_own_cell() -> None:
    provinces = [one for one in read_facts().entities if one.type == "Province"]
    today = {one.id for one in provinces if "abolished_on" not in one.attributes}
    assert set(grid_positions()) == today
    assert len(today) == len(set(grid_positions().values())) == 34


def test_neighbouring_provinces_are_close() -> None:
    pairs = [(grid_position(one), grid_position(other)) for one, others in BORDERS.items() for other in others.split()]
    steps = [max(abs(a - c), abs(b - d)) for (a, b), (c, d) in pairs]
    assert max(steps) <= 2
    assert mean(steps) < 1.25


def test_north_is_at_the_top_and_the_sea_in_the_east() -> None:
    rows = [grid_position(slug)[0] for slug in SOUTHWARD.split()]
    assert rows == sorted(rows)
    assert len(set(rows)) == len(rows)
    assert grid_position("ca-mau")[0] == max(row for row, _ in grid_positions().values())
    for west, east in (("dien-bien", "quang-ninh"), ("an-giang", "ho-chi-minh"), ("dak-lak", "khanh-hoa")):
        assert grid_position(west)[1] < grid_position(east)[1]


def colouring(language: str = "en") -> TileBuilder:
    return TileBuilder(Labels(schema(), language))


def row(id: str, *instruments: Instrument, column: str = "vc_fund") -> ProvinceRow:
    return ProvinceRow(f"province:{id}", id.title(), {column: list(instruments)})


def looks(groups: list[TileGroup]) -> dict[str, list[str]]:
    return {group.label: [tile.name for tile in group.tiles] for group in groups}


def test_a_tile_shows_every_status_and_is_coloured_by_the_most_advanced() -> None:
    both = row("aaa", Instrument("fund:one", "existing", "stated"), Instrument("fund:two", "planned", "stated"))
    tiles, groups = colouring().by_instrument(
        [both, row("bbb"), row("ccc", Instrument("fund:x", "planned", "stated"))], "vc_fund"
    )
    assert (tiles[0].css_class, tiles[0].signs, tiles[0].description) == (
        "status-existing",
        ("status-existing", "status-planned"),
        "existing, planned",
    )
    assert (tiles[1].css_class, tiles[1].signs, tiles[1].description) == (NO_DATA, (), "not stated")
    assert looks(groups) == {"existing": ["Aaa"], "planned": ["Ccc"], "not stated": ["Bbb"]}


def test_policies_are_coloured_by_implementation_unless_not_implemented() -> None:
    def tied(id: str, status: str, tie: str) -> ProvinceRow:
        return row(id, Instrument("policy:x", status, "stated", tie), column="resolution_57")

    rows = [
        tied("aaa", "in_progress", "explicit"),
        tied("bbb", "planned", "explicit"),
        tied("ccc", "existing", "context"),
    ]
    tiles, groups = colouring("vi").by_instrument(rows, "resolution_57")
    assert [tile.css_class for tile in tiles] == ["implementation-explicit", "status-planned", "implementation-context"]
    assert list(looks(groups)) == ["nêu rõ", "theo bối cảnh", "dự kiến", "không nêu"]


def test_the_legend_has_each_colour_once_the_most_advanced_first() -> None:
    statuses = [*schema().statuses]
    held = [row(status, Instrument(f"fund:{status}", status, "stated")) for status in statuses]
    several = row(
        "several", *(Instrument(f"fund:{n}", status, "stated") for n, status in enumerate(["past", "planned", "past"]))
    )
    tied = row("tied", Instrument("policy:x", "in_progress", "stated", "in_spirit"))
    tiles, groups = colouring().by_instrument([*held, several, tied, row("empty")], "vc_fund")
    assert list(looks(groups)) == [
        "in spirit",
        *(schema().statuses[key].en for key in schema().precedence),
        "not stated",
    ]
    assert looks(groups)["past"] == ["Past", "Several"]
    assert tiles[-3].signs == ("status-past", "status-planned")
    assert groups[-1].tiles == [tiles[-1]]


def test_facts_are_shaded_by_their_share_of_the_maximum() -> None:
    counts = {"aaa": 80, "bbb": 61, "ccc": 20, "ddd": 0}
    tiles, groups = colouring().by_statement_count(
        [{"id": f"province:{id}", "name": id.title(), "statements": count} for id, count in counts.items()]
    )
    assert [(tile.text, tile.css_class) for tile in tiles] == [
        ("80", "shade-4"),
        ("61", "shade-4"),
        ("20", "shade-1"),
        ("0", NO_DATA),
    ]
    assert looks(groups) == {"61–80": ["Aaa", "Bbb"], "20": ["Ccc"], "nothing is said": ["Ddd"]}


def measurement(subject: str, value: float, *notes: str, **properties: object) -> dict[str, object]:
    said = {"comparator": "=", "unit": "count", "value_status": "actual", "period": "2025", "as_of": "2025-10-19"}
    fixed = {
        "subject": f"province:{subject}",
        "value": value,
        "comparability_notes": list(notes),
        "is_comparable": not notes,
    }
    return said | fixed | properties


PROVINCES = [{"id": f"province:{slug}", "name": slug.title()} for slug in ("aaa", "bbb", "ccc", "ddd")]


def test_a_value_keeps_its_comparator_and_year() -> None:
    rows = [
        measurement("aaa", 140, comparator="more than"),
        measurement("bbb", 63_000_000_000, unit="VND", period=None),
    ]
    tiles, groups = colouring().by_indicator(PROVINCES, rows)
    assert [(tile.text, tile.year, tile.description) for tile in tiles[:2]] == [
        (">140", "2025", "more than 140, 2025"),
        ("63 bn", "2025", "63,000,000,000 đồng, as of 19 October 2025"),
    ]
    assert tiles[2] == Tile("province:ccc", "Ccc", description="not stated")
    assert groups[-1].label == "not stated"
    assert all(group.shows_descriptions for group in groups[:-1])


def test_an_incomparable_value_has_no_shade_but_a_reason() -> None:
    rows = [
        measurement("aaa", 10),
        measurement("bbb", 900, "before the merger"),
        measurement("ccc", 7, "target, not actual", "disputed value"),
        measurement("ddd", 5, "other period", period="2021"),
        measurement("ddd", 4),
    ]
    tiles, _ = colouring().by_indicator(PROVINCES, rows)
    assert [tile.css_class for tile in tiles] == ["shade-4", NOT_COMPARABLE, NOT_COMPARABLE, "shade-2"]
    assert tiles[1].signs == (NOT_COMPARABLE,)
    assert tiles[1].description == "900, 2025 (before the merger)"
    assert tiles[2].description == "7, 2025 (target, not actual, disputed value)"
    assert tiles[3].description == "4, 2025; 5, 2021 (other period)"


NOTES = [*re.findall(r"THEN '([^']+)' ELSE ''", catalogue()["indicator_ranking"].cypher), "planned, not actual"]


@pytest.mark.parametrize("note", NOTES)
def test_every_caution_has_a_text(note: str) -> None:
    words = [
        colouring(language).by_indicator(PROVINCES, [measurement("aaa", 1, note)])[0][0].description
        for language in ("en", "vi")
    ]
    assert words[0] == f"1, 2025 ({note})"
    assert words[1] != words[0]


def test_a_negative_number_is_shown() -> None:
    tiles, _ = colouring().by_indicator(PROVINCES, [measurement("aaa", -3), measurement("bbb", 0)])
    assert [tile.css_class for tile in tiles[:2]] == ["shade-1", "shade-1"]


def test_shades_begin_with_the_largest_values_and_show_their_range() -> None:
    values = {"aaa": 40, "bbb": 80.5, "ccc": 78, "ddd": 79}
    tiles, groups = colouring().by_indicator(PROVINCES, [measurement(slug, value) for slug, value in values.items()])
    assert looks(groups) == {"78–80.5": ["Bbb", "Ddd", "Ccc"], "40": ["Aaa"], "not stated": []}
    assert [tile.value for tile in tiles] == list(values.values())


def test_words_periods_and_units_are_shown_as_they_are() -> None:
    rows = [
        measurement("aaa", "many", period="2021/2025"),  # pyright: ignore[reportArgumentType]
        measurement("bbb", 12.5, unit="percent", comparator="nearly", period=None),
        measurement("ccc", 3, period=None, as_of=None, unit="ha"),
        measurement("ddd", 99, "disputed value"),
    ]
    tiles, groups = colouring().by_indicator(PROVINCES, rows)
    assert [(tile.css_class, tile.text, tile.year, tile.description, tile.value) for tile in tiles] == [
        (NOT_COMPARABLE, "many", "2021", "many, 2021–2025", 0),
        ("shade-4", "≲12.5", "2025", "nearly 12.5 per cent, as of 19 October 2025", 12.5),
        ("shade-1", "3", "", "3 hectares", 3),
        (NOT_COMPARABLE, "99", "2025", "99, 2025 (disputed value)", 99),
    ]
    assert [(group.css_class, group.signs, len(group.tiles)) for group in groups] == [
        ("shade-4", (), 1),
        ("shade-1", (), 1),
        (NOT_COMPARABLE, (NOT_COMPARABLE,), 2),
        (NO_DATA, (), 0),
    ]


def test_nothing_is_shaded_if_nothing_is_said() -> None:
    tiles, groups = colouring().by_statement_count([{"id": "province:a", "name": "A", "statements": 0}])
    assert [tile.css_class for tile in tiles] == [NO_DATA]
    assert looks(groups) == {"nothing is said": ["A"]}


@dataclass(frozen=True)
class FakeService:
    """Fake service with two current provinces, one of them without a place on the map, and one shared indicator."""

    @property
    def graph(self) -> "FakeService":
        """Its graph."""
        return self

    @property
    def schema(self) -> Any:
        """The schema."""
        return schema()

    @property
    def queries(self) -> Mapping[str, Any]:
        """The queries that the map needs."""
        return {name: catalogue()[name] for name in (MATRIX_QUERY, PROVINCES_QUERY, RANKING)}

    def cached_per_release(self, _: str, read: Callable[[], Any]) -> Any:
        """Return what `read` reads."""
        return read()

    def shared_indicators(self) -> list[dict[str, str]]:
        """Return the indicators that several provinces have."""
        return [{"indicator": "startups"}]

    def statements_by_id(self, _: Any) -> dict[str, Any]:
        """Return no statement."""
        return {}

    def query(self, name: str, parameters: Mapping[str, str]) -> dict[str, list[dict[str, Any]]]:
        """Return two provinces, no instruments, or values of three subjects, two of them near misses."""
        provinces = [
            {"province": f"province:{slug}", "province_name": slug, "statement_count": 3, "is_current": slug != "gone"}
            for slug in ("hue", "nowhere", "gone", "ca-mau", "lai-chau")
        ]
        near_misses = [measurement("nowhere", 5, "other period"), measurement("gone", 4, "before the merger")]
        answers = {
            PROVINCES_QUERY: {"rows": provinces, "near_misses": []},
            MATRIX_QUERY: {"rows": [], "near_misses": []},
            RANKING: {"rows": [measurement("hue", 7)], "near_misses": near_misses},
        }
        assert name != RANKING or parameters == {"indicator": "startups"}
        return answers[name]


def map_of(colour: str) -> TileMap:
    made = tile_map(FakeService(), colour, "en")  # pyright: ignore[reportArgumentType]
    assert made
    return made


def test_the_map_lists_what_has_no_place_on_it_and_what_was_measured_elsewhere() -> None:
    indicator, facts, funds = map_of("startups"), map_of("facts"), map_of("")
    assert {tile.id: tile.description for tile in indicator.tiles} == {
        "province:hue": "7, 2025",
        "province:nowhere": "5, 2025 (other period)",
        "province:ca-mau": "not stated",
        "province:lai-chau": "not stated",
    }
    assert [tile.name for tile in indicator.grid_tiles] == ["lai-chau", "hue", "ca-mau"]
    assert [tile.name for tile in indicator.unplaced_tiles] == ["nowhere"]
    assert (indicator.elsewhere_count, facts.elsewhere_count, funds.elsewhere_count) == (1, 0, 0)
    assert (indicator.shows_numbers, facts.shows_numbers, funds.shows_numbers) == (True, True, False)
    assert [made.evidence_query for made in (indicator, facts, funds)] == [
        (RANKING, {"indicator": "startups"}),
        (PROVINCES_QUERY, {}),
        (MATRIX_QUERY, {}),
    ]
    assert [made.selected_choice.key for made in (indicator, facts, funds)] == ["startups", "facts", "vc_fund"]
    assert [choice.key for choice in funds.choices] == [
        "resolution_57",
        "vc_fund",
        "st_fund",
        "innovation_centre",
        "facts",
        "startups",
    ]
