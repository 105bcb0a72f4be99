"""The accountant's desk in Chromium: a broken day is explained and closed, held money is given to a bill."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, expect

from permits.calendar import today
from permits.db import utcnow
from permits.jobs import Context
from permits.money.bills import live_bills
from permits.money.payments import Notice, notify
from permits.money.reconciliation.importing import import_statement
from permits.money.reconciliation.statement import Movement, write_statement
from permits.money.settlement import import_settlement
from permits.money.tables import Bill
from permits.people.actor import SYSTEM, Actor, Role
from tests.browser.conftest import Served, Visitors, picture
from tests.money.test_settlement import write_file
from tests.occupancy.street import assessed, bill_of, spot, wish

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SWITCH = Actor("sandbox", "sandbox", frozenset({Role.BILLER}))
DAY = today() - timedelta(days=2)
NEXT = DAY + timedelta(days=1)


def told(context: Context, number: str, piastres: int, day: date, reference: str = "0000000000000000") -> None:
    notice = Notice(number, reference, piastres, utcnow(), day, "mobile")
    with context.database.transaction() as session:
        notify(session, actor=SWITCH, office="DM-01", notice=notice, payload=number.encode())


def two_days(context: Context, held: int) -> None:
    """One day with a payment that the file has otherwise, one whose file has not come, and the bank's statement."""
    for number, piastres, day in (("S-1001", 50_000, DAY), ("S-1002", 125_000, DAY), ("S-1003", 70_000, NEXT)):
        told(context, number, piastres, day)
    content = write_file([("S-1001", "r", 50_000), ("S-1002", "r", 124_900)], day=DAY, provider="sandbox")
    lines = [
        Movement("B-1", DAY, held, "حوالة رسوم بناء", "محمود المثال"), Movement("B-2", DAY, -2_500, "عمولة", ""),
        Movement("B-3", NEXT, 174_900, f"تسوية sandbox/{DAY}", "المحوّل"),
    ]  # fmt: skip
    with context.database.transaction() as session:
        import_settlement(session, actor=SYSTEM, content=content)
    with context.database.transaction() as session:
        import_statement(session, actor=SYSTEM, content=write_statement("CB-100", (DAY, NEXT), 1_000_000, lines))


def choose(field: Locator, *words: str) -> None:
    """The option that has all these words, whatever marks of direction stand between them."""
    every = field.locator("option").all_inner_texts()
    (wanted,) = [number for number, one in enumerate(every) if all(word in one for word in words)]
    field.select_option(index=wanted)


def test_an_accountant_explains_and_closes_a_day(visits: Visitors, served: Served) -> None:
    context = served.office.context
    bill = bill_of(context, assessed(context, wish(spot(40, 0.5), plot="102")))
    two_days(context, bill.piastres)
    page = visits.of("accountant")
    page.get_by_role("link", name="المطابقة وإقفال الأيام").click()
    expect(page.get_by_text("بانتظار الملف").first).to_be_visible(timeout=30_000)
    choose(page.get_by_label("الطرف واليوم"), "sandbox", str(DAY))
    expect(page.get_by_text("المبلغ مختلف في ملف المزود").first).to_be_visible()
    picture(page, "accounts")
    page.get_by_role("button", name="تفسير الفرق").click()
    expect(page.get_by_text("اكتب السبب").first).to_be_visible()
    page.get_by_label("البيان (كتاب، اتصال، مستند)").fill("كتاب المحوّل رقم ٤٥")
    page.get_by_role("button", name="تفسير الفرق").click()
    expect(page.get_by_text("كتاب المحوّل رقم ٤٥").first).to_be_visible()
    past = page.locator("details").filter(has_text="المبلغ مختلف في ملف")
    past.locator("summary").click()
    expect(past).to_contain_text("فُسّر")
    expect(past).to_contain_text("وليد المحاسب")
    past.scroll_into_view_if_needed()
    picture(page, "accounts-history")
    picture(page, "accounts-explained")
    page.get_by_role("button", name="إقفال اليوم نهائياً").click()
    expect(page.get_by_text(re.compile("أقفله .*وليد المحاسب"))).to_be_visible()
    picture(page, "accounts-closed")
    page.get_by_label("رقم الفاتورة", exact=True).fill(bill.reference)
    choose(page.get_by_label("المبلغ", exact=True), "CB-100")
    page.get_by_role("button", name="تخصيص للفاتورة").click()
    expect(page.get_by_text("حوالة رسوم بناء")).to_have_count(0)
    choose(page.get_by_label("الطرف واليوم"), "CB-100", str(DAY))
    expect(page.get_by_role("row").filter(has_text="B-1").get_by_text("منتهٍ")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="B-2").get_by_text("غير مفسّر")).to_be_visible()
    picture(page, "accounts-bank")


def test_nobody_else_reads_the_accounts(visits: Visitors, served: Served) -> None:
    page = visits.of("reviewer")
    expect(page.get_by_role("link", name="المطابقة وإقفال الأيام")).to_have_count(0)
    page.goto(f"{served.address}/desk/accounts")
    expect(page.get_by_text("ليس لحسابك صلاحية هذا العمل").first).to_be_visible(timeout=30_000)


def test_instalments_are_shown_before_they_are_agreed_to(visits: Visitors, served: Served) -> None:
    context = served.office.context
    bill = bill_of(context, assessed(context, wish(spot(65, 0.5), plot="103", start=60)))
    page = visits.of("accountant", width=1440)
    page.goto(f"{served.address}/desk/accounts")
    number = page.locator(".keep-agreeing-bill input")
    expect(number).to_be_visible(timeout=30_000)
    agree = page.get_by_role("button", name="أوافق على هذه الأقساط")
    expect(agree).to_be_hidden()
    number.fill(bill.reference)
    number.press("Tab")
    page.get_by_label("عدد الأقساط").fill("9")
    page.get_by_label("عدد الأقساط").press("Tab")
    show = page.get_by_role("button", name="اعرض خطة الأقساط")
    show.click()
    expect(page.get_by_text("الأقساط اثنان على الأقل و").first).to_be_visible(timeout=15_000)
    page.get_by_label("عدد الأقساط").fill("3")
    page.get_by_label("عدد الأقساط").press("Tab")
    show.click()
    expect(page.get_by_text("خطة الأقساط", exact=True).first).to_be_visible(timeout=15_000)
    agree.scroll_into_view_if_needed()
    picture(page, "agreeing-plan")
    page.set_viewport_size({"width": 390, "height": 844})
    number.scroll_into_view_if_needed()
    picture(page, "agreeing-plan-phone")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_label("عدد الأقساط").fill("4")
    page.get_by_label("عدد الأقساط").press("Tab")
    expect(agree).to_be_hidden(timeout=15_000)  # nobody agrees to another plan than the one he sees
    show.click()
    agree.click()
    expect(page.get_by_text("الأقساط وفواتير هذه المعاملة").first).to_be_visible(timeout=15_000)
    expect(agree).to_be_hidden()
    page.get_by_text("الأقساط وفواتير هذه المعاملة").first.scroll_into_view_if_needed()
    picture(page, "agreed")
    with context.database.reading() as session:
        assert len(live_bills(session, demand=session.get_one(Bill, bill.id).demand)) == 4
