"""The page and the plans say which edge is judged by a role that the office corrected, and which was lost."""

import io
from datetime import date

import openpyxl
import pytest

from bim.report import ModelInfo, Report
from bim.reporting import plot_info
from gis.envelope import envelope
from gis.planning import edges_of_plot, site_for
from gis.roles import CorrectedRole, ends
from gis.site import EdgeRole, Site
from permits.i18n import translate
from permits.land.plan import edges_plan
from permits.land.plan import plan as plot_plan
from permits.review.drawing import plan
from permits.review.excel import workbook_of
from permits.review.html import render
from permits.review.kept import clauses_of
from permits.review.pdf import Source, summary_page
from permits.review.placing import edge_role_lines
from tests.cases.test_running import LAYERS

DAY = date(2026, 11, 1)
GONE = CorrectedRole((1.0, 2.0), (3.0, 4.0), EdgeRole.SIDE)


def site(*, touched: bool) -> Site:
    rear = next(edge for edge in edges_of_plot(LAYERS, "103") if edge.role is EdgeRole.REAR)
    roles = [CorrectedRole(*ends(rear), EdgeRole.FRONT), GONE] if touched else []
    return site_for(LAYERS, "103", on=DAY, roles=roles)


def report(*, touched: bool) -> Report:
    made = Report(ModelInfo("x.ifc", "0" * 64, 1), DAY, plot=plot_info(site(touched=touched)))
    return Report.from_json(made.to_json())


@pytest.mark.parametrize("language", ["ar", "en"])
def test_corrected_and_lost_roles_are_told(language: str) -> None:
    said = report(touched=True)
    used, lost = edge_role_lines(said, language)
    assert translate(language, "review-role-front") in used
    assert lost.index("1.00") < lost.index("2.00") < lost.index("3.00") < lost.index("4.00")
    marked = translate(language, "edge-role-corrected")
    assert plan(said, language).count(marked) == 1
    page = render(said, language=language, clauses=clauses_of(said))
    assert used in page
    assert lost in page


@pytest.mark.parametrize("language", ["ar", "en"])
def test_nothing_is_told_where_nothing_was_corrected(language: str) -> None:
    said = report(touched=False)
    assert edge_role_lines(said, language) == []
    assert translate(language, "edge-role-corrected") not in plan(said, language)
    assert edge_role_lines(Report(ModelInfo("x.ifc", "0" * 64, 1), DAY), language) == []


def test_a_report_of_before_is_read() -> None:
    raw = report(touched=False).to_json().replace(b',"corrected":false', b"").replace(b',"lost_roles":[]', b"")
    before = Report.from_json(raw)
    assert b"corrected" not in raw
    assert b"lost_roles" not in raw
    assert edge_role_lines(before, "ar") == []
    assert "svg" in plan(before, "ar")


def test_the_plans_of_the_plot_mark_it_too() -> None:
    touched = site(touched=True)
    assert "مصححة" in plot_plan(touched, envelope(touched), "ar")
    drawn = edges_plan(touched.edges, "ar")
    assert drawn.count("مصححة") == 1
    assert all(f">{number}. " in drawn for number in (1, 2, 3, 4))


@pytest.mark.parametrize("language", ["ar", "en"])
def test_workbook_and_summary_tell_it_too(language: str) -> None:
    said, title = report(touched=True), translate(language, "edge-role-title")
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(said, language=language, clauses=clauses_of(said))))
    rows = [row for row in book.worksheets[0].iter_rows(values_only=True) if row[0] == title]
    assert [row[1] for row in rows] == edge_role_lines(said, language)
    data = summary_page(said, language=language, clauses=clauses_of(said), source=Source("0" * 64))
    told = [value for name, value, _ in data["model"] if name == "edge-roles"]
    assert len(told) == 2
    assert translate(language, "review-role-front") in told[0]
    assert data["labels"]["edge-roles"] == title
