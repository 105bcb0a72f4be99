"""An expired bill, renewed by its payer and by the cashier who scanned it; and a reminder of a stage's term, read."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from permits.calendar import today
from permits.cases.cases import open_case
from permits.cases.fee import issue_bill
from permits.cases.reminding import run_reminding
from permits.cases.tables import CaseTurn
from permits.cases.workflow import Clock, State
from permits.db import utcnow
from permits.money.tables import Bill
from permits.people.accounts import find_user
from permits.people.actor import SYSTEM, Role
from tests.browser.conftest import Served, Visitors, picture
from tests.money.books import Town
from tests.money.books import make_case as make_approved

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def expired(served: Served, plot: str) -> Bill:
    """The engineer's bill whose time is over."""
    context = served.office.context
    with context.database.transaction() as session:
        engineer = find_user(session, login="engineer")
        assert engineer
        case = make_approved(session, context, Town("FZ-1", plot), engineer=engineer.id)
        bill = issue_bill(session, actor=SYSTEM, storage=context.storage, governorate="01", case_id=case.id)
        bill.expires_at = utcnow() - timedelta(days=1)
        return bill


def phone(page: Page, name: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    picture(page, name)
    page.set_viewport_size({"width": 1440, "height": 900})


def test_a_payer_renews_his_expired_bill_with_one_press(visits: Visitors, served: Served) -> None:
    bill = expired(served, "102")
    page = visits.of("engineer", width=1440)
    page.goto(f"{served.address}/bills/{bill.reference}")
    expect(page.locator("main")).to_contain_text("انتهت مدة هذه الفاتورة")
    picture(page, "renew-bill")
    phone(page, "renew-bill-phone")
    page.get_by_role("button", name="جدّد الفاتورة").click()
    expect(page.locator("main")).to_contain_text("بانتظار الدفع")
    new = page.url.rpartition("/")[2]
    assert new != bill.reference
    page.goto(f"{served.address}/bills/{bill.reference}")
    expect(page.get_by_role("button", name="جدّد الفاتورة")).to_have_count(0)
    picture(page, "renewed-bill")
    page.get_by_role("link", name=new).click()
    expect(page.locator("#bill-reference")).to_be_visible()


def test_a_cashier_renews_what_he_scanned(visits: Visitors, served: Served) -> None:
    bill = expired(served, "103")
    page = visits.of("cashier", width=1440)
    page.goto(f"{served.address}/desk/cash")
    page.wait_for_function("document.activeElement !== document.body")  # the desk has put the cursor where work begins
    search = page.locator(".cash-search input")
    search.fill(bill.reference)
    search.press("Enter")
    renew = page.get_by_role("button", name="جدّد الفاتورة")
    expect(renew).to_be_focused(timeout=30_000)
    picture(page, "renew-cash")
    phone(page, "renew-cash-phone")
    page.keyboard.press("Enter")
    expect(page.get_by_text("بانتظار الدفع").first).to_be_visible(timeout=20_000)
    new = search.input_value()
    assert new != bill.reference
    search.fill(bill.reference)
    search.press("Enter")
    expect(page.get_by_text("هذه الفاتورة حلّت محل فاتورة منتهية رقمها").first).to_be_visible(timeout=20_000)
    expect(page.get_by_text(new).first).to_be_visible()
    picture(page, "renewed-cash")


def test_a_reminder_is_new_to_engineer_and_reviewer(visits: Visitors, served: Served) -> None:
    context = served.office.context
    with context.database.transaction() as session:
        engineer = served.office.actor(session, Role.ENGINEER)
        case = open_case(session, actor=engineer, office="DM-01", zone="FZ-1", plot="105", title="بناء يُذكَّر به")
        case.state = str(State.IN_REVIEW)
        session.add(CaseTurn(case_id=case.id, state=case.state, clock=str(Clock.OFFICE)))
    run_reminding(context, day=(today() + timedelta(days=60)).isoformat())
    page = visits.of("engineer", width=1440)
    page.goto(f"{served.address}/cases")
    row = page.get_by_role("row").filter(has_text=case.number)
    expect(row.locator(".badge")).to_have_text(re.compile("1.*جديدة"))
    picture(page, "reminder-cases")
    page.goto(f"{served.address}/cases/{case.id}/messages")
    expect(page.locator("article.message")).to_contain_text("تذكير بالمهلة")
    expect(page.locator("article.message")).to_contain_text("الخطوة التالية")
    picture(page, "reminder-thread")
    phone(page, "reminder-thread-phone")
    desk = visits.of("reviewer", width=1440)
    desk.goto(f"{served.address}/desk")
    expect(desk.get_by_role("row").filter(has_text=case.number).locator(".badge")).to_be_visible(timeout=30_000)
    picture(desk, "reminder-queue")
    desk.goto(f"{served.address}/desk/case?id={case.id}")
    desk.get_by_role("button", name="المراسلات").click()
    expect(desk.locator("article.message")).to_contain_text("الخطوة التالية", timeout=30_000)
    picture(desk, "reminder-desk")
