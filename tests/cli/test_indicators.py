from pathlib import Path

from tests.support.cli import run_command
from vnkg.graph.model.schema import BETTER, schema


def test_the_registry_of_indicators_is_listed_without_an_engine(tmp_path: Path) -> None:
    result = run_command(tmp_path / "data", "indicators")
    assert (result.code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    registry = schema().indicators
    assert [line.split()[0] for line in lines if not line.startswith(" ")] == list(registry)
    for key, indicator in registry.items():
        start = lines.index(f"{key}  {indicator.en} · {indicator.vi}")
        details = " ".join(lines[start + 1 : start + 4])
        assert f"{indicator.unit} (" in details
        assert indicator.definition in " ".join(lines[start : start + 4])
    assert not (tmp_path / "data").exists()


def test_json_has_every_field_of_each_indicator(tmp_path: Path) -> None:
    data = run_command(tmp_path, "indicators", "--json").data
    assert [item["key"] for item in data] == list(schema().indicators)
    for item in data:
        assert list(item) == ["key", "en", "vi", "definition", "definition_vi", "unit", "better"]
        assert all(item.values())
        assert item["better"] in BETTER
        indicator = schema().indicators[item["key"]]
        assert (item["en"], item["unit"], item["better"]) == (indicator.en, indicator.unit, indicator.better)
