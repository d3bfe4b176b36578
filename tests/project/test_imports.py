"""Importing `vnkg`: from anywhere, each module once, and without a web framework where none is needed."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

from tests.support import cli

SHIPPED_PACKAGES = ("graph", "loaders", "api", "queries")
WEB_FRAMEWORKS = ("fastapi", "starlette", "uvicorn")


def run_python(code: str, folder: Path, **environment: str) -> str:
    """Return the output of Python code run in a folder, without the checkout on its path."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("VNKG_", "NEO4J_", "PYTHONPATH"))}
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, cwd=folder, env=kept | environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_shipped_packages_import_their_own_modules_relatively(repository: Path) -> None:
    files = [
        repository / "__init__.py",
        *(file for name in SHIPPED_PACKAGES for file in (repository / name).rglob("*.py")),
    ]
    assert len(files) > 150
    absolute = [
        f"{file.relative_to(repository)}:{node.lineno}"
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if (
            isinstance(node, ast.ImportFrom)
            and not node.level
            and (node.module or "").split(".")[0] in (*SHIPPED_PACKAGES, "vnkg")
        )
        or (
            isinstance(node, ast.Import)
            and any(name.name.split(".")[0] in (*SHIPPED_PACKAGES, "vnkg") for name in node.names)
        )
    ]
    assert absolute == []


def test_outside_the_checkout_each_module_exists_once(repository: Path, tmp_path: Path) -> None:
    code = (
        "import sys, vnkg, vnkg.graph.errors, vnkg.loaders, vnkg.api, vnkg.queries, json\n"
        "print(json.dumps([vnkg.__file__, [name for name in ('graph', 'loaders', 'api', 'queries') if name in sys.modules]]))"
    )
    file, doubled = json.loads(run_python(code, tmp_path))
    assert Path(file).resolve() == repository / "__init__.py"
    assert doubled == []


def test_a_clone_that_was_never_installed_is_imported_under_the_name_of_its_folder(
    repository: Path, tmp_path: Path
) -> None:
    (tmp_path / "vnkg").symlink_to(repository)
    code = "import vnkg.graph.model.schema as found; print(found.__file__, len(found.schema().nodes))"
    file, nodes = run_python(code, tmp_path, PYTHONPATH=str(tmp_path)).split()
    assert file == str(tmp_path / "vnkg" / "graph" / "model" / "schema.py")
    assert int(nodes) > 5


def test_commands_load_no_web_framework(tmp_path: Path) -> None:
    cli.graph()
    commands = (["--help"], ["find", "--help"], ["query", "--help"], ["find", "dong nai"])
    code = (
        "import sys\n"
        "from vnkg.api.cli.main import main\n"
        f"for words in {commands!r}:\n"
        "    main(words, standalone_mode=False)\n"
        f"    print('loaded', words, [name for name in {WEB_FRAMEWORKS!r} if name in sys.modules])"
    )
    printed = run_python(code, tmp_path, VNKG_DATA=str(cli.data_folder())).splitlines()
    assert [line for line in printed if line.startswith("loaded ")] == [f"loaded {words} []" for words in commands]
