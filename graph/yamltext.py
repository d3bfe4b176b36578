"""YAML text read as plain values, by libyaml where PyYAML was built with it, which is quicker."""

from typing import Any

import yaml

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse(text: str) -> Any:
    """Return what YAML text says; raises `yaml.YAMLError`."""
    return yaml.load(text, LOADER)  # noqa: S506  both loaders are safe ones
