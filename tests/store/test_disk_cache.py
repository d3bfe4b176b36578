"""The disk cache: shared between processes, and never a cause of failure."""

import logging
import os
from pathlib import Path

import pytest

from tests.support.sample_neighbourhoods import random_graph, small_graph
from vnkg.graph import disk_cache as kept
from vnkg.graph.disk_cache import DiskCache
from vnkg.graph.model.schema import schema
from vnkg.graph.pictures import page as picture
from vnkg.graph.pictures.from_graph import build_picture
from vnkg.graph.pictures.layout import placement as layout
from vnkg.graph.pictures.layout.cache import LayoutCache


def test_a_value_outlives_the_process_that_cached_it(tmp_path: Path) -> None:
    DiskCache(tmp_path / "cache").store("a key", [1, "hai"])
    assert DiskCache(tmp_path / "cache").get("a key") == [1, "hai"]
    assert DiskCache(tmp_path / "cache").get("another") is None


def test_a_value_that_is_in_no_file_is_missing_without_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert [DiskCache(tmp_path).get("a key"), DiskCache().get("a key")] == [None, None]
    assert caplog.text == ""


def test_a_value_not_written_to_disk_is_cached_in_memory_only(tmp_path: Path) -> None:
    first = DiskCache(tmp_path / "cache")
    first.store("a key", 1, to_disk=False)
    assert first.get("a key") == 1
    assert DiskCache(tmp_path / "cache").get("a key") is None


def test_files_of_a_later_day_do_not_hide_a_new_value(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MAX_FILES", 2)
    cache = DiskCache(tmp_path / "cache")
    for number in range(2):
        cache.store(f"key {number}", number)
    for file in (tmp_path / "cache").iterdir():
        os.utime(file, (4e9, 4e9))  # written before the clock of the machine was set back
    cache.store("key x", 2)
    assert [cache.get(key) for key in ("key 0", "key 1", "key x")] == [0, 1, 2]
    assert len(list((tmp_path / "cache").iterdir())) == 2


def test_memory_holds_the_newest_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MAX_VALUES_IN_MEMORY", 2)
    values = DiskCache()
    for number in range(4):
        values.store(f"key {number}", number)
    assert [values.get(f"key {number}") for number in range(4)] == [None, None, 2, 3]


def test_the_oldest_files_are_evicted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MAX_FILES", 3)
    monkeypatch.setattr(kept, "MAX_VALUES_IN_MEMORY", 2)
    values = DiskCache(tmp_path)
    for number in range(6):
        values.store(f"key {number}", number)
    assert len(list(tmp_path.iterdir())) == 3
    assert values.get("key 0") is None
    assert values.get("key 5") == 5
    first, second, third = sorted(tmp_path.iterdir())
    for age, file in enumerate((third, second, first)):
        os.utime(file, (age, age))
    values.store("key 6", 6)
    assert {first, second} < set(tmp_path.iterdir())
    assert not third.exists()


def test_each_kind_of_key_has_its_own_files_to_keep(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path)
    cache.store("ranking 1", 1)
    for number in range(3):
        cache.write_file(f"names {number}", number, max_files=1)
    assert [DiskCache(tmp_path).get(key) for key in ("ranking 1", "names 1", "names 2")] == [1, None, 2]
    assert cache.read_file("names 2") == 2
    assert DiskCache().read_file("names 2") is None


@pytest.mark.parametrize("is_folder", [False, True])
def test_a_damaged_file_counts_as_missing(tmp_path: Path, caplog: pytest.LogCaptureFixture, is_folder: bool) -> None:
    DiskCache(tmp_path).store("a key", [1, 2, 3])
    (file,) = tmp_path.iterdir()
    if is_folder:
        file.unlink()
        file.mkdir()
    else:
        file.write_text("[1, 2", encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        assert DiskCache(tmp_path).get("a key") is None
    assert str(file) in caplog.text


def test_without_a_writable_folder_values_are_cached_in_memory(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    taken = tmp_path / "file"
    taken.write_text("no folder", encoding="utf-8")
    values = DiskCache(taken / "cache")
    with caplog.at_level(logging.WARNING):
        values.store("a key", 1)
    assert values.get("a key") == 1
    assert "nothing can be stored there" in caplog.text


def test_cached_positions_equal_computed_ones(tmp_path: Path) -> None:
    for rows in (small_graph(), random_graph(240)):
        made = build_picture(rows, schema())
        plain = picture.svg(made, schema())
        assert [picture.svg(made, schema(), layout=LayoutCache(DiskCache(tmp_path)).compute) for _ in range(2)] == [
            plain,
            plain,
        ]
    assert len(list(tmp_path.iterdir())) == 1  # only the big one is worth a file


def test_positions_are_computed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = build_picture(random_graph(240), schema())
    picture.precompute_layout(random_graph(240), schema(), LayoutCache(DiskCache(tmp_path)).compute)
    monkeypatch.setattr(layout, "compute_layout", lambda *_, **__: pytest.fail("computed again"))
    assert "<svg" in picture.svg(made, schema(), "vi", layout=LayoutCache(DiskCache(tmp_path)).compute)
