"""Review a model: a child that judges it, and again with less where its geometry is too much for the kernel."""

import hashlib
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from bim import confined
from bim.confined import Attempt, Progress
from bim.findings import Reason
from bim.guide.pack import GuidePack
from bim.launch import Child
from bim.orders import Go, Job, Kernel, Limits
from bim.packs import CodePack
from bim.refusals import RefusedError, ReviewFailedError
from bim.report import ModelInfo, PackInfo, Report
from bim.tie_points import TiePoint
from gis.site import Site

if TYPE_CHECKING:
    from bim.ties import Ties

T = TypeVar("T")
_KERNELS: Sequence[Kernel | None] = ("hybrid-cgal-simple-opencascade", "opencascade", None)
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
    companions: Sequence[tuple[str, Path]] = (),
    ties: Sequence[TiePoint] = (),
) -> Report:
    """Judge `model` on `site` by both packs, in `child` where the caller has started one already.

    `companions` are models of other disciplines with their discipline, which the guide compares with this one;
    `ties` place the building, over what the model declares.
    A refused input is a report with `refusal`; our own failure raises `ReviewFailedError`, a stop
    asked for by `cancelled` raises `CancelledError` within a second.
    """
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="rukhsa-") as folder:
        models = _Models(model, tuple(companions), Path(folder))

        def job(kernel: Kernel | None, without: str) -> Job:
            result = Path(folder) / "result"
            path, *others = models.plain
            with_it = tuple((discipline, other) for (discipline, _), other in zip(companions, others, strict=True))
            return Job(path, result, limits or Limits(), site, guide, code, on, kernel, without, with_it, fitted)

        try:
            fitted = _fitted(ties)
            report = _with_retries(
                models,
                job,
                geometry=geometry,
                progress=on_progress or confined.silent,
                cancelled=cancelled or (lambda: False),
                child=child,
            )
        except RefusedError as refused:
            report = _refused(model, on, refused, (guide, code))
    return report.timed(time.monotonic() - started)


def _fitted(ties: Sequence[TiePoint]) -> "Ties | None":
    """The fit of tie points, refused here so that no child is started in vain."""
    if not ties:
        return None
    from bim.ties import fit  # heavy, and most reviews have none

    return fit(ties)


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


@dataclass(frozen=True)
class _Models:
    """The model and its companions: unpacked once, scanned once."""

    model: Path
    companions: tuple[tuple[str, Path], ...]
    folder: Path

    @cached_property
    def plain(self) -> list[Path]:
        """Their STEP files, in order."""
        files = [self.model, *(path for _, path in self.companions)]
        return [self._about(file, partial(self._unpacked, number)) for number, file in enumerate(files)]

    @cached_property
    def go(self) -> Go:
        """What the child may parse."""
        path, *others = self.plain
        named = zip(self.companions, others, strict=True)
        found = [self._about(c, partial(confined.scan, path=other)) for (_, c), other in named]
        return replace(confined.scan(self.model, path), companions=tuple(found))

    def _unpacked(self, number: int, file: Path) -> Path:
        folder = self.folder / str(number)
        folder.mkdir()
        return confined.plain(file, folder)

    def _about(self, file: Path, do: Callable[[Path], T]) -> T:
        """A refusal of a companion says of which."""
        try:
            return do(file)
        except RefusedError as refused:
            if file == self.model:
                raise
            raise RefusedError(refused.code, **refused.values, companion=file.name) from refused


def _with_retries(
    models: _Models,
    job: Callable[[Kernel | None, str], Job],
    *,
    geometry: bool,
    progress: Progress,
    cancelled: Callable[[], bool],
    child: Child | None,
) -> Report:
    """Run the child; after a crash in the geometry kernel with the next one, at last without geometry.

    A kernel that is still at work when the time is over is not followed by another one.
    """
    kernels = _KERNELS if geometry else _KERNELS[-1:]
    without = "geometry_crashed" if geometry else "geometry_off"

    def go() -> Go:
        progress("scan", 0.0)
        return models.go

    while kernels:
        kernel, *kernels = kernels
        task = job(kernel, without)  # which may refuse, so that no child is started in vain
        attempt = Attempt(child or Child(), task)
        child = None
        try:
            raw = confined.run(attempt, go, progress, cancelled)
            if raw is not None:
                return Report.from_json(raw)
            crashed = attempt.child.process.returncode in confined.CRASHES
            if attempt.stage != "geometry" or not crashed or confined.out_of_memory(attempt):
                confined.explain(attempt)
        except RefusedError as refused:
            if refused.code != "time_limit" or attempt.stage != "geometry":
                raise
            kernels, without = kernels[-1:], "geometry_too_long"
    raise ReviewFailedError("child_failed", "crashed without geometry")
