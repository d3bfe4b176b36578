"""An article's text split into paragraphs, sentences, marked passages and names."""

from typing import Any

from vnkg.api.pages.articles.text import AnnotatedSentence, Paragraph, paragraphs


def entry(line: int, start: int, end: int, *marks: tuple[int, int]) -> dict[str, Any]:
    statements = [{"start": first, "end": last} for first, last in marks]
    return {"line": line, "start": start, "end": end, "statements": statements}


def mention(entity: str, start: int, end: int, line: int = 1) -> dict[str, Any]:
    return {"entity": entity, "line": line, "start": start, "end": end}


def only_paragraph(text: str, ledger: list[dict[str, Any]], mentions: list[dict[str, Any]]) -> Paragraph:
    (found,) = paragraphs([text], ledger, mentions)
    return found


def words(sentence: AnnotatedSentence) -> str:
    return "".join(text for piece in sentence.runs for text, _ in piece.segments)


def links(sentence: AnnotatedSentence) -> list[tuple[str, str]]:
    return [(p.mention["entity"], "".join(text for text, _ in p.segments)) for p in sentence.runs if p.mention]


def test_text_between_sentences_is_preserved() -> None:
    found = only_paragraph("  One. Two!  End", [entry(1, 2, 6), entry(1, 7, 11)], [])
    assert ["|" if isinstance(part, AnnotatedSentence) else part for part in found.parts] == [
        "  ",
        "|",
        " ",
        "|",
        "  End",
    ]
    assert [words(sentence) for sentence in found.sentences] == ["One.", "Two!"]
    assert [sentence.number for sentence in found.sentences] == [1, 2]


def test_empty_lines_are_dropped_and_lines_without_a_ledger_kept() -> None:
    found = paragraphs(["a", "", " ", "b"], [entry(4, 0, 1)], [])
    assert [(part.line, part.parts[0] if isinstance(part.parts[0], str) else "") for part in found] == [
        (1, "a"),
        (4, ""),
    ]


def test_marks_overlap_and_touch() -> None:
    (sentence,) = only_paragraph("abcdefgh", [entry(1, 0, 8, (1, 4), (3, 6), (6, 7))], []).sentences
    assert sentence.runs[0].segments == (("a", False), ("bcdefg", True), ("h", False))


def test_a_name_is_one_link_even_if_a_mark_starts_inside_it() -> None:
    (sentence,) = only_paragraph("The Office runs", [entry(1, 0, 15, (7, 15))], [mention("agency:o", 4, 10)]).sentences
    assert links(sentence) == [("agency:o", "Office")]
    assert sentence.runs[1].segments == (("Off", False), ("ice", True))


def test_of_overlapping_names_the_longest_is_linked_and_the_others_listed() -> None:
    mentions = [
        mention("province:xa", 10, 12),
        mention("agency:o", 0, 12),
        mention("place:of", 7, 9),
        mention("sector:z", 10, 14),
    ]
    (sentence,) = only_paragraph("Office of Xabc", [entry(1, 0, 14)], mentions).sentences
    assert links(sentence) == [("agency:o", "Office of Xa")]
    assert [mention["entity"] for mention in sentence.nested_mentions] == ["province:xa", "place:of", "sector:z"]


def test_names_that_touch_are_each_a_link_and_nested_ones_are_listed_once_by_entity() -> None:
    mentions = [
        mention("a:late", 6, 9),
        mention("a:short", 0, 2),
        mention("a:first", 0, 3),
        mention("a:long", 3, 6),
        mention("a:short", 4, 6),
        mention("a:first", 7, 9),
        mention("a:wide", 2, 5),
    ]
    (sentence,) = only_paragraph("abcdefghi", [entry(1, 0, 9)], mentions).sentences
    assert links(sentence) == [("a:first", "abc"), ("a:long", "def"), ("a:late", "ghi")]
    assert [(mention["entity"], mention["start"]) for mention in sentence.nested_mentions] == [
        ("a:short", 4),
        ("a:first", 7),
        ("a:wide", 2),
    ]


def test_a_longer_name_is_linked_rather_than_an_earlier_one_that_overlaps_it() -> None:
    mentions = [
        mention("a:early", 0, 4),
        mention("a:long", 2, 9),
        mention("a:start", 0, 2),
        mention("a:end", 9, 10),
    ]
    (sentence,) = only_paragraph("abcdefghij", [entry(1, 0, 10)], mentions).sentences
    assert links(sentence) == [("a:start", "ab"), ("a:long", "cdefghi"), ("a:end", "j")]
    assert words(sentence) == "abcdefghij"


def test_of_sentences_that_begin_together_the_shorter_comes_first() -> None:
    found = only_paragraph("abcdef", [entry(1, 0, 6), entry(1, 0, 3)], [])
    assert [(words(sentence), sentence.number) for sentence in found.sentences] == [("abc", 2), ("def", 1)]


def test_two_names_at_one_position_link_to_the_first_by_id() -> None:
    (sentence,) = only_paragraph("Xa", [entry(1, 0, 2)], [mention("b:b", 0, 2), mention("a:a", 0, 2)]).sentences
    assert links(sentence) == [("a:a", "Xa")]
    assert [mention["entity"] for mention in sentence.nested_mentions] == ["b:b"]


def test_a_name_across_a_sentence_end_is_not_linked() -> None:
    found = only_paragraph("Xa. Ya", [entry(1, 0, 3), entry(1, 4, 6)], [mention("a:a", 2, 5)])
    assert [links(sentence) for sentence in found.sentences] == [[], []]
    assert [words(sentence) for sentence in found.sentences] == ["Xa.", "Ya"]


def test_a_ledger_longer_than_its_text_is_truncated_without_loss() -> None:
    ledger = [entry(1, 2, 90, (3, 80)), entry(1, 95, 99), entry(7, 0, 5)]
    found = paragraphs(["short"], ledger, [mention("a:a", 60, 70)])
    assert [[words(sentence) for sentence in part.sentences] for part in found] == [["ort", ""], [""]]
    assert found[0].parts[0] == "sh"


def test_overlapping_sentences_repeat_no_words() -> None:
    found = only_paragraph("abcdef", [entry(1, 0, 4), entry(1, 2, 6)], [])
    assert [words(sentence) for sentence in found.sentences] == ["abcd", "ef"]


def test_without_the_text_there_are_sentences_without_words() -> None:
    found = paragraphs([], [entry(3, 0, 5, (0, 5)), entry(3, 6, 9)], [mention("a:a", 0, 2, 3)])
    assert [len(part.sentences) for part in found] == [2]
    assert len(found[0].statements) == 1
    assert [sentence.runs for sentence in found[0].sentences] == [(), ()]
