"""The cashier's desk in Chromium: a shift, a bill found and paid with its receipt, the count, refunds, waivers."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from permits.assets import rents
from permits.assets.tables import AssetContract
from permits.calendar import today
from permits.cash import office
from permits.db import utcnow
from permits.jobs import Context
from permits.money.bills import bills_of, live_bills
from permits.money.payments import Notice, notify
from permits.money.tables import Bill
from permits.people.actor import Role
from tests.assets.council import agreed, listed, signed
from tests.browser.conftest import Served, Visitors, hand_over, picture
from tests.browser.test_accounts import SWITCH
from tests.money.collecting import credit_of, paid_back, pay
from tests.money.test_reversals import take_back

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def arabic(text: str) -> str:
    return text.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))


def state(context: Context, bill: Bill) -> str:
    with context.database.reading() as session:
        return session.get_one(Bill, bill.id).state


def live(context: Context, bill: Bill) -> list[Bill]:
    """The bills by which the demand of one is to be paid now."""
    with context.database.reading() as session:
        return list(live_bills(session, demand=session.get_one(Bill, bill.id).demand))


def rent(context: Context, number: str) -> Bill:
    """The first rent of a contract that runs since twenty days."""
    first = today() - timedelta(days=20)
    contract = signed(context, listed(context, number), agreed(first, first + timedelta(days=400)))
    rents.run_demanding(context, day=(first + timedelta(days=365)).isoformat())
    with context.database.reading() as session:
        return bills_of(session, kind=rents.KIND, subject_id=contract.id)[1]


def test_a_cashier_takes_money_for_a_bill(visits: Visitors, served: Served) -> None:
    context = served.office.context
    bill = rent(context, "A-76")
    page = visits.of("cashier")
    page.get_by_role("link", name="صندوق المكتب").click()
    expect(page.get_by_text("لا وردية مفتوحة").first).to_be_visible(timeout=30_000)
    page.get_by_label("١٠٠", exact=True).fill("3")
    page.get_by_label("١٠٠", exact=True).press("Tab")
    expect(page.get_by_text(re.compile("المعدود.*٣٠٠"))).to_be_visible()
    picture(page, "cash-open")
    page.get_by_role("button", name="افتح الوردية").click()
    expect(page.get_by_text("مفتوحة لأمين الصندوق").first).to_be_visible()
    search = page.get_by_label(re.compile("رقم الفاتورة أو الإضبارة"))
    search.fill(arabic(bill.reference))
    search.press("Enter")
    expect(page.get_by_text("بانتظار الدفع").first).to_be_visible()
    picture(page, "cash-bill")
    page.get_by_role("button", name="قبض وإصدار الإيصال").click()
    expect(page.get_by_text("DM-01-C001-000001").first).to_be_visible()
    expect(page.locator("svg.segno").first).to_be_visible()
    picture(page, "cash-slip")
    expect(page.get_by_role("button", name="قبض وإصدار الإيصال")).to_have_count(0)
    search.fill(bill.reference)
    search.press("Enter")
    expect(page.get_by_text("قُبض منها في ورديتك المفتوحة")).to_be_visible()
    expect(page.get_by_role("button", name="قبض وإصدار الإيصال")).to_have_count(0)
    picture(page, "cash-taken")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="طباعة الإيصال").click()
    expect(opened.value.get_by_text("DM-01-C001-000001")).to_be_visible()
    picture(opened.value, "cash-printed")
    opened.value.close()
    with context.database.reading() as session:
        rana = served.office.actor(session, Role.CASHIER)
    shift = office.drawer(context, rana)[1].shift
    assert shift is not None
    assert state(context, bill) == "issued"
    fives = shift.expected // 500
    page.get_by_label("٥", exact=True).fill(str(fives))
    page.get_by_label("٥", exact=True).press("Tab")
    page.get_by_role("button", name="أغلق الوردية").click()
    expect(page.get_by_text("أُغلقت الوردية وقُيّدت").first).to_be_visible()
    assert state(context, bill) == "paid"
    page.get_by_label("رقم قسيمة الإيداع").fill("S-77")
    picture(page, "cash-closed")
    page.get_by_role("button", name="سجّل الإيداع").click()
    expect(page.get_by_label("رقم قسيمة الإيداع")).to_have_count(0)
    page.get_by_role("button", name="صناديق المراكز").click()
    expect(page.get_by_role("row").filter(has_text="C001").get_by_text("متوافقة")).to_be_visible()
    picture(page, "cash-centres")


def test_held_money_is_paid_back_by_two_people(visits: Visitors, served: Served) -> None:
    context = served.office.context
    notice = Notice("R-7", "0000000000000000", 70_000, utcnow(), today() - timedelta(days=9), "mobile")
    with context.database.transaction() as session:
        notify(session, actor=SWITCH, office="DM-01", notice=notice, payload=b"R-7")
    page = visits.of("cashier")
    page.goto(f"{served.address}/desk/cash")
    page.get_by_role("button", name="أموال معلّقة وردّ").click()
    page.get_by_label("يُردّ إلى").fill("سمر المثال، المصرف العقاري ١٢٣")
    page.get_by_label("السبب", exact=True).fill("لا فاتورة بهذا الرقم")
    page.get_by_role("button", name="طلب الردّ").click()
    expect(page.get_by_text("بانتظار الاعتماد").first).to_be_visible()
    page.get_by_role("button", name="أوافق").click()
    expect(page.get_by_text("من طلب لا يعتمد طلبه ولا يرفضه").first).to_be_visible()
    picture(page, "cash-refund")
    other = visits.of("approver")
    other.goto(f"{served.address}/desk/cash")
    other.get_by_role("button", name="أموال معلّقة وردّ").click()
    other.get_by_role("button", name="أوافق").click()
    expect(other.get_by_text("معتمد بانتظار التحويل").first).to_be_visible()
    page.goto(f"{served.address}/desk/cash")
    page.get_by_role("button", name="أموال معلّقة وردّ").click()
    page.get_by_label("رقم الحوالة").scroll_into_view_if_needed()
    picture(page, "cash-refund-approved")
    page.get_by_label("رقم الحوالة").fill("T-100")
    page.get_by_role("button", name="حُوّل المبلغ").click()
    expect(page.get_by_text("T-100").first).to_be_visible()
    picture(page, "cash-refund-paid")


def test_by_keys_alone(visits: Visitors, served: Served) -> None:
    context = served.office.context
    bill = rent(context, "A-79")
    with context.database.reading() as session:
        rana = served.office.actor(session, Role.CASHIER)
    if office.drawer(context, rana)[1].shift is None:
        office.open_shift(context, rana, notes={})
    page = visits.of("cashier")
    page.add_init_script("window.print = () => { top.printed = (top.printed ?? 0) + 1; }")
    page.goto(f"{served.address}/desk/cash")
    search = page.get_by_label(re.compile("رقم الفاتورة أو الإضبارة"))
    expect(search).to_be_focused(timeout=30_000)
    page.keyboard.type(bill.reference)  # a scanner types it, and Enter after it
    page.keyboard.press("Enter")
    expect(page.get_by_label("المبلغ المراد دفعه")).to_be_focused(timeout=15_000)
    picture(page, "cash-keys")
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile("DM-01-C001-0000")).first).to_be_visible(timeout=15_000)
    expect(search).to_be_focused()
    expect(search).to_have_value("")
    page.wait_for_function("window.printed === 1")
    picture(page, "cash-keys-done")


def test_arrears_and_a_waiver(visits: Visitors, served: Served, tmp_path: Path) -> None:
    context = served.office.context
    bill = rent(context, "A-77")
    with context.database.transaction() as session:
        session.get_one(Bill, bill.id).due_on = (today() - timedelta(days=30)).isoformat()
        contract = session.get_one(AssetContract, bill.demand.subject_id)
    page = visits.of("approver")
    page.goto(f"{served.address}/desk/cash")
    page.get_by_label(re.compile("رقم الفاتورة أو الإضبارة")).fill(arabic(contract.number).lower())
    page.get_by_label(re.compile("رقم الفاتورة أو الإضبارة")).press("Enter")
    expect(page.get_by_text("الأقساط وفواتير هذه المعاملة").first).to_be_visible(timeout=30_000)
    picture(page, "cash-contract")
    page.get_by_role("button", name="المتأخرات").click()
    expect(page.get_by_role("row").filter(has_text=bill.reference)).to_contain_text("30")
    picture(page, "cash-arrears")
    paper = tmp_path / "decision.pdf"
    paper.write_bytes(b"%PDF-1.7 a decision")
    page.get_by_role("button", name="الإعفاء", exact=True).click()
    page.get_by_label("رقم الفاتورة أو الإضبارة أو العقد").fill(bill.reference)
    page.get_by_label("السند القانوني").fill("قرار المجلس ٤ (مثال)")
    hand_over(page, paper)
    page.get_by_role("button", name="اطلب الإعفاء").click()
    expect(page.get_by_text("قرار المجلس ٤ (مثال)").first).to_be_visible()
    picture(page, "cash-waiver")
    assert state(context, bill) == "issued"


def test_what_is_left_is_paid_in_instalments_or_by_several(visits: Visitors, served: Served) -> None:
    context = served.office.context
    bill = rent(context, "A-88")
    page = visits.of("cashier")
    page.goto(f"{served.address}/desk/cash")
    page.get_by_role("button", name="التقسيط وتعدد الدافعين").click()
    page.get_by_label("رقم الفاتورة أو الإضبارة أو العقد").fill(bill.reference)
    page.get_by_label("استحقاق القسط الأول").fill((today() + timedelta(days=5)).isoformat())
    page.get_by_role("button", name="قسّط الباقي").click()
    last = (today() + timedelta(days=65)).isoformat()
    expect(page.get_by_role("row").filter(has_text=last)).to_be_visible(timeout=30_000)
    assert [one.piastres for one in live(context, bill)] == [16_667, 16_667, 16_666]
    picture(page, "cash-parts")
    page.get_by_label("دافع في كل سطر").fill("ليلى المثال: ١/٤\nكريم المثال: 1800")
    page.get_by_role("button", name="وزّع الباقي على الدافعين").click()
    expect(page.get_by_text("٣٧٥٫٠٠").first).to_be_visible(timeout=20_000)
    assert [(one.payer, one.piastres) for one in live(context, bill)] == [
        ("ليلى المثال", 12_500), ("كريم المثال", 37_500)
    ]  # fmt: skip


def test_nobody_else_takes_money(visits: Visitors, served: Served) -> None:
    page = visits.of("reviewer")
    expect(page.get_by_role("link", name="صندوق المكتب")).to_have_count(0)
    page.goto(f"{served.address}/desk/cash")
    expect(page.get_by_text("ليس لحسابك صلاحية هذا العمل").first).to_be_visible(timeout=30_000)


def test_a_claim_is_asked_for_and_decided_by_another(visits: Visitors, served: Served) -> None:
    context = served.office.context
    bill = rent(context, "A-78")
    paid = pay(context, bill, bill.piastres + 300, "CLAIM-1")
    paid_back(context, credit_of(context)[0], 300, "X-78")
    take_back(context, paid)
    page = visits.of("accountant")
    page.goto(f"{served.address}/desk/accounts")
    page.get_by_label("الإجراء").select_option(label="شطب المطالبة")
    page.get_by_label("السبب", exact=True).last.fill("لا يُعرف الدافع")
    page.get_by_role("button", name="اطلب القرار").click()
    expect(page.get_by_text("بانتظار القرار").first).to_be_visible()
    page.get_by_text("مطالبات على الدافعين").scroll_into_view_if_needed()
    picture(page, "accounts-claims")
    other = visits.of("approver")
    other.goto(f"{served.address}/desk/cash")
    other.get_by_role("button", name="أموال معلّقة وردّ").click()
    expect(other.get_by_role("row").filter(has_text="CLAIM-1")).to_contain_text("شطب المطالبة")
    other.get_by_role("button", name="أوافق").last.click()
    expect(other.get_by_text("لا مطالبات.")).to_be_visible()
