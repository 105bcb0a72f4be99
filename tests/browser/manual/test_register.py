"""The registrar's work to its end: a sale by shares, a signal and what it blocks, a day gone by, an extract."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from permits.calendar import today
from permits.people.actor import Role
from tests.browser.manual.conftest import Walks
from tests.browser.manual.walk import Walk

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PLOT, PARCEL = "106", "2106"
BUYER = "نور بنت علي المثال"


def _deed(walk: Walk, number: str, reason: str) -> None:
    walk.fill("registry-document", number)
    walk.fill("registry-document-day", today().isoformat())
    walk.fill("registry-reason", reason)


def _entered(walk: Walk) -> None:
    """Enter the act; a new form, folded, takes the place of this one."""
    walk.press("registry-enter")
    expect(walk.field("registry-document")).to_be_hidden()


def _sold(walk: Walk) -> None:
    """A share of three hundred goes to somebody whom the register does not know yet."""
    walk.press("registry-sheet")
    walk.fill("registry-words", PARCEL)
    walk.press("registry-search")
    walk.see("register-temporary")
    walk.keep("registrar-sheet")
    walk.page.get_by_text(walk.said("registry-enter-title")).click()
    walk.fill("registry-amount-of-share", "300")
    walk.fill("registry-identity", "05060708091")
    walk.fill("registry-name", BUYER)
    _deed(walk, "120/2026", walk.words("عقد بيع مصدّق", "A certified contract of sale"))
    walk.press("registry-preview")
    preview = walk.see("registry-preview-title")
    walk.see(BUYER)
    walk.keep("registrar-preview", top=preview)
    _entered(walk)
    expect(walk.page.get_by_role("cell", name=BUYER).first).to_be_visible()


def _attached(walk: Walk) -> None:
    """An attachment is entered; a sale after it is refused, and says by what."""
    walk.page.get_by_text(walk.said("registry-enter-title")).click()
    walk.choose("registry-kind", walk.said("registry-act-attachment"))
    _deed(walk, "12/2026", walk.words("قرار تنفيذ", "Order of execution"))
    _entered(walk)
    walk.see("12/2026")
    walk.page.get_by_text(walk.said("registry-enter-title")).click()
    walk.fill("registry-amount-of-share", "100")
    walk.fill("registry-identity", "05060708091")
    walk.fill("registry-name", BUYER)
    _deed(walk, "121/2026", walk.words("عقد بيع ثانٍ", "A second sale"))
    walk.press("registry-enter")
    refused = walk.page.locator(".alert-danger").first
    expect(refused).to_contain_text("12/2026")
    walk.keep("registrar-refused")


def test_from_a_sale_to_the_extract(walks: Walks) -> None:
    registrar = walks.of(Role.REGISTRAR)
    registrar.see("registry-none")
    _sold(registrar)
    _attached(registrar)
    registrar.press("registry-journal")
    registrar.see(registrar.said("act-sale"))
    registrar.press("registry-check")
    registrar.press("registry-run")
    expect(registrar.page.get_by_text(registrar.said("registry-sound", sheets=0, entries=0)[:10]).first).to_be_visible()

    registrar.press("sheet-title")
    registrar.fill("case-plot", PLOT)
    registrar.press("sheet-show")
    registrar.see(BUYER)
    registrar.see("sheet-blocks")
    registrar.keep("registrar-blocks")
    yesterday = (today() - timedelta(days=1)).isoformat()
    registrar.fill("sheet-on", yesterday)
    registrar.press("sheet-show")
    registrar.see("sheet-as-of")
    registrar.gone(BUYER)
    registrar.gone("sheet-blocks")
    registrar.see("sheet-no-annotations")
    registrar.keep("registrar-as-of")
    registrar.fill("sheet-on", (today() + timedelta(days=1)).isoformat())
    registrar.press("sheet-show")
    registrar.see("error-sheet-day-to-come")
    registrar.fill("sheet-on", "")
    registrar.press("sheet-show")
    registrar.see(BUYER)

    with registrar.page.context.expect_page() as opened:
        registrar.press("sheet-extract")
    order = Walk(opened.value, registrar.address, registrar.language)
    expect(order.field("extract-plot")).to_have_value(PLOT)
    order.fill("extract-applicant", order.words("محكمة المثال", "The Example Court"))
    order.choose("extract-purpose", order.said("extract-purpose-court"))
    order.fill("extract-reason", order.words("كتاب المحكمة", "The court's letter"))
    order.fill("extract-document", "45/2026")
    order.press("extract-ask-fee")
    order.see("extract-fee-none")
    order.press("extract-place")
    link = order.page.get_by_role("link", name=order.said("extract-download"))
    for _ in range(60):  # the server's own worker prepares it
        order.page.reload()
        if link.count():
            break
        order.page.wait_for_timeout(500)
    order.keep("registrar-extract")
    paper = order.page.request.get(f"{order.address}{link.get_attribute('href')}")
    assert paper.body()[:5] == b"%PDF-"
