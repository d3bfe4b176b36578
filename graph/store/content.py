"""Is what is stored what was written? Everything is read back and compared with its hashes and with the marker.

Each node and edge has a hash of its content, and the marker a digest of all hashes of each family
(`mapping.content_digests`). So whatever is missing, added or changed is found, also by damaged files of an engine.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..engines.bolt import Engine
from ..errors import NotLoaded, QueryFailed
from ..model.objects import Row
from ..model.stored_structure import MENTIONS, RELATIONSHIP_TYPES
from .foreign import FULLTEXT, ReadQuery, owned_labels
from .mapping import FAMILIES, Relationship, content_digests, edge_hash, node_hash
from .marker import StoredRelease, read_state
from .ownership import OWNER, OWNER_PATTERN

CHUNK = 1_000
MAX_ATTEMPTS = 3
_ORDER_PROPERTIES = {"ABOUT": "about", "CONCERNS": "about", "RESTS_ON": "statements"}
"""Relationship types that a node can have several of, with the property that holds their end ids in order."""
_COUNT_KEYS = {
    "Entity": "entities",
    "Statement": "statements",
    "Sentence": "sentences",
    "Disagreement": "disagreements",
}
"""Families that the marker counts, with the key of the count."""
_WORD = re.compile(r"[a-z]+")
"""A word that every full-text analyzer leaves as it is."""


@dataclass(slots=True)
class StoredContent:
    """What the database holds, read back: hashes by family and id (`edges` is one more), counts as in the marker.

    `findings` are sentences on what is not as it was written; `size` is the number of nodes and relationships.
    """

    hashes: dict[str, dict[str, str]] = field(default_factory=lambda: {key: {} for key in (*FAMILIES, "edges")})
    counts: Counter[str] = field(default_factory=Counter[str])
    findings: list[str] = field(default_factory=list[str])
    size: int = 0


def check_content(engine: Engine) -> tuple[str, ...]:
    """Compare everything stored with what the load wrote; return a sentence for each kind of damage, none if intact.

    Raises `NotLoaded` if there is no complete release, or loads follow each other too fast, and `EngineError` if the
    engine does not answer at all.
    """
    for _ in range(MAX_ATTEMPTS):
        state = read_state(engine)
        if state.stored_release is None or state.is_loading:
            raise NotLoaded("no complete release is stored; `vnkg load` writes it")
        findings = _check_release(engine.read, state.stored_release)
        if read_state(engine) == state:
            return tuple(findings)
    raise NotLoaded("the graph is loaded anew meanwhile; try again")


def _check_release(read: ReadQuery, stored_release: StoredRelease) -> list[str]:
    try:
        content = _read_content(read)
        findings = content.findings
        if stored_release.digests:
            digests = content_digests(stored_release.description, content.hashes)
            findings += _digest_findings(digests, stored_release.digests)
        else:
            findings += _count_mismatches(content, stored_release.counts)
    except QueryFailed as error:
        findings = [f"the engine cannot read all of it ({error})"]
    return findings


def _digest_findings(digests: Mapping[str, str], expected_digests: Mapping[str, str]) -> Iterator[str]:
    for key, expected_digest in expected_digests.items():
        if digests.get(key) != expected_digest:
            stored_count, written_count = (text.partition(" ")[0] for text in (digests.get(key, "0"), expected_digest))
            difference = f"{stored_count} are stored, {written_count} were written"
            yield f"{key}: {'not those that were written' if stored_count == written_count else difference}"


def _read_content(read: ReadQuery) -> StoredContent:
    """Read everything back, by id, and recompute the hashes."""
    content = StoredContent()
    links: Counter[tuple[str, str, str]] = Counter()
    keys: dict[str, set[str]] = defaultdict(set)
    words: dict[str, set[str]] = defaultdict(set)
    for family in FAMILIES:
        changed: dict[str, list[str]] = defaultdict(list)
        for ids in _id_chunks(read, family):
            rows = _read_nodes(read, family, ids)
            found_ids = [row["node"].get("id") for row in rows]
            if found_ids != ids or len(set(ids)) != len(ids):
                changed["not found by their id"] += map(str, Counter(ids) - Counter(found_ids) or Counter(found_ids))
            changed["not as they were written"] += _changed_nodes(family, rows)
            changed["relationships that are not as they were written"] += _changed_edges(family, rows)
            for row in rows:
                _add_row(content, family, row)
                node = str(row["node"].get("id"))
                links.update((node, item["type"], str(item["end"])) for item in row["links"])
                links.subtract((str(item["start"]), item["type"], node) for item in row["incoming"])
                if family == "Name":
                    keys[str(row["node"].get("key"))].add(node)
                for word in str(row["node"].get("search", "")).split() if family == "Entity" else ():
                    words[word].add(node)
        content.findings += [_finding(family, flaw, ids) for flaw, ids in changed.items() if ids]
    one_sided = [" ".join(link) for link, count in links.items() if count]
    if one_sided:
        content.findings.append(_finding("relationships", "seen from one end only", one_sided))
    content.findings += _index_findings(read, keys, words)
    return content


def _add_row(content: StoredContent, family: str, row: Row) -> None:
    content.hashes[family][str(row["node"].get("id"))] = str(row["node"].get("hash"))
    content.size += 1 + len(row["links"])
    if family in _COUNT_KEYS:
        content.counts[_COUNT_KEYS[family]] += 1
    for edge in row["links"] if family == "Entity" else ():
        properties = edge["properties"]
        content.hashes["edges"][str(properties.get("id"))] = str(properties.get("hash"))
        is_mention = edge["type"] == MENTIONS
        content.counts["mentions" if is_mention else "edges"] += len(properties.get("lines", ())) if is_mention else 1


def _count_mismatches(content: StoredContent, expected_counts: Mapping[str, int]) -> list[str]:
    """Return a sentence for each count of the marker that is not the one of what is stored."""
    return [
        f"{content.counts[key]:,} {key} where {expected_counts[key]:,} were written"
        for key in (*_COUNT_KEYS.values(), "edges", "mentions")
        if key in expected_counts and content.counts[key] != expected_counts[key]
    ]


def _id_chunks(read: ReadQuery, family: str) -> Iterator[list[Any]]:
    """Yield the ids of a family's nodes in chunks, from a scan."""
    ids = [row["id"] for row in read(f"MATCH (n:{family} {OWNER_PATTERN}) RETURN n.id AS id")]
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


def _read_nodes(read: ReadQuery, family: str, ids: Sequence[Any]) -> list[Row]:
    """Return `{labels, node, links: [{type, end, properties}], incoming: [{type, start}]}` for each id.

    Of an entity, `links` are its edges.
    """
    outgoing, incoming = f"MATCH (n)-[r {OWNER_PATTERN}]->(m)", f"MATCH (n)<-[r {OWNER_PATTERN}]-(m)"
    text = (
        f"UNWIND $ids AS id MATCH (n:{family} {{id: id}}) RETURN labels(n) AS labels, properties(n) AS node, "
        f"COLLECT {{ {outgoing} RETURN {{type: type(r), end: m.id, properties: properties(r)}} }} AS links, "
        f"COLLECT {{ {incoming} RETURN {{type: type(r), start: m.id}} }} AS incoming"
    )
    return read(text, {"ids": ids})


def _changed_nodes(family: str, rows: Iterable[Row]) -> list[str]:
    """Return the ids of the nodes whose content does not match their hash."""
    return [str(row["node"].get("id")) for row in rows if not _is_unchanged(family, row)]


def _changed_edges(family: str, rows: Iterable[Row]) -> list[str]:
    """Return the ids of the edges (of entities) whose content does not match their hash, or their ends their id."""
    pairs = [(row["node"].get("id"), edge) for row in rows for edge in row["links"]] if family == "Entity" else []
    return [
        edge_id
        for start, edge in pairs
        if edge["properties"].get("id") != (edge_id := f"{start} {edge['type']} {edge['end']}")
        or edge["properties"].get("hash") != edge_hash(_content(edge["properties"]))
    ]


def _is_unchanged(family: str, row: Row) -> bool:
    node, labels = row["node"], str(row["node"].get("hash", "")).rpartition(" ")[0].split(":")

    def relationship_position(relationship: Relationship) -> tuple[int, int]:
        end_ids: list[str] = node.get(_ORDER_PROPERTIES.get(relationship.type, ""), [])
        types = RELATIONSHIP_TYPES.get(family, ())
        return (
            types.index(relationship.type) if relationship.type in types else len(types),
            end_ids.index(relationship.end_id) if relationship.end_id in end_ids else len(end_ids),
        )

    stored_relationships = [
        Relationship(item["type"], "", item["end"], _content(item["properties"])) for item in row["links"]
    ]
    ordered_relationships = [] if family == "Entity" else sorted(stored_relationships, key=relationship_position)
    stored_labels = {*row["labels"]}
    labels_match = labels[0] == family and stored_labels & {*owned_labels()} <= {*labels} <= stored_labels
    return labels_match and node["hash"] == node_hash(labels, _content(node), ordered_relationships)


def _content(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in properties.items() if key not in ("hash", *OWNER)}


def _index_findings(
    read: ReadQuery, names_by_key: Mapping[str, set[str]], entities_by_word: Mapping[str, set[str]]
) -> Iterator[str]:
    """Yield a sentence for each index by which not exactly the nodes are found that it should find."""
    text = "UNWIND $keys AS key MATCH (n:Name {key: key}) WHERE n.owner = 'vnkg' RETURN key, collect(n.id) AS ids"
    wrong_keys = [*_wrong_keys(read, text, names_by_key)]
    if wrong_keys:
        yield _finding("names", "not found by the index of names", wrong_keys)
    text = (
        f"UNWIND $keys AS key CALL db.index.fulltext.queryNodes('{FULLTEXT[0]}[{FULLTEXT[1]}]', key) YIELD node "
        "WITH key, node WHERE node.owner = 'vnkg' RETURN key, collect(node.id) AS ids"
    )
    # Each entity by its rarest word.
    plain_words = {word: ids for word, ids in entities_by_word.items() if _WORD.fullmatch(word)}
    rarest: dict[str, str] = {}
    for word, ids in sorted(plain_words.items(), key=lambda item: -len(item[1])):
        rarest.update(dict.fromkeys(ids, word))
    wrong_words = [*_wrong_keys(read, text, {word: plain_words[word] for word in {*rarest.values()}}, is_text=True)]
    if wrong_words:
        yield _finding("words", "not found by the full-text index", wrong_words)


def _wrong_keys(
    read: ReadQuery, text: str, ids_by_key: Mapping[str, set[str]], *, is_text: bool = False
) -> Iterator[str]:
    """Yield the keys by which an index finds other nodes; a full-text index may find more (parts of other words)."""
    keys = sorted(ids_by_key)
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        found_ids = {row["key"]: set(row["ids"]) for row in read(text, {"keys": chunk})}
        for key in chunk:
            ids = found_ids.get(key, set())
            if (not ids >= ids_by_key[key]) if is_text else ids != ids_by_key[key]:
                yield key


def _finding(kind: str, flaw: str, ids: Sequence[str]) -> str:
    return f"{kind}: {len(ids):,} {flaw}, such as {min(ids)!r}"
