"""The tile map of the provinces: position, colour, signs and text of each tile."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ....graph import resources
from ....graph.model.objects import Row
from ....graph.model.schema import schema
from ...http.request_checks import validate_choice
from ...i18n.labels import Labels
from ...i18n.language import capitalize, format_date, format_number, format_short_number
from ...i18n.words import Words
from ...presenters.comparison_numbers import comparability_note
from ...presenters.matrix import MATRIX_QUERY as MATRIX
from ...presenters.matrix import (
    POLICY_COLUMN,
    PROVINCES_QUERY,
    Instrument,
    ProvinceRow,
    current_provinces,
    province_rows,
)
from ...service.service import Service

SHADES = 4
"""Number of shades, from light to dark."""
NO_DATA, NOT_COMPARABLE = "no-data", "not-comparable"
"""CSS classes of a tile about which nothing is stated, and of a value that cannot be compared."""
STATUS_PREFIX, IMPLEMENTATION_PREFIX = "status-", "implementation-"
"""Before the key of a status or an implementation they make a CSS class."""
COMPARATOR_SIGNS: Mapping[str, str] = {
    "=": "", "more than": ">", "at least": "≥", "nearly": "≲", "about": "≈", "at most": "≤", "less than": "<",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tile:
    """The tile of a province.

    `css_class` selects its colour, `signs` (CSS classes of chips), `text` and `year` are printed on it, `description`
    says the same to screen readers. `value` sorts tiles of the same shade.
    """

    id: str
    name: str
    css_class: str = NO_DATA
    signs: tuple[str, ...] = ()
    text: str = ""
    year: str = ""
    description: str = ""
    value: float = 0

    @property
    def grid_position(self) -> tuple[int, int] | None:
        """Row and column on the map; None for a province without position."""
        return grid_positions().get(self.id)


@dataclass(frozen=True, slots=True)
class TileGroup:
    """An entry of the legend: tiles of one CSS class and what it means.

    If `shows_descriptions`, the legend lists the description of each tile with its name.
    """

    css_class: str
    signs: tuple[str, ...]
    label: str
    tiles: list[Tile]
    shows_descriptions: bool = False


@cache
def grid_positions() -> Mapping[str, tuple[int, int]]:
    """Return row and column of each current province, by id."""
    return {
        province: (row, column)
        for province, (row, column) in resources.yaml("vnkg.api.pages.start", "tiles.yaml").items()
    }


class TileBuilder:
    """Builds tiles and legend in one language. Each method returns both."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels
        self._words = Words(labels.language)

    def by_instrument(self, rows: Iterable[ProvinceRow], column: str) -> tuple[list[Tile], list[TileGroup]]:
        """Colour by the furthest status in a column of the matrix."""
        tiles: list[Tile] = []
        for row in rows:
            css_classes = list(dict.fromkeys(_css_class(instrument) for instrument in row.cells[column]))
            words = ", ".join(map(self._class_label, css_classes)) or self._words("not_stated")
            tiles.append(
                Tile(
                    row.id, row.name, css_classes[0] if css_classes else NO_DATA, tuple(css_classes), description=words
                )
            )
        order = [
            *(f"{IMPLEMENTATION_PREFIX}{key}" for key in self._labels.schema.implementations),
            *(f"{STATUS_PREFIX}{key}" for key in self._labels.schema.precedence),
        ]
        css_classes = sorted({tile.css_class for tile in tiles} - {NO_DATA}, key=order.index)
        groups = [
            TileGroup(css_class, (css_class,), self._class_label(css_class), _tiles_of_class(tiles, css_class))
            for css_class in css_classes
        ]
        return tiles, [*groups, self._no_data_group(tiles, self._words("not_stated"))]

    def by_statement_count(self, rows: Iterable[Row]) -> tuple[list[Tile], list[TileGroup]]:
        """Colour by the number of statements about a province."""
        all_rows = list(rows)
        maximum = max((row["statements"] for row in all_rows), default=0)
        tiles = [
            Tile(
                row["id"],
                row["name"],
                _shade(row["statements"], maximum) if row["statements"] else NO_DATA,
                text=format_number(row["statements"], self._labels.language),
                description=self._words("statements_of", n=row["statements"]),
                value=row["statements"],
            )
            for row in all_rows
        ]
        return tiles, [*self._shade_groups(tiles), self._no_data_group(tiles, self._words("nothing_said"))]

    def by_indicator(self, provinces: Iterable[Row], rows: Iterable[Row]) -> tuple[list[Tile], list[TileGroup]]:
        """Colour by the values of an indicator; values that cannot be compared get a mark instead of a shade."""
        rows_by_province: dict[str, list[Row]] = {}
        for row in sorted(rows, key=lambda row: not row["is_comparable"]):
            rows_by_province.setdefault(row["subject"], []).append(row)
        first_rows = (own[0] for own in rows_by_province.values())
        maximum = max(
            (row["value"] for row in first_rows if row["is_comparable"] and _is_number(row["value"])), default=0
        )
        tiles = [
            self._indicator_tile(province["id"], province["name"], rows_by_province.get(province["id"], []), maximum)
            for province in provinces
        ]
        not_comparable = TileGroup(
            NOT_COMPARABLE,
            (NOT_COMPARABLE,),
            self._words("not_comparable"),
            _tiles_of_class(tiles, NOT_COMPARABLE),
            shows_descriptions=True,
        )
        groups = [
            group for group in (*self._shade_groups(tiles, shows_descriptions=True), not_comparable) if group.tiles
        ]
        return tiles, [*groups, self._no_data_group(tiles, self._words("not_stated"))]

    def _indicator_tile(self, id: str, name: str, rows: list[Row], maximum: float) -> Tile:
        if not rows:
            return Tile(id, name, description=self._words("not_stated"))
        first = rows[0]
        value = first["value"]
        text = format_short_number(value, self._labels.language) if _is_number(value) else str(value)
        css_class = _shade(value, maximum) if first["is_comparable"] and _is_number(value) else NOT_COMPARABLE
        return Tile(
            id,
            name,
            css_class,
            (NOT_COMPARABLE,) if css_class == NOT_COMPARABLE else (),
            COMPARATOR_SIGNS.get(first["comparator"], "") + text,
            str(first["period"] or first["as_of"] or "")[:4],
            "; ".join(map(self._value_words, rows)),
            value if _is_number(value) else 0,
        )

    def _value_words(self, row: Row) -> str:
        labels, language = self._labels, self._labels.language
        value = format_number(row["value"], language) if _is_number(row["value"]) else str(row["value"])
        comparator = "" if row["comparator"] == "=" else labels.term(labels.schema.comparators, row["comparator"]) + " "
        unit = "" if row["unit"] == "count" else " " + labels.term(labels.schema.units, row["unit"])
        when = f", {format_date(row['period'], language)}" if row["period"] else ""
        if not when and row["as_of"]:
            when = f", {self._words('as_of')} {format_date(row['as_of'], language)}"
        notes = ", ".join(comparability_note(note, self._words, labels) for note in row["comparability_notes"])
        return f"{comparator}{value}{unit}{when}" + (f" ({notes})" if notes else "")

    def _class_label(self, css_class: str) -> str:
        schema = self._labels.schema
        if css_class.startswith(IMPLEMENTATION_PREFIX):
            return self._labels.term(schema.implementations, css_class.removeprefix(IMPLEMENTATION_PREFIX))
        return self._labels.term(schema.statuses, css_class.removeprefix(STATUS_PREFIX))

    def _shade_groups(self, tiles: list[Tile], *, shows_descriptions: bool = False) -> list[TileGroup]:
        """Return the shades that occur, darkest first, each labelled with the range of its values."""
        groups: list[TileGroup] = []
        for shade in range(SHADES, 0, -1):
            members = sorted(_tiles_of_class(tiles, f"shade-{shade}"), key=lambda tile: -tile.value)
            span = dict.fromkeys(
                format_short_number(tile.value, self._labels.language) for tile in (members[-1:] + members[:1])
            )
            groups.append(TileGroup(f"shade-{shade}", (), "–".join(span), members, shows_descriptions))
        return [group for group in groups if group.tiles]

    def _no_data_group(self, tiles: list[Tile], label: str) -> TileGroup:
        return TileGroup(NO_DATA, (), label, _tiles_of_class(tiles, NO_DATA))


def _css_class(instrument: Instrument) -> str:
    """Return the class of its tie if it is in force, else of its status; what does not hold is tied by context."""
    if instrument.status in schema().statuses_in("in_force") and not instrument.holds:
        return f"{IMPLEMENTATION_PREFIX}context"
    if instrument.implementation and instrument.status in schema().statuses_in("in_force"):
        return IMPLEMENTATION_PREFIX + instrument.implementation
    return STATUS_PREFIX + instrument.status


def _tiles_of_class(tiles: Iterable[Tile], css_class: str) -> list[Tile]:
    return [tile for tile in tiles if tile.css_class == css_class]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _shade(value: float, maximum: float) -> str:
    """Return the CSS class of a value: its share of the maximum in `SHADES` steps."""
    return (
        f"shade-{next(shade for shade in range(1, SHADES + 1) if shade == SHADES or value <= maximum * shade / SHADES)}"
    )


RANKING = "indicator_ranking"
COLUMNS = (POLICY_COLUMN, "vc_fund", "st_fund", "innovation_centre")
"""Columns of the matrix that can colour the map."""
DEFAULT_CHOICE = "vc_fund"


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to colour the map."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class TileMap:
    """The map, coloured by one choice.

    `evidence_query` is the name and the parameters of the query that the values come from; `elsewhere_count` is the
    number of entities with a value that are not on the map.
    """

    choices: list[Choice]
    selected_choice: Choice
    tiles: list[Tile]
    groups: list[TileGroup]
    evidence_query: tuple[str, dict[str, str]]
    elsewhere_count: int = 0

    @property
    def grid_tiles(self) -> list[Tile]:
        """Tiles with a position in reading order: rows from north to south, each from west to east."""
        return sorted(
            (tile for tile in self.tiles if tile.grid_position), key=lambda tile: tile.grid_position or (0, 0)
        )

    @property
    def shows_numbers(self) -> bool:
        """True if the tiles show numbers."""
        return any(tile.text for tile in self.tiles)

    @property
    def unplaced_tiles(self) -> list[Tile]:
        """Tiles without a position."""
        return [tile for tile in self.tiles if not tile.grid_position]


def tile_map(service: Service, colour: str, language: str) -> TileMap | None:
    """Return the map for the choice `colour` (empty for the default), or None if the catalogue lacks its queries."""
    if not {MATRIX, PROVINCES_QUERY, RANKING} <= service.queries.keys():
        return None
    words = Words(language)
    indicators = service.cached_per_release(
        "shared_indicators", lambda: [row["indicator"] for row in service.graph.shared_indicators()]
    )
    choices = [Choice(key, words(f"instrument_{key}")) for key in COLUMNS]
    choices += [
        Choice("facts", words("colour_facts")),
        *(Choice(key, capitalize(words.indicator(key))) for key in indicators),
    ]
    validate_choice("colour", colour or None, [choice.key for choice in choices])
    selected_choice = next(choice for choice in choices if choice.key == (colour or DEFAULT_CHOICE))
    make = {"facts": _facts} | dict.fromkeys(COLUMNS, _instrument)
    return make.get(selected_choice.key, _indicator)(
        service, choices, selected_choice, TileBuilder(Labels(service.schema, language))
    )


def _instrument(service: Service, choices: list[Choice], selected_choice: Choice, builder: TileBuilder) -> TileMap:
    tiles, groups = builder.by_instrument(province_rows(service), selected_choice.key)
    return TileMap(choices, selected_choice, tiles, groups, (MATRIX, {}))


def _facts(service: Service, choices: list[Choice], selected_choice: Choice, builder: TileBuilder) -> TileMap:
    tiles, groups = builder.by_statement_count(current_provinces(service))
    return TileMap(choices, selected_choice, tiles, groups, (PROVINCES_QUERY, {}))


def _indicator(service: Service, choices: list[Choice], selected_choice: Choice, builder: TileBuilder) -> TileMap:
    parameters = {"indicator": selected_choice.key}
    result = service.graph.query(RANKING, parameters)
    rows = result["rows"] + result["near_misses"]
    provinces = current_provinces(service)
    tiles, groups = builder.by_indicator(provinces, rows)
    elsewhere_ids = {row["subject"] for row in rows} - {province["id"] for province in provinces}
    return TileMap(choices, selected_choice, tiles, groups, (RANKING, parameters), len(elsewhere_ids))
