"""What the service counts and measures, for Prometheus."""

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics, generate_latest

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20)
"""Upper bounds of the buckets of durations."""
disable_created_metrics()


class Metrics:
    """Counts requests by method, route and status, their durations, and cache hits and misses."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        self._gauges: dict[str, Gauge] = {}
        self._requests = Counter(
            "vnkg_requests", "Requests answered.", ["method", "route", "status"], registry=registry
        )
        self._seconds = Histogram(
            "vnkg_request_seconds", "Seconds until the response.", ["route"], buckets=SECONDS, registry=registry
        )
        cache = Counter("vnkg_cache", "Look-ups in the response cache.", ["result"], registry=registry)
        self.cache_hits, self.cache_misses = cache.labels("hit"), cache.labels("miss")
        self.cache_bytes = Gauge("vnkg_cache_bytes", "Bytes of the cached responses.", registry=registry)
        self.cache_entries = Gauge("vnkg_cache_entries", "Number of cached responses.", registry=registry)
        self.in_progress = Gauge("vnkg_requests_in_progress", "Requests that are being answered.", registry=registry)
        self._release = Gauge(
            "vnkg_release_info", "1 for the release that is loaded.", ["release", "data_date"], registry=registry
        )

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answered request."""
        self._requests.labels(method, route, status).inc()
        self._seconds.labels(route).observe(seconds)

    def add_gauge(self, name: str, description: str, value: Callable[[], float], **labels: str) -> None:
        """Add a value that is asked for whenever the metrics are read."""
        gauge = self._gauges.get(name) or Gauge(name, description, [*labels], registry=self._registry)
        self._gauges[name] = gauge
        (gauge.labels(**labels) if labels else gauge).set_function(value)

    def set_release(self, release: str, data_date: str) -> None:
        """Set the release that is loaded."""
        self._release.clear()
        self._release.labels(release, data_date).set(1)

    def text(self) -> str:
        """Return everything in the Prometheus text format."""
        return generate_latest(self._registry).decode()
