"""How to cite a page: a line to read and a BibTeX entry."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ....graph.model.release import LICENCE
from ...i18n.language import format_date
from ...i18n.words import Words

_SPECIAL = str.maketrans(
    {char: f"\\{char}" for char in "&%$#_{}"} | {"\\": r"\textbackslash{}", "~": r"\~{}", "^": r"\^{}"}
)


@dataclass(frozen=True, slots=True)
class Citation:
    """The citation of a page: a line in three parts and a BibTeX entry.

    The title is a part of its own, because it may be in another language than the line and is marked up so.
    """

    prefix: str
    title: str
    suffix: str
    bibtex: str

    @property
    def line(self) -> str:
        """The whole line."""
        return f"{self.prefix}{self.title}{self.suffix}"


def citation(title: str, address: str, release: Mapping[str, Any], language: str) -> Citation:
    """Return how to cite a page: title, release, date of the data, address and licence."""
    name, day = str(release["release"]), str(release["data_date"])
    display_title = title.rstrip(".")
    prefix, suffix = Words(language)(
        "entity_cite_line",
        title="\0",
        release=name,
        date=format_date(day, language),
        address=address,
        licence=LICENCE,
    ).split("\0")
    slug = re.sub(r"[^a-z0-9]+", "-", address.rpartition("/")[2].lower()).strip("-")
    fields = {
        "title": title,
        "author": "{The VNKG authors}",
        "year": day[:4],
        "howpublished": f"VNKG, the knowledge graph of Vietnam's innovation actors, release {name}",
        "note": f"Data to {day}; {LICENCE}",
        "url": address,
    }
    entry = [
        f"  {key} = {{{value if key in ('author', 'url') else value.translate(_SPECIAL)}}}"
        for key, value in fields.items()
    ]
    return Citation(prefix, display_title, suffix, f"@misc{{vnkg-{slug},\n" + ",\n".join(entry) + "\n}")
