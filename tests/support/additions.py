"""One query, type, kind, status, page, export and article, added to a checkout where CONTRIBUTING.md says.

The query is the example of CONTRIBUTING.md, the additions to `schema.yaml` are below, all else is in
`tests/fixtures/additions`, in the folders in which it belongs.
"""

import re
import shutil
from pathlib import Path

QUERY, PAGE, EXPORT, ARTICLE = "funds_of_a_kind", "/awards", "names_csv", "article:005"
NODE_TYPE, EDGE_TYPE, KIND, STATUS = "Award", "FOUNDED", "seed", "prepared"
ENTITIES = ("award:hue-innovation", "award:hue-young-scientists", "fund:hue-seed", "agency:hue-dost")
"""The entities that the article adds."""
STATEMENTS = ("statement:005-seed-fund", "statement:005-award-founded")
SCHEMA_INSERTIONS = (
    (
        "  planned:     {en: planned,",
        "  prepared:    {en: being prepared, vi: đang chuẩn bị, group: planned, tone: plan, symbol: ◍, line: dashed, "
        "help: it is being prepared; it does not exist}\n",
    ),
    (
        "  Article:\n    prefix: article\n",
        "  Award:\n"
        "    prefix: award\n"
        "    en: Award\n"
        "    vi: Giải thưởng\n"
        "    help: a prize that is given again and again\n"
        "    color: '#882255'\n"
        "    shape: star\n"
        "    schema_org: Thing\n"
        "    comparable: true\n"
        "    has_status: true\n"
        "    properties:\n"
        "      kind: {type: string, en: kind, vi: loại, values: {prize: {en: prize, vi: giải}}}\n",
    ),
    (
        "  PUBLISHED:\n",
        "  FOUNDED:\n"
        "    en: founded\n"
        "    vi: sáng lập\n"
        "    from: [Person, Agency, Province, Organisation]\n"
        "    to: [Award]\n"
        "    statuses: [prepared, existing, past]\n"
        "    qualifiers:\n"
        "      role: {type: string, en: role, vi: vai trò}\n",
    ),
    ("          co_investment: {en:", "          seed: {en: seed fund, vi: quỹ mồi}\n"),
)
"""Text to insert into the schema, each before the line that begins with another text."""
SCHEMA_REPLACEMENTS = (
    ("approved, planned, considered,", "approved, planned, prepared, considered,"),
    ("to: [Fund, Centre, Programme, Policy, Model]", "to: [Fund, Centre, Programme, Policy, Model, Award]"),
    ("statuses: [considered, planned, approved,", "statuses: [considered, prepared, planned, approved,"),
)
"""Texts of the schema to replace wherever they occur: the orders of the statuses, and the edge types to extend."""


def add_everything(checkout: Path, fixtures: Path) -> None:
    """Add one of each to a checkout; `fixtures` is the folder `tests/fixtures/additions`."""
    for folder in ("api", "graph", "loaders"):
        shutil.copytree(fixtures / folder, checkout / folder, dirs_exist_ok=True)
    query_file = checkout / "queries" / f"{QUERY}.cypher"
    query_file.write_text(example_query(checkout / "CONTRIBUTING.md"), encoding="utf-8")
    schema_file = checkout / "graph" / "model" / "schema.yaml"
    text = schema_file.read_text(encoding="utf-8")
    for line, insertion in SCHEMA_INSERTIONS:
        assert text.count(line) == 1, line
        text = text.replace(line, insertion + line)
    for old, new in SCHEMA_REPLACEMENTS:
        assert old in text, old
        text = text.replace(old, new)
    schema_file.write_text(text, encoding="utf-8")


def example_query(contributing: Path) -> str:
    """Return the query file that CONTRIBUTING.md shows."""
    text = contributing.read_text(encoding="utf-8").partition("## Add a query")[2]
    example = re.search(r"^```\n(/\*\n.*?)^```$", text, re.DOTALL | re.MULTILINE)
    assert example
    return example[1]
