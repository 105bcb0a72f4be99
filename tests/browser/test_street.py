"""The street in Chromium, in Arabic, on a phone: where a case is, the public board, and a check without a network."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from api.context import open_context
from api.demo.office import set_up
from api.demo.processes import free_port, running
from permits.calendar import today
from permits.cases import cases
from permits.cases.workflow import State
from permits.db import new_id
from permits.documents.claims import PermitClaims
from permits.documents.keys import signing_key
from permits.documents.tables import Permit
from permits.documents.token import new_key, sign
from permits.people.actor import Role
from permits.settings import Settings
from tests.browser.conftest import Served, fits, picture

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TITLE = "بناء لا يُذكر عنوانه"


@pytest.fixture(scope="module")
def number(served: Served) -> str:
    """A case whose permit was issued: its number."""
    office = served.office
    with office.context.database.transaction() as session:
        engineer = office.actor(session, Role.ENGINEER)
        case = cases.open_case(session, actor=engineer, office="DM-01", zone="FZ-1", plot="108", title=TITLE)
        case.state = str(State.PERMIT_ISSUED)
        day = today()
        session.add(
            Permit(
                id=new_id(), case_id=case.id, number="DM-01-2026-009999", issued_on=day.isoformat(),
                expires_on=day.replace(year=day.year + 3).isoformat(), token="t",
                facts={"use": "residential", "floors": 4}, fingerprint="f" * 64, document_sha256="d" * 64,
            )
        )  # fmt: skip
        return case.number


@pytest.fixture
def phone(browser: Browser) -> Page:
    return browser.new_context(viewport={"width": 390, "height": 840}).new_page()


def test_a_citizen_asks_where_his_case_is(served: Served, number: str, phone: Page) -> None:
    phone.goto(f"{served.address}/status")
    phone.get_by_label("رقم الإضبارة").fill(number)
    phone.get_by_role("button", name="اعرض").click()
    expect(phone.get_by_text("صدرت الرخصة. يحمّلها")).to_be_visible()
    expect(phone.locator("body")).not_to_contain_text(TITLE)
    fits(phone)
    picture(phone, "status-390")


def test_the_board_lists_and_draws_what_was_issued(served: Served, number: str, phone: Page) -> None:
    phone.goto(f"{served.address}/notices")
    expect(phone.locator("#notice-DM-01-2026-009999")).to_contain_text("المقسم 108")
    fits(phone)
    picture(phone, "notices-390")
    phone.get_by_role("button", name="اعرض على الخريطة").click()
    expect(phone.locator("#board-map[data-ready=true]")).to_be_visible(timeout=30_000)
    picture(phone, "notices-map-390")


def claims(**changed: object) -> PermitClaims:
    day = today()
    values = {
        "issuer": "SY-01", "number": "DM-01-2026-000321", "plot": "108", "floors": 4, "issued": day,
        "expires": day.replace(year=day.year + 3), "document_hash": bytes(16),
    }  # fmt: skip
    return PermitClaims(**{**values, **changed})  # type: ignore[arg-type] - the caller names fields


def test_a_check_goes_on_when_the_office_is_gone(browser: Browser, tmp_path: Path) -> None:
    """The page is opened once; then the server ends, and a scanned address still gets its verdict."""
    port = free_port(0)
    address = f"http://127.0.0.1:{port}"
    settings = Settings(data_dir=tmp_path, base_url=address)
    set_up(open_context(settings))
    context = browser.new_context(viewport={"width": 390, "height": 840})
    page = context.new_page()
    with running(
        ["serve", "--port", str(port), "--no-jobs"], ready=f"{address}/livez", log=tmp_path / "log", settings=settings,
    ):  # fmt: skip
        page.goto(f"{address}/verify/offline")
        expect(page.locator("#offline-ready[data-ready=true]")).to_be_visible(timeout=30_000)
        picture(page, "verify-offline-390")
    key = signing_key(settings)
    page.goto(f"{address}/verify/{sign(claims(), key)}")
    expect(page.locator("[data-code=valid]")).to_contain_text("صحيحة وسارية")
    expect(page.locator("#verdict")).to_contain_text("108")
    expect(page.locator("#verdict")).to_contain_text(re.compile("قائمة الإلغاءات المؤرخة"))
    fits(page)
    picture(page, "verify-without-network-390")
    stranger = sign(claims(issuer="SY-HI"), new_key("HI-01-2026-a"))
    for token, code in (
        (stranger, "unknown_key"), (sign(claims(), new_key(key["kid"])), "bad_signature"), ("xxxx", "unreadable"),
    ):  # fmt: skip
        page.get_by_label("نص الرمز").fill(token)
        page.get_by_role("button", name="تحقق", exact=True).click()
        expect(page.locator(f"[data-code={code}]")).to_be_visible()
    context.close()
