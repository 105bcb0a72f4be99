"""Validate a model that nobody vouches for, in a confined child."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from bim import confined
from bim.confined import Attempt, Progress
from bim.launch import Child
from bim.orders import Go, Limits, ValidityJob
from bim.refusals import ReviewFailedError
from bim.validity.report import ValidityReport

WORK = "bim.validity.task"


def check(
    model: Path,
    *,
    express: bool = False,
    limits: Limits | None = None,
    on_progress: Progress = confined.silent,
    cancelled: Callable[[], bool] = lambda: False,
    child: Child | None = None,
) -> ValidityReport:
    """The report; `express` asks for the schema's own rules too, `child` is one started for `WORK`.

    The model may be an archive of one STEP file. Raise `RefusedError` where it is refused,
    `ReviewFailedError` for our own failure, `CancelledError` within a second after `cancelled` says so.
    """
    with tempfile.TemporaryDirectory(prefix="rukhsa-") as folder:
        path = confined.plain(model, Path(folder))
        job = ValidityJob(path, Path(folder) / "result", limits or Limits(), express)

        def go() -> Go:
            on_progress("scan", 0.0)
            return confined.scan(model, path)

        attempt = Attempt(child or Child(WORK), job)
        raw = confined.run(attempt, go, on_progress, cancelled)
        if raw is None:
            confined.explain(attempt)
            raise ReviewFailedError("child_failed", attempt.child.said)
        return ValidityReport.from_json(raw)
