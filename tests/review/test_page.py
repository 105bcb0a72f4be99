"""The page stands alone, tells every finding in plain words, and is the same by clause with scripts off."""

import base64
import re
from dataclasses import replace
from datetime import date

import pytest

from bim.findings import Finding, Outcome, Reason
from bim.guide.pack import guide_in_force
from bim.packs import code_in_force
from bim.report import ModelInfo, Report, StoreyInfo
from permits.review.html import render, script_source
from permits.review.sections import MOST_ELEMENTS, MOST_PICTURES, sections_of
from permits.review.telling import found, grades, places
from permits.review.wording import Clauses
from tests.review.test_samples import checked

DAY = date(2026, 11, 1)
CLAUSES = Clauses(guide_in_force(DAY), code_in_force(DAY))
STOREYS = (StoreyInfo("low", "Ground", "ground", 0.0), StoreyInfo("high", "First", "typical", 3.0))
MODEL = ModelInfo("a.ifc", "", 0)
ASKS_OUTSIDE = re.compile(
    r"src\s*=(?!\"data:)|href\s*=(?!\"#)|url\(|@import|fetch|XMLHttp|https?://(?!www\.w3\.org)|<link|<script[^>]+>"
)


def page(*findings: Finding, language: str = "en", **more: object) -> str:
    report = replace(Report(MODEL, DAY, storeys=STOREYS, findings=findings), **more)  # type: ignore[arg-type]  # by name
    return render(report, language=language, clauses=CLAUSES)


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("file", ["planted-violations.ifc", "cannot-be-judged.ifc"])
def test_the_page_shows_every_finding_and_asks_for_nothing(file: str, language: str) -> None:
    report = checked(file)
    shown = render(report, language=language, clauses=CLAUSES)
    assert f'dir="{"rtl" if language == "ar" else "ltr"}"' in shown
    assert ASKS_OUTSIDE.findall(shown) == []
    assert "<svg" in shown
    for finding in report.findings:
        assert f"<code>{finding.rule}</code>" in shown
    for finding in report.of(Outcome.FAIL):
        for element in finding.elements:
            assert f"<code>{element}</code>" in shown
    assert CLAUSES.title("SET-01", language) in shown


@pytest.mark.parametrize("file", ["planted-violations.ifc", "cannot-be-judged.ifc", "complies.ifc"])
def test_the_index_leads_to_every_rule_that_fails_or_is_undecided(file: str) -> None:
    report = checked(file)
    shown = render(report, language="ar", clauses=CLAUSES)
    asked = {f.rule for f in report.of(Outcome.FAIL, Outcome.UNDECIDED)}
    assert set(re.findall(r'href="#([^"]+)"', shown)) == asked
    assert sorted(re.findall(r'<section class="rule \w+" id="([^"]+)"', shown)) == sorted(asked)


def test_findings_of_a_rule_stand_from_below_and_under_their_storeys() -> None:
    found_here = [
        Finding("HGT-02", Outcome.FAIL, "c", value=2.5, limit=2.7, unit="m", storey=storey, subject=subject)
        for storey, subject in [("high", "room 2"), ("low", "room 1"), (None, "stray"), ("gone", "lost")]
    ]
    (section,) = re.findall(r"<section.*?</section>", page(*found_here), re.DOTALL)
    assert re.findall(r"<bdi>(stray|lost|room \d)</bdi>", section) == ["stray", "lost", "room 1", "room 2"]
    assert re.findall(r'data-storey="(\w*)"', section) == ["", "", "low", "high"]


def test_elements_stand_under_their_own_storeys() -> None:
    elements = {
        "a": {"class": "IfcWall", "name": "w", "storey": "high"},
        "b": {"class": "IfcWall", "name": "v", "storey": "low"},
        "c": {"class": "IfcSite", "name": "s", "storey": None},
        "low": {"class": "IfcBuildingStorey", "name": "Ground", "storey": None},
    }
    finding = Finding("BIM-603", Outcome.FAIL, "c", elements=("a", "b", "c", "low"))
    report = Report(MODEL, DAY, storeys=STOREYS, findings=(finding,), elements=elements)
    where = [(place.name, [element.guid for element in place.elements]) for place in places(finding, report)]
    assert where == [("", ["c"]), ("Ground", ["b", "low"]), ("First", ["a"])]


def test_errors_warnings_and_undecided_are_counted_apart() -> None:
    findings = [
        Finding("A", Outcome.FAIL, "c"), Finding("B", Outcome.FAIL, "c", severity="warning"),
        Finding("C", Outcome.FAIL, "c", severity="warning"), Finding("D", Outcome.UNDECIDED, "c", severity="warning"),
        Finding("E", Outcome.PASS, "c"),
    ]  # fmt: skip
    report = Report(MODEL, DAY, findings=findings)
    assert grades(report) == {"error": 1, "warning": 2, "undecided": 1, "pass": 1, "not_applicable": 0}
    assert [section.grade for section in sections_of(report, CLAUSES, "en")] == ["error", *["warning"] * 2, "undecided"]


def test_elements_beyond_the_limit_are_counted() -> None:
    many = tuple(f"guid{number:018}" for number in range(MOST_ELEMENTS + 7))
    shown = page(Finding("BIM-603", Outcome.FAIL, "c", elements=many))
    assert shown.count("<code>guid") == MOST_ELEMENTS
    assert "and \u20687\u2069 more" in shown


@pytest.mark.parametrize(
    ("finding", "said"),
    [
        (Finding("R", Outcome.FAIL, "c", 4.6, 5.0, "m", 0.04),
         "Found 4.600 m, the limit is 5.000 m (measured within ±0.040)."),
        (Finding("R", Outcome.FAIL, "c", 7.0, 10.0, "count"), "Found 7, the limit is 10."),
        (Finding("R", Outcome.FAIL, "c", 2.0, 0.0, "count", reason=Reason("absent", {"names": "author"})),
         "Missing: author."),
        (Finding("R", Outcome.UNDECIDED, "c", 4.98, 5.0, "m", reason=Reason("near_limit", {"margin": 1, "band": 2})),
         "Found 4.980 m, the limit is 5.000 m."),
        (Finding("R", Outcome.FAIL, "c"), "The model does not meet the clause."),
        (Finding("R", Outcome.PASS, "c"), ""),
    ],
)  # fmt: skip
def test_a_plain_sentence_says_what_was_found(finding: Finding, said: str) -> None:
    sentence = re.sub("[\u2066-\u2069]", "", found(finding, "en"))
    assert sentence.startswith(said)
    assert bool(sentence) == bool(said)


@pytest.mark.parametrize(("tool", "opened"), [("Autodesk Revit 2027", "Revit"), ("ArchiCAD 20", "ArchiCAD")])
def test_the_remedy_of_the_model_s_own_tool_stands_open(tool: str, opened: str) -> None:
    finding = Finding("BIM-603", Outcome.FAIL, "c")
    shown = page(finding, model=ModelInfo("a.ifc", "", 0, "IFC4", tool))
    (box,) = re.findall(r'<div class="remedy">.*?</div>', shown, re.DOTALL)
    before, folded = box.split("<details>")
    assert f"<bdi>{opened}</bdi>" in before
    assert folded.count("<bdi>") == 4


def test_an_unknown_tool_leaves_every_program_s_remedy_folded() -> None:
    (box,) = re.findall(r'<div class="remedy">.*?</div>', page(Finding("BIM-603", Outcome.FAIL, "c")), re.DOTALL)
    assert box.split("<details>")[0].count("<bdi>") == 0
    assert box.count("<bdi>") == 5


def test_pictures_are_part_of_the_page() -> None:
    shown = page(Finding("BIM-603", Outcome.FAIL, "c", elements=("a", "b")), pictures={"a": b"\x89PNG"})
    assert re.findall(r'<img src="([^"]+)"', shown) == [
        "data:image/png;base64," + base64.b64encode(b"\x89PNG").decode()
    ]


def test_a_refusal_has_its_page() -> None:
    shown = page(refusal=Reason("half_file", {"line": 7}))
    assert "cut off at line" in shown
    assert "Refused" in shown


def test_texts_of_a_model_are_escaped() -> None:
    evil = "<script>alert(1)</script>"
    finding = Finding("BIM-603", Outcome.FAIL, "c", elements=("a",), subject=evil)
    shown = page(finding, model=ModelInfo(evil, "", 0), elements={"a": {"class": "IfcWall", "name": evil}})
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert" in shown


def test_the_page_s_one_script_is_the_one_that_the_policy_allows() -> None:
    import hashlib

    (script,) = re.findall(r"<script>(.*?)</script>", page(Finding("A", Outcome.FAIL, "c")), re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert script_source() == f"'sha256-{digest}'"


@pytest.mark.slow
def test_a_large_report_stays_small() -> None:
    """All clauses fail for thousands of elements each, on forty storeys: what a tower's first upload looks like."""
    storeys = tuple(StoreyInfo(f"s{number}", f"{number}", "typical", 3.0 * number) for number in range(40))
    elements = {
        f"e{number:021}": {"class": "IfcWall", "name": f"wall {number}", "storey": f"s{number % 40}"}
        for number in range(5000)
    }
    findings = tuple(Finding(rule, Outcome.FAIL, "c", elements=tuple(elements)) for rule in CLAUSES.entries)
    pictures = dict.fromkeys(list(elements)[:60], b"x" * 3000)
    shown = page(*findings, storeys=storeys, elements=elements, pictures=pictures)
    assert len(shown) < 5_000_000
    assert shown.count("<img") == len(findings) * MOST_PICTURES
