"""One job in a confined child: the parent's side, light, never hanging, never trusting the child to live."""

import json
import os
import selectors
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bim import archive, step
from bim.child import NEAR
from bim.ids.errors import IdsError
from bim.launch import Child
from bim.orders import Go, Task, send
from bim.refusals import CancelledError, RefusedError, ReviewFailedError, StoppedError
from bim.report import ModelInfo

Progress = Callable[[str, float], None]
_TICK = 0.05
IDLE = 20.0
"""Seconds in which a child that makes shapes does next to nothing, after which it waits for a thread that has died."""
_NEXT_TO_NOTHING = 0.01
_SEEN_NEAR = 0.4
"""Share of the limit that a child was at least seen to hold, where only this is known: it may grow fast at its end."""
CRASHES = tuple(-s for s in (signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGFPE, signal.SIGILL))
"""Return codes of native code that broke."""


@dataclass
class Attempt:
    """One child at its job, and how far it came."""

    child: Child
    job: Task
    stage: str = "start"
    unused: int = 0
    started: float = field(default_factory=time.monotonic)


def silent(_stage: str, _share: float) -> None:
    """No one listens."""


def run(
    attempt: Attempt, go: Callable[[], Go], progress: Progress = silent, cancelled: Callable[[], bool] = lambda: False
) -> bytes | None:
    """The result that the child leaves, or None where the child ended otherwise; it is gone in any case.

    Raise `RefusedError` for what `go` or the child refuses, `CancelledError` where asked to stop.
    """
    try:
        _tell(attempt, attempt.job)
        _watch(attempt, go(), progress, cancelled)
    finally:
        attempt.child.end()
    return _result(attempt) if attempt.child.process.returncode == 0 else None


def plain(model: Path, folder: Path) -> Path:
    """The STEP file: the model itself, or the one member of an archive."""
    if not model.is_file():
        raise RefusedError("no_file")
    if archive.is_zip(model):
        return archive.unpack(model, folder / "model.ifc", max_bytes=step.MAX_BYTES)
    return model.absolute()


def scan(model: Path, path: Path) -> Go:
    """Accept the STEP file `path` of `model` for parsing, or refuse it."""
    found = step.scan(path)
    info = ModelInfo(model.name, found.sha256, found.size, found.header.schema, found.header.tool)
    return Go(info, found.header, found.entities)


def _tell(attempt: Attempt, message: object) -> None:
    """A child that is gone already is found by its return code."""
    pipe = attempt.child.process.stdin
    assert pipe is not None  # noqa: S101 - it was started with a pipe
    with suppress(BrokenPipeError):
        send(pipe, message)


def _watch(attempt: Attempt, go: Go, progress: Progress, cancelled: Callable[[], bool]) -> None:
    """Pass progress on until the child ends; stop it at its wall limit or when asked to."""
    attempt.child.look()  # while it surely is there
    _tell(attempt, go)
    output = attempt.child.process.stdout
    assert output is not None  # noqa: S101 - it was started with a pipe
    os.set_blocking(output.fileno(), False)
    buffer = b""
    with selectors.DefaultSelector() as selector:
        selector.register(output, selectors.EVENT_READ)
        pulse = _Pulse(attempt.child.work(), time.monotonic())
        while True:
            attempt.child.look()
            if cancelled():
                raise CancelledError
            if time.monotonic() - attempt.started > attempt.job.limits.wall:
                raise RefusedError("time_limit", limit=attempt.job.limits.wall)
            if not selector.select(_TICK):
                if pulse.lost(attempt.child) and attempt.stage == "geometry":
                    attempt.child.send(signal.SIGABRT)  # as it ends where the thread's error is not lost
                continue
            chunk = os.read(output.fileno(), 65536)
            if not chunk:
                attempt.child.end(patience=30)
                return
            *lines, buffer = (buffer + chunk).split(b"\n")
            for line in lines:
                _heard(attempt, json.loads(line), progress)


@dataclass
class _Pulse:
    """Processor time that a child had used at some moment, both in seconds."""

    used: float
    at: float

    def lost(self, child: Child) -> bool:
        """Whether the child has done next to nothing since; asked again after a while, it is measured anew."""
        now = time.monotonic()
        if now - self.at < IDLE:
            return False
        used, before = child.work(), self.used
        share = (used - before) / (now - self.at)
        self.used, self.at = used, now
        return share < _NEXT_TO_NOTHING


def _heard(attempt: Attempt, said: int | tuple[str, float], progress: Progress) -> None:
    """Either how much the child has mapped without using it, or how far it is."""
    if isinstance(said, int):
        attempt.unused = said
        return
    attempt.stage, share = said
    progress(attempt.stage, share)


def _result(attempt: Attempt) -> bytes:
    if not attempt.job.result.exists():
        raise ReviewFailedError("child_failed", "no result")
    raw = attempt.job.result.read_bytes()
    if raw.startswith(b'{"refusal"'):
        refusal: dict[str, Any] = json.loads(raw)
        kind = IdsError if refusal["of"] == "document" else RefusedError
        raise kind(refusal["refusal"], **refusal["values"])
    return raw


def out_of_memory(attempt: Attempt) -> bool:
    """Native code seldom says that it got no memory: it crashes, and then its peak was near the limit."""
    limit, child = attempt.job.limits.memory, attempt.child
    near = attempt.unused + child.peak > NEAR * limit and attempt.unused + child.seen > _SEEN_NEAR * limit
    return near or any(word in attempt.child.said for word in ("MemoryError", "bad_alloc", "can't start new thread"))


def explain(attempt: Attempt) -> None:
    """Turn the end of a child into a refusal of the input, or into our own failure."""
    code = attempt.child.process.returncode
    tail = attempt.child.said
    if code == -signal.SIGXCPU:
        raise RefusedError("time_limit", limit=attempt.job.limits.cpu)
    if out_of_memory(attempt):
        raise RefusedError("memory_limit", limit=attempt.job.limits.memory)
    if code in (*CRASHES, -signal.SIGKILL):
        raise RefusedError("reader_crashed", signal=-code, stage=attempt.stage)
    if code in (-signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP):
        raise StoppedError("child_stopped")
    raise ReviewFailedError("child_failed", tail)
