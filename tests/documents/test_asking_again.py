"""A permit whose job failed for good: on record, asked for again once, and issued when the cause is gone."""

import time

import pytest
from sqlalchemy import select

from permits import audit, jobs
from permits.audit import AuditEvent, AuditRow
from permits.cases.tables import Case
from permits.documents.issue import ask_again, issue_failed, issue_permit
from permits.errors import Forbidden
from permits.jobs import Context
from permits.money.tables import Bill
from permits.people.actor import SYSTEM, Role
from permits.register.tables import Sheet
from tests.factories import make_actor
from tests.money.books import make_bill, open_books
from tests.money.test_payments import notice_of, tell


@pytest.fixture
def paid(context: Context) -> Bill:
    bill = make_bill(context, open_books(context))
    tell(context, notice_of(bill))
    return bill


def _ask(context: Context) -> list[str]:
    with context.database.transaction() as session:
        return [case.id for case in ask_again(session, actor=SYSTEM)]


def _events(context: Context, case_id: str) -> list[str]:
    with context.database.reading() as session:
        return [row.event for row in audit.timeline(session, case_id)]


def test_only_what_failed_is_asked_for_again_and_once(context: Context, paid: Bill) -> None:
    assert _ask(context) == []
    issue_failed(context, error="ValueError('typesetting')", case_id=paid.case_id)
    assert _events(context, paid.case_id)[-1] == AuditEvent.PERMIT_FAILED
    assert _ask(context) == [paid.case_id]
    assert _ask(context) == []
    with context.database.reading() as session:
        query = select(AuditRow.seq).where(AuditRow.event == str(AuditEvent.PERMIT_FAILED))
        seq = session.scalars(query).one()
    waiting = {job["id"] for job in jobs.unfinished(context.database)}
    assert waiting == {f"permit.issue:{paid.case_id}", f"permit.issue:{paid.case_id}:{seq}"}
    issue_failed(context, error="again", case_id=paid.case_id)
    assert _ask(context) == [paid.case_id]


def test_who_has_a_permit_is_asked_for_no_more(context: Context, paid: Bill) -> None:
    issue_permit(context, case_id=paid.case_id)
    issue_failed(context, error="late news of an old run", case_id=paid.case_id)
    assert AuditEvent.PERMIT_FAILED not in _events(context, paid.case_id)
    assert _ask(context) == []
    with context.database.transaction() as session, pytest.raises(Forbidden):
        ask_again(session, actor=make_actor(session, Role.ENGINEER, "other"))


def _until_idle(context: Context) -> None:
    deadline = time.monotonic() + 60
    while jobs.unfinished(context.database):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _move_sheet(context: Context, parcel: str) -> str:
    """Give the only sheet another number; its number before."""
    with context.database.transaction() as session:
        sheet = session.scalars(select(Sheet)).one()
        before, sheet.parcel = sheet.parcel, parcel
    return before


@pytest.mark.slow
def test_a_permit_is_issued_when_the_cause_of_its_failure_is_gone(context: Context, paid: Bill) -> None:
    parcel = _move_sheet(context, "misplaced")
    stopping = jobs.start(context)
    try:
        _until_idle(context)
        assert _events(context, paid.case_id)[-1] == AuditEvent.PERMIT_FAILED
        _move_sheet(context, parcel)
        assert _ask(context) == [paid.case_id]
        _until_idle(context)
    finally:
        jobs.stop(stopping)
    events = _events(context, paid.case_id)
    assert events.count(AuditEvent.PERMIT_FAILED) == events.count(AuditEvent.PERMIT_ISSUED) == 1
    with context.database.reading() as session:
        assert session.get_one(Case, paid.case_id).state == "permit_issued"
