"""The summary of a report for printing: one or two A4 pages, typeset as the office's documents are."""

import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from bim.findings import Finding
from bim.report import Report
from permits.documents.render import render_pdf
from permits.documents.sheet import Office, page
from permits.i18n import translate
from permits.review import wording
from permits.review.placing import edge_role_lines, placing
from permits.review.telling import grade, grades, heaviest_first, is_trial, title
from permits.review.wording import Clauses

MOST_ERRORS = 20
"""Errors that the summary lists; the rest is counted."""
_MOST_CODES = 80
_MOST_ROLES = 4
"""Corrected edge roles that the summary tells; the page tells all."""
_MOST_PLACING = 2
"""By what the building was put there, and how well that is known."""
_ISOLATES = re.compile("[\u2066-\u2069]")
_UNPRINTABLE = re.compile(
    "[^ -~\u00a1-\u00ac\u00ae-\u017f\u0391-\u03a1\u03a3-\u03c9\u0410-\u044f\u060c\u061b\u061f\u0621-\u063a\u0640-\u0652"
    "\u0660-\u066c\u067e\u0686\u0698\u06a9\u06af\u06cc\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026\u2264\u2265]"
)
"""What the fonts of documents do not surely hold: PDF/A forbids a glyph that is missing, and models name things in
any script."""
_LABELS = ("checked", "packs", "errors", "clause", "about", "value", "limit", "reference")


@dataclass(frozen=True)
class Source:
    """Where the report is kept: a case's number and address and its office, or nothing of these.

    `sha256` is that of the report's JSON, by which a summary without a case is matched with its report.
    """

    sha256: str
    number: str = ""
    address: str = ""
    office: Office | None = None


@dataclass(frozen=True)
class SummaryFacts:
    """What the summary says, embedded in the document."""

    report_sha256: str
    model: str
    model_sha256: str
    plot: str
    on: str
    verdict: str
    grades: dict[str, int]
    packs: tuple[str, ...]


def pdf_of(report: Report, *, language: str, clauses: Clauses, source: Source, fonts: Path | None = None) -> bytes:
    """The summary as PDF/A; it bears the office's name only where it is a case's."""
    return render_pdf(
        "report",
        summary_page(report, language=language, clauses=clauses, source=source),
        created=report.on,
        fonts=fonts,
    )


def summary_page(report: Report, *, language: str, clauses: Clauses, source: Source) -> dict[str, Any]:
    """The template data."""
    text = partial(translate, language)
    by_case = "case" if source.address else "file"
    data = page(
        _facts(report, source), kind="report", language=language, office=source.office or Office("", ""),
        number=source.number or report.model.sha256[:12], on=report.on, qr=source.address or f"sha256:{source.sha256}",
        statuses=(), notes=[text(f"report-note-{by_case}"), text("report-note-machine")],
        sections=_printable(_sections(report, clauses, language)),
    )  # fmt: skip
    labels = {name: text(f"report-pdf-{name}") for name in _LABELS}
    return {
        **data,
        "state": data["state"] if source.office else "",
        "banner": _banner(report, language),
        "labels": {**data["labels"], **labels, **_fact_labels(language)},
    }


def _facts(report: Report, source: Source) -> SummaryFacts:
    packs = tuple(f"{pack.id} {pack.version} {pack.sha256} {pack.status}" for pack in report.packs)
    plot = report.plot.number if report.plot else ""
    return SummaryFacts(
        source.sha256, report.model.name, report.model.sha256, plot, report.on.isoformat(), report.verdict,
        grades(report), packs,
    )  # fmt: skip


def _banner(report: Report, language: str) -> str | None:
    """What the weakest of the packs and the plot's sheet is worth; nothing where all are confirmed."""
    statuses = {pack.status for pack in report.packs} | ({report.plot.status} if report.plot else set())
    if is_trial(report) or "fictitious" in statuses:
        return translate(language, "review-fictitious")
    return translate(language, "report-banner-provisional") if "provisional" in statuses else None


_FACTS = {
    "model-name": "review-label-model", "program": "report-label-program", "fingerprint": "report-label-fingerprint",
    "plot-number": "report-label-plot-zone-grid", "sheet": "report-label-sheet", "placement": "review-label-placement",
    "edge-roles": "edge-role-title",
}  # fmt: skip


def _fact_labels(language: str) -> dict[str, str]:
    return {name: translate(language, key) for name, key in _FACTS.items()}


def _sections(report: Report, clauses: Clauses, language: str) -> dict[str, Any]:
    text, counts = partial(translate, language), grades(report)
    findings = heaviest_first(report)
    errors = [finding for finding in findings if grade(finding) == "error"]
    more = len(errors) - MOST_ERRORS
    refused = report.refusal
    return {
        "verdict-code": report.verdict,
        "verdict": text(f"review-verdict-{report.verdict}"),
        "counts": [] if refused else [(text(f"report-count-{name}"), str(count)) for name, count in counts.items()],
        "refusal": _plain(wording.refusal_text(refused.code, refused.values, language)) if refused else None,
        "model": _model(report, language),
        "packs": [(f"{pack.id} {pack.version}", text(f"review-status-{pack.status}")) for pack in report.packs],
        "errors": [_error(finding, clauses, language) for finding in errors[:MOST_ERRORS]],
        "more": _plain(text("report-pdf-more", count=str(more))) if more > 0 else None,
        "lists": [
            (text(f"report-count-{name}"), codes)
            for name in ("warning", "undecided")
            if (codes := list(dict.fromkeys(f.rule for f in findings if grade(f) == name))[:_MOST_CODES])
        ],
    }


def _model(report: Report, language: str) -> list[tuple[str, str, bool]]:
    """Label, value, and whether the value is a code that stays left to right."""
    model, plot = report.model, report.plot
    rows = [
        ("model-name", model.name, True),
        ("program", f"{model.tool} {model.schema}".strip() or "–", True),
        ("fingerprint", model.sha256, True),
    ]
    if plot is not None:
        rows.append(("plot-number", f"{plot.number} · {plot.zone} · {plot.grid}", True))
        rows.append(("sheet", translate(language, f"review-status-{plot.status}"), False))
    rows += [("edge-roles", _plain(line), False) for line in edge_role_lines(report, language)[:_MOST_ROLES]]
    rows += [("placement", _plain(line), False) for line in placing(report, language)[:_MOST_PLACING]]
    return rows


def _error(finding: Finding, clauses: Clauses, language: str) -> tuple[str, ...]:
    """Code, title, reason, value, limit and reference."""
    value, limit = (
        "" if number is None else _plain(wording.with_unit(number, finding.unit, language))
        for number in (finding.value, finding.limit)
    )
    reason = _plain(wording.reason_text(finding.reason, language))
    source = finding.clause.removesuffix(f" {finding.rule}")
    return finding.rule, _plain(title(finding, clauses, language)), reason, value, limit, source


def _printable(value: Any) -> Any:
    """Every text in it with "?" for what cannot be printed; the embedded facts keep it."""
    match value:
        case str():
            return _UNPRINTABLE.sub("?", value)
        case dict():
            return {key: _printable(item) for key, item in value.items()}
        case list() | tuple():
            return [_printable(item) for item in value]
        case _:
            return value


def _plain(text: str) -> str:
    """Without the marks that isolate a number, which typesetting does itself."""
    return _ISOLATES.sub("", text)
