"""The tile map of the start page: what it can be coloured by, and the tiles of one choice."""

from dataclasses import dataclass

from vnkg.api.checks import value_of
from vnkg.api.labels import Labels
from vnkg.api.language import capital
from vnkg.api.matrix import FACTS, POLICY, province_rows, provinces_of_today
from vnkg.api.matrix import QUERY as MATRIX
from vnkg.api.service import Service
from vnkg.api.tiles import Colouring, Group, Tile
from vnkg.api.words import Words

RANKING = "indicator_ranking"
COLUMNS = (POLICY, "vc_fund", "st_fund", "innovation_centre")
"""Columns of the matrix by which the map can be coloured."""
USUAL = "vc_fund"


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to colour the map by."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class TileMap:
    """The map as one choice colours it; `told_by` is the query behind it, with what it is given."""

    choices: list[Choice]
    chosen: Choice
    tiles: list[Tile]
    groups: list[Group]
    told_by: tuple[str, dict[str, str]]
    elsewhere: int = 0

    @property
    def placed(self) -> list[Tile]:
        """Tiles that have a place, as one reads: from the north down, each row from the west."""
        return sorted((tile for tile in self.tiles if tile.place), key=lambda tile: tile.place or (0, 0))

    @property
    def counted(self) -> bool:
        """Whether the tiles show numbers."""
        return any(tile.text for tile in self.tiles)

    @property
    def others(self) -> list[Tile]:
        """Tiles without a place."""
        return [tile for tile in self.tiles if not tile.place]


def tile_map(service: Service, colour: str, language: str) -> TileMap | None:
    """Return the map as coloured by what was chosen; none where the catalogue lacks the queries for it."""
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
