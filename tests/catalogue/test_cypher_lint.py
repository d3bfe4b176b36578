"""Checks of a Cypher text without running it."""

import re
from importlib import resources

import pytest

from vnkg.graph.catalogue.cypher_lint import lint_cypher
from vnkg.graph.catalogue.query import catalogue
from vnkg.graph.errors import DeclarationError
from vnkg.graph.model.schema import schema

READS = sorted(item.name for item in resources.files("vnkg.graph.reader").joinpath("cypher").iterdir())


def refusal(text: str) -> str:
    with pytest.raises(DeclarationError) as refused:
        lint_cypher(text, "x.cypher", schema())
    return str(refused.value)


def test_parameters_and_columns_are_read() -> None:
    text = "MATCH (p:Policy {id: $policy}) WHERE p.kind IN $kinds RETURN p.id AS policy, count(*) AS n ORDER BY policy"
    found = lint_cypher(text, "x.cypher", schema())
    assert found.parameters == ("kinds", "policy")
    assert found.returns == ("policy", "n")


def test_comments_and_strings_contain_no_parameters() -> None:
    text = "/* $one */ MATCH (p:Policy) // $two\nWHERE p.name <> '$three' RETURN p.id AS id ORDER BY id"
    assert lint_cypher(text, "x.cypher", schema()).parameters == ()


def test_the_last_return_names_the_columns() -> None:
    text = "CALL () { MATCH (f:Fund) RETURN f } RETURN f.id AS fund ORDER BY fund"
    assert lint_cypher(text, "x.cypher", schema()).returns == ("fund",)


@pytest.mark.parametrize(
    "text",
    [
        "CREATE (n:Fund) RETURN n ORDER BY n",
        "MATCH (n:Fund) SET n.name = 'x' RETURN n ORDER BY n",
        "MATCH (n:Fund) DETACH DELETE n",
        "MATCH (n:Fund) REMOVE n.name RETURN n ORDER BY n",
        "MERGE (n:Fund {id: 'x'}) RETURN n ORDER BY n",
        "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line ORDER BY line",
        "MATCH (n:Fund) FOREACH (x IN [1] | SET n.name = 'x') RETURN n ORDER BY n",
        "CALL db.labels() YIELD label RETURN label ORDER BY label",
        "SHOW USERS",
        "MATCH (n:Fund) DELETE n",
        "DROP INDEX entity_id",
        "ALTER DATABASE x SET OPTION y 1",
        "USE other MATCH (n:Fund) RETURN n ORDER BY n",
        "PROFILE MATCH (n:Fund) RETURN n ORDER BY n",
        "EXPLAIN MATCH (n:Fund) RETURN n ORDER BY n",
        "INSERT (n:Fund)",
        "TERMINATE TRANSACTIONS 'x'",
        "MATCH (n:Fund) RETURN COLLECT { CREATE (m:Fund) RETURN m } AS m ORDER BY m",
        "mAtCh (n:Fund) sEt n.name = 'x' return n order by n",
    ],
)
def test_write_clauses_are_refused(text: str) -> None:
    assert "is not allowed" in refusal(text)


def test_multiple_statements_and_escapes_are_refused() -> None:
    assert "';'" in refusal("MATCH (n:Fund) RETURN n ORDER BY n; MATCH (n) RETURN n")
    assert "does not belong" in refusal("MATCH (n:Fund) RETURN \\u0063 AS n ORDER BY n")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("MATCH (n:Funds) RETURN n.id AS id ORDER BY id", "'Funds' is no label of the schema; did you mean Fund?"),
        ("MATCH (n:Fund)-[:OPERATE]->() RETURN n.id AS id ORDER BY id", "'OPERATE' is no edge type"),
        ("MATCH (n) WHERE n:Funds RETURN n.id AS id ORDER BY id", "'Funds' is no label or edge type"),
        ("MATCH (n:Fund&Nothing) RETURN n.id AS id ORDER BY id", "'Nothing' is no label"),
        ("MATCH (n:!Nothing) RETURN n.id AS id ORDER BY id", "'Nothing' is no label"),
        ("MATCH ()-[:PLANS|OPERATE]->() RETURN 1 AS one ORDER BY one", "'OPERATE' is no edge type"),
        ("MATCH ()-[r:PLANS {stat: 'x'}]->() RETURN 1 AS one ORDER BY one", "PLANS has no property 'stat'"),
        ("MATCH (n:Fund) RETURN COLLECT { MATCH (m:Funds) RETURN m.id } AS ids ORDER BY ids", "'Funds' is no label"),
        ("MATCH (n:Fund|Nothing) RETURN n.id AS id ORDER BY id", "'Nothing' is no label"),
        ("MATCH (n:Fund) RETURN n.issued_on AS day ORDER BY day", "has no property 'issued_on'"),
        ("MATCH (n:Fund {kin: 'x'}) RETURN n.id AS id ORDER BY id", "Fund has no property 'kin'; did you mean kind?"),
        ("MATCH ()-[r:PLANS]->() RETURN r.implementation AS i ORDER BY i", "has no property 'implementation'"),
        ("MATCH (n:Fund) WITH n AS m RETURN m.nonsense AS x ORDER BY x", "has no property 'nonsense'"),
        ("MATCH (n:Fund) RETURN n {.nonsense} AS x ORDER BY x", "has no property 'nonsense'"),
    ],
)
def test_a_name_that_the_schema_does_not_have_is_refused(text: str, message: str) -> None:
    assert message in refusal(text)


def test_labels_and_relationship_types_of_the_store_are_accepted() -> None:
    text = (
        "MATCH (s:Statement)-[at:STATED_IN]->(a:Article), (s)-[:SUBJECT]->(:Resolution) WHERE at.line > 1 "
        "MATCH (a)-[m:MENTIONS]->() RETURN s.gloss AS gloss, m.lines AS lines ORDER BY gloss"
    )
    assert lint_cypher(text, "x.cypher", schema()).returns == ("gloss", "lines")


def test_a_key_of_a_map_literal_is_accepted_as_a_property() -> None:
    text = "MATCH (f:Fund) WITH {shape: f.kind} AS row RETURN row.shape AS shape ORDER BY shape"
    assert lint_cypher(text, "x.cypher", schema()).returns == ("shape",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("MATCH (n:Fund) RETURN n.id ORDER BY n.id", "RETURN n . id: the column has no name"),
        ("MATCH (n:Fund) RETURN * ORDER BY n.id", "the column has no name"),
        ("MATCH (n:Fund) RETURN n.id AS id", "ORDER BY is missing"),
        ("MATCH (n:Fund) RETURN n.id AS id LIMIT 3", "ORDER BY is missing"),
        ("MATCH (n:Fund) RETURN n.id AS id UNION MATCH (n:Centre) RETURN n.id AS id ORDER BY id", "UNION at the top"),
        ("MATCH (n:Fund)", "RETURN is missing"),
        ("MATCH (n:Fund RETURN n ORDER BY n", "never closed"),
        ("MATCH (n:Fund)) RETURN n ORDER BY n", "closes nothing"),
    ],
)
def test_rows_need_named_columns_and_an_order(text: str, message: str) -> None:
    assert message in refusal(text)


@pytest.mark.parametrize("name", READS)
def test_the_readers_own_queries_pass_the_linter(name: str) -> None:
    text = resources.files("vnkg.graph.reader").joinpath("cypher", name).read_text(encoding="utf-8")
    assert lint_cypher(text, name, schema(), require_order=False).returns


@pytest.mark.parametrize("name", catalogue())
def test_a_query_names_status_groups_instead_of_listing_statuses(name: str) -> None:
    lists = re.findall(r"\[([^\[\]]*)\]", catalogue()[name].cypher)
    words = [set(re.findall(r"'(\w+)'", text)) for text in lists]
    assert [found for found in words if len(found & set(schema().statuses)) > 1] == []
