"""Division by floors in Chromium, in Arabic: a registrar has the table made from the approved model, and enters it."""

import time

import pytest
from playwright.sync_api import expect

from api.demo.office import SAMPLES
from permits.cases.reviews import state_of
from permits.cases.tables import Model
from permits.cases.workflow import State
from permits.money.providers import create_biller_key
from permits.people.actor import SYSTEM
from permits.people.tables import User
from permits.register.opening import successors
from permits.register.sheets import sheet_of_plot
from tests.browser.conftest import Served, Visitors, picture
from tests.money.books import SECRET, Town, make_bill
from tests.money.test_payments import notice_of, tell

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PLOT = "305"


@pytest.fixture
def case_id(served: Served) -> str:
    """A case with its permit, which the server's job made; its model is the sample that complies."""
    context = served.office.context
    with context.database.transaction() as session:
        session.add(User(id="engineer", login="e", name_ar="م", name_en="e", password="x", roles=["engineer"]))
        create_biller_key(session, actor=SYSTEM, key_id="bank-1", provider="bank", secret=SECRET)
    bill = make_bill(context, Town("FZ-1", PLOT))
    with context.database.transaction() as session:
        model = session.query(Model).filter_by(case_id=bill.case_id).one()
        model.sha256 = context.storage.keep(SAMPLES / "models" / "complies.ifc")
    tell(context, notice_of(bill))
    deadline = time.monotonic() + 60
    while True:
        with context.database.reading() as session:
            if state_of(session, case_id=str(bill.case_id)) == State.PERMIT_ISSUED:
                return str(bill.case_id)
        assert time.monotonic() < deadline
        time.sleep(0.2)


def test_sections_are_made_shown_and_entered(visits: Visitors, served: Served, case_id: str) -> None:
    assert case_id
    page = visits.of("registrar")
    page.goto(f"{served.address}/desk/register")
    page.get_by_role("button", name="الإفراز الطابقي", exact=True).click()
    page.get_by_label("الإضبارة ذات الرخصة").select_option(label=f"{_number(served, case_id)} — المقسم {PLOT}")
    expect(page.get_by_text("لم يُطلب إفراز هذا البناء بعد.")).to_be_visible()
    page.get_by_role("button", name="إعداد جدول الإفراز").click()
    expect(page.get_by_text("الجدول جاهز")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("المجموع")).to_be_visible()
    picture(page, "division")
    page.get_by_role("button", name="قيد الإفراز").click()
    expect(page.get_by_text("قيد اليومية رقم")).to_be_visible(timeout=20_000)
    picture(page, "division-entered")
    with served.office.context.database.reading() as session:
        sheet = sheet_of_plot(session, zone="FZ-1", plot=PLOT)
        assert len(successors(session, sheet.id)) == 8


def _number(served: Served, case_id: str) -> str:
    from permits.cases.tables import Case

    with served.office.context.database.reading() as session:
        return session.get_one(Case, case_id).number
