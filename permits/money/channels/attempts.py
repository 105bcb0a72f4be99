"""Payment attempts: a payer is led to a provider's page, and what the provider says of it is what counts.

Nothing that the payer's browser brings back is believed. Money that a provider took is money, however late it is told
and whatever became of the attempt meanwhile: the payment goes the way of every other one.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit, jobs
from permits.audit import AuditEvent
from permits.db import canonical, new_id, utcnow
from permits.errors import Conflict, Invalid, NotFound
from permits.money.channels.registry import Agreement, Channels
from permits.money.channels.tables import Attempt
from permits.money.channels.ways import ways
from permits.money.demands import lock_group
from permits.money.payments import Answer, Notice, notify
from permits.money.tables import Bill
from permits.people.actor import Actor, Role

ASK = "payment.ask"
"""The job that asks the provider what became of an attempt, until it has ended."""


class AttemptState(StrEnum):
    """Where an attempt stands; all but the first two are ends."""

    CREATED = "created"
    REDIRECTED = "redirected"
    CONFIRMED = "confirmed"
    FAILED = "failed"
    EXPIRED = "expired"
    ABANDONED = "abandoned"


class Word(StrEnum):
    """What a provider says of an attempt."""

    OPEN = "open"
    PAID = "paid"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


OPEN = (AttemptState.CREATED, AttemptState.REDIRECTED)
_ENDS = {
    Word.DECLINED: AttemptState.FAILED, Word.CANCELLED: AttemptState.ABANDONED, Word.EXPIRED: AttemptState.EXPIRED,
}  # fmt: skip
TRANSITIONS = {(state, word): end for state in OPEN for word, end in _ENDS.items()} | {
    (state, Word.PAID): AttemptState.CONFIRMED for state in AttemptState
}
"""The one table of what ends an attempt: money confirms any, whatever was heard of it before; nothing undoes that."""


@dataclass(frozen=True)
class Outcome:
    """What a provider says of an attempt; the rest is told where it is paid, money in new piastres."""

    attempt: str
    word: Word
    transaction: str = ""
    piastres: int = 0
    paid_at: datetime | None = None
    settlement_day: date | None = None


def start(
    session: Session, *, actor: Actor, channels: Channels, channel: str, bill: Bill, piastres: int | None, key: str
) -> Attempt:  # fmt: skip
    """Begin to pay so much of a bill, all that is left unless said; the same form again is the same attempt.

    Whoever calls has seen to it that `actor` may see the bill. Conflict where the channel does not take it.
    """
    agreement = channels.find(channel)
    agreement.capabilities.need("redirect")
    if not key.strip() or len(key) > 80:
        raise Invalid("attempt-key")
    lock_group(session, bill.demand_id)  # so that whoever presses twice at once is led to one page
    if known := session.scalar(select(Attempt).where(Attempt.key == key)):
        if (known.bill_id, known.channel, known.started_by) != (bill.id, channel, actor.id):
            raise Conflict("attempt-key")
        return known
    way = next((way for way in ways(session, channels=channels, bill=bill) if way.channel.code == channel), None)
    if way is None:
        raise Conflict("bill-not-live", reference=bill.reference, state=bill.state)
    asked = way.most if piastres is None else piastres
    if not way.least <= asked <= way.most:
        raise Invalid("payment-amount")
    return _going_on(session, actor, agreement, bill, asked) or _begin(session, actor, agreement, bill, asked, key)


def _going_on(session: Session, actor: Actor, channel: Agreement, bill: Bill, piastres: int) -> Attempt | None:
    """An attempt of the same payer for the same that is not over: two open ones could be paid twice."""
    query = select(Attempt).where(
        Attempt.bill_id == bill.id, Attempt.channel == channel.code, Attempt.piastres == piastres,
        Attempt.started_by == actor.id, Attempt.state.in_(list(map(str, OPEN))), Attempt.expires_at > utcnow(),
    )  # fmt: skip
    return session.scalar(query.order_by(Attempt.id).limit(1))


def _begin(session: Session, actor: Actor, channel: Agreement, bill: Bill, piastres: int, key: str) -> Attempt:
    attempt = Attempt(
        id=new_id(), channel=channel.code, provider=channel.provider, bill_id=bill.id, piastres=piastres,
        state=str(AttemptState.CREATED), key=key, started_by=actor.id, created_at=utcnow(),
        expires_at=utcnow() + timedelta(minutes=channel.minutes),
    )  # fmt: skip
    session.add(attempt)
    session.flush()
    _record(session, AuditEvent.ATTEMPT_STARTED, actor, attempt, bill)
    jobs.enqueue(session, ASK, attempt.id, attempt_id=attempt.id)
    return attempt


def redirected(session: Session, *, attempt_id: str, address: str) -> Attempt:
    """The provider has a page for it; again, or once it has ended, nothing changes."""
    attempt = _lock(session, attempt_id)
    if attempt.state == AttemptState.CREATED:
        attempt.state, attempt.address = str(AttemptState.REDIRECTED), address
    return attempt


def hear(session: Session, *, actor: Actor, office: str, outcome: Outcome) -> Answer | None:
    """What a provider says of its attempt, by itself or asked; what became of the money where it is paid.

    Told twice, or by confirmation and by question, it is one payment. NotFound for another provider's attempt.
    """
    actor.need(Role.BILLER)
    attempt = _lock(session, outcome.attempt)
    if attempt.provider != actor.id:
        raise NotFound("attempt-unknown")
    bill = session.get_one(Bill, attempt.bill_id)
    before, target = attempt.state, TRANSITIONS.get((AttemptState(attempt.state), outcome.word))
    answer = _take(session, actor, office, attempt, bill, outcome) if outcome.word is Word.PAID else None
    if target is None or (answer and answer.state == "conflict"):
        return answer
    attempt.state, attempt.ended_at = str(target), attempt.ended_at or utcnow()
    if answer and attempt.payment_id is None:
        attempt.payment_id = answer.payment
    if target != before:
        _record(session, AuditEvent.ATTEMPT_ENDED, actor, attempt, bill, before=before)
    return answer


def _take(session: Session, actor: Actor, office: str, attempt: Attempt, bill: Bill, outcome: Outcome) -> Answer:
    if not outcome.transaction or outcome.paid_at is None or outcome.settlement_day is None:
        raise Invalid("message-unreadable", fault="transaction")
    notice = Notice(
        outcome.transaction, bill.reference, outcome.piastres, outcome.paid_at, outcome.settlement_day,
        attempt.channel,
    )  # fmt: skip
    told = [outcome.attempt, outcome.transaction, outcome.piastres, outcome.paid_at.astimezone(UTC).isoformat()]
    payload = canonical([*told, outcome.settlement_day.isoformat()]).encode()
    return notify(session, actor=actor, office=office, notice=notice, payload=payload)


def attempt_of(session: Session, attempt_id: str) -> Attempt:
    """An attempt, or NotFound."""
    attempt = session.get(Attempt, attempt_id)
    if attempt is None:
        raise NotFound("attempt-unknown")
    return attempt


def _lock(session: Session, attempt_id: str) -> Attempt:
    """An attempt as it stands now, locked before any row that its payment locks."""
    query = select(Attempt).where(Attempt.id == attempt_id).with_for_update()
    attempt = session.scalar(query.execution_options(populate_existing=True))
    if attempt is None:
        raise NotFound("attempt-unknown")
    return attempt


def overdue(attempt: Attempt) -> bool:
    """Whether its time is over, whatever its provider says."""
    return utcnow() > attempt.expires_at


def _record(session: Session, event: AuditEvent, actor: Actor, attempt: Attempt, bill: Bill, **more: str) -> None:
    audit.record(
        session, event, actor=actor, subject=bill.demand.subject_id, attempt=attempt.id, state=attempt.state,
        channel=attempt.channel, reference=bill.reference, piastres=attempt.piastres, **more,
    )  # fmt: skip
