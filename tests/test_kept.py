"""What is kept of long computations: found again by another process, and never in the way."""

import logging
from pathlib import Path

import pytest

from tests.pictures import many, small
from vnkg.graph import disk_cache as kept
from vnkg.graph.disk_cache import Kept
from vnkg.graph.model.schema import schema
from vnkg.graph.pictures import page as picture
from vnkg.graph.pictures.from_graph import picture_of
from vnkg.graph.pictures.layout import placement as layout
from vnkg.graph.pictures.layout.cache import Layouts


def test_a_value_outlives_the_process_that_kept_it(tmp_path: Path) -> None:
    Kept(tmp_path / "kept").put("a key", [1, "hai"])
    assert Kept(tmp_path / "kept").get("a key") == [1, "hai"]
    assert Kept(tmp_path / "kept").get("another") is None


def test_what_is_not_written_is_remembered_only(tmp_path: Path) -> None:
    first = Kept(tmp_path / "kept")
    first.put("a key", 1, write=False)
    assert first.get("a key") == 1
    assert Kept(tmp_path / "kept").get("a key") is None


def test_the_oldest_files_make_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "WRITTEN", 3)
    monkeypatch.setattr(kept, "REMEMBERED", 2)
    values = Kept(tmp_path)
    for number in range(6):
        values.put(f"key {number}", number)
    assert len(list(tmp_path.iterdir())) == 3
    assert values.get("key 0") is None
    assert values.get("key 5") == 5


def test_a_file_that_was_torn_is_as_good_as_none(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    Kept(tmp_path).put("a key", [1, 2, 3])
    (file,) = tmp_path.iterdir()
    file.write_text("[1, 2", encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        assert Kept(tmp_path).get("a key") is None
    assert str(file) in caplog.text


def test_where_nothing_can_be_written_values_are_remembered(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    taken = tmp_path / "file"
    taken.write_text("no folder", encoding="utf-8")
    values = Kept(taken / "kept")
    with caplog.at_level(logging.WARNING):
        values.put("a key", 1)
    assert values.get("a key") == 1
    assert "nothing can be kept there" in caplog.text


def test_places_that_are_kept_are_those_computed(tmp_path: Path) -> None:
    for rows in (small(), many(240)):
        made = picture_of(rows, schema())
        plain = picture.svg(made, schema())
        assert [picture.svg(made, schema(), place=Layouts(Kept(tmp_path)).place) for _ in range(2)] == [plain, plain]
    assert len(list(tmp_path.iterdir())) == 1  # only the big one is worth a file


def test_places_are_computed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = picture_of(many(240), schema())
    picture.lay_out(many(240), schema(), Layouts(Kept(tmp_path)).place)
    monkeypatch.setattr(layout, "place", lambda *_, **__: pytest.fail("computed again"))
    assert "<svg" in picture.svg(made, schema(), "vi", place=Layouts(Kept(tmp_path)).place)
