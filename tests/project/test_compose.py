"""docker-compose.yml, checked without Docker: against the Compose schema and the files and settings it names."""

import json
import re
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import validator_for

from tests.support.neo4j_server import CONF, VERSION
from vnkg.api.cli.main import main
from vnkg.graph.settings import Settings


@pytest.fixture(scope="module")
def compose(repository: Path) -> dict[str, Any]:
    return yaml.safe_load((repository / "docker-compose.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def dockerfile(compose: dict[str, Any]) -> list[list[str]]:
    """The lines of the inline Dockerfile, as words."""
    return [line.split() for line in compose["services"]["api"]["build"]["dockerfile_inline"].splitlines()]


@pytest.fixture(scope="module")
def validator() -> Validator:
    """A validator of the Compose specification's schema, which check-jsonschema ships."""
    folder = resources.files("check_jsonschema.builtin_schemas.vendor")
    schema = json.loads(folder.joinpath("compose-spec.json").read_text(encoding="utf-8"))
    return validator_for(schema)(schema)


def test_the_file_is_valid_against_the_compose_schema(compose: dict[str, Any], validator: Validator) -> None:
    validator.validate(compose)


def test_the_compose_schema_refuses_unknown_keys(compose: dict[str, Any], validator: Validator) -> None:
    compose = json.loads(json.dumps(compose))
    compose["services"]["api"]["port"] = "8000"
    with pytest.raises(ValidationError, match="port"):
        validator.validate(compose)


def test_the_api_is_given_only_settings_that_exist(compose: dict[str, Any]) -> None:
    known = {field.validation_alias or f"VNKG_{name.upper()}" for name, field in Settings.model_fields.items()}
    given = compose["services"]["api"]["environment"]
    assert set(given) <= known
    assert given["NEO4J_URI"] == "bolt://neo4j:7687"


def test_the_password_is_in_a_secret_file_only(compose: dict[str, Any], repository: Path) -> None:
    for service in compose["services"].values():
        assert service["secrets"] == ["neo4j_auth"]
        assert service["environment"]["NEO4J_AUTH_FILE"] == "/run/secrets/neo4j_auth"
        assert not {"NEO4J_AUTH", "NEO4J_PASSWORD"} & set(service["environment"])
    assert compose["secrets"] == {"neo4j_auth": {"file": "${NEO4J_AUTH_FILE:-./neo4j.auth}"}}
    assert "neo4j.auth" in (repository / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_the_containers_have_limits_and_few_rights(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert service["cap_drop"] == ["ALL"]
        assert service["mem_limit"]
        assert service["pids_limit"]
    api = compose["services"]["api"]
    assert api["read_only"] is True
    assert "cap_add" not in api
    assert any(Path(api["environment"]["VNKG_DATA"]).is_relative_to(folder) for folder in api["tmpfs"])


def test_images_have_exact_versions(compose: dict[str, Any], dockerfile: list[list[str]]) -> None:
    images = [compose["services"]["neo4j"]["image"], *(words[1] for words in dockerfile if words[0] == "FROM")]
    assert [image for image in images if not re.fullmatch(r"[a-z0-9]+:\d+\.\d+\.\d+-[a-z-]+", image)] == []


def test_neo4j_is_the_one_that_is_tested_with_the_same_settings(compose: dict[str, Any]) -> None:
    neo4j = compose["services"]["neo4j"]
    assert neo4j["image"] == f"neo4j:{VERSION}-community"
    tested = dict(line.split("=", 1) for line in CONF.splitlines())
    given = {
        key.removeprefix("NEO4J_").replace("__", "-").replace("_", ".").replace("-", "_"): value
        for key, value in neo4j["environment"].items()
        if key != "NEO4J_AUTH_FILE"
    }
    assert given == {key: value for key, value in tested.items() if "memory" in key or "usage_report" in key}


def test_nothing_is_open_to_other_machines_and_neo4j_has_no_way_out(compose: dict[str, Any]) -> None:
    api, neo4j = compose["services"]["api"], compose["services"]["neo4j"]
    assert all(port.startswith("127.0.0.1:") for port in api["ports"])
    assert "ports" not in neo4j
    assert [name for name in neo4j["networks"] if not compose["networks"][name]["internal"]] == []
    assert set(neo4j["networks"]) < set(api["networks"])


def test_the_image_holds_every_package_and_only_files_that_exist(dockerfile: list[list[str]], repository: Path) -> None:
    copied = [source for words in dockerfile if words[0] == "COPY" for source in words[1:-1]]
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))
    packages = {glob.partition("/")[0] for glob in project["tool"]["setuptools"]["package-data"]["vnkg"]} - {"py.typed"}
    assert packages <= set(copied)
    assert set(copied) - packages == {
        "__init__.py",
        "py.typed",
        "pyproject.toml",
        "requirements.lock",
        project["project"]["readme"],
        *project["project"]["license-files"],
    }
    assert [source for source in copied if not (repository / source).exists()] == []


def test_the_container_does_not_run_as_root_and_its_command_exists(dockerfile: list[list[str]]) -> None:
    assert ["USER", "vnkg"] in dockerfile
    line = json.loads(" ".join(dockerfile[-1][1:]))[-1]
    load, serve = (part.replace("exec ", "").split() for part in line.split("; "))
    assert load == ["vnkg", "load"]
    assert serve[:2] == ["vnkg", "serve"]
    options = {option for parameter in main.commands["serve"].params for option in parameter.opts}
    assert {word for word in serve if word.startswith("--")} <= options
    assert "load" in main.commands
