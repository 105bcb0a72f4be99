"""Review one mutated file as the product does, and say what became of it."""

import json
import tempfile
import time
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from bim.findings import Finding, Outcome
from bim.launch import Child
from bim.orders import Limits
from bim.packs import code_in_force
from bim.refusals import ReviewFailedError
from bim.report import Report
from bim.review import review
from gis.planning import site_for
from gis.site import Site
from tests.fuzz.account import DAY, GUIDE, Account, take
from tests.fuzz.catalogue import MANIFEST, PLOTS, SAMPLES, Case, path_of
from tests.fuzz.oracle import unearned

CODE = code_in_force(DAY)
LIMITS = Limits(memory=2 << 30, cpu=60, wall=60.0)
PATIENCE = 20.0
"""Seconds beyond the wall limit after which no answer is a hang: a review may start three children."""
OURS = ("failed", "hang", "no_json", "not_refused", "unearned", "time_limit")
"""Outcomes that are our fault. A small file that takes the whole time is one, though it is refused by a code, unless it
asks for thousands of booleans, maps or openings."""


@dataclass(frozen=True)
class Result:
    """`outcome` is "report", "refused" or one of OURS; `code` that of the refusal; `detail` what went wrong."""

    case: Case
    outcome: str
    code: str = ""
    detail: str = ""
    seconds: float = 0.0
    better: tuple[str, ...] = ()
    errors: tuple[str, ...] = field(default=())

    @property
    def ours(self) -> bool:
        """Whether it is our failure."""
        return self.outcome in OURS


@cache
def site_of(source: str) -> Site | None:
    """The plot on which our own models stand; none for the others."""
    return site_for(SAMPLES / MANIFEST["zone"], PLOTS[source], on=DAY) if source in PLOTS else None


def judge(path: Path, source: str, child: Child | None = None) -> Report:
    """The review, with geometry."""
    return review(path, site=site_of(source), guide=GUIDE, code=CODE, on=DAY, limits=LIMITS, child=child)


@cache
def original(source: str) -> Report:
    """What the file says before it is mutated."""
    return judge(path_of(source), source)


@cache
def account_of(source: str) -> Account | None:
    """What its review looks at."""
    return take(path_of(source), LIMITS)


def account_after(path: Path) -> Account | None:
    """What the review of a mutated file looks at, without shapes where they crash the kernel as they did there."""
    return take(path, LIMITS) or take(path, LIMITS, geometry=False)


def tried(case: Case, child: Child | None = None) -> Result:
    """Make the case, review it, and judge the outcome."""
    with tempfile.TemporaryDirectory(prefix="rukhsa-fuzz-") as folder:
        path = Path(folder) / "mutated.ifc"
        raw = case.make()
        if raw is None:
            raise ValueError(f"{case} changes nothing")
        path.write_bytes(raw)
        started = time.monotonic()
        try:
            report = judge(path, case.source, child)
        except Exception as error:  # noqa: BLE001 - whatever comes out of a review is what we look for
            kind = "failed" if isinstance(error, ReviewFailedError) else type(error).__name__
            return Result(case, "failed", kind, str(error)[-1500:], time.monotonic() - started)
        return _outcome(case, path, report, time.monotonic() - started)


def _outcome(case: Case, path: Path, report: Report, seconds: float) -> Result:
    code = report.refusal.code if report.refusal else ""
    if seconds > LIMITS.wall + PATIENCE:
        return Result(case, "hang", code, "", seconds)
    if code == "time_limit" and not case.how.heavy:
        return Result(case, "time_limit", code, "", seconds)
    if case.how.refused and code not in case.how.refused:
        return Result(case, "not_refused", code, "", seconds)
    if report.refusal:
        return Result(case, "refused", code, str(report.refusal.values), seconds)
    fault = _no_json(report)
    if fault:
        return Result(case, "no_json", "", fault, seconds)
    found = unearned(
        case.how.harm, original(case.source), report, lambda: (account_of(case.source), account_after(path))
    )
    errors = sorted({f"{f.rule} {f.reason.values.get('error', '')}" for f in _broken(report) if f.reason})
    detail = "; ".join(found.unearned)
    return Result(
        case, "unearned" if detail else "report", report.verdict, detail, seconds, tuple(found.otherwise), tuple(errors)
    )


def _broken(report: Report) -> list[Finding]:
    return [f for f in report.of(Outcome.UNDECIDED) if f.reason and f.reason.code in ("rule_error", "no_answer")]


def _no_json(report: Report) -> str:
    """Why the report is no JSON of the standard, or is not read again as it was written."""

    def refuse(name: str) -> None:
        raise ValueError(f"{name} is no number of JSON")

    try:
        raw = report.to_json()
        json.loads(raw, parse_constant=refuse)
        same = Report.from_json(raw).to_json() == raw
    except (ValueError, TypeError) as error:
        return str(error)
    return "" if same else "another after reading"
