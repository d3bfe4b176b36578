"""Every package that users install has a licence that we allow, and decisions/dependencies.md names the exceptions."""

import re
from importlib import metadata
from pathlib import Path

import pytest

ALLOWED_WORDS = {"MIT", "MIT-CMU", "BSD", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "Apache-2.0", "Apache", "Apache 2.0", "ISC", "PSF-2.0",
                 "Python-2.0", "Zlib", "CC0-1.0", "Unlicense"}  # fmt: skip
BUNDLED_COPYLEFT = {"arcadedb-embedded": "Corretto", "numpy": "libgfortran", "setuptools": "autocommand"}
"""Packages whose wheels contain programs under the GPL or LGPL with an exception, and the word for each in our list."""


def licence_of(name: str) -> str:
    """The licence that a package declares: its SPDX expression, else its classifier, else the text of its field."""
    fields = metadata.metadata(name).json
    classifiers = [text.rpartition(" :: ")[2] for text in fields.get("classifier", []) if "License :: OSI" in text]
    declared = fields.get("license_expression") or " AND ".join(classifiers) or fields.get("license") or ""
    return str(declared).partition("\n")[0]


def unknown_words(licence: str) -> set[str]:
    """The licences of an expression that are not allowed."""
    common_name = re.sub(r"\b(Software |OSI Approved )?License\b|\(([^)]*)\)", "", licence)
    parts = {part.strip().replace("BSD 3-Clause", "BSD-3-Clause") for part in re.split(r" AND | OR |,|;", common_name)}
    return {part for part in parts if part not in ALLOWED_WORDS}


@pytest.fixture(scope="module")
def users_packages(repository: Path) -> list[str]:
    text = (repository / "requirements.lock").read_text(encoding="utf-8").partition("\n# Developers")[0]
    return re.findall(r"^([A-Za-z0-9._-]+)==", text, re.MULTILINE)


def test_every_package_of_users_has_an_allowed_licence(users_packages: list[str]) -> None:
    licences: dict[str, str] = {}
    for name in users_packages:
        try:
            licences[name] = licence_of(name)
        except metadata.PackageNotFoundError:  # for another platform or Python
            continue
    assert len(licences) > 30
    assert {name: licence for name, licence in licences.items() if unknown_words(licence)} == {}


@pytest.mark.parametrize("licence", ["GPL-3.0-only", "MIT AND AGPL-3.0-or-later", "", "Proprietary"])
def test_other_licences_are_refused(licence: str) -> None:
    assert unknown_words(licence)


@pytest.mark.parametrize(("name", "program"), BUNDLED_COPYLEFT.items())
def test_programs_under_the_gpl_in_wheels_are_listed(repository: Path, name: str, program: str) -> None:
    introduction = (repository / "decisions" / "dependencies.md").read_text(encoding="utf-8").partition("\n|")[0]
    assert name in introduction
    assert program in introduction
