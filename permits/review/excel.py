"""A report as an Excel workbook: a summary, every finding, every element of each, and the measures."""

import io
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from bim.findings import Finding
from bim.report import Report
from permits.i18n import translate
from permits.review import wording
from permits.review.placing import edge_role_lines, placing
from permits.review.telling import advice, found, grade, grades, heaviest_first, is_trial, places
from permits.review.wording import Clauses

Row = Sequence[str | float | None]
_FINDINGS = (
    "number", "code", "title", "severity", "discipline", "outcome", "subject", "storey", "value", "limit", "unit",
    "tolerance", "sentence", "asked", "remedy", "clause", "count",
)  # fmt: skip
_ELEMENTS = ("number", "code", "title", "severity", "storey", "class", "name", "globalid")
_MEASURES = ("name", "subject", "storey", "value", "unit", "tolerance", "method")
_WIDTHS = {
    "title": 30, "sentence": 60, "asked": 50, "remedy": 60, "clause": 24, "name": 30, "globalid": 26, "number": 8,
    "count": 9, "value": 10, "limit": 10, "unit": 8, "tolerance": 9, "subject": 22, "method": 28, "class": 24,
}  # fmt: skip
_HEAD = PatternFill("solid", fgColor="DCE6E4")
_TOP = Alignment(wrap_text=True, vertical="top")
MOST_ROWS = 1_000_000
"""Excel ends a sheet soon after; what is more goes on in another."""
_RISKY = ("=", "+", "-", "@", "#", "\t", "\r")
"""Texts that begin so are taken for formulas or errors, now or where the sheet is saved as CSV."""


def workbook_of(report: Report, *, language: str, clauses: Clauses) -> bytes:
    """The workbook; Arabic sheets run from right to left, and no text in it is ever a formula."""
    book = Workbook(write_only=True)
    findings = list(enumerate(heaviest_first(report), 1))
    _summary(book, report, language)
    rows = (_finding_row(number, finding, report, clauses, language) for number, finding in findings)
    _table(book, "findings", _FINDINGS, rows, language)
    _table(book, "elements", _ELEMENTS, _element_rows(findings, report, clauses, language), language)
    _table(book, "measures", _MEASURES, _measure_rows(report, language), language)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _finding_row(number: int, finding: Finding, report: Report, clauses: Clauses, language: str) -> Row:
    return (
        number,
        finding.rule,
        clauses.title(finding.rule, language),
        _severity(finding, language),
        translate(language, f"report-discipline-{clauses.discipline(finding.rule)}"),
        translate(language, f"review-outcome-{finding.outcome}"),
        wording.subject_text(finding.subject, language),
        ("، " if language == "ar" else ", ").join(place.name for place in places(finding, report) if place.name),
        finding.value,
        finding.limit,
        _unit(finding.unit, language),
        finding.tolerance,
        found(finding, language),
        clauses.text(finding.rule, language),
        advice(finding, clauses, language, report.model.tool),
        finding.clause,
        len(finding.elements),
    )


def _element_rows(
    findings: Iterable[tuple[int, Finding]], report: Report, clauses: Clauses, language: str
) -> Iterator[Row]:
    for number, finding in findings:
        about = (number, finding.rule, clauses.title(finding.rule, language), _severity(finding, language))
        for place in places(finding, report):
            for element in place.elements:
                yield (*about, place.name, element.kind, element.name, element.guid)


def _measure_rows(report: Report, language: str) -> Iterator[Row]:
    names = {storey.id: storey.name for storey in report.storeys}
    for measure in report.measures:
        yield (
            wording.measure_name(measure.name, language),
            wording.subject_text(measure.subject, language),
            names.get(measure.storey or "", ""),
            measure.value,
            _unit(measure.unit, language),
            measure.tolerance,
            measure.method,
        )


def _severity(finding: Finding, language: str) -> str:
    """Error or warning of a failure; nothing for what asks nothing."""
    weight = grade(finding)
    return translate(language, f"report-severity-{weight}") if weight in ("error", "warning", "undecided") else ""


def _unit(unit: str, language: str) -> str:
    return translate(language, f"review-unit-{unit}") if unit else ""


def _summary(book: Any, report: Report, language: str) -> None:
    """What was judged, by what, and the counts."""
    text = partial(translate, language)
    sheet = _sheet(book, text("report-sheet-summary"), language, (34, 90))
    rows = [(text("review-title"), ""), *([(text("review-fictitious"), "")] if is_trial(report) else [])]
    rows += [
        (text("review-label-verdict"), text(f"review-verdict-{report.verdict}")),
        (text("review-label-model"), report.model.name),
        ("SHA-256", report.model.sha256),
        (text("report-label-program"), f"{report.model.tool} {report.model.schema}".strip()),
        (text("review-label-plot"), f"{report.plot.number} · {report.plot.zone}" if report.plot else ""),
        (text("review-label-on"), report.on.isoformat()),
    ]
    rows += [(text("edge-role-title"), line) for line in edge_role_lines(report, language)]
    rows += [(text("review-label-placement") if at == 0 else "", line)
             for at, line in enumerate(placing(report, language))]  # fmt: skip
    if report.refusal:
        why = wording.refusal_text(report.refusal.code, report.refusal.values, language)
        rows.append((text("review-label-refusal"), why))
    for pack in report.packs:
        rows.append((f"{pack.id} {pack.version}", text(f"review-status-{pack.status}")))
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    for weight, count in grades(report).items():
        sheet.append([_cell(sheet, text(f"report-count-{weight}")), count])


def _table(book: Any, name: str, columns: Sequence[str], rows: Iterable[Row], language: str) -> None:
    """Rows below a frozen header that filters; as many sheets as they take, and one where there are none."""
    waiting, title, part = iter(rows), translate(language, f"report-sheet-{name}"), 1
    batch = list(islice(waiting, MOST_ROWS))
    while batch or part == 1:
        widths = [_WIDTHS.get(column, 16) for column in columns]
        sheet = _sheet(book, title if part == 1 else f"{title} {part}", language, widths)
        sheet.freeze_panes = "A2"
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(batch) + 1}"
        sheet.append([_cell(sheet, translate(language, f"report-column-{column}"), head=True) for column in columns])
        for row in batch:
            sheet.append([_cell(sheet, value, wrap=name == "findings") for value in row])
        batch, part = list(islice(waiting, MOST_ROWS)), part + 1


def _sheet(book: Any, title: str, language: str, widths: Sequence[int]) -> Any:
    sheet = book.create_sheet(title)
    sheet.sheet_view.rightToLeft = language == "ar"
    for at, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    return sheet


def _cell(sheet: Any, value: str | float | None, *, head: bool = False, wrap: bool = True) -> Any:
    """A number as it is; a text as a text, whatever it begins with."""
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)
    risky = text.startswith(_RISKY)
    if not (head or wrap or risky):
        return text  # a cell of its own for each of a million names would take minutes
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"  # neither a formula nor an error
    if wrap:
        cell.alignment = _TOP
    if risky:
        cell.quotePrefix = True
    if head:
        cell.font, cell.fill = Font(bold=True), _HEAD
    return cell
