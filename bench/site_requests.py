"""All requests to a running server: derived from its OpenAPI document, its lists and its pages.

Sampled, as all of them would take too long: ids for a parameter of a query; pictures of more than one step or as pages;
cards; pairs for paths and groups to compare; links of one family (the same path except ids, the same parameters). A
sample is the first and last item of a list and others at equal distances. Pages of a query with parameters other than
its example are requested in one language each, alternating. With a second engine (`all_languages` is false) these are
left out, and the pages of each id are requested in one language each too. Everything else is requested for every id.
"""

import json
import re
import time
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from http_client import Client, Page, Request, address
from recording import Answer

SAMPLE = 12
LANGUAGES = ("en", "vi")
ID = re.compile(r"[a-z]+:[A-Za-z0-9][A-Za-z0-9._-]*")
NO_ROW = "zzz"
"""A value that matches nothing."""
DATES = ("2024-12-31", "2025-06-30", "2025-07-01", "2025-12", "2025", "2025-13-01")
MAIN = (
    "/", "/?colour=facts", "/?colour=st_enterprises", "/search", "/search?q=B%C3%ACnh+D%C6%B0%C6%A1ng",
    "/search?q=Pham+Thi+Nhamm", "/search?q=zzzzzz", "/entities", "/entities?type=Fund", "/entities/province:dong-nai",
    "/entities/policy:57-nq-tw", "/entities/person:pham-thi-nham", "/entities/fund:ho-chi-minh-startup-support",
    "/entities/province:binh-duong", "/entities/province:lam-dong/statements",
    "/statements/statement:003-startup-fund", "/statements/statement:003-d6e04aed45", "/queries", "/queries?q=fund",
    "/matrix", "/matrix?status=planned&names=true", "/compare",
    "/compare?ids=province:dong-nai,province:ho-chi-minh,province:lam-dong",
    "/compare?ids=province:hue,policy:57-nq-tw", "/timeline", "/timeline?entity=province:hai-phong&order=oldest",
    "/queries/provinces_with_fund", "/queries/provinces_with_fund?fund_status=planned&fund_status=considered",
    "/queries/provinces_with_fund?fund_status=plant", "/queries/instrument_matrix",
    "/picture?entity=province:dong-nai", "/picture?query=provinces_with_fund",
    "/picture?query=provinces_with_fund&fund_status=approved", "/picture?province=province:ho-chi-minh",
    "/picture?from=province:lam-dong&to=province:quang-ninh", "/picture", "/paths",
    "/paths?from=province:lam-dong&to=province:quang-ninh", "/paths?from=hai+phong+innovation&to=Marvell",
    "/articles", "/articles/article:000", "/articles/article:000?view=ledger", "/disagreements",
    "/disagreements/disagreement:dong-nai-department-word", "/report", "/schema", "/about", "/nothing",
    "/embed/picture?entity=province:dong-nai",
)  # fmt: skip
"""The pages listed in tests/site.py, with their addresses for the five articles."""
WRONG = (
    "/entities/province:nowhere", "/entities/Dong-Nai", "/entities/province:dong-nay", "/entities/", "/Entities",
    "/statements/statement:nothing", "/articles/article:999", "/articles/article:000?view=zzz",
    "/disagreements/disagreement:zzz", "/queries/provinces_with_fnd", "/queries/zzz", "/static/x/zzz.css",
    "/static/x/icon.svg", "/static/../pyproject.toml", "/static/x/%2e%2e%2fpyproject.toml", "/?lang=fr", "/?nonsense=1",
    "/search?q=a&q=b", "/search?q=" + "a" * 201, "/timeline?kind=zzz", "/timeline?page=0", "/timeline?page=999",
    "/matrix?status=zzz", "/matrix?zzz=1", "/compare?ids=province:nowhere,province:hue", "/compare?ids=province:hue",
    "/picture?entity=province:nowhere", "/picture?depth=9&entity=province:hue", "/picture?limit=0",
    "/picture?limit=5000",
    "/picture?query=zzz", "/picture?zzz=1", "/picture.svg?entity=zzz", "/embed/picture?entity=zzz",
    "/paths?from=zzzzz&to=province:hue", "/card/entity/province:nowhere.png", "/card/query/zzz.png",
    "/card/zzz/zzz.png", "/api", "/api/v1", "/api/v1/", "/api/v1/zzz", "/api/v1/queries/provinces_with_fnd",
    "/api/v1/entities/province:nowhere", "/api/v1/entities/province:nowhere.csv",
    "/api/v1/entities/province:nowhere.jsonld", "/api/v1/entities/province:nowhere/statements",
    "/api/v1/entities/province:nowhere/graph", "/api/v1/entities?cursor=zzz", "/api/v1/entities?cursor=",
    "/api/v1/entities?cursor=%00", "/api/v1/entities?type=Fund&kind=province", "/api/v1/entities?type=Fund&type=Policy",
    "/api/v1/entities?limit=0", "/api/v1/measurements?cursor=zzz", "/api/v1/search", "/api/v1/search?q=",
    "/api/v1/search?q=%20", "/api/v1/search?q=" + "a" * 201, "/api/v1/statements/zzz", "/api/v1/articles/zzz",
    "/api/v1/articles/zzz/mentions", "/api/v1/disagreements/zzz", "/api/v1/paths?from=zzz&to=zzz",
    "/api/v1/paths?from=province:hue", "/api/v1/compare?ids=province:hue", "/api/v1/compare?ids=a,b,c,d,e,f,g",
    "/docs", "/redoc", "/favicon.ico", "/robots.txt", "/.env", "/%00", "/%ff", "/entities/%F0%9F%98%80", "//",
    "/a" * 400,
    "/?lang=en&lang=vi", "/search?q=%E2%80%AEabc", "/search?q=%3Cscript%3Ealert(1)%3C/script%3E",
)  # fmt: skip
SPELLINGS = (
    "57", "57-NQ/TW", "57 NQ TW", "Nghị quyết 57", "Resolution 57", "resolution57", "Beschluss 57", "Резолюция 57",
    "nghi quyet so 57", "58-NQ/TW", "Nghị quyết 68", "226/2025/NĐ-CP", "HCM", "HCMC", "TP.HCM", "TP HCM", "tphcm",
    "Sài Gòn", "Saigon", "Ho Chi Minh City", "Thành phố Hồ Chí Minh", "Ho-Chi-Minh-Stadt", "Хошимин", "Hà Nội",
    "ha noi", "Hanoi", "Đà Nẵng", "da nang", "Danang", "Huế", "Huệ", "hue", "Cần Thơ", "can tho", "Cantho", "Đồng Nai",
    "Dong Nay", "Dnog Nai", "Bình Dương", "binh duong province", "tỉnh Bình Dương", "Quảng Ninh", "Quang Nihn",
    "Lâm Đồng", "Lăm Đồng", "Vương Đình Huệ", "Hà Tây", "Sông Bé", "Sở Khoa học và Công nghệ", "so khoa hoc cong nghe",
    "Sở KH&CN", "Sở KHCN Hải Phòng", "DOST", "Department of Science and Technology", "Ministry of Finance",
    "Bộ Tài chính",
    "giám đốc sở khoa học", "director", "chủ tịch", "phó giám đốc", "fund", "quỹ", "quỹ đầu tư mạo hiểm",
    "venture capital fund", "venture", "Venture Capital Fund of Da Nang",
    "innovation centre", "trung tâm đổi mới sáng tạo",
    "hai phong innovation", "incubator", "vườn ươm", "university", "trường đại học", "Qualcomm", "qualcom", "Marvell",
    "marvel", "Google", "FPT", "VNPT", "Viettel", "semiconductor", "bán dẫn", "AI", "trí tuệ nhân tạo", "Techfest",
    "festival", "sandbox", "Pham Thi Nhamm", "phạm thị nhâm", "nham pham", "ĐỔI MỚI SÁNG TẠO", "doi moi sang tao",
    "Innovation", "Vietnam", "Việt Nam", "Viet Nam", "Gotham City", "Elon Musk", "asdfghjkl", "' OR 1=1 --",
    "<b>Huế</b>", "🚀", "?!", "- – —", "5", "2031", "حوكمة", "חדשנות", "\u202eabc", "Dekret 271", "Hue\u0323\u0302",
    "province:hue", "article:000", "  Hải   Phòng  ", "hải phòng, quảng ninh", "a", "đ", "%", "*", "\"Hải Phòng\"",
)  # fmt: skip

_SPOKEN = (("Accept-Language", LANGUAGES[0]),)
Operation = tuple[str, Mapping[str, Any]]
"""A path and the OpenAPI description of its GET operation."""


def sample(items: Iterable[str], size: int = SAMPLE) -> list[str]:
    """Return a sorted sample: the first and last item, and others at equal distances."""
    listed = sorted(set(items))
    if len(listed) <= size:
        return listed
    return [listed[round(place * (len(listed) - 1) / (size - 1))] for place in range(size)]


def spoken(paths: Iterable[str]) -> Iterator[Request]:
    """Yield a request in each language for each path."""
    for path in paths:
        for language in LANGUAGES:
            yield Request(path, (("Accept-Language", language),))


def in_turn(paths: Iterable[str]) -> Iterator[Request]:
    """Yield one request for each path, in alternating languages."""
    for place, path in enumerate(paths):
        yield Request(path, (("Accept-Language", LANGUAGES[place % len(LANGUAGES)]),))


class Site:
    """Sends all requests to a server, in the order of the methods in `fetch_everything`."""

    def __init__(self, client: Client, whole: bool) -> None:
        self.client = client
        self.whole = whole
        """Also request what differs between engines only in the rows shown, and each page in every language."""
        document = self._json("/openapi.json")
        self.operations: list[Operation] = [(path, item["get"]) for path, item in sorted(document["paths"].items())]
        self.queries: list[dict[str, Any]] = self._json("/api/v1/queries")["data"]
        self.entities = self._entities()
        self.ids = {
            "entities": sorted(entity["id"] for entity in self.entities),
            "articles": sorted(item["id"] for item in self._json("/api/v1/articles")["data"]),
            "disagreements": sorted(item["id"] for item in self._json("/api/v1/disagreements")["data"]),
        }
        self.ids["entities"] = sorted({*self.ids["entities"], *self.ids["articles"]})
        self.ids["statements"] = self._statements()

    def everything(self) -> None:
        """Send all requests and print their number and time by part."""
        for part in (
            self.endpoints, self.asked_queries, self.searches, self.paths, self.comparisons, self.measurements,
            self.pages, self.pictures, self.cards, self.links, self.wrong, self.conditional,
        ):  # fmt: skip
            began, before = time.monotonic(), len(self.client.answers)
            part()
            told = f"{len(self.client.answers) - before} requests in {time.monotonic() - began:.0f} s"
            print(f"{self.client.engine}: {part.__name__}: {told}", flush=True)

    def of_type(self, type_: str) -> list[str]:
        """Return the ids of entities of a type, such as `province`."""
        return [id for id in self.ids["entities"] if id.partition(":")[0] == type_]

    def endpoints(self) -> None:
        """Request every OpenAPI path except the queries: for every id, and with every parameter value for some ids."""
        requests: list[Request] = []
        for path, operation in self.operations:
            if path.startswith("/api/v1/queries/"):
                continue
            paths = [path]
            if "{id}" in path:
                ids = self.ids[path.split("/{id}")[0].rsplit("/", 1)[1]]
                paths = [path.replace("{id}", id) for id in ids]
                few = {path.replace("{id}", id) for id in sample(ids, 4)}
            else:
                few = set(paths)
            base = _required(operation)
            for one in paths:
                parameters = _variants(operation, base) if one in few else [base]
                requests += [Request(address(one, given)) for given in parameters]
                if one in few:
                    requests += [_accepting(address(one, base), kind) for kind in _formats(operation)]
                if any(parameter["name"] == "lang" for parameter in operation.get("parameters", ())):
                    requests += spoken([address(one, base)])
        self.client.ask(requests)
        for path, operation in self.operations:
            if any(parameter["name"] == "cursor" for parameter in operation.get("parameters", ())):
                ids = sample(self.ids.get(path.split("/")[3], []), 3) if "{id}" in path else [""]
                for id in ids:
                    self._walk(path.replace("{id}", id), {"limit": 7 if id else 20})

    def asked_queries(self) -> None:
        """Request each query as JSON, CSV and page: with its example, without parameters, with each parameter value."""
        known = dict(self.operations)
        requests: list[Request] = []
        for query in self.queries:
            path, page, example = f"/api/v1/queries/{query['name']}", f"/queries/{query['name']}", query["example"]
            variants = [{}, example, *_variants(known[path], example), *self._parameter_ids(query)]
            requests += [Request(address(path, given)) for given in variants]
            requests += [
                Request(address(path + ".csv", given)) for given in _variants(known[path + ".csv"], example)[:1]
            ]
            requests += [Request(address(path + ".csv", example | {"part": part})) for part in ("near_misses", NO_ROW)]
            requests += [_accepting(address(path, example), kind) for kind in _formats(known[path])]
            requests += spoken(address(page, given) for given in ({}, example))
            if self.whole:
                requests += in_turn(address(page, given) for given in _variants(known[path], example)[1:])
                requests += in_turn(address(page, given) for given in self._parameter_ids(query, 3))
        self.client.ask(requests)

    def searches(self) -> None:
        """Search for names in many spellings: as JSON with and without `exact` and `type`, and some as pages."""
        spellings = [*SPELLINGS, *self._misspelt()]
        path = "/api/v1/search"
        requests = [Request(address(path, {"q": text})) for text in spellings]
        requests += [Request(address(path, {"q": text, "exact": "true"})) for text in spellings[::2]]
        requests += [Request(address(path, {"q": text, "type": "Province", "limit": 3})) for text in spellings[::4]]
        requests += spoken(address("/search", {"q": text}) for text in spellings[::4])
        requests += spoken(address("/search", {"q": text, "exact": "true"}) for text in spellings[::16])
        requests += spoken(address("/compare", {"ids": "province:hue", "add": text}) for text in spellings[::16])
        self.client.ask(requests)

    def pairs(self) -> list[tuple[str, str]]:
        """Return pairs of entities that are far apart in the list of ids."""
        ids = self.ids["entities"]
        found = [(ids[place], ids[(place * 7 + 13) % len(ids)]) for place in range(0, len(ids), 5)]
        return [pair for pair in found if pair[0] != pair[1]]

    def paths(self) -> None:
        """Request paths between pairs of entities."""
        asked = [{"from": one, "to": other} for one, other in self.pairs()]
        requests = [Request(address("/api/v1/paths", given)) for given in asked]
        requests += [Request(address("/api/v1/paths", given | {"hubs": "true", "k": 3})) for given in asked[::2]]
        requests += [Request(address("/api/v1/paths.csv", given)) for given in asked[::4]]
        requests += spoken(address("/paths", given) for given in asked[::4])
        requests += [Request(address("/picture.svg", given)) for given in asked[::8]]
        self.client.ask(requests)

    def comparisons(self) -> None:
        """Compare two, three and six entities that are next to each other in the list of each type."""
        requests: list[Request] = []
        for type_ in sorted({id.partition(":")[0] for id in self.ids["entities"]}):
            ids = self.of_type(type_)
            groups = [ids[start : start + size] for size in (2, 3, 6) for start in range(0, min(len(ids), 24), 8)]
            for group in groups:
                given = {"ids": ",".join(group)}
                requests += [Request(address(path, given)) for path in ("/api/v1/compare", "/api/v1/compare.csv")]
                requests += spoken([address("/compare", given)])
        self.client.ask(requests)

    def measurements(self) -> None:
        """Request the measurements of every indicator, and of every entity that has any."""
        found = self._walk("/api/v1/measurements", {"limit": 100})
        for name in ("indicator", "subject"):
            values = sorted({item[name] for item in found if item.get(name)})
            self.client.ask(Request(address("/api/v1/measurements", {name: value})) for value in values)

    def pages(self) -> None:
        """Request the main pages, and those of every entity, statement, article and disagreement, in each language."""
        paths: list[str] = []
        for name, ids in self.ids.items():
            paths += [f"/{name}/{quote(id, safe=':')}" for id in ids]
        paths += [f"/entities/{quote(id, safe=':')}/statements" for id in self.ids["entities"]]
        paths += [address("/timeline", {"entity": id, "days": "all"}) for id in sample(self.ids["entities"])]
        self.client.ask(spoken(MAIN))
        self.client.ask(spoken(paths) if self.whole else in_turn(paths))
        self.client.ask(
            Request(path + ("&" if "?" in path else "?") + f"lang={language}")
            for path in MAIN
            for language in LANGUAGES
        )

    def pictures(self) -> None:
        """Request pictures: every entity as SVG; some with more steps, as pages and frames; queries; some provinces."""
        svg, page, frame = "/picture.svg", "/picture", "/embed/picture"
        some = sample(self.ids["entities"], 24)
        requests = [Request(address(svg, {"entity": id})) for id in self.ids["entities"]]
        requests += [Request(address(svg, {"query": item["name"]} | item["example"])) for item in self.queries]
        requests += [Request(address(svg, {"entity": id, "depth": 2, "limit": 60})) for id in some[::2]]
        requests += [Request(address(svg, {"entity": id, "depth": 3, "limit": 40})) for id in some[::8]]
        requests += [Request(address(svg, {"province": id})) for id in sample(self.of_type("province"))]
        requests += spoken(address(page, {"entity": id}) for id in some)
        requests += spoken(address(page, {"province": id}) for id in sample(self.of_type("province"), 6))
        requests += spoken(address(page, {"query": item["name"]} | item["example"]) for item in self.queries[::6])
        requests += spoken(address(frame, {"entity": id}) for id in some[::4])
        requests += spoken(address(svg, {"entity": id}) for id in some)
        for more in ({}, {"limit": 100}, {"hide": "Person,planned"}, {"limit": 40, "find": "Hải Phòng"}):
            requests += spoken([address(svg, more), address(page, more)])
        near, far = "province:hai-phong", ",".join(sample(self.ids["entities"], 3))
        for more in ({"expand": far}, {"hide": "Fund"}, {"moved": f"{near}~10~20"}, {"at": "1,2,3"}, {"find": "sở"}):
            requests += [Request(address(path, {"entity": near} | more)) for path in (svg, page, frame)]
        self.client.ask(requests)

    def cards(self) -> None:
        """Request the preview images of shared links: some of each kind, in alternating languages."""
        names = ["/card.png", "/card.png", *(f"/card/article/{id}.png" for id in self.ids["articles"])]
        names += [f"/card/disagreement/{id}.png" for id in sample(self.ids["disagreements"])]
        names += [f"/card/entity/{id}.png" for id in sample(self.ids["entities"], 24)]
        asked: list[tuple[str, Mapping[str, Any]]] = [(name, {}) for name in names]
        asked += [(f"/card/query/{query['name']}.png", query["example"]) for query in self.queries[::4]]
        self.client.ask(
            Request(address(path, {**given, "lang": LANGUAGES[place % len(LANGUAGES)]}))
            for place, (path, given) in enumerate(asked)
        )

    def links(self) -> None:
        """Request what the main pages and articles link to, load, or can request with their forms."""
        pages = [Request(path, _SPOKEN) for path in (*MAIN, *(f"/articles/{id}" for id in self.ids["articles"]))]
        families: dict[str, set[str]] = {}
        for request, answer in zip(pages, self.client.ask(pages), strict=True):
            if _header(answer, "content-type").startswith("text/html"):
                for path in Page(request.path, answer.body.decode()).found:
                    families.setdefault(_family(path), set()).add(path)
        self.client.ask(Request(path, _SPOKEN) for family in sorted(families) for path in sample(families[family], 3))

    def wrong(self) -> None:
        """Request missing addresses, invalid values and methods that are not allowed."""
        self.client.ask(spoken(WRONG), "error")
        paths = self._one_of_each()
        self.client.ask((Request(path, method=method) for path in paths for method in ("POST", "OPTIONS")), "error")
        few = ("/", "/api/v1/entities", "/zzz")
        methods = ("PUT", "PATCH", "DELETE", "TRACE", "ZZZ")
        self.client.ask((Request(path, method=method) for path in few for method in methods), "error")
        accepts = ("text/html", "application/json", "image/png", "text/csv;q=0.9, application/json;q=0.1", "zzz")
        self.client.ask(
            (_accepting(path, kind) for path in (*few, "/nothing", "/api/v1/zzz") for kind in accepts), "error"
        )
        tongues = ("vi-VN,vi;q=0.9,en;q=0.8", "sv, en;q=0.5", "fr", "*", "vi;q=x", "en;q=0, vi;q=0.1")
        self.client.ask(Request(path, (("Accept-Language", tongue),)) for path in few for tongue in tongues)

    def conditional(self) -> None:
        """Send HEAD requests, and conditional requests with the ETag of the answer."""
        paths = self._one_of_each()
        self.client.ask((Request(path, method="HEAD") for path in paths), "conditional")
        tagged = [
            (path, _header(answer, "etag"))
            for path, answer in zip(paths, self.client.ask(map(Request, paths)), strict=True)
        ]
        requests = [Request(path, (("If-None-Match", tag),)) for path, tag in tagged if tag]
        requests += [Request(path, (("If-None-Match", f'"zzz", W/{tag}'),)) for path, tag in tagged[::9] if tag]
        requests += [Request(path, (("If-None-Match", value),)) for path in paths[:3] for value in ("*", '"zzz"')]
        self.client.ask(requests, "conditional")

    def _one_of_each(self) -> list[str]:
        """Return one address for each OpenAPI path, and the main pages."""
        paths = list(MAIN)
        for path, operation in self.operations:
            if path == "/metrics":
                continue
            name = path.split("/")[3] if "{id}" in path else ""
            example = next(
                (
                    query["example"]
                    for query in self.queries
                    if path.endswith((f"/{query['name']}", f"/{query['name']}.csv"))
                ),
                {},
            )
            paths.append(
                address(path.replace("{id}", self.ids[name][0] if name else ""), _required(operation) | example)
            )
        return paths

    def _json(self, path: str, given: Mapping[str, Any] | None = None) -> Any:
        answer = self.client.ask([Request(address(path, given))])[0]
        if answer.status != 200:
            raise SystemExit(f"{path}: status {answer.status}; expected 200")
        return json.loads(answer.body)

    def _walk(self, path: str, given: Mapping[str, Any]) -> list[Any]:
        """Return the items of a paginated list, from all of its pages."""
        found: list[Any] = []
        more: dict[str, Any] = {}
        while True:
            page = self._json(path, {**given, **more})
            found += page["data"]
            if page["next"] is None:
                return found
            more = {"cursor": page["next"]}

    def _entities(self) -> list[Any]:
        return self._walk("/api/v1/entities", {"limit": 100})

    def _statements(self) -> list[str]:
        """Return the ids of all statements, collected from the statements of entities and the ledgers of articles."""
        paths = [f"/api/v1/entities/{id}/statements" for id in self.ids["entities"]]
        first = self.client.ask(Request(address(path, {"limit": 500})) for path in paths)
        ledgers = self.client.ask(Request(f"/api/v1/articles/{id}") for id in self.ids["articles"])
        found: set[str] = set()
        for answer in (*first, *ledgers):
            found.update(re.findall(r'"(statement:[^"]+)"', answer.body.decode()))
        return sorted(found)

    def _parameter_ids(self, query: Mapping[str, Any], size: int = SAMPLE) -> list[dict[str, Any]]:
        """Return variants of a query's example: some ids for each entity parameter, and some days for each date."""
        found: list[dict[str, Any]] = []
        for parameter in query["parameters"]:
            name = parameter["name"]
            if parameter["type"] in ("entity", "entities"):
                ids = self.of_type(name) or self.ids["entities"]
                found += [query["example"] | {name: id} for id in sample(ids, size)]
                found += [query["example"] | {name: f"{ids[0]}{NO_ROW}"}]
            elif name in ("as_of", "since", "until"):
                found += [query["example"] | {name: day} for day in DATES[: size // 2]]
        return found

    def _misspelt(self) -> list[str]:
        """Return misspelt entity names as users might type them, each name varied in one way."""
        ways = (
            lambda text: text,
            lambda text: text.upper(),
            _plain,
            lambda text: text[: len(text) // 2] + text[len(text) // 2 + 1 :],
            lambda text: _plain(text).lower() + _plain(text)[-1:].lower(),
            lambda text: " ".join(reversed(text.split())),
            lambda text: " ".join(text.split()[:2]),
            lambda text: _plain(text)[:3],
        )
        names = sorted({name["text"] for entity in self.entities for name in entity.get("names", ())})
        return [ways[place % len(ways)](name)[:200] for place, name in enumerate(names[::5])]


def _plain(text: str) -> str:
    found = "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    return found.replace("đ", "d").replace("Đ", "D")


def _required(operation: Mapping[str, Any]) -> dict[str, Any]:
    """Return an example value for each required query parameter."""
    found: dict[str, Any] = {}
    for parameter in operation.get("parameters", ()):
        if parameter.get("required") and parameter["in"] == "query":
            schema = parameter["schema"]
            found[parameter["name"]] = next(iter([*schema.get("examples", ()), *schema.get("enum", ())]), "Hải Phòng")
    return found


def _variants(operation: Mapping[str, Any], base: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the base parameters, variants with one parameter set to each value OpenAPI allows, and invalid ones."""
    found = [dict(base)]
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "query" and parameter["name"] != "cursor":
            found += [{**base, parameter["name"]: value} for value in _values(parameter["schema"])]
    return [*found, {**base, "nonsense": "1"}]


def _values(schema: Mapping[str, Any]) -> Sequence[Any]:
    items = schema.get("items", schema)
    kinds = {items.get("type"), *(one.get("type") for one in items.get("anyOf", ()))}
    if values := items.get("enum"):
        return [*values, *([values[:2]] if "items" in schema else []), ",".join(map(str, values[:2])), NO_ROW, ""]
    if "boolean" in kinds:
        return ["true", "false", NO_ROW]
    if kinds & {"integer", "number"}:
        least, most = items.get("minimum", 1), items.get("maximum", 50)
        return [least, min(most, 3), most, least - 1, most + 1, NO_ROW]
    return [*schema.get("examples", ()), NO_ROW]


def _formats(operation: Mapping[str, Any]) -> list[str]:
    kinds = operation["responses"]["200"].get("content", {})
    return [*kinds, "*/*"]


def _accepting(path: str, kind: str) -> Request:
    return Request(path, (("Accept", kind),))


def _header(answer: Answer, name: str) -> str:
    return next((line.partition(": ")[2] for line in answer.headers if line.startswith(f"{name}: ")), "")


def _family(path: str) -> str:
    """Return the part that similar links have in common: the path without ids, and the names of the parameters.

    A parameter whose value is a word makes one family per word, so that every choice of a form is requested.
    """
    parts = urlsplit(path)
    pairs = sorted(pair for pair in parts.query.split("&") if pair)
    told = [
        name if ID.match(value.replace("%3A", ":")) or value.isdigit() else f"{name}={value[:30]}"
        for name, _, value in (pair.partition("=") for pair in pairs)
    ]
    return ID.sub("{id}", parts.path) + "?" + "&".join(told)
