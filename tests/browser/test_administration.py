"""The administrator in Arabic: a program's secret shown once and used; a centre's desk registered and supplied."""

import re
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from permits.cash.desk import counter
from permits.documents.keys import public_keys
from permits.i18n import translate
from tests.browser.conftest import Served, Visitors, fits, hand_over, picture

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WIDTHS = (1440, 390)


def said(key: str, **values: str | float) -> str:
    return translate("ar", key, **values)


def arrive(visitors: Visitors, width: int) -> Page:
    page = visitors.of("admin", width=width)
    page.goto(f"{visitors.served.address}/desk/admin")
    expect(page.get_by_role("button", name=said("admin-proof-ask"))).to_be_visible(timeout=30_000)
    return page


def press(page: Page, key: str) -> None:
    page.get_by_role("button", name=said(key), exact=True).click()


def unfold(page: Page, key: str, then: str) -> None:
    """Open a folded form by its title, once."""
    page.get_by_text(said(key), exact=True).last.click()
    expect(page.get_by_role("button", name=said(then), exact=True)).to_be_visible()


def let_in(served: Served, program: str, secret: str) -> bool:
    form = {"grant_type": "client_credentials", "client_id": program, "client_secret": secret}
    return httpx.post(f"{served.address}/oauth/token", data=form, timeout=30).is_success


@pytest.mark.parametrize("width", WIDTHS)
def test_a_program_is_registered_and_ended(browser: Browser, told: Served, width: int) -> None:
    visitors, program = Visitors(browser, told), f"court-{width}"
    page = arrive(visitors, width)
    unfold(page, "admin-program-add", "admin-program-add-do")
    page.get_by_label(said("admin-program-id")).fill(program)
    page.get_by_label(said("admin-program-name")).fill("برنامج محكمة البداية (وهمي)")
    page.get_by_label(said("admin-program-role")).select_option(label=said("role-registrar"))
    press(page, "admin-program-add-do")
    expect(page.get_by_text(said("error-scopes-needed"))).to_be_visible()
    for scope in ("sheets-read", "sheets-write"):
        page.get_by_label(said(f"scope-{scope}"), exact=True).check()
    picture(page, f"admin-program-form-{width}")
    press(page, "admin-program-add-do")
    code = page.locator("[data-secret]")
    expect(code).to_have_text(re.compile(r"^[\w-]{43}$"))
    secret = code.inner_text()
    assert let_in(told, program, secret)
    code.scroll_into_view_if_needed()
    picture(page, f"admin-program-secret-{width}")
    fits(page)
    press(page, "admin-secret-hide")
    expect(code).to_have_count(0)
    row = page.get_by_role("row", name=program)
    expect(row).to_contain_text(said("scope-sheets-write"))
    press(page, "admin-program-end")
    expect(row).to_contain_text(said("admin-ended-program"))
    assert not let_in(told, program, secret)
    picture(page, f"admin-programs-{width}")
    fits(page)
    visitors.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_centres_desk_is_registered_and_supplied(
    browser: Browser, told: Served, tmp_path: Path, width: int
) -> None:  # fmt: skip
    visitors, centre = Visitors(browser, told), f"W{width}"
    page = arrive(visitors, width)
    unfold(page, "admin-centre-add", "admin-centre-add-do")
    page.get_by_label(said("admin-centre-code")).fill(centre)
    page.get_by_label(said("admin-centre-ar")).fill("مركز الوعر (وهمي)")
    page.get_by_label(said("admin-centre-en")).fill("Al-Waer centre (fictitious)")
    press(page, "admin-centre-add-do")
    expect(page.get_by_text(said("admin-done"))).to_be_visible()
    unfold(page, "admin-desk-add", "admin-desk-add-do")
    with page.expect_download() as keys:
        page.get_by_role("link", name=said("admin-office-keys")).click()
    assert Path(keys.value.path()).read_text() == public_keys(told.office.context.settings)
    code, folder = f"{centre}-1", tmp_path / "desk"
    public = counter.init_desk(folder, code=code, office_keys=Path(keys.value.path()).read_text())
    page.get_by_label(said("admin-centre"), exact=True).select_option(value=None, label=f"مركز الوعر (وهمي) · {centre}")
    hand_over(page, {"name": "desk-key.json", "mimeType": "application/json", "buffer": public.encode()})
    page.get_by_label(said("admin-desk-until")).fill("2099-12-31")
    picture(page, f"admin-desk-form-{width}")
    fits(page)
    press(page, "admin-desk-add-do")
    row = page.get_by_role("row", name=code)
    expect(row).to_contain_text("2099-12-31")
    unfold(page, "admin-numbers-add", "admin-numbers-add-do")
    expect(page.get_by_label(said("admin-desk"), exact=True)).to_have_value(code)
    press(page, "admin-numbers-add-do")
    expect(row).to_contain_text("500")
    with page.expect_download() as handed:
        row.get_by_role("button", name=said("admin-hand-out-do")).click()
    desk = counter.open_desk(folder)
    counter.import_snapshot(desk, Path(handed.value.path()).read_bytes())
    assert counter.till_of(desk).free_numbers() == 500
    desk.store.close()
    row.scroll_into_view_if_needed()
    picture(page, f"admin-desks-{width}")
    fits(page)
    visitors.close()
