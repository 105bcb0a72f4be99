"""The syndicate's auditor: from login to a stamp and to a case sent back, at his one page."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from api.demo.office import AUDITOR
from permits.cases.standing import record_standing
from permits.cases.workflow import State
from permits.people.actor import Role
from tests.browser.cases import judged_case
from tests.browser.conftest import Served, Visitors, picture

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def sent(served: Served) -> list[str]:
    """Two cases at the syndicate."""
    office, made = served.office, []
    with office.context.database.transaction() as session:
        engineer = office.actor(session, Role.ENGINEER)
        record_standing(
            session, actor=office.actor(session, Role.SYNDICATE), login="engineer", membership="د 1234",
            valid_until=date(2099, 12, 31),
        )  # fmt: skip
        for plot, title in (("103", "دار السلام"), ("410", "سوق الحرير")):
            made.append(judged_case(session, engineer, plot=plot, title=title, state=State.AT_SYNDICATE))
    return made


def test_an_auditor_stamps_and_returns(visits: Visitors, served: Served, sent: list[str]) -> None:
    page = visits.of(AUDITOR)
    expect(page).to_have_url(re.compile("/desk/audit$"))
    expect(page.get_by_role("heading", name="إضبارات بانتظار تدقيق النقابة")).to_contain_text("2", timeout=30_000)
    expect(page.get_by_role("navigation").get_by_role("link")).to_have_count(1)
    page.get_by_role("row", name="دار السلام").get_by_role("link").click()
    expect(page.locator("body")).to_contain_text("د 1234", timeout=30_000)
    expect(page.locator("body")).to_contain_text("a" * 64)
    picture(page, "audit")
    page.get_by_role("button", name="ختم هذا النموذج").click()
    expect(page.locator("body")).to_contain_text("ختم نقابة المهندسين", timeout=15_000)
    expect(page.get_by_role("heading", name="إضبارات بانتظار تدقيق النقابة")).to_contain_text("1")
    expect(page.get_by_role("button", name="ختم هذا النموذج")).to_be_hidden()

    page.goto(f"{served.address}/desk/audit?id={sent[1]}")
    back = page.get_by_role("button", name="إعادة بملاحظات")
    back.click(timeout=30_000)
    expect(page.locator("body")).to_contain_text("اكتب السبب")
    page.get_by_label("ملاحظات التدقيق").fill("ينقص مخطط التدعيم")
    back.click()
    expect(page.locator("body")).to_contain_text("معادة إلى المهندس", timeout=15_000)
    expect(page.locator("body")).to_contain_text("ينقص مخطط التدعيم")
    assert page.goto(f"{served.address}/desk").status == 403  # type: ignore[union-attr] - a page that answers
    page.goto(f"{served.address}/desk/audit")
    expect(page.locator("body")).to_contain_text("لا إضبارة تنتظر التدقيق", timeout=30_000)
    picture(page, "audit-none")
