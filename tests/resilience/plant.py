"""The programs of one installation as real processes, to be killed and started again."""

import multiprocessing
import os
import runpy
import sys
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import psutil

from api.demo.office import SWITCH_KEY, Office
from tests.conftest import ROOT

PATIENCE = 240.0
_WARM = multiprocessing.get_context("forkserver")
"""Programs come of a process that has loaded our libraries, which takes longer than all else of a start."""
_WARM.set_forkserver_preload(["api.cli.serve", "api.cli.worker", "api.cli.switch", "api.cli.sandbox_register"])


def _run(module: str, arguments: list[str], environment: dict[str, str], log: Path) -> None:
    """In a process of its own: `python -m module arguments`."""
    with log.open("ab") as output:
        os.dup2(output.fileno(), 1)
        os.dup2(output.fileno(), 2)
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


@dataclass
class Program:
    """One `rukhsa` program that keeps its arguments, so that it can be started again as it was."""

    name: str
    arguments: list[str]
    ready: Callable[[], bool]
    environment: dict[str, str]
    log: Path
    process: ForkServerProcess | None = None
    module: str = "api.cli"

    @property
    def pid(self) -> int:
        """Of the process that was started last."""
        assert self.process is not None
        assert self.process.pid is not None
        return self.process.pid

    def start(self) -> None:
        """Start without waiting."""
        environment = {**os.environ, **self.environment}
        self.process = _WARM.Process(target=_run, args=(self.module, self.arguments, environment, self.log))
        self.process.start()

    def wait_ready(self) -> None:
        """Until it answers; a program that ends by itself is a failure."""

        def answers() -> bool:
            assert self.process is not None
            assert self.process.is_alive(), f"{self.name} ended by itself:\n{self.log.read_text()[-3000:]}"
            return self.ready()

        wait_for(answers, f"{self.name} to answer")

    def kill(self) -> None:
        """kill -9; its children must be gone with it."""
        assert self.process is not None
        children = psutil.Process(self.pid).children(recursive=True)
        self.process.kill()
        self.wait(10)
        _, alive = psutil.wait_procs(children, timeout=10)
        assert [child for child in alive if child.status() != psutil.STATUS_ZOMBIE] == []

    def wait(self, seconds: float) -> int:
        """Until it has ended; its exit code, minus the signal that ended it."""
        assert self.process is not None
        self.process.join(seconds)
        assert self.process.exitcode is not None, f"{self.name} did not end"
        return self.process.exitcode

    def end(self) -> None:
        """Stop it for good, if it runs."""
        if self.process is not None and self.process.is_alive():
            self.process.kill()
            self.wait(10)


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
