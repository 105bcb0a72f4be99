"""The payer's pages in Chromium without JavaScript: instalments, a card page and back, a link for another, a credit."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from api.context import open_context
from api.demo.office import PASSWORD, SWITCH_KEY, set_up
from api.demo.processes import free_port, running
from permits.cases.fee import issue_bill
from permits.jobs import Context
from permits.money.channels.registry import SHIPPED
from permits.money.instalments import equal_parts, pay_by_instalments
from permits.money.tables import Bill
from permits.people.accounts import find_user
from permits.people.actor import SYSTEM
from permits.settings import Settings
from tests.browser.conftest import picture
from tests.money.books import Town, make_case
from tests.money.channels.test_attempts import CARD
from tests.money.collecting import CASHIER, pay

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BY_CARD = re.compile("ادفع عبر.*بطاقة أو محفظة")


@dataclass(frozen=True)
class Payable:
    """A serving office beside a serving provider."""

    address: str
    context: Context


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Payable]:
    folder = tmp_path_factory.mktemp("payer")
    port, card = free_port(0), free_port(0)
    address, bank = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{card}"
    channels = folder / "channels.yaml"
    text = CARD.format(port=card).replace("provider: bank", "provider: sandbox").replace("bank-1", SWITCH_KEY)
    channels.write_text(SHIPPED.read_text(encoding="utf-8") + text, encoding="utf-8")
    settings = Settings(data_dir=folder, base_url=address, channels_file=channels)
    made = set_up(open_context(settings))
    switch = [
        "sandbox-switch", "--port", str(card), "--biller", address, "--key-id", SWITCH_KEY, "--secret-file",
        str(made.switch_secret), "--database", str(folder / "switch.db"), "--first-wait", "0.1",
    ]  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RUKHSA_CHANNELS_FILE", str(channels))
        with (
            running(["serve", "--port", str(port)], ready=f"{address}/livez", log=folder / "log", settings=settings),
            running(switch, ready=f"{bank}/standing", log=folder / "bank", settings=settings),
        ):
            yield Payable(address, made.context)


def _instalments(office: Payable) -> list[Bill]:
    """The engineer's bill in three instalments."""
    context = office.context
    with context.database.transaction() as session:
        engineer = find_user(session, login="engineer")
        assert engineer
        case = make_case(session, context, Town("FZ-1", "101"), engineer=engineer.id)
        bill = issue_bill(session, actor=SYSTEM, storage=context.storage, governorate="01", case_id=case.id)
        parts = equal_parts(
            bill.piastres, payer=bill.payer, count=3, first=date(2027, 1, 1), every=timedelta(days=90)
        )  # fmt: skip
        return pay_by_instalments(session, actor=CASHIER, demand_id=bill.demand_id, parts=parts)


@pytest.fixture
def strays() -> Iterator[list[str]]:
    """What was asked of any other machine: nothing."""
    found: list[str] = []
    yield found
    assert [url for url in found if not url.startswith(("http://127.0.0.1:", "data:"))] == []


def _page(browser: Browser, strays: list[str], width: int = 1280) -> Page:
    """A browser without scripts."""
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(12_000)
    page.on("request", lambda asked: strays.append(asked.url))
    return page


def _log_in(page: Page, office: Payable) -> None:
    page.goto(f"{office.address}/login")
    page.fill("#login", "engineer")
    page.fill("#password", PASSWORD)
    page.click("main button")


def test_a_payer_and_another_pay_instalments(office: Payable, browser: Browser, strays: list[str]) -> None:
    first, second, _ = _instalments(office)
    page = _page(browser, strays)
    _log_in(page, office)
    page.goto(f"{office.address}/bills/{first.reference}")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.get_by_text("الأقساط وفواتير هذه المعاملة")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(3)
    picture(page, "payer-bill")
    page.get_by_role("button", name=BY_CARD).click()
    expect(page.get_by_text("صفحة دفع تجريبية: بطاقة أو محفظة")).to_be_visible(timeout=15_000)
    picture(page, "payer-card")
    page.get_by_role("button", name="ادفع", exact=True).click()
    expect(page.get_by_role("heading", name="تم الدفع")).to_be_visible(timeout=15_000)
    picture(page, "payer-paid")
    page.get_by_role("link", name="العودة إلى الفاتورة").click()
    expect(page.locator("#left")).to_contain_text("٠٫٠٠")
    receipt = page.get_by_role("link", name="تنزيل الإيصال").get_attribute("href")
    assert page.context.request.get(f"{office.address}{receipt}").body()[:5] == b"%PDF-"

    page.goto(f"{office.address}/bills/{second.reference}")
    page.get_by_role("button", name="أنشئ رابطاً للدفع").click()
    link = page.locator("#link").inner_text()
    picture(page, "payer-link")
    guest = _page(browser, strays, width=390)
    guest.goto(link)
    expect(guest.get_by_text("فاتورة للدفع")).to_be_visible()
    assert second.payer not in guest.content()
    assert first.reference not in guest.content()
    picture(guest, "payer-guest-phone")
    guest.get_by_role("button", name=BY_CARD).click()
    guest.get_by_role("button", name="بطاقة مرفوضة").click()
    expect(guest.get_by_role("heading", name="رُفضت العملية ولم يُدفع شيء")).to_be_visible(timeout=15_000)
    picture(guest, "payer-declined-phone")
    guest.goto(link)
    guest.get_by_role("button", name=BY_CARD).click()
    guest.get_by_role("button", name="ادفع ويضيع التأكيد").click()
    expect(guest.get_by_role("heading", name="تم الدفع")).to_be_visible(timeout=15_000)

    page.goto(f"{office.address}/bills/{second.reference}")
    expect(page.get_by_text("أغلق كل الروابط السابقة")).to_be_hidden()
    guest.goto(f"{office.address}/pay/none")
    expect(guest.locator("main")).to_contain_text("رابط الدفع غير صالح")


def test_a_payer_asks_for_what_he_paid_too_much(office: Payable, browser: Browser, strays: list[str]) -> None:
    first, *_ = _instalments(office)
    pay(office.context, first, first.piastres + 12_345, "TOO-MUCH")
    page = _page(browser, strays)
    _log_in(page, office)
    page.goto(f"{office.address}/bills/{first.reference}")
    expect(page.locator("#credits")).to_contain_text("١٢٣٫٤٥")
    picture(page, "payer-credit")
    page.get_by_label("اسم من يُردّ إليه المبلغ ورقم حسابه").fill("هالة النموذج، حساب ١٢٣")
    page.get_by_label("سبب الطلب").fill("دفعت أكثر من القسط")
    page.get_by_role("button", name="اطلب ردّ المبلغ كاملاً").click()
    expect(page.locator("#credits")).to_contain_text("بانتظار الاعتماد")
    expect(page.get_by_role("button", name="اطلب ردّ المبلغ كاملاً")).to_be_hidden()
    page.get_by_text("كيف حُسب الرسم").click()
    picture(page, "payer-refund")
    assert re.search("[0-9٠-٩]", page.locator("details").inner_text())
