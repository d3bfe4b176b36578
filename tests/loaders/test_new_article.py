import hashlib
from pathlib import Path

import pytest

from tests.support.facts_folder import LINE
from vnkg.graph.errors import FactsError, InputError
from vnkg.graph.model.facts import EntityRecord, Name, passage_hash
from vnkg.loaders import read_facts, skeleton

KNOWN_ENTITIES = [EntityRecord("province:aaa", "Province", "Aaa", (Name("Aaa", "vi"),))]


def test_a_skeleton_has_every_sentence_with_hash_and_known_names_and_no_sentence_itself(tmp_path: Path) -> None:
    path = tmp_path / "905_x.txt"
    path.write_text(LINE + "\n\nThird one here is long.\n", encoding="utf-8")
    made = skeleton(path, KNOWN_ENTITIES)
    assert [line.split()[2] for line in made.splitlines() if "- at:" in line] == ["1:0-17", "1:18-30", "3:0-23"]
    assert "mentions: {province:aaa: [0-3]}" in made
    assert "Aaa plans a …" in made
    assert "Aaa plans a fund" not in made


def test_an_unfilled_skeleton_is_refused_sentence_by_sentence(tmp_path: Path) -> None:
    path = tmp_path / "905_x.txt"
    path.write_text(LINE, encoding="utf-8")
    (tmp_path / "905.yaml").write_text(skeleton(path), encoding="utf-8")
    with pytest.raises(FactsError) as caught:
        read_facts(base=tmp_path)
    assert str(caught.value).count("neither statements nor 'none'") == 2


def test_a_filled_skeleton_is_read_and_its_passages_match(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "905_x.txt").write_text(LINE, encoding="utf-8")
    text = skeleton(texts / "905_x.txt")
    for key, value in (("name", "Test"), ("language", "en"), ("origin", "test")):
        text = text.replace(f"  {key}: ''", f"  {key}: {value}", 1)
    for key in ("published", "published_basis", "publisher", "url"):
        text = "".join(line for line in text.splitlines(True) if not line.startswith(f"  {key}: ''"))
    text = text.replace("    statements: []", "    none: a test")
    facts = tmp_path / "facts"
    facts.mkdir()
    (facts / "905.yaml").write_text(text, encoding="utf-8")
    assert len(read_facts(base=facts, texts_folder=texts).sentences) == 2


@pytest.mark.parametrize(("name", "message"), [("x.txt", "article's number"), ("905_no.txt", "no such file")])
def test_a_wrong_text_file_is_refused(tmp_path: Path, name: str, message: str) -> None:
    if name == "x.txt":
        (tmp_path / name).write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match=message):
        skeleton(tmp_path / name)


def test_each_sentence_has_its_own_names_and_its_first_words(tmp_path: Path) -> None:
    path = tmp_path / "1905.txt"
    text = "Aaa met Aaa. See https://x.vn/a bee. One Aaa two."
    path.write_text(f"{text}\n", encoding="utf-8")
    made = skeleton(path, KNOWN_ENTITIES)
    assert "  id: article:1905\n" in made
    assert f"  sha256: {hashlib.sha256(path.read_bytes()).hexdigest()}\n" in made
    assert made[made.index("sentences:\n") :].replace(" " * 4, "\t") == (
        f"""sentences:
  - at: 1:0-12   # Aaa met Aaa.
\tsha256: {passage_hash(text[:12])}
\tmentions: {{province:aaa: [0-3, 8-11]}}
\tstatements: []
  - at: 1:13-36   # See bee.
\tsha256: {passage_hash(text[13:36])}
\tstatements: []
  - at: 1:37-49   # One Aaa two.
\tsha256: {passage_hash(text[37:])}
\tmentions: {{province:aaa: [41-44]}}
\tstatements: []
...
"""
    )
