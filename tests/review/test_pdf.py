"""The printed summary: the same bytes for the same report, its facts inside, a code that a camera reads."""

import hashlib
import io
import json
from dataclasses import replace
from datetime import date

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from bim.findings import Finding, Outcome, Reason
from bim.guide.pack import guide_in_force
from bim.packs import code_in_force
from bim.report import ModelInfo, PackInfo, Report
from permits.documents.render import NoArabicFont, _fonts, font_folder, render_pages
from permits.documents.sheet import Office
from permits.review.pdf import _UNPRINTABLE, MOST_ERRORS, Source, pdf_of, summary_page
from permits.review.wording import Clauses
from tests.conftest import unavailable
from tests.review.test_samples import checked

DAY = date(2026, 11, 1)
CLAUSES = Clauses(guide_in_force(DAY), code_in_force(DAY))
CASE = Source("0" * 64, "DI-2026-7", "http://permits.example/cases/7", Office("محافظة", "مكتب"))
MODEL = ModelInfo("a.ifc", "f" * 64, 1)


@pytest.fixture(scope="module", autouse=True)
def _arabic_font() -> None:
    try:
        _fonts(font_folder())
    except NoArabicFont as error:
        unavailable("fonts", str(error))


def by_file(report: Report) -> Source:
    return Source(hashlib.sha256(report.to_json()).hexdigest())


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("file", ["planted-violations.ifc", "cannot-be-judged.ifc", "complies.ifc"])
def test_it_has_one_or_two_pages_and_always_the_same_bytes(file: str, language: str) -> None:
    report = checked(file)
    first, again = (pdf_of(report, language=language, clauses=CLAUSES, source=CASE) for _ in range(2))
    assert first == again
    assert len(PdfReader(io.BytesIO(first)).pages) <= 2


@pytest.mark.parametrize("by_case", [True, False])
def test_the_code_leads_to_the_case_or_names_the_report(*, by_case: bool) -> None:
    report = checked("planted-violations.ifc")
    source = CASE if by_case else by_file(report)
    pages = render_pages(
        "report", summary_page(report, language="ar", clauses=CLAUSES, source=source), fonts=None, ppi=150
    )
    (code,) = (code for page in pages for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(page))))
    assert code.text == (CASE.address if by_case else f"sha256:{hashlib.sha256(report.to_json()).hexdigest()}")


def test_its_facts_travel_inside() -> None:
    report = checked("planted-violations.ifc")
    reader = PdfReader(io.BytesIO(pdf_of(report, language="ar", clauses=CLAUSES, source=by_file(report))))
    facts = json.loads(reader.attachments["report.json"][0])
    assert facts["model_sha256"] == report.model.sha256
    assert facts["report_sha256"] == by_file(report).sha256
    assert facts["grades"]["error"] == len(report.of(Outcome.FAIL))


def test_errors_stand_with_value_limit_and_clause() -> None:
    data = summary_page(checked("planted-violations.ifc"), language="en", clauses=CLAUSES, source=CASE)
    (front,) = [row for row in data["errors"] if row[0] == "SET-01"]
    assert front == ["SET-01", "Front setback (front)", "", "4.600 m", "5.000 m", "B4/10"]
    assert ["Errors", "15"] in data["counts"]


def test_warnings_and_undecided_are_told_by_their_codes_and_never_as_errors() -> None:
    findings = (
        Finding("A", Outcome.FAIL, "c", severity="warning"), Finding("B", Outcome.UNDECIDED, "c"),
        Finding("B", Outcome.UNDECIDED, "c", subject="again"),
    )  # fmt: skip
    data = summary_page(Report(MODEL, DAY, findings=findings), language="en", clauses=CLAUSES, source=CASE)
    assert data["errors"] == []
    assert data["lists"] == [["Warnings", ["A"]], ["Undecided", ["B"]]]


def test_errors_beyond_the_most_are_counted() -> None:
    findings = tuple(Finding(f"R{number:03}", Outcome.FAIL, "c") for number in range(MOST_ERRORS + 3))
    report = Report(MODEL, DAY, findings=findings)
    data = summary_page(report, language="en", clauses=CLAUSES, source=CASE)
    assert len(data["errors"]) == MOST_ERRORS
    assert data["more"] == "and 3 more errors in the whole report."
    assert len(PdfReader(io.BytesIO(pdf_of(report, language="en", clauses=CLAUSES, source=CASE))).pages) <= 2


def test_a_refusal_is_told() -> None:
    report = Report(MODEL, DAY, refusal=Reason("half_file", {"line": 7}))
    data = summary_page(report, language="en", clauses=CLAUSES, source=CASE)
    assert data["refusal"].startswith("The file is cut off at line 7")
    assert pdf_of(report, language="ar", clauses=CLAUSES, source=CASE).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("statuses", "said"),
    [(("confirmed",), None), (("provisional", "confirmed"), "Provisional"), (("fictitious",), "F")],
)
def test_the_banner_is_that_of_the_weakest_pack(statuses: tuple[str, ...], said: str | None) -> None:
    packs = tuple(PackInfo("p", "1", "", status) for status in statuses)
    data = summary_page(Report(MODEL, DAY, packs=packs), language="en", clauses=CLAUSES, source=CASE)
    assert data["banner"] is None if said is None else data["banner"].startswith(said)


def test_only_a_case_s_summary_bears_the_office() -> None:
    report = replace(Report(MODEL, DAY))
    without = summary_page(report, language="ar", clauses=CLAUSES, source=by_file(report))
    assert (without["state"], without["authority"], without["number"]) == ("", "", "f" * 12)
    assert summary_page(report, language="ar", clauses=CLAUSES, source=CASE)["authority"] == "محافظة"


def named(name: str) -> Report:
    """A report whose model gives that name to itself, its tool, and the thing that fails."""
    finding = Finding("A", Outcome.FAIL, "c", subject=name)
    return Report(ModelInfo(name, "f" * 64, 1, "IFC4", name), DAY, findings=(finding,))


def test_every_letter_that_is_kept_can_be_printed() -> None:
    kept = "".join(char for char in map(chr, range(0x20, 0x3000)) if not _UNPRINTABLE.match(char))
    assert {"ب", "é", "Ж", "Ω", "٣", "²", "±"} <= set(kept)
    for language in ("ar", "en"):
        assert pdf_of(named(kept), language=language, clauses=CLAUSES, source=CASE, fonts=font_folder())


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=30))
def test_a_name_in_any_script_is_printed_as_far_as_it_can_be(name: str) -> None:
    raw = pdf_of(named(name), language="ar", clauses=CLAUSES, source=CASE, fonts=font_folder())
    facts = json.loads(PdfReader(io.BytesIO(raw)).attachments["report.json"][0])
    assert facts["model"] == name
