"""What somebody sees who comes with the wrong thing: a number for a code, a stranger's code, too long a name."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from api.demo.office import OWNED
from permits.documents.keys import signing_key
from permits.documents.token import new_key, sign
from permits.extracts.ordering import Wish, place
from permits.money.tables import Bill
from permits.people.actor import Role
from tests.browser.conftest import Served, Visitors, fits, picture
from tests.browser.test_street import claims
from tests.money.collecting import pay

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LONGEST = 200


def test_a_number_where_a_code_belongs_leads_on(visits: Visitors, served: Served) -> None:
    page = visits.of("engineer", width=390)
    page.wait_for_url("**/cases")
    page.context.clear_cookies()
    page.goto(f"{served.address}/verify")
    page.get_by_label("نص الرمز").fill("DM-01-2026-000001")
    page.get_by_role("button", name="تحقق", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("ليس رمز وثيقة")
    expect(page.get_by_label("نص الرمز")).to_be_visible()
    fits(page)
    picture(page, "verify-no-code-390")
    page.get_by_role("alert").get_by_role("link", name="أين إضبارتي؟").click()
    expect(page.get_by_label("رقم الإضبارة")).to_be_visible()


def test_a_code_of_another_governorate_is_told_as_such(visits: Visitors, served: Served) -> None:
    page = visits.of("engineer", width=390)
    page.wait_for_url("**/cases")
    page.context.clear_cookies()
    page.goto(f"{served.address}/verify/{sign(claims(issuer='SY-HI'), new_key('HI-01-2026-a'))}")
    expect(page.locator("h2.fail")).to_contain_text("قد تكون صادرة عن محافظة أخرى")
    expect(page.locator("main")).to_contain_text("SY-HI")
    fits(page)
    picture(page, "verify-other-governorate-390")


@pytest.mark.parametrize("minutes", [5, -5])
def test_a_phone_whose_clock_is_wrong_is_told_by_which_clock_it_judges(
    visits: Visitors, served: Served, minutes: int
) -> None:
    page = visits.of("engineer", width=390)
    shown = datetime.now(UTC) + timedelta(minutes=minutes)
    page.clock.set_fixed_time(shown)
    page.goto(f"{served.address}/verify/offline")
    page.get_by_label("نص الرمز").fill(sign(claims(), signing_key(served.office.context.settings)))
    page.get_by_role("button", name="تحقق", exact=True).click()
    clock = f"{shown.astimezone(ZoneInfo('Asia/Damascus')):%H:%M}"
    expect(page.locator("#verdict")).to_contain_text(re.compile(rf"بحسب ساعة جهازك، فتأكد من صحتها: .*{clock}"))
    fits(page)


def test_a_name_of_two_hundred_letters_fits_and_one_more_is_not_taken(visits: Visitors, served: Served) -> None:
    page = visits.of("engineer", width=390)
    long = ("عبدالرحمن" * 30)[:LONGEST]
    page.goto(f"{served.address}/cases/new")
    page.locator("input[name=plot]").first.fill("104")
    page.get_by_role("button", name="متابعة").first.click()
    page.get_by_label("المشروع", exact=True).press_sequentially(long + "ن", delay=0)
    expect(page.get_by_label("المشروع", exact=True)).to_have_value(long)
    page.get_by_role("button", name="فتح الإضبارة").click()
    expect(page.locator("h1")).to_contain_text(long)
    fits(page)
    picture(page, "long-name-390")
    page.goto(f"{served.address}/cases")
    fits(page)


def test_a_bill_that_was_paid_meanwhile_asks_for_nothing(visits: Visitors, served: Served) -> None:
    context, office = served.office.context, served.office
    with context.database.transaction() as session:
        owner = office.actor(session, Role.OWNER)
        wish = Wish(zone=OWNED[0], plot=OWNED[1], purpose="owner", applicant="هالة", channel="digital")
        order = place(session, actor=owner, office="DM-01", governorate="01", wish=wish)
        bill = session.scalars(select(Bill).order_by(Bill.issued_at.desc())).first()
        assert bill is not None
        session.expunge_all()
    page = visits.of("owner", width=390)
    page.goto(f"{served.address}/extracts/{order.id}")
    page.get_by_role("link", name="ادفع الفاتورة").click()
    expect(page.get_by_role("heading", name="كيف تدفع")).to_be_visible()
    pay(context, bill, bill.piastres, "MEANWHILE-1")
    page.get_by_role("button", name="أنشئ رابطاً للدفع").click()
    expect(page.locator("main")).to_contain_text(re.compile("سُدّدت|مسدّدة|مدفوعة"))
    expect(page.get_by_role("heading", name="كيف تدفع")).to_have_count(0)
    fits(page)
    picture(page, "bill-paid-390")
