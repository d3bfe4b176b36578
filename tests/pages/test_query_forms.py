"""What the form of a query offers: provinces of today first, kinds that something has, and indicators by label."""

import re

import pytest

from tests.support.http import client, page
from vnkg.api.i18n.labels import Labels
from vnkg.api.presenters.query_form import Field, form_fields
from vnkg.graph.catalogue.query import catalogue
from vnkg.graph.model.schema import schema


def field(query: str, name: str, language: str = "en", **arguments: str) -> Field:
    service = client().app.state.service  # pyright: ignore[reportAttributeAccessIssue, reportFunctionMemberAccess]
    fields = form_fields(service, catalogue()[query], arguments, Labels(schema(), language))
    return next(item for item in fields if item.name == name)


def test_former_provinces_follow_in_a_group_of_their_own() -> None:
    options = field("province_actors", "province").options
    assert [option.key for option in options if option.is_former] == ["province:mmm"]
    assert options[-1].key == "province:mmm"
    text = page("/queries/province_actors", province="province:mmm")
    assert len(re.findall("<optgroup", text)) == 1
    group = re.search(r'<optgroup label="Former provinces">(.*?)</optgroup>', text, re.DOTALL)
    assert group is not None
    assert re.findall(r'value="([^"]+)" selected', group[1]) == ["province:mmm"]
    assert "<optgroup" not in page("/queries/provinces_by_policy")


def test_a_kind_that_nothing_has_is_offered_only_if_it_was_asked_for() -> None:
    kinds = [option.key for option in field("provinces_with_fund", "fund_kind").options]
    assert kinds == ["venture_capital", "st_development"]
    chosen = [option.key for option in field("provinces_with_fund", "fund_kind", fund_kind="other").options]
    assert chosen == [*kinds, "other"]
    assert 'value="other" checked' in page("/queries/provinces_with_fund", fund_kind="other")
    statuses = field("provinces_with_fund", "fund_status").options
    assert [option.key for option in statuses] == list(schema().statuses)


@pytest.mark.parametrize("language", ["en", "vi"])
def test_indicators_are_offered_by_label(language: str) -> None:
    form_field = field("indicator_ranking", "indicator", language)
    assert form_field.kind == "select"
    assert {option.key for option in form_field.options} == set(schema().indicators)
    labels = [option.label for option in form_field.options]
    assert labels == sorted(Labels(schema(), language).text_of(item) for item in schema().indicators.values())
