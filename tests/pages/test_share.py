"""Social sharing: correct descriptions, absolute URLs only with a public address, cards."""

import io
from collections.abc import Callable, Iterator
from itertools import cycle

import pytest
from fastapi.testclient import TestClient
from PIL import Image
from pydantic import ValidationError

from tests.support.html import PATHS, PageParser, text_of
from tests.support.http import built_in_client, client, client_of, settings
from tests.support.invented_graph import HOSTILE
from tests.support.main_pages import MAIN_PAGES
from vnkg.api.i18n.language import LANGUAGES
from vnkg.api.pages._base import card_image
from vnkg.api.pages._base.card_image import SIZE, card_png, renderable_text
from vnkg.api.pages._base.share import Share
from vnkg.graph.settings import Settings

PUBLIC = "https://vnkg.example"
EXISTING_PATHS = [
    path for path in PATHS if path not in {page.invented_path for page in MAIN_PAGES if page.status != 200}
]
SHARED_PATHS = [
    "/",
    "/about",
    "/search?q=aaa",
    "/entities/organisation:uuu",
    "/queries/article_statements?article=article:900",
    "/articles/article:900?view=ledger",
    "/disagreements/disagreement:startups-aaa",
]
CARDS = [
    "/card.png",
    "/card/entity/province:aaa.png",
    "/card/entity/organisation:uuu.png",
    "/card/query/provinces_with_fund.png",
    "/card/article/article:900.png",
    "/card/disagreement/disagreement:startups-aaa.png",
]


@pytest.fixture(scope="module")
def public() -> Iterator[TestClient]:
    with client_of(settings().model_copy(update={"public_url": PUBLIC})) as asked:
        yield asked


def meta(text: str) -> dict[str, str]:
    return {
        found.get("property") or found.get("name", ""): found["content"]
        for found in PageParser(text).find_all("meta")
        if "content" in found
    }


@pytest.mark.parametrize(("path", "language"), list(zip(EXISTING_PATHS, cycle(LANGUAGES), strict=False)))
def test_every_page_has_a_title_and_description(path: str, language: str) -> None:
    text = text_of(path, language)
    said = meta(text)
    assert PageParser(text).words["title"][0].startswith(said["og:title"])
    assert said["og:description"] == said["description"]
    assert 5 < len(said["description"]) < 300
    assert said["og:locale"] == {"en": "en_GB", "vi": "vi_VN"}[language]
    assert said["og:locale:alternate"] == {"vi": "en_GB", "en": "vi_VN"}[language]


def test_descriptions_of_pages_are_correct() -> None:
    def description(path: str) -> str:
        return meta(client().get(path).text)["description"]

    assert description("/entities/fund:bbb-vc") == "Venture capital fund: planned, 1 relation, 1 statement, 1 article."
    aaa = client().get("/api/v1/entities/province:aaa").json()["data"]
    statements = len(client().get("/api/v1/entities/province:aaa/statements").json()["data"])
    expected = f"Province: {len(aaa['edges'])} relations, {statements} statements, 2 articles, 1 disagreement."
    assert description("/entities/province:aaa") == expected
    for asked in ("", "?fund_status=planned"):
        answer = client().get(f"/api/v1/queries/provinces_with_fund{asked}").json()["data"]
        counted = f"Question: {len(answer['rows'])} answers, {len(answer['near_misses'])} near misses."
        assert description(f"/queries/provinces_with_fund{asked}") == counted
    assert (
        description("/articles/article:901") == "Article: Vietnamese, 18 November 2025, 2 statements, 1 disagreement."
    )
    said_of_doubt = "Sources disagree: value: Aaa, 2 readings, one reading preferred."
    assert description("/disagreements/disagreement:startups-aaa") == said_of_doubt


def test_without_a_public_address_nothing_is_taken_from_the_request() -> None:
    text = client().get("/entities/province:aaa", headers={"Host": "evil.example"}).text
    assert "evil.example" not in text
    said = meta(text)
    assert "og:url" not in said
    assert "og:image" not in said
    assert said["twitter:card"] == "summary"


@pytest.mark.parametrize("path", SHARED_PATHS)
def test_with_a_public_address_the_card_of_every_page_is_there(public: TestClient, path: str) -> None:
    said = meta(public.get(path, headers={"Host": "evil.example"}).text)
    assert said["og:url"].startswith(f"{PUBLIC}/")
    assert said["og:image"].startswith(f"{PUBLIC}/card")
    assert said["twitter:card"] == "summary_large_image"
    drawn = public.get(said["og:image"].removeprefix(PUBLIC))
    assert (drawn.status_code, drawn.headers["content-type"]) == (200, "image/png")


def test_the_card_of_a_query_includes_its_parameters(public: TestClient) -> None:
    said = meta(public.get("/queries/provinces_with_fund?fund_status=planned&fund_status=past&lang=vi").text)
    path = "/card/query/provinces_with_fund.png?fund_status=planned&fund_status=past&lang=vi"
    assert said["og:image"] == PUBLIC + path
    assert said["og:url"].endswith("?fund_status=planned&fund_status=past&lang=vi")
    assert client().get(path).content != client().get("/card/query/provinces_with_fund.png?lang=vi").content


def test_an_error_is_not_shared(public: TestClient) -> None:
    said = meta(public.get("/entities/province:zzz").text)
    assert said["robots"] == "noindex"
    assert not [name for name in said if name.startswith("og:")]


@pytest.mark.parametrize("path", CARDS)
def test_a_card_is_a_small_picture_and_the_same_each_time(path: str) -> None:
    first = client().get(path)
    assert (first.status_code, first.headers["content-type"]) == (200, "image/png")
    assert len(first.content) < 60_000
    with Image.open(io.BytesIO(first.content)) as drawn:
        assert (drawn.size, drawn.format) == (SIZE, "PNG")
    with client_of(settings().model_copy(update={"cache": False})) as anew:
        assert anew.get(path).content == first.content


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("site", [client, built_in_client], ids=["invented", "built-in"])
def test_a_disagreement_has_a_card_with_or_without_a_preferred_reading(
    site: Callable[[], TestClient], language: str
) -> None:
    disagreements = site().get("/api/v1/disagreements").json()["data"]
    settled = [item for item in disagreements if "preferred" in item]
    unsettled = [item for item in disagreements if "preferred" not in item]
    assert settled
    assert unsettled
    for item in settled[:3] + unsettled[:3]:
        card = site().get(f"/card/disagreement/{item['id']}.png?lang={language}")
        assert (card.status_code, card.headers.get("content-type")) == (200, "image/png"), item["id"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/card/entity/province:zzz.png", 404),
        ("/card/entity/province:never.png", 410),
        ("/card/article/province:aaa.png", 404),
        ("/card/disagreement/x.png", 404),
        ("/card/query/nothing.png", 404),
        ("/card/query/provinces_with_fund.png?fund_status=plant", 422),
        ("/card/entity/province:aaa.png?colour=red", 422),
        ("/card.png?lang=xx", 422),
        ("/card/planet/mars.png", 404),
    ],
)
def test_a_missing_entity_has_no_card(path: str, status: int) -> None:
    assert client().get(path).status_code == status


def test_the_card_of_a_merged_id_is_that_of_its_successor() -> None:
    moved = client().get("/card/entity/province:old-aaa.png?lang=vi")
    assert (moved.status_code, moved.headers["location"]) == (308, "/card/entity/province:aaa.png?lang=vi")


def test_each_vietnamese_letter_is_drawn_distinctly() -> None:
    letters = "ăâđêôơưĂÂĐÊÔƠƯ" + "".join(chr(code) for code in range(0x1EA0, 0x1EFA))
    assert renderable_text(letters) == letters
    for weight in (400, 600):
        drawn = {bytes(card_image._font(weight, 32).getmask(letter)) for letter in letters}  # pyright: ignore[reportPrivateUsage]
        assert len(drawn) == len(letters)
    assert len({card_png(Share(letter, "x", (), ""), "") for letter in "oôơộợ"}) == 5


def test_undrawable_characters_are_omitted_and_the_id_replaces_an_empty_name() -> None:
    assert renderable_text("e\u0323\u0302 \u202eAb\u0000c\u200f\n d😀 中文") == "ệ Ab c d"
    assert renderable_text("中文 😀 ·") == ""
    named = card_png(Share("中文", "x", (), ""), "", "organisation:zhongwen")
    assert named == card_png(Share("organisation:zhongwen", "x", (), ""), "")
    assert named != card_png(Share("", "x", (), ""), "")


@pytest.mark.parametrize("text", [HOSTILE * 50, "Ậ" * 10_000, "a " * 10_000, ""])
def test_a_card_fits_text_of_any_length(text: str) -> None:
    drawn = card_png(Share(text, text, (text, text), "", text), text, text)
    assert len(drawn) < 60_000
    with Image.open(io.BytesIO(drawn)) as found:
        edge = found.convert("L").crop((SIZE[0] - 40, 20, SIZE[0], SIZE[1]))
    assert edge.getextrema() == (255, 255)  # nothing runs over the edge


@pytest.mark.parametrize(
    "address",
    [
        "ftp://x",
        "https://",
        "vnkg.example",
        "https://x/path",
        "https://x?a",
        "https://u@x",
        "https://x y",
        "//x",
        "https://x#",
    ],
)
def test_an_invalid_public_address_is_refused(address: str) -> None:
    with pytest.raises(ValidationError, match="without a path"):
        Settings(public_url=address)


@pytest.mark.parametrize("address", ["", "https://vnkg.example", "http://127.0.0.1:8000/", "http://[::1]:8000"])
def test_a_public_address_is_stored_without_its_trailing_slash(address: str) -> None:
    assert Settings(public_url=address).public_url == address.removesuffix("/")
