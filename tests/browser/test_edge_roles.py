"""A reviewer corrects the role of an edge at the desk, in Arabic in Chromium, and has the case reviewed again."""

import re

import pytest
from playwright.sync_api import expect

from permits.cases import reviews
from tests.browser.conftest import Served, Visitors, picture
from tests.browser.test_case import MODELS, open_case, stamp, upload

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def reviewed(served: Served, case_id: str) -> list[bool]:
    with served.office.context.database.reading() as session:
        content = reviews.report(session, storage=served.office.context.storage, case_id=case_id)
    return [edge["corrected"] for edge in content["plot"]["edges"]]


def test_a_rear_becomes_a_front_and_the_case_is_reviewed_again(visits: Visitors, served: Served) -> None:
    engineer = visits.of("engineer")
    case_id = open_case(engineer, served.address, "103", "حد على شارع مستقبلي")
    upload(engineer, MODELS / "complies.ifc")
    engineer.get_by_role("button", name="إرسال إلى نقابة المهندسين").click()
    stamp(served, case_id)
    assert reviewed(served, case_id) == [False] * 4

    desk = visits.of("reviewer")
    desk.goto(f"{served.address}/desk/case?id={case_id}")
    desk.get_by_role("button", name="ملف الإضبارة وسجلّها").click()
    table = desk.locator("table", has_text="الصفة").filter(has_text="الطول")
    expect(table).to_contain_text("خلفية", timeout=30_000)
    first = table.locator("tbody tr", has_text="خلفية").locator("td").first
    expect(first).to_have_text(re.compile(r"[0-9]"))
    rear = first.inner_text()
    desk.get_by_label("الحدّ", exact=True).select_option(rear.strip())
    desk.get_by_label("الصفة الجديدة").select_option("أمامية")
    desk.get_by_role("button", name="تصحيح الصفة").click()
    expect(desk.locator("body")).to_contain_text("اكتب السبب", timeout=15_000)
    form = desk.locator(".bk-panel-models-layout-Column", has=desk.get_by_label("الصفة الجديدة")).last
    form.get_by_label("السبب").last.fill("شارع في المخطط المصدق")
    desk.get_by_role("button", name="تصحيح الصفة").click()
    expect(table).to_contain_text("مصححة", timeout=15_000)
    expect(desk.locator("body")).to_contain_text("شارع في المخطط المصدق")
    expect(desk.locator("body")).to_contain_text("م. سامر المدقق")
    expect(desk.locator("body")).to_contain_text("لا يُبتّ في الإضبارة قبل إعادته")
    expect(desk.get_by_role("button", name="اقتراح الموافقة")).to_be_disabled()
    desk.wait_for_timeout(1_500)  # the map draws itself
    desk.get_by_role("button", name="تصحيح الصفة").scroll_into_view_if_needed()
    picture(desk, "edge-roles")
    desk.get_by_role("button", name="إعادة التدقيق").click()
    expect(desk.locator("body")).to_contain_text("يجري التدقيق الآلي من جديد", timeout=15_000)

    page = visits.of("engineer")
    page.goto(f"{served.address}/cases/{case_id}")
    expect(page.locator("ul.counts")).to_be_visible(timeout=120_000)
    assert reviewed(served, case_id).count(True) == 1
    page.goto(f"{served.address}/cases/{case_id}/report")
    expect(page.locator("body")).to_contain_text("صحّح المكتب صفة الحدّ")
    expect(page.locator("svg").first).to_contain_text("مصححة")
    picture(page, "edge-roles-report")
