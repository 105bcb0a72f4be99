"""An engineer asks what may be built on the plot he chose, in Arabic in Chromium, and takes the statement along."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Served, Visitors, fits, picture

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def taken(page: Page, name: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("link", name=name, exact=True).click()
    return Path(download.value.path()).read_bytes()


@pytest.mark.parametrize("width", [1280, 390])
def test_what_may_be_built_is_asked_before_a_case_is_opened(visits: Visitors, served: Served, width: int) -> None:
    page = visits.of("engineer", width=width)
    page.goto(f"{served.address}/cases/new")
    form = page.locator("form", has_text="وادي السنونو").first
    form.locator("input[name=plot]").fill("103")
    form.get_by_role("button", name="ماذا يجوز أن أبني هنا؟").click()
    expect(page).to_have_url(f"{served.address}/zones/FZ-1/plots/103")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("h1")).to_contain_text("ماذا يجوز أن أبني هنا؟")
    expect(page.locator("svg")).to_contain_text("أمامية")
    expect(page.locator("main")).to_contain_text("الطوابق المسموحة")
    fits(page)
    picture(page, f"plot-{width}")
    assert taken(page, "بيان الصفة العمرانية PDF").startswith(b"%PDF-")
    assert taken(page, "الغلاف المسموح GLB").startswith(b"glTF")
    assert json.loads(taken(page, "طبقة خريطة GeoJSON"))["type"] == "FeatureCollection"
    assert json.loads(taken(page, "مجسّم CityJSON"))["type"] == "CityJSON"


def test_a_plot_that_is_not_there_is_said(visits: Visitors, served: Served) -> None:
    page = visits.of("engineer")
    page.goto(f"{served.address}/cases/new")
    form = page.locator("form", has_text="وادي السنونو").first
    form.locator("input[name=plot]").fill("لا شيء/9")
    form.get_by_role("button", name="ماذا يجوز أن أبني هنا؟").click()
    expect(page.locator("main")).to_contain_text("لا شيء/9")
