"""The accountant's work to its end: a break explained, its day closed, money held given away, a claim decided."""

import re

import pytest
from playwright.sync_api import expect

from permits.people.actor import Role
from tests.browser.manual.conftest import Walks
from tests.browser.test_accounts import DAY, two_days
from tests.browser.test_cash import rent, state
from tests.money.collecting import credit_of, paid_back, pay
from tests.money.test_reversals import take_back

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_day_is_explained_and_closed_for_ever(walks: Walks) -> None:
    context = walks.served.office.context
    bill = rent(context, "A-81")
    two_days(context, bill.piastres)
    accountant = walks.of(Role.ACCOUNTANT)
    accountant.press("accounts-title")
    accountant.see("day-state-awaiting-file")
    accountant.choose("accounts-choose", "sandbox", str(DAY))
    accountant.see("break-amount-differs")
    accountant.keep("accountant-days")
    accountant.press("accounts-explain")
    accountant.see("error-reason-needed")
    accountant.choose("accounts-break-reason", accountant.said("break-reason-provider-confirmed"))
    accountant.fill("accounts-break-note", accountant.words("كتاب المحوّل رقم ٤٥", "The switch's letter 45"))
    accountant.keep("accountant-break", top=accountant.see("accounts-breaks"))
    accountant.press("accounts-explain")
    accountant.see("break-state-explained")
    accountant.see("accounts-close-hint")
    accountant.press("accounts-close")
    closed = accountant.said("accounts-closed", by="BY", at="AT").split("BY")[0].strip("\u2068\u2069 ")
    expect(accountant.page.get_by_text(re.compile(closed)).first).to_be_visible()
    expect(accountant.page.get_by_role("button", name=accountant.said("accounts-explain"))).to_have_count(0)
    accountant.keep("accountant-closed", top=accountant.page.get_by_text(re.compile(closed)).first)
    accountant.fill("accounts-reference", bill.reference)
    accountant.choose("accounts-credit-choose", "CB-100")
    accountant.press("accounts-allot")
    accountant.gone("حوالة رسوم بناء")
    assert state(context, bill) == "paid"
    accountant.choose("accounts-choose", "CB-100", str(DAY))
    line = accountant.page.get_by_role("row").filter(has=accountant.page.get_by_text("B-1", exact=True))
    expect(line).to_contain_text(accountant.said("break-state-settled"))


def test_what_a_provider_took_back_is_decided_by_two(walks: Walks) -> None:
    context = walks.served.office.context
    bill = rent(context, "A-82")
    paid = pay(context, bill, bill.piastres + 300, "CLAIM-1")
    paid_back(context, credit_of(context)[0], 300, "X-78")
    take_back(context, paid)
    assert state(context, bill) == "issued"
    accountant = walks.of(Role.ACCOUNTANT)
    accountant.go("/desk/accounts")
    claims = accountant.see("claim-title")
    accountant.choose("claim-way", accountant.said("claim-way-write-off"))
    accountant.field("accounts-break-reason", at=-1).fill(accountant.words("لا يُعرف الدافع", "The payer is not known"))
    accountant.press("claim-ask")
    accountant.see("claim-asked-state")
    accountant.press("desk-agree", at=-1)
    accountant.see("error-same-person")
    accountant.keep("accountant-claim", top=claims)
    approver = walks.of(Role.APPROVER)
    approver.go("/desk/cash")
    approver.press("desk-cash-credits")
    row = approver.page.get_by_role("row").filter(has_text="CLAIM-1")
    expect(row).to_contain_text(approver.said("claim-way-write-off"))
    approver.press("desk-agree", at=-1)
    approver.see("claim-none")
    accountant.go("/desk/accounts")
    accountant.see("claim-none")
