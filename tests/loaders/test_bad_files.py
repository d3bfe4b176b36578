"""Files that are cut off, hostile, or no files at all: each is refused with a message, quickly and in little memory."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.support.facts_folder import ARTICLE, LINE, facts_folder, texts_folder
from vnkg.graph.errors import FactsError, InputError, PassageError
from vnkg.loaders import Texts, built_in_folder, known_entities, read_facts, skeleton
from vnkg.loaders.text_file import MAX_FILE_SIZE, read_text_file
from vnkg.loaders.yaml_lines import Problems, parse_yaml

MEMORY = 300 * 1024 * 1024
"""Bytes that reading a bad file may need beyond what a normal load needs."""
READ_ALL = f"""
import json, resource, sys
from pathlib import Path
from vnkg.graph.errors import VnkgError
from vnkg.loaders import read_facts

base = Path(sys.argv[1])
read_facts(base=base)
used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + {MEMORY},) * 2)
messages = {{}}
for path in sys.argv[2:]:
    try:
        read_facts([Path(path)], base=base)
    except VnkgError as error:
        messages[path] = [error.exit_code, str(error)]
print(json.dumps(messages))
"""
"""A program that reads files one by one with limited memory and prints the error of each."""
HEAD = "source: a test\nchecked_on: 2026-01-01\n"
LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9)
)
BOMBS = {
    "laughs.yaml": (LAUGHS, "laughs.yaml:2: found the alias *a0; expected the value itself"),
    "recursive.yaml": ("a: &a\n  - b\n  - *a\n", "recursive.yaml:3: found the alias *a; expected"),
    "key.yaml": ("a: &a b\n*a : c\n", "key.yaml:2: found a key that is no text"),
    "lists.yaml": ("a: " + "[" * 500_000, "lists.yaml:1: found "),  # libyaml has a limit too
    "levels.yaml": ("[" * 21, "levels.yaml:1: found more than 20 levels; expected lists and mappings in at most 20"),
    "maps.yaml": ("{a: " * 400_000, "maps.yaml:1: found more than 20 levels"),
    "blocks.yaml": ("- " * 900_000, "blocks.yaml:1: found more than 20 levels"),
    "large.yaml": ("#" * (MAX_FILE_SIZE + 1), "found 2,000,001 bytes; expected at most 2,000,000, split into several"),
    "number.yaml": (f"{HEAD}statements:\n- {{indicator: x, value: {'9' * 100_000}}}\n", "expected a plain number"),
    "rows.yaml": (f"{HEAD}statements:\n" + "- {a: b}\n" * 20_000, "\n… and 19,801 more"),
}  # fmt: skip
"""Files of facts, and a part of the message that refuses each."""


def no_files(folder: Path) -> dict[Path, str]:
    """Make things in a folder that are no files to read; return a part of the message for each."""
    fifo, loop, link = (folder / f"{name}.yaml" for name in ("fifo", "loop", "link"))
    os.mkfifo(fifo)
    loop.symlink_to(loop)
    link.symlink_to(folder / "nothing.yaml")
    (folder / "folder.yaml").mkdir()
    return {
        fifo: "found a device or pipe; expected a UTF-8 text file",
        Path("/dev/zero"): "found a device or pipe; expected a UTF-8 text file",
        Path("/proc/self/mem"): "found cannot be read (Input/output error)",
        loop: "cannot be read: Too many levels of symbolic links",
        link: "no such file or folder; expected article files",
        folder / "folder.yaml": "no *.yaml file in it; expected article files",
        folder / f"{'x' * 300}.yaml": "cannot be read: File name too long",
    }


@pytest.fixture(scope="module")
def expected_messages(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """Return the paths of all bad files, with a part of the message that refuses each."""
    folder = tmp_path_factory.mktemp("bad")
    for name, (text, _) in BOMBS.items():
        (folder / name).write_text(text, encoding="utf-8")
    expected = {str(folder / name): message for name, (_, message) in BOMBS.items()}
    return expected | {str(path): message for path, message in no_files(folder).items()}


def test_each_bad_file_is_refused_in_little_memory(tmp_path: Path, expected_messages: Mapping[str, str]) -> None:
    command = [sys.executable, "-c", READ_ALL, str(facts_folder(tmp_path)), *expected_messages]
    finished = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert finished.returncode == 0, finished.stderr
    messages = json.loads(finished.stdout)
    assert set(messages) == set(expected_messages)
    for path, expected in expected_messages.items():
        code, message = messages[path]
        assert expected in message
        assert code in (1, 2)
        assert len(message) < 40_000


@pytest.mark.parametrize("file", sorted(built_in_folder().rglob("*.yaml")), ids=lambda file: file.name)
def test_a_built_in_file_that_is_cut_at_the_end_of_a_line_is_refused(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    steps = 6
    ends = {len(lines) * step // steps for step in range(steps)} | {len(lines) - 1, len(lines) - 2}
    for end in sorted(ends):
        problems = Problems()
        parse_yaml("".join(lines[:end]), file.name, problems)
        assert problems.items, f"{file.name} was accepted with {end} of {len(lines)} lines"


def test_a_file_without_its_last_line_says_what_to_do(tmp_path: Path) -> None:
    base = facts_folder(tmp_path)
    (base / "articles" / "900.yaml").write_text(ARTICLE, encoding="utf-8")
    with pytest.raises(FactsError) as refused:
        read_facts(base=base)
    assert str(refused.value).splitlines()[1:] == [
        "articles/900.yaml:25: found an end without '...'; expected '...' as the last line: "
        "without it the file may be cut off; add it if nothing is missing"
    ]


def test_a_file_that_cannot_be_read_in_a_folder_is_named(tmp_path: Path) -> None:
    base = facts_folder(tmp_path)
    (base / "gone.yaml").symlink_to(tmp_path / "nothing.yaml")
    (base / "latin.yaml").write_bytes("source: x\nname: Huế".encode("utf-16"))
    with pytest.raises(FactsError) as refused:
        read_facts(base=base)
    assert str(refused.value).splitlines()[1:] == [
        "gone.yaml:0: found no such file; expected a UTF-8 text file",
        "latin.yaml:0: found line 1 is not UTF-8 (invalid start byte); expected UTF-8 text",
    ]


@pytest.fixture
def plain_user() -> Iterator[None]:
    """Without the rights of root, who may read everything."""
    user = os.geteuid()
    os.seteuid(user or 65534)
    yield
    os.seteuid(user)


def test_a_folder_that_cannot_be_read_is_not_passed_over(request: pytest.FixtureRequest) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        (facts_folder(Path(folder) / "own") / "articles").chmod(0)
        request.getfixturevalue("plain_user")
        with pytest.raises(InputError, match=r"own: cannot be read: Permission denied"):
            read_facts([Path(folder) / "own"])
        os.seteuid(os.getuid())
        (Path(folder) / "own" / "articles").chmod(0o700)


def test_texts_are_read_from_regular_files_only(tmp_path: Path) -> None:
    folder = texts_folder(tmp_path / "texts", LINE)
    fifo = folder / "901_x.txt"
    os.mkfifo(fifo)
    message = f"{fifo}: a device or pipe; expected a UTF-8 text file"
    with pytest.raises(PassageError) as refused:
        Texts(folder).lines("article:901")
    assert str(refused.value) == message
    with pytest.raises(InputError) as unread:
        Texts(folder).sha256("article:901")
    assert str(unread.value) == message
    with pytest.raises(InputError) as no_text:
        skeleton(fifo)
    assert str(no_text.value) == message
    with pytest.raises(PassageError, match="no such folder"):
        Texts(Path("/dev/zero"))


def test_line_ends_of_all_systems_are_read_alike(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"a\r\nb\rc\n")
    assert read_text_file(file) == "a\nb\nc\n"


VALUE = """\
      - subject: province:aaa
        indicator: innovative_startups
        value: {}
        unit: count
        value_status: actual
        basis: stated
        gloss: Firms.
"""


@pytest.mark.parametrize(
    "value", ["9" * 19, "-" + "9" * 19, "9" * 5000, ".inf", "-.inf", ".nan", "1.0e+400", "!!int 1_000", "!!float x"]
)
def test_a_number_that_a_database_cannot_hold_is_refused(tmp_path: Path, value: str) -> None:
    article = ARTICLE.replace("  - at: 1:18-30", VALUE.format(value) + "  - at: 1:18-30")
    with pytest.raises(FactsError, match=r"900\.yaml:25: found value: .*; expected a plain number, .* 18 digits"):
        read_facts(base=facts_folder(tmp_path, article))


@pytest.mark.parametrize("value", ["9" * 18, "-" + "9" * 18, "1.5", "1.0e+300"])
def test_a_large_number_is_accepted(tmp_path: Path, value: str) -> None:
    article = ARTICLE.replace("  - at: 1:18-30", VALUE.format(value) + "  - at: 1:18-30")
    assert read_facts(base=facts_folder(tmp_path, article)).statements[1].value == json.loads(value)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("at: 1:0-17", f"at: {'9' * 5000}:0-17", "expected line:start-end"),
        ("at: 1:0-17", "at: １:0-17", "expected line:start-end"),
        ("[0-3]", f"[0-{'9' * 5000}]", "expected start-end"),
        ("published: 2025-12-12", "published: ２０２５", "expected a date that exists"),
        ("published: 2025-12-12", 'published: "2025\\n"', "expected a date that exists"),
    ],
)
def test_digits_and_dates_are_plain_and_short(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in ARTICLE
    with pytest.raises(FactsError, match=message):
        read_facts(base=facts_folder(tmp_path, ARTICLE.replace(old, new, 1)))


PLACES = (
    ("name: Ccc", 'name: "{}"'),
    ("gloss: A plan.", 'gloss: "{}"'),
    ("name: A test", 'name: "{}"'),
    ("[Aaa]", '["{}"]'),
    ("name: Ccc,", 'name: Ccc, names: [{{text: "{}", language: en}}],'),
    ("origin: test", 'origin: "{}"'),
)
"""Where an article file has text: what to replace, and by what."""


@pytest.mark.parametrize(("old", "new"), PLACES)
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("C\\u0085c", "U+0085"),
        ("C\\x9bc", "U+009B"),
        ("C\\u202ec", "U+202E"),
        ("C\\u2066c", "U+2066"),
        ("C\\u200bc", "U+200B"),
        ("C\\ufeffc", "U+FEFF"),
        ("C\\u00adc", "U+00AD"),
        ("\\u200dCc", "U+200D"),
        ("Hà\\u200c Nội", "U+200C"),
    ],
)
def test_a_text_with_characters_that_nobody_sees_is_refused(
    tmp_path: Path, old: str, new: str, text: str, code: str
) -> None:
    assert old in ARTICLE
    with pytest.raises(FactsError) as refused:
        read_facts(base=facts_folder(tmp_path, ARTICLE.replace(old, new.format(text), 1)))
    assert f" with {code}; expected a text without control characters and invisible ones" in str(refused.value)


@pytest.mark.parametrize(("old", "new"), PLACES)
def test_a_text_that_is_too_long_is_refused(tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(FactsError, match=r"900\.yaml:\d+: found .*: 2001 letters; expected at most 2000"):
        read_facts(base=facts_folder(tmp_path, ARTICLE.replace(old, new.format("x" * 2001), 1)))


def test_a_lone_surrogate_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FactsError, match=r"900\.yaml:\d+: found "):
        read_facts(base=facts_folder(tmp_path, ARTICLE.replace("name: Ccc", 'name: "C\\ud800"')))


@pytest.mark.parametrize("name", ["می\u200cخواهم", "क्\u200dष", "Đà Nẵng", "Thủ Đức – “TP.HCM”"])
def test_a_name_in_the_spelling_of_its_language_is_accepted(tmp_path: Path, name: str) -> None:
    own = facts_folder(tmp_path, ARTICLE.replace("name: Ccc", f'name: "{name}"'))
    assert name in {record.name for record in read_facts(base=own).entities}


def test_a_skeleton_that_is_cut_off_is_no_draft(tmp_path: Path) -> None:
    texts = texts_folder(tmp_path / "texts")
    draft = tmp_path / "900.yaml"
    text = skeleton(texts / "900_test.txt")
    assert text.endswith("\n...\n")
    draft.write_text(text.removesuffix("...\n").replace("statements: []", "statements: *x"), encoding="utf-8")
    with pytest.raises(FactsError, match="the alias"):
        known_entities([draft])
