"""Questions in words with the query and the parameters that answer each, and whether an interpretation is right.

`tests/ask/questions/*.yaml` are lists of `{q, lang, query, parameters, also, alternatives, note}`: `query` is null if none
answers the question, or `ask_back` if it leaves open what it is about; `also` are other queries that answer it as well,
`alternatives` other parameters that are right.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from vnkg.graph.ask.interpretation import Interpretation
from vnkg.graph.catalogue.query import bind, catalogue
from vnkg.graph.errors import BadParameter
from vnkg.graph.reader.reader import Graph

FOLDER = Path(__file__).parents[1] / "ask" / "questions"
ASK_BACK = "ask_back"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question."""

    text: str
    is_right: bool
    confidence: str
    is_invented: bool
    """No query answers the question, but one was chosen."""

    @property
    def is_wrong_but_exact(self) -> bool:
        """It was marked exact and is not right."""
        return self.confidence == "exact" and not self.is_right


@cache
def read_questions(name: str) -> list[dict[str, Any]]:
    """Return the questions of a file."""
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


def outcome(graph: Graph, item: Mapping[str, Any]) -> Outcome:
    """Ask a question and compare."""
    interpretation = graph.interpret(item["q"], item["lang"])
    chosen = chosen_query(interpretation)
    if item["query"] is None:
        is_right = chosen is None
    elif item["query"] == ASK_BACK:
        is_right = chosen == ASK_BACK or (chosen is not None and interpretation.confidence != "exact")
    elif chosen == item["query"]:
        wanted = [item.get("parameters") or {}, *(item.get("alternatives") or [])]
        given = bound_values(item["query"], interpretation.candidates[0].parameters)
        is_right = given is not None and given in [bound_values(item["query"], parameters) for parameters in wanted]
    else:
        is_right = chosen in (item.get("also") or [])
    is_invented = item["query"] is None and chosen is not None
    return Outcome(item["q"], is_right, interpretation.confidence, is_invented)


def chosen_query(interpretation: Interpretation) -> str | None:
    """Return the name of the chosen query, `ASK_BACK` if something is open, or None."""
    if interpretation.confidence == "none":
        return None
    best = interpretation.candidates[0]
    return ASK_BACK if best.missing or best.ambiguous else best.query.name


def bound_values(query: str, parameters: Any) -> Mapping[str, Any] | None:
    """Return the values of all parameters, with the defaults; None if the parameters are not of the query."""
    texts = {name: as_texts(value) for name, value in parameters.items()} if isinstance(parameters, dict) else None
    try:
        return bind(catalogue()[query], texts) if texts is not None else None
    except BadParameter:
        return None


def as_texts(value: Any) -> str | list[str]:
    """Return a value of YAML as in an address."""
    if isinstance(value, list):
        return [str(item) for item in value]
    return str(value).lower() if isinstance(value, bool) else str(value)
