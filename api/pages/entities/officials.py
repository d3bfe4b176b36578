"""The officials of the agencies of a province: they are two edges away, yet readers look for them first."""

from collections.abc import Iterator
from dataclasses import dataclass

from ....graph.model.folding import fold
from ....graph.model.objects import DisagreementJson, Row
from ....graph.reader.objects import EntityDetails
from ...presenters.truncated import TruncatedList, truncate
from ...service.service import Service
from .evidence_budget import StatementIds
from .lines import PageLines

OFFICIALS_QUERY = "agency_heads"
MAX_AGENCIES = 6
SCIENCE_DEPARTMENT = "khoa hoc va cong nghe"
"""What the folded name of a department of science and technology contains, as in the query `not_stated`."""


@dataclass(frozen=True, slots=True)
class Official:
    """A row of the query for officials, as a line of the page."""

    row: Row
    evidence_key: StatementIds
    disagreements: list[DisagreementJson]

    @property
    def holds_office(self) -> bool:
        """True unless the role is past, disputed or known only from the context."""
        return "in_office" not in self.row.get("fails", ())


def read_officials(service: Service, entity: EntityDetails) -> list[Row]:
    """Return the officials of the agencies that are part of a province, those of its science department first."""
    if entity["type"] != "Province" or OFFICIALS_QUERY not in service.queries:
        return []
    agencies = [
        edge["neighbour"]
        for edge in entity["edges"]
        if (edge["predicate"], edge["direction"], edge["neighbour"]["type"]) == ("PART_OF", "in", "Agency")
        and edge["holds"]
    ]
    agencies.sort(key=lambda agency: (SCIENCE_DEPARTMENT not in fold(agency["name"]), agency["id"]))
    return [row for agency in agencies[:MAX_AGENCIES] for row in _rows(service, agency["id"])]


def officials_of(rows: list[Row], lines: PageLines) -> TruncatedList[Official]:
    """Return the officials as lines of the page."""
    listed = truncate(rows, lines.limit)
    officials = [Official(row, *lines.add(row["statements"], f"o{i}")) for i, row in enumerate(listed, 1)]
    return TruncatedList(officials, listed.left_out)


def _rows(service: Service, agency: str) -> Iterator[Row]:
    result = service.graph.query(OFFICIALS_QUERY, {"agency": agency})
    yield from (row for row in (*result["rows"], *result["near_misses"]) if row["person"])
