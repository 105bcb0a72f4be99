"""The planner at his desk, in Arabic: plots by how they stand, a plot's papers, and the shadow of an hour."""

import re

import pytest
from playwright.sync_api import Page, expect

from permits.cases.cases import open_case
from permits.cases.workflow import State
from permits.people.actor import Role
from tests.browser.conftest import Served, Visitors, picture

pytestmark = [pytest.mark.browser, pytest.mark.slow]
READY = "[data-ready=true]"


@pytest.fixture(scope="module", autouse=True)
def under_way(served: Served) -> str:
    """A case in review on plot 105; its number."""
    with served.office.context.database.transaction() as session:
        engineer = served.office.actor(session, Role.ENGINEER)
        case = open_case(session, actor=engineer, office="DM-01", zone="FZ-1", plot="105", title="دار الكروم")
        case.state = str(State.IN_REVIEW)
        return case.number


def planner(visits: Visitors) -> Page:
    page = visits.of("planner")
    expect(page).to_have_url(re.compile("/desk/planner"))
    expect(page.locator(READY)).to_be_visible(timeout=30_000)
    return page


def test_a_plot_is_asked_for_and_everything_about_it_is_told(visits: Visitors, under_way: str) -> None:
    page = planner(visits)
    expect(page.get_by_text("إضبارة قيد العمل:")).to_be_visible()
    page.get_by_label("رقم المقسم").fill("105")
    page.get_by_role("button", name="اعرض المقسم").click()
    expect(page.get_by_text(under_way)).to_be_visible(timeout=20_000)
    expect(page.get_by_text("النافذ", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="صحيفته العقارية")).to_be_visible()
    page.get_by_label("اليوم").fill("2026-12-21")
    page.get_by_label("الساعة").select_option("10:00")
    page.get_by_role("button", name="احسب الظل").click()
    expect(page.get_by_text("ارتفاع الشمس")).to_be_visible(timeout=20_000)
    picture(page, "planner")
    page.get_by_label("الساعة").select_option("04:30")
    page.get_by_role("button", name="احسب الظل").click()
    expect(page.get_by_text("الشمس تحت الأفق")).to_be_visible(timeout=20_000)


def test_a_click_on_the_map_chooses_and_a_wrong_number_is_told(visits: Visitors) -> None:
    page = planner(visits)
    page.get_by_label("أبرز على الخريطة").select_option(label="إضبارة قيد العمل")
    box = page.locator(".maplibregl-canvas").bounding_box()
    assert box
    for right in (0.5, 0.4, 0.6, 0.3):  # a street may lie under one of them
        page.mouse.click(box["x"] + box["width"] * right, box["y"] + box["height"] * 0.45)
        page.wait_for_timeout(1500)
        if page.get_by_role("heading", name="مناهج الوجائب", exact=True).count():
            break
    expect(page.get_by_role("heading", name="مناهج الوجائب", exact=True)).to_be_visible(timeout=20_000)
    picture(page, "planner-filtered")
    page.get_by_label("رقم المقسم").fill("لا يوجد")
    page.get_by_role("button", name="اعرض المقسم").click()
    expect(page.locator(".alert-danger")).to_be_visible(timeout=20_000)


def test_a_cashier_has_no_such_page(visits: Visitors) -> None:
    page = visits.of("cashier")
    page.goto(f"{visits.served.address}/desk/planner")
    expect(page.get_by_label("رقم المقسم")).to_have_count(0)
    expect(page.locator("h1")).to_contain_text("صلاحية")
