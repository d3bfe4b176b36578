"""The list of entities: all or one type, in pages."""

import html
import re

import pytest

from tests.support.http import client_of, graph, page, settings
from vnkg.api.pages.entities import listing


def entity_ids(text: str) -> list[str]:
    main = text[text.index("<main") : text.index("</main>")]
    return re.findall(r'<div class="edge-line"><a href="/entities/([^"?]+)', main)


def test_the_list_has_all_entities_by_id_or_those_of_a_type() -> None:
    whole = entity_ids(page("/entities"))
    assert whole == sorted(whole) == sorted(item["id"] for item in graph().entities(limit=1_000))
    funds = page("/entities?type=Fund")
    assert entity_ids(funds) == [id for id in whole if id.startswith("fund:")]
    assert 'href="/entities?type=Fund" aria-current="true">Fund' in funds
    assert 'href="/api/v1/entities?type=Fund">JSON' in funds
    assert "Next page" not in funds
    assert "Nothing of this type is known yet." in page("/entities?type=Event")


@pytest.mark.parametrize("query_string", ["?type=Person&lang=en", "?type=Fund&lang=en"])
def test_the_pages_of_a_list_have_each_entity_once(monkeypatch: pytest.MonkeyPatch, query_string: str) -> None:
    whole = entity_ids(page(f"/entities{query_string}"))
    monkeypatch.setattr(listing, "PAGE_SIZE", len(whole) // 3)
    parts: list[list[str]] = []
    with client_of(settings().model_copy(update={"cache": False})) as uncached:
        address = f"/entities{query_string}"
        while address:
            text = uncached.get(address).text
            parts.append(entity_ids(text))
            following = re.findall(r'class="button" href="([^"]+)"', text)
            address = html.unescape(following[0]) if following else ""
    assert [id for part in parts for id in part] == whole
    assert len(parts) == -(-len(whole) // (len(whole) // 3))
