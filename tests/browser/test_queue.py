"""Reviewers and an approver at the queue: filters that stay, claims, a colleague's case, word of what changes."""

import re

import pytest
from playwright.sync_api import expect

from api.demo.office import PASSWORD
from permits.cases import claims
from permits.cases.reviews import current_review
from permits.cases.tables import Case
from permits.cases.workflow import State
from permits.people.accounts import actor_of, create_user, find_user
from permits.people.actor import SYSTEM, Actor, Role
from tests.browser.cases import judged_case
from tests.browser.conftest import Served, Visitors, picture

pytestmark = [pytest.mark.browser, pytest.mark.slow]
COLLEAGUE = "reviewer-2"


@pytest.fixture(scope="module")
def waiting(served: Served) -> list[str]:
    """Cases in review; a second reviewer, and the numbers of the cases."""
    office = served.office
    with office.context.database.transaction() as session:
        if find_user(session, login=COLLEAGUE) is None:
            create_user(
                session, actor=SYSTEM, login=COLLEAGUE, password=PASSWORD, name_ar="م. ريم المدققة", name_en="Rim",
                roles=[Role.REVIEWER],
            )  # fmt: skip
        engineer, made = office.actor(session, Role.ENGINEER), []
        for plot, title in (("103", "مشفى الياسمين"), ("410", "برج النارنج"), ("104", "مدرسة الزيتون")):
            made.append(judged_case(session, engineer, plot=plot, title=title, state=State.IN_REVIEW))
    return made


def colleague(served: Served) -> Actor:
    with served.office.context.database.reading() as session:
        user = find_user(session, login=COLLEAGUE)
        assert user is not None
        return actor_of(user)


def test_filters_stay_in_the_address_and_claims_are_seen_by_others(
    visits: Visitors, served: Served, waiting: list[str]
) -> None:
    page = visits.of("reviewer")
    expect(page.locator("table")).to_contain_text("مشفى الياسمين", timeout=30_000)
    page.get_by_label("بحث في الرقم").fill("الزيتُون")
    expect(page.locator("table")).not_to_contain_text("مشفى الياسمين")
    expect(page).to_have_url(re.compile("text="))
    page.reload()
    expect(page.get_by_label("بحث في الرقم")).to_have_value("الزيتُون", timeout=30_000)
    expect(page.locator("table")).not_to_contain_text("مشفى الياسمين")
    page.get_by_label("بحث في الرقم").fill("")
    expect(page.locator("table")).to_contain_text("مشفى الياسمين")
    page.get_by_role("button", name="المشروع").click()
    expect(page.get_by_role("columnheader", name="المشروع")).to_have_attribute("aria-sort", "ascending")

    page.get_by_role("button", name="تسلّم المحدد").click()
    expect(page.locator("body")).to_contain_text("لم تُحدَّد أي إضبارة")
    for title in ("مشفى الياسمين", "برج النارنج"):
        page.get_by_role("row", name=title).get_by_role("checkbox").focus()
        page.keyboard.press("Space")
    other = visits.of(COLLEAGUE)
    expect(other.locator("table")).to_contain_text("برج النارنج", timeout=30_000)
    with served.office.context.database.transaction() as session:
        claims.claim(session, actor=colleague(served), case_id=waiting[1])
    page.get_by_role("button", name="تسلّم المحدد").click()
    expect(page.locator("body")).to_contain_text("بيد مدقق آخر")
    expect(page.get_by_role("row", name="مشفى الياسمين")).to_contain_text("أنا")
    expect(page.get_by_role("row", name="برج النارنج")).to_contain_text("ريم")
    expect(other.get_by_role("row", name="مشفى الياسمين")).to_contain_text("سامر", timeout=15_000)
    picture(page, "queue")


def test_an_approver_assigns(visits: Visitors, served: Served, waiting: list[str]) -> None:
    page = visits.of("approver")
    page.goto(f"{served.address}/desk?state=in_review&text=الزيتون")
    page.get_by_role("row", name="مدرسة الزيتون").get_by_role("checkbox").check(timeout=30_000)
    page.get_by_label("المدقق الذي تُسند إليه").select_option(colleague(served).id)
    page.get_by_role("button", name="إسناد المحدد").click()
    expect(page.get_by_role("row", name="مدرسة الزيتون")).to_contain_text("ريم", timeout=15_000)
    expect(page.get_by_label("المدقق الذي تُسند إليه").locator("option:checked")).to_contain_text("2")
    picture(page, "queue-approver")


def test_a_colleagues_case_is_taken_over_with_a_reason_and_an_ended_review_is_said(
    visits: Visitors, served: Served, waiting: list[str]
) -> None:
    with served.office.context.database.transaction() as session:
        claims.assign(
            session, actor=served.office.actor(session, Role.APPROVER), case_id=waiting[2],
            reviewer_id=colleague(served).id,
        )  # fmt: skip
    page = visits.of("reviewer")
    page.goto(f"{served.address}/desk/case?id={waiting[2]}")
    expect(page.locator("body")).to_contain_text(re.compile("بيد: .?م. ريم المدققة"), timeout=30_000)
    expect(page.get_by_role("button", name="إعادة بملاحظات")).to_be_disabled()
    page.get_by_role("button", name="تسلّمها من الزميل").click()
    expect(page.locator("body")).to_contain_text("اكتب السبب")
    page.get_by_label("سبب التسلّم من الزميل").fill("إجازة")
    page.get_by_role("button", name="تسلّمها من الزميل").click()
    expect(page.locator("body")).to_contain_text("هذه الإضبارة بيدك", timeout=15_000)
    expect(page.get_by_role("button", name="إعادة بملاحظات")).to_be_enabled()
    page.get_by_role("button", name="ملف الإضبارة وسجلّها").click()
    page.get_by_role("button", name="إعادة التدقيق").click()
    expect(page.locator("body")).to_contain_text("انتهت مراجعة جديدة", timeout=60_000)
    picture(page, "review-ended")
    page.evaluate("scrollTo(0, 0)")
    picture(page, "claimed")
    with served.office.context.database.reading() as session:
        review = current_review(session, case_id=session.get_one(Case, waiting[2]).id)
        assert review is not None
        assert review.state in ("refused", "failed", "done")
