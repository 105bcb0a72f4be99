"""The biller's side of a payment: a provider asks what is owed, tells what was paid, confirms that it heard us.

A notification may come twice, late, or with something we do not expect; money that a provider has taken is
never lost: what cannot be given to a bill is booked to suspense and answered with its code, what is more than a bill
needs becomes the payer's credit. The token of an invitation stands for its bill's reference.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.db import new_id, utcnow
from permits.errors import Invalid, NotFound
from permits.money import ledger
from permits.money.bills import LIVE, left_of, state_of
from permits.money.credits import give, least_of, owe_back, takes_part
from permits.money.demands import lock_group
from permits.money.invitations import invited_bill
from permits.money.receipts import write_receipt
from permits.money.reconciliation.late import place
from permits.money.reference import BadReference, parse_reference
from permits.money.tables import Bill, Payment, Receipt
from permits.people.actor import Actor, Role


@dataclass(frozen=True)
class BillView:
    """What a provider sees of a bill; money in new piastres.

    `state` is issued, partly_paid, paid, expired or withdrawn; `least` is the smallest sum that is accepted now, the
    whole of what is left where no parts are.
    """

    reference: str
    state: str
    piastres: int
    left: int
    least: int
    payer: str
    due_on: date
    issued_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class Notice:
    """One payment as its provider tells it; `paid_at` is when the payer's money was taken.

    `receipt_number` is that of the receipt which a cash desk has already handed out.
    """

    transaction: str
    reference: str
    piastres: int
    paid_at: datetime
    settlement_day: date
    channel: str
    receipt_number: str | None = None


@dataclass(frozen=True)
class Answer:
    """What became of a notification; the same notification gets the same answer for ever.

    `state` is accepted, suspense or conflict; `code` says why: accepted, part or overpaid, or what hindered it;
    `receipt` is the number where there is one; `left` is what of the bill was left then, in new piastres.
    """

    payment: str
    state: str
    code: str
    receipt: str | None
    left: int | None = None


def inquire(session: Session, *, actor: Actor, reference: str) -> BillView:
    """What is owed under a reference; NotFound where there is no such bill, Invalid where it is misread."""
    actor.need(Role.BILLER, Role.CASHIER, Role.SYSTEM)
    bill = _find_bill(session, reference)
    if bill is None:
        try:
            parse_reference(reference)
        except BadReference as error:
            raise Invalid("bill-reference-misread", reason=error.code) from error
        raise NotFound("bill-unknown", reference=reference)
    return view_of(session, bill)


def view_of(session: Session, bill: Bill) -> BillView:
    """What may be told of a bill to whoever names it."""
    state, left = state_of(bill, utcnow()), left_of(session, bill)
    return BillView(
        reference=bill.reference, state=state, piastres=bill.piastres, left=left,
        least=least_of(session, bill) or left, payer=bill.payer, due_on=date.fromisoformat(bill.due_on),
        issued_at=bill.issued_at, expires_at=bill.expires_at,
    )  # fmt: skip


def _find_bill(session: Session, text: str) -> Bill | None:
    """The bill that a reference or an invitation names."""
    try:
        return session.scalar(select(Bill).where(Bill.reference == str(parse_reference(text))))
    except BadReference:
        pass
    try:
        return invited_bill(session, token=text)
    except NotFound:
        return None


def notify(session: Session, *, actor: Actor, office: str, notice: Notice, payload: bytes) -> Answer:
    """A provider took money. Told again with the same payload the answer is the same; with another, a conflict."""
    actor.need(Role.BILLER)
    if notice.piastres <= 0:
        raise Invalid("payment-amount")
    payment = _received(session, actor, notice, hashlib.sha256(payload).hexdigest())
    if _told_otherwise(payment, payload):
        audit.record(session, AuditEvent.PAYMENT_REFUSED, actor=actor, subject=payment.id, code="conflict")
        return Answer(payment.id, "conflict", "payment-conflict", None)
    if payment.state != "received":
        audit.record(session, AuditEvent.PAYMENT_DUPLICATE, actor=actor, subject=payment.id)
        return _answer(session, payment)
    bill = _lock_bill(session, notice.reference)
    code = _hindrance(session, bill, notice)
    if bill is None or code:
        _suspend(session, actor, payment, bill, code or "bill-unknown")
    else:
        _accept(session, actor, payment, bill, office)
    _release_early_settlement(session, payment)
    if not payment.provider.startswith("cash:"):  # a desk's day is made of its shifts
        place(
            session, kind="payment", item=payment.id, party=payment.provider, day=payment.settlement_day,
            piastres=payment.piastres,
        )  # fmt: skip
    return _answer(session, payment)


def _told_otherwise(payment: Payment, payload: bytes) -> bool:
    return payment.payload_sha256 != hashlib.sha256(payload).hexdigest()


def _received(session: Session, actor: Actor, notice: Notice, payload_sha256: str) -> Payment:
    """The one row of this transaction, locked; whoever tells it first writes it."""
    insert = postgres_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    session.execute(
        insert(Payment)
        .values(
            id=new_id(), provider=actor.id, provider_txn=notice.transaction, payload_sha256=payload_sha256,
            reference=notice.reference, piastres=notice.piastres, channel=notice.channel, paid_at=notice.paid_at,
            settlement_day=notice.settlement_day.isoformat(), state="received", code="received", received_at=utcnow(),
            receipt_number=notice.receipt_number,
        )
        .on_conflict_do_nothing(index_elements=["provider", "provider_txn"])
    )  # fmt: skip
    return session.scalars(
        select(Payment)
        .where(Payment.provider == actor.id, Payment.provider_txn == notice.transaction)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _lock_bill(session: Session, text: str) -> Bill | None:
    """The bill of a reference, its subject and demand locked in the order every use case takes them."""
    bill = _find_bill(session, text)
    if bill is not None:
        lock_group(session, bill.demand_id)
        session.refresh(bill)
    return bill


def _hindrance(session: Session, bill: Bill | None, notice: Notice) -> str | None:
    """Why the money cannot be given to the bill. A payment made in time is honoured however late we hear of it."""
    if bill is None:
        return "bill-unknown"
    state = state_of(bill, notice.paid_at)
    if state not in LIVE:
        return f"bill-{state}"
    enough = notice.piastres >= left_of(session, bill) or takes_part(session, bill, notice.piastres)
    return None if enough else "amount-differs"


def _suspend(session: Session, actor: Actor, payment: Payment, bill: Bill | None, code: str) -> None:
    payment.state, payment.code, payment.bill_id = "suspense", code, bill.id if bill else None
    ledger.move(
        session, key=f"payment:{payment.id}", debit=ledger.transit(payment.provider), credit=ledger.SUSPENSE,
        piastres=payment.piastres,
    )  # fmt: skip
    owe_back(session, account=ledger.SUSPENSE, piastres=payment.piastres, payment_id=payment.id)
    audit.record(
        session, AuditEvent.PAYMENT_SUSPENDED, actor=actor, subject=payment.id,
        code=code, reference=payment.reference, piastres=payment.piastres, transaction=payment.provider_txn,
    )  # fmt: skip


def _accept(session: Session, actor: Actor, payment: Payment, bill: Bill, office: str) -> None:
    left = left_of(session, bill)
    given = min(payment.piastres, left)
    excess = payment.piastres - given
    payment.state, payment.bill_id, payment.left_piastres = "accepted", bill.id, left - given
    payment.code = "overpaid" if excess else "accepted" if given == left else "part"
    entries = [
        ledger.Entry(ledger.transit(payment.provider), payment.piastres), ledger.Entry(ledger.RECEIVABLE, -given),
        ledger.Entry(ledger.OVERPAID, -excess),
    ]  # fmt: skip
    ledger.post(session, key=f"payment:{payment.id}", entries=entries)
    receipt = write_receipt(session, office=office, bill=bill, payment=payment, piastres=payment.piastres)
    if excess:
        owe_back(session, account=ledger.OVERPAID, piastres=excess, payment_id=payment.id)
    audit.record(
        session, AuditEvent.PAYMENT_ACCEPTED, actor=actor, subject=bill.demand.subject_id, payment=payment.id,
        receipt=receipt.number, piastres=payment.piastres, left=left - given, transaction=payment.provider_txn,
    )  # fmt: skip
    give(session, demand=bill.demand, bill=bill, piastres=given, payment_id=payment.id)


def early_settlement_key(provider: str, transaction: str) -> str:
    """The booking of money that a settlement file delivered before its notification arrived."""
    return f"settled-unknown:{provider}:{transaction}"


def _release_early_settlement(session: Session, payment: Payment) -> None:
    """A file delivered this money before and we kept it in suspense: now that its payment is booked, that is closed."""
    audit.hold(session)  # a settlement that is just being imported is either read here or reads this payment
    key = early_settlement_key(payment.provider, payment.provider_txn)
    if ledger.booked(session, key):
        piastres = -ledger.amount(session, key=key, account=ledger.SUSPENSE)
        ledger.move(
            session, key=f"{key}:released", debit=ledger.SUSPENSE, credit=ledger.transit(payment.provider),
            piastres=piastres,
        )  # fmt: skip


def payment_of(session: Session, *, actor: Actor, transaction: str) -> str:
    """The payment that a provider told under its own number, or NotFound."""
    actor.need(Role.BILLER)
    query = select(Payment.id).where(Payment.provider == actor.id, Payment.provider_txn == transaction)
    found = session.scalar(query)
    if found is None:
        raise NotFound("payment-unknown")
    return found


def acknowledge(session: Session, *, actor: Actor, payment_id: str) -> Answer:
    """The provider has our answer and stops telling us; again is the same."""
    actor.need(Role.BILLER)
    payment = session.scalar(
        select(Payment).where(Payment.id == payment_id, Payment.provider == actor.id).with_for_update()
    )
    if payment is None:
        raise NotFound("payment-unknown")
    if payment.acknowledged_at is None:
        payment.acknowledged_at = utcnow()
        audit.record(session, AuditEvent.PAYMENT_ACKNOWLEDGED, actor=actor, subject=payment.id)
    return _answer(session, payment)


def _answer(session: Session, payment: Payment) -> Answer:
    """What was answered the first time; a receipt that money in suspense got later is not part of it."""
    number = select(Receipt.number).where(Receipt.payment_id == payment.id)
    receipt = session.scalar(number) if payment.state == "accepted" else None
    return Answer(payment.id, payment.state, payment.code, receipt, payment.left_piastres)
