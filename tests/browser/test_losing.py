"""Nothing typed is lost: a login that ends, a page that is closed, a server that goes away and comes back."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from api.context import open_context
from api.demo.office import set_up
from api.demo.processes import free_port, running
from permits.calendar import today
from permits.cases.cases import open_case
from permits.cases.tables import Case
from permits.cases.workflow import State
from permits.db import utcnow
from permits.money.payments import Notice, notify
from permits.people.actor import Role
from permits.settings import Settings
from tests.browser.conftest import Served, Visit, Visitors, picture
from tests.browser.test_accounts import SWITCH

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TYPED = "سبب طويل كُتب ولم يُرسل بعد"


@pytest.fixture
def case_id(served: Served) -> str:
    """A case that waits for the approver."""
    with served.office.context.database.transaction() as session:
        engineer = served.office.actor(session, Role.ENGINEER)
        case = open_case(session, actor=engineer, office="DM-01", zone="FZ-1", plot="104", title="مسودة لا تضيع")
        session.get_one(Case, case.id).state = str(State.AWAITING_APPROVAL)
        return case.id


def enter(page: Page, address: str, who: str) -> None:
    page.goto(f"{address}/login")
    page.fill("#login", who)
    page.fill("#password", "rukhsa-demo")
    page.click("main button")
    page.wait_for_url(re.compile("/(desk|cases)"))


def test_a_reason_outlives_the_login_and_is_gone_once_sent(visits: Visitors, served: Served, case_id: str) -> None:
    page = visits.of("approver")
    address = f"{served.address}/desk/case?id={case_id}"
    page.goto(address)
    reason = page.get_by_label("السبب", exact=True).and_(page.locator("textarea"))
    expect(reason).to_be_visible(timeout=30_000)
    reason.fill(TYPED)
    page.get_by_role("button", name="خروج").click()
    page.wait_for_url(re.compile("/login"))
    enter(page, served.address, "engineer")  # another person at the same device sees nothing of it
    assert page.evaluate("Object.keys(localStorage).length") == 1
    page.goto(f"{served.address}/cases/{case_id}/messages")
    expect(page.locator("#text")).to_have_value("")
    page.fill("#text", "رسالة لم تُرسل")
    page.get_by_role("button", name="خروج").click()
    enter(page, served.address, "engineer")
    page.goto(f"{served.address}/cases/{case_id}/messages")
    expect(page.locator("#text")).to_have_value("رسالة لم تُرسل")
    expect(page.get_by_text("استُعيدت مسودة لم تُرسل")).to_be_visible()
    picture(page, "draft-portal")
    page.get_by_role("button", name="إرسال").click()
    page.wait_for_url(re.compile("#end$"))
    expect(page.locator("article.message")).to_contain_text("رسالة لم تُرسل")
    page.reload()
    expect(page.locator("#text")).to_have_value("")
    page.get_by_role("button", name="خروج").click()
    enter(page, served.address, "approver")
    page.goto(address)
    expect(reason).to_have_value(TYPED, timeout=30_000)
    expect(page.get_by_text("استُعيدت مسودة لم تُرسل").first).to_be_visible()
    picture(page, "draft-desk")
    page.get_by_role("button", name="رفض").click()
    expect(page.locator("body")).to_contain_text("مرفوضة", timeout=20_000)
    page.wait_for_timeout(2500)
    assert TYPED not in page.evaluate("JSON.stringify(localStorage)")


def test_words_about_money_are_kept_and_figures_are_not(visits: Visitors, served: Served) -> None:
    notice = Notice("R-LOST", "0000000000000000", 81_000, utcnow(), today() - timedelta(days=9), "mobile")
    with served.office.context.database.transaction() as session:
        notify(session, actor=SWITCH, office="DM-01", notice=notice, payload=b"R-LOST")
    page = visits.of("cashier")
    held, address = "أموال معلّقة وردّ", f"{served.address}/desk/cash"
    page.goto(address)
    note = page.get_by_label("١٠٠", exact=True)
    expect(note).to_be_visible(timeout=30_000)
    note.fill("3")
    page.get_by_role("button", name=held).click()
    payee, reason = page.get_by_label("يُردّ إلى"), page.get_by_label("السبب", exact=True)
    expect(payee).to_be_visible()
    payee.fill("سمر المثال، حساب ١٢٣")
    reason.fill(TYPED)
    page.get_by_role("button", name="خروج").click()
    page.wait_for_url(re.compile("/login"))
    enter(page, served.address, "cashier")
    page.goto(address)
    expect(note).to_have_value("0", timeout=30_000)
    page.get_by_role("button", name=held).click()
    expect(reason).to_have_value(TYPED, timeout=20_000)
    expect(payee).to_have_value("سمر المثال، حساب ١٢٣")
    picture(page, "draft-money")
    page.set_viewport_size({"width": 390, "height": 844})
    picture(page, "draft-money-phone")
    page.get_by_role("button", name="طلب الردّ").click()
    expect(page.get_by_text("بانتظار الاعتماد").first).to_be_visible(timeout=20_000)
    page.wait_for_timeout(2500)
    assert "keep-held" not in page.evaluate("JSON.stringify(localStorage)")
    refusal = page.get_by_label("سبب الرفض")
    refusal.fill("سبب لرفض هذا الطلب وحده")
    page.reload()
    page.get_by_role("button", name=held).click()
    expect(refusal).to_have_value("سبب لرفض هذا الطلب وحده", timeout=20_000)


def test_a_server_that_goes_away_is_told_and_the_page_comes_back(browser: Browser, tmp_path: Path) -> None:
    address = f"http://127.0.0.1:{free_port(0)}"
    settings = Settings(data_dir=tmp_path, base_url=address)
    office = set_up(open_context(settings))
    port = address.rpartition(":")[2]
    given = {"ready": f"{address}/livez", "log": tmp_path / "log", "settings": settings}
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    visit = Visit(context, Served(address, office))
    with running(["serve", "--port", port], **given):  # type: ignore[arg-type] - the keywords of `running`
        page = visit.log_in("cashier")
        page.goto(f"{address}/desk/cash")
        expect(page.get_by_text("لا وردية مفتوحة").first).to_be_visible(timeout=30_000)
        page.evaluate("window.before = true")
    word = page.locator("#connection-lost")
    expect(word).to_contain_text("انقطع الاتصال بالخادم", timeout=30_000)
    expect(word).to_contain_text("rukhsa cash")
    picture(page, "connection-lost")
    with running(["serve", "--port", port], **given):  # type: ignore[arg-type] - the keywords of `running`
        expect(word).to_have_count(0, timeout=30_000)
        expect(page.get_by_text("لا وردية مفتوحة").first).to_be_visible(timeout=30_000)
        assert page.evaluate("window.before") is None
        context.close()
