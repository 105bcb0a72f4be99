"""The officer of council property: the list, a property put on the map, a contract looked at before it is signed."""

import json

import pytest
from playwright.sync_api import expect

from api.demo.council import keep_council_property
from permits.calendar import today
from permits.money.evaluation import add_months
from permits.people.actor import Role
from sample_models.land import point_on_grid
from tests.browser.manual.conftest import Walks

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NUMBER = "H-1004"
SHAPE = json.dumps([point_on_grid(*corner) for corner in ((0, -30), (24, -30), (24, -15), (0, -15))])


def test_a_property_is_documented_drawn_and_let(walks: Walks) -> None:
    keep_council_property(walks.served.office)
    officer = walks.of(Role.REGISTRAR)
    officer.press("asset-title")
    officer.see(NUMBER)
    expect(officer.page.locator("[data-ready=true]")).to_be_visible()
    officer.keep("council-list")
    officer.page.get_by_role("link", name=NUMBER).click()
    officer.see("asset-missing-documented")
    for key, text in (("cadastral-zone", officer.words("تجريبية", "Trial")), ("parcel", "9004"), ("sheet-no", "4")):
        officer.fill(f"asset-{key}-field", text)
    officer.fill("asset-evidence-text", officer.words("بيان قيد ١٢", "Extract 12"))
    officer.press("asset-do-document")
    officer.see("asset-missing-mapped")
    officer.page.get_by_label(officer.said("asset-shape"), exact=True).fill(SHAPE)
    officer.page.get_by_label(officer.said("asset-shape"), exact=True).blur()
    officer.see("asset-shape-area")
    officer.fill("asset-evidence-text", officer.words("مخطط مساحي ٣", "Survey plan 3"))
    expect(officer.page.locator("[data-ready=true]")).to_be_visible()
    officer.keep("council-shape")
    officer.press("asset-do-map")
    officer.see("asset-another-verifies")
    officer.page.get_by_text(officer.said("asset-new-contract")).click()
    officer.fill("asset-party", officer.words("مؤسسة المثال (وهمية)", "Example Ltd (fictitious)"))
    officer.fill("asset-first-day", today().isoformat())
    officer.fill("asset-end-day", add_months(today(), 24).isoformat())
    officer.press("asset-preview")
    officer.see("asset-due-period")
    officer.keep("council-contract", top=officer.see("asset-new-contract"))
    officer.press("asset-sign")
    officer.see("asset-done-sign")
