"""The workbook holds every finding and every element, reads from right to left in Arabic, and computes nothing."""

import io
import re
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bim.findings import Finding, Outcome, Reason
from bim.guide.pack import guide_in_force
from bim.packs import code_in_force
from bim.report import ModelInfo, Report
from permits.review import excel
from permits.review.excel import workbook_of
from permits.review.wording import Clauses
from tests.review.test_samples import checked

DAY = date(2026, 11, 1)
CLAUSES = Clauses(guide_in_force(DAY), code_in_force(DAY))
SUMMARY, FINDINGS, ELEMENTS, MEASURES = range(4)


def opened(raw: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(raw))


def rows(sheet: Any) -> list[dict[str, Any]]:
    head, *rest = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rest]


def test_every_finding_has_its_row_and_every_element_too() -> None:
    report = checked("planted-violations.ifc")
    book = opened(workbook_of(report, language="en", clauses=CLAUSES))
    assert book.sheetnames == ["Summary", "Findings", "Elements", "Measures"]
    findings, elements = rows(book.worksheets[FINDINGS]), rows(book.worksheets[ELEMENTS])
    assert len(findings) == len(report.findings)
    assert len(elements) == sum(len(finding.elements) for finding in report.findings)
    named = {(row["Clause"], row["GlobalId"]) for row in elements}
    assert named == {(finding.rule, element) for finding in report.findings for element in finding.elements}
    numbers = {row["Number"]: row["Clause"] for row in findings}
    assert all(numbers[row["Number"]] == row["Clause"] for row in elements)
    assert len(rows(book.worksheets[MEASURES])) == len(report.measures)


def test_a_finding_says_value_limit_sentence_and_remedy() -> None:
    book = opened(workbook_of(checked("planted-violations.ifc"), language="en", clauses=CLAUSES))
    found = {row["Clause"]: row for row in rows(book.worksheets[FINDINGS]) if row["Outcome"] == "fail"}
    front = found["SET-01"]
    assert (front["Value"], front["Limit"], front["Unit"], front["Tolerance"]) == (4.6, 5, "m", 0.04)
    assert front["Severity"] == "Error"
    assert front["What was found"].startswith("Found \u20684.600 m")
    assert front["Reference"] == "B4/10"
    assert found["BIM-603"]["How to put it right"]
    assert found["BIM-603"]["Discipline"] == "Architecture"


@pytest.mark.parametrize(("language", "right_to_left"), [("ar", True), ("en", False)])
def test_sheets_run_as_the_language_does_with_frozen_filters(language: str, *, right_to_left: bool) -> None:
    book = opened(workbook_of(checked("complies.ifc"), language=language, clauses=CLAUSES))
    for sheet in book.worksheets:
        assert bool(sheet.sheet_view.rightToLeft) is right_to_left
    for sheet in book.worksheets[FINDINGS:]:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions


def test_the_summary_counts_errors_and_warnings_apart() -> None:
    findings = (Finding("A", Outcome.FAIL, "c"), Finding("B", Outcome.FAIL, "c", severity="warning"))
    report = Report(ModelInfo("a.ifc", "f" * 64, 1), DAY, findings=findings)
    told = dict(opened(workbook_of(report, language="en", clauses=CLAUSES)).worksheets[SUMMARY].values)
    assert told["Errors"] == 1
    assert told["Warnings"] == 1
    assert told["SHA-256"] == "f" * 64
    assert told["Result"] == "Does not comply"


def test_a_refused_model_says_why() -> None:
    report = Report(ModelInfo("a.ifc", "", 0), DAY, refusal=Reason("half_file", {"line": 7}))
    book = opened(workbook_of(report, language="en", clauses=CLAUSES))
    assert any("cut off at line" in str(value) for row in book.worksheets[SUMMARY].values for value in row)
    assert [sheet.max_row for sheet in book.worksheets[FINDINGS:]] == [1, 1, 1]


EVIL = st.builds(
    lambda start, rest: start + rest, st.sampled_from(["=", "+", "-", "@", "\t", "\r", "#N/A", "#REF!"]), st.text()
)


@settings(max_examples=40, deadline=None)
@given(EVIL)
def test_a_text_of_the_model_never_becomes_a_formula(text: str) -> None:
    finding = Finding("BIM-603", Outcome.FAIL, "c", elements=("a",), subject=text)
    report = Report(
        ModelInfo(text, "", 0), DAY, findings=(finding,), elements={"a": {"class": "IfcWall", "name": text}}
    )
    raw = workbook_of(report, language="en", clauses=CLAUSES)
    for name in (name for name in zipfile.ZipFile(io.BytesIO(raw)).namelist() if "worksheets" in name):
        assert not re.search(rb"<f>|t=\"e\"", zipfile.ZipFile(io.BytesIO(raw)).read(name))
    cell = opened(raw).worksheets[ELEMENTS].cell(2, 7)
    assert cell.data_type in ("s", "inlineStr")
    if text[0] in "=+-@":
        assert cell.quotePrefix


def test_a_table_longer_than_a_sheet_goes_on_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "MOST_ROWS", 2)
    finding = Finding("BIM-603", Outcome.FAIL, "c", elements=("a", "b", "c", "d", "e"))
    book = opened(workbook_of(Report(ModelInfo("a", "", 0), DAY, findings=(finding,)), language="en", clauses=CLAUSES))
    parts = [name for name in book.sheetnames if name.startswith("Elements")]
    assert parts == ["Elements", "Elements 2", "Elements 3"]
    assert [row["GlobalId"] for name in parts for row in rows(book[name])] == list("abcde")
