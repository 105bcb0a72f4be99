"""The guide's editor at the desk, in Arabic: a clause is found, changed, compared, published and withdrawn."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from permits.calendar import today
from tests.browser.conftest import Visitors, picture

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_clause_is_changed_tried_published_and_withdrawn(visits: Visitors) -> None:
    page = visits.of("admin")
    page.goto(f"{visits.served.address}/desk/guide")
    expect(page.get_by_text("BIM-110").first).to_be_visible(timeout=30_000)
    page.get_by_label("بحث في البنود").fill("تاريخ إنشاء")
    page.keyboard.press("Enter")
    expect(page.get_by_text("BIM-110")).to_have_count(0)
    page.get_by_role("button", name="ابدأ مسودة").click()
    clause = page.get_by_label("البند", exact=True)
    expect(clause).to_be_visible(timeout=20_000)
    clause.select_option(label="BIM-103 تاريخ إنشاء الملف")
    expect(page.get_by_label("معاملات التحقق")).to_have_value("earliest: 2000")
    page.get_by_label("معاملات التحقق").fill("earliest: قريباً")
    page.get_by_role("button", name="احفظ البند").click()
    expect(page.locator(".alert-danger").first).to_contain_text("ليست من النوع المطلوب", timeout=20_000)
    page.get_by_label("معاملات التحقق").fill("earliest: 2015")
    page.get_by_role("button", name="احفظ البند").click()
    expect(page.locator("ins")).to_contain_text("2015", timeout=20_000)
    page.get_by_role("button", name="جرّب على النماذج").click()
    expect(page.get_by_text("تمت", exact=True)).to_be_visible(timeout=120_000)
    picture(page, "guide")
    page.get_by_label("معرّف الدليل").fill("office-2027")
    page.get_by_label("الإصدار").fill("1")
    page.get_by_label("سارٍ من").fill((today() + timedelta(days=30)).isoformat())
    page.get_by_role("button", name="انشر المسودة").last.click()
    expect(page.get_by_role("button", name="ابدأ مسودة")).to_be_visible(timeout=20_000)
    expect(page.locator("bdi", has_text="office-2027")).to_be_visible()
    page.get_by_role("button", name="سحب دليل قبل موعده").first.click()
    page.get_by_label("سبب السحب").fill("خطأ في المعامل")
    page.get_by_role("button", name="سحب دليل قبل موعده").last.click()
    expect(page.get_by_text("سُحب قبل موعده:")).to_be_visible(timeout=20_000)
    picture(page, "guide-withdrawn")


def test_a_planner_reads_and_a_reviewer_does_not(visits: Visitors) -> None:
    page = visits.of("planner")
    page.goto(f"{visits.served.address}/desk/guide")
    expect(page.get_by_text("BIM-110").first).to_be_visible(timeout=30_000)
    expect(page.get_by_role("button", name="ابدأ مسودة")).to_have_count(0)
    assert page.request.get(f"{visits.served.address}/guides/in-force.xlsx").status == 200
    other = visits.of("reviewer")
    other.goto(f"{visits.served.address}/desk/guide")
    expect(other.get_by_text("BIM-110")).to_have_count(0)
    assert other.request.get(f"{visits.served.address}/guides/in-force.xlsx").status == 403
