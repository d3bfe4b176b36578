"""The main pages of the site. Tests of properties that every page must have run on each of them.

A page in the menu is among them without a line here; a view with parameters, and a page that is not in the menu, gets one.
"""

from dataclasses import dataclass

from vnkg.api.pages._base.discovery import discover_pages


@dataclass(frozen=True, slots=True)
class MainPage:
    """A page: short name, path on the invented graph and on the five articles, and status code."""

    name: str
    invented_path: str
    built_in_path: str
    status: int = 200

    def __str__(self) -> str:
        return self.name


def shared_page(name: str, path: str, status: int = 200) -> MainPage:
    """A page with the same path on every graph."""
    return MainPage(name, path, path, status)


_VIEWS = (
    shared_page("start", "/"),
    shared_page("start-by-number", "/?colour=facts"),
    MainPage("start-by-indicator", "/?colour=resolution_57", "/?colour=st_enterprises"),
    shared_page("search", "/search"),
    MainPage("found", "/search?q=aaa", "/search?q=Bình+Dương"),
    MainPage("near", "/search?q=Nguyen+Van+Dauu", "/search?q=Pham+Thi+Nhamm"),
    shared_page("found-nothing", "/search?q=zzzzzz"),
    shared_page("entities", "/entities?type=Fund"),
    MainPage("province", "/entities/province:aaa", "/entities/province:dong-nai"),
    MainPage("policy", "/entities/policy:57-nq-tw", "/entities/policy:57-nq-tw"),
    MainPage("hostile", "/entities/organisation:uuu", "/entities/person:pham-thi-nham"),
    MainPage("fund", "/entities/fund:hhh-vc", "/entities/fund:ho-chi-minh-startup-support"),
    MainPage("former", "/entities/province:mmm", "/entities/province:binh-duong"),
    MainPage("said", "/entities/province:aaa/statements", "/entities/province:lam-dong/statements"),
    MainPage("statement", "/statements/statement:i00-001", "/statements/statement:003-startup-fund"),
    MainPage("number", "/statements/statement:i01-002", "/statements/statement:003-d6e04aed45"),
    shared_page("questions", "/queries"),
    shared_page("questions-filtered", "/queries?q=fund"),
    shared_page("instruments", "/matrix"),
    shared_page("instruments-named", "/matrix?status=planned&names=true"),
    shared_page("choosing", "/compare"),
    MainPage(
        "comparison",
        "/compare?ids=province:aaa,province:fff,province:mmm",
        "/compare?ids=province:dong-nai,province:ho-chi-minh,province:lam-dong",
    ),
    MainPage("unlike", "/compare?ids=province:aaa,fund:aaa-vc", "/compare?ids=province:hue,policy:57-nq-tw", 422),
    shared_page("timeline", "/timeline"),
    MainPage("timeline-of-one", "/timeline?entity=province:aaa", "/timeline?entity=province:hai-phong&order=oldest"),
    shared_page("flagship", "/queries/provinces_with_fund"),
    shared_page("planned", "/queries/provinces_with_fund?fund_status=planned&fund_status=considered"),
    shared_page("refused", "/queries/provinces_with_fund?fund_status=plant", 422),
    MainPage("matrix", "/queries/instrument_matrix?province=province:aaa", "/queries/instrument_matrix"),
    MainPage("picture", "/picture?entity=organisation:uuu&depth=2", "/picture?entity=province:dong-nai"),
    shared_page("picture-of-question", "/picture?query=provinces_with_fund"),
    shared_page("picture-of-near-misses", "/picture?query=provinces_with_fund&fund_status=approved"),
    MainPage("picture-of-province", "/picture?province=province:aaa", "/picture?province=province:ho-chi-minh"),
    MainPage(
        "picture-of-paths",
        "/picture?from=organisation:uuu&to=province:aaa",
        "/picture?from=province:lam-dong&to=province:quang-ninh",
    ),
    shared_page("picture-of-all", "/picture"),
    shared_page("paths", "/paths"),
    MainPage(
        "paths-found",
        "/paths?from=organisation:uuu&to=province:aaa",
        "/paths?from=province:lam-dong&to=province:quang-ninh",
    ),
    MainPage("path-ends", "/paths?from=so+phat+minh&to=Aaa", "/paths?from=hai+phong+innovation&to=Marvell", 300),
    shared_page("articles", "/articles"),
    MainPage("article", "/articles/article:900", "/articles/article:000"),
    MainPage("ledger", "/articles/article:900?view=ledger", "/articles/article:000?view=ledger"),
    shared_page("disagreements", "/disagreements"),
    MainPage(
        "disagreement",
        "/disagreements/disagreement:startups-aaa",
        "/disagreements/disagreement:dong-nai-department-word",
    ),
    shared_page("report", "/report"),
    shared_page("schema", "/schema"),
    shared_page("about", "/about"),
    shared_page("nothing", "/nothing", 404),
)
_MENU_ADDRESSES = [entry.address for page in discover_pages() for entry in page.MENU]
MAIN_PAGES = (
    *_VIEWS,
    *(
        shared_page(address.strip("/"), address)
        for address in _MENU_ADDRESSES
        if address not in {view.built_in_path for view in _VIEWS}
    ),
)

FRAME_PAGES = (MainPage("embedded", "/embed/picture?entity=province:aaa", "/embed/picture?entity=province:dong-nai"),)
"""Pages to embed in other sites: without header, search and menu, but as accessible as all others."""
