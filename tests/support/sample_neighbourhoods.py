"""Two invented neighbourhoods shaped like `Graph.neighbourhood`: a small one with all kinds, and one of any size."""

import random
from typing import Any

Rows = dict[str, Any]

SMALL_NODES = """
province:dong-nai | Province | Đồng Nai | | 4
province:ho-chi-minh | Province | Thành phố Hồ Chí Minh | | 3
province:binh-duong | Province | Bình Dương | past | 2
place:vietnam | Place | Việt Nam | | 5
agency:politburo | Agency | Bộ Chính trị | | 3
agency:dost-dong-nai | Agency | Sở Khoa học và Công nghệ tỉnh Đồng Nai | | 2
agency:dong-nai-people-s-committee | Agency | Ủy ban nhân dân tỉnh Đồng Nai | | 2
person:nguyen-van-a | Person | Nguyễn Văn A | | 1
person:tran-thi-b | Person | Trần Thị B | | 1
policy:57-nq-tw | Policy | Nghị quyết số 57-NQ/TW | existing | 5
policy:12-kh-ubnd | Policy | Kế hoạch số 12/KH-UBND năm 2025 | existing | 1
fund:dong-nai-vc | Fund | Quỹ đầu tư mạo hiểm tỉnh Đồng Nai | planned | 2
fund:ho-chi-minh-vc | Fund | Quỹ đầu tư mạo hiểm Thành phố Hồ Chí Minh | considered | 1
fund:dong-nai-st | Fund | Quỹ phát triển khoa học và công nghệ Đồng Nai | existing | 1
centre:long-thanh | Centre | Trung tâm đổi mới sáng tạo Long Thành | in_progress | 2
centre:thu-duc | Centre | Vườn ươm Thủ Đức | disputed | 1
organisation:lac-hong | Organisation | Trường Đại học Lạc Hồng | | 1
organisation:startup-club | Organisation | Câu lạc bộ Khởi nghiệp | | 1
event:techfest-2025 | Event | TECHFEST Đồng Nai 2025 | past | 2
event:workshop | Event | Hội thảo quỹ đầu tư mạo hiểm địa phương | existing | 2
programme:open-data | Programme | Cổng dữ liệu mở về đổi mới sáng tạo | planned | 1
sector:semiconductors | Sector | Bán dẫn | | 1
sector:ai | Sector | Trí tuệ nhân tạo | | 1
model:triple-helix | Model | Mô hình ba nhà | proposed | 1
article:900 | Article | Đồng Nai tìm đường lập quỹ đầu tư mạo hiểm | | 1
article:901 | Article | Dong Nai seeks a way to a venture fund | | 1
"""
SMALL_EDGES = """
province:dong-nai | IMPLEMENTS | policy:57-nq-tw | in_progress | 3
province:ho-chi-minh | IMPLEMENTS | policy:57-nq-tw | in_progress | 2
agency:politburo | ISSUED | policy:57-nq-tw | existing | 3
agency:dong-nai-people-s-committee | ISSUED | policy:12-kh-ubnd | existing | 1
policy:12-kh-ubnd | CONCRETISES | policy:57-nq-tw | existing | 1
province:binh-duong | MERGED_INTO | province:ho-chi-minh | existing | 0
province:dong-nai | BORDERS | province:ho-chi-minh | existing | 0
province:dong-nai | PARTNERS_WITH | province:ho-chi-minh | planned | 1
province:dong-nai | LOCATED_IN | place:vietnam | existing | 0
province:ho-chi-minh | LOCATED_IN | place:vietnam | existing | 0
agency:dost-dong-nai | PART_OF | agency:dong-nai-people-s-committee | existing | 1
agency:dong-nai-people-s-committee | LOCATED_IN | province:dong-nai | existing | 1
person:nguyen-van-a | HOLDS_ROLE | agency:dost-dong-nai | existing | 1
person:tran-thi-b | HOLDS_ROLE | organisation:startup-club | past | 1
province:dong-nai | PLANS | fund:dong-nai-vc | planned | 2
agency:dost-dong-nai | PROPOSES | fund:dong-nai-vc | proposed | 1
province:ho-chi-minh | PLANS | fund:ho-chi-minh-vc | considered | 1
agency:dost-dong-nai | HAS | fund:dong-nai-st | existing | 1
province:dong-nai | HAS | centre:long-thanh | in_progress | 2
centre:thu-duc | LOCATED_IN | province:ho-chi-minh | existing | 1
province:ho-chi-minh | HAS | centre:thu-duc | disputed | 1
organisation:lac-hong | LOCATED_IN | province:dong-nai | existing | 1
organisation:lac-hong | TOOK_PART_IN | event:techfest-2025 | past | 1
organisation:startup-club | ORGANISES | event:techfest-2025 | past | 1
province:dong-nai | HOSTS | event:workshop | existing | 2
article:900 | COVERS | event:workshop | existing | 1
article:901 | COVERS | event:workshop | existing | 1
article:900 | SAME_TEXT_AS | article:901 | existing | 1
agency:dost-dong-nai | PLANS | programme:open-data | planned | 1
province:dong-nai | PRIORITISES | sector:semiconductors | existing | 1
province:ho-chi-minh | PRIORITISES | sector:semiconductors | existing | 1
province:ho-chi-minh | PRIORITISES | sector:ai | existing | 1
organisation:lac-hong | PROPOSES | model:triple-helix | proposed | 1
fund:dong-nai-st | FUNDS | centre:long-thanh | unclear | 1
"""


def _cells(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def node(entity_id: str, kind: str, name: str, status: str = "", origins: int = 1) -> Rows:
    """Return a node shaped like the reader's."""
    return {"id": entity_id, "type": kind, "name": name, "status": status or None, "origins": origins}


def edge(subject: str, predicate: str, target: str, status: str = "existing", origins: int = 1) -> Rows:
    """Return an edge shaped like the reader's."""
    return {
        "id": f"{subject} {predicate} {target}", "subject": subject, "predicate": predicate, "object": target,
        "status": status, "basis": "stated" if origins else "reference", "as_of": "2025-11-20",
        "articles": origins, "origins": origins,
    }  # fmt: skip


def small_graph() -> Rows:
    """Return 26 nodes of all kinds and all statuses around Đồng Nai."""
    return {
        "nodes": [node(i, kind, name, status, int(origins)) for i, kind, name, status, origins in _cells(SMALL_NODES)],
        "edges": [edge(s, p, o, status, int(origins)) for s, p, o, status, origins in _cells(SMALL_EDGES)],
        "left_out": 7,
        "centre": "province:dong-nai",
    }


def random_graph(count: int, seed: int = 57) -> Rows:
    """Return a random graph of `count` nodes like the real one: few hubs, many leaves, some isolated nodes."""
    pick = random.Random(seed)  # a picture, not a secret
    kinds = [
        ("agency", "Agency", "Sở Khoa học và Công nghệ", "LOCATED_IN"), ("fund", "Fund", "Quỹ đầu tư", "PLANS"),
        ("policy", "Policy", "Kế hoạch số", "ISSUED"), ("centre", "Centre", "Trung tâm đổi mới", "HAS"),
        ("organisation", "Organisation", "Công ty cổ phần", "LOCATED_IN"), ("event", "Event", "Hội thảo", "HOSTS"),
        ("sector", "Sector", "Lĩnh vực", "PRIORITISES"), ("person", "Person", "Nguyễn Thị Minh", "HOLDS_ROLE"),
    ]  # fmt: skip
    statuses = {"PLANS": ("planned", "considered", "approved"), "HAS": ("existing", "in_progress", "past")}
    nodes = [node("policy:57-nq-tw", "Policy", "Nghị quyết số 57-NQ/TW", "existing", 9)]
    edges: list[Rows] = []
    provinces: list[str] = []
    agencies: list[str] = []
    for number in range(1, count):
        if number <= max(2, count // 14):
            province = f"province:p{number}"
            nodes.append(node(province, "Province", f"Tỉnh thứ {number}", "", pick.randint(1, 6)))
            provinces.append(province)
            edges.append(edge(province, "IMPLEMENTS", "policy:57-nq-tw", "in_progress", 2))
            continue
        prefix, kind, name, predicate = pick.choice(kinds)
        if number % 60 == 0 or (kind == "Person" and not agencies):
            nodes.append(node(f"organisation:island{number}", "Organisation", f"Câu lạc bộ {number}"))
            continue
        province = pick.choice(provinces[: 1 + number // 14])
        status = pick.choice(statuses.get(predicate, ("existing",)))
        entity = f"{prefix}:n{number}"
        nodes.append(node(entity, kind, f"{name} {number}", status if kind in ("Fund", "Centre") else ""))
        if kind == "Person":
            edges.append(edge(entity, predicate, pick.choice(agencies)))
        elif predicate in ("LOCATED_IN",):
            edges.append(edge(entity, predicate, province))
        else:
            edges.append(edge(province, predicate, entity, status))
        if kind == "Agency":
            agencies.append(entity)
        if kind == "Sector":
            edges.append(edge(pick.choice(provinces), "PRIORITISES", entity))
    unique = {row["id"]: row for row in edges}
    return {"nodes": nodes, "edges": list(unique.values()), "left_out": 0, "centre": None}


HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "</noscript></title></svg><script>alert(1)</script>",
    "<!--", "]]>", "\"'`><b onclick=alert(1)>", "{{ 7*7 }} {% raw %} ${7*7}", "a\u2028b\u2029c", "&lt;script&gt; &amp;",
    "\x00\x07\x1b[31m\ud800\ufffe", "\u202eelbisrever\u2066", "javascript:alert(1)", "' onmouseover='alert(1)",
    "\\u003c\\", "x" * 100_000, "ừ" * 100_000, " \n\t ", "",
]  # fmt: skip


def hostile_graph() -> Rows:
    """Return a graph in which every name is hostile."""
    nodes = [node(f"fund:{n}", "Fund", name, "planned") for n, name in enumerate(HOSTILE)]
    edges = [edge("fund:0", "SUPPORTS", f"fund:{n}") for n in range(1, len(HOSTILE))]
    return {"nodes": nodes, "edges": edges, "left_out": 0, "centre": "fund:1"}
