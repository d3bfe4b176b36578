"""A small invented graph: fictitious provinces, one for each way to be or not to be an answer of the flagship query.

Every province in `CASES` implements the policy explicitly and has an existing venture capital fund, except for the one
thing that its case changes.
"""

from dataclasses import replace
from functools import cache
from typing import Any

from vnkg.graph.catalogue.query import Query, catalogue
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.model.facts import (
    Disagreement,
    EntityRecord,
    Facts,
    Mention,
    Name,
    Passage,
    Reading,
    Sentence,
    Statement,
    passage_hash,
)
from vnkg.graph.model.merge import merge
from vnkg.graph.model.release import Release
from vnkg.graph.model.schema import Term, schema
from vnkg.graph.reader.reader import Graph
from vnkg.graph.store.load import load

POLICY = "policy:57-nq-tw"
OTHER_POLICY = "policy:1-xx-yy"
FIRST_ARTICLE = "article:i00"
SECOND_ARTICLE = "article:i01"
HOSTILE = """</script><img src=x onerror=alert(1)> "q" 'q' `q` ${7*7} {{7*7}} \u202e\u05d0\u05d1"""
"""A name with markup, quotes, template syntax and an unclosed right-to-left override."""
FORMULA = '=HYPERLINK("https://example.org")'
"""The gloss of a statement, which a spreadsheet would read as a formula."""

CASES = {
    "aaa": "explicit, fund exists",
    "bbb": "the fund is planned",
    "ccc": "the fund is of another kind",
    "ddd": "tied in spirit only",
    "eee": "tied by context only",
    "fff": "a department of the province has the fund",
    "ggg": "a unit of a department of the province has the fund",
    "hhh": "readings differ on whether the fund exists",
    "iii": "no tie to any policy",
    "jjj": "two funds, one of another kind",
    "kkk": "province and department have the same fund",
    "lll": "the passage does not say how far the fund is",
    "mmm": "the province was abolished",
    "nnn": "tied to another policy",
    "ooo": "the fund is being considered",
    "ppp": "no fund",
    "qqq": "no fund and no tie",
    "rrr": "the fund is past",
    "sss": "the tie is only planned",
    "ttt": "the department that has the fund left the province",
    "uuu": "a company in the province has the fund",
    "vvv": "the province plans the fund that its department has",
    "www": "the fund is proposed",
    "xxx": "whether it implements the policy is disputed",
}


class Builder:
    """Collects facts; each statement is a line of an invented article.

    `relate` adds a relation, `add_statement` a statement of any kind; both return its id.
    """

    def __init__(self) -> None:
        self.entities: dict[str, EntityRecord] = {}
        self.statements: list[Statement] = []
        self.sentences: list[Sentence] = []
        self.lines: dict[str, int] = {}

    def entity(self, entity_id: str, node: str, name: str, *names: Name, **attributes: Any) -> str:
        all_names = names or (Name(name, "vi"),)
        self.entities[entity_id] = EntityRecord(entity_id, node, name, all_names, attributes)
        return entity_id

    def relate(self, subject: str, predicate: str, target: str, status: str, **properties: Any) -> str:
        gloss = properties.pop("gloss", f"{subject} {predicate} {target}: {status}")
        return self.add_statement(
            "relation", subject, gloss, predicate=predicate, object=target, status=status, **properties
        )

    def add_statement(
        self, kind: str, subject: str, gloss: str, *, article: str = FIRST_ARTICLE, **properties: Any
    ) -> str:
        line = self.lines.get(article, 0) + 1
        self.lines[article] = line
        slug = article.partition(":")[2]
        passage = Passage(article, line, 0, len(gloss), passage_hash(gloss))
        sentence = f"sentence:{slug}-{line}-0"
        statement_id = f"statement:{slug}-{line:03d}"
        properties.setdefault("basis", "stated")
        properties.setdefault("as_of", "2025-10-19" if article == FIRST_ARTICLE else "2025-11-18")
        statement = Statement(
            statement_id,
            kind,
            subject,
            gloss=gloss,
            passage=passage,
            sentence=sentence,
            as_of_from="article",
            **properties,
        )
        self.statements.append(statement)
        self.sentences.append(Sentence(sentence, passage, (statement_id,)))
        return statement_id

    def add_reference(self, subject: str, predicate: str, target: str, **properties: Any) -> str:
        """Add a relation from an invented reference table instead of an article."""
        number = 1 + sum(statement.basis == "reference" for statement in self.statements)
        statement = Statement(
            f"statement:reference-{number}", "relation", subject, "reference", f"{subject} {predicate} {target}",
            predicate=predicate, object=target, status="existing", source="an invented atlas", checked_on="2026-11-01",
            **properties,
        )  # fmt: skip
        self.statements.append(statement)
        return statement.id

    def article(self, number: str, published: str, language: str = "en", **properties: Any) -> str:
        """Declare an invented article; `number` is like `i00`. Call it before adding its statements."""
        properties.setdefault("origin", f"origin-{number}")
        return self.entity(
            f"article:{number}", "Article", f"Invented article {number}", Name(f"Invented article {number}", language),
            language=language, published=published, sha256=passage_hash(number), url=f"https://example.org/{number}",
            **properties,
        )  # fmt: skip

    def add_implementation(
        self, province: str, implementation: str = "explicit", status: str = "in_progress", **properties: Any
    ) -> None:
        policy = properties.pop("policy", POLICY)
        self.relate(province, "IMPLEMENTS", policy, status, qualifiers={"implementation": implementation}, **properties)

    def facts(self, *disagreements: Disagreement) -> Facts:
        """Return the collected facts."""
        return Facts(
            entities=tuple(self.entities.values()),
            statements=tuple(self.statements),
            mentions=(),
            sentences=tuple(self.sentences),
            disagreements=disagreements,
            retired_ids=(),
        )

    def fund(self, slug: str, kind: str = "venture_capital") -> str:
        return self.entity(f"fund:{slug}", "Fund", f"Quỹ {slug}", kind=kind)

    def department(self, slug: str, status: str = "existing") -> str:
        agency = self.entity(f"agency:so-{slug}", "Agency", f"Sở Phát minh {slug.title()}", kind="department")
        self.relate(agency, "PART_OF", f"province:{slug}", status)
        return agency


def _provinces(facts: Builder) -> None:
    for slug in CASES:
        more = {"abolished_on": "2025-07-01"} if slug == "mmm" else {}
        names = (Name(f"Tỉnh {slug.title()}", "vi"), Name(slug.title(), "en", "name", FIRST_ARTICLE))
        facts.entity(f"province:{slug}", "Province", slug.title(), *names, kind="province", code=slug, **more)
    ties = {"ddd": "in_spirit", "eee": "context"}
    for slug in sorted(set(CASES) - {"iii", "nnn", "qqq", "sss", "xxx"}):
        facts.add_implementation(f"province:{slug}", ties.get(slug, "explicit"))
    facts.add_implementation("province:nnn", policy=OTHER_POLICY)
    facts.add_implementation("province:sss", status="planned")
    facts.add_implementation("province:xxx", status="existing")
    facts.add_implementation("province:xxx", status="planned")


def _funds(facts: Builder) -> None:
    for slug in ("aaa", "ddd", "eee", "iii", "jjj", "kkk", "mmm", "nnn", "sss", "xxx"):
        facts.relate(f"province:{slug}", "HAS", facts.fund(f"{slug}-vc"), "existing")
    facts.relate("province:bbb", "PLANS", facts.fund("bbb-vc"), "planned")
    facts.relate("province:ccc", "HAS", facts.fund("ccc-st", "st_development"), "existing")
    facts.relate(facts.department("fff"), "HAS", facts.fund("fff-vc"), "existing")
    unit = facts.entity("agency:ban-ggg", "Agency", "Ban Quỹ Ggg", kind="unit")
    facts.relate(unit, "PART_OF", facts.department("ggg"), "existing")
    facts.relate(unit, "HAS", facts.fund("ggg-vc"), "existing")
    facts.relate("province:hhh", "HAS", facts.fund("hhh-vc"), "existing")
    facts.relate("province:hhh", "PLANS", "fund:hhh-vc", "planned")
    facts.relate("province:jjj", "HAS", facts.fund("jjj-st", "st_development"), "existing")
    facts.relate(facts.department("kkk"), "HAS", "fund:kkk-vc", "existing", article=SECOND_ARTICLE)
    facts.relate("province:lll", "HAS", facts.fund("lll-vc"), "unclear")
    facts.relate("province:ooo", "PLANS", facts.fund("ooo-vc"), "considered")
    facts.relate("province:rrr", "HAS", facts.fund("rrr-vc"), "past")
    facts.relate(facts.department("ttt", "past"), "HAS", facts.fund("ttt-vc"), "existing")
    company = facts.entity("organisation:uuu", "Organisation", HOSTILE, kind="company")
    facts.relate(company, "LOCATED_IN", "province:uuu", "existing")
    facts.relate(company, "HAS", facts.fund("uuu-vc"), "existing", gloss=FORMULA)
    facts.relate(facts.department("vvv"), "HAS", facts.fund("vvv-vc"), "existing")
    facts.relate("province:vvv", "PLANS", "fund:vvv-vc", "planned")
    facts.relate("province:www", "PROPOSES", facts.fund("www-vc"), "proposed")


def _people(facts: Builder) -> None:
    chair = facts.entity("person:nguoi-dau", "Person", "Nguyễn Văn Đầu", diacritics="article", gender="m")
    deputy = facts.entity("person:nguoi-pho", "Person", "Trần Thị Phó", diacritics="supplied", gender="f")
    former = facts.entity("person:nguoi-cu", "Person", "Lê Cựu", diacritics="supplied", gender="m")
    head, second = {"title": "Giám đốc", "head": True}, {"title": "Phó Giám đốc", "head": False}
    facts.relate(chair, "HOLDS_ROLE", "agency:so-fff", "existing", qualifiers=head)
    facts.relate(deputy, "HOLDS_ROLE", "agency:so-fff", "existing", qualifiers=second)
    facts.relate(deputy, "HOLDS_ROLE", "agency:so-ggg", "existing", qualifiers=second)
    facts.relate(former, "HOLDS_ROLE", "agency:so-kkk", "past", qualifiers=head)


def _other_facts(facts: Builder) -> tuple[Disagreement, ...]:
    centre = facts.entity("centre:fff", "Centre", "Trung tâm Fff", kind="innovation_centre", count=3)
    town = facts.entity("place:fff-thi-tran", "Place", "Thị trấn Fff", kind="town")
    facts.relate(town, "PART_OF", "province:fff", "existing", basis="inferred")
    facts.relate(centre, "LOCATED_IN", town, "planned")
    facts.relate("province:mmm", "MERGED_INTO", "province:aaa", "existing", qualifiers={"date": "2025-07-01"})
    facts.relate("province:aaa", "PARTNERS_WITH", "province:bbb", "existing")
    said = {"indicator": "startups", "unit": "count", "value_status": "actual", "period": "2025"}
    one = facts.add_statement(
        "measurement", "province:aaa", "Aaa counts 90 start-ups", value=90, comparator="=", **said
    )
    two = facts.add_statement(
        "measurement", "province:aaa", "Aaa counts 120.5", article=SECOND_ARTICLE, value=120.5, comparator="=", **said
    )
    facts.add_statement(
        "claim", "province:aaa", "Aaa wants to lead", claim_type="goal", speaker="person:nguoi-dau",
        about=("fund:aaa-vc", "centre:fff"),
    )  # fmt: skip
    facts.add_reference("province:aaa", "BORDERS", "province:ccc")
    readings = (Reading((one,), "90"), Reading((two,), "120.5"))
    return (
        Disagreement(
            "disagreement:startups-aaa", "value", ("province:aaa",), readings, "Two counts of one year.", 1, "newer"
        ),
    )


@cache
def facts() -> Facts:
    """Return the invented facts."""
    built = Builder()
    built.article("i00", "2025-10-19", "en")
    built.article("i01", "2025-11-18", "vi")
    numbers = (Name("57-NQ/TW", "vi", "number"), Name("Nghị quyết 57", "vi"), Name("Resolution 57", "en"))
    built.entity(POLICY, "Policy", "Nghị quyết 57-NQ/TW", *numbers, kind="resolution", number="57-NQ/TW")
    built.entity(OTHER_POLICY, "Policy", "Kế hoạch 1/XX-YY", kind="plan", number="1/XX-YY")
    _provinces(built)
    _funds(built)
    _people(built)
    disagreements = _other_facts(built)
    silent = Passage(SECOND_ARTICLE, 90, 0, 5, passage_hash("Hello"))
    return Facts(
        entities=tuple(built.entities.values()),
        statements=tuple(built.statements),
        mentions=(Mention(FIRST_ARTICLE, "province:aaa", 1, 0, 3), Mention(FIRST_ARTICLE, "province:aaa", 2, 4, 7)),
        sentences=(*built.sentences, Sentence("sentence:i01-90-0", silent, no_statement_reason="greeting")),
        disagreements=disagreements,
        retired_ids=(("province:old-aaa", "province:aaa"), ("province:never", None)),
    )


@cache
def release() -> Release:
    """Return the release of the invented facts."""
    return merge(facts(), schema())


INDICATORS = (
    "budget", "capital", "firms", "fund_size", "index_rank", "parks", "patents", "ports", "rank", "rooms", "share",
    "st_spending", "staff", "startups", "visitors",
)  # fmt: skip
"""The indicators of the invented graphs, which are not in the registry."""


@cache
def queries() -> dict[str, Query]:
    """Return the catalogue, whose parameters also take the invented indicators."""
    invented_terms = {name: Term(name, name, name) for name in INDICATORS}
    return {
        name: replace(
            query,
            params={
                key: replace(parameter, values={**parameter.values, **invented_terms})
                if parameter.values_of == "indicators"
                else parameter
                for key, parameter in query.params.items()
            },
        )
        for name, query in catalogue().items()
    }


def load_graph(engine: Engine, other_release: Release | None = None) -> Graph:
    """Load the invented release, or another one, into an engine and return its reader."""
    load(engine, other_release or release(), batch=10_000, replace=True)
    return Graph(engine, schema(), queries())
