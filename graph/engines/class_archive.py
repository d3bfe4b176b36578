"""The archive of the engine's Java classes, loaded and verified beforehand: with it the engine starts in half the time.

Java checks it against the paths and dates of the jars, so it belongs to one Python environment and is stored there.
Java brings none of its own in the engine's package. Where it is missing or does not fit, the engine starts without.
"""

import os
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from ..errors import EngineError
from .embedded_process import CLASS_ARCHIVE, JVM_OPTIONS, java_and_jars

DUMP_SECONDS = 300


@contextmanager
def recorded_classes() -> Generator[None]:
    """Record which classes the engines started in the block load, and write the archive of these at its end.

    Raises `EngineError` if Java cannot write it, or if the folder of the Python environment cannot be written.
    """
    java, jars = java_and_jars()
    with TemporaryDirectory() as folder:
        class_list = Path(folder) / "classes"
        previous_options = os.environ.get("JAVA_TOOL_OPTIONS")
        os.environ["JAVA_TOOL_OPTIONS"] = f"{previous_options or ''} -XX:DumpLoadedClassList={class_list}".strip()
        try:
            yield
        finally:
            if previous_options is None:
                del os.environ["JAVA_TOOL_OPTIONS"]
            else:
                os.environ["JAVA_TOOL_OPTIONS"] = previous_options
        new_archive = CLASS_ARCHIVE.with_name(f"{CLASS_ARCHIVE.name}.{os.getpid()}")
        options = ["-Xshare:dump", f"-XX:SharedClassListFile={class_list}", f"-XX:SharedArchiveFile={new_archive}"]
        arguments = [str(java), *options, *JVM_OPTIONS, "-cp", os.pathsep.join(jars)]
        try:
            CLASS_ARCHIVE.parent.mkdir(parents=True, exist_ok=True)
            result = subprocess.run(  # noqa: S603  # the arguments are composed above
                arguments, capture_output=True, text=True, errors="replace", timeout=DUMP_SECONDS, check=False
            )
            if result.returncode or not new_archive.exists():
                output = " / ".join((result.stderr or result.stdout).strip().splitlines()[-3:])
                raise EngineError(f"Java could not archive the engine's classes (exit {result.returncode}): {output}")
            new_archive.replace(CLASS_ARCHIVE)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise EngineError(f"{CLASS_ARCHIVE}: the engine's classes cannot be archived there: {error}") from error
        finally:
            new_archive.unlink(missing_ok=True)
