"""An article's text split into paragraphs, sentences, marked passages and names."""

from typing import Any

from vnkg.api.pages.articles.text import AnnotatedSentence, Paragraph, paragraphs


def entry(line: int, start: int, end: int, *marks: tuple[int, int]) -> dict[str, Any]:
    statements = [{"start": first, "end": last} for first, last in marks]
    return {"line": line, "start": start, "end": end, "statements": statements}


def named(entity: str, start: int, end: int, line: int = 1) -> dict[str, Any]:
    return {"entity": entity, "line": line, "start": start, "end": end}


def one(text: str, ledger: list[dict[str, Any]], mentions: list[dict[str, Any]]) -> Paragraph:
    (found,) = paragraphs([text], ledger, mentions)
    return found


def words(sentence: AnnotatedSentence) -> str:
    return "".join(text for piece in sentence.runs for text, _ in piece.segments)


def links(sentence: AnnotatedSentence) -> list[tuple[str, str]]:
    return [(p.mention["entity"], "".join(text for text, _ in p.segments)) for p in sentence.runs if p.mention]


def test_what_stands_between_sentences_is_kept() -> None:
    found = one("  One. Two!  End", [entry(1, 2, 6), entry(1, 7, 11)], [])
    assert ["|" if isinstance(part, AnnotatedSentence) else part for part in found.parts] == [
        "  ",
        "|",
        " ",
        "|",
        "  End",
    ]
    assert [words(sentence) for sentence in found.sentences] == ["One.", "Two!"]
    assert [sentence.number for sentence in found.sentences] == [1, 2]


def test_empty_lines_are_left_out_and_lines_without_a_ledger_stay() -> None:
    found = paragraphs(["a", "", " ", "b"], [entry(4, 0, 1)], [])
    assert [(part.line, part.parts[0] if isinstance(part.parts[0], str) else "") for part in found] == [
        (1, "a"),
        (4, ""),
    ]


def test_marks_overlap_and_touch() -> None:
    (sentence,) = one("abcdefgh", [entry(1, 0, 8, (1, 4), (3, 6), (6, 7))], []).sentences
    assert sentence.runs[0].segments == (("a", False), ("bcdefg", True), ("h", False))


def test_a_name_is_one_link_also_where_a_mark_begins_in_it() -> None:
    (sentence,) = one("The Office runs", [entry(1, 0, 15, (7, 15))], [named("agency:o", 4, 10)]).sentences
    assert links(sentence) == [("agency:o", "Office")]
    assert sentence.runs[1].segments == (("Off", False), ("ice", True))


def test_of_names_that_overlap_the_longest_leads_and_the_others_are_told() -> None:
    mentions = [
        named("province:xa", 10, 12),
        named("agency:o", 0, 12),
        named("place:of", 7, 9),
        named("sector:z", 10, 14),
    ]
    (sentence,) = one("Office of Xabc", [entry(1, 0, 14)], mentions).sentences
    assert links(sentence) == [("agency:o", "Office of Xa")]
    assert [mention["entity"] for mention in sentence.nested_mentions] == ["province:xa", "place:of", "sector:z"]


def test_two_names_at_one_place_lead_to_the_first_by_id() -> None:
    (sentence,) = one("Xa", [entry(1, 0, 2)], [named("b:b", 0, 2), named("a:a", 0, 2)]).sentences
    assert links(sentence) == [("a:a", "Xa")]
    assert [mention["entity"] for mention in sentence.nested_mentions] == ["b:b"]


def test_a_name_across_the_end_of_its_sentence_is_no_link() -> None:
    found = one("Xa. Ya", [entry(1, 0, 3), entry(1, 4, 6)], [named("a:a", 2, 5)])
    assert [links(sentence) for sentence in found.sentences] == [[], []]
    assert [words(sentence) for sentence in found.sentences] == ["Xa.", "Ya"]


def test_a_ledger_of_a_longer_text_is_cut_and_nothing_is_lost() -> None:
    ledger = [entry(1, 2, 90, (3, 80)), entry(1, 95, 99), entry(7, 0, 5)]
    found = paragraphs(["short"], ledger, [named("a:a", 60, 70)])
    assert [[words(sentence) for sentence in part.sentences] for part in found] == [["ort", ""], [""]]
    assert found[0].parts[0] == "sh"


def test_sentences_that_overlap_say_no_word_twice() -> None:
    found = one("abcdef", [entry(1, 0, 4), entry(1, 2, 6)], [])
    assert [words(sentence) for sentence in found.sentences] == ["abcd", "ef"]


def test_without_the_text_there_are_sentences_without_words() -> None:
    found = paragraphs([], [entry(3, 0, 5, (0, 5)), entry(3, 6, 9)], [named("a:a", 0, 2, 3)])
    assert [len(part.sentences) for part in found] == [2]
    assert len(found[0].statements) == 1
    assert [sentence.runs for sentence in found[0].sentences] == [(), ()]
