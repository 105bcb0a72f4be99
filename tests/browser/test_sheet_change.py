"""A planning sheet is changed by two people in Chromium: proposed, not confirmed by the same, refused, and in force."""

import os
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from api.context import open_context
from api.demo.office import PASSWORD, set_up
from api.demo.processes import free_port, running
from gis.planning import sheet_in_force
from gis.site import EdgeRole
from permits.calendar import today
from permits.people.accounts import create_user
from permits.people.actor import SYSTEM, Role
from permits.planning.sheets import sheets_of_plot
from permits.settings import Settings
from tests.browser.conftest import Served, Visitors, fits

pytestmark = [pytest.mark.browser, pytest.mark.slow]
READY, ANOTHER, PLOT = "[data-ready=true]", "planner2", "106"


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An office of its own, with two planners: its sheets change."""
    folder = tmp_path_factory.mktemp("sheets")
    port = free_port(0)
    settings = Settings(data_dir=folder, base_url=f"http://127.0.0.1:{port}")
    office = set_up(open_context(settings))
    with office.context.database.transaction() as session:
        create_user(
            session, actor=SYSTEM, login=ANOTHER, password=PASSWORD, roles=[Role.PLANNER], name_ar="م. سليم",
            name_en="Salim",
        )  # fmt: skip
    ready = f"{settings.base_url}/livez"
    with running(["serve", "--port", str(port)], ready=ready, log=folder / "log", settings=settings):
        yield Served(settings.base_url, office)


@pytest.fixture
def people(browser: Browser, fresh: Served) -> Iterator[Visitors]:
    visitors = Visitors(browser, fresh)
    yield visitors
    visitors.close()


def whole(page: Page, name: str) -> None:
    """Keep a picture of the whole page."""
    folder = os.environ.get("RUKHSA_PICTURES")
    if folder:
        page.wait_for_timeout(1200)
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def desk(visitors: Visitors, who: str, width: int = 1440) -> Page:
    page = visitors.of(who, width)
    expect(page).to_have_url(re.compile("/desk/planner"))
    expect(page.locator(READY)).to_be_visible(timeout=30_000)
    return page


def propose(page: Page, day: date, front: str) -> None:
    """Fill the form for the plot that is looked at, and send it."""
    if not page.get_by_label("أرقام المقاسم").is_visible():
        page.get_by_text("تعديل مناهج الوجائب", exact=True).click()
    expect(page.get_by_label("أرقام المقاسم")).to_have_value(PLOT)
    front_setback = page.get_by_label("الوجيبة الأمامية (م)", exact=True)
    expect(front_setback).to_have_attribute("placeholder", re.compile(r"\d"))  # what holds today
    expect(page.get_by_label("القبو", exact=True)).to_have_value("كما هو")  # a choice of words, as it is
    front_setback.fill(front)
    page.get_by_label("نافذ من", exact=True).fill(day.isoformat())
    page.get_by_label("السند القانوني", exact=True).fill("قرار تجريبي 7")
    page.get_by_label("المادة", exact=True).fill("3")
    whole(page, f"sheet-form-{page.viewport_size['width']}")  # type: ignore[index] - every page of ours has a size
    page.get_by_role("button", name="اقترح التعديل").click()


def test_a_sheet_changes_by_two_people_and_from_a_day_on(people: Visitors) -> None:
    day = today() + timedelta(days=30)
    page = desk(people, "planner")
    page.get_by_label("رقم المقسم").fill(PLOT)
    page.get_by_role("button", name="اعرض المقسم").click()
    expect(page.get_by_text("النافذ", exact=True)).to_be_visible(timeout=20_000)
    expect(page.locator("[data-marked]:not([data-marked='0'])")).to_be_visible(timeout=20_000)
    page.get_by_label("الساعة").select_option("09:00")
    page.get_by_role("button", name="احسب الظل").click()
    expect(page.get_by_text("ارتفاع الشمس")).to_be_visible(timeout=20_000)
    whole(page, "sheet-plot")
    propose(page, day, "6.5")
    expect(page.get_by_text("ينتظر مهندساً آخر")).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="أدخله حيّز النفاذ").click()
    expect(page.locator(".alert-danger")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("ينتظر مهندساً آخر")).to_be_visible()
    whole(page, "sheet-own")

    other = desk(people, ANOTHER)
    expect(other.get_by_text("ينتظر مهندساً آخر")).to_be_visible(timeout=20_000)
    expect(other.get_by_label("الاقتراح").locator("option:checked")).to_contain_text(PLOT)
    other.get_by_role("button", name="ارفضه").click()
    expect(other.locator(".alert-danger")).to_be_visible(timeout=20_000)
    other.get_by_label("السبب أو الملاحظة").fill("وافق عليه المجلس")
    whole(other, "sheet-decide")
    other.get_by_role("button", name="أدخله حيّز النفاذ").click()
    expect(other.get_by_text("أُدخل في الطبقات")).to_be_visible(timeout=60_000)
    other.get_by_label("رقم المقسم").fill(PLOT)
    other.get_by_role("button", name="اعرض المقسم").click()
    expect(other.get_by_text("النافذ", exact=True)).to_be_visible(timeout=20_000)
    other.get_by_label("اليوم").fill(day.isoformat())
    other.get_by_role("button", name="احسب الظل").click()
    expect(other.locator("details[open]").get_by_text("6.500")).to_be_visible(timeout=20_000)
    whole(other, "sheet-in-force")
    office = people.served.office.context
    with office.database.reading() as session:
        sheets = sheets_of_plot(session, storage=office.storage, zone="FZ-1", plot=PLOT)
    before, after = (sheet_in_force(sheets, PLOT, on).setbacks[EdgeRole.FRONT] for on in (day - timedelta(days=1), day))
    assert (before, after) == (5.0, 6.5)


def test_a_proposal_is_refused_with_a_reason_and_the_form_fits_a_phone(people: Visitors) -> None:
    day = today() + timedelta(days=60)
    page = desk(people, "planner", 390)
    page.get_by_label("رقم المقسم").fill(PLOT)
    page.get_by_role("button", name="اعرض المقسم").click()
    expect(page.get_by_text("النافذ", exact=True)).to_be_visible(timeout=20_000)
    propose(page, day, "x")
    expect(page.locator(".alert-danger")).to_contain_text("ليست عدداً")
    page.get_by_label("الوجيبة الأمامية (م)", exact=True).fill("7")
    page.get_by_role("button", name="اقترح التعديل").click()
    expect(page.get_by_text("ينتظر مهندساً آخر")).to_be_visible(timeout=20_000)
    fits(page)
    whole(page, "sheet-phone")
    other = desk(people, ANOTHER)
    other.get_by_label("السبب أو الملاحظة").fill("لا سند له")
    other.get_by_role("button", name="ارفضه").click()
    expect(other.get_by_text("لا سند له")).to_be_visible(timeout=20_000)
    expect(other.get_by_text("مرفوض", exact=True)).to_be_visible()
