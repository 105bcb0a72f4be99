"""Desks of public property in Chromium: an occupancy assessed with its checks, its code checked on a phone, assets."""

import pytest
from playwright.sync_api import expect

from permits.people.actor import SYSTEM
from tests.assets.council import agreed, corners, listed, mapped, signed
from tests.browser.conftest import Served, Visitors, fits, picture
from tests.occupancy.street import applied, bill_of, licensed, spot, wish

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_an_occupancy_is_assessed_at_the_desk(visits: Visitors, served: Served) -> None:
    found = applied(served.office.context, wish(spot(65, 0.5)), SYSTEM)
    page = visits.of("reviewer")
    page.get_by_role("link", name="إشغال الأملاك العامة").click()
    expect(page.get_by_text("مقهى النموذج").first).to_be_visible(timeout=30_000)
    picture(page, "occupancies")
    page.get_by_role("link", name=found.number).click()
    expect(page.get_by_text("عرض المرور المتبقي للمشاة")).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="تكليف بالرسم").click()
    expect(page.get_by_text("اذكر سبب قبول ما لم يُبتّ")).to_be_visible()
    page.locator("textarea").fill("كُشف على الموقع ولا مدخل قريب")
    picture(page, "occupancy")
    page.get_by_role("button", name="تكليف بالرسم").click()
    expect(page.get_by_text("بانتظار الدفع", exact=True)).to_be_visible()
    expect(page.get_by_text(bill_of(served.office.context, found).reference)).to_be_visible()
    picture(page, "occupancy-billed")
    expect(page.get_by_role("button", name="رفض الطلب")).to_be_visible()


def test_a_clerk_enters_an_application(visits: Visitors, served: Served) -> None:
    page = visits.of("cashier")
    page.goto(f"{served.address}/desk/occupancies")
    page.get_by_text("طلب جديد").click()
    asked = wish(spot(120, 0.5), plot="105")
    for name, text in (
        ("صاحب العلاقة", "بسطة الاختبار"), ("أمام المقسم", "105"),
        ("من تاريخ (سنة-شهر-يوم)", asked.first_day.isoformat()),
        ("لغاية (سنة-شهر-يوم)", asked.last_day.isoformat()),
        ("شكل الإشغال: GeoJSON، أو زوايا بإحداثيات المنطقة", asked.shape),
    ):  # fmt: skip
        page.get_by_label(name).fill(text)
    picture(page, "occupancy-form")
    page.get_by_role("button", name="تقديم الطلب").click()
    expect(page.get_by_text("بسطة الاختبار")).to_be_visible(timeout=20_000)


def test_an_inspector_checks_a_licence_on_a_phone(visits: Visitors, served: Served) -> None:
    from permits.occupancy.licensing import licence_of

    found = licensed(served.office.context, wish(spot(95, 0.5), start=0, plot="104"))
    with served.office.context.database.reading() as session:
        licence = licence_of(session, occupancy_id=found.id)
    assert licence is not None
    page = visits.of("reviewer", width=390)
    page.goto(f"{served.address}/verify/{licence.token}")
    expect(page.locator("main")).to_contain_text("الوثيقة صحيحة وسارية")
    expect(page.locator("main")).to_contain_text("طاولات وكراسٍ")
    expect(page.locator("main svg")).to_be_visible()
    fits(page)
    picture(page, "verify-occupancy")


def test_the_inventory_is_filtered_and_mapped(visits: Visitors, served: Served) -> None:
    context = served.office.context
    for at in range(12):
        mapped(context, f"M-{at:02d}", left=at * 25.0)
    for at in range(8):
        listed(context, f"L-{at:02d}", domain="public")
    with context.database.reading() as session:
        from permits.assets.inventory import get_asset

        asset = get_asset(session, actor=SYSTEM, number="M-03")
    signed(context, asset, agreed(part=corners(75, 0, 10, 10)))
    page = visits.of("registrar")
    page.goto(f"{served.address}/desk/assets")
    expect(page.get_by_text("من أصل")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("L-03")).to_be_visible()
    expect(page.locator("[data-ready=true]")).to_be_visible(timeout=30_000)
    picture(page, "assets")
    page.locator("select").first.select_option(label="مرسوم على الخريطة")
    expect(page.get_by_text("L-03")).to_have_count(0)
    expect(page.get_by_text("M-03")).to_be_visible()
