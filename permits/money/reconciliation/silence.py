"""The early run: what providers should have told us by now and have not."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.calendar import DAMASCUS, local_day
from permits.db import utcnow
from permits.jobs import Context
from permits.money.reconciliation.breaks import HORIZON, reckon
from permits.money.reconciliation.days import CASH, STATEMENT
from permits.money.reconciliation.terms import age, terms
from permits.money.reversals import reversed_in_transit
from permits.money.tables import Payment, Settlement, SettlementLine
from permits.people.actor import SYSTEM, Actor, Role


@dataclass(frozen=True)
class Silence:
    """`kind` is unsettled, unacknowledged or file_missing; `subject` a transaction, or the day of the file."""

    kind: str
    provider: str
    subject: str
    day: str
    piastres: int


def silences(session: Session, *, actor: Actor, at: datetime | None = None) -> list[Silence]:
    """Everything that is late at a moment, the oldest first."""
    actor.need(Role.ACCOUNTANT, Role.GOVERNOR, Role.SYSTEM)
    moment = at or utcnow()
    payments = _recent(session, moment)
    return [*_files(session, payments, moment), *_unsettled(session, payments, moment), *_unheard(payments, moment)]


def _recent(session: Session, moment: datetime) -> list[Payment]:
    since = (local_day(moment) - timedelta(days=HORIZON)).isoformat()
    query = select(Payment).where(Payment.settlement_day >= since, Payment.state != "received").order_by(Payment.id)
    return [row for row in session.scalars(query) if not row.provider.startswith((CASH, STATEMENT))]


def _files(session: Session, payments: list[Payment], moment: datetime) -> list[Silence]:
    """Days that are over, with payments and without a file, once the hour of the file has passed."""
    there = {(row.provider, row.day) for row in session.scalars(select(Settlement))}
    here = moment.astimezone(DAMASCUS)
    last = local_day(moment) - timedelta(days=1 if here.hour >= int(terms().file_hour.value) else 2)
    sums: dict[tuple[str, str], int] = {}
    for row in payments:
        if row.settlement_day <= last.isoformat() and (row.provider, row.settlement_day) not in there:
            key = (row.provider, row.settlement_day)
            sums[key] = sums.get(key, 0) + row.piastres
    return [Silence("file_missing", provider, day, day, sums[provider, day]) for provider, day in sorted(sums)]


def _unsettled(session: Session, payments: list[Payment], moment: datetime) -> list[Silence]:
    limit, now = int(terms().unsettled_days.value), local_day(moment)
    old = [row for row in payments if age(local_day(row.paid_at), now) > limit]
    found = []
    for provider in sorted({row.provider for row in old}):
        gone = reversed_in_transit(session, provider=provider)
        query = select(SettlementLine.provider_txn).join(Settlement).where(Settlement.provider == provider)
        delivered = set(session.scalars(query.where(SettlementLine.file_piastres.is_not(None))))
        found += [
            Silence("unsettled", provider, row.provider_txn, row.settlement_day, row.piastres) for row in old
            if row.provider == provider and row.id not in gone and row.provider_txn not in delivered
        ]  # fmt: skip
    return found


def _unheard(payments: list[Payment], moment: datetime) -> list[Silence]:
    limit = timedelta(hours=int(terms().unacknowledged_hours.value))
    return [
        Silence("unacknowledged", row.provider, row.provider_txn, row.settlement_day, row.piastres)
        for row in payments if row.acknowledged_at is None and moment - row.received_at > limit
    ]  # fmt: skip


def tell(session: Session, *, actor: Actor, at: datetime | None = None) -> list[Silence]:
    """Record what is late and was not told before; those told now."""
    actor.need(Role.SYSTEM)
    told = []
    for one in silences(session, actor=actor, at=at):
        subject = f"silence:{one.provider[:40]}:{one.kind}:{one.subject[:50]}"
        if not audit.timeline(session, subject):
            audit.record(
                session, AuditEvent.SILENCE_TOLD, actor=actor, subject=subject, late=one.kind, day=one.day,
                piastres=one.piastres, transaction=one.subject,
            )  # fmt: skip
            told.append(one)
    return told


def run_early(context: Context, *, hour: str) -> None:
    """The job of every hour; `hour` names it, so that it is done once."""
    with context.database.transaction() as session:
        tell(session, actor=SYSTEM, at=datetime.fromisoformat(hour))


def run_daily(context: Context, *, day: str) -> None:  # noqa: ARG001 - every daily job is given its day
    """The job of every day: what came since is reckoned against every open day."""
    with context.database.transaction() as session:
        reckon(session, actor=SYSTEM)
