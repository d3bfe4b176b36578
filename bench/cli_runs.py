"""Run `vnkg` commands as a user types them, in the folder of one engine, and record output, exit code and files.

All paths in the arguments are relative to that folder, so that no answer contains the name of a temporary folder.
"""

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

from recording import Answer, Recording

TIMEOUT_SECONDS = 600
FIND = (
    ("Hải Phòng",), ("hai phong innovation",), ("57-NQ/TW",), ("Pham Thi Nhamm",), ("Sở KH&CN",), ("zzzzzz",), ("",),
    ("quỹ đầu tư mạo hiểm", "--type", "Fund"), ("director", "--limit", "5"), ("Bình Dương", "--exact"),
    ("saigon", "--json"), ("venture", "--json", "--limit", "3"), ("Huệ", "--type", "Zzz"),
)  # fmt: skip
PATHS = (
    ("qualcomm", "marvell"), ("qualcomm", "marvell", "--json"),
    ("province:lam-dong", "province:quang-ninh", "--k", "2"),
    ("province:hue", "province:hue"), ("hai phong innovation", "Marvell"), ("zzzzz", "province:hue"),
    ("province:hai-phong", "person:pham-thi-nham", "--through-hubs", "--status", "existing"),
    ("province:hai-phong", "province:dong-nai", "--exclude-types", "Policy", "--predicate", "PLANS"),
)  # fmt: skip
DRAW = (
    ("province:hai-phong",), ("province:hai-phong", "--language", "vi", "--hide", "planned"),
    ("--province", "province:ho-chi-minh"), ("--query", "provinces_with_fund", "--fund-status", "planned"),
    ("--from", "qualcomm", "--to", "marvell"), ("--limit", "60"), ("province:nowhere",), (),
)  # fmt: skip
INVALID_COMMANDS: tuple[tuple[str, ...], ...] = (
    ("zzz",), ("--zzz",), ("query", "zzz"), ("query", "provinces_with_fnd"), ("query", "targets", "--zzz", "1"),
    ("query", "targets", "--last-year", "zzz"), ("query", "provinces_with_fund", "--fund-status", "plant"), ("show",),
    ("find",),
    ("paths", "a"), ("export",), ("export", "zzz"), ("export", "jsonl"), ("load", "--also", "zzz.yaml"), ("verify",),
    ("verify", "article:999", "--articles", "texts"), ("coverage", "article:999"), ("article", "new", "zzz.txt"),
    ("article", "mentions", "zzz.yaml", "--articles", "texts"), ("serve", "--port", "zzz"),
    ("serve", "--host", "zzz zzz"),
    ("draw", "province:hue"), ("draw", "--output", "nowhere/at/all.svg", "province:hue"),
)  # fmt: skip


class Cli:
    """Runs commands in a folder with the settings of one engine, and records their answers."""

    def __init__(
        self, vnkg: Path, folder: Path, recording: Recording, engine: str, settings: Mapping[str, str]
    ) -> None:
        self.vnkg = vnkg
        self.folder = folder
        self.engine = engine
        self.environment = environment() | {"VNKG_DATA": "data"} | settings
        self._recording = recording

    def run_command(self, *arguments: str, files: Sequence[str] = (), note: str = "") -> Answer:
        """Run one command and record its answer, and the files it wrote that match the glob patterns `files`."""
        process = subprocess.run(  # noqa: S603
            [self.vnkg, *arguments],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TIMEOUT_SECONDS,
            check=False,
        )
        answer = Answer(process.returncode, (), process.stdout + b"\n--- standard error\n" + process.stderr)
        request = f"vnkg {shlex.join(arguments)}{note and f' ({note})'}"
        self._recording.add(self.engine, "command", request, answer)
        for path in sorted(path for pattern in files for path in self.folder.glob(pattern) if path.is_file()):
            kind = "export" if arguments[0] == "export" else "file"
            file_answer = Answer(0, (), path.read_bytes())
            self._recording.add(self.engine, kind, f"{request} > {path.relative_to(self.folder)}", file_answer)
        return answer

    def run_all(self, runs: Iterable[Callable[[], object]], pool: Executor) -> None:
        """Run several functions in parallel; raise the first error."""
        for future in [pool.submit(run) for run in runs]:
            future.result()


def environment() -> dict[str, str]:
    """Return the environment variables of a command: no settings of VNKG, a terminal of fixed width without colours."""
    variables = {key: value for key, value in os.environ.items() if not key.startswith(("VNKG_", "NEO4J_", "PYTHON"))}
    for name in ("PORT", "FORCE_COLOR", "CLICOLOR_FORCE", "LINES"):
        variables.pop(name, None)
    return variables | {
        "COLUMNS": "110",
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "TERM": "dumb",
        "NO_COLOR": "1",
        "TZ": "UTC",
    }


def options(example: Mapping[str, Any]) -> list[str]:
    """Return a query's parameters as command-line options; lists are repeated."""
    arguments: list[str] = []
    for name, value in example.items():
        for item in value if isinstance(value, list) else [value]:
            text = str(item).lower() if isinstance(item, bool) else str(item)
            arguments += [f"--{name.replace('_', '-')}", text]
    return arguments


def record_offline(cli: Cli, pool: Executor, sixth_article: Path, has_texts: bool) -> None:
    """Record what needs no engine: help texts, invalid commands, exports, the coverage ledger, a new article file."""
    shutil.copytree(sixth_article, cli.folder / "sixth")
    _record_helps(cli, pool)
    text = next((cli.folder / "sixth" / "texts").iterdir()).relative_to(cli.folder)
    draft = next((cli.folder / "sixth").glob("*.yaml")).relative_to(cli.folder)
    also_options = ("--also", str(draft))
    _record(cli, pool, [
        *INVALID_COMMANDS, ("--version",), (), ("engine",), ("article",), ("coverage",), ("coverage", "--json"),
        ("audit",), ("audit", "--json"), ("indicators",), ("indicators", "--json"),
        ("coverage", *also_options, "--articles", "sixth/texts", draft.stem.join(("article:", ""))),
        ("verify", *also_options, "--articles", "sixth/texts", draft.stem.join(("article:", ""))),
        ("verify", "--articles", "sixth/texts"),
    ])  # fmt: skip
    for name in _command_names(cli, "export"):
        cli.run_command("export", name, "--output", f"export/{name}", files=[f"export/{name}/**/*"])
        cli.run_command("export", name, "--output", f"export/{name}", "--json")
        cli.run_command("export", name, "--output", f"also/{name}", *also_options, files=[f"also/{name}/**/*"])
    cli.run_command("article", "new", str(text))
    cli.run_command("article", "new", str(text), "--output", "new.yaml", files=["new.yaml"])
    cli.run_command("article", "new", str(text), "--output", "new.yaml", note="again")
    shutil.copyfile(cli.folder / draft, cli.folder / "draft.yaml")
    cli.run_command("article", "mentions", "draft.yaml", "--articles", "sixth/texts", files=["draft.yaml"])
    if has_texts:
        runs = [
            ("coverage", "--articles", "texts"),
            ("verify", "--articles", "texts"),
            ("verify", "--articles", "texts", "--json"),
        ]
        runs += [
            ("coverage", "--articles", "texts", f"article:{path.name[:3]}")
            for path in sorted((cli.folder / "texts").glob("0*.txt"))
        ]
        _record(cli, pool, runs)
        for path in sorted((cli.folder / "texts").glob("0*.txt")):
            cli.run_command("article", "new", f"texts/{path.name}")


def record_online(
    cli: Cli, pool: Executor, queries: Sequence[Mapping[str, Any]], ids: Sequence[str], has_texts: bool
) -> None:
    """Record what needs an engine: every query with its example, `find`, `show`, `paths`, `draw`, `report`."""
    articles_options = ("--articles", "texts") if has_texts else ()
    runs = [
        ("query",),
        ("query", "--json"),
        ("report",),
        ("report", "--json"),
        ("engine", "status"),
        ("engine", "status", "--json"),
    ]
    for query in queries:
        words = ("query", query["name"], *options(query["example"]))
        runs += [words, (*words, "--json")]
    runs += [("query", name, *articles_options) for name in ("provinces_with_fund", "targets") if articles_options]
    runs += [("find", *words) for words in FIND]
    runs += [("show", id, *articles_options) for id in ids]
    runs += [("show", id, "--json") for id in ids[::3]]
    runs += [("paths", *words) for words in PATHS]
    if articles_options:
        runs.append(("paths", *PATHS[0], *articles_options))
    _record(cli, pool, runs)

    def draw(index: int, arguments: Sequence[str]) -> None:
        for end in ("svg", "html") if index < 5 else ("svg",):
            cli.run_command("draw", *arguments, "--output", f"drawn-{index}.{end}", files=[f"drawn-{index}.{end}"])

    cli.run_all([lambda index=index, words=words: draw(index, words) for index, words in enumerate(DRAW)], pool)


def record_loads(cli: Cli, sixth_article: Path) -> None:
    """Record loads that change the stored release: with a sixth article, queries about it, and without it again."""
    if not (cli.folder / "sixth").exists():
        shutil.copytree(sixth_article, cli.folder / "sixth")
    draft = str(next((cli.folder / "sixth").glob("*.yaml")).relative_to(cli.folder))
    cli.run_command("load", "--also", draft, "--articles", "sixth/texts")
    cli.run_command("load", "--also", draft, "--json")
    cli.run_command("query", "find_statements", note="with the sixth article")
    cli.run_command("report", note="with the sixth article")
    cli.run_command("load", "--json", note="back again")


def _record(cli: Cli, pool: Executor, runs: Iterable[Sequence[str]]) -> None:
    cli.run_all(
        [lambda words=words: cli.run_command(*words) for words in dict.fromkeys(tuple(run) for run in runs)], pool
    )


def _command_names(cli: Cli, *arguments: str) -> list[str]:
    """Return the names of a command's subcommands, from its help."""
    process = subprocess.run(  # noqa: S603
        [cli.vnkg, *arguments, "--help"],
        env=cli.environment,
        cwd=cli.folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return _parse_command_names(process.stdout)


def _parse_command_names(text: str) -> list[str]:
    match = re.search(r"^Commands:\n((?:  .*\n)+)", text, re.MULTILINE)
    return re.findall(r"^  (\S+)", match[1], re.MULTILINE) if match else []


def _record_helps(cli: Cli, pool: Executor) -> None:
    groups: list[tuple[str, ...]] = [()]
    while groups:
        answers = list(pool.map(lambda words: cli.run_command(*words, "--help"), groups))
        subcommand_names = [
            _parse_command_names(answer.body.decode().partition("\n--- standard error")[0]) for answer in answers
        ]
        groups = [(*words, name) for words, names in zip(groups, subcommand_names, strict=True) for name in names]
