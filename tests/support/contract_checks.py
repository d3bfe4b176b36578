"""A check and a filter for Schemathesis, which imports this module: `SCHEMATHESIS_HOOKS` names it."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

import schemathesis
from schemathesis import Case, HookContext, Response
from schemathesis.checks import CheckContext

from vnkg.api.http.request_checks import MAX_QUERY_BYTES

CODES = (
    "not-found",
    "gone",
    "bad-cursor",
    "unknown-name",
    "ambiguous-name",
    "too-long",
    "too-many-requests",
    "overloaded",
)
"""Codes of refusals that are not about the form of a request: nothing has the id or name, or the time is wrong."""
RULES = re.compile(
    r"\w+: there is no entity"
    r"|\w+: .* was removed"
    r"|from and to: found .* twice"
    r"|ids: found .* more than once"
    r"|ids: found entities of the types"
    r"|kind: found .*"  # which kinds there are depends on the type
    r"|\w+ and \w+: found .* expected a period that does not end before it starts"
)
"""Refusals of what is not there, and those that tie two parameters together, which JSON Schema cannot say."""


@schemathesis.hook
def filter_query(context: HookContext, query: Mapping[str, Any] | None) -> bool:
    """Leave out addresses that are too long, and empty values: they count as not given, which no schema of them says."""
    text = urlencode(query or {}, doseq=True)
    return len(text) <= MAX_QUERY_BYTES and all(value for _, value in parse_qsl(text, keep_blank_values=True))


@schemathesis.check
def described_requests_are_not_refused_for_their_form(ctx: CheckContext, response: Response, case: Case) -> None:
    """Like Schemathesis' own `positive_data_acceptance`, which knows the status of a refusal alone, and not its code."""
    if case.meta is None or not case.meta.generation.mode.is_positive or not 400 <= response.status_code < 500:
        return
    problem = response.json()
    if problem["code"] in CODES or RULES.match(problem["detail"]):
        return
    raise AssertionError(f"{problem['code']}: {problem['detail']}")
