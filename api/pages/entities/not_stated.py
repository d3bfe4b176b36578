"""Questions about an entity that no article answers, each with the nearest things that articles do state.

That something is not stated never means that it is not so.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ....graph.model.objects import StatementJson
from ....graph.model.schema import schema
from ....graph.reader.objects import EntityDetails, EntityEdge
from ...i18n.labels import Labels
from ...i18n.words import Words
from ...presenters.existence import existence_status
from ...service.service import Service

PROVINCE_QUERY = "not_stated"
"""The query with the questions for provinces."""
CURRENCIES = ("VND", "USD")


@dataclass(frozen=True, slots=True)
class NearestEntity:
    """An entity that comes near an answer: its status, and how it implements the policy, say how near."""

    id: str
    name: str
    status: str | None
    implementation: str = ""


@dataclass(frozen=True, slots=True)
class UnansweredQuestion:
    """A question that no article answers, with the nearest entities, a note (may be empty), and its policy if any."""

    question: str
    nearest: Sequence[NearestEntity] = ()
    note: str = ""
    policy: NearestEntity | None = None


@dataclass(frozen=True, slots=True)
class QuestionContext:
    """The entity and its statements, which the questions examine."""

    entity: EntityDetails
    statements: Sequence[StatementJson]

    def edges(self, predicates: Iterable[str], direction: str) -> list[EntityEdge]:
        """Return the edges with one of the predicates in a direction, `in` or `out`."""
        wanted = set(predicates)
        return [edge for edge in self.entity["edges"] if edge["predicate"] in wanted and edge["direction"] == direction]


def unanswered_questions(
    service: Service, entity: EntityDetails, statements: Sequence[StatementJson], language: str
) -> list[UnansweredQuestion]:
    """Return the questions for the type of the entity that no article answers."""
    if entity["type"] == "Province":
        return _province_questions(service, entity, language)
    words = Words(language)
    context = QuestionContext(entity, statements)
    return [question for check in _QUESTIONS.get(entity["type"], ()) for question in check(context, words)]


def mentioning_articles(entity: EntityDetails, statements: Iterable[StatementJson]) -> list[str]:
    """Return the ids of the articles that mention an entity or have a statement about it, sorted.

    Statements of which the entity is itself the speaker do not count.
    """
    article_ids = {
        statement["article"]
        for statement in statements
        if "article" in statement and statement.get("speaker") != entity["id"]
    }
    return sorted(article_ids | {mention["article"] for mention in entity["mentions"]})


def _province_questions(service: Service, entity: EntityDetails, language: str) -> list[UnansweredQuestion]:
    if PROVINCE_QUERY not in service.queries or "abolished_on" in entity:
        return []
    labels, params = Labels(service.schema, language), service.queries[PROVINCE_QUERY].params
    rows = service.graph.query(PROVINCE_QUERY, {"province": entity["id"]})["rows"]
    policy = str(params["policy"].default)
    cards = service.graph.cards((policy, *(key for row in rows for key in row["nearest_entities"])))
    implementation_by_id = {edge["neighbour"]["id"]: edge.get("implementation") for edge in entity["edges"]}
    nearest_by_id = {
        card["id"]: NearestEntity(
            card["id"],
            card["name"],
            card["status"],
            labels.term(service.schema.implementations, implementation_by_id.get(card["id"])),
        )
        for card in cards
    }
    questions = params["question"].values
    order = list(questions)
    open_questions: list[UnansweredQuestion] = []
    for row in sorted(rows, key=lambda row: order.index(row["question"])):
        question, subject = labels.term(questions, row["question"]), None
        if row["question"] == "implements_policy":
            subject = nearest_by_id.get(policy)
            question += f" ({subject.name if subject else policy})"
        nearest = [nearest_by_id[key] for key in row["nearest_entities"]]
        open_questions.append(UnansweredQuestion(question, nearest, policy=subject))
    return open_questions


def _other_ends(edges: Iterable[EntityEdge], types: Collection[str]) -> list[NearestEntity]:
    """Return the other ends that have one of the types that an answer could have."""
    entities = (edge["neighbour"] for edge in edges if edge["neighbour"]["type"] in types)
    return sorted(
        {entity["id"]: NearestEntity(entity["id"], entity["name"], entity["status"]) for entity in entities}.values(),
        key=_id,
    )


def _id(entity: NearestEntity) -> str:
    return entity.id


def _name(context: QuestionContext, words: Words) -> Iterator[UnansweredQuestion]:
    if context.entity.get("named") == "ours":
        yield UnansweredQuestion(words("entity_open_name"), note=words("entity_open_name_ours"))


def _size(context: QuestionContext, words: Words) -> Iterator[UnansweredQuestion]:
    numbers = [
        statement
        for statement in context.statements
        if statement["kind"] == "measurement" and statement["subject"] == context.entity["id"]
    ]
    if not any(statement.get("unit") in CURRENCIES and _is_capital(statement) for statement in numbers):
        nearest = _other_ends(context.edges(["FUNDS"], "in"), schema().edges["FUNDS"].start)
        yield UnansweredQuestion(words("entity_open_size"), nearest)


def _is_capital(measurement: StatementJson) -> bool:
    """Whether a number is what a fund has, as in the query `funds_and_sizes`; not what it may spend on a project."""
    indicator = str(measurement.get("indicator", ""))
    return "capital" in indicator or "size" in indicator


def _head(context: QuestionContext, words: Words) -> Iterator[UnansweredQuestion]:
    roles = context.edges(["HOLDS_ROLE"], "in")
    if not any(role.get("head") and role["holds"] for role in roles):
        yield UnansweredQuestion(words("entity_open_head"), _other_ends(roles, schema().edges["HOLDS_ROLE"].start))


def _status(context: QuestionContext, words: Words) -> Iterator[UnansweredQuestion]:
    if existence_status(context.entity) in (None, "unclear"):
        types = [node.key for node in schema().nodes.values() if node.has_status]
        yield UnansweredQuestion(words("entity_open_status"), _other_ends(context.edges(["PART_OF"], "out"), types))


def _status_date(context: QuestionContext, words: Words) -> Iterator[UnansweredQuestion]:
    statement_ids = {key for edge in context.edges(["HAS", "PLANS", "PROPOSES"], "in") for key in edge["statements"]}
    dated_statements = [
        statement for statement in context.statements if statement["id"] in statement_ids and statement.get("as_of")
    ]
    if context.entity.get("status") and not any(
        statement.get("as_of_from") == "sentence" for statement in dated_statements
    ):
        yield UnansweredQuestion(
            words("entity_open_since"), note=words("entity_open_since_article") if dated_statements else ""
        )


def _issuer(context: QuestionContext, words: Words) -> Iterator[UnansweredQuestion]:
    if not context.edges(["ISSUED"], "in"):
        nearest = _other_ends(context.edges(["IMPLEMENTS"], "in"), schema().edges["ISSUED"].start)
        yield UnansweredQuestion(words("entity_open_issuer"), nearest)


def _issued_on(context: QuestionContext, words: Words) -> Iterator[UnansweredQuestion]:
    if not context.entity.get("issued_on"):
        nearest = _other_ends(context.edges(["CONCRETISES"], "out"), ("Policy",))
        yield UnansweredQuestion(words("entity_open_issued_on"), nearest)


def _event_date(context: QuestionContext, words: Words) -> Iterator[UnansweredQuestion]:
    if not context.entity.get("date"):
        yield UnansweredQuestion(words("entity_open_event_date"))


def _office(context: QuestionContext, words: Words) -> Iterator[UnansweredQuestion]:
    if not context.edges(["HOLDS_ROLE"], "out"):
        nearest = _other_ends(context.entity["edges"], schema().edges["HOLDS_ROLE"].end)
        yield UnansweredQuestion(words("entity_open_office"), nearest)


_QUESTIONS: Mapping[str, Sequence[Callable[[QuestionContext, Words], Iterator[UnansweredQuestion]]]] = {
    "Fund": (_name, _size, _head, _status_date),
    "Centre": (_name, _status),
    "Programme": (_status,),
    "Agency": (_head,),
    "Policy": (_issuer, _issued_on),
    "Person": (_office,),
    "Event": (_event_date,),
}
