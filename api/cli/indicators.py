"""`vnkg indicators`: the registry of what measurements may measure."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import click

from ...graph.model.schema import Indicator, schema
from . import terminal
from .options import json_option

_KEYS = ("key", "en", "vi", "definition", "definition_vi", "unit", "better")
_BETTER = {"higher": "higher is better", "lower": "lower is better", "none": "neither end is better"}


@click.command()
@json_option
def indicators(as_json: bool) -> None:
    """List the indicators that measurements may have: labels, definition, unit, and which end is better."""
    registry = schema().indicators.values()
    if as_json:
        terminal.print_json([_indicator_json(indicator) for indicator in registry])
        return
    for indicator in registry:
        terminal.print_line((indicator.key, "bold"), f"  {indicator.en} · {indicator.vi}")
        for line in _details(indicator):
            terminal.print_line(line, indent=2)


def _indicator_json(indicator: Indicator) -> dict[str, Any]:
    values = asdict(indicator)
    return {key: values[key] for key in _KEYS}


def _details(indicator: Indicator) -> Iterator[str]:
    """Yield the definitions, each if it says more than the label, and the unit."""
    if indicator.definition != indicator.en:
        yield indicator.definition
    if indicator.definition_vi != indicator.vi:
        yield indicator.definition_vi
    unit = schema().units[indicator.unit]
    yield f"{indicator.unit} ({unit.en}); {_BETTER[indicator.better]}"


COMMANDS = (indicators,)
