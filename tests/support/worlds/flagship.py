"""The world of the first six queries: the invented graph with 24 provinces."""

from collections.abc import Mapping, Sequence

from tests.support.invented_graph import OTHER_POLICY, release

__all__ = ("CALLS", "EXISTING_PROVINCES", "FLAGSHIP", "READINGS", "QueryParams", "release")

QueryParams = Mapping[str, str | Sequence[str]]
FLAGSHIP = "provinces_with_fund"

EXISTING_PROVINCES = ["aaa", "ddd", "fff", "ggg", "jjj", "kkk", "vvv"]
PLANNED_PROVINCES = ["bbb", "ooo", "vvv"]
READINGS: Mapping[str, tuple[QueryParams, list[str]]] = {
    "existing only": ({}, EXISTING_PROVINCES),
    "planned or considered": ({"fund_status": ["planned", "considered"]}, PLANNED_PROVINCES),
    "either": (
        {"fund_status": ["existing", "planned", "considered"]},
        sorted([*EXISTING_PROVINCES, *PLANNED_PROVINCES]),
    ),
    "stated explicitly": ({"implementation": "explicit"}, [s for s in EXISTING_PROVINCES if s != "ddd"]),
}
CALLS: list[tuple[str, QueryParams]] = [
    *((FLAGSHIP, params) for params, _provinces in READINGS.values()),
    (FLAGSHIP, {"fund_status": "any", "fund_kind": "any", "implementation": "context"}),
    (FLAGSHIP, {"policy": OTHER_POLICY}),
    ("provinces_by_policy", {}),
    ("provinces_by_policy", {"implementation": "explicit"}),
    ("funds_by_kind_and_status", {}),
    ("funds_by_kind_and_status", {"fund_kind": "venture_capital", "fund_status": "existing"}),
    ("agency_heads", {}),
    ("agency_heads", {"agency": "agency:so-ggg"}),
    *(
        ("province_actors", {"province": f"province:{slug}", "actor_type": "any"})
        for slug in ("fff", "ggg", "kkk", "vvv")
    ),
    ("article_statements", {"article": "article:i00"}),
    ("article_statements", {"article": "article:i01"}),
]
