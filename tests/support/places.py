"""The places of the product that answer one question: queries, pages, picture, API and JSON-LD.

Each function takes a client and a graph, and returns `{place: {key: answer}}`. A place that does not speak of a key lacks
it; what it says of the others must be the same everywhere.
"""

import html
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from fastapi.testclient import TestClient

from vnkg.graph.model.schema import schema
from vnkg.graph.reader.reader import Graph

Answers = Mapping[str, Mapping[str, Any]]
FLAGSHIP = "provinces_with_fund"
IN_FORCE = schema().statuses_in("in_force")


def contradictions(answers: Answers) -> dict[str, dict[Any, list[str]]]:
    """Return the places by answer, for each key about which two places differ."""
    by_key: dict[str, dict[Any, list[str]]] = defaultdict(lambda: defaultdict(list))
    for place, answers_by_key in answers.items():
        for key, answer in answers_by_key.items():
            by_key[key][answer].append(place)
    return {key: dict(places) for key, places in sorted(by_key.items()) if len(places) > 1}


@cache
def get(client: TestClient, path: str) -> str:
    """Return the text of a page; asserts status 200."""
    response = client.get(path)
    assert response.status_code == 200, f"{path}: {response.text[:500]}"
    return response.text


def entity(client: TestClient, entity_id: str) -> Any:
    """Return an entity of the API."""
    return json.loads(get(client, f"/api/v1/entities/{entity_id}"))["data"]


def current_provinces(graph: Graph) -> list[str]:
    """Return the ids of the provinces that have not been abolished."""
    provinces = graph.query("provinces_by_fact_count", {})
    return sorted(r["province"] for r in [*provinces["rows"], *provinces["near_misses"]] if r["is_current"])


def open_questions(client: TestClient, entity_id: str) -> str | None:
    """Return the questions that an entity's page lists as not stated; None if no article speaks of the entity."""
    text = get(client, f"/entities/{entity_id}?lang=en")
    if 'id="not-stated"' not in text:
        return ""
    listed = re.search(r'<dl class="dl unanswered-questions">(.*?)</dl>', text, re.DOTALL)
    return " ".join(re.findall(r"<dt>(.*?)</dt>", listed[1], re.DOTALL)) if listed else None


def page_status(client: TestClient, entity_id: str) -> str | None:
    """Return the status in the first lines of an entity's page, or None."""
    facts = re.search(r'<div class="facts">(.*?)</div>', get(client, f"/entities/{entity_id}?lang=en"), re.DOTALL)
    chip = facts and re.search(r"status-(\w+)", facts[1])
    return chip[1] if chip else None


def all_rows(graph: Graph, query: str, **parameters: Any) -> list[dict[str, Any]]:
    """Return the answers and near misses of a query."""
    result = graph.query(query, parameters)
    return [*result["rows"], *result["near_misses"]]


def holding_edges(node: Any, predicate: str, direction: str) -> Iterable[tuple[Any, bool]]:
    """Yield the edges of an entity of the API, each with whether it holds."""
    return (
        (edge, edge["holds"])
        for edge in node["edges"]
        if (edge["predicate"], edge["direction"]) == (predicate, direction)
    )


def json_ld(client: TestClient, entity_id: str) -> dict[str, Any]:
    """Return the nodes of an entity's JSON-LD by the last part of their ids."""
    nodes = json.loads(get(client, f"/api/v1/entities/{entity_id}.jsonld"))["@graph"]
    return {node["@id"].rpartition("/entities/")[2]: node for node in nodes}


def matrix_cells(client: TestClient, column: int) -> Iterable[tuple[str, str]]:
    """Yield each province of the matrix page with the HTML of its cell in a column, counted from 0."""
    text = get(client, "/matrix?lang=en")
    for slug, row in re.findall(r'id="(province:[^"]+)">(.*?)</tr>', text, re.DOTALL):
        yield slug, re.findall(r"<td[^>]*>.*?</td>", row, re.DOTALL)[column]


def cell_says_so(cell: str) -> bool:
    """Whether a cell of the matrix page shows something that is so: in force, and not marked as known by context."""
    context = (schema().implementations["context"].en, schema().bases["context"].en)
    for item in re.findall(r'<div class="instrument">.*?</div>', cell, re.DOTALL):
        is_current = any(f"status-{status}" in item for status in IN_FORCE)
        marks = re.findall(r'<span class="(?:basis )?text-small">(.*?)</span>', item.partition("</a>")[2])
        if is_current and not set(map(html.unescape, marks)) & set(context):
            return True
    return False


def tiles(client: TestClient, colour: str) -> dict[str, str]:
    """Return the CSS class of each province's tile on the start page."""
    text = get(client, f"/?lang=en&colour={colour}")
    found = re.findall(r'<a class="tile ([\w-]+)" href="/entities/(province:[^"?]+)', text)
    return {province: css_class for css_class, province in found}


def tile_says_so(css_class: str) -> bool:
    """Whether the colour of a tile says that something is so."""
    group, _, key = css_class.partition("-")
    return (group == "implementation" and key != "context") or (group == "status" and key in IN_FORCE)


def picture_answers(client: TestClient, entity_id: str, predicate: str, object_id: str) -> Iterable[bool]:
    """Yield whether a picture's edge in force is not drawn as a faint line."""
    text = get(client, f"/picture?entity={entity_id}")
    found = re.search(rf'\{{"id":"{entity_id} {predicate} {object_id}".*?"status":"(\w+)".*?\}}', text)
    if found and found[1] in IN_FORCE:
        yield '"faint"' not in found[0]


def who_implements(client: TestClient, graph: Graph, policy: str, *, is_default: bool) -> Answers:
    """Return which province implements a policy. Pages that speak of one policy only are asked if it `is_default`."""
    answers: dict[str, dict[str, Any]] = defaultdict(dict)
    provinces = current_provinces(graph)
    for query, kind, status in (
        (FLAGSHIP, "fund_kind", "fund_status"),
        ("provinces_with_centre", "centre_kind", "centre_status"),
    ):
        rows = all_rows(graph, query, policy=policy, **{kind: "any", status: "any"})
        answers[f"query {query}"] = {row["province"]: row["implements"] for row in rows}
        for province in set(provinces) - {row["province"] for row in rows}:
            answers[f"query {query}"][province] = False
    rows = graph.query("provinces_by_policy", {"policy": policy})
    answered = {row["province"] for row in rows["rows"]}
    answers["query provinces_by_policy"] = {province: province in answered for province in provinces}
    for row in [*rows["rows"], *rows["near_misses"]]:
        answers["column implements of provinces_by_policy"][row["province"]] = row["implements"]
    for row in all_rows(graph, "not_stated", policy=policy, question="implements_policy"):
        answers["query not_stated"][row["province"]] = row["is_stated"]
    family = next(row for row in all_rows(graph, "policy_family", policy=policy) if row["steps"] == 0)
    answers["query policy_family"] = {province: province in family["implementers"] for province in provinces}
    for row in all_rows(graph, "instrument_matrix", policy=policy):
        answers["query instrument_matrix"][row["province"]] = bool(row.get("implements"))
    for province in provinces:
        edges = holding_edges(entity(client, province), "IMPLEMENTS", "out")
        holds = any(is_so for edge, is_so in edges if edge["neighbour"]["id"] == policy)
        answers["API entities"][province] = holds
        edge = json_ld(client, province).get(f"{province}#IMPLEMENTS.{policy}", {})
        answers["JSON-LD"][province] = edge.get("vnkg:holds", False)
        for is_firm in picture_answers(client, province, "IMPLEMENTS", policy):
            answers["picture"][province] = is_firm
        questions = open_questions(client, province)
        if is_default and questions is not None:
            answers["entity page"][province] = "implement the policy" not in questions
    if is_default:
        column = "resolution_57"
        answers["start page, tiles"] = {p: tile_says_so(css) or (css == "status-unclear" and answers["API entities"][p])
                                        for p, css in tiles(client, column).items() if p in provinces}  # fmt: skip
        for province, cell in matrix_cells(client, 0):
            is_unclear = "status-unclear" in cell
            if not is_unclear:
                answers["matrix page"][province] = cell_says_so(cell)
    return answers


def who_has(client: TestClient, graph: Graph, node_type: str) -> Answers:
    """Return which province has a venture capital fund (`Fund`) or an innovation centre (`Centre`)."""
    answers: dict[str, dict[str, Any]] = defaultdict(dict)
    provinces = current_provinces(graph)
    word, kind, column, number = {
        "Fund": ("fund", "venture_capital", "vc_fund", 1),
        "Centre": ("centre", "innovation_centre", "innovation_centre", 4),
    }[node_type]
    query = f"provinces_with_{word}"
    rows = all_rows(graph, query, implementation="any")
    having = {row["province"] for row in rows if row["kind_matches"] and row["status_matches"]}
    answers[f"query {query}"] = {province: province in having for province in provinces}
    question = f"{kind}_fund" if node_type == "Fund" else kind
    for row in all_rows(graph, "not_stated", question=question):
        answers["query not_stated"][row["province"]] = row["is_stated"]
    for row in graph.query("instrument_matrix", {})["rows"]:
        cell = zip(row[column] or (), row[f"{column}_basis"] or (), strict=True)
        answers["query instrument_matrix"][row["province"]] = any(
            status in IN_FORCE and basis in schema().holds.bases for status, basis in cell
        )
    for province in provinces:
        questions = open_questions(client, province)
        if questions is not None:
            answers["entity page"][province] = (
                "have a venture capital fund" if node_type == "Fund" else "have an innovation centre"
            ) not in questions
    answers["start page, tiles"] = {p: tile_says_so(css) for p, css in tiles(client, column).items() if p in provinces}
    for province, cell in matrix_cells(client, number):
        answers["matrix page"][province] = cell_says_so(cell)
    return answers


def stage(status: str | None) -> str:
    """Return the group of a status; `uncertain` if there is none."""
    return schema().statuses[status].group if status in schema().statuses else "uncertain"


def which_exist(client: TestClient, graph: Graph, node_type: str) -> Answers:
    """Return the stage of each fund, centre or programme: a status group. `JSON-LD type` tells only whether it is there."""
    answers: dict[str, dict[str, Any]] = defaultdict(dict)
    word = node_type.lower()
    rows = all_rows(
        graph,
        {"Fund": "funds_by_kind_and_status", "Centre": "centres_by_status"}.get(node_type, "programmes_and_makers"),
    )
    stages: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        status = row["status"] if node_type == "Programme" else row[f"{word}_status"]
        is_firm = row["in_force"] in (None, status in IN_FORCE) if node_type == "Programme" else row["status_matches"]
        if node_type != "Programme" or row["maker_stated"]:
            stages[row[word]].add(stage(status) if is_firm else "uncertain")
    for key, found in stages.items():
        if len(found) == 1:  # two actors may be at different stages with one thing
            answers["query"][key] = found.pop()
    for key in sorted({row[word] for row in rows}):
        status = page_status(client, key)
        if status is not None:
            answers["entity page"][key] = stage(status)
            answers["JSON-LD"][key] = stage(json_ld(client, key)[key]["vnkg:status"]["@id"].rpartition("/")[2])
            answers["API entities"][key] = stage(entity(client, key).get("status"))
    return answers


def which_are_there(client: TestClient, graph: Graph, node_type: str) -> Answers:
    """Return whether a fund, a centre or a programme is there, or was."""
    answers: dict[str, dict[str, Any]] = defaultdict(dict)
    word = node_type.lower()
    rows = all_rows(
        graph,
        {"Fund": "funds_by_kind_and_status", "Centre": "centres_by_status"}.get(node_type, "programmes_and_makers"),
    )
    realized = (*schema().statuses_in("in_force", "ended"),)
    by_query: dict[str, set[bool]] = defaultdict(set)
    for row in rows:
        status = row["status"] if node_type == "Programme" else row[f"{word}_status"]
        if node_type == "Programme":
            if row["maker_stated"]:
                by_query[row[word]].add(row["in_force"] or status in schema().statuses_in("ended"))
        else:
            by_query[row[word]].add(row["status_matches"] and status in realized)
    for key, found in by_query.items():
        answers["query"][key] = any(found)
    for key in sorted({row[word] for row in rows}):
        questions = open_questions(client, key)
        status = page_status(client, key)
        types = json_ld(client, key)[key]["@type"]
        answers["JSON-LD type"][key] = schema().nodes[node_type].schema_org in types
        if status:
            answers["entity page, status"][key] = status in realized
        if questions is not None and "Does it exist" in questions:
            answers["entity page, question"][key] = False
    return answers


def who_heads(client: TestClient, graph: Graph) -> Answers:
    """Return for each agency and official (`agency person`) whether the official heads it."""
    answers: dict[str, dict[str, Any]] = defaultdict(dict)
    for row in all_rows(graph, "person_offices"):
        if row["office"] is not None and row["office"].startswith("agency:"):
            key = f"{row['office']} {row['person']}"
            answers["query person_offices"][key] = bool(row["in_office"] and row["is_head"])
    pairs = sorted(answers["query person_offices"])
    heads = {f"{row['agency']} {row['person']}" for row in graph.query("agency_heads", {})["rows"]}
    answers["query agency_heads"] = {pair: pair in heads for pair in pairs}
    headed: dict[str, bool] = {}
    for agency in sorted({pair.split()[0] for pair in pairs}):
        node, linked = entity(client, agency), json_ld(client, agency)[agency]
        titles = {role["employee"]["@id"].rpartition("/")[2] for role in linked.get("employee", ())}
        for edge, holds in holding_edges(node, "HOLDS_ROLE", "in"):
            pair = f"{agency} {edge['neighbour']['id']}"
            answers["API entities"][pair] = holds and edge["head"]
            answers["JSON-LD"][pair] = edge["neighbour"]["id"] in titles and edge["head"]
        headed[agency] = any(answers["API entities"].get(pair) for pair in pairs if pair.split()[0] == agency)
        questions = open_questions(client, agency)
        if questions is not None:
            answers["entity page"][agency] = "head" not in questions.lower()
        answers["any of its heads"][agency] = headed[agency]
    for row in all_rows(graph, "not_stated", question="department_head"):
        offices = [p.split()[0] for p in pairs if p.split()[0] == row["province"].replace("province:", "agency:so-")]
        if offices:
            answers["query not_stated"][offices[0]] = row["is_stated"]
    return answers


PLACES: Mapping[str, Callable[[TestClient, Graph], Answers]] = {
    "has a fund": lambda client, graph: who_has(client, graph, "Fund"),
    "has a centre": lambda client, graph: who_has(client, graph, "Centre"),
    "stage of a fund": lambda client, graph: which_exist(client, graph, "Fund"),
    "stage of a centre": lambda client, graph: which_exist(client, graph, "Centre"),
    "stage of a programme": lambda client, graph: which_exist(client, graph, "Programme"),
    "a fund is there": lambda client, graph: which_are_there(client, graph, "Fund"),
    "a centre is there": lambda client, graph: which_are_there(client, graph, "Centre"),
    "a programme is there": lambda client, graph: which_are_there(client, graph, "Programme"),
    "heads an agency": who_heads,
}
"""The questions, apart from who implements a policy."""
