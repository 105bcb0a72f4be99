"""A newcomer on a phone and a slow line: from login to a case sent, by what each page names as the next step."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from api.demo.office import PASSWORD
from api.samples import READY, find_ready, ready_in
from sample_models.samples import SAMPLES
from tests.browser.conftest import Served, Visitors, fits, picture

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""400 kbit/s both ways and 400 ms there and back."""
MOST_SCREENS = 6
PATIENT = 60_000


def _slow_phone(browser_page: Page) -> Page:
    line = browser_page.context.new_cdp_session(browser_page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW)
    browser_page.set_default_timeout(PATIENT)
    return browser_page


def _solid(page: Page) -> str:
    """The one solid button of the page's main part: what a newcomer presses next."""
    named: list[str] = page.locator(
        "main button:visible:not(.plain), main a.button:visible:not(.plain)"
    ).all_inner_texts()
    assert named, page.url
    return named[0].strip()


def _now(page: Page) -> str:
    return page.locator(".now").inner_text()


def test_a_newcomer_sends_a_first_case(visits: Visitors, served: Served, tmp_path: Path) -> None:
    page = _slow_phone(visits.of("engineer", width=390))
    screens = ["cases"]

    def shown(name: str, ready: Callable[[], None]) -> None:
        ready()
        fits(page)
        screens.append(name)
        picture(page, f"first-{len(screens)}-{name}-390")

    assert _solid(page) == "إضبارة جديدة"
    page.get_by_role("link", name=_solid(page)).click()
    shown("plot", lambda: expect(page.locator(".steps [aria-current]")).to_have_text("المقسم"))
    page.get_by_role("button", name=re.compile("اختر المقسم")).first.click()  # the page offers a ready model's plot
    expect(page.locator("dl.facts").first).to_be_visible(timeout=PATIENT)
    assert page.evaluate("document.activeElement.textContent") == _solid(page) == "متابعة"
    page.keyboard.press("Enter")
    shown("title", lambda: expect(page.locator(".steps [aria-current]")).to_have_text("المشروع", timeout=PATIENT))
    page.get_by_label("المشروع", exact=True).fill("أول إضبارة لي")
    page.get_by_role("button", name=_solid(page)).click()
    shown("upload", lambda: expect(page.locator(".steps [aria-current]")).to_have_text("رفع النموذج", timeout=PATIENT))
    assert "ارفع نموذج البناء" in _now(page)
    with page.expect_download(timeout=PATIENT) as handed:
        page.get_by_role("link", name=re.compile("^نزّل")).click()
    model = tmp_path / handed.value.suggested_filename
    handed.value.save_as(model)
    page.set_input_files("#file", model)
    expect(page.locator("[data-chosen]")).to_have_text(model.name)
    page.get_by_role("button", name=_solid(page)).click()
    shown("submit", lambda: expect(page.locator(".steps [aria-current]")).to_have_text("الإرسال", timeout=120_000))
    assert "أرسل الإضبارة إلى نقابة المهندسين" in _now(page)
    assert _solid(page) == "إرسال إلى نقابة المهندسين"
    page.get_by_role("button", name=_solid(page)).click()
    shown("sent", lambda: expect(page.locator(".now")).to_contain_text("لدى نقابة المهندسين", timeout=PATIENT))
    assert len(screens) <= MOST_SCREENS, screens
    page.goto(f"{served.address}/cases/new")
    expect(page.get_by_role("heading", name="إضبارة جديدة")).to_be_visible()
    expect(page.get_by_text("وُجدت مسودة")).to_have_count(0)


def test_a_model_on_another_plot_is_told_before_anything_is_sent(visits: Visitors, served: Served) -> None:
    page = visits.of("engineer", width=390)
    page.goto(f"{served.address}/cases/new")
    page.locator("input[name=plot]").first.fill("101")
    page.get_by_role("button", name="متابعة").first.click()
    page.fill("#title", "على مقسم آخر")
    page.get_by_role("button", name="فتح الإضبارة").click()
    expect(page.locator("#upload .try")).to_contain_text("لا تقع على هذا المقسم")
    found = find_ready("complies.ifc")
    assert found
    page.set_input_files("#file", found)
    page.get_by_role("button", name="رفع", exact=True).click()
    expect(page.locator(".now")).to_contain_text(re.compile("لم يُعرف موضع البناء على المقسم .?101"), timeout=120_000)
    assert _solid(page) == "تحقّق من المقسم"
    picture(page, "first-unplaced-390")
    page.get_by_role("link", name="فتح التقرير").first.click()
    page.get_by_role("link", name="العودة إلى صفحة النموذج").click()
    page.get_by_role("link", name="تحقّق من المقسم").click()
    page.fill("#plot", "103")
    page.get_by_role("button", name="حفظ التعديل").click()
    expect(page.locator("h1 + p")).to_contain_text("103")


def test_a_wrong_password_keeps_the_name_and_names_the_doors_without_one(visits: Visitors, served: Served) -> None:
    page = visits.of("engineer", width=390)
    page.wait_for_url("**/cases")
    page.context.clear_cookies()
    page.goto(f"{served.address}/login")
    page.get_by_label("اسم المستخدم").fill("engineer")
    page.get_by_label("كلمة المرور").fill("not it")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("غير صحيحين")
    expect(page.get_by_label("اسم المستخدم")).to_have_value("engineer")
    expect(page.get_by_label("كلمة المرور")).to_be_focused()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/cases$"))
    page.context.clear_cookies()
    page.goto(f"{served.address}/login")
    page.locator("main").get_by_role("link", name="أين إضبارتي؟").click()
    expect(page).to_have_url(re.compile("/status$"))


def test_ready_models_stand_on_their_plots_and_on_fictitious_land_alone() -> None:
    drawn = {sample.file: sample.design.plot for sample in SAMPLES}
    assert {model.file: model.plot for model in READY} == {model.file: drawn[model.file] for model in READY}
    assert all((found := find_ready(model.file)) and found.is_file() for model in READY)
    assert find_ready("../manifest.yaml") is None
    assert ready_in("FZ-1", fictitious=False) == ()
