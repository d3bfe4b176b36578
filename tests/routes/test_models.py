"""The response models of the API have the keys of the objects that the reader and the presenters return."""

from typing import NotRequired, get_origin, get_type_hints, is_typeddict

import pytest
from pydantic import BaseModel

from vnkg.api.presenters import comparison_objects
from vnkg.api.routes.models import common, compare, paths, report
from vnkg.graph.model import objects as files
from vnkg.graph.reader import objects as reads
from vnkg.graph.search.search import SearchHit

COMPLETE_MODELS: list[tuple[type[BaseModel], type]] = [
    (common.Name, files.NameJson),
    (common.EntitySummary, files.EntityCard),
    (common.EntityEdge, reads.EntityEdge),
    (common.Reading, files.ReadingJson),
    (common.Disagreement, files.DisagreementJson),
    (common.SearchHit, SearchHit),
    (common.GraphEdge, reads.GraphEdge),
    (common.Mention, reads.MentionJson),
    (common.ReleaseInfo, reads.ReleaseInfo),
    (paths.PathEdge, reads.PathEdge),
    (paths.Step, reads.PathStep),
    (paths.Path, reads.EntityPath),
    (paths.HubPath, reads.HubPath),
    (paths.SearchExtent, reads.SearchExtent),
    (paths.Paths, reads.Paths),
    (report.StatementCounts, reads.StatementCounts),
    (report.Edges, reads.OriginCounts),
    (report.Disagreements, reads.ResolutionCounts),
    (report.Entities, reads.EntityReport),
    (report.Hub, reads.Hub),
    (report.Orphan, reads.Orphan),
    (report.ArticleCounts, reads.ArticleReport),
    (report.IssuedPolicy, reads.IssuedPolicy),
    (report.LatestDates, reads.LatestDates),
    (report.DataReport, reads.DataReport),
    (compare.CommonRow, comparison_objects.CommonRow),
    (compare.InstrumentItem, comparison_objects.InstrumentCell),
    (compare.InstrumentRow, comparison_objects.InstrumentRow),
    (compare.AttributeRow, comparison_objects.AttributeRow),
    (compare.RelationItem, comparison_objects.RelationCell),
    (compare.RelationRow, comparison_objects.RelationRow),
    (compare.ComparedValue, comparison_objects.ValueCell),
    (compare.NumberRow, comparison_objects.NumberRow),
    (compare.ClaimRow, comparison_objects.ClaimRow),
    (compare.SharedDisagreement, comparison_objects.SharedDisagreement),
    (compare.NotStatedCell, comparison_objects.NotStatedCell),
    (compare.NotStatedRow, comparison_objects.NotStatedRow),
    (compare.Comparison, comparison_objects.Comparison),
]
"""Models that name every key of an object."""
PARTIAL_MODELS: list[tuple[type[BaseModel], type]] = [
    (common.Statement, files.StatementJson),
    (common.EntityPage, reads.EntityDetails),
    (common.Neighbourhood, reads.Subgraph),
    (common.LedgerEntry, reads.LedgerEntry),
]
"""Models that allow further keys beside those that they name."""
OWN_KEYS = {common.EntityPage: {"label"}}
"""Keys that an endpoint adds."""


def model_keys(model: type[BaseModel]) -> set[str]:
    return {field.alias or name for name, field in model.model_fields.items()} - OWN_KEYS.get(model, set())


def object_keys(shape: type) -> dict[str, bool]:
    """Each key of an object, and whether it is always there."""
    assert is_typeddict(shape)
    hints = get_type_hints(shape, include_extras=True)
    return {key: get_origin(hint) is not NotRequired for key, hint in hints.items()}


@pytest.mark.parametrize(("model", "shape"), COMPLETE_MODELS, ids=lambda kind: kind.__name__)
def test_a_model_names_every_key(model: type[BaseModel], shape: type) -> None:
    assert model_keys(model) == set(object_keys(shape))


@pytest.mark.parametrize(("model", "shape"), PARTIAL_MODELS, ids=lambda kind: kind.__name__)
def test_an_open_model_names_only_keys_that_exist(model: type[BaseModel], shape: type) -> None:
    assert model_keys(model) <= set(object_keys(shape))


@pytest.mark.parametrize(("model", "shape"), [*COMPLETE_MODELS, *PARTIAL_MODELS], ids=lambda kind: kind.__name__)
def test_a_required_field_is_always_there(model: type[BaseModel], shape: type) -> None:
    always = {key for key, is_required in object_keys(shape).items() if is_required}
    required = {field.alias or name for name, field in model.model_fields.items() if field.is_required()}
    assert required - OWN_KEYS.get(model, set()) <= always
