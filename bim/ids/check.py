"""Check a model that nobody vouches for by an IDS document that nobody vouches for, in a confined child."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from bim import confined
from bim.confined import Attempt, Progress
from bim.ids.errors import IdsError
from bim.ids.report import IdsReport
from bim.launch import Child
from bim.orders import Go, IdsJob, Limits
from bim.refusals import ReviewFailedError

WORK = "bim.ids.task"


def check(
    model: Path,
    document: Path,
    *,
    limits: Limits | None = None,
    on_progress: Progress = confined.silent,
    cancelled: Callable[[], bool] = lambda: False,
    child: Child | None = None,
) -> IdsReport:
    """The report; `child` is one started for `WORK`. The model may be an archive of one STEP file.

    Raise `IdsError` where the document is refused, another `RefusedError` where the model is,
    `ReviewFailedError` for our own failure, `CancelledError` within a second after `cancelled` says so.
    """
    if not document.is_file():
        raise IdsError("no_document")
    with tempfile.TemporaryDirectory(prefix="rukhsa-") as folder:
        path = confined.plain(model, Path(folder))
        job = IdsJob(path, Path(folder) / "result", limits or Limits(), document.absolute())

        def go() -> Go:
            on_progress("scan", 0.0)
            return confined.scan(model, path)

        attempt = Attempt(child or Child(WORK), job)
        raw = confined.run(attempt, go, on_progress, cancelled)
        if raw is None:
            confined.explain(attempt)
            raise ReviewFailedError("child_failed", attempt.child.said)
        return IdsReport.from_json(raw)
