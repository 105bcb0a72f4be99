"""Review a model: a child that judges it, and again with less where its geometry crashes the kernel."""

import hashlib
import signal
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from bim import confined
from bim.confined import Attempt, Progress
from bim.findings import Reason
from bim.guide.pack import GuidePack
from bim.launch import Child
from bim.orders import Go, Job, Kernel, Limits
from bim.packs import CodePack
from bim.refusals import RefusedError, ReviewFailedError
from bim.report import ModelInfo, PackInfo, Report
from gis.site import Site

_KERNELS: tuple[Kernel | None, ...] = ("hybrid-cgal-simple-opencascade", "opencascade", None)
"""Tried in this order: each next one answers a crash of the one before; None leaves geometry out."""


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
            return Job(path, result, limits or Limits(), site, guide, code, on, kernel, without)

        try:
            report = _with_retries(
                model,
                Path(folder),
                job,
                geometry=geometry,
                progress=on_progress or confined.silent,
                cancelled=cancelled or (lambda: False),
                child=child,
            )
        except RefusedError as refused:
            report = _refused(model, on, refused, (guide, code))
    return report.timed(time.monotonic() - started)


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
    path = confined.plain(model, folder)
    kernels = _KERNELS if geometry else _KERNELS[-1:]
    found: list[Go] = []

    def go() -> Go:
        if not found:
            progress("scan", 0.0)
            found.append(confined.scan(model, path))
        return found[0]

    for kernel in kernels:
        without = "geometry_crashed" if geometry else "geometry_off"
        attempt = Attempt(child or Child(), job(path, kernel, without))
        child = None
        raw = confined.run(attempt, go, progress, cancelled)
        if raw is not None:
            return Report.from_json(raw)
        crashed = attempt.child.process.returncode in (-signal.SIGSEGV, -signal.SIGABRT)
        if attempt.stage != "geometry" or not crashed or confined.out_of_memory(attempt):
            confined.explain(attempt)
    raise ReviewFailedError("child_failed", "crashed without geometry")
