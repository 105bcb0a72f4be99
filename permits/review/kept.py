"""A kept report for people: its page, workbook, summary and BCF file, and its findings as the desks show them."""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from bim.bcf import Version
from bim.findings import Finding, Outcome
from bim.packs import PackError, code_in_force
from bim.report import Report
from permits.documents.render import font_folder
from permits.documents.sheet import Office
from permits.i18n import translate
from permits.review import html, pdf, topics, wording
from permits.review.guides import guide_of
from permits.review.telling import Element, title
from permits.review.wording import Clauses

_WORST_FIRST = ("fail", "undecided", "pass", "not_applicable")


@dataclass(frozen=True)
class Shown:
    """One finding in words; `position` is its place in the report."""

    position: int
    rule: str
    outcome: str
    title: str
    sentence: str
    clause: str
    storey: str
    elements: tuple[Element, ...]
    filling: dict[str, str] = field(default_factory=dict)
    """What a ready phrase names of the finding: clause, and value and limit with their unit where there are any."""


def html_of(raw: bytes, *, language: str, building: str = "", back: str = "") -> str:
    """The report's self-contained page; `building` and `back` are addresses of pages beside it, if any."""
    report = Report.from_json(raw)
    return html.render(report, language=language, clauses=clauses_of(report), building=building, back=back)


def bcf_of(raw: bytes, *, language: str, version: Version = "2.1") -> bytes:
    """The report's open findings as BCF."""
    report = Report.from_json(raw)
    return topics.bcf_of(report, language=language, clauses=clauses_of(report), version=version)


def excel_of(raw: bytes, *, language: str) -> bytes:
    """All of the report as an Excel workbook."""
    from permits.review.excel import workbook_of  # heavy, and seldom asked for

    report = Report.from_json(raw)
    return workbook_of(report, language=language, clauses=clauses_of(report))


def pdf_of(raw: bytes, *, language: str, number: str, address: str, office: Office) -> bytes:
    """The summary of a case's report; `address` is that of the case."""
    report = Report.from_json(raw)
    source = pdf.Source(hashlib.sha256(raw).hexdigest(), number, address, office)
    clauses = clauses_of(report)
    return pdf.pdf_of(report, language=language, clauses=clauses, source=source, fonts=font_folder())


def show_findings(raw: bytes, *, language: str) -> list[Shown]:
    """The findings in words, failures first."""
    report = Report.from_json(raw)
    clauses, storeys = clauses_of(report), {storey.id: storey.name for storey in report.storeys}
    shown = [
        Shown(
            position, finding.rule, finding.outcome.value, title(finding, clauses, language),
            _sentence(finding, language), f"{clauses.text(finding.rule, language)} [{finding.clause}]",
            storeys.get(finding.storey or "", ""), _elements(finding, report), _filling(finding, language),
        )
        for position, finding in enumerate(report.findings)
    ]  # fmt: skip
    return sorted(shown, key=lambda finding: (_WORST_FIRST.index(finding.outcome), finding.position))


def titles_of(raw: bytes, *, language: str, open_only: bool = False) -> dict[int, str]:
    """The findings by their positions, each by its rule and title; with `open_only` those that ask something."""
    shown = show_findings(raw, language=language)
    return {f.position: f"{f.rule} {f.title}" for f in shown if not open_only or f.outcome in ("fail", "undecided")}


def clauses_of_raw(raw: bytes) -> Clauses:
    """The same of a report as it is kept."""
    return clauses_of(Report.from_json(raw))


def clauses_of(report: Report) -> Clauses:
    """Titles and texts of the packs that judged, or of those in force on its day where they are gone."""
    return _clauses(report.on, report.packs[0].id if report.packs else "")


def clauses_on(on: date) -> Clauses:
    """Titles and texts of the packs in force on a day."""
    return _clauses(on, "")


@cache
def _clauses(on: date, guide: str) -> Clauses:
    try:
        named = guide_of(on, guide)
    except PackError:
        named = guide_of(on)
    return Clauses(named, code_in_force(on))


def _sentence(finding: Finding, language: str) -> str:
    parts = []
    if finding.value is not None:
        value = wording.with_unit(finding.value, finding.unit, language)
        parts.append(f"{translate(language, 'review-label-value')} {value}")
        if finding.limit is not None:
            limit = wording.with_unit(finding.limit, finding.unit, language)
            parts.append(f"{translate(language, 'review-label-limit')} {limit}")
        if finding.tolerance:
            parts.append(f"±{wording.number(finding.tolerance, finding.unit)}")
    asks = finding.outcome in (Outcome.FAIL, Outcome.UNDECIDED)
    parts.append(wording.todo(finding, language) if asks else wording.reason_text(finding.reason, language))
    return " · ".join(part for part in parts if part)


def _filling(finding: Finding, language: str) -> dict[str, str]:
    numbers = {"value": finding.value, "limit": finding.limit}
    said = {name: wording.with_unit(one, finding.unit, language) for name, one in numbers.items() if one is not None}
    return {"clause": finding.clause, **said}


def _elements(finding: Finding, report: Report) -> tuple[Element, ...]:
    named = ((guid, report.elements.get(guid, {})) for guid in finding.elements)
    return tuple(Element(guid, str(e.get("class") or ""), str(e.get("name") or "")) for guid, e in named)
