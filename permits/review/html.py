"""A report as one self-contained page: Arabic right to left or English, on screen and on A4."""

from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bim.findings import Finding, Outcome
from bim.report import Report
from permits.i18n import translate
from permits.review import wording
from permits.review.drawing import plan
from permits.review.wording import Clauses

_MOST_ELEMENTS = 40


@dataclass(frozen=True)
class Row:
    """One finding as the page shows it."""

    finding: Finding
    storey: str
    subject: str
    todo: str
    elements: list[tuple[str, dict[str, str | None]]]
    more: int


def render(report: Report, *, language: str, clauses: Clauses) -> str:
    """The page; nothing in it asks for anything from outside."""
    text = partial(translate, language)
    names = {s.id: f"{s.name} ({text(f'review-storey-{s.kind}')})" for s in report.storeys}
    ordered = sorted(report.findings, key=lambda f: (_rank(f.rule, report), f.rule))
    groups = [
        (rule, [_row(f, report, names, language) for f in found])
        for rule, found in groupby(ordered, key=lambda f: f.rule)
    ]
    page: str = _template().render(
        report=report,
        language=language,
        direction="rtl" if language == "ar" else "ltr",
        t=text,
        groups=groups,
        clauses=clauses,
        storeys=names,
        plan=Markup(plan(report, language)),  # noqa: S704 - drawn by us, every text in it escaped
        number=wording.number,
        with_unit=lambda value, unit: wording.with_unit(value, unit, language),
        subject=lambda value: wording.subject_text(value, language),
        refusal=wording.refusal_text(report.refusal.code, report.refusal.values, language) if report.refusal else "",
        trial=_is_trial(report),
    )
    return page


def _row(finding: Finding, report: Report, names: dict[str, str], language: str) -> Row:
    known: list[Any] = [(key, report.elements.get(key, {})) for key in finding.elements]
    asks = finding.outcome in (Outcome.FAIL, Outcome.UNDECIDED)
    return Row(
        finding,
        names.get(finding.storey or "", ""),
        wording.subject_text(finding.subject, language),
        wording.todo(finding, language) if asks else wording.reason_text(finding.reason, language),
        known[:_MOST_ELEMENTS] if asks else [],
        max(len(known) - _MOST_ELEMENTS, 0) if asks else 0,
    )


def _rank(rule: str, report: Report) -> int:
    """Failing rules first, then undecided ones."""
    outcomes = {finding.outcome for finding in report.findings if finding.rule == rule}
    order = (Outcome.FAIL, Outcome.UNDECIDED, Outcome.PASS, Outcome.NOT_APPLICABLE)
    return next(index for index, outcome in enumerate(order) if outcome in outcomes)


def _is_trial(report: Report) -> bool:
    return bool(report.plot and report.plot.fictitious) or any(pack.status == "fictitious" for pack in report.packs)


@cache
def _template() -> Any:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html")
