"""The invented graph with hostile labels: every name, gloss, title and address in it attacks some output format."""

from dataclasses import replace
from functools import cache
from itertools import cycle

from tests.support import http
from vnkg.graph.model.facts import Facts
from vnkg.graph.model.merge import merge
from vnkg.graph.model.release import Release
from vnkg.graph.model.schema import schema

MARK = "alert(1)"
"""Stands in every label that would run a script."""
LABELS = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '" onload="alert(1)" x="',
    "' onfocus='alert(1)' autofocus='",
    "javascript:alert(1)",
    "]]><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "</title></svg></style></textarea></noscript><script>alert(1)</script>",
    "{{ 7*191 }} {% raw %} ${7*191} #{7*191} <%= 7*191 %>",
    "`alert(1)` \\u003cscript\\u003e \\x3cscript\\x3e \\",
    "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#60;",
    "\"quotes\" 'quotes' “quotes”, ; \t|",
    "\u202eelbisrever\u2066 \u200b\ufeffinvisible",
    "\u2028line\u2029paragraph",
    "\x1b[31mred\x1b]0;title\x07 \x9b31m \x85",
    '=HYPERLINK("https://evil.example")',
    "[link](javascript:alert(1)) ![x](javascript:alert(1))",
)
ADDRESSES = (
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    'https://evil.example/"onclick="alert(1)',
)


@cache
def facts() -> Facts:
    """Return the invented facts with hostile texts; ids, statuses and everything else are as they were."""
    labels, addresses = cycle(LABELS), cycle(ADDRESSES)
    made = http.facts()
    entities = []
    for entity in made.entities:
        name = f"{next(labels)} {entity.id}"
        names = (
            replace(entity.names[0], text=name),
            *(replace(n, text=f"{next(labels)} {n.text}") for n in entity.names[1:]),
        )
        attributes = {**entity.attributes} | ({"url": next(addresses)} if "url" in entity.attributes else {})
        entities.append(replace(entity, name=name, names=names, attributes=attributes))
    statements = [replace(s, gloss=f"{next(labels)} {s.gloss}") for s in made.statements]
    disagreements = [
        replace(
            d,
            gloss=f"{next(labels)} {d.gloss}",
            reason=next(labels),
            readings=tuple(replace(reading, gloss=next(labels)) for reading in d.readings),
        )
        for d in made.disagreements
    ]
    return replace(made, entities=tuple(entities), statements=tuple(statements), disagreements=tuple(disagreements))


@cache
def release() -> Release:
    """Return the release of the hostile facts."""
    return merge(facts(), schema())
