"""Reversals (الإلغاء بعد الدفع): a provider takes a payment back, before or after it delivered the money.

The payment and its receipt stay as they were told; a booking of the contrary and allotments of the negative stand
beside them. What the money had paid is owed again. Where it cannot be, because it was paid back already or what was
left of the demand was waived, the payer owes it as a claim (`ledger.CLAIMS`). What a subject was released by stays.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.calendar import today
from permits.db import utcnow
from permits.errors import Conflict, NotFound
from permits.money import ledger
from permits.money.bills import reopen
from permits.money.credits import available, reversal_key
from permits.money.demands import lock_group
from permits.money.ledger import Entry
from permits.money.payments import Answer
from permits.money.receipts import receipt_of
from permits.money.reconciliation.late import place, put
from permits.money.reconciliation.tables import DayItem
from permits.money.tables import Allotment, Bill, Credit, Demand, LedgerEntry, LedgerTransaction, Payment, Refund
from permits.people.actor import SYSTEM, Actor, Role


class Source(StrEnum):
    """Where the provider takes the money from: what it has not delivered yet, or our bank account."""

    TRANSIT = "transit"
    BANK = "bank"


@dataclass(frozen=True)
class _Undone:
    """What a part of the payment's money becomes: new piastres of an account."""

    account: str
    piastres: int


def reverse(
    session: Session, *, actor: Actor, payment_id: str, source: Source, reason: str, reversed_at: datetime
) -> Answer:  # fmt: skip
    """Book that a provider took its payment back; again is the same, NotFound where we have no such payment.

    Conflict where it was told before that the money was taken from elsewhere.
    """
    actor.need(Role.BILLER)
    query = select(Payment).where(Payment.id == payment_id, Payment.provider == actor.id)
    payment = session.scalar(query.with_for_update())
    if payment is None:
        raise NotFound("payment-unknown")
    transit = ledger.transit(payment.provider)
    account = ledger.settled(payment.provider) if source is Source.BANK else transit
    key = reversal_key(payment.id)
    receipt = receipt_of(session, payment)
    answer = Answer(payment.id, "reversed", "reversed", receipt.number if receipt else None)
    if ledger.booked(session, key):
        if bool(ledger.amount(session, key=key, account=transit)) != (source is Source.TRANSIT):
            raise Conflict("reversal-conflict")
        return answer
    undone = _undo(session, payment)
    entries = [Entry(part.account, part.piastres) for part in undone]
    ledger.post(session, key=key, entries=[Entry(account, -payment.piastres), *entries])
    _place(session, payment, source)
    audit.record(
        session, AuditEvent.PAYMENT_REVERSED, actor=actor, subject=payment.id, piastres=payment.piastres,
        source=str(source), reason=reason, at=reversed_at.isoformat(), receipt=answer.receipt or "",
        transaction=payment.provider_txn, claims=sum(part.piastres for part in undone if part.account == ledger.CLAIMS),
    )  # fmt: skip
    return answer


def _place(session: Session, payment: Payment, source: Source) -> None:
    """What is taken from our account is awaited there; what is taken from transit lessens an open day by itself."""
    item, amount = payment.id, -payment.piastres
    audit.hold(session)
    if source is Source.BANK:
        day = today().isoformat()
        put(session, kind="clawback", item=item, party=payment.provider, day=day, piastres=amount)
        return
    moved = session.get(DayItem, ("payment", payment.id, payment.provider))
    day = moved.day if moved else payment.settlement_day
    place(session, kind="reversal", item=item, party=payment.provider, day=day, piastres=amount)


def _undo(session: Session, payment: Payment) -> list[_Undone]:
    """Take every part of the money from where it is now; the parts sum to the payment."""
    given, held = _locked(session, payment)
    parts = [_ungive(session, payment, demand, bill, piastres) for (demand, bill), piastres in given.items()]
    for credit in held:
        parts += _stop_refunds(session, credit)
        parts.append(_Undone(credit.account, available(session, credit)))
    return parts


def _locked(session: Session, payment: Payment) -> tuple[Counter[tuple[str, str]], Sequence[Credit]]:
    """What the money was given to by demand and bill, and its credits, locked in the order of every use case."""
    given = _given(session, payment)
    while True:
        for demand_id in sorted({demand_id for demand_id, _ in given}):
            lock_group(session, demand_id)
        query = select(Credit).where(Credit.payment_id == payment.id).order_by(Credit.id).with_for_update()
        held = session.scalars(query).all()
        before, given = given, _given(session, payment)
        if given == before:  # else a cashier gave more of it to a bill while we waited
            return given, held


def _given(session: Session, payment: Payment) -> Counter[tuple[str, str]]:
    given: Counter[tuple[str, str]] = Counter()
    for row in session.scalars(select(Allotment).where(Allotment.payment_id == payment.id)):
        given[row.demand_id, row.bill_id or ""] += row.piastres
    return given


def _ungive(session: Session, payment: Payment, demand_id: str, bill_id: str, piastres: int) -> _Undone:
    """What was given to a bill is owed again, or claimed where its demand was waived."""
    demand = session.get_one(Demand, demand_id, populate_existing=True)
    if demand.state not in ("open", "settled"):
        return _Undone(ledger.CLAIMS, piastres)
    session.add(
        Allotment(
            demand_id=demand_id, bill_id=bill_id or None, payment_id=payment.id, credit_id=None, piastres=-piastres
        )
    )
    demand.state, demand.closed_at = "open", None
    session.flush()
    reopen(session, actor=SYSTEM, bill=session.get_one(Bill, bill_id, populate_existing=True), piastres=piastres)
    return _Undone(ledger.RECEIVABLE, piastres)


def _stop_refunds(session: Session, credit: Credit) -> list[_Undone]:
    """Refunds that are not transferred are stopped, their money is the credit's again; the others are claimed."""
    parts = []
    query = select(Refund).where(Refund.credit_id == credit.id).order_by(Refund.id).with_for_update()
    for refund in session.scalars(query.execution_options(populate_existing=True)):
        if refund.state == "paid":
            parts.append(_Undone(ledger.CLAIMS, refund.piastres))
            continue
        if refund.state == "approved":
            ledger.move(
                session, key=f"refund-stopped:{refund.id}", debit=ledger.REFUNDS, credit=credit.account,
                piastres=refund.piastres,
            )  # fmt: skip
        if refund.state != "refused":
            refund.state, refund.decided_by, refund.decided_at = "refused", SYSTEM.id, utcnow()
            session.flush()
            audit.record(
                session, AuditEvent.REFUND_REFUSED, actor=SYSTEM, subject=f"credit:{credit.id}", refund=refund.id,
                piastres=refund.piastres, reason="reversed",
            )  # fmt: skip
    return parts


def reversed_in_transit(session: Session, *, provider: str) -> set[str]:
    """The payments that a provider took back before it delivered them: no file brings them."""
    query = (
        select(LedgerTransaction.key)
        .join(LedgerEntry, LedgerEntry.transaction_id == LedgerTransaction.id)
        .where(LedgerTransaction.key.startswith(reversal_key("")), LedgerEntry.account == ledger.transit(provider))
    )
    return {key.removeprefix(reversal_key("")) for key in session.scalars(query)}
