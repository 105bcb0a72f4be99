"""The cashier's day: a float counted, a bill paid, the drawer counted, the deposit; and money given back by two."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from permits.calendar import today
from permits.cash import office
from permits.db import utcnow
from permits.money.payments import Notice, notify
from permits.people.actor import Role
from tests.browser.manual.conftest import Walks
from tests.browser.manual.walk import digits
from tests.browser.test_accounts import SWITCH
from tests.browser.test_cash import rent, state

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def _note(language: str, value: str) -> str:
    return value.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")) if language == "ar" else value


def test_a_day_at_the_desk(walks: Walks) -> None:
    context = walks.served.office.context
    bill = rent(context, "A-76")
    cashier = walks.of(Role.CASHIER)
    cashier.press("desk-cash-title")
    cashier.see("desk-cash-no-shift")
    hundred = cashier.page.get_by_label(_note(cashier.language, "100"), exact=True)
    hundred.fill("3")
    hundred.press("Tab")
    expect(cashier.page.get_by_text(digits("300"))).to_be_visible()
    cashier.keep("cashier-open")
    cashier.press("desk-cash-open")
    search = cashier.field("desk-cash-find")
    expect(search).to_be_focused()
    cashier.page.keyboard.type(bill.reference)
    cashier.page.keyboard.press("Enter")
    expect(cashier.field("desk-cash-amount")).to_be_focused()
    cashier.keep("cashier-bill")
    cashier.press("desk-cash-take")
    expect(cashier.page.get_by_text(re.compile(r"DM-01-C001-\d{6}")).first).to_be_visible()
    cashier.see("desk-cash-print")
    cashier.keep("cashier-receipt")
    with context.database.reading() as session:
        rana = walks.served.office.actor(session, Role.CASHIER)
    shift = office.drawer(context, rana)[1].shift
    assert shift is not None
    expected = re.compile(cashier.said("desk-cash-expected") + ".*" + digits("800").pattern)
    expect(cashier.page.get_by_text(expected).first).to_be_visible()  # the drawer is drawn anew with what was taken
    five = cashier.page.get_by_label(_note(cashier.language, "5"), exact=True)
    five.fill(str(shift.expected // 500))
    five.press("Tab")
    counted = cashier.page.get_by_text(re.compile(cashier.said("desk-cash-sum") + ".*" + digits("800").pattern))
    expect(counted).to_be_visible()
    cashier.keep("cashier-close", top=cashier.see("party-cash", desk="C001"))
    cashier.press("desk-cash-close")
    expect(cashier.field("desk-cash-slip")).to_be_visible()
    assert state(context, bill) == "paid"
    cashier.fill("desk-cash-slip", "S-77")
    cashier.press("desk-cash-deposit")
    expect(cashier.field("desk-cash-slip")).to_have_count(0)


def test_money_goes_back_by_two_people(walks: Walks) -> None:
    notice = Notice("R-7", "0000000000000000", 70_000, utcnow(), today() - timedelta(days=9), "mobile")
    with walks.served.office.context.database.transaction() as session:
        notify(session, actor=SWITCH, office="DM-01", notice=notice, payload=b"R-7")
    cashier = walks.of(Role.CASHIER)
    cashier.go("/desk/cash")
    cashier.press("desk-cash-credits")
    cashier.fill("accounts-payee", cashier.words("سمر المثال، حساب ١٢٣", "Samar Example, account 123"))
    cashier.fill("desk-reason", cashier.words("لا فاتورة بهذا الرقم", "No bill has this number"))
    cashier.press("accounts-refund")
    cashier.see("refund-state-requested")
    cashier.press("desk-agree")
    cashier.see("error-same-person")
    cashier.keep("cashier-refund")
    approver = walks.of(Role.APPROVER)
    approver.go("/desk/cash")
    approver.press("desk-cash-credits")
    approver.press("desk-agree")
    approver.see("refund-state-approved")
    cashier.go("/desk/cash")
    cashier.press("desk-cash-credits")
    cashier.fill("refund-transfer", "T-100")
    cashier.press("refund-paid")
    cashier.see("T-100")
