"""Full-text search in the articles' own words, where their texts are at hand."""

from dataclasses import dataclass

from ...graph.errors import PassageError
from ...graph.model.objects import passage_of
from ...graph.reader.objects import LedgerEntry
from ...graph.reader.reader import Graph
from ...graph.search.search import PerRelease
from ...graph.search.text_index import TextIndex
from ...loaders.article_texts import Texts


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A sentence of an article's ledger, what it says, and its words, folded, that the text sought has too."""

    sentence: LedgerEntry
    text: str
    matched_words: tuple[str, ...]


class PassageSearch:
    """Searches the sentences of the articles of which a folder has the texts. Safe for many threads."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._index: PerRelease[tuple[TextIndex, dict[str, tuple[LedgerEntry, str]]]] = PerRelease()

    def find(self, graph: Graph, text: str, limit: int) -> list[FoundPassage]:
        """Return the sentences that share most with a text, best first, as `TextIndex.find` ranks them."""
        index, sentences = self._index.get(graph.current_release(), lambda: self._build(graph))
        return [FoundPassage(*sentences[hit.id], hit.matched_words) for hit in index.find(text, limit)]

    def _build(self, graph: Graph) -> tuple[TextIndex, dict[str, tuple[LedgerEntry, str]]]:
        sentences = {
            sentence["id"]: (sentence, text)
            for article in graph.articles()
            if self._texts.has(article["id"])
            for sentence in graph.article(article["id"])["ledger"]
            if (text := self._read(sentence))
        }
        return TextIndex((key, text, "") for key, (_, text) in sentences.items()), sentences

    def _read(self, sentence: LedgerEntry) -> str | None:
        """Return the text of a sentence; None if it cannot be read or is no longer what the ledger says."""
        passage = passage_of(sentence)
        try:
            is_unchanged = passage is not None and self._texts.passage_error(passage) is None
            return self._texts.passage_text(passage) if passage is not None and is_unchanged else None
        except PassageError:  # the file was removed after the start; `vnkg doctor` reports it
            return None
