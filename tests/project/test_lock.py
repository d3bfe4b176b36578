"""requirements.lock: all that pip may install, pinned with hashes; the users' packages first, then the developers'."""

import re
import tomllib
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCK = "requirements.lock"
DEVELOPER_SECTION = "# Developers"
HASH = re.compile(r"sha256:[0-9a-f]{64}")
PINNED_REQUIREMENT = re.compile(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+( ; [\w .'<>=!()]+)?")
Entries = dict[str, tuple[Requirement, list[str]]]


@pytest.fixture(scope="module")
def text(repository: Path) -> str:
    return (repository / LOCK).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def project(repository: Path) -> dict[str, Any]:
    return tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))


def entries(text: str) -> Entries:
    """The requirement and the file hashes of each locked package, by name."""
    lines = "\n".join(line for line in text.splitlines() if not line.startswith("#")).replace("\\\n", "").splitlines()
    found: Entries = {}
    for line in lines:
        pinned, *hashes = (part.strip() for part in line.split("--hash="))
        assert PINNED_REQUIREMENT.fullmatch(pinned), line
        assert hashes, line
        assert all(HASH.fullmatch(one) for one in hashes), line
        requirement = Requirement(pinned)
        name = canonicalize_name(requirement.name)
        assert name not in found, f"{name} stands twice"
        found[name] = requirement, hashes
    return found


def demo_entries(text: str) -> Entries:
    """The entries that `make demo` installs."""
    above, border, _ = text.partition(f"\n{DEVELOPER_SECTION}")
    assert border
    return entries(above)


def version_of(entry: tuple[Requirement, list[str]]) -> str:
    return str(entry[0].specifier).removeprefix("==")


def unmet_requirements(requirements: Iterable[str], lock_entries: Entries) -> list[str]:
    """Requirements that no locked version meets."""
    needed = [Requirement(text) for text in requirements]
    return [
        str(one)
        for one in needed
        if canonicalize_name(one.name) not in lock_entries
        or not one.specifier.contains(version_of(lock_entries[canonicalize_name(one.name)]), prereleases=True)
    ]


def test_every_entry_is_pinned_and_has_hashes_for_all_platforms(text: str) -> None:
    locked = entries(text)
    assert demo_entries(text).keys() < locked.keys()
    assert len(locked["numpy"][1]) > 20


def test_the_lock_contains_no_url_host_or_path(text: str) -> None:
    assert "/" not in text
    assert "\\" not in text.replace(" \\\n", "")
    assert set(re.findall(r"--[a-z-]+", text)) == {"--hash"}


def test_project_requirements_are_locked_at_allowed_versions(text: str, project: dict[str, Any]) -> None:
    for_users = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    assert unmet_requirements(for_users, demo_entries(text)) == []
    extras = [one for extra in project["project"]["optional-dependencies"].values() for one in extra]
    assert unmet_requirements((one for one in extras if not one.startswith("vnkg[")), entries(text)) == []


def test_an_unlocked_requirement_is_detected(text: str) -> None:
    locked = entries(text)
    assert unmet_requirements(["absent>=1", "click>=8", "click>=1000"], locked) == ["absent>=1", "click>=1000"]


@pytest.mark.parametrize("part", [demo_entries, entries])
def test_each_section_contains_all_dependencies_of_its_packages(part: Any, text: str) -> None:
    locked: Entries = part(text)
    for requirement, _ in locked.values():
        if requirement.marker and not requirement.marker.evaluate():
            continue
        needed = [Requirement(line) for line in metadata.requires(requirement.name) or []]
        here = [str(one) for one in needed if not one.marker or one.marker.evaluate({"extra": ""})]
        assert unmet_requirements(here, locked) == [], requirement


def test_installed_versions_are_the_locked_ones(text: str) -> None:
    for name, entry in entries(text).items():
        if not entry[0].marker or entry[0].marker.evaluate():
            assert metadata.version(name) == version_of(entry)


@pytest.mark.parametrize("file", ["Makefile", "docker-compose.yml"])
def test_pip_installs_only_from_the_lock(file: str, repository: Path) -> None:
    written = (repository / file).read_text(encoding="utf-8").replace("\\\n", "")
    installs = re.findall(r"pip install [^&\n]*|^\w+ := \$\(PIP\) .*", written, re.MULTILINE)
    assert len(installs) == 2
    for line in installs:
        assert "--require-hashes --only-binary :all:" in line or "--no-index --no-build-isolation" in line, line
    assert f"sed '/^{DEVELOPER_SECTION}/q'" in written


def test_the_environment_is_rebuilt_when_the_lock_changes(repository: Path) -> None:
    makefile = (repository / "Makefile").read_text(encoding="utf-8")
    stamps = re.findall(r"^\$\(VENV\)/(?:installed|developed): (.*)$", makefile, re.MULTILINE)
    assert len(stamps) == 2
    assert all(LOCK in stamp.split() for stamp in stamps)
