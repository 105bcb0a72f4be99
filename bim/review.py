"""Review a model: the parent's side, light, never hanging, never trusting the child to live."""

import hashlib
import json
import os
import selectors
import signal
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from bim import archive, step
from bim.child import NEAR
from bim.findings import Reason
from bim.guide.pack import GuidePack
from bim.launch import Child
from bim.orders import Go, Job, Kernel, Limits, send
from bim.packs import CodePack
from bim.refusals import CancelledError, RefusedError, ReviewFailedError, StoppedError
from bim.report import ModelInfo, PackInfo, Report
from gis.site import Site

Progress = Callable[[str, float], None]
_KERNELS: tuple[Kernel | None, ...] = ("hybrid-cgal-simple-opencascade", "opencascade", None)
"""Tried in this order: each next one answers a crash of the one before; None leaves geometry out."""
_TICK = 0.2


@dataclass
class _Attempt:
    """One child at its job, and how far it came."""

    child: Child
    job: Job
    stage: str = "start"
    unused: int = 0
    started: float = field(default_factory=time.monotonic)


def review(
    model: Path,
    *,
    site: Site | None,
    guide: GuidePack,
    code: CodePack,
    on: date,
    geometry: bool = True,
    limits: Limits | None = None,
    on_progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    child: Child | None = None,
) -> Report:
    """Judge `model` on `site` by both packs, in `child` where the caller has started one already.

    A refused input is a report with `refusal`; our own failure raises `ReviewFailedError`, a stop
    asked for by `cancelled` raises `CancelledError` within a second.
    """
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="rukhsa-") as folder:

        def job(path: Path, kernel: Kernel | None, without: str) -> Job:
            result = Path(folder) / "result"
            return Job(path, result, site, guide, code, on, kernel, without, limits or Limits())

        try:
            report = _with_retries(
                model,
                Path(folder),
                job,
                geometry=geometry,
                progress=on_progress or _silent,
                cancelled=cancelled or (lambda: False),
                child=child,
            )
        except RefusedError as refused:
            report = _refused(model, on, refused, (guide, code))
    return report.timed(time.monotonic() - started)


def _silent(_stage: str, _share: float) -> None:
    """No one listens."""


def _refused(model: Path, on: date, refused: RefusedError, packs: tuple[GuidePack, CodePack]) -> Report:
    info = ModelInfo(model.name, *_identity(model))
    used = tuple(PackInfo(pack.id, pack.version, pack.sha256, pack.status.value) for pack in packs)
    return Report(info, on, refusal=Reason(refused.code, dict(refused.values)), packs=used)


def _identity(model: Path) -> tuple[str, int]:
    """Hash and size of a file that was refused, so that the refusal names it too; nothing where there is none."""
    if not model.is_file():
        return "", 0
    with model.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), model.stat().st_size


def _with_retries(
    model: Path,
    folder: Path,
    job: Callable[[Path, Kernel | None, str], Job],
    *,
    geometry: bool,
    progress: Progress,
    cancelled: Callable[[], bool],
    child: Child | None,
) -> Report:
    """Run the child; after a crash in the geometry kernel with the next one, at last without geometry."""
    path = _plain(model, folder)
    kernels = _KERNELS if geometry else _KERNELS[-1:]
    go: Go | None = None
    for kernel in kernels:
        without = "geometry_crashed" if geometry else "geometry_off"
        attempt = _Attempt(child or Child(), job(path, kernel, without))
        child = None
        try:
            _tell(attempt, attempt.job)
            if go is None:
                progress("scan", 0.0)
                go = _scan(model, path)
            _watch(attempt, go, progress, cancelled)
        finally:
            attempt.child.end()
        code = attempt.child.process.returncode
        if code == 0:
            return _result(attempt)
        crashed = code in (-signal.SIGSEGV, -signal.SIGABRT)
        if attempt.stage != "geometry" or not crashed or _out_of_memory(attempt):
            _explain(attempt)
    raise ReviewFailedError("child_failed", "crashed without geometry")


def _plain(model: Path, folder: Path) -> Path:
    """The STEP file: the model itself, or the one member of an archive."""
    if not model.is_file():
        raise RefusedError("no_file")
    if archive.is_zip(model):
        return archive.unpack(model, folder / "model.ifc", max_bytes=step.MAX_BYTES)
    return model.absolute()


def _scan(model: Path, path: Path) -> Go:
    scan = step.scan(path)
    info = ModelInfo(model.name, scan.sha256, scan.size, scan.header.schema, scan.header.tool)
    return Go(info, scan.header, scan.entities)


def _tell(attempt: _Attempt, message: object) -> None:
    """A child that is gone already is found by its return code."""
    pipe = attempt.child.process.stdin
    assert pipe is not None  # noqa: S101 - it was started with a pipe
    with suppress(BrokenPipeError):
        send(pipe, message)


def _watch(attempt: _Attempt, go: Go, progress: Progress, cancelled: Callable[[], bool]) -> None:
    """Pass progress on until the child ends; stop it at its wall limit or when asked to."""
    _tell(attempt, go)
    output = attempt.child.process.stdout
    assert output is not None  # noqa: S101 - it was started with a pipe
    os.set_blocking(output.fileno(), False)
    buffer = b""
    with selectors.DefaultSelector() as selector:
        selector.register(output, selectors.EVENT_READ)
        while True:
            if cancelled():
                raise CancelledError
            if time.monotonic() - attempt.started > attempt.job.limits.wall:
                raise RefusedError("time_limit", limit=attempt.job.limits.wall)
            if not selector.select(_TICK):
                continue
            chunk = os.read(output.fileno(), 65536)
            if not chunk:
                attempt.child.end(patience=30)
                return
            *lines, buffer = (buffer + chunk).split(b"\n")
            for line in lines:
                _heard(attempt, json.loads(line), progress)


def _heard(attempt: _Attempt, said: int | tuple[str, float], progress: Progress) -> None:
    """Either how much the child has mapped without using it, or how far it is."""
    if isinstance(said, int):
        attempt.unused = said
        return
    attempt.stage, share = said
    progress(attempt.stage, share)


def _result(attempt: _Attempt) -> Report:
    if not attempt.job.result.exists():
        raise ReviewFailedError("child_failed", "no result")
    raw = attempt.job.result.read_bytes()
    if raw.startswith(b'{"refusal"'):
        refusal: dict[str, Any] = json.loads(raw)
        raise RefusedError(refusal["refusal"], **refusal["values"])
    return Report.from_json(raw)


def _out_of_memory(attempt: _Attempt) -> bool:
    """Native code seldom says that it got no memory: it crashes, and then its peak was near the limit."""
    near = attempt.unused + attempt.child.peak > NEAR * attempt.job.limits.memory
    return near or any(word in attempt.child.said for word in ("MemoryError", "bad_alloc", "can't start new thread"))


def _explain(attempt: _Attempt) -> None:
    """Turn the end of a child into a refusal of the input, or into our own failure."""
    code = attempt.child.process.returncode
    tail = attempt.child.said
    if code == -signal.SIGXCPU:
        raise RefusedError("time_limit", limit=attempt.job.limits.cpu)
    if _out_of_memory(attempt):
        raise RefusedError("memory_limit", limit=attempt.job.limits.memory)
    if code in (-signal.SIGSEGV, -signal.SIGABRT, -signal.SIGKILL, -signal.SIGBUS):
        raise RefusedError("reader_crashed", signal=-code, stage=attempt.stage)
    if code in (-signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP):
        raise StoppedError("child_stopped")
    raise ReviewFailedError("child_failed", tail)
