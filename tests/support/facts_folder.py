"""A small facts folder for the tests: one reference table, one article, and its text."""

from pathlib import Path

from vnkg.graph.model.facts import passage_hash

LINE = "Aaa plans a fund. Bbb has one."
FIRST_SENTENCE, SECOND_SENTENCE = LINE[:17], LINE[18:]
REFERENCE = """\
source: a table of the tests
checked_on: 2026-01-01
entities:
  - {id: province:aaa, name: Aaa, language: en}
  - {id: province:bbb, name: Bbb, language: en}
"""
ARTICLE = f"""\
article:
  id: article:900
  name: A test
  language: en
  published: 2025-12-12
  origin: test
  sha256: {"0" * 64}
entities:
  - {{id: fund:ccc, name: Ccc, kind: venture_capital, language: en}}
forms:
  province:aaa: [Aaa]
sentences:
  - at: 1:0-17
    sha256: {passage_hash(FIRST_SENTENCE)}
    mentions: {{province:aaa: [0-3]}}
    statements:
      - subject: province:aaa
        predicate: PLANS
        object: fund:ccc
        status: planned
        basis: stated
        gloss: A plan.
  - at: 1:18-30
    sha256: {passage_hash(SECOND_SENTENCE)}
    none: greeting
"""


def facts_folder(folder: Path, article: str = ARTICLE, reference: str = REFERENCE) -> Path:
    """Write the facts, each file with the line that ends it, and return their folder."""
    (folder / "articles").mkdir(parents=True)
    write_facts(folder / "articles" / "900.yaml", article)
    write_facts(folder / "table.yaml", reference)
    return folder


def write_facts(file: Path, text: str) -> None:
    """Write a file of facts with the line that ends it."""
    file.write_text(f"{text}...\n", encoding="utf-8")


def texts_folder(folder: Path, text: str = LINE) -> Path:
    """Write the article's text and return its folder."""
    folder.mkdir(parents=True)
    (folder / "900_test.txt").write_text(text, encoding="utf-8")
    return folder
