"""The administrator in Chromium: a new account that logs in, a chain that is proved, a colleague's logins ended."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Served, Visitors, picture

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_an_account_is_made_and_the_chain_is_proved(visits: Visitors, served: Served) -> None:
    page = visits.of("admin")
    page.goto(f"{served.address}/desk/admin")
    expect(page.get_by_role("row", name="registrar")).to_be_visible(timeout=30_000)
    picture(page, "admin")
    page.get_by_role("button", name="أثبت السلسلة الآن").click()
    expect(page.locator("body")).to_contain_text(re.compile("سليمة: قُرئ"), timeout=40_000)
    page.get_by_text("حساب جديد", exact=True).click()
    page.get_by_label("اسم الدخول").fill("rim")
    page.get_by_label("الاسم بالعربية").fill("م. ريم المدققة")
    page.get_by_label("الاسم بالإنكليزية").fill("Rim")
    page.get_by_label("مكتب التدقيق").last.check()
    page.get_by_role("button", name="أضف الحساب").click()
    said = page.get_by_text("تُعرض هذه المرة فقط")
    expect(said).to_be_visible(timeout=15_000)
    password = re.search(r"هي \W*([\w-]{16})\W", said.inner_text())
    assert password
    picture(page, "admin-added")
    other = visits.of("rim")
    other.fill("#login", "rim")
    other.fill("#password", password[1])
    other.click("main button")
    expect(other.locator("header")).to_contain_text("ريم", timeout=30_000)
    page.get_by_label("الحساب", exact=True).select_option(label="rim · م. ريم المدققة")
    page.get_by_role("button", name="أنهِ كل جلساته").click()
    expect(page.locator("body")).to_contain_text("أُنهيت جلسات عددها", timeout=15_000)
    expect(other.locator("body")).to_contain_text("انتهت", timeout=15_000)
