from importlib import resources

import pytest
import yaml

from vnkg.graph.errors import DeclarationError
from vnkg.graph.model.schema import read_schema, schema

TEXT = resources.files("vnkg.graph.model").joinpath("schema.yaml").read_text(encoding="utf-8")


def schema_with(path: str, value: object) -> str:
    """Return the schema's text with the value at one path changed."""
    tree = yaml.safe_load(TEXT)
    *way, last = path.split("/")
    place = tree
    for step in way:
        place = place[step]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return yaml.safe_dump(tree)


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("nodes/Fund/colour", "red", "colour not known"),
        ("nodes/Fund/prefix", "person", "prefix used twice: person"),
        ("nodes/Fund/vi", None, "vi missing"),
        ("nodes/Fund/properties", {"name": {"type": "string", "en": "n", "vi": "n"}}, "the name is reserved"),
        ("edges/FUNDS/qualifiers", {"basis": {"type": "string", "en": "n", "vi": "n"}}, "the name is reserved"),
        ("nodes/Fund/properties", {"x": {"type": "money", "en": "n", "vi": "n"}}, "'money' is not in property_types"),
        ("edges/FUNDS/from", ["Bank"], "Bank is no node type"),
        ("edges/FUNDS/statuses", ["maybe"], "maybe is no status"),
        ("edges/IMPLEMENTS/qualifiers/implementation/values_of", "moods", "'moods' is not a list here"),
        ("existence", ["PLANS", "HAS"], "'HAS' is not an edge type"),
        ("firmness", ["existing", "planned"], "firmness: found existing or planned; expected each of approved or"),
        ("precedence", ["existing", "planned"], "precedence: found existing or planned; expected each of approved or"),
        ("statuses/planned/group", "future", "statuses.planned.group: found 'future'; expected ended or in_force or"),
        ("statuses/planned/tone", "pink", "statuses.planned.tone: found 'pink'; expected disagreement or good or"),
        ("nodes/Fund/schema_org", None, "nodes.Fund: schema_org missing"),
        ("statuses", None, "'statuses' is missing"),
        ("nodes", [], "'nodes' is missing"),
    ],
)
def test_a_wrong_declaration_is_refused_when_it_is_read(path: str, value: object, message: str) -> None:
    with pytest.raises(DeclarationError, match=message):
        read_schema(schema_with(path, value))


@pytest.mark.parametrize("text", ["", "- a list", "a: [", "version: 1"])
def test_an_invalid_schema_is_refused(text: str) -> None:
    with pytest.raises(DeclarationError, match=r"schema\.yaml: "):
        read_schema(text)


def test_every_type_and_term_has_labels_in_both_languages() -> None:
    model = schema()
    terms = [*model.nodes.values(), *model.edges.values(), *model.statuses.values(), *model.bases.values()]
    assert all(term.en and term.vi for term in terms)


def test_the_existence_types_allow_just_the_statuses_of_the_design() -> None:
    edges = schema().edges
    assert edges["OPERATES"].statuses == ("in_progress", "existing", "past", "disputed", "unclear")
    assert edges["PLANS"].statuses == ("considered", "planned", "approved", "disputed", "unclear")
    assert edges["PROPOSES"].statuses == ("proposed", "disputed", "unclear")


def test_an_id_names_its_node_type() -> None:
    model = schema()
    found = model.node_type_of("province:dong-nai")
    assert found is not None and found.key == "Province"
    assert model.node_type_of("bank:x") is None
    assert model.node_type_of("province:") is None


def test_a_resolution_has_its_own_label() -> None:
    model = schema()
    assert model.labels(model.nodes["Policy"], {"kind": "resolution"}) == ("Entity", "Policy", "Resolution")
    assert model.labels(model.nodes["Policy"], {"kind": "plan"}) == ("Entity", "Policy")
