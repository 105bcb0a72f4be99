"""The administrator hands a zone file in at the desk, in Chromium: looked at, and put into force or not."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gis.zone_file import write_zone
from permits.cases.cases import open_case
from permits.cases.workflow import State
from permits.land.zones import find_plot, import_zone
from permits.people.actor import SYSTEM, Role
from tests.browser.conftest import Served, Visitors, fits, hand_over
from tests.land.test_preview import changed_land
from tests.land.test_quality import LAYERS, spoilt

pytestmark = [pytest.mark.browser, pytest.mark.slow]
READY = "[data-ready=true]"


@pytest.fixture(autouse=True)
def _land_as_before(served: Served) -> Iterator[None]:
    """The office is shared by all tests of pages: its land is put back."""
    yield
    context = served.office.context
    with context.database.transaction() as session:
        import_zone(session, actor=SYSTEM, storage=context.storage, layers=LAYERS)


@pytest.fixture(autouse=True)
def _under_way(served: Served) -> None:
    """A case in review on a plot that changes."""
    with served.office.context.database.transaction() as session:
        engineer = served.office.actor(session, Role.ENGINEER)
        case = open_case(session, actor=engineer, office="DM-01", zone="FZ-1", plot="103", title="دار على أرض تتغير")
        case.state = str(State.IN_REVIEW)


def whole(page: Page, name: str) -> None:
    """Keep a picture of the whole page, once the map is drawn."""
    folder = os.environ.get("RUKHSA_PICTURES")
    if folder:
        page.wait_for_timeout(1500)
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def hand_in(page: Page, path: Path) -> None:
    hand_over(page, path)
    page.get_by_role("button", name="تقديم الملف").click()


def test_a_file_is_looked_at_and_decided_before_it_is_in_force(visits: Visitors, tmp_path: Path) -> None:
    page = visits.of("admin")
    page.get_by_role("link", name="طبقات الأرض").click()
    write_zone(changed_land(), tmp_path / "zone.gpkg")
    hand_in(page, tmp_path / "zone.gpkg")
    expect(page.get_by_role("heading", name="معاينة الملف")).to_be_visible(timeout=60_000)
    expect(page.locator(READY)).to_be_visible(timeout=30_000)
    expect(page.get_by_text("تغيّر حدّ المقسم")).to_be_visible()
    expect(page.get_by_text("الوجيبة الأمامية")).to_be_visible()
    expect(page.get_by_text("دار على أرض تتغير")).to_be_visible()
    drawn = int(page.locator(READY).get_attribute("data-drawn") or 0)
    whole(page, "land-changes")
    page.get_by_role("button", name="منهاج وجائب تغيّر", exact=True).click()
    expect(page.get_by_text("تغيّر حدّ المقسم")).to_be_hidden()
    expect(page.locator(f"{READY}:not([data-drawn='{drawn}'])")).to_be_visible()
    page.get_by_role("button", name="منهاج الوجائب للمقسم").click()
    expect(page.locator("[data-marked='1']")).to_be_visible()
    whole(page, "land-place")
    page.get_by_role("button", name="العيوب", exact=True).click()
    expect(page.get_by_text("يُفسد التدقيق على المقسم").first).to_be_visible()
    whole(page, "land-defects")
    page.set_viewport_size({"width": 390, "height": 900})
    page.wait_for_timeout(1500)
    fits(page)
    whole(page, "land-390")
    page.get_by_role("button", name="أدخله حيّز النفاذ").click()
    expect(page.get_by_text("اكتب السبب")).to_be_visible()
    page.get_by_label("سبب القرار").fill("قرار المجلس 12 لعام 2026")
    page.get_by_role("button", name="أدخله حيّز النفاذ").click()
    expect(page.get_by_text("نافذ", exact=True).first).to_be_visible(timeout=60_000)
    expect(page.get_by_text("قرار المجلس 12 لعام 2026")).to_be_visible()
    with visits.served.office.context.database.reading() as session:
        assert find_plot(session, zone="FZ-1", number="N1")


def test_a_file_is_discarded_and_another_refused(visits: Visitors, tmp_path: Path) -> None:
    page = visits.of("admin")
    page.get_by_role("link", name="طبقات الأرض").click()
    write_zone(spoilt(), tmp_path / "zone.gpkg")
    hand_in(page, tmp_path / "zone.gpkg")
    expect(page.get_by_text("ينتظر قراراً", exact=True).first).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="العيوب", exact=True).click()
    page.get_by_role("button", name="يتداخل المقسمان").first.click()
    expect(page.locator("[data-marked]:not([data-marked='0'])")).to_be_visible()
    whole(page, "land-overlap")
    page.get_by_label("سبب القرار").fill("فيه تداخل")
    page.get_by_role("button", name="اصرف النظر عنه").click()
    expect(page.get_by_text("صُرف النظر عنه", exact=True).first).to_be_visible(timeout=30_000)
    (tmp_path / "no.gpkg").write_bytes(b"x")
    hand_in(page, tmp_path / "no.gpkg")
    expect(page.get_by_text("مرفوض", exact=True)).to_be_visible(timeout=60_000)


def test_a_reviewer_has_no_such_page(visits: Visitors) -> None:
    page = visits.of("reviewer")
    expect(page.get_by_role("link", name="طبقات الأرض")).to_have_count(0)
    page.goto(f"{visits.served.address}/desk/land")
    expect(page.locator("input[type=file]")).to_have_count(0)
