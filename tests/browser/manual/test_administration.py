"""The administrator: a new account handed over, roles, the chain proved."""

import re

import pytest
from playwright.sync_api import expect

from permits.people.actor import Role
from tests.browser.manual.conftest import Walks

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_an_account_is_made_and_the_chain_is_proved(walks: Walks) -> None:
    admin = walks.of(Role.ADMIN)
    admin.press("admin-title")
    expect(admin.page.get_by_role("row", name="registrar")).to_be_visible()
    admin.keep("administrator-people")
    admin.press("admin-proof-ask")
    sound = admin.said("admin-proof-sound", rows="ROWS", at="AT").split("ROWS")[0].strip("\u2068 ")
    expect(admin.page.get_by_text(sound).first).to_be_visible(timeout=40_000)
    admin.keep("administrator-proof", top=admin.see("admin-proof"))
    admin.page.get_by_text(admin.said("admin-add"), exact=True).click()
    admin.fill("admin-login", "rim")
    admin.fill("admin-name-ar", "م. ريم المدققة")
    admin.fill("admin-name-en", "Rim")
    admin.page.get_by_label(admin.said("role-reviewer")).last.check()
    admin.press("admin-add-do")
    said = admin.see(admin.said("admin-password", login="", password="PASSWORD").split("PASSWORD")[1].strip("\u2069 "))
    password = re.search(r"(?<![\w-])([A-Za-z0-9_-]{16})(?![\w-])", said.inner_text())
    assert password
    admin.page.evaluate("scrollTo(0, 0)")
    rim = walks.of(None)
    rim.go("/login")
    rim.language = "ar"  # as every account reads until its person chooses otherwise
    rim.page.fill("#login", "rim")
    rim.page.fill("#password", password[1])
    rim.page.click("main button")
    rim.see("account-password-first")
    rim.page.fill("#old", password[1])
    rim.page.fill("#new", "four plain words here")
    rim.press("account-password-change")
    rim.see("account-done-password")
    rim.go("/desk")
    expect(rim.page.locator("header")).to_contain_text(re.compile("ريم|Rim"))
    admin.choose("admin-person", "rim · ")
    admin.press("admin-end-logins")
    expect(rim.page.locator("body")).to_contain_text(re.compile("انتهت|session has ended"))
