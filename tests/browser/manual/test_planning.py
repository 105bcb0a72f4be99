"""The planner looks at a plot and proposes another sheet for it; another person puts it in force."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from permits.calendar import today
from permits.people.actor import Role
from tests.browser.manual.conftest import Walks

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_sheet_is_proposed_and_put_in_force_by_another(walks: Walks) -> None:
    planner = walks.of(Role.PLANNER)
    expect(planner.page.locator("[data-ready=true]")).to_be_visible()
    planner.fill("planner-plot", "105")
    planner.press("planner-show")
    planner.see("planner-sheets")
    planner.fill("planner-day", "2026-12-21")
    planner.choose("planner-hour", "10:00")
    planner.press("planner-shade")
    planner.see("2026-12-21")
    planner.keep("planner-plot")
    planner.page.get_by_text(planner.said("amend-title")).first.click()
    planner.fill("planner-field-parking-per-dwelling", "2")
    planner.fill("amend-from", (today() + timedelta(days=40)).isoformat())
    planner.fill("amend-act", planner.words("قرار تجريبي ١٢", "Trial decision 12"))
    planner.fill("amend-clause", "3")
    planner.keep("planner-change", top=planner.see("amend-title"))
    planner.press("amend-propose")
    planner.see("amend-state-proposed")
    planner.press("amend-approve")
    planner.see("error-same-person")
    other = walks.of(Role.ADMIN)
    other.go("/desk/planner")
    other.see("amend-state-proposed")
    expect(other.field("amend-which").locator("option:checked")).to_contain_text("105")
    other.keep("planner-decide", top=other.field("amend-which"))
    other.press("amend-approve")
    other.gone("amend-state-proposed")
