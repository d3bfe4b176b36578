"""Counters in the Prometheus text format. Written by hand: three counters are not worth a dependency."""

from collections import Counter, defaultdict


class Metrics:
    """Counts requests by method, route and status, their seconds, and cache hits and misses.

    Not thread-safe: used from the event loop only.
    """

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, str, int]] = Counter()
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.cache: Counter[str] = Counter()
        self.entries = 0
        self.bytes = 0

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answered request."""
        self.requests[method, route, status] += 1
        self.seconds[route] += seconds

    def text(self) -> str:
        """Return all counters in the Prometheus text format, sorted."""
        lines = ["# HELP vnkg_requests_total Requests answered.", "# TYPE vnkg_requests_total counter"]
        lines += [
            f'vnkg_requests_total{{method="{method}",route="{route}",status="{status}"}} {count}'
            for (method, route, status), count in sorted(self.requests.items())
        ]
        lines += [
            "# HELP vnkg_request_seconds_total Time spent answering.",
            "# TYPE vnkg_request_seconds_total counter",
        ]
        lines += [f'vnkg_request_seconds_total{{route="{route}"}} {s:.6f}' for route, s in sorted(self.seconds.items())]
        lines += ["# HELP vnkg_cache_total Looks into the cache of ready responses.", "# TYPE vnkg_cache_total counter"]
        lines += [f'vnkg_cache_total{{result="{result}"}} {self.cache[result]}' for result in ("hit", "miss")]
        lines += ["# HELP vnkg_cache_bytes Size of the ready responses kept.", "# TYPE vnkg_cache_bytes gauge"]
        lines += [f"vnkg_cache_bytes {self.bytes}"]
        lines += ["# HELP vnkg_cache_entries Number of the ready responses kept.", "# TYPE vnkg_cache_entries gauge"]
        lines += [f"vnkg_cache_entries {self.entries}"]
        return "\n".join(lines) + "\n"
