"""Replace what differs between two recordings of the same code before it is stored.

Every rule says what it replaces and why. Everything else must be equal byte by byte.
"""

import re
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

COMMANDS = ("command",)


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern to replace in the bodies of some kinds of answers, with the reason."""

    name: str
    reason: str
    kinds: tuple[str, ...]
    pattern: re.Pattern[bytes]
    replacement: bytes


RULES = (
    Rule("seconds of a load", "a load says how long it took", COMMANDS,
         re.compile(rb"(?<= in )[\d.]+ s\.|(?<=\"seconds\": )[\d.]+"), b"SECONDS"),
    Rule("process number", "an engine has another process each time", COMMANDS,
         re.compile(rb"(?<=process )\d+|(?<=\"process\": )\d+|(?<=\"owner\": )\d+"), b"PROCESS"),
    Rule("port", "servers and engines take a free port", COMMANDS,
         re.compile(rb"(?<=127\.0\.0\.1:)\d+"), b"PORT"),
)  # fmt: skip
DROPPED_HEADERS = ("date",)
"""Headers that are not stored: the time of the answer."""
METRICS = "/metrics"
"""Path of the metrics, which are counts and seconds of requests: only their names are stored."""


class Normalizer:
    """Applies the rules and counts the replacements; `folders` maps temporary folders to names that replace them."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.folders: Mapping[bytes, bytes] = {}
        self._lock = threading.Lock()

    def normalize_body(self, kind: str, request: str, body: bytes) -> bytes:
        """Return a body with everything replaced that differs each time."""
        counts: Counter[str] = Counter()
        if f" {METRICS}" in request and kind == "endpoint":
            body = b"\n".join(sorted(set(re.findall(rb"^(?:# (?:HELP|TYPE) )?\w+", body, re.MULTILINE))))
            counts["values of metrics"] += 1
        for folder, name in self.folders.items():
            if replacement_count := body.count(folder):
                body = body.replace(folder, name)
                counts["temporary folder"] += replacement_count
        for rule in RULES:
            if kind in rule.kinds:
                body, replacement_count = rule.pattern.subn(rule.replacement, body)
                counts[rule.name] += replacement_count
        with self._lock:
            self.counts += counts
        return body

    def normalize_headers(self, path: str, pairs: list[tuple[str, str]]) -> tuple[str, ...]:
        """Return headers as lines, without those that differ each time; for metrics that includes the length."""
        dropped_names = (*DROPPED_HEADERS, "content-length") if path == METRICS else DROPPED_HEADERS
        return tuple(f"{name.lower()}: {value}" for name, value in pairs if name.lower() not in dropped_names)
