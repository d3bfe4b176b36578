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
MAIN_PAGES = (
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
"""The pages listed in tests/support/main_pages.py, with their addresses for the five articles."""
INVALID_PATHS = (
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

_ENGLISH_HEADERS = (("Accept-Language", LANGUAGES[0]),)
Operation = tuple[str, Mapping[str, Any]]
"""A path and the OpenAPI description of its GET operation."""


def sample(items: Iterable[str], size: int = SAMPLE) -> list[str]:
    """Return a sorted sample: the first and last item, and others at equal distances."""
    sorted_items = sorted(set(items))
    if len(sorted_items) <= size:
        return sorted_items
    return [sorted_items[round(index * (len(sorted_items) - 1) / (size - 1))] for index in range(size)]


def in_each_language(paths: Iterable[str]) -> Iterator[Request]:
    """Yield a request in each language for each path."""
    for path in paths:
        for language in LANGUAGES:
            yield Request(path, (("Accept-Language", language),))


def in_alternating_languages(paths: Iterable[str]) -> Iterator[Request]:
    """Yield one request for each path, in alternating languages."""
    for index, path in enumerate(paths):
        yield Request(path, (("Accept-Language", LANGUAGES[index % len(LANGUAGES)]),))


class Site:
    """Sends all requests to a server, in the order of the methods in `fetch_everything`."""

    def __init__(self, client: Client, all_languages: bool) -> None:
        self.client = client
        self.all_languages = all_languages
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

    def fetch_everything(self) -> None:
        """Send all requests and print their number and time by part."""
        for part in (
            self.endpoints, self.catalogue_queries, self.searches, self.paths, self.comparisons, self.measurements,
            self.pages, self.pictures, self.cards, self.links, self.invalid, self.conditional,
        ):  # fmt: skip
            start_time, request_count = time.monotonic(), len(self.client.answers)
            part()
            summary = f"{len(self.client.answers) - request_count} requests in {time.monotonic() - start_time:.0f} s"
            print(f"{self.client.engine}: {part.__name__}: {summary}", flush=True)

    def ids_of_type(self, type_: str) -> list[str]:
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
                sampled_paths = {path.replace("{id}", id) for id in sample(ids, 4)}
            else:
                sampled_paths = set(paths)
            base = _required_parameters(operation)
            for endpoint_path in paths:
                parameters = _variants(operation, base) if endpoint_path in sampled_paths else [base]
                requests += [Request(address(endpoint_path, values)) for values in parameters]
                if endpoint_path in sampled_paths:
                    requests += [_with_accept(address(endpoint_path, base), kind) for kind in _formats(operation)]
                if any(parameter["name"] == "lang" for parameter in operation.get("parameters", ())):
                    requests += in_each_language([address(endpoint_path, base)])
        self.client.fetch_all(requests)
        for path, operation in self.operations:
            if any(parameter["name"] == "cursor" for parameter in operation.get("parameters", ())):
                ids = sample(self.ids.get(path.split("/")[3], []), 3) if "{id}" in path else [""]
                for id in ids:
                    self._fetch_list(path.replace("{id}", id), {"limit": 7 if id else 20})

    def catalogue_queries(self) -> None:
        """Request each query as JSON, CSV and page: with its example, without parameters, with each parameter value."""
        operation_by_path = dict(self.operations)
        requests: list[Request] = []
        for query in self.queries:
            path, page, example = f"/api/v1/queries/{query['name']}", f"/queries/{query['name']}", query["example"]
            variants = [{}, example, *_variants(operation_by_path[path], example), *self._parameter_variants(query)]
            requests += [Request(address(path, values)) for values in variants]
            requests += [
                Request(address(path + ".csv", values))
                for values in _variants(operation_by_path[path + ".csv"], example)[:1]
            ]
            requests += [Request(address(path + ".csv", example | {"part": part})) for part in ("near_misses", NO_ROW)]
            requests += [_with_accept(address(path, example), kind) for kind in _formats(operation_by_path[path])]
            requests += in_each_language(address(page, values) for values in ({}, example))
            if self.all_languages:
                requests += in_alternating_languages(
                    address(page, values) for values in _variants(operation_by_path[path], example)[1:]
                )
                requests += in_alternating_languages(
                    address(page, values) for values in self._parameter_variants(query, 3)
                )
        self.client.fetch_all(requests)

    def searches(self) -> None:
        """Search for names in many spellings: as JSON with and without `exact` and `type`, and some as pages."""
        spellings = [*SPELLINGS, *self._misspellings()]
        path = "/api/v1/search"
        requests = [Request(address(path, {"q": text})) for text in spellings]
        requests += [Request(address(path, {"q": text, "exact": "true"})) for text in spellings[::2]]
        requests += [Request(address(path, {"q": text, "type": "Province", "limit": 3})) for text in spellings[::4]]
        requests += in_each_language(address("/search", {"q": text}) for text in spellings[::4])
        requests += in_each_language(address("/search", {"q": text, "exact": "true"}) for text in spellings[::16])
        requests += in_each_language(
            address("/compare", {"ids": "province:hue", "add": text}) for text in spellings[::16]
        )
        self.client.fetch_all(requests)

    def pairs(self) -> list[tuple[str, str]]:
        """Return pairs of entities that are far apart in the list of ids."""
        ids = self.ids["entities"]
        candidates = [(ids[index], ids[(index * 7 + 13) % len(ids)]) for index in range(0, len(ids), 5)]
        return [pair for pair in candidates if pair[0] != pair[1]]

    def paths(self) -> None:
        """Request paths between pairs of entities."""
        parameter_sets = [{"from": start_id, "to": end_id} for start_id, end_id in self.pairs()]
        requests = [Request(address("/api/v1/paths", values)) for values in parameter_sets]
        requests += [
            Request(address("/api/v1/paths", values | {"hubs": "true", "k": 3})) for values in parameter_sets[::2]
        ]
        requests += [Request(address("/api/v1/paths.csv", values)) for values in parameter_sets[::4]]
        requests += in_each_language(address("/paths", values) for values in parameter_sets[::4])
        requests += [Request(address("/picture.svg", values)) for values in parameter_sets[::8]]
        self.client.fetch_all(requests)

    def comparisons(self) -> None:
        """Compare two, three and six entities that are next to each other in the list of each type."""
        requests: list[Request] = []
        for type_ in sorted({id.partition(":")[0] for id in self.ids["entities"]}):
            ids = self.ids_of_type(type_)
            groups = [ids[start : start + size] for size in (2, 3, 6) for start in range(0, min(len(ids), 24), 8)]
            for group in groups:
                values = {"ids": ",".join(group)}
                requests += [Request(address(path, values)) for path in ("/api/v1/compare", "/api/v1/compare.csv")]
                requests += in_each_language([address("/compare", values)])
        self.client.fetch_all(requests)

    def measurements(self) -> None:
        """Request the measurements of every indicator, and of every entity that has any."""
        measurements = self._fetch_list("/api/v1/measurements", {"limit": 100})
        for name in ("indicator", "subject"):
            values = sorted({item[name] for item in measurements if item.get(name)})
            self.client.fetch_all(Request(address("/api/v1/measurements", {name: value})) for value in values)

    def pages(self) -> None:
        """Request the main pages, and those of every entity, statement, article and disagreement, in each language."""
        paths: list[str] = []
        for name, ids in self.ids.items():
            paths += [f"/{name}/{quote(id, safe=':')}" for id in ids]
        paths += [f"/entities/{quote(id, safe=':')}/statements" for id in self.ids["entities"]]
        paths += [address("/timeline", {"entity": id, "days": "all"}) for id in sample(self.ids["entities"])]
        self.client.fetch_all(in_each_language(MAIN_PAGES))
        self.client.fetch_all(in_each_language(paths) if self.all_languages else in_alternating_languages(paths))
        self.client.fetch_all(
            Request(path + ("&" if "?" in path else "?") + f"lang={language}")
            for path in MAIN_PAGES
            for language in LANGUAGES
        )

    def pictures(self) -> None:
        """Request pictures: every entity as SVG; some with more steps, as pages and frames; queries; some provinces."""
        svg, page, frame = "/picture.svg", "/picture", "/embed/picture"
        sampled_ids = sample(self.ids["entities"], 24)
        requests = [Request(address(svg, {"entity": id})) for id in self.ids["entities"]]
        requests += [Request(address(svg, {"query": item["name"]} | item["example"])) for item in self.queries]
        requests += [Request(address(svg, {"entity": id, "depth": 2, "limit": 60})) for id in sampled_ids[::2]]
        requests += [Request(address(svg, {"entity": id, "depth": 3, "limit": 40})) for id in sampled_ids[::8]]
        requests += [Request(address(svg, {"province": id})) for id in sample(self.ids_of_type("province"))]
        requests += in_each_language(address(page, {"entity": id}) for id in sampled_ids)
        requests += in_each_language(address(page, {"province": id}) for id in sample(self.ids_of_type("province"), 6))
        requests += in_each_language(
            address(page, {"query": item["name"]} | item["example"]) for item in self.queries[::6]
        )
        requests += in_each_language(address(frame, {"entity": id}) for id in sampled_ids[::4])
        requests += in_each_language(address(svg, {"entity": id}) for id in sampled_ids)
        for values in ({}, {"limit": 100}, {"hide": "Person,planned"}, {"limit": 40, "find": "Hải Phòng"}):
            requests += in_each_language([address(svg, values), address(page, values)])
        entity_id, expand_ids = "province:hai-phong", ",".join(sample(self.ids["entities"], 3))
        for values in (
            {"expand": expand_ids},
            {"hide": "Fund"},
            {"moved": f"{entity_id}~10~20"},
            {"at": "1,2,3"},
            {"find": "sở"},
        ):
            requests += [Request(address(path, {"entity": entity_id} | values)) for path in (svg, page, frame)]
        self.client.fetch_all(requests)

    def cards(self) -> None:
        """Request the preview images of shared links: some of each kind, in alternating languages."""
        names = ["/card.png", "/card.png", *(f"/card/article/{id}.png" for id in self.ids["articles"])]
        names += [f"/card/disagreement/{id}.png" for id in sample(self.ids["disagreements"])]
        names += [f"/card/entity/{id}.png" for id in sample(self.ids["entities"], 24)]
        cards: list[tuple[str, Mapping[str, Any]]] = [(name, {}) for name in names]
        cards += [(f"/card/query/{query['name']}.png", query["example"]) for query in self.queries[::4]]
        self.client.fetch_all(
            Request(address(path, {**values, "lang": LANGUAGES[index % len(LANGUAGES)]}))
            for index, (path, values) in enumerate(cards)
        )

    def links(self) -> None:
        """Request what the main pages and articles link to, load, or can request with their forms."""
        pages = [
            Request(path, _ENGLISH_HEADERS)
            for path in (*MAIN_PAGES, *(f"/articles/{id}" for id in self.ids["articles"]))
        ]
        families: dict[str, set[str]] = {}
        for request, answer in zip(pages, self.client.fetch_all(pages), strict=True):
            if _header(answer, "content-type").startswith("text/html"):
                for path in Page(request.path, answer.body.decode()).addresses:
                    families.setdefault(_family(path), set()).add(path)
        self.client.fetch_all(
            Request(path, _ENGLISH_HEADERS) for family in sorted(families) for path in sample(families[family], 3)
        )

    def invalid(self) -> None:
        """Request missing addresses, invalid values and methods that are not allowed."""
        self.client.fetch_all(in_each_language(INVALID_PATHS), "error")
        paths = self._example_paths()
        self.client.fetch_all(
            (Request(path, method=method) for path in paths for method in ("POST", "OPTIONS")), "error"
        )
        sampled_paths = ("/", "/api/v1/entities", "/zzz")
        methods = ("PUT", "PATCH", "DELETE", "TRACE", "ZZZ")
        self.client.fetch_all((Request(path, method=method) for path in sampled_paths for method in methods), "error")
        accepts = ("text/html", "application/json", "image/png", "text/csv;q=0.9, application/json;q=0.1", "zzz")
        self.client.fetch_all(
            (_with_accept(path, kind) for path in (*sampled_paths, "/nothing", "/api/v1/zzz") for kind in accepts),
            "error",
        )
        tongues = ("vi-VN,vi;q=0.9,en;q=0.8", "sv, en;q=0.5", "fr", "*", "vi;q=x", "en;q=0, vi;q=0.1")
        self.client.fetch_all(
            Request(path, (("Accept-Language", language),)) for path in sampled_paths for language in tongues
        )

    def conditional(self) -> None:
        """Send HEAD requests, and conditional requests with the ETag of the answer."""
        paths = self._example_paths()
        self.client.fetch_all((Request(path, method="HEAD") for path in paths), "conditional")
        path_etags = [
            (path, _header(answer, "etag"))
            for path, answer in zip(paths, self.client.fetch_all(map(Request, paths)), strict=True)
        ]
        requests = [Request(path, (("If-None-Match", tag),)) for path, tag in path_etags if tag]
        requests += [Request(path, (("If-None-Match", f'"zzz", W/{tag}'),)) for path, tag in path_etags[::9] if tag]
        requests += [Request(path, (("If-None-Match", value),)) for path in paths[:3] for value in ("*", '"zzz"')]
        self.client.fetch_all(requests, "conditional")

    def _example_paths(self) -> list[str]:
        """Return one address for each OpenAPI path, and the main pages."""
        paths = list(MAIN_PAGES)
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
                address(
                    path.replace("{id}", self.ids[name][0] if name else ""), _required_parameters(operation) | example
                )
            )
        return paths

    def _json(self, path: str, parameters: Mapping[str, Any] | None = None) -> Any:
        answer = self.client.fetch_all([Request(address(path, parameters))])[0]
        if answer.status != 200:
            raise SystemExit(f"{path}: status {answer.status}; expected 200")
        return json.loads(answer.body)

    def _fetch_list(self, path: str, parameters: Mapping[str, Any]) -> list[Any]:
        """Return the items of a paginated list, from all of its pages."""
        items: list[Any] = []
        cursor: dict[str, Any] = {}
        while True:
            page = self._json(path, {**parameters, **cursor})
            items += page["data"]
            if page["next"] is None:
                return items
            cursor = {"cursor": page["next"]}

    def _entities(self) -> list[Any]:
        return self._fetch_list("/api/v1/entities", {"limit": 100})

    def _statements(self) -> list[str]:
        """Return the ids of all statements, collected from the statements of entities and the ledgers of articles."""
        paths = [f"/api/v1/entities/{id}/statements" for id in self.ids["entities"]]
        answers = self.client.fetch_all(Request(address(path, {"limit": 500})) for path in paths)
        ledgers = self.client.fetch_all(Request(f"/api/v1/articles/{id}") for id in self.ids["articles"])
        ids: set[str] = set()
        for answer in (*answers, *ledgers):
            ids.update(re.findall(r'"(statement:[^"]+)"', answer.body.decode()))
        return sorted(ids)

    def _parameter_variants(self, query: Mapping[str, Any], size: int = SAMPLE) -> list[dict[str, Any]]:
        """Return variants of a query's example: some ids for each entity parameter, and some days for each date."""
        variants: list[dict[str, Any]] = []
        for parameter in query["parameters"]:
            name = parameter["name"]
            if parameter["type"] in ("entity", "entities"):
                ids = self.ids_of_type(name) or self.ids["entities"]
                variants += [query["example"] | {name: id} for id in sample(ids, size)]
                variants += [query["example"] | {name: f"{ids[0]}{NO_ROW}"}]
            elif name in ("as_of", "since", "until"):
                variants += [query["example"] | {name: day} for day in DATES[: size // 2]]
        return variants

    def _misspellings(self) -> list[str]:
        """Return misspelt entity names as users might type them, each name varied in one way."""
        variations = (
            lambda text: text,
            lambda text: text.upper(),
            _without_diacritics,
            lambda text: text[: len(text) // 2] + text[len(text) // 2 + 1 :],
            lambda text: _without_diacritics(text).lower() + _without_diacritics(text)[-1:].lower(),
            lambda text: " ".join(reversed(text.split())),
            lambda text: " ".join(text.split()[:2]),
            lambda text: _without_diacritics(text)[:3],
        )
        names = sorted({name["text"] for entity in self.entities for name in entity.get("names", ())})
        return [variations[index % len(variations)](name)[:200] for index, name in enumerate(names[::5])]


def _without_diacritics(text: str) -> str:
    base_letters = "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    return base_letters.replace("đ", "d").replace("Đ", "D")


def _required_parameters(operation: Mapping[str, Any]) -> dict[str, Any]:
    """Return an example value for each required query parameter."""
    values: dict[str, Any] = {}
    for parameter in operation.get("parameters", ()):
        if parameter.get("required") and parameter["in"] == "query":
            schema = parameter["schema"]
            values[parameter["name"]] = next(iter([*schema.get("examples", ()), *schema.get("enum", ())]), "Hải Phòng")
    return values


def _variants(operation: Mapping[str, Any], base: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the base parameters, variants with one parameter set to each value OpenAPI allows, and invalid ones."""
    variants = [dict(base)]
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "query" and parameter["name"] != "cursor":
            variants += [{**base, parameter["name"]: value} for value in _values(parameter["schema"])]
    return [*variants, {**base, "nonsense": "1"}]


def _values(schema: Mapping[str, Any]) -> Sequence[Any]:
    items = schema.get("items", schema)
    kinds = {items.get("type"), *(alternative.get("type") for alternative in items.get("anyOf", ()))}
    if values := items.get("enum"):
        return [*values, *([values[:2]] if "items" in schema else []), ",".join(map(str, values[:2])), NO_ROW, ""]
    if "boolean" in kinds:
        return ["true", "false", NO_ROW]
    if kinds & {"integer", "number"}:
        minimum, maximum = items.get("minimum", 1), items.get("maximum", 50)
        return [minimum, min(maximum, 3), maximum, minimum - 1, maximum + 1, NO_ROW]
    return [*schema.get("examples", ()), NO_ROW]


def _formats(operation: Mapping[str, Any]) -> list[str]:
    kinds = operation["responses"]["200"].get("content", {})
    return [*kinds, "*/*"]


def _with_accept(path: str, kind: str) -> Request:
    return Request(path, (("Accept", kind),))


def _header(answer: Answer, name: str) -> str:
    return next((line.partition(": ")[2] for line in answer.headers if line.startswith(f"{name}: ")), "")


def _family(path: str) -> str:
    """Return the part that similar links have in common: the path without ids, and the names of the parameters.

    A parameter whose value is a word makes one family per word, so that every choice of a form is requested.
    """
    parts = urlsplit(path)
    pairs = sorted(pair for pair in parts.query.split("&") if pair)
    parameter_texts = [
        name if ID.match(value.replace("%3A", ":")) or value.isdigit() else f"{name}={value[:30]}"
        for name, _, value in (pair.partition("=") for pair in pairs)
    ]
    return ID.sub("{id}", parts.path) + "?" + "&".join(parameter_texts)
