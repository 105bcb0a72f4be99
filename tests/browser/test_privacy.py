"""The property sheet in Chromium: owners by role, and to the registrar who looked."""

import pytest
from playwright.sync_api import Page, expect

from api.demo.office import Office
from permits.register.sheets import owners, sheet_of_plot
from tests.browser.conftest import Served, Visitors, picture

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ZONE, PLOT = "FZ-1", "103"


def _show(page: Page, address: str) -> None:
    page.goto(f"{address}/desk/sheet")
    page.get_by_label("المقسم").fill(PLOT)
    page.get_by_role("button", name="عرض").click()
    expect(page.get_by_text("المالكون", exact=True)).to_be_visible(timeout=30_000)


def _names(office: Office) -> list[str]:
    with office.context.database.reading() as session:
        return [owner.name_ar for owner in owners(session, sheet=sheet_of_plot(session, zone=ZONE, plot=PLOT))]


def test_owners_are_shown_by_role_and_the_look_is_told(visits: Visitors, served: Served) -> None:
    (name, *_) = _names(served.office)
    withheld = visits.of("governor")
    _show(withheld, served.address)
    expect(withheld.get_by_text("محجوب").first).to_be_visible()
    expect(withheld.get_by_text(name)).to_have_count(0)
    page = visits.of("registrar")
    _show(page, served.address)
    expect(page.get_by_text(name)).to_be_visible()
    expect(page.get_by_text("من اطّلع على بيانات المالكين")).to_be_visible()
    picture(page, "sheet-looks")
    order = page.get_by_role("link", name="طلب بيان قيد لهذا العقار")
    expect(order).to_have_attribute("href", f"/extracts/new?zone={ZONE}&plot={PLOT}")
