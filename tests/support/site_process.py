"""`vnkg serve` as a process that tests kill and start again at the same address."""

import signal
import socket
import subprocess
from pathlib import Path

import httpx2

from tests.support.cli import TIMEOUT_SECONDS, VNKG, command_environment


class Site:
    """A `vnkg serve` process on a port of its own, which can be killed and started again."""

    def __init__(self, data: Path, variables: dict[str, str]) -> None:
        self.data, self.variables = data, variables
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.log = data.parent / f"{self.port}.log"
        self.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def start(self) -> None:
        line = [str(VNKG), "serve", "--port", str(self.port)]
        environment = command_environment(self.data, self.variables)
        with self.log.open("a") as log:
            self.process = subprocess.Popen(line, env=environment, stdout=subprocess.PIPE, stderr=log, text=True)
        assert self.process.stdout is not None
        said = self.process.stdout.readline()
        assert said.startswith("VNKG is at "), (said, self.log.read_text(encoding="utf-8"))

    def has_release(self, release: str) -> bool:
        answer = self.get("api/v1/entities?limit=1")
        return answer.status_code == 200 and answer.json()["meta"]["release"] == release

    def get(self, path: str) -> httpx2.Response:
        return httpx2.get(self.address + path, timeout=TIMEOUT_SECONDS)

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=TIMEOUT_SECONDS)
        assert "Traceback" not in self.log.read_text(encoding="utf-8")
