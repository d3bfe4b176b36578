"""Near-twins: two entities that may be one, because they have nearly the same name or the same place and kind."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations

from rapidfuzz.distance import Levenshtein

from ..graph.errors import Problem
from ..graph.model.facts import EntityRecord, Facts
from ..graph.model.folding import name_key
from ..graph.model.schema import Schema

MAX_DISTANCE = 2
"""Number of letters that the keys of two names may differ in."""
MIN_LENGTH = 8
"""Number of letters of a key from which names that nearly agree are compared; shorter keys must be equal."""
_ONE_OF_A_KIND = ("Fund", "Centre")  # few provinces have two funds or centres of one kind
_BELONGS = ("LOCATED_IN", "HAS_SITE_IN", "PART_OF", "HOLDS_ROLE")  # from what belongs to where it belongs
_PROVINCE_PREFIX = "province:"
_LIKELY_NAMES = ("name", "alias", "translation")  # an abbreviation or a former name often fits several


def near_twins(facts: Facts, schema: Schema) -> list[Problem]:
    """Return a notice for each pair of near-twins, located at the one declared last, sorted.

    They have one type and kind, and either names whose keys are equal, or differ in at most `MAX_DISTANCE` letters and
    in no digit, or they are two funds or centres of one province in different files. Entities of different provinces
    are no twins; those with nearly the same name both have a province or neither has. Articles are not compared, nor
    are two entities of reference tables.
    """
    provinces = _provinces(facts, schema)
    article_files = {record.source_location.file for record in facts.entities if record.type == "Article"}
    groups: dict[tuple[str, object], list[EntityRecord]] = defaultdict(list)
    for record in facts.entities:
        if record.type != "Article":
            groups[record.type, record.attributes.get("kind")].append(record)
    notices: list[Problem] = []
    for group in groups.values():
        keys = {record.id: _keys(record) for record in group}
        for pair in combinations(group, 2):
            if not article_files.intersection(record.source_location.file for record in pair):
                continue
            if likeness := _likeness(pair, keys, provinces):
                notices.append(_notice(pair, likeness))
    return sorted(notices)


def _likeness(
    pair: tuple[EntityRecord, EntityRecord], keys: Mapping[str, Mapping[str, str]], provinces: Mapping[str, set[str]]
) -> str | None:
    """Return in what two entities of one type and kind are alike, or None."""
    first, second = pair
    own_provinces, other_provinces = provinces.get(first.id, set[str]()), provinces.get(second.id, set[str]())
    shared_provinces = own_provinces & other_provinces
    if own_provinces and other_provinces and not shared_provinces:
        return None
    own_keys, other_keys = keys[first.id], keys[second.id]
    if equal_keys := sorted(own_keys.keys() & other_keys.keys()):
        return f"with one name, {own_keys[equal_keys[0]]!r}"
    if bool(own_provinces) == bool(other_provinces):
        for key, name in own_keys.items():
            for other_key, other_name in other_keys.items():
                if _nearly_agree(key, other_key):
                    return f"with nearly one name, {name!r} and {other_name!r}"
    if shared_provinces and first.type in _ONE_OF_A_KIND and first.source_location.file != second.source_location.file:
        return f"of one kind ({first.attributes.get('kind')}) in {min(shared_provinces)}"
    return None


def _nearly_agree(key: str, other_key: str) -> bool:
    is_long = min(len(key), len(other_key)) >= MIN_LENGTH
    if not is_long or Levenshtein.distance(key, other_key, score_cutoff=MAX_DISTANCE) > MAX_DISTANCE:
        return False
    return [*filter(str.isdecimal, key)] == [*filter(str.isdecimal, other_key)]


def _notice(pair: tuple[EntityRecord, EntityRecord], likeness: str) -> Problem:
    first, second = pair
    place = f"{first.source_location.file}:{first.source_location.line}"
    return Problem(
        second.source_location.file,
        second.source_location.line,
        f"{second.id} beside {first.id} ({place}), {likeness}",
        "one entity, unless they are two",
    )


def _keys(record: EntityRecord) -> dict[str, str]:
    """Return the names of an entity that are likely its alone, by key."""
    names = [name.text for name in record.names if name.kind in _LIKELY_NAMES]
    return {key: name for name in (record.name, *names) if len(key := name_key(name)) > MAX_DISTANCE}


def _provinces(facts: Facts, schema: Schema) -> dict[str, set[str]]:
    """Return the provinces of each entity: where it is, whose part or official it is, who has or plans it."""
    wholes: dict[str, set[str]] = defaultdict(set)
    for statement in facts.statements:
        if statement.object is None:
            continue
        if statement.predicate in _BELONGS:
            wholes[statement.subject].add(statement.object)
        elif statement.predicate in schema.existence:
            wholes[statement.object].add(statement.subject)
    return {
        record.id: {place for place in _reachable(record.id, wholes) if place.startswith(_PROVINCE_PREFIX)}
        for record in facts.entities
    }


def _reachable(entity: str, wholes: Mapping[str, Iterable[str]]) -> set[str]:
    """Return an entity and everything it belongs to, at any number of steps, but no further than a province."""
    reached, pending = {entity}, [entity]
    while pending:
        for whole in wholes.get(pending.pop(), ()):
            if whole not in reached:
                reached.add(whole)
                if not whole.startswith(_PROVINCE_PREFIX):
                    pending.append(whole)
    return reached
