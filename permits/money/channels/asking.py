"""Asking a provider what became of an attempt, whoever lost the confirmation; and paying back the way it came."""

import logging
import time
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit, jobs
from permits.audit import AuditEvent
from permits.db import utcnow
from permits.errors import Conflict, NotFound
from permits.jobs import Context
from permits.money.channels.attempts import OPEN, Outcome, Word, attempt_of, hear, overdue
from permits.money.channels.redirect import Provider, Unheard, provider_of
from permits.money.channels.registry import Channels, channels_of
from permits.money.channels.tables import Attempt
from permits.money.refunds import pay_refund
from permits.money.tables import Credit, Payment, Refund
from permits.people.actor import SYSTEM, Actor, Role

log = logging.getLogger(__name__)
REFUND = "payment.refund"
PATIENCE = timedelta(days=7)
"""How long after its time an attempt is asked for of a provider that does not answer; then a person looks."""

PAUSES = (2.0, 5.0, 10.0)
"""Seconds between two questions: the last of them again and again."""


def ask_once(context: Context, attempt_id: str) -> bool:
    """Ask once and keep the answer; whether the attempt has ended. Raises Unheard."""
    with context.database.reading() as session:
        attempt = attempt_of(session, attempt_id)
        if attempt.state not in OPEN:
            return True
        provider = provider_of(session, channels_of(context.settings).find(attempt.channel))
    outcome = provider.status(attempt_id) or Outcome(attempt_id, Word.OPEN)
    if outcome.attempt != attempt_id:
        raise Unheard("attempt")
    if outcome.word is Word.OPEN:
        if not overdue(attempt):
            return False
        outcome = Outcome(attempt_id, Word.EXPIRED)
    with context.database.transaction() as session:
        hear(session, actor=provider.actor, office=context.settings.office, outcome=outcome)
    return True


def run_ask(context: Context, *, attempt_id: str) -> None:
    """The job: ask until it has ended. A provider that does not answer leaves it open; money is not lost by asking."""
    turn = 0
    while True:
        try:
            if ask_once(context, attempt_id):
                return
        except Unheard as error:
            if _given_up(context, attempt_id):
                raise
            log.info("attempt %s: %s", attempt_id, error)
        time.sleep(PAUSES[min(turn, len(PAUSES) - 1)])
        turn += 1


def _given_up(context: Context, attempt_id: str) -> bool:
    with context.database.reading() as session:
        return utcnow() > attempt_of(session, attempt_id).expires_at + PATIENCE


def ask_failed(context: Context, *, error: str, attempt_id: str) -> None:
    """Its provider is gone, or the program has a fault: on record, for somebody to look at."""
    with context.database.transaction() as session:
        audit.record(session, AuditEvent.JOB_FAILED, actor=SYSTEM, subject=f"attempt:{attempt_id}", error=error)


def refund_by_channel(session: Session, *, actor: Actor, channels: Channels, refund_id: str) -> None:
    """Let an approved refund be paid back the way the money came; Conflict where it did not come so."""
    actor.need(Role.CASHIER, Role.SYSTEM)
    refund = session.get(Refund, refund_id)
    if refund is None:
        raise NotFound("refund-unknown")
    if refund.state != "approved":
        raise Conflict("refund-state", state=refund.state)
    attempt = _attempt_of(session, refund)
    if attempt is None:
        raise Conflict("channel-cannot", what="refund")
    channels.find(attempt.channel).capabilities.need("refund")
    jobs.enqueue(session, REFUND, refund_id, refund_id=refund_id)


def can_by_channel(session: Session, *, channels: Channels, refund: Refund) -> bool:
    """Whether an approved refund can go back the way its money came."""
    attempt = _attempt_of(session, refund) if refund.state == "approved" else None
    return attempt is not None and channels.find(attempt.channel).capabilities.refund


def _attempt_of(session: Session, refund: Refund) -> Attempt | None:
    """The attempt by which the money of a refund came."""
    payment = select(Credit.payment_id).where(Credit.id == refund.credit_id)
    return session.scalar(select(Attempt).where(Attempt.payment_id == payment.scalar_subquery()).limit(1))


def run_refund(context: Context, *, refund_id: str) -> None:
    """The job: ask the provider to pay back, under the refund's own id, and note the number it gives."""
    with context.database.reading() as session:
        refund = session.get_one(Refund, refund_id)
        attempt = _attempt_of(session, refund)
        if refund.state != "approved" or attempt is None or attempt.payment_id is None:
            return
        transaction = session.get_one(Payment, attempt.payment_id).provider_txn
        provider: Provider = provider_of(session, channels_of(context.settings).find(attempt.channel))
    number = provider.refund(transaction=transaction, piastres=refund.piastres, key=refund_id)
    with context.database.transaction() as session:
        pay_refund(session, actor=SYSTEM, refund_id=refund_id, transfer_reference=f"{provider.actor.id}:{number}")


def refund_failed(context: Context, *, error: str, refund_id: str) -> None:
    """It stays approved: a cashier pays it back by a transfer."""
    with context.database.transaction() as session:
        audit.record(session, AuditEvent.JOB_FAILED, actor=SYSTEM, subject=f"refund:{refund_id}", error=error)
