"""From the plot to the permit: engineer, auditor, reviewer and approver, each at his own page."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from api.demo.consenting import declare_owners
from api.demo.office import PASSWORD, SAMPLES
from api.demo.portal import Portal
from permits.calendar import today
from permits.cases.standing import record_standing
from permits.db import utcnow
from permits.money.bills import latest_bill
from permits.money.payments import Notice, notify
from permits.people.actor import Role
from tests.browser.manual.conftest import PHONE, Walks
from tests.browser.manual.walk import Walk
from tests.browser.test_accounts import SWITCH
from tests.browser.test_case import stamp

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MODELS = SAMPLES / "models"


def _handed_in(walks: Walks) -> tuple[Walk, str]:
    """The engineer on a phone: plot, project, model, and off to the syndicate."""
    engineer = walks.of(Role.ENGINEER, width=PHONE)
    engineer.press("case-new")
    form = engineer.page.locator("form", has=engineer.page.locator("input[name=plot]")).first
    form.locator("input[name=plot]").fill("103")
    form.locator("input[name=plot]").blur()
    expect(form.locator(".facts")).to_contain_text(engineer.said("plot-allowed-floors"))
    engineer.keep("engineer-plot", top=engineer.page.locator("h1"))
    form.get_by_role("button", name=engineer.said("step-next")).click()
    engineer.fill("case-title", engineer.words("بناء سكني من أربعة طوابق", "Dwellings on four storeys"))
    engineer.press("case-open")
    engineer.page.wait_for_url(re.compile(r"/cases/[0-9a-f-]{36}$"))
    engineer.see("now-upload")
    engineer.page.set_input_files("#file", MODELS / "complies.ifc")
    engineer.press("upload-start")
    expect(engineer.page.locator("ul.counts")).to_be_visible(timeout=120_000)
    engineer.see("now-submit")
    engineer.keep("engineer-submit", top=engineer.page.locator("ul.counts"))
    engineer.press("action-submit")
    engineer.see("now-at-syndicate")
    return engineer, engineer.page.url.rsplit("/", 1)[-1]


def _stamped(walks: Walks) -> None:
    with walks.served.office.context.database.transaction() as session:
        syndicate = walks.served.office.actor(session, Role.SYNDICATE)
        day = date(2099, 12, 31)
        record_standing(session, actor=syndicate, login="engineer", membership="1234", valid_until=day)
    auditor = walks.of(Role.SYNDICATE)
    auditor.see("audit-choose")
    auditor.keep("auditor-waiting")
    auditor.page.get_by_role("row").get_by_role("link").first.click()
    auditor.see("1234")
    button = auditor.page.get_by_role("button", name=auditor.said("audit-stamp"))
    expect(button).to_be_visible()
    auditor.keep("auditor-stamp", top=auditor.see("audit-engineer"))
    button.click()
    expect(auditor.page.get_by_role("heading", name=auditor.said("audit-given"))).to_be_visible()
    expect(button).to_be_hidden()


def _decided(walks: Walks, case_id: str) -> None:
    reviewer = walks.of(Role.REVIEWER)
    reviewer.go(f"/desk/case?id={case_id}")
    reviewer.write("desk-reason", reviewer.words("مطابق للوجائب", "As the sheet asks"))
    reviewer.press("action-recommend")
    reviewer.see("state-awaiting-approval")
    office = walks.served.office
    with office.context.database.transaction() as session:
        declare_owners(session, registrar=office.actor(session, Role.REGISTRAR), case_id=case_id)
    approver = walks.of(Role.APPROVER)
    approver.go(f"/desk/case?id={case_id}")
    approver.write("desk-reason", approver.words("يُعتمد", "Approved"))
    approver.keep("reviewer-approve", top=approver.see("left-title"))
    approver.press("action-approve")
    approver.see("state-awaiting-payment")


def test_from_the_plot_to_the_permit(walks: Walks) -> None:
    engineer, case_id = _handed_in(walks)
    _stamped(walks)
    _decided(walks, case_id)
    engineer.go(f"/cases/{case_id}")
    engineer.see("now-awaiting-payment")
    engineer.keep("engineer-bill", top=engineer.page.get_by_role("heading", name=engineer.said("bill-title")))
    context = walks.served.office.context
    with context.database.transaction() as session:
        bill = latest_bill(session, case_id=case_id)
        notice = Notice("M-1", bill.reference, bill.piastres, utcnow(), today(), "mobile")
        notify(session, actor=SWITCH, office="DM-01", notice=notice, payload=b"M-1")
    link = engineer.page.get_by_role("link", name=engineer.said("permit-download")).first
    for _ in range(60):  # the server's own worker issues it
        engineer.page.reload()
        if link.count():
            break
        engineer.page.wait_for_timeout(500)
    engineer.keep("engineer-permit", top=engineer.page.get_by_role("heading", name=engineer.said("permit-title")))
    permit = engineer.page.request.get(f"{engineer.address}{link.get_attribute('href')}")
    assert permit.body()[:5] == b"%PDF-"


def test_findings_are_decided_and_the_case_goes_back(walks: Walks) -> None:
    title = {"ar": "بناء فيه مخالفات", "en": "A building with failures"}[walks.language]
    portal = Portal(walks.served.address, str(Role.ENGINEER), PASSWORD)
    case_id = portal.open_case(zone="FZ-1", plot="410", title=title)
    portal.upload(case_id, MODELS / "planted-violations.ifc")
    portal.await_review(case_id)
    portal.post(f"/cases/{case_id}/submit")
    portal.http.close()
    stamp(walks.served, case_id)

    reviewer = walks.of(Role.REVIEWER)
    row = reviewer.page.get_by_role("row", name=title)
    expect(row).to_be_visible()
    reviewer.keep("reviewer-queue")
    row.get_by_role("link").first.click()
    reviewer.press("claim-take")
    reviewer.see("claim-mine")
    article = reviewer.page.locator("article.finding").first
    article.locator("input[type=text]").fill(reviewer.words("قيس على المخطط", "Measured on the drawing"))
    reviewer.keep("reviewer-finding", top=article)
    article.get_by_role("button", name=reviewer.said("desk-save"), exact=True).click()
    reviewer.see(reviewer.words("قيس على المخطط", "Measured on the drawing"))
    expect(reviewer.page.get_by_role("button", name=reviewer.said("action-recommend"))).to_be_disabled()
    reviewer.write("desk-reason", reviewer.words("تُصحَّح الوجيبة الأمامية", "Mend the front setback"))
    reviewer.keep("reviewer-return", top=reviewer.see("left-title"))
    reviewer.press("action-return")
    reviewer.see("state-returned")
    engineer = walks.of(Role.ENGINEER, width=PHONE)
    engineer.go(f"/cases/{case_id}")
    engineer.see("now-mend")
    engineer.see("remarks-title")
    engineer.keep("engineer-returned", top=engineer.page.locator(".now"))
