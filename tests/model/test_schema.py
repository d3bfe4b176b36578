"""The schema: wrong declarations are refused with their line, and what is declared is consistent."""

import pytest
import yaml

from vnkg.graph import resources
from vnkg.graph.errors import DeclarationError
from vnkg.graph.model.schema import (
    LINES,
    SHAPES,
    HoldingRule,
    Indicator,
    localized_label,
    read_indicators,
    read_schema,
    schema,
)
from vnkg.graph.pictures.appearance import STROKES
from vnkg.graph.pictures.svg import symbol

TEXT = resources.text("vnkg.graph.model", "schema.yaml")


def schema_with(path: str, value: object) -> str:
    """Return the schema's text with the value at one path changed."""
    tree = resources.parse(TEXT)
    *way, last = path.split("/")
    place = tree
    for step in way:
        place = place[step]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return yaml.dump(tree, Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper))


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("edges/FUNDS/derived", "yes", "found edges.FUNDS.derived: 'yes'; expected true or false"),
        ("edges/FUNDS/symmetric", 1, "found edges.FUNDS.symmetric: 1; expected true or false"),
        ("nodes/Fund/has_status", 0, "found nodes.Fund.has_status: 0; expected true or false"),
        ("nodes/Fund/color", "#0072B22", "found nodes.Fund.color: '#0072B22'; expected a colour"),
        ("nodes/Fund/help", "", "found nodes.Fund without help"),
        ("nodes/Fund/properties", ["kind"], "found nodes.Fund.properties: ['kind']; expected a mapping of properties"),
        (
            "nodes/fund",
            {
                "prefix": "f",
                "en": "f",
                "vi": "f",
                "color": "#000000",
                "shape": "dot",
                "schema_org": "Thing",
                "help": "f",
            },
            "found nodes.fund: 'fund'; expected letters, the first a capital",
        ),
        ("nodes/Fund/properties/Kind", {"type": "string", "en": "n", "vi": "n"}, "expected small letters, digits"),
        ("nodes/Fund/properties/x", {"type": "string", "en": "n"}, "found nodes.Fund.properties.x without vi"),
        ("nodes/Fund/properties/x", {"type": "string", "en": "n", "vi": "n", "required": "yes"}, "true or false"),
        ("edges/FUNDS/from", ["Fund", "Bank"], "found edges.FUNDS.from: 'Bank'"),
        ("edges/FUNDS/to", ["Fund", 7], "found edges.FUNDS.to: ['Fund', 7]; expected a list of words"),
        ("edges/FUNDS/to", None, "found edges.FUNDS without to"),
        ("edges/FUNDS/colour", "red", "found the key 'colour' in edges.FUNDS"),
        ("edges/FUNDS/qualifiers", {"status": {"type": "string", "en": "n", "vi": "n"}}, "the property status, a name"),
        ("statuses/Soon", {"en": "n", "vi": "n", "group": "planned", "tone": "plan", "symbol": "x"}, "small letters"),
        ("statuses/planned/exists", "no", "found statuses.planned.exists: 'no'; expected true or false"),
        ("statuses/planned/label", "x", "found the key 'label' in statuses.planned"),
        ("statuses/planned/symbol", 0, "found statuses.planned.symbol: 0; expected text"),
        ("bases/stated/hub", "no", "found bases.stated.hub: 'no'; expected true or false"),
        ("bases/stated/help", 7, "found bases.stated.help: 7; expected text"),
        ("bases/stated/vi", "", "found bases.stated without vi; expected en, vi"),
        ("precedence", ["existing", "existing"], "found approved 0 times in precedence"),
        ("property_types", "string", "found property_types: 'string'; expected a list of words"),
        ("node", {}, "found the key 'node'; expected nodes"),
        ("nodes/Fund/colour", "red", "found the key 'colour' in nodes.Fund; expected color"),
        ("nodes/Fund/prefix", "person", "found person for Person and for Fund; expected another prefix for Person"),
        ("nodes/Fund/prefix", "vc-fund", "found nodes.Fund.prefix: 'vc-fund'; expected small letters"),
        ("nodes/Fund/color", "pink", "found nodes.Fund.color: 'pink'; expected a colour such as '#0072B2'"),
        ("nodes/Fund/color", 123456, "found nodes.Fund.color: 123456; expected text, in quotes if YAML"),
        ("nodes/Fund/shape", "heart", "found nodes.Fund.shape: 'heart'; expected diamond or dot or"),
        (
            "nodes/Organisation/shape",
            "square",
            "found #56B4E9 square for Place and for Organisation; expected another color for Place",
        ),
        ("nodes/Fund/vi", None, "found nodes.Fund without vi; expected prefix, en, vi"),
        ("nodes/Fund/en", True, "found nodes.Fund.en: True; expected text, in quotes if YAML reads it otherwise"),
        ("nodes/Fund/comparable", "maybe", "found nodes.Fund.comparable: 'maybe'; expected true or false"),
        ("nodes/Fund", "a fund", "found nodes.Fund: 'a fund'; expected a mapping of prefix, en"),
        ("nodes/2025", {}, "found nodes.2025: {}; expected a mapping of prefix"),
        (
            "nodes/Fund/properties",
            {"name": {"type": "string", "en": "n", "vi": "n"}},
            "found the property name, a name",
        ),
        ("edges/FUNDS/qualifiers", {"basis": {"type": "string", "en": "n", "vi": "n"}}, "found the property basis, a"),
        ("nodes/Fund/properties", {"x": {"type": "money", "en": "n", "vi": "n"}}, "x.type: 'money'; expected boolean"),
        ("nodes/Fund/properties/kind/values", {}, "found nodes.Fund.properties.kind.values: {}; expected a mapping of"),
        ("edges/FUNDS/from", ["Bank"], "found edges.FUNDS.from: 'Bank'; expected Agency or Article or"),
        ("edges/FUNDS/to", "all", "found edges.FUNDS.to: 'all'; expected a list of words"),
        ("edges/FUNDS/statuses", ["maybe"], "found edges.FUNDS.statuses: 'maybe'; expected approved or"),
        ("edges/FUNDS/statuses", None, "found edges.FUNDS without statuses; expected en, vi, from, to, statuses"),
        ("edges/funds", {"en": "f", "vi": "f", "from": "any", "to": "any", "statuses": ["past"]}, "expected capital"),
        ("edges/FUND", {"en": "f", "vi": "f", "from": "any", "to": "any", "statuses": ["past"]}, "also a node type"),
        ("edges/IMPLEMENTS/qualifiers/implementation/values_of", "moods", "values_of: 'moods'; expected bases or"),
        ("existence", ["PLANS", "OWNS"], "found existence: 'OWNS'; expected APPLIES or"),
        ("firmness", ["existing", "planned"], "found approved 0 times in firmness; expected each status once"),
        ("firmness", ["existing", "existing"], "found approved 0 times in firmness; expected each status once"),
        ("precedence", ["existing", "soon"], "found precedence: 'soon'; expected approved or"),
        ("precedence", None, "found precedence: None; expected a list of words"),
        ("statuses/planned/group", None, "found statuses.planned without group; expected en, vi, group, tone, symbol"),
        ("statuses/planned/group", "future", "found statuses.planned.group: 'future'; expected cancelled or ended or"),
        ("statuses/planned/tone", "pink", "found statuses.planned.tone: 'pink'; expected disagreement or good or"),
        (
            "statuses/planned/line",
            "wavy",
            "found statuses.planned.line: 'wavy'; expected dash_dot or dash_dots or dashed or dotted or double",
        ),
        ("statuses/planned/symbol", 7, "found statuses.planned.symbol: 7; expected text, in quotes if YAML"),
        ("nodes/Fund/schema_org", None, "found nodes.Fund without schema_org"),
        ("holds", None, "found no holds; expected a mapping of groups, unclear, bases, implementations"),
        (
            "holds/groups",
            ["begun"],
            "found holds.groups: 'begun'; expected cancelled or ended or in_force or planned or",
        ),
        ("holds/unclear", ["OWNS"], "found holds.unclear: 'OWNS'; expected APPLIES or"),
        (
            "holds/bases",
            ["hearsay"],
            "found holds.bases: 'hearsay'; expected context or inferred or reference or stated",
        ),
        ("holds/implementations", ["weak"], "found holds.implementations: 'weak'; expected context or explicit or"),
        ("holds/statuses", ["existing"], "found the key 'statuses' in holds; expected"),
        ("statuses/approved/outlives", "yes", "found statuses.approved.outlives: 'yes'; expected true or false"),
        ("scopes", None, "found no scopes; expected a mapping of terms"),
        ("disagreement_effects", None, "found no disagreement_effects; expected a mapping of terms"),
        ("edges/FUNDS/qualifiers", {"due": {"type": "date", "en": "n", "vi": "n"}}, "the property due, a name"),
        ("statuses", None, "found no statuses; expected a mapping of terms"),
        ("units", None, "found no units; expected a mapping of terms"),
        ("nodes", [], "found nodes: []; expected a mapping of node types"),
    ],
)
def test_a_wrong_declaration_is_refused_when_it_is_read(path: str, value: object, message: str) -> None:
    with pytest.raises(DeclarationError, match=r"^graph/model/schema\.yaml:\d+: found ") as refused:
        read_schema(schema_with(path, value))
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "1: found None; expected a mapping"),
        ("- a list", "1: found ['a list']; expected a mapping"),
        ("nodes:\n  a: [", "2: found no valid YAML (did not find expected node content); expected YAML that parses"),
        ("version: 1\nunits: {}\nversion: 2", "3: found 'version' a second time; expected each key once"),
        ("units:\n  - {a: 1,\n     a: 2}", "3: found 'a' a second time; expected each key once"),
        ("a: b\nc: \x00", "2: found unacceptable character"),
        ("no: 1", "1: found the key False; expected a word, in quotes if YAML reads it otherwise"),
        ("version: !!python/object:os.system 1", "1: found no valid YAML (could not determine a constructor"),
        ("version: 1\nb: &x [*x]", "2: found the key 'b'; expected"),
        ("version: &x0 [1]\n" + "".join(f"a{n}: &x{n} [{f'*x{n - 1}, ' * 9}]\n" for n in range(1, 20)), "2: found the"),
        ("a: " + "[" * 5_000 + "]" * 5_000, "1: found "),
        ("a: " + "9" * 5000, "1: found what is no declaration (Exceeds the limit (4300 digits)"),
    ],
)
def test_what_is_no_declaration_is_refused_with_its_line(text: str, message: str) -> None:
    with pytest.raises(DeclarationError) as refused:
        read_schema(text)
    assert str(refused.value).startswith(f"graph/model/schema.yaml:{message}")


def test_the_line_of_a_mistake_is_that_of_its_key() -> None:
    lines = TEXT.splitlines()
    number = next(number for number, line in enumerate(lines, 1) if line.strip() == "prefix: centre")
    lines[number] = lines[number].replace("en:", "eng:")
    with pytest.raises(DeclarationError, match=rf"schema\.yaml:{number + 1}: found the key 'eng' in nodes\.Centre"):
        read_schema("\n".join(lines))


def test_every_line_style_and_shape_can_be_drawn() -> None:
    assert set(STROKES) == set(LINES)
    assert len({symbol(shape, 0, 0, 10, "") for shape in SHAPES}) == len(SHAPES)


def test_no_two_statuses_have_the_same_line() -> None:
    lines = [status.line for status in schema().statuses.values()]
    assert len(set(lines)) == len(lines)
    assert len({(stroke.dashes, stroke.width, stroke.is_double) for stroke in STROKES.values()}) == len(STROKES)


def test_every_type_and_term_has_labels_in_both_languages() -> None:
    model = schema()
    terms = [*model.nodes.values(), *model.edges.values(), *model.statuses.values(), *model.bases.values()]
    assert all(term.en and term.vi for term in terms)


@pytest.mark.parametrize(
    ("edge", "groups"),
    [
        ("HAS", {"in_force", "ended", "cancelled", "uncertain"}),
        ("PLANS", {"planned", "cancelled", "uncertain"}),
        ("PROPOSES", {"planned", "cancelled", "uncertain"}),
    ],
)
def test_what_is_planned_is_not_there_and_what_is_there_is_not_planned(edge: str, groups: set[str]) -> None:
    model = schema()
    assert {model.statuses[status].group for status in model.edges[edge].statuses} == groups
    assert ("proposed" in model.edges[edge].statuses) == (edge == "PROPOSES")


def test_an_id_names_its_node_type() -> None:
    model = schema()
    found = model.node_type_of("province:dong-nai")
    assert found is not None and found.key == "Province"
    assert model.node_type_of("bank:x") is None
    assert model.node_type_of("province:") is None
    assert model.node_type_of("province") is None
    assert model.node_type_of("prov:dong-nai") is None


SMALL = """
statuses:
  done: {en: done, vi: xong, group: in_force, exists: true, tone: good, symbol: o}
  maybe: {en: maybe, vi: x, group: uncertain, tone: maybe, symbol: o, line: dotted}
  soon: {en: soon, vi: x, group: planned, outlives: true, tone: plan, symbol: o}
  over: {en: over, vi: x, group: ended, exists: true, tone: grey, symbol: o, help: it was}
  gone: {en: gone, vi: x, group: cancelled, tone: grey, symbol: o}
bases: &terms {b: {en: b, vi: bb}, a: {en: a, vi: aa, help: h}}
implementations: *terms
value_statuses: *terms
comparators: *terms
scopes: *terms
speaker_bases: *terms
diacritics: *terms
disagreement_kinds: *terms
disagreement_effects: *terms
claim_types: *terms
units: *terms
name_kinds: *terms
existence: [PLANS, HAS]
firmness: [done, over, soon, maybe, gone]
precedence: [soon, done, maybe, over, gone]
holds: {groups: [in_force], unclear: [NAMES], bases: [b], implementations: [a]}
property_types: [string, date]
nodes:
  Fund:
    {prefix: fund, en: Fund, vi: Quỹ, color: '#0072b2', shape: star, schema_org: Thing, help: h, has_status: true,
     properties: {kind: {type: string, en: k, vi: k, required: true, values: {
       z: {en: z, vi: z, label: Zed, hub: true}, c: {en: c, vi: c}, d: {en: d, vi: d, label: Dee}}},
       day: {type: date, en: d, vi: d}}}
  Town: {prefix: town, en: Town, vi: Phố, color: '#0072b2', shape: dot, schema_org: Place, help: h, comparable: true}
  Agency:
    {prefix: agency, en: Agency, vi: Sở, color: '#0072b3', shape: star, schema_org: Thing, help: h,
     properties: {kind: {type: string, en: k, vi: k, values: {c: {en: c, vi: c, hub: true}, a: {en: a, vi: a}}},
       role: {type: string, en: k, vi: k, values: {r: {en: r, vi: r, hub: true, label: Role}}}}}
edges:
  PLANS: {en: plans, vi: dự kiến, from: [Town], to: any, statuses: [soon, maybe]}
  HAS: {en: has, vi: có, from: [Town, Agency], to: [Fund], statuses: [over, done], symmetric: true,
        qualifiers: {extent: {type: string, en: e, vi: e, values_of: bases}}}
  NAMES: {en: names, vi: nhắc, from: any, to: any, statuses: [done], derived: true}
"""


def test_a_schema_is_what_its_file_declares() -> None:
    model = read_schema(SMALL)
    assert {key: edge.statuses for key, edge in model.edges.items()} == {
        "PLANS": ("soon", "maybe", "gone"),
        "HAS": ("over", "done", "maybe", "gone"),
        "NAMES": ("done", "maybe", "gone"),
    }
    assert [(edge.start, edge.end) for edge in model.edges.values()] == [
        (("Town",), ("Fund", "Town", "Agency")),
        (("Town", "Agency"), ("Fund",)),
        (("Fund", "Town", "Agency"), ("Fund", "Town", "Agency")),
    ]
    assert [(edge.symmetric, edge.derived) for edge in model.edges.values()] == [
        (False, False), (True, False), (False, True),
    ]  # fmt: skip
    assert model.edges["HAS"].qualifiers["extent"].values == model.bases
    assert (model.existence, model.firmness) == (("PLANS", "HAS"), ("done", "over", "soon", "maybe", "gone"))
    assert model.holds == HoldingRule(("in_force",), ("NAMES",), ("b",), ("a",))
    assert [(node.comparable, node.has_status) for node in model.nodes.values()] == [
        (False, True), (True, False), (False, False),
    ]  # fmt: skip
    fund = model.nodes["Fund"].properties
    assert [(prop.type, prop.required, tuple(prop.values)) for prop in fund.values()] == [
        ("string", True, ("z", "c", "d")),
        ("date", False, ()),
    ]
    assert [(term.help, term.label, term.hub) for term in fund["kind"].values.values()] == [
        ("", "Zed", True), ("", "", False), ("", "Dee", False),
    ]  # fmt: skip
    assert [(status.line, status.exists, status.is_uncertain, status.is_ended) for status in model.statuses.values()] == [
        ("solid", True, False, False),
        ("dotted", False, True, False),
        ("solid", False, False, False),
        ("solid", True, False, True),
        ("solid", False, False, True),
    ]  # fmt: skip
    assert [key for key, status in model.statuses.items() if status.outlives] == ["soon"]


def test_an_order_of_statuses_has_none_of_them_twice() -> None:
    with pytest.raises(DeclarationError, match="found over 2 times in firmness; expected each status once"):
        read_schema(SMALL.replace("firmness: [done, over,", "firmness: [done, over, over,"))


def test_kinds_labels_and_hubs_are_collected_from_the_node_types() -> None:
    model = read_schema(SMALL)
    assert model.kinds_of() == ["a", "c", "d", "z"]
    assert [model.kinds_of(node) for node in model.nodes] == [["c", "d", "z"], [], ["a", "c"]]
    assert model.kind_labels == ("Dee", "Role", "Zed")
    assert model.hub_kinds == {("Fund", "z"), ("Agency", "c")}
    assert model.statuses_in("planned") == ("soon",)
    assert model.statuses_in("ended", "in_force", "planned") == ("soon", "done", "over")
    assert model.statuses_in() == ()
    assert localized_label(model.edges["HAS"], "vi") == "có"
    assert localized_label(model.bases["a"], "vi") == "aa"
    assert localized_label(model.nodes["Fund"], "en") == "Fund"
    assert model.labels(model.nodes["Town"], {"kind": "z"}) == ("Entity", "Town")
    assert model.labels(model.nodes["Fund"], {}) == ("Entity", "Fund")


def test_a_resolution_has_its_own_label() -> None:
    model = schema()
    assert model.labels(model.nodes["Policy"], {"kind": "resolution"}) == ("Entity", "Policy", "Resolution")
    assert model.labels(model.nodes["Policy"], {"kind": "plan"}) == ("Entity", "Policy")


@pytest.mark.parametrize("status", list(schema().statuses))
@pytest.mark.parametrize("predicate", list(schema().edges))
def test_an_edge_counts_as_so_if_it_is_in_force_or_unclear_where_that_counts(predicate: str, status: str) -> None:
    by_default = predicate in ("IMPLEMENTS", "HOLDS_ROLE", "PART_OF", "LOCATED_IN", "HAS_SITE_IN")
    counts = status in ("in_progress", "existing") or (status == "unclear" and by_default)
    assert schema().edge_holds(predicate, status, "stated", {}) == counts


@pytest.mark.parametrize(
    ("predicate", "counts"), [("IMPLEMENTS", True), ("HOLDS_ROLE", True), ("HAS", False), ("MENTIONS", False)]
)
def test_an_edge_without_a_status_counts_like_an_unclear_one(predicate: str, counts: bool) -> None:
    assert schema().edge_holds(predicate, None, "stated", {}) == counts


@pytest.mark.parametrize(
    ("basis", "implementation", "counts"),
    [
        ("stated", None, True),
        ("inferred", None, True),
        ("reference", None, True),
        ("context", None, False),
        ("stated", "explicit", True),
        ("stated", "in_spirit", True),
        ("stated", "context", False),
        ("inferred", "context", False),
        ("context", "explicit", False),
    ],
)
def test_an_edge_counts_as_so_only_if_basis_and_implementation_are_close_enough(
    basis: str, implementation: str | None, counts: bool
) -> None:
    qualifiers = {"implementation": implementation} if implementation else {}
    assert schema().edge_holds("IMPLEMENTS", "in_progress", basis, qualifiers) == counts
    assert schema().edge_holds("IMPLEMENTS", "planned", basis, qualifiers) is False


INDICATORS = """
staff:
  en: staff
  vi: nhân sự
  definition: {en: people who work there, vi: người làm việc ở đó}
  unit: count
  better: none
rank_2:
  {en: rank, vi: thứ hạng, definition: {en: place in the list, vi: vị trí}, unit: rank, better: lower}
"""


def test_a_registry_of_indicators_is_what_its_file_declares() -> None:
    assert list(read_indicators(INDICATORS, ("count", "rank")).values()) == [
        Indicator("staff", "staff", "nhân sự", definition="people who work there", definition_vi="người làm việc ở đó"),
        Indicator("rank_2", "rank", "thứ hạng", definition="place in the list", definition_vi="vị trí", unit="rank",
                  better="lower"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("unit: count", "unit: dozen", "6: found staff.unit: 'dozen'; expected count or rank"),
        ("better: none", "better: more", "7: found staff.better: 'more'; expected higher or lower or none"),
        ("  vi: nhân sự\n", "", "2: found staff without vi; expected en, vi, definition, unit, better"),
        (", vi: người làm việc ở đó", "", "5: found staff.definition without vi; expected en, vi"),
        ("  better: none", "  better: none\n  best: 1", "8: found the key 'best' in staff; expected"),
        ("rank_2:", "Rank:", "8: found Rank: 'Rank'; expected small letters, digits and _"),
        ("rank_2:", "staff:", "8: found 'staff' a second time; expected each key once"),
    ],
)
def test_a_wrong_indicator_is_refused_with_its_line(old: str, new: str, message: str) -> None:
    assert old in INDICATORS
    with pytest.raises(DeclarationError) as refused:
        read_indicators(INDICATORS.replace(old, new), ("count", "rank"), "indicators.yaml")
    assert str(refused.value).startswith(f"indicators.yaml:{message}")


def test_every_indicator_of_the_package_has_a_unit_of_the_schema() -> None:
    model = schema()
    assert model.indicators
    assert {indicator.unit for indicator in model.indicators.values()} <= set(model.units)
