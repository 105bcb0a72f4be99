"""Refunds (ردّ المبالغ): money of a credit paid back. One asks, another agrees, the transfer has its number."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.calendar import local_day
from permits.db import new_id, utcnow
from permits.errors import Conflict, Invalid, NotFound
from permits.money import ledger
from permits.money.credits import available, lock_credit
from permits.money.demands import reason_of
from permits.money.four_eyes import need_another
from permits.money.reconciliation.late import place
from permits.money.tables import Credit, Refund
from permits.people.actor import Actor, Role


def request_refund(
    session: Session, *, actor: Actor, credit_id: str, piastres: int, payee: str, reason: str
) -> Refund:  # fmt: skip
    """Ask that money of a credit be paid back; never more than is left of it."""
    actor.need(Role.CASHIER, Role.ACCOUNTANT, Role.SYSTEM)
    text = reason_of(reason)
    if not payee.strip():
        raise Invalid("payee-needed")
    credit = lock_credit(session, credit_id)
    left = available(session, credit)
    if not 0 < piastres <= left:
        raise Invalid("refund-amount", most=left)
    refund = Refund(
        id=new_id(), credit_id=credit.id, piastres=piastres, payee=payee.strip(), reason=text, state="requested",
        requested_by=actor.id, requested_at=utcnow(),
    )  # fmt: skip
    session.add(refund)
    session.flush()
    _record(session, AuditEvent.REFUND_REQUESTED, actor, refund, payee=refund.payee, reason=text)
    return refund


def approve_refund(session: Session, *, actor: Actor, refund_id: str) -> Refund:
    """Another person agrees: from now on it is owed to the payee."""
    refund = _decide(session, actor, refund_id, "approved")
    credit = session.get_one(Credit, refund.credit_id)
    ledger.move(
        session, key=f"refund:{refund.id}", debit=credit.account, credit=ledger.REFUNDS, piastres=refund.piastres
    )
    _record(session, AuditEvent.REFUND_APPROVED, actor, refund)
    return refund


def refuse_refund(session: Session, *, actor: Actor, refund_id: str, reason: str) -> Refund:
    """Another person does not agree: the credit is as it was."""
    text = reason_of(reason)
    refund = _decide(session, actor, refund_id, "refused")
    _record(session, AuditEvent.REFUND_REFUSED, actor, refund, reason=text)
    return refund


def pay_refund(session: Session, *, actor: Actor, refund_id: str, transfer_reference: str) -> Refund:
    """It was transferred, under a number that no other refund has and the bank's statement will show."""
    actor.need(Role.CASHIER, Role.ACCOUNTANT, Role.SYSTEM)
    number = transfer_reference.strip()
    if not number:
        raise Invalid("transfer-needed")
    refund = _lock(session, refund_id, "approved")
    if session.scalar(select(Refund.id).where(Refund.transfer_reference == number)):
        raise Conflict("transfer-known", reference=number)
    refund.state, refund.transfer_reference, refund.paid_at = "paid", number, utcnow()
    ledger.move(
        session, key=f"refund-paid:{refund.id}", debit=ledger.REFUNDS, credit=ledger.TRANSFERS,
        piastres=refund.piastres,
    )  # fmt: skip
    day = local_day(refund.paid_at).isoformat()
    place(session, kind="transfer", item=refund.id, party="transfers", day=day, piastres=-refund.piastres)
    _record(session, AuditEvent.REFUND_PAID, actor, refund, transfer=number)
    return refund


def list_refunds(session: Session, *, actor: Actor, most: int = 100) -> Sequence[Refund]:
    """What was asked to be paid back, the newest first; what waits for somebody comes before what is over."""
    actor.need(Role.CASHIER, Role.ACCOUNTANT, Role.APPROVER, Role.SYSTEM)
    waiting = Refund.state.in_(("requested", "approved"))
    return session.scalars(select(Refund).order_by(waiting.desc(), Refund.id.desc()).limit(most)).all()


def _decide(session: Session, actor: Actor, refund_id: str, state: str) -> Refund:
    actor.need(Role.CASHIER, Role.ACCOUNTANT, Role.APPROVER)
    refund = _lock(session, refund_id, "requested")
    need_another(refund.requested_by, actor)
    refund.state, refund.decided_by, refund.decided_at = state, actor.id, utcnow()
    return refund


def _lock(session: Session, refund_id: str, state: str) -> Refund:
    """A refund in the state that the next step needs, locked until the caller's transaction ends."""
    query = select(Refund).where(Refund.id == refund_id).with_for_update()
    refund = session.scalar(query.execution_options(populate_existing=True))
    if refund is None:
        raise NotFound("refund-unknown")
    if refund.state != state:
        raise Conflict("refund-state", state=refund.state)
    return refund


def _record(session: Session, event: AuditEvent, actor: Actor, refund: Refund, **more: str) -> None:
    audit.record(
        session, event, actor=actor, subject=f"credit:{refund.credit_id}", refund=refund.id, piastres=refund.piastres,
        **more,
    )  # fmt: skip
