"""The administrator hands a zone file in at the desk, in Chromium: imported with its quality, or refused with why."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gis.zone_file import write_zone
from permits.land.zones import import_zone
from permits.people.actor import SYSTEM
from tests.browser.conftest import Served, Visitors, picture
from tests.land.test_quality import LAYERS, spoilt

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _land_as_before(served: Served) -> Iterator[None]:
    """The office is shared by all tests of pages: its land is put back."""
    yield
    context = served.office.context
    with context.database.transaction() as session:
        import_zone(session, actor=SYSTEM, storage=context.storage, layers=LAYERS)


def hand_in(page: Page, path: Path) -> None:
    page.locator("input[type=file]").set_input_files(path)
    page.wait_for_timeout(1000)  # the file goes to the server in a message of its own, of which the page says nothing
    page.get_by_role("button", name="استيراد").click()


def test_a_zone_file_is_handed_in(visits: Visitors, tmp_path: Path) -> None:
    page = visits.of("admin")
    page.get_by_role("link", name="طبقات الأرض").click()
    write_zone(spoilt(), tmp_path / "zone.gpkg")
    hand_in(page, tmp_path / "zone.gpkg")
    expect(page.get_by_text("تم", exact=True)).to_be_visible(timeout=60_000)
    expect(page.get_by_text("يتداخل المقسمان")).to_be_visible()
    picture(page, "land")
    (tmp_path / "no.gpkg").write_bytes(b"x")
    hand_in(page, tmp_path / "no.gpkg")
    expect(page.get_by_text("مرفوض", exact=True)).to_be_visible(timeout=60_000)
    expect(page.get_by_text("تم", exact=True)).to_be_visible()


def test_a_reviewer_has_no_such_page(visits: Visitors) -> None:
    page = visits.of("reviewer")
    expect(page.get_by_role("link", name="طبقات الأرض")).to_have_count(0)
    page.goto(f"{visits.served.address}/desk/land")
    expect(page.locator("input[type=file]")).to_have_count(0)
