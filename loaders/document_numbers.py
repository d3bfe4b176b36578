"""Parse the numbers of Vietnamese documents into family, type and issuer, by the rules of a reference table."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..graph.model.folding import fold

_STATE = re.compile(r"^(\d+)/(?:(\d{4})/)?([^\W\d_]+)-([^\W\d_]+)$")
_PARTY = re.compile(r"^(\d+)-([^\W\d_]+)/([^\W\d_]+)$")
_ASSEMBLY = re.compile(r"^(\d+)/(\d{4})/(?:([^\W\d_]+)-)?((?:UBTV)?QH\d+)$")
_INCOMPLETE = re.compile(r"^(\d+)/(\d{4})$")


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """The parts of a document number; None for a part that the number does not contain.

    `family` is `assembly`, `party`, `normative`, `single case` or `incomplete`; `number` is the running number.
    """

    family: str
    number: int
    year: int | None = None
    type: str | None = None
    issuer: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentNumberRules:
    """Document types and issuers by abbreviation, as the reference table lists them.

    Abbreviations also match without diacritics (QD for QĐ), as translations write them.
    """

    types: Mapping[str, Mapping[str, Any]]
    issuers: Mapping[str, Mapping[str, Any]]

    def policy_kind(self, number: DocumentNumber) -> str | None:
        """Return the kind of policy that a number's type stands for, or None if the number has no type."""
        return str(self.types[number.type]["kind"]) if number.type else None

    def parse(self, text: str) -> DocumentNumber | None:
        """Parse a document number; None if it matches no rule of the table.

        >>> DocumentNumberRules({"NQ": {"kind": "resolution"}}, {"TW": {}}).parse("57-NQ/TW")
        DocumentNumber(family='party', number=57, year=None, type='NQ', issuer='TW')
        """
        if match := _ASSEMBLY.match(text):
            return DocumentNumber("assembly", int(match[1]), int(match[2]), _find_key(match[3], self.types), match[4])
        if match := _INCOMPLETE.match(text):
            return DocumentNumber("incomplete", int(match[1]), int(match[2]))
        if match := _STATE.match(text):
            year, parts = match[2], (match[3], match[4])
        elif match := _PARTY.match(text):
            year, parts = None, (match[2], match[3])
        else:
            return None
        kind, issuer = _find_key(parts[0], self.types), _find_key(parts[1], self.issuers)
        if kind is None or issuer is None:
            return None
        family = "party" if _PARTY.match(text) else "normative" if year else "single case"
        return DocumentNumber(family, int(match[1]), int(year) if year else None, kind, issuer)


def _find_key(text: str | None, table: Mapping[str, Any]) -> str | None:
    if text is None or text in table:
        return text
    return next((key for key in table if fold(key) == fold(text)), None)
