"""The tile map of the provinces: position, colour, signs and text of each tile."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ....graph import resources
from ...http.request_checks import value_of
from ...i18n.labels import Labels
from ...i18n.language import capital, date, number, short_number
from ...i18n.words import Words
from ...presenters.comparison_numbers import caution
from ...presenters.matrix import FACTS, FURTHEST_FIRST, POLICY, ProvinceRow, province_rows, provinces_of_today
from ...presenters.matrix import QUERY as MATRIX
from ...service.service import Service

STEPS = 4
"""Number of shades, from light to dark."""
NONE, WARNED = "none", "warned"
"""CSS classes of a tile about which nothing is stated, and of a value that cannot be compared."""
DONE = ("in_progress", "existing")
"""For these statuses a tile shows how the policy is implemented instead of the status."""
SIGNS: Mapping[str, str] = {
    "=": "", "more than": ">", "at least": "≥", "nearly": "≲", "about": "≈", "at most": "≤", "less than": "<",
}  # fmt: skip
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Tile:
    """The tile of a province.

    `css_class` selects its colour, `signs` (CSS classes of chips), `text` and `year` are printed on it, `description`
    says the same to screen readers. `value` sorts tiles of the same shade.
    """

    id: str
    name: str
    look: str = NONE
    signs: tuple[str, ...] = ()
    text: str = ""
    year: str = ""
    words: str = ""
    value: float = 0

    @property
    def place(self) -> tuple[int, int] | None:
        """Row and column on the map; None for a province without position."""
        return places().get(self.id)


@dataclass(frozen=True, slots=True)
class Group:
    """An entry of the legend: tiles of one CSS class and what it means.

    If `shows_descriptions`, the legend lists the description of each tile with its name.
    """

    look: str
    signs: tuple[str, ...]
    label: str
    tiles: list[Tile]
    detailed: bool = False


@cache
def places() -> Mapping[str, tuple[int, int]]:
    """Return row and column of each current province, by id."""
    return {
        province: (row, column)
        for province, (row, column) in resources.yaml("vnkg.api.pages.start", "tiles.yaml").items()
    }


class Colouring:
    """Builds tiles and legend in one language. Each method returns both."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels
        self._words = Words(labels.language)

    def instrument(self, rows: Iterable[ProvinceRow], column: str) -> tuple[list[Tile], list[Group]]:
        """Colour by the furthest status in a column of the matrix."""
        tiles: list[Tile] = []
        for row in rows:
            looks = list(dict.fromkeys(_look(held.status, held.tie) for held in row.cells[column]))
            words = ", ".join(map(self._look_label, looks)) or self._words("not_stated")
            tiles.append(Tile(row.id, row.name, looks[0] if looks else NONE, tuple(looks), words=words))
        order = [*self._labels.schema.implementations, *FURTHEST_FIRST]
        looks = sorted({tile.look for tile in tiles} - {NONE}, key=order.index)
        groups = [Group(look, (look,), self._look_label(look), _looking(tiles, look)) for look in looks]
        return tiles, [*groups, self._silent(tiles, self._words("not_stated"))]

    def facts(self, rows: Iterable[Row]) -> tuple[list[Tile], list[Group]]:
        """Colour by the number of statements about a province."""
        listed = list(rows)
        most = max((row["statements"] for row in listed), default=0)
        tiles = [
            Tile(
                row["id"],
                row["name"],
                _shade(row["statements"], most) if row["statements"] else NONE,
                text=number(row["statements"], self._labels.language),
                words=self._words("statements_of", n=row["statements"]),
                value=row["statements"],
            )
            for row in listed
        ]
        return tiles, [*self._steps(tiles), self._silent(tiles, self._words("nothing_said"))]

    def indicator(self, provinces: Iterable[Row], rows: Iterable[Row]) -> tuple[list[Tile], list[Group]]:
        """Colour by the values of an indicator; values that cannot be compared get a mark instead of a shade."""
        told: dict[str, list[Row]] = {}
        for row in sorted(rows, key=lambda row: not row["comparable"]):
            told.setdefault(row["subject"], []).append(row)
        firsts = (own[0] for own in told.values())
        most = max((row["value"] for row in firsts if row["comparable"] and _is_number(row["value"])), default=0)
        tiles = [self._measured(one["id"], one["name"], told.get(one["id"], []), most) for one in provinces]
        warned = Group(WARNED, (WARNED,), self._words("not_comparable"), _looking(tiles, WARNED), detailed=True)
        shown = [group for group in (*self._steps(tiles, detailed=True), warned) if group.tiles]
        return tiles, [*shown, self._silent(tiles, self._words("not_stated"))]

    def _measured(self, id: str, name: str, rows: list[Row], most: float) -> Tile:
        if not rows:
            return Tile(id, name, words=self._words("not_stated"))
        first = rows[0]
        value = first["value"]
        shown = short_number(value, self._labels.language) if _is_number(value) else str(value)
        look = _shade(value, most) if first["comparable"] and _is_number(value) else WARNED
        return Tile(
            id,
            name,
            look,
            (WARNED,) if look == WARNED else (),
            SIGNS.get(first["comparator"], "") + shown,
            str(first["period"] or first["as_of"] or "")[:4],
            "; ".join(map(self._value_words, rows)),
            value if _is_number(value) else 0,
        )

    def _value_words(self, row: Row) -> str:
        labels, language = self._labels, self._labels.language
        value = number(row["value"], language) if _is_number(row["value"]) else str(row["value"])
        comparator = "" if row["comparator"] == "=" else labels.term(labels.schema.comparators, row["comparator"]) + " "
        unit = "" if row["unit"] == "count" else " " + labels.term(labels.schema.units, row["unit"])
        when = f", {date(row['period'], language)}" if row["period"] else ""
        if not when and row["as_of"]:
            when = f", {self._words('as_of')} {date(row['as_of'], language)}"
        notes = ", ".join(caution(note, self._words, labels) for note in row["caution"])
        return f"{comparator}{value}{unit}{when}" + (f" ({notes})" if notes else "")

    def _look_label(self, look: str) -> str:
        schema = self._labels.schema
        return self._labels.term(schema.implementations if look in schema.implementations else schema.statuses, look)

    def _steps(self, tiles: list[Tile], *, detailed: bool = False) -> list[Group]:
        """Return the shades that occur, darkest first, each labelled with the range of its values."""
        groups: list[Group] = []
        for step in range(STEPS, 0, -1):
            found = sorted(_looking(tiles, f"shade-{step}"), key=lambda tile: -tile.value)
            span = dict.fromkeys(short_number(tile.value, self._labels.language) for tile in (found[-1:] + found[:1]))
            groups.append(Group(f"shade-{step}", (), "–".join(span), found, detailed))
        return [group for group in groups if group.tiles]

    def _silent(self, tiles: list[Tile], label: str) -> Group:
        return Group(NONE, (), label, _looking(tiles, NONE))


def _look(status: str, tie: str | None) -> str:
    return tie if tie and status in DONE else status


def _looking(tiles: Iterable[Tile], look: str) -> list[Tile]:
    return [tile for tile in tiles if tile.look == look]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _shade(value: float, most: float) -> str:
    """Return the CSS class of a value: its share of the maximum in `SHADES` steps."""
    return f"shade-{next(step for step in range(1, STEPS + 1) if step == STEPS or value <= most * step / STEPS)}"


RANKING = "indicator_ranking"
COLUMNS = (POLICY, "vc_fund", "st_fund", "innovation_centre")
"""Columns of the matrix that can colour the map."""
USUAL = "vc_fund"


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
    chosen: Choice
    tiles: list[Tile]
    groups: list[Group]
    told_by: tuple[str, dict[str, str]]
    elsewhere: int = 0

    @property
    def placed(self) -> list[Tile]:
        """Tiles with a position in reading order: rows from north to south, each from west to east."""
        return sorted((tile for tile in self.tiles if tile.place), key=lambda tile: tile.place or (0, 0))

    @property
    def counted(self) -> bool:
        """True if the tiles show numbers."""
        return any(tile.text for tile in self.tiles)

    @property
    def others(self) -> list[Tile]:
        """Tiles without a position."""
        return [tile for tile in self.tiles if not tile.place]


def tile_map(service: Service, colour: str, language: str) -> TileMap | None:
    """Return the map for the choice `colour` (empty for the default), or None if the catalogue lacks its queries."""
    if not {MATRIX, FACTS, RANKING} <= service.queries.keys():
        return None
    words = Words(language)
    indicators = service.once_a_release(
        "shared_indicators", lambda: [row["indicator"] for row in service.graph.shared_indicators()]
    )
    choices = [Choice(key, words(f"instrument_{key}")) for key in COLUMNS]
    choices += [
        Choice("facts", words("colour_facts")),
        *(Choice(key, capital(words.indicator(key))) for key in indicators),
    ]
    value_of("colour", colour or None, [choice.key for choice in choices])
    chosen = next(choice for choice in choices if choice.key == (colour or USUAL))
    make = {"facts": _facts} | dict.fromkeys(COLUMNS, _instrument)
    return make.get(chosen.key, _indicator)(service, choices, chosen, Colouring(Labels(service.schema, language)))


def _instrument(service: Service, choices: list[Choice], chosen: Choice, colouring: Colouring) -> TileMap:
    tiles, groups = colouring.instrument(province_rows(service), chosen.key)
    return TileMap(choices, chosen, tiles, groups, (MATRIX, {}))


def _facts(service: Service, choices: list[Choice], chosen: Choice, colouring: Colouring) -> TileMap:
    tiles, groups = colouring.facts(provinces_of_today(service))
    return TileMap(choices, chosen, tiles, groups, (FACTS, {}))


def _indicator(service: Service, choices: list[Choice], chosen: Choice, colouring: Colouring) -> TileMap:
    given = {"indicator": chosen.key}
    result = service.graph.query(RANKING, given)
    rows = result["rows"] + result["near_misses"]
    provinces = provinces_of_today(service)
    tiles, groups = colouring.indicator(provinces, rows)
    elsewhere = {row["subject"] for row in rows} - {province["id"] for province in provinces}
    return TileMap(choices, chosen, tiles, groups, (RANKING, given), len(elsewhere))
