"""The settings: their defaults, and how the environment variables are read."""

from pathlib import Path

import pytest

from vnkg.graph.errors import InputError
from vnkg.graph.settings import Settings
from vnkg.loaders.database import read_settings


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VNKG_ARTICLES", raising=False)


def test_without_variables_every_setting_has_its_documented_value() -> None:
    settings = read_settings()
    assert {name: value for name, value in settings if name != "neo4j_password"} == {
        "data": Path(".vnkg"),
        "articles": None,
        "engine_memory": "512m",
        "query_timeout": 15.0,
        "request_timeout": 20.0,
        "connect_timeout": 4.0,
        "load_batch": 10_000,
        "cache": True,
        "access_log": False,
        "cache_megabytes": 64,
        "public_url": "",
        "max_sockets": 512,
        "rate_limit": 20.0,
        "rate_burst": 100,
        "trusted_proxies": "",
        "neo4j_uri": None,
        "neo4j_username": "neo4j",
        "neo4j_auth_file": None,
        "neo4j_database": "neo4j",
    }
    assert settings.neo4j_password.get_secret_value() == ""
    assert settings.cache_folder == Path(".vnkg/cache")


def test_a_folder_of_texts_given_to_a_command_is_preferred_to_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VNKG_ARTICLES", "texts")
    assert read_settings().articles == Path("texts")
    assert read_settings(Path("other")).articles == Path("other")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("VNKG_QUERY_TIMEOUT", "0"),
        ("VNKG_CONNECT_TIMEOUT", "0"),
        ("VNKG_LOAD_BATCH", "0"),
        ("VNKG_CACHE_MEGABYTES", "0"),
        ("VNKG_ENGINE_MEMORY", "512"),
        ("VNKG_ENGINE_MEMORY", "512mb"),
        ("VNKG_ENGINE_MEMORY", "-Xmx1g"),
        ("VNKG_PUBLIC_URL", "https://vnkg.example/path"),
    ],
)
def test_a_value_out_of_range_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(InputError, match=f"^{name}: found '{value}'; "):
        read_settings()


def test_every_wrong_value_is_named_and_an_empty_one_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"VNKG_LOAD_BATCH": "-1", "VNKG_CACHE": "perhaps", "VNKG_DATA": ""}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(InputError) as refused:
        read_settings()
    assert [line.partition(":")[0] for line in str(refused.value).splitlines()] == ["VNKG_LOAD_BATCH", "VNKG_CACHE"]


@pytest.mark.parametrize("memory", ["1g", "2048m"])
def test_memory_is_given_as_java_writes_it(memory: str) -> None:
    assert Settings(engine_memory=memory).engine_memory == memory


def test_user_and_password_are_read_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "auth").write_text("reader/one/two\n", encoding="utf-8")
    monkeypatch.setenv("NEO4J_PASSWORD", "other")
    monkeypatch.setenv("NEO4J_AUTH_FILE", str(tmp_path / "auth"))
    settings = read_settings()
    assert (settings.neo4j_username, settings.neo4j_password.get_secret_value()) == ("reader", "one/two")


@pytest.mark.parametrize("content", [None, b"secret", b"/secret", b"reader/", b"", b"\xff/secret"])
def test_a_wrong_file_of_user_and_password_is_refused_without_its_content(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / "auth").write_bytes(content)
    monkeypatch.setenv("NEO4J_AUTH_FILE", str(tmp_path / "auth"))
    with pytest.raises(InputError, match=r"^NEO4J_AUTH_FILE: .*expected one line, user/password$") as refused:
        read_settings()
    assert "secret" not in str(refused.value)
