"""Files of facts with random damage are read or refused, with file and line: no other exception, no hang."""

import tempfile
import time
from pathlib import Path

import hypothesis
from hypothesis import strategies as st

from tests.support.facts_folder import ARTICLE, REFERENCE
from tests.support.requirements import torture_count
from vnkg.graph.errors import FactsError
from vnkg.graph.model.merge import merge
from vnkg.graph.model.schema import schema
from vnkg.loaders import read_facts

HANG_SECONDS = 60
PIECES = (
    "&a ", "*a", "<<: *a", "!!python/object/apply:os.system ['true']", "!!binary aGk=", "!!set {a, b}", "!x ", "? ", ": ", "- ",
    "{", "}", "[", "]", ",", "|\n", ">\n", "---\n", "...\n", "%YAML 1.1\n", "\t", "\r", "\x00", "\x1b", "\u2028", "\ufeff", "\ud800",
    "~", "null", "true", "on", ".nan", ".inf", "-.inf", "0x1F", "0o17", "1_000", "1:30", "2025-02-30", "9" * 30, "9" * 5_000, "1e999",
    "[" * 300, "{a: " * 300, "province:aaa", "fund:ccc", "existing", "''", '"', "#", "id", "sentences", "statements", "ừ" * 50,
)  # fmt: skip


@st.composite
def damage(draw: st.DrawFn, text: str) -> bytes:
    """The text with lines removed, repeated or moved, pieces put in or over, and perhaps cut."""
    lines = text.splitlines(keepends=True)
    for _ in range(draw(st.integers(0, 3))):
        number = draw(st.integers(0, len(lines) - 1))
        change = draw(st.sampled_from(["remove", "repeat", "move"]))
        line = lines.pop(number) if change != "repeat" and len(lines) > 1 else lines[number]
        if change != "remove":
            lines.insert(draw(st.integers(0, len(lines))), line)
    text = "".join(lines)
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(text)))
        piece = draw(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)))
        text = text[:start] + piece + text[start + draw(st.integers(0, 12)) :]
    content = text.encode(draw(st.sampled_from(["utf-8", "utf-8", "utf-8", "utf-16"])), "surrogatepass")
    if draw(st.integers(0, 9)) == 0:
        content = content[: draw(st.integers(0, len(content)))] + draw(st.binary(max_size=8))
    return content


@hypothesis.settings(max_examples=torture_count(50), suppress_health_check=list(hypothesis.HealthCheck))
@hypothesis.given(damage(ARTICLE), damage(REFERENCE) | st.just(REFERENCE.encode()))
def test_a_damaged_file_is_read_or_refused(article: bytes, reference: bytes) -> None:
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "reference.yaml").write_bytes(reference)
        Path(folder, "article.yaml").write_bytes(article)
        try:
            merge(read_facts(base=Path(folder)), schema())
        except FactsError as error:
            assert error.problems
            assert {problem.file for problem in error.problems} <= {"reference.yaml", "article.yaml"}
    assert time.monotonic() - start < HANG_SECONDS
