"""Judge a drawing that nobody vouches for with the quantities declared beside it, in a confined child."""

import hashlib
import re
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from bim import confined
from bim.confined import Attempt, Progress
from bim.drawings.quantities import Quantities
from bim.findings import Reason
from bim.guide.pack import GuidePack
from bim.launch import Child
from bim.orders import DrawingJob, Go, Limits
from bim.packs import CodePack
from bim.refusals import RefusedError, ReviewFailedError
from bim.report import ModelInfo, PackInfo, Report
from bim.step import Header
from gis.site import Site

WORK = "bim.drawings.task"
MAX_BYTES = 64 << 20
_BINARY = b"AutoCAD Binary DXF"
_DWG = re.compile(rb"AC10\d\d")
_TEXT = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:999\r?\n[^\r\n]*\r?\n\s*)*0\s*\r?\n\s*SECTION")
_LIMITS = Limits(memory=2 << 30, cpu=120, wall=180.0)


def review_drawing(
    drawing: Path,
    quantities: Quantities,
    *,
    site: Site | None,
    guide: GuidePack,
    code: CodePack,
    on: date,
    limits: Limits | None = None,
    progress: Progress = confined.silent,
    cancelled: Callable[[], bool] = lambda: False,
) -> Report:
    """The same report as that of a model; a refused drawing is a report with `refusal`.

    Raise `ReviewFailedError` for our own failure, `CancelledError` within a second after `cancelled` says so.
    """
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="rukhsa-") as folder:
        result = Path(folder) / "result"
        job = DrawingJob(drawing.absolute(), result, limits or _LIMITS, site, guide, code, on, quantities)
        try:
            go = scan(drawing)
            attempt = Attempt(Child(WORK), job)
            raw = confined.run(attempt, lambda: go, progress, cancelled)
            if raw is None:
                confined.explain(attempt)
                raise ReviewFailedError("child_failed", attempt.child.said)
            report = Report.from_json(raw)
        except RefusedError as refused:
            report = refused_drawing(drawing, on, refused, (guide, code))
    return report.timed(time.monotonic() - started)


def scan(drawing: Path) -> Go:
    """Accept a file for reading by its size and its beginning, or refuse it; nothing of it is parsed."""
    if not drawing.is_file():
        raise RefusedError("no_file")
    size = drawing.stat().st_size
    if size > MAX_BYTES:
        raise RefusedError("drawing_too_large", limit=MAX_BYTES)
    with drawing.open("rb") as file:
        head = file.read(1 << 16)
    if _DWG.match(head):
        raise RefusedError("drawing_is_dwg")
    if not (_TEXT.match(head) or head.startswith(_BINARY)):
        raise RefusedError("drawing_no_dxf")
    return Go(_info(drawing, size), Header("DXF", "", ()), 0)


def _info(drawing: Path, size: int) -> ModelInfo:
    with drawing.open("rb") as file:
        return ModelInfo(drawing.name, hashlib.file_digest(file, "sha256").hexdigest(), size, "DXF")


def refused_drawing(drawing: Path, on: date, refused: RefusedError, packs: tuple[GuidePack, CodePack]) -> Report:
    """The report of a drawing, or of an archive of one, that is refused."""
    known = drawing.is_file()
    info = _info(drawing, drawing.stat().st_size) if known else ModelInfo(drawing.name, "", 0)
    used = tuple(PackInfo(pack.id, pack.version, pack.sha256, pack.status.value) for pack in packs)
    return Report(info, on, refusal=Reason(refused.code, dict(refused.values)), packs=used)
