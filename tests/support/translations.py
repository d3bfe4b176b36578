"""Two invented translations of one text: overlapping names, a hostile name, sentences without statements.

Articles 910 (English) and 911 (Vietnamese) have the same content in different lines; 912 has no translation or text.
"""

import atexit
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from functools import cache
from pathlib import Path

from fastapi.testclient import TestClient

from tests.support.invented_graph import HOSTILE, Builder
from vnkg.api.app import create_app
from vnkg.graph.catalogue.query import catalogue
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.model.facts import Disagreement, Facts, Mention, Passage, Reading, Sentence, Statement, passage_hash
from vnkg.graph.model.merge import merge
from vnkg.graph.model.schema import schema
from vnkg.graph.reader.reader import Graph
from vnkg.graph.settings import Settings
from vnkg.graph.store.load import load

ENGLISH_ARTICLE, VIETNAMESE_ARTICLE, ARTICLE_WITHOUT_TEXT = "article:910", "article:911", "article:912"
TOWN, OFFICE, FIRM, FUND = "province:xa", "agency:so-xa", "organisation:firm", "fund:xa"
TEXTS = {
    ENGLISH_ARTICLE: [
        "A heading <b>nobody</b> wrote",
        "The Office of Xa runs a fund of 3 coins. It is glad. " + HOSTILE + " helps Xa.",
        "",
        "Xa has 7 hills.",
    ],
    VIETNAMESE_ARTICLE: ["Sở của Xa có quỹ 5 đồng.", HOSTILE + " giúp Xa.", "Xa có 7 đồi.", "Hết."],
}
SENTENCES = {
    ENGLISH_ARTICLE: ["A heading <b>nobody</b> wrote", "The Office of Xa runs a fund of 3 coins.", "It is glad.", HOSTILE + " helps Xa.", "Xa has 7 hills."],
    VIETNAMESE_ARTICLE: ["Sở của Xa có quỹ 5 đồng.", HOSTILE + " giúp Xa.", "Xa có 7 đồi.", "Hết."],
}  # fmt: skip
NAMES = {
    ENGLISH_ARTICLE: [("Office of Xa", OFFICE), ("Xa", TOWN), (HOSTILE, FIRM)],
    VIETNAMESE_ARTICLE: [("Sở của Xa", OFFICE), ("Xa", TOWN), (HOSTILE, FIRM)],
}


def _locate(article: str, words: str) -> tuple[int, int, int]:
    line = next(n for n, text in enumerate(TEXTS[article], 1) if words in text)
    start = TEXTS[article][line - 1].index(words)
    return line, start, start + len(words)


def _passage(article: str, words: str) -> Passage:
    return Passage(article, *_locate(article, words), passage_hash(words))


def _mentions() -> list[Mention]:
    found: list[Mention] = []
    for article, names in NAMES.items():
        for line, text in enumerate(TEXTS[article], 1):
            for words, entity in names:
                start = text.find(words)
                while start >= 0:
                    found.append(Mention(article, entity, line, start, start + len(words)))
                    start = text.find(words, start + 1)
    return sorted(set(found))


class _ArticleBuilder(Builder):
    """Adds statements whose passages are in `TEXTS`."""

    def add_quoted_statement(
        self, number: int, article: str, sentence: str, words: str, kind: str, subject: str, **properties: object
    ) -> str:
        """Add a statement whose passage is `words`, within `sentence`; returns its id."""
        id = f"statement:{article.partition(':')[2]}-{number}"
        line, start, _ = _locate(article, sentence)
        fields = {"basis": "stated", "as_of": "2026-01-02", "as_of_from": "article", **properties}
        self.statements.append(
            Statement(
                id,
                kind,
                subject,
                gloss=f"{article} says {number}",
                passage=_passage(article, words),
                sentence=f"sentence:{article.partition(':')[2]}-{line}-{start}",
                **fields,  # pyright: ignore[reportArgumentType]
            )
        )
        return id


@cache
def facts() -> Facts:
    """Return the facts of the three articles."""
    built = _ArticleBuilder()
    same = {"origin": "told-once", "same_text": "told-once"}
    built.article("910", "2026-01-02", "en", published_basis="stated on line 9", publisher="The Xa Post", **same)
    built.article("911", "2026-01-02", "vi", **same)
    built.article("912", "2026-02-03", "vi")
    built.entity(TOWN, "Province", "Xa", kind="province")
    built.entity(OFFICE, "Agency", "Sở Xa", kind="department")
    built.entity(FIRM, "Organisation", HOSTILE, kind="company")
    built.entity(FUND, "Fund", "Quỹ Xa", kind="other")
    capital = {"indicator": "fund_capital", "unit": "VND", "comparator": "=", "value_status": "actual"}
    runs = {"predicate": "HAS", "object": FUND, "status": "existing"}
    helps = {"predicate": "SUPPORTS", "object": TOWN, "status": "existing"}
    first, third, last = SENTENCES[ENGLISH_ARTICLE][1], SENTENCES[ENGLISH_ARTICLE][3], SENTENCES[ENGLISH_ARTICLE][4]
    built.add_quoted_statement(1, ENGLISH_ARTICLE, first, first, "relation", OFFICE, **runs)
    three = built.add_quoted_statement(
        2, ENGLISH_ARTICLE, first, "fund of 3 coins", "measurement", FUND, value=3, **capital
    )
    built.add_quoted_statement(3, ENGLISH_ARTICLE, third, third, "relation", FIRM, **helps)
    built.add_quoted_statement(
        4, ENGLISH_ARTICLE, last, last, "claim", TOWN, claim_type="strength", speaker=OFFICE, about=(FUND,)
    )
    for number, (sentence, kind, subject, more) in enumerate(
        [
            (0, "relation", OFFICE, {**runs, "status": "planned", "predicate": "PLANS"}),
            (0, "measurement", FUND, {"value": 5, **capital}),
            (1, "relation", FIRM, helps),
            (2, "claim", TOWN, {"claim_type": "strength"}),
        ],
        1,
    ):
        words = SENTENCES[VIETNAMESE_ARTICLE][sentence]
        built.add_quoted_statement(number, VIETNAMESE_ARTICLE, words, words, kind, subject, **more)
    readings = (Reading((three,), "three coins"), Reading(("statement:911-2",), "five coins"))
    existence = (Reading(("statement:910-1",), "it is there"), Reading(("statement:911-1",), "it is planned"))
    return replace(
        built.facts(
            Disagreement("disagreement:coins", "value", (FUND,), readings, "Two amounts.", 1, "The later one."),
            Disagreement("disagreement:there", "translation", (FUND, OFFICE), existence, "Is it there?"),
        ),
        mentions=tuple(_mentions()),
        sentences=tuple(_sentences(built)),
    )


def _sentences(builder: _ArticleBuilder) -> list[Sentence]:
    found: list[Sentence] = []
    for article, sentences in SENTENCES.items():
        for words in sentences:
            passage = _passage(article, words)
            id = f"sentence:{article.partition(':')[2]}-{passage.line}-{passage.start}"
            gave = tuple(said.id for said in builder.statements if said.sentence == id)
            found.append(Sentence(id, passage, gave, None if gave else "no fact: <i>only words</i>"))
    return found


@cache
def texts_folder() -> Path:
    """Write the available texts and return their folder."""
    made = Path(tempfile.mkdtemp(prefix="vnkg-telling-"))
    for article, lines in TEXTS.items():
        made.joinpath(f"{article.partition(':')[2]}_telling.txt").write_text("\n".join(lines), encoding="utf-8")
    return made


@cache
def client() -> TestClient:
    """A client of an application with the three articles."""
    stack = ExitStack()
    atexit.register(stack.close)
    settings = Settings(data=texts_folder() / "engine", articles=texts_folder())
    engine = stack.enter_context(Engine.open(settings))
    load(engine, merge(facts(), schema()), batch=10_000)
    graph = Graph(engine, schema(), catalogue())
    return stack.enter_context(TestClient(create_app(settings, graph), follow_redirects=False))


def page(path: str, **parameters: str) -> str:
    """The HTML of a page; asserts status 200."""
    response = client().get(path, params=parameters or None)
    assert response.status_code == 200, response.text[:2000]
    return response.text
