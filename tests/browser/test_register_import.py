"""The import at the registrar's desk in Chromium: a share corrected, an owner joined, a sheet entered, one rejected."""

from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from permits.people.actor import SYSTEM
from permits.register.importing.profile import profile_of
from permits.register.importing.queue import take_in
from permits.register.tables import Sheet
from tests.browser.conftest import Served, Visitors, picture
from tests.register.offices import people

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TABLE = """المنطقة,رقم العقار,النوع الشرعي,المساحة,المالك,الرقم الوطني,عدد الأسهم
المزة,٩٩٠١,ملك,612.4,ليلى بنت سامي,01020304081,كامل
المزة,9902,ملك,500,كريم بن نادر المثال,,١٢٠٠
,,,,رنا بنت نادر المثال,01020304082,1100
المزة,9903,ملك,400,هالة,01020304083,1/3
"""


def test_a_registrar_works_the_queue(visits: Visitors, served: Served, tmp_path: Path) -> None:
    (tmp_path / "صحائف المزة.csv").write_text(TABLE, encoding="utf-8")
    context = served.office.context
    with context.database.transaction() as session:
        people(session, "كريم بن نادر المثال")
        take_in(session, actor=SYSTEM, path=tmp_path / "صحائف المزة.csv", profile=profile_of("cadastre"))
    desk = visits.of("registrar")
    desk.goto(f"{served.address}/desk/register")
    desk.get_by_role("button", name="الاستيراد").click(timeout=30_000)
    expect(desk.get_by_text("مرفوضة:")).to_be_visible(timeout=20_000)
    desk.get_by_role("button", name="قيد كل الجاهزة").click()
    expect(desk.get_by_text("قُيّد ما كان جاهزاً.")).to_be_visible(timeout=20_000)
    expect(desk.get_by_text("مجموع الحصص")).to_be_visible()
    picture(desk, "import-refused")
    desk.get_by_label("السطر", exact=True).select_option(label="3")
    desk.get_by_label("العمود").select_option(label="الحصة")
    desk.get_by_label("القيمة الصحيحة").fill("١٢٠٠")
    desk.get_by_label("السبب").fill("محضر التحديد والتحرير")
    desk.get_by_role("button", name="تصحيح القيمة").click()
    expect(desk.get_by_text("أهو نفسه؟")).to_be_visible(timeout=20_000)
    picture(desk, "import-asks")
    desk.get_by_label("من المالك؟").select_option(index=1)
    desk.get_by_role("button", name="تثبيت المالك").click()
    desk.get_by_role("button", name="قيد الصحيفة").click(timeout=20_000)
    expect(desk.get_by_text("قُيّد ما كان جاهزاً.")).to_be_visible(timeout=20_000)
    expect(desk.get_by_text("1/3", exact=True)).to_be_visible()
    desk.get_by_label("السبب").fill("لا يُعرف باقي المالكين")
    desk.get_by_role("button", name="رد الصحيفة").click()
    expect(desk.get_by_text("رُدت الصحيفة.")).to_be_visible(timeout=20_000)
    picture(desk, "import-done")
    with context.database.reading() as session:
        entered = session.scalars(select(Sheet.parcel).where(Sheet.parcel.startswith("99")).order_by(Sheet.parcel))
        assert list(entered) == ["9901", "9902"]
