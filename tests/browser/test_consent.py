"""The applicant on the case's desk in Chromium: declared by the registrar, seen by the reviewer, let pass by the
approver."""

import pytest
from playwright.sync_api import Page, expect

from permits.cases import cases
from permits.cases.tables import Case
from permits.cases.workflow import State
from permits.people.actor import Role
from permits.register.sheets import owners, sheet_of_plot
from tests.browser.conftest import Served, Visitors, picture

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ZONE, PLOT = "FZ-1", "105"


@pytest.fixture(scope="module")
def case_id(served: Served) -> str:
    """A case that awaits approval, though nothing of it was reviewed: the register is what is looked at."""
    office = served.office
    with office.context.database.transaction() as session:
        engineer = office.actor(session, Role.ENGINEER)
        case = cases.open_case(session, actor=engineer, office="DM-01", zone=ZONE, plot=PLOT, title="بناء على الشيوع")
        session.get_one(Case, case.id).state = str(State.AWAITING_APPROVAL)
        return case.id


def desk_of(visits: Visitors, served: Served, who: str, case_id: str) -> Page:
    page = visits.of(who)
    page.goto(f"{served.address}/desk/case?id={case_id}")
    page.get_by_role("button", name="ملف الإضبارة وسجلّها").click()
    expect(page.get_by_role("heading", name="ما يقوله السجل العقاري")).to_be_visible(timeout=30_000)
    return page


def test_an_undecided_condition_is_let_pass_with_a_reason(visits: Visitors, served: Served, case_id: str) -> None:
    page = desk_of(visits, served, "approver", case_id)
    expect(page.get_by_role("cell", name="لم يُثبَّت مقدّم الطلب بعد").first).to_be_visible()
    expect(page.get_by_text("هذا الشرط يوقف الاعتماد")).to_be_visible(timeout=20_000)
    page.get_by_label("سبب التجاوز").scroll_into_view_if_needed()
    picture(page, "case-override")
    page.get_by_role("button", name="تجاوز الشرط").click()
    expect(page.get_by_text("اكتب السبب").first).to_be_visible(timeout=20_000)
    page.get_by_label("سبب التجاوز").fill("سند الملكية في إضبارة ورقية")
    page.get_by_role("button", name="تجاوز الشرط").click()
    expect(page.get_by_text("سند الملكية في إضبارة ورقية").first).to_be_visible(timeout=20_000)


def test_the_registrar_declares_and_the_reviewer_sees(visits: Visitors, served: Served, case_id: str) -> None:
    with served.office.context.database.reading() as session:
        names = [one.name_ar for one in owners(session, sheet=sheet_of_plot(session, zone=ZONE, plot=PLOT))]
    desk = desk_of(visits, served, "registrar", case_id)
    desk.get_by_label("الشخص", exact=True).select_option(index=0)
    desk.get_by_label("اسم الوكيل").fill("سامي الوكيل")
    desk.get_by_role("button", name="أثبت مقدّم الطلب").click()
    expect(desk.get_by_text("لا وكالة برقم وتاريخ انتهاء")).to_be_visible(timeout=20_000)
    desk.get_by_label("اسم الوكيل").fill("")
    desk.get_by_role("button", name="أثبت مقدّم الطلب").click()
    expect(desk.get_by_text("لا وكالة برقم وتاريخ انتهاء")).to_have_count(0, timeout=20_000)
    for at in range(1, len(names)):
        desk.get_by_label("المالك الموافق").select_option(index=at)
        desk.get_by_label("رقم وثيقة الموافقة").fill(f"إقرار {at}/2026")
        desk.get_by_role("button", name="أثبت الموافقة").click()
        expect(desk.get_by_text(f"إقرار {at}/2026").first).to_be_visible(timeout=20_000)
    desk.get_by_role("button", name="أثبت الموافقة").scroll_into_view_if_needed()
    picture(desk, "case-applicant")
    reviewer = desk_of(visits, served, "reviewer", case_id)
    expect(reviewer.get_by_text(names[0]).first).to_be_visible()
    expect(reviewer.get_by_text("أثبت الموافقة")).to_have_count(0)
    reviewer.get_by_role("heading", name="مقدّم الطلب وموافقات المالكين").scroll_into_view_if_needed()
    picture(reviewer, "case-applicant-reviewer")
