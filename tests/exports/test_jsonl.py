"""The release files on disk."""

import hashlib
import json
import random
from pathlib import Path
from typing import Any

import pytest

from vnkg.graph.errors import InputError, VnkgError
from vnkg.graph.exports import jsonl
from vnkg.graph.model.facts import Facts
from vnkg.graph.model.merge import merge
from vnkg.graph.model.release import Release
from vnkg.graph.model.schema import schema
from vnkg.loaders import read_facts

FIELDS = {
    "entities.jsonl": {"id", "type", "labels", "name", "names"},
    "statements.jsonl": {"id", "kind", "subject", "basis", "gloss"},
    "edges.jsonl": {
        "subject", "predicate", "object", "status", "basis", "as_of", "statements", "articles", "origins",
    },
    "disagreements.jsonl": {"id", "kind", "about", "readings"},
    "mentions.jsonl": {"article", "entity", "line", "start", "end"},
}  # fmt: skip
"""Keys that every object of a file has."""
LOCATOR = {"article", "line", "start", "end", "sha256"}


@pytest.fixture(scope="module")
def facts() -> Facts:
    return read_facts()


@pytest.fixture(scope="module")
def release(facts: Facts) -> Release:
    return merge(facts, schema())


@pytest.fixture
def export_folder(release: Release, tmp_path: Path) -> Path:
    jsonl.write(release, tmp_path / "export")
    return tmp_path / "export"


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("name", FIELDS)
def test_every_object_holds_the_fields_of_its_file(export_folder: Path, name: str) -> None:
    found = lines(export_folder / name)
    assert found
    for item in found:
        assert FIELDS[name] <= item.keys(), item


def test_every_statement_has_a_passage_or_a_named_reference_source(export_folder: Path) -> None:
    for item in lines(export_folder / "statements.jsonl"):
        assert item.keys() >= LOCATOR or {"source", "checked_on"} <= item.keys(), item
        assert {"relation": "predicate", "measurement": "indicator", "claim": "claim_type"}[item["kind"]] in item


def test_files_are_sorted_and_end_each_line(export_folder: Path) -> None:
    for name in ("entities.jsonl", "statements.jsonl", "disagreements.jsonl"):
        ids = [item["id"] for item in lines(export_folder / name)]
        assert ids == sorted(ids)
    assert all(data.endswith(b"\n") and b"\r" not in data for data in contents(export_folder).values() if data)


def test_the_manifest_has_the_hash_and_the_size_of_every_other_file(export_folder: Path, release: Release) -> None:
    manifest = json.loads((export_folder / "manifest.json").read_text(encoding="utf-8"))
    found = contents(export_folder)
    del found["manifest.json"]
    assert manifest["release"] == release.id
    assert manifest["files"].keys() == found.keys()
    for name, data in found.items():
        assert manifest["files"][name] == {
            "sha256": hashlib.sha256(data).hexdigest(),
            "bytes": len(data),
            "lines": data.count(b"\n"),
        }


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_facts_does_not_change_a_byte(
    facts: Facts, export_folder: Path, tmp_path: Path, seed: int
) -> None:
    shuffle = random.Random(seed)

    def shuffle_items(items: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(shuffle.sample(items, len(items)))

    other = Facts(*(shuffle_items(getattr(facts, name)) for name in Facts.__slots__))
    jsonl.write(merge(other, schema()), tmp_path / "other")
    assert contents(tmp_path / "other") == contents(export_folder)


def test_the_returned_manifest_describes_the_files(release: Release, tmp_path: Path) -> None:
    paths = jsonl.write(release, tmp_path / "new" / "export")
    assert [path.name for path in paths][-1] == "manifest.json"
    assert {path.name for path in paths} == contents(tmp_path / "new" / "export").keys()
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["export"]


def test_an_earlier_export_is_replaced_entirely(export_folder: Path, release: Release) -> None:
    good = contents(export_folder)
    manifest = json.loads(good["manifest.json"])
    manifest["files"]["old.jsonl"] = {}
    (export_folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (export_folder / "old.jsonl").write_text("{}\n", encoding="utf-8")
    (export_folder / "edges.jsonl").write_text("damaged", encoding="utf-8")
    jsonl.write(release, export_folder)
    assert contents(export_folder) == good


def test_an_empty_folder_is_filled(export_folder: Path, release: Release, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    jsonl.write(release, tmp_path / "empty")
    assert contents(tmp_path / "empty") == contents(export_folder)


def test_an_export_through_a_link_replaces_the_folder_and_keeps_the_link(
    export_folder: Path, release: Release, tmp_path: Path
) -> None:
    good = contents(export_folder)
    (export_folder / "edges.jsonl").write_text("damaged", encoding="utf-8")
    (tmp_path / "link").symlink_to(export_folder)
    jsonl.write(release, tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert contents(export_folder) == good


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["notes.txt"], "holds 'notes.txt'; expected a new or empty folder"),
        (["zeta.txt", "notes.txt", "other.txt"], "holds 'notes.txt' and 2 more; expected a new or empty folder"),
    ],
)
def test_a_folder_with_other_files_is_refused_and_unchanged(
    export_folder: Path, release: Release, names: list[str], message: str
) -> None:
    for name in names:
        (export_folder / name).write_text("mine", encoding="utf-8")
    before = contents(export_folder)
    with pytest.raises(InputError, match=message):
        jsonl.write(release, export_folder)
    assert contents(export_folder) == before


@pytest.mark.parametrize("text", ['{"name": "an app"}', '["files"]', '{"files": null}', "no JSON", ""])
def test_a_folder_with_a_foreign_manifest_is_refused_and_unchanged(release: Release, tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"holds 'manifest.json'; expected"):
        jsonl.write(release, tmp_path)
    assert contents(tmp_path) == {"manifest.json": text.encode()}


def test_a_file_in_place_of_the_folder_is_refused(release: Release, tmp_path: Path) -> None:
    (tmp_path / "export").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="is a file"):
        jsonl.write(release, tmp_path / "export")
    with pytest.raises(VnkgError, match="export"):
        jsonl.write(release, tmp_path / "export" / "below")


def test_a_failed_export_leaves_the_earlier_one(
    export_folder: Path, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(export_folder)
    real = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.name == "mentions.jsonl":
            raise OSError(28, "No space left on device")
        return real(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(VnkgError, match="No space left on device"):
        jsonl.write(release, export_folder)
    assert contents(export_folder) == before
    assert [path.name for path in export_folder.parent.iterdir()] == ["export"]


def test_an_export_that_cannot_take_its_place_leaves_the_earlier_one(
    export_folder: Path, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(export_folder)
    real = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if path.name == "new":
            raise OSError(13, "Permission denied")
        return real(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(VnkgError, match="Permission denied"):
        jsonl.write(release, export_folder)
    assert contents(export_folder) == before
    assert [path.name for path in export_folder.parent.iterdir()] == ["export"]
