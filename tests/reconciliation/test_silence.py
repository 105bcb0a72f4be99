"""What is late is told once, by the jobs of the hour and the day."""

from datetime import datetime, timedelta

import pytest

from permits.audit import AuditEvent, timeline
from permits.calendar import DAMASCUS, begin_of, today
from permits.db import utcnow
from permits.jobs import Context, begin_hour, unfinished
from permits.money.payments import acknowledge
from permits.money.reconciliation.silence import run_daily, run_early, silences, tell
from permits.money.tables import Payment
from permits.people.actor import SYSTEM
from tests.money.books import BANK, Town
from tests.reconciliation.days import DAY, paid, settle, shown, stated

YESTERDAY = today() - timedelta(days=1)


def late(context: Context, at: datetime) -> list[tuple[str, str]]:
    with context.database.reading() as session:
        return [(one.kind, one.subject) for one in silences(session, actor=SYSTEM, at=at)]


@pytest.mark.parametrize(("hour", "told"), [(9, []), (10, [("file_missing", str(YESTERDAY))])])
def test_a_file_is_late_from_its_hour_on(context: Context, town: Town, hour: int, told: list[tuple[str, str]]) -> None:
    paid(context, "T1", 500, YESTERDAY)
    at = begin_of(today()).astimezone(DAMASCUS).replace(hour=hour)
    assert [one for one in late(context, at) if one[0] == "file_missing"] == told


def test_a_payment_is_late_when_nobody_settles_or_acknowledges_it(context: Context, town: Town) -> None:
    paid(context, "T1", 500)
    paid(context, "T2", 300)
    settle(context, [("T1", 500)])
    with context.database.transaction() as session:
        (first,) = session.query(Payment).where(Payment.provider_txn == "T1")
        acknowledge(session, actor=BANK, payment_id=first.id)
    assert late(context, utcnow() + timedelta(hours=3)) == []
    assert late(context, utcnow() + timedelta(hours=5)) == [("unacknowledged", "T2")]
    assert late(context, utcnow() + timedelta(days=9)) == [("unsettled", "T2"), ("unacknowledged", "T2")]


def test_it_is_told_once(context: Context, town: Town) -> None:
    paid(context, "T1", 500)
    at = utcnow() + timedelta(hours=5)
    with context.database.transaction() as session:
        assert len(tell(session, actor=SYSTEM, at=at)) == 2
    run_early(context, hour=at.isoformat())
    with context.database.transaction() as session:
        found = timeline(session, "silence:bank:unacknowledged:T1")
        assert [row.event for row in found] == [AuditEvent.SILENCE_TOLD]


def test_an_hour_is_begun_once(context: Context, town: Town) -> None:
    moment = utcnow()
    begin_hour(context, moment)
    begin_hour(context, moment)
    hours = [job["id"] for job in unfinished(context.database) if job["id"].startswith("reconciliation.early")]
    assert len(hours) == 1


def test_the_days_run_explains_what_came_since(context: Context, town: Town) -> None:
    settle(context, [("T1", 500)])
    stated(context, [(500, f"bank/{DAY}")])
    paid(context, "T1", 500)
    run_daily(context, day=str(today()))
    assert shown(context).breaks == 0
