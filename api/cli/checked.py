"""What `rukhsa check` prints. Apart from the command, since its texts load while the model is read."""

import sys

from bim.ids.errors import IdsError
from bim.packs import PackError
from bim.refusals import ReviewFailedError
from bim.report import Report
from permits.i18n import bundle, translate
from permits.review.placing import placing
from permits.review.telling import OPEN, grade, grades, heaviest_first
from permits.review.wording import (
    Clauses,
    ids_problem,
    number,
    problem_lines,
    refusal_text,
    subject_text,
    todo,
    with_unit,
)


def load(language: str) -> None:
    """Read the texts before they are needed."""
    bundle(language)


def error_text(error: Exception, language: str) -> tuple[str, bool]:
    """The error in words, and whether the input is to blame; the land's errors are known by their code."""
    if isinstance(error, PackError):
        return "\n".join(problem_lines(error, language)), True
    if isinstance(error, IdsError):
        return ids_problem(error, language), True
    if isinstance(error, ReviewFailedError):
        return translate(language, "cli-error", detail=str(error)), False
    code, values = getattr(error, "code", None), getattr(error, "values", None)
    if isinstance(code, str) and isinstance(values, dict):
        return refusal_text(code, values, language), True
    return translate(language, "cli-error", detail=f"{type(error).__name__}: {error}"), False


def print_report(report: Report, clauses: Clauses, language: str) -> None:
    """Counts, then errors, warnings, and what is undecided."""
    if sys.stderr.isatty():
        print("\r" + " " * 30 + "\r", end="", file=sys.stderr)
    print(f"{report.model.name}: {translate(language, f'review-verdict-{report.verdict}')}")
    if report.refusal is not None:
        print(refusal_text(report.refusal.code, report.refusal.values, language))
        return
    for pack in report.packs:
        print(f"  {pack.id} {pack.version}: {translate(language, f'review-status-{pack.status}')}")
    for line in placing(report, language):
        print(f"  {line}")
    for name, count in grades(report).items():
        print(f"  {translate(language, f'report-count-{name}'):<16} {count:>4}")
    for finding in (finding for finding in heaviest_first(report) if finding.outcome in OPEN):
        name = f"{finding.rule} {clauses.title(finding.rule, language)}"
        subject = f" ({subject_text(finding.subject, language)})" if finding.subject else ""
        print(f"{translate(language, f'report-severity-{grade(finding)}')}: {name}{subject}")
        if finding.value is not None:
            value, limit = with_unit(finding.value, finding.unit, language), number(finding.limit, finding.unit)
            tolerance = f" ±{finding.tolerance:.3f}" if finding.tolerance else ""
            print(f"    {value} / {limit}{tolerance}")
        print(f"    {finding.clause}: {todo(finding, language)}")
