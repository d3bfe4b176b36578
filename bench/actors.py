"""A generated release shaped like the real graph: few hubs, many nodes with one or two edges. Deterministic."""

import random

from vnkg.graph.model.facts import Name
from vnkg.graph.model.release import Edge, Entity, Release
from vnkg.graph.model.schema import schema

HUB = "province:p01"
"""The province with the most edges."""
PROVINCES = 34
KINDS = (
    ("agency", "Agency", "Sở Khoa học và Công nghệ", "LOCATED_IN", (None,)),
    ("fund", "Fund", "Quỹ đầu tư", "PLANS", ("planned", "considered", "approved")),
    ("policy", "Policy", "Kế hoạch số", "ISSUED", (None,)),
    ("centre", "Centre", "Trung tâm đổi mới sáng tạo", "HAS", ("existing", "in_progress", "past")),
    ("organisation", "Organisation", "Công ty cổ phần", "LOCATED_IN", (None,)),
    ("event", "Event", "Hội thảo", "HOSTS", (None,)),
    ("sector", "Sector", "Lĩnh vực", "PRIORITISES", (None,)),
    ("person", "Person", "Nguyễn Thị Minh", "HOLDS_ROLE", (None,)),
)
QUALIFIERS = {
    "HOLDS_ROLE": {"title": "Phó Giám đốc", "head": False},
    "IMPLEMENTS": {"implementation": "explicit"},
}
REQUIRED_KINDS = {"Fund": "venture_capital", "Centre": "innovation_centre"}


def actors(count: int) -> Release:
    """Return `count` entities and about a fifth more edges than entities; without statements, so that it loads fast."""
    rng = random.Random(57)  # noqa: S311  no secret
    resolution = _entity("policy:57-nq-tw", "Policy", "Nghị quyết số 57-NQ/TW", "existing")
    provinces = [f"province:p{number:02}" for number in range(1, PROVINCES + 1)]
    entities = [resolution, *(_entity(one, "Province", f"Tỉnh thứ {n}", None) for n, one in enumerate(provinces, 1))]
    edges = [_edge(one, "IMPLEMENTS", resolution.id, "in_progress", 2) for one in provinces]
    weights = [1 / rank for rank in range(1, PROVINCES + 1)]
    agencies = [_entity("agency:n0", "Agency", "Sở Khoa học và Công nghệ 0", None)]
    entities += agencies
    for number in range(len(entities), count):
        prefix, kind, name, predicate, statuses = rng.choice(KINDS)
        status = rng.choice(statuses)
        new_entity = _entity(f"{prefix}:n{number}", kind, f"{name} {number}", status)
        entities.append(new_entity)
        if kind == "Person":
            edges.append(_edge(new_entity.id, predicate, rng.choice(agencies).id, "existing", 1))
            continue
        for province in {rng.choices(provinces, weights)[0] for _ in range(1 + (number % 5 == 0))}:
            end_ids = (new_entity.id, province) if predicate == "LOCATED_IN" else (province, new_entity.id)
            edges.append(_edge(end_ids[0], predicate, end_ids[1], status or "existing", 1))
        if kind == "Agency":
            agencies.append(new_entity)
    ordered = sorted(entities, key=lambda entity: entity.id)
    return Release(tuple(ordered), (), tuple(sorted(edges, key=lambda edge: edge.id)), (), (), (), ())


def _entity(entity_id: str, node_type: str, name: str, status: str | None) -> Entity:
    attributes = {"kind": REQUIRED_KINDS[node_type]} if node_type in REQUIRED_KINDS else {}
    return Entity(entity_id, node_type, ("Entity", node_type), name, (Name(name, "vi"),), status, attributes)


def _edge(subject: str, predicate: str, target: str, status: str, origins: int) -> Edge:
    return Edge(
        subject, predicate, target, status, "stated", "2025-11-20",
        (f"statement:{subject}-{target}".replace(":", "-").replace("-", ":", 1),), origins, origins,
        QUALIFIERS.get(predicate, {}),
        holds=schema().edge_holds(predicate, status, "stated", QUALIFIERS.get(predicate, {})),
    )  # fmt: skip
