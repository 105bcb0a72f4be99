"""An extract in Chromium, in Arabic: ordered on the portal, handed over at the registrar's desk, an act entered."""

from fractions import Fraction

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from permits.calendar import today
from permits.cash.desks import add_centre
from permits.cash.tables import Centre
from permits.extracts.tables import ExtractOrder
from permits.people.actor import SYSTEM, Role
from permits.register.accounts import link_account
from permits.register.acts import Act
from permits.register.dealings import transfer
from permits.register.parties import Identity, IdentityKind, identify
from permits.register.sheets import owners, sheet_of_plot
from permits.register.tables import Sheet
from tests.browser.conftest import Served, Visitors, fits, picture
from tests.extracts.counter import BUYER, OWNER, pay
from tests.register.offices import deed, people

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PLOT = "104"


@pytest.fixture(scope="module")
def sheet(served: Served) -> Sheet:
    """The sheet of a plot with two owners, one of them known as the engineer's account, and a centre."""
    with served.office.context.database.transaction() as session:
        registrar, engineer = (served.office.actor(session, role) for role in (Role.REGISTRAR, Role.ENGINEER))
        parties = people(session, OWNER, BUYER)
        for number, party in zip(("01020304051", "01020304062"), parties.values(), strict=True):
            identity = Identity(IdentityKind.NATIONAL_NUMBER, number)
            identify(session, actor=registrar, party_id=party, identity=identity)
        made = sheet_of_plot(session, zone="FZ-1", plot=PLOT)
        taken = {owner.party: owner.share for owner in owners(session, sheet=made)}
        given = {parties[OWNER]: Fraction(6, 7), parties[BUYER]: Fraction(1, 7)}
        transfer(session, deed=deed("1"), act=Act.JUDGMENT, sheet_id=made.id, taken=taken, given=given)
        link_account(session, actor=registrar, user_id=engineer.id, party_id=parties[OWNER], identity="هوية 0102")
        if session.get(Centre, "MZ") is None:
            add_centre(session, actor=SYSTEM, code="MZ", name_ar="مركز المزة", name_en="Mazzeh centre")
        return made


def test_an_extract_is_ordered_paid_and_collected(visits: Visitors, served: Served, sheet: Sheet) -> None:
    context = served.office.context
    page = visits.of("engineer")
    page.get_by_role("link", name="بيان قيد عقاري").click()
    page.get_by_role("link", name="طلب جديد").click()
    page.select_option("#zone", "FZ-1")
    page.fill("#plot", PLOT)
    page.fill("#applicant", OWNER)
    page.select_option("#channel", "centre")
    page.get_by_role("button", name="كم الرسم؟").click()
    expect(page.locator("#quote")).to_contain_text("٥٫٠٠")
    picture(page, "extract-quote")
    page.get_by_role("button", name="تقديم الطلب").click()
    expect(page.locator("main")).to_contain_text("بانتظار الدفع")
    picture(page, "extract-awaiting")
    number = page.locator("main td bdi").first.inner_text()
    code = page.locator("#tracking-code").inner_text()
    with context.database.reading() as session:
        order = session.scalars(select(ExtractOrder).where(ExtractOrder.number == number)).one()
    assert order.sheet_id == sheet.id
    assert pay(context, order).code == "accepted"
    expect(page.locator("main")).to_be_visible()
    for _ in range(60):  # the server's own worker prepares it
        page.reload()
        if "جاهز" in page.locator("main .state").first.inner_text():
            break
        page.wait_for_timeout(500)
    desk = visits.of("registrar")
    desk.get_by_role("link", name="مكتب أمين السجل").click()
    expect(desk.get_by_role("cell", name=number).first).to_be_visible(timeout=30_000)
    picture(desk, "registry-orders")
    desk.get_by_role("button", name="وصل إلى المركز").click()
    expect(desk.get_by_role("button", name="تسليم إلى صاحبه")).to_be_visible()
    desk.get_by_role("button", name="تسليم إلى صاحبه").click()
    expect(desk.get_by_text("ووثيقة الهوية التي اطّلعت عليها")).to_be_visible()
    desk.get_by_label("اسم المستلم").fill(OWNER)
    desk.get_by_label("وثيقة هوية المستلم").fill("هوية 0102")
    picture(desk, "registry-collect")
    desk.get_by_role("button", name="تسليم إلى صاحبه").click()
    expect(desk.get_by_text(number)).to_have_count(0)
    phone = visits.of("engineer", width=390)
    phone.goto(f"{served.address}/extracts/track")
    phone.fill("#number", number)
    phone.fill("#code", code)
    phone.get_by_role("button", name="متابعة").click()
    expect(phone.locator("main")).to_contain_text("سُلّم البيان في المركز")
    fits(phone)
    picture(phone, "extract-track")


@pytest.mark.usefixtures("sheet")
def test_a_registrar_finds_a_sheet_and_enters_a_sale(visits: Visitors, served: Served) -> None:
    desk = visits.of("registrar")
    desk.goto(f"{served.address}/desk/register")
    desk.get_by_role("button", name="الصحائف والمعاملات").click(timeout=30_000)
    desk.get_by_label("رقم العقار والمنطقة، أو اسم المالك").fill("ليلي بنت سامى")
    desk.get_by_label("البحث").select_option(label="باسم المالك")
    desk.get_by_role("button", name="بحث", exact=True).click()
    expect(desk.get_by_text("01020304051")).to_be_visible(timeout=20_000)
    picture(desk, "registry-sheet")
    desk.get_by_text("قيد معاملة على هذه الصحيفة").click()
    for label, text in (
        ("الحصة المبيعة", "٣٠٠"), ("الرقم الوطني للمشتري", "05060708091"), ("اسم المشتري", "نور بنت علي المثال"),
        ("رقم الوثيقة", "120/2026"), ("تاريخ الوثيقة", today().isoformat()), ("السبب", "عقد بيع مصدّق"),
    ):  # fmt: skip
        desk.get_by_label(label).fill(text)
    desk.get_by_role("button", name="معاينة").click()
    expect(desk.get_by_text("ما سيتغيّر")).to_be_visible()
    expect(desk.get_by_text("نور بنت علي المثال")).to_be_visible()
    picture(desk, "registry-preview")
    desk.get_by_role("button", name="قيد في دفتر اليومية").click()
    expect(desk.get_by_text("قُيّدت المعاملة برقم")).to_be_visible()
    desk.get_by_role("button", name="دفتر اليوم", exact=True).click()
    expect(desk.get_by_text("عقد بيع مصدّق")).to_be_visible()
    picture(desk, "registry-journal")
    desk.get_by_role("button", name="اتساق السجل").click()
    desk.get_by_role("button", name="افحص السجل كله").click()
    expect(desk.get_by_text("السجل متسق")).to_be_visible()
    picture(desk, "registry-check")
