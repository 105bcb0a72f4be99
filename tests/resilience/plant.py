"""The programs of one installation as real processes, to be killed and started again."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path

import psutil

from api.demo.office import SWITCH_KEY, Office
from tests.conftest import ROOT

PATIENCE = 240.0


@dataclass
class Program:
    """One `rukhsa` program that keeps its arguments, so that it can be started again as it was."""

    name: str
    arguments: list[str]
    ready: Callable[[], bool]
    environment: dict[str, str]
    log: Path
    process: "subprocess.Popen[bytes] | None" = None
    module: str = "api.cli"

    def start(self) -> None:
        """Start without waiting."""
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", self.module, *self.arguments], stdout=output, stderr=output,
                env={**os.environ, **self.environment}, cwd=ROOT,
            )  # fmt: skip

    def wait_ready(self) -> None:
        """Until it answers; a program that ends by itself is a failure."""

        def answers() -> bool:
            assert self.process is not None
            assert self.process.poll() is None, f"{self.name} ended by itself:\n{self.log.read_text()[-3000:]}"
            return self.ready()

        wait_for(answers, f"{self.name} to answer")

    def kill(self) -> None:
        """kill -9; its children must be gone with it."""
        assert self.process is not None
        children = psutil.Process(self.process.pid).children(recursive=True)
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)
        _, alive = psutil.wait_procs(children, timeout=10)
        assert [child for child in alive if child.status() != psutil.STATUS_ZOMBIE] == []

    def end(self) -> None:
        """Stop it for good, if it runs."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait(10)


def wait_for(true: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
    """Until `true()`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return
        time.sleep(0.1)
    raise AssertionError(f"waited {seconds} s in vain for {what}")


def fetch(address: str) -> bytes | None:
    """What a GET answers, or None where nobody does; cheap enough to be asked all the time."""
    with suppress(OSError, HTTPException), urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - our own http address
        return bytes(answer.read())
    return None


def _answers(address: str) -> Callable[[], bool]:
    return lambda: fetch(address) is not None


@dataclass
class Plant:
    """Server, workers and the bank's switch of one office."""

    office: Office
    address: str
    switch: str
    programs: dict[str, Program] = field(default_factory=dict)

    def _program(self, name: str, arguments: list[str], ready: Callable[[], bool]) -> Program:
        settings = self.office.context.settings
        environment = {
            "RUKHSA_DATA_DIR": str(settings.data_dir), "RUKHSA_DATABASE_URL": settings.database,
            "RUKHSA_BASE_URL": self.address, "RUKHSA_WORKER_DEAD_SECONDS": str(settings.worker_dead_seconds),
        }  # fmt: skip
        log = settings.data_dir / f"{name}.log"
        self.programs[name] = Program(name, arguments, ready, environment, log)
        return self.programs[name]

    def add_server(self, *more: str) -> Program:
        """`rukhsa serve`."""
        port = self.address.rsplit(":", 1)[1]
        return self._program("server", ["serve", "--port", port, *more], _answers(f"{self.address}/livez"))

    def add_worker(self, name: str) -> Program:
        """`rukhsa worker`; ready as soon as it lives, for it answers nobody."""
        return self._program(name, ["worker", "--name", name], lambda: True)

    def add_switch(self) -> Program:
        """The sandbox switch, trying again soon."""
        data = self.office.context.settings.data_dir
        arguments = [
            "sandbox-switch", "--port", self.switch.rsplit(":", 1)[1], "--biller", self.address, "--key-id", SWITCH_KEY,
            "--secret-file", str(self.office.switch_secret), "--database", str(data / "switch.db"),
            "--first-wait", "0.05",
        ]  # fmt: skip
        return self._program("switch", arguments, _answers(f"{self.switch}/ledger"))

    def end(self) -> None:
        """Stop every program."""
        for program in self.programs.values():
            program.end()
