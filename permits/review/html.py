"""A report as one self-contained page: Arabic right to left or English, on screen and on A4."""

from dataclasses import dataclass
from functools import cache, partial
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
_WORST_FIRST = (Outcome.FAIL, Outcome.UNDECIDED, Outcome.PASS, Outcome.NOT_APPLICABLE)


@dataclass(frozen=True)
class Row:
    """One finding as the page shows it."""

    finding: Finding
    subject: str
    todo: str
    elements: list[tuple[str, dict[str, str | None]]]
    more: int


@dataclass(frozen=True)
class Section:
    """One rule: its worst outcome, and its findings by storey, "" for those of no one storey."""

    rule: str
    outcome: Outcome
    storeys: list[tuple[str, list[Row]]]

    @property
    def clause(self) -> str:
        """Where the rule is written."""
        return self.storeys[0][1][0].finding.clause


def render(report: Report, *, language: str, clauses: Clauses) -> str:
    """The page; nothing in it asks for anything from outside."""
    text = partial(translate, language)
    names = {s.id: f"{s.name} ({text(f'review-storey-{s.kind}')})" for s in report.storeys}
    sections = [_section(rule, report, names, language) for rule in {f.rule for f in report.findings}]
    page: str = _template().render(
        report=report,
        language=language,
        direction="rtl" if language == "ar" else "ltr",
        t=text,
        sections=sorted(sections, key=lambda section: (_WORST_FIRST.index(section.outcome), section.rule)),
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


def _section(rule: str, report: Report, names: dict[str, str], language: str) -> Section:
    found = [finding for finding in report.findings if finding.rule == rule]
    outcomes = {finding.outcome for finding in found}
    rows: dict[str, list[Row]] = {storey: [] for storey in ("", *names)}
    for finding in found:
        rows[finding.storey if finding.storey in names else ""].append(_row(finding, report, language))
    worst = next(outcome for outcome in _WORST_FIRST if outcome in outcomes)
    return Section(rule, worst, [(names.get(storey, ""), of_it) for storey, of_it in rows.items() if of_it])


def _row(finding: Finding, report: Report, language: str) -> Row:
    known: list[Any] = [(key, report.elements.get(key, {})) for key in finding.elements]
    asks = finding.outcome in (Outcome.FAIL, Outcome.UNDECIDED)
    return Row(
        finding,
        wording.subject_text(finding.subject, language),
        wording.todo(finding, language) if asks else wording.reason_text(finding.reason, language),
        known[:_MOST_ELEMENTS] if asks else [],
        max(len(known) - _MOST_ELEMENTS, 0) if asks else 0,
    )


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
