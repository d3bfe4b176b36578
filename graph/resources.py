"""Reads the data files of the package: text and YAML, by package and file name."""

from fnmatch import fnmatchcase as fnmatch
from importlib import resources
from typing import Any

import yaml as pyyaml

LOADER: Any = getattr(pyyaml, "CSafeLoader", pyyaml.SafeLoader)
"""libyaml's loader if PyYAML was built with it, because it is faster. Both loaders are safe."""


def parse(text: str) -> Any:
    """Parse YAML text; raises `yaml.YAMLError`."""
    return pyyaml.load(text, LOADER)  # noqa: S506  both loaders are safe


def text(package: str, *path: str) -> str:
    """Return the text of a data file of a package, such as `text("vnkg.graph.model", "schema.yaml")`."""
    return resources.files(package).joinpath(*path).read_text(encoding="utf-8")


def files(package: str, pattern: str) -> list[tuple[str, str]]:
    """Return `(path within the package, text)` of the data files that match a pattern, sorted by path.

    A pattern is a file name or one folder and a file name: `*.yaml`, `words/*.yaml`, `*/words.yaml`.
    """
    folder, _, name = pattern.rpartition("/")
    root = resources.files(package)
    parents = (
        [root] if not folder else [item for item in root.iterdir() if item.is_dir() and fnmatch(item.name, folder)]
    )
    texts = {
        f"{parent.name}/{item.name}" if folder else item.name: item.read_text(encoding="utf-8")
        for parent in parents
        for item in parent.iterdir()
        if fnmatch(item.name, name)
    }
    return sorted(texts.items())


def yaml(package: str, *path: str) -> Any:
    """Parse a YAML data file of a package; raises `yaml.YAMLError`."""
    return parse(text(package, *path))
