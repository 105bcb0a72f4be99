"""Compare two models that nobody vouches for, in a confined child."""

import tempfile
from pathlib import Path

from bim import confined
from bim.comparison import findings
from bim.comparison.elements import Elements
from bim.comparison.report import Comparison, read_elements
from bim.confined import Attempt
from bim.launch import Child
from bim.orders import CompareJob, Go, Limits
from bim.refusals import ReviewFailedError
from bim.report import Report

WORK = "bim.comparison.task"


def compare(old: Path, new: Path, reports: tuple[Report, Report], *, limits: Limits | None = None) -> Comparison:
    """What became of the findings of the old report and of the elements of the old model.

    Raise `RefusedError` where a model is refused, `ReviewFailedError` for our own failure.
    """
    elements = _elements(old, new, limits or Limits())
    changes = findings.compare(*reports, elements.same)
    return Comparison(reports[0].model, reports[1].model, tuple(changes), elements)


def _elements(old: Path, new: Path, limits: Limits) -> Elements:
    with tempfile.TemporaryDirectory(prefix="rukhsa-") as folder:
        paths = []
        for number, model in enumerate((old, new)):
            place = Path(folder) / str(number)
            place.mkdir()
            paths.append(confined.plain(model, place))
        job = CompareJob(paths[1], Path(folder) / "result", limits, paths[0])

        def go() -> Go:
            before, after = confined.scan(old, paths[0]), confined.scan(new, paths[1])
            return Go(after.info, after.header, after.entities, (before,))

        attempt = Attempt(Child(WORK), job)
        raw = confined.run(attempt, go)
        if raw is None:
            confined.explain(attempt)
            raise ReviewFailedError("child_failed", attempt.child.said)
        return read_elements(raw)
