"""What else an engineer hands in by the portal: a model placed by tie points, and a drawing with its quantities."""

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from api.demo.office import SAMPLES
from tests.browser.conftest import Served, Visitors, picture
from tests.browser.test_case import MODELS, open_case

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def _hand_in(page: Page, file: Path) -> None:
    page.set_input_files("#file", file)
    page.get_by_role("button", name="رفع").click()


def test_wrong_tie_points_are_told_and_right_ones_place_the_model(visits: Visitors, served: Served) -> None:
    page = visits.of("engineer")
    open_case(page, served.address, "103", "نموذج بلا إحداثيات")
    page.get_by_text("نقاط الربط").first.click()
    page.locator("#ties").fill("0,0=300000,150000")
    _hand_in(page, MODELS / "cannot-be-judged.ifc")
    expect(page.locator("[role=status]")).to_contain_text("نقاط", timeout=30_000)
    picture(page, "tie-points")
    corners = _corners(served)
    page.locator("#ties").fill("\n".join(corners))
    page.get_by_role("button", name="رفع").click()
    expect(page.locator("ul.counts")).to_be_visible(timeout=120_000)
    page.get_by_role("link", name="فتح التقرير").first.click()
    expect(page.locator("body")).to_contain_text("من نقاط الربط")


def _corners(served: Served) -> list[str]:
    """Three points of the model, put so that it stands on plot 103 with its own level."""
    from permits.land.zones import find_plot

    with served.office.context.database.reading() as session:
        polygon = find_plot(session, zone="FZ-1", number="103").polygon
    east, north = polygon.centroid.x - 8.0, polygon.centroid.y - 8.5
    return [f"{x},{y},0={east + x:.3f},{north + y:.3f},691.0" for x, y in ((0, 0), (16, 0), (16, 17))]


def test_a_drawing_with_its_quantities_is_judged_and_says_what_was_declared(
    visits: Visitors, served: Served, tmp_path: Path
) -> None:
    archive = tmp_path / "plan.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for part in sorted((SAMPLES / "drawings").iterdir()):
            if part.suffix in (".dxf", ".yaml") and part.stem != "manifest":
                file.write(part, part.name)
    page = visits.of("engineer")
    open_case(page, served.address, "103", "مخطط بلا نموذج")
    _hand_in(page, archive)
    expect(page.locator("ul.counts")).to_be_visible(timeout=120_000)
    picture(page, "drawing-case")
    page.get_by_role("link", name="فتح التقرير").first.click()
    body = page.locator("body")
    expect(body).to_contain_text("SET-01")
    expect(body).to_contain_text("مصرح بها في ملف الكميات")
    picture(page, "drawing-report")
