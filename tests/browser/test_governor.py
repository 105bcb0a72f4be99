"""The governor reads his month in Arabic, looks at another one, and prints it on A4."""

import io
import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from permits.calendar import today
from permits.figures.month import Month
from tests.browser.conftest import Served, Visitors

pytestmark = [pytest.mark.browser, pytest.mark.slow]
A4 = (595, 842)
"""Points."""


def test_the_governor_reads_compares_and_prints(browser: Browser, told: Served) -> None:
    visitors = Visitors(browser, told)
    page = visitors.of("governor")
    page.goto(f"{told.address}/desk/governor")
    received = page.get_by_role("row", name="الطلبات الواردة")
    expect(received).to_contain_text("٢", timeout=30_000)
    expect(page.get_by_role("img", name="الوارد والصادر")).to_be_visible()
    expect(page.locator("body")).to_contain_text("أكثر البنود مخالفةً")
    expect(page.get_by_role("button", name="اطبع الصفحة")).to_be_visible()
    printed = page.pdf(prefer_css_page_size=True)
    folder = os.environ.get("RUKHSA_PICTURES")
    if folder:
        (Path(folder) / "governor.pdf").write_bytes(printed)
        page.screenshot(path=Path(folder) / "governor-full.png", full_page=True)
    sheets = PdfReader(io.BytesIO(printed)).pages
    assert 2 <= len(sheets) <= 5
    assert all((round(one.mediabox.width), round(one.mediabox.height)) == A4 for one in sheets)
    page.get_by_label("الشهر", exact=True).select_option(str(Month.of(today()).moved(-3)))
    expect(page.locator("body")).to_contain_text("لا مؤشرات لهذا الشهر")
    visitors.close()
