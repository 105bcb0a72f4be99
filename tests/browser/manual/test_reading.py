"""Those who read: the governor his month, the citizen his case, the owner his property, the inspector a permit."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from permits.cases.tables import Case
from permits.cases.workflow import State
from permits.documents.issue import permit_of
from permits.people.actor import Role
from tests.browser.manual.conftest import PHONE, Walks

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def _permitted(readers: Walks) -> tuple[str, str]:
    """Number of a case whose permit was issued, and the code on the permit."""
    with readers.served.office.context.database.reading() as session:
        case = session.scalars(select(Case).where(Case.state == str(State.PERMIT_ISSUED)).order_by(Case.number)).all()
        return case[-1].number, permit_of(session, case_id=case[-1].id).token


def test_the_governor_reads_his_month(readers: Walks) -> None:
    governor = readers.of(Role.GOVERNOR)
    governor.see("governor-table")
    expect(governor.page.get_by_role("button", name=governor.said("governor-print"))).to_be_visible()
    governor.keep("governor-month")
    governor.keep("governor-charts", top=governor.page.get_by_role("heading", name=governor.said("governor-charts")))


def test_a_citizen_asks_and_an_inspector_checks(readers: Walks) -> None:
    number, token = _permitted(readers)
    citizen = readers.of(None, width=PHONE)
    citizen.go("/status")
    citizen.fill("status-number", number)
    citizen.press("status-show")
    citizen.see("status-next-permit-issued")
    citizen.keep("citizen-status")
    citizen.go("/notices")
    citizen.see("notices-kind-permit")
    citizen.keep("citizen-board")
    citizen.go(f"/verify/{token}")
    citizen.see("verify-valid")
    citizen.keep("citizen-verify")
    citizen.go("/verify/offline")
    expect(citizen.page.locator("#offline-ready[data-ready=true]")).to_be_visible()


def test_an_owner_reads_his_property(readers: Walks) -> None:
    owner = readers.of(Role.OWNER, width=PHONE)
    owner.see("property-title")
    owner.press("property-open")
    owner.see("property-share")
    owner.see("property-signals")
    owner.see("property-looks")
    owner.keep("citizen-property", top=owner.page.locator("h1"))
