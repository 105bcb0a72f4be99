"""The guide's editor: a clause changed, tried on models, published from a day on, and withdrawn before it."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from permits.calendar import today
from permits.people.actor import Role
from tests.browser.manual.conftest import Walks

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_clause_is_changed_published_and_withdrawn(walks: Walks) -> None:
    editor = walks.of(Role.ADMIN)
    editor.press("guide-desk-title")
    editor.see("BIM-110")
    editor.press("guide-desk-begin")
    editor.choose("guide-desk-clause", "BIM-103")
    expect(editor.field("guide-column-params")).to_have_value("earliest: 2000")
    editor.fill("guide-column-params", "earliest: soon")
    editor.press("guide-desk-save")
    expect(editor.page.locator(".alert-danger").first).to_be_visible()
    editor.fill("guide-column-params", "earliest: 2015")
    editor.keep("guide-editor-clause", top=editor.field("guide-desk-clause"))
    editor.press("guide-desk-save")
    expect(editor.page.locator("ins").first).to_contain_text("2015")
    editor.press("guide-desk-try")
    editor.see(editor.said("guide-desk-trial"))
    expect(editor.page.get_by_text(editor.said("guide-desk-trial-done"), exact=True)).to_be_visible(timeout=120_000)
    editor.fill("guide-column-id", "office-2027")
    editor.fill("guide-column-version", "1")
    editor.fill("guide-desk-from", (today() + timedelta(days=30)).isoformat())
    editor.keep("guide-editor-publish", top=editor.see("guide-desk-changes"))
    editor.press("guide-desk-publish", at=-1)
    expect(editor.page.get_by_role("button", name=editor.said("guide-desk-begin"))).to_be_visible()
    editor.see("office-2027")
    editor.press("guide-desk-withdraw")
    editor.fill("guide-desk-reason", editor.words("خطأ في المعامل", "A wrong parameter"))
    expect(editor.field("guide-desk-published").locator("option:checked")).to_contain_text("office-2027")
    editor.keep("guide-editor-withdraw")
    editor.press("guide-desk-withdraw", at=-1)
    editor.see("guide-desk-withdrawn")
