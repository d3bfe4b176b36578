"""The data files that come with the package: text and YAML, by package and name."""

from importlib import resources
from typing import Any

import yaml as pyyaml

LOADER: Any = getattr(pyyaml, "CSafeLoader", pyyaml.SafeLoader)
"""libyaml's loader where PyYAML was built with it, which is quicker; both are safe ones."""


def parse(text: str) -> Any:
    """Return what YAML text says; raises `yaml.YAMLError`."""
    return pyyaml.load(text, LOADER)  # noqa: S506  both loaders are safe ones


def text(package: str, *path: str) -> str:
    """Return the text of a data file of a package, such as `text("vnkg.graph.model", "schema.yaml")`."""
    return resources.files(package).joinpath(*path).read_text(encoding="utf-8")


def yaml(package: str, *path: str) -> Any:
    """Return what a YAML data file of a package says; raises `yaml.YAMLError`."""
    return parse(text(package, *path))
