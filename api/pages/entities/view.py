"""Reads the data of an entity page and builds the context of its template."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from markupsafe import Markup

from ....graph.model.objects import DisagreementJson, Row, StatementJson
from ....graph.model.schema import schema
from ....graph.pictures import page as picture_page
from ....graph.pictures.from_graph import build_picture
from ....graph.reader.objects import EntityDetails, EntityEdge
from ...i18n.labels import Labels
from ...presenters.dated_rows import with_statement_texts
from ...presenters.disagreements import in_order_of_effect
from ...presenters.evidence import Sources
from ...presenters.picture_subject import with_display_names
from ...presenters.truncated import truncate
from ...service.service import Service
from .._base.citation import citation
from .._base.share import Share, entity_share
from .claims import claims_by_and_about
from .disagreements import DisagreementIndex
from .evidence_budget import EvidenceAllocator
from .lines import PageLines
from .names import heading_of, language_of, names_of
from .not_stated import UnansweredQuestion, mentioning_articles, unanswered_questions
from .numbers import indicators_of
from .officials import officials_of, read_officials
from .relations import KEY_TOPICS, groups_of
from .summary import SummaryData, summary_of
from .timeline import article_days, timeline_of

STATIC_PICTURE_NODES = 40
"""Maximum number of nodes in the static picture; the interactive one shows more."""
MAX_STATEMENTS = 2_000
"""Maximum number of statements that the page uses; the list of statements has all."""
TIMELINE_QUERY = "timeline"
NAME_ATTRIBUTES = ("diacritics", "named")
"""Attributes that are about the names of an entity; the page shows them with the names."""


class PageLink(NamedTuple):
    """A link to a page that takes an entity as parameter; `title_key` is the key of its text."""

    address: str
    title_key: str
    parameters: dict[str, str]


@dataclass(frozen=True, slots=True)
class EntityData:
    """The data of an entity page in one language, as read from the graph."""

    entity: EntityDetails
    statements: dict[str, StatementJson]
    has_more_statements: bool
    disagreements: list[DisagreementJson]
    dated_rows: list[Row]
    names_by_id: dict[str, str]
    sources: Sources
    unanswered_questions: list[UnansweredQuestion]
    picture: Markup | None
    share: Share
    officials: list[Row] = field(default_factory=list[Row])
    official_statements: dict[str, StatementJson] = field(default_factory=dict[str, StatementJson])


def load_entity(service: Service, id: str, language: str) -> EntityData:
    """Read the data of an entity page.

    Raises `NotFound`, `MergedId` or `RemovedId` like the API.
    """
    graph = service.graph
    entity = graph.entity(id)
    first_statements = graph.all_statements(id, MAX_STATEMENTS + 1)
    statements = {statement["id"]: statement for statement in first_statements[:MAX_STATEMENTS]}
    if len(first_statements) > MAX_STATEMENTS:  # the evidence of every edge, even if it is not among the first
        statements |= graph.statements_by_id({key for edge in entity["edges"] for key in edge["statements"]})
    officials = read_officials(service, entity)
    return EntityData(
        entity,
        statements,
        len(first_statements) > MAX_STATEMENTS,
        in_order_of_effect(entity["disagreements"]),
        _dated_rows(service, id, statements),
        graph.names(_mentioned_ids(statements.values())),
        Sources(service),
        unanswered_questions(service, entity, list(statements.values()), language),
        _static_picture(service, id, language),
        entity_share(service, id, language),
        officials,
        graph.statements_by_id({key for row in officials for key in row["statements"]}),
    )


def template_context(service: Service, entity_data: EntityData, language: str, limit: int) -> dict[str, Any]:
    """Return the context of the template, with at most `limit` lines in each list."""
    labels, entity, statements = Labels(service.schema, language), entity_data.entity, entity_data.statements
    allocator = EvidenceAllocator(entity_data.sources, {**entity_data.official_statements, **statements})
    disagreement_index = DisagreementIndex(entity_data.disagreements)
    lines = PageLines(labels, allocator, disagreement_index, limit)
    officials = officials_of(entity_data.officials, lines)
    groups = list(groups_of(entity, lines))
    measurements = [
        statement
        for statement in statements.values()
        if statement["kind"] == "measurement" and statement["subject"] == entity["id"]
    ]
    indicators = indicators_of(measurements, entity.get("extent_changed_on"), lines)
    used_ids = {key for edge in entity["edges"] for key in edge["statements"]} | {
        statement["id"] for statement in measurements
    }
    spoken_claims, claims_about = claims_by_and_about(entity["id"], statements.values(), used_ids, lines)
    names, heading = names_of(entity["names"], entity_data.sources), heading_of(entity, language)
    days = article_days(statements.values(), entity_data.sources)
    article_ids = mentioning_articles(entity, statements.values())
    summary_data = SummaryData(
        entity, heading, entity_data.officials, entity_data.unanswered_questions, bool(article_ids or entity["edges"]),
        len(statements), len(article_ids), sum(item.get("speaker") == entity["id"] for item in statements.values()),
    )  # fmt: skip
    return {
        "entity": entity,
        "share": entity_data.share,
        "heading": heading,
        "heading_language": language_of(entity, heading, language),
        "main_language": language_of(entity, entity["name"], language),
        "attributes": [pair for pair in labels.attributes(entity) if pair[0].key not in NAME_ATTRIBUTES],
        "name_attributes": [pair for pair in labels.attributes(entity) if pair[0].key in NAME_ATTRIBUTES],
        "defining_edges": _defining_edges(entity, limit),
        "names": truncate(names, limit),
        "names_by_id": entity_data.names_by_id,
        "summary": summary_of(summary_data, labels),
        "officials": officials,
        "key_groups": [group for group in groups if group.topic in KEY_TOPICS],
        "groups": [group for group in groups if group.topic not in KEY_TOPICS],
        "common_date": _common_date(entity, statements.values()),
        "indicators": indicators,
        "claims_by": spoken_claims,
        "claims_about": claims_about,
        "evidence_allocator": allocator,
        "disagreement_index": disagreement_index,
        "name_disagreements": disagreement_index.for_names((name.text for name in names), "names"),
        "disagreements": truncate(entity_data.disagreements, limit),
        "mentioning_articles": article_ids,
        "unanswered_questions": entity_data.unanswered_questions,
        "timeline": truncate(timeline_of(entity["id"], entity_data.dated_rows), limit),
        "article_dates": {day.article["id"]: day.statements for day in days},
        "dated_by_article": sum(day.statements for day in days),
        "sources": truncate(_source_articles(entity_data), limit),
        "reference_tables": _reference_tables(statements.values()),
        "statements": len(statements),
        "has_more_statements": entity_data.has_more_statements,
        "related_pages": list(_related_pages(entity)),
        "picture": entity_data.picture,
        "citation": citation(
            heading, f"{service.settings.public_url}/entities/{entity['id']}", service.release(), language
        ),
    }


def _common_date(entity: EntityDetails, statements: Iterable[StatementJson]) -> str | None:
    """Return the date of most lines, which the page gives once."""
    dates = Counter(
        as_of for item in (*entity["edges"], *statements) if (as_of := item.get("as_of")) and not item.get("period")
    )
    return dates.most_common(1)[0][0] if dates else None


def _related_pages(entity: EntityDetails) -> Iterator[PageLink]:
    """Yield links to the pages that take the entity as parameter."""
    links = [
        PageLink("/picture", "moving_picture", {"entity": entity["id"]}),
        PageLink("/paths", "entity_paths_from", {"from": entity["id"]}),
    ]
    if schema().nodes[entity["type"]].comparable:
        links.append(PageLink("/compare", "entity_compare_it", {"ids": entity["id"]}))
    yield from links


def _defining_edges(entity: EntityDetails, limit: int) -> dict[str, list[EntityEdge]]:
    """Return the edges that define an entity: mergers, and those that determine its status."""
    selections = {
        "merged_in": (("MERGED_INTO",), "in"),
        "merged_into": (("MERGED_INTO",), "out"),
        "status": (("PROPOSES", "PLANS", "HAS"), "in"),
    }
    return {
        name: [edge for edge in entity["edges"] if edge["predicate"] in predicates and edge["direction"] == direction][
            :limit
        ]
        for name, (predicates, direction) in selections.items()
    }


def _mentioned_ids(statements: Any) -> set[str]:
    return {
        key
        for statement in statements
        for key in (
            statement["subject"],
            statement.get("object"),
            statement.get("speaker"),
            *statement.get("about", ()),
        )
        if key
    }


def _dated_rows(service: Service, id: str, statements: Mapping[str, StatementJson]) -> list[Row]:
    """Return the rows of the timeline with what their statements say beside a date."""
    if TIMELINE_QUERY not in service.queries:
        return []
    rows = service.graph.query(TIMELINE_QUERY, {"entity": id, "exclude_article_dates": "true"})["rows"]
    return [with_statement_texts(row, statements) for row in rows]


def _source_articles(entity_data: EntityData) -> Iterator[dict[str, Any]]:
    """Yield the articles that mention an entity or state something about it.

    Each is `{article, statements, lines}`: the number of statements, and the lines of the mentions.
    """
    counts = Counter(statement["article"] for statement in entity_data.statements.values() if "article" in statement)
    lines = {mention["article"]: mention["lines"] for mention in entity_data.entity["mentions"]}
    for key in sorted(counts.keys() | lines.keys()):
        yield {"article": entity_data.sources.article(key), "statements": counts[key], "lines": lines.get(key, [])}


def _reference_tables(statements: Any) -> list[tuple[str, str]]:
    """Return `(source, checked_on)` of the reference tables that statements come from."""
    return sorted(
        {(statement["source"], statement.get("checked_on", "")) for statement in statements if "source" in statement}
    )


def _static_picture(service: Service, id: str, language: str) -> Markup | None:
    neighbourhood = service.graph.neighbourhood(
        id, depth=1, limit=STATIC_PICTURE_NODES, predicates=service.schema.drawn_edge_types
    )
    if not neighbourhood["edges"]:
        return None
    subgraph = with_display_names(service, neighbourhood, language)
    picture = build_picture(subgraph, service.schema, language)
    return Markup(picture_page.svg(picture, service.schema, language))  # noqa: S704  generated by us with escaped names
