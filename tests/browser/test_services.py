"""A citizen reckons a fee in Chromium without a login, with scripts off, on a desk and on a phone."""

import pytest
from playwright.sync_api import Browser, expect

from permits.services.catalogue import services
from tests.browser.conftest import Served, fits, picture

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("width", [1280, 390])
def test_a_fee_is_reckoned_without_script(browser: Browser, served: Served, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served.address}/services")
    expect(page.locator("main .columns > section")).to_have_count(len(services()))
    page.get_by_label("بحث").fill("اشغال")
    page.get_by_role("button", name="عرض").click()
    page.get_by_role("link", name="ترخيص إشغال رصيف").click()
    page.get_by_label("المساحة المشغولة").fill("١٢٫٥")
    page.get_by_label("أول يوم").fill("2026-12-01")
    page.get_by_label("آخر يوم").fill("2026-12-10")
    page.get_by_label("صنف الشارع").select_option("2")
    page.get_by_role("button", name="احسب").click()
    result = page.locator("#result")
    expect(result).to_contain_text("٢٨٥٫٠٠")  # 10 + 2 x 12.5 x 10 + a tenth of that
    expect(result).to_contain_text("تقديري")
    result.locator("summary").nth(1).click()
    expect(result).to_contain_text("الجدول")
    fits(page)
    picture(page, f"service-{width}")
    page.get_by_role("link", name="English").click()
    expect(page.locator("#result")).to_contain_text("285.00")
    context.close()
