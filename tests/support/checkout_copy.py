"""A copy of the checkout, and virtual environments in which a copy is installed without a network."""

import json
import shutil
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path

from tests.support.cli import TIMEOUT_SECONDS, CommandResult, command_environment


def copy_checkout(repository: Path, target: Path) -> Path:
    """Copy the files that git tracks or does not ignore, as they are now, and return the new folder."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=True)
    for name in filter(None, listed.stdout.split("\0")):
        if (repository / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(repository / name, target / name)
    return target


_RUN_LINES = """
import json, sys
from click.testing import CliRunner
from vnkg.api.cli.main import main
done = [CliRunner().invoke(main, line.split(), prog_name="vnkg", catch_exceptions=False) for line in sys.argv[1:]]
print(json.dumps([[result.exit_code, result.stdout, result.stderr] for result in done]))
"""


@dataclass(frozen=True, slots=True)
class Environment:
    """A virtual environment with the libraries of the tests' own one, in which another checkout is installed."""

    folder: Path

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / "bin" / "python"

    def run_command(self, data: Path, *words: str, **variables: str) -> CommandResult:
        """Run its `vnkg` command with a data folder; keyword arguments are environment variables."""
        return self._execute([str(self.folder / "bin" / "vnkg"), *words], data, variables, data.parent)

    def run_commands(self, data: Path, *lines: str, **variables: str) -> list[CommandResult]:
        """Run lines of words for its `vnkg` command one after the other in one process; see `run_command`."""
        done = self._execute([str(self.python), "-c", _RUN_LINES, *lines], data, variables, data.parent)
        assert done.code == 0, done.stderr
        return [CommandResult(*result) for result in json.loads(done.stdout)]

    def run_python(self, folder: Path, *words: str) -> CommandResult:
        """Run its interpreter in a folder."""
        return self._execute([str(self.python), *words], folder / "no-data", {}, folder)

    def _execute(self, command: list[str], data: Path, variables: dict[str, str], folder: Path) -> CommandResult:
        done = subprocess.run(
            command,
            cwd=folder,
            env=command_environment(data, variables),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=TIMEOUT_SECONDS,
            check=False,
        )
        return CommandResult(done.returncode, done.stdout, done.stderr)


def install_wheel(checkout: Path, folder: Path) -> Environment:
    """Build the wheel of a checkout and install it into a new environment, as users do."""
    options = ["--no-index", "--no-deps", "--no-build-isolation"]
    _pip("wheel", *options, "--wheel-dir", str(folder / "dist"), str(checkout))
    environment = _new_environment(folder / "environment")
    _install(environment, *options, str(next((folder / "dist").glob("*.whl"))))
    return environment


def install_editable(checkout: Path, folder: Path) -> Environment:
    """Install a checkout into a new environment as `make dev` does: changes of its files take effect at once."""
    environment = _new_environment(folder)
    _install(environment, "--no-index", "--no-deps", "--no-build-isolation", "--editable", str(checkout))
    (_site_packages(environment) / "vnkg").symlink_to(checkout)
    return environment


def _new_environment(folder: Path) -> Environment:
    venv.create(folder, with_pip=False, symlinks=True)
    environment = Environment(folder)
    # Paths only: the links and hooks with which our own checkout is installed there have no effect.
    libraries = dict.fromkeys(sysconfig.get_path(name) for name in ("purelib", "platlib"))
    (_site_packages(environment) / "libraries.pth").write_text("\n".join(libraries) + "\n", encoding="utf-8")
    return environment


def _site_packages(environment: Environment) -> Path:
    return next((environment.folder / "lib").glob("python*")) / "site-packages"


def _install(environment: Environment, *words: str) -> None:
    _pip("--python", str(environment.python), "install", *words)


def _pip(*words: str) -> None:
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
