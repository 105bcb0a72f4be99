"""The biller's side of a payment: a provider asks what is owed, tells what was paid, confirms that it heard us.

A notification may come twice, late, or with something we do not expect; money that a provider has taken is
never lost: what cannot be given to a bill is booked to suspense and answered with its code.
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
from permits.calendar import today
from permits.cases.workflow import lock_case
from permits.db import new_id, utcnow
from permits.errors import Conflict, Invalid, NotFound, Unauthenticated
from permits.money import ledger, signature
from permits.money.bills import settle
from permits.money.reference import BadReference, parse_reference
from permits.money.tables import Bill, BillerKey, Payment, Receipt
from permits.numbering import take_number
from permits.people.actor import Actor, Role


@dataclass(frozen=True)
class BillView:
    """What a provider sees of a bill; `state` is issued, paid, expired or withdrawn, money in new piastres."""

    reference: str
    state: str
    piastres: int
    issued_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class Notice:
    """One payment as its provider tells it; `paid_at` is when the payer's money was taken."""

    transaction: str
    reference: str
    piastres: int
    paid_at: datetime
    settlement_day: date
    channel: str


@dataclass(frozen=True)
class Answer:
    """What became of a notification; the same notification gets the same answer for ever.

    `state` is accepted, suspense or conflict; `code` says why; `receipt` is the number where there is one.
    """

    payment: str
    state: str
    code: str
    receipt: str | None


def create_biller_key(session: Session, *, actor: Actor, key_id: str, provider: str, secret: bytes) -> BillerKey:
    """Agree on a signing key with a provider; a provider may hold several, to change them without a pause."""
    actor.need(Role.ADMIN, Role.SYSTEM)
    if not key_id.strip() or not provider.strip():
        raise Invalid("biller-name-needed")
    if session.get(BillerKey, key_id):
        raise Conflict("biller-key-exists", key=key_id)
    key = BillerKey(id=key_id, provider=provider, secret=secret.hex(), active=True)
    session.add(key)
    audit.record(session, AuditEvent.CLIENT_CREATED, actor=actor, subject=f"biller:{provider}", key=key_id)
    return key


def is_biller_key(session: Session, *, key_id: str) -> bool:
    """Whether a key of this name was agreed on."""
    return session.get(BillerKey, key_id) is not None


def authenticate(
    session: Session, *, key_id: str, timestamp: str, method: str, path: str, body: bytes, given: str
) -> Actor:  # fmt: skip
    """The provider behind a signed message, or Unauthenticated with the code of its fault."""
    key = session.get(BillerKey, key_id)
    if key is None or not key.active:
        raise Unauthenticated("biller-key-unknown")
    code = signature.fault(
        bytes.fromhex(key.secret), timestamp=timestamp, method=method, path=path, body=body, signature=given,
        now=utcnow(),
    )  # fmt: skip
    if code:
        raise Unauthenticated(code)
    return Actor(key.provider, key.provider, frozenset({Role.BILLER}))


def inquire(session: Session, *, actor: Actor, reference: str) -> BillView:
    """What is owed under a reference; NotFound where there is no such bill, Invalid where it is misread."""
    actor.need(Role.BILLER, Role.CASHIER, Role.SYSTEM)
    try:
        number = str(parse_reference(reference))
    except BadReference as error:
        raise Invalid("bill-reference-misread", reason=error.code) from error
    bill = session.scalar(select(Bill).where(Bill.reference == number))
    if bill is None:
        raise NotFound("bill-unknown", reference=number)
    return BillView(bill.reference, state_of(bill, utcnow()), bill.piastres, bill.issued_at, bill.expires_at)


def state_of(bill: Bill, at: datetime) -> str:
    """The bill's state at a moment: one whose time is over has expired, whether or not anyone wrote it down."""
    return "expired" if bill.state == "issued" and at > bill.expires_at else bill.state


def notify(session: Session, *, actor: Actor, office: str, notice: Notice, payload: bytes) -> Answer:
    """A provider took money. Told again with the same payload the answer is the same; with another, a conflict."""
    actor.need(Role.BILLER)
    if notice.piastres <= 0:
        raise Invalid("payment-amount")
    payment = _received(session, actor, notice, hashlib.sha256(payload).hexdigest())
    if payment.payload_sha256 != hashlib.sha256(payload).hexdigest():
        audit.record(session, AuditEvent.PAYMENT_REFUSED, actor=actor, subject=payment.id, code="conflict")
        return Answer(payment.id, "conflict", "payment-conflict", None)
    if payment.state != "received":
        audit.record(session, AuditEvent.PAYMENT_DUPLICATE, actor=actor, subject=payment.id)
        return _answer(session, payment)
    bill = _lock_bill(session, notice.reference)
    code = _hindrance(bill, notice)
    if bill is None or code:
        _suspend(session, actor, payment, bill, code or "bill-unknown")
    else:
        _accept(session, actor, payment, bill, office)
    _release_early_settlement(session, payment)
    return _answer(session, payment)


def _received(session: Session, actor: Actor, notice: Notice, payload_sha256: str) -> Payment:
    """The one row of this transaction, locked; whoever tells it first writes it."""
    insert = postgres_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    session.execute(
        insert(Payment)
        .values(
            id=new_id(), provider=actor.id, provider_txn=notice.transaction, payload_sha256=payload_sha256,
            reference=notice.reference, piastres=notice.piastres, channel=notice.channel, paid_at=notice.paid_at,
            settlement_day=notice.settlement_day.isoformat(), state="received", code="received", received_at=utcnow(),
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
    """The bill of a reference with its case, locked in the order every use case takes them."""
    try:
        number = str(parse_reference(text))
    except BadReference:
        return None
    case_id = session.scalar(select(Bill.case_id).where(Bill.reference == number))
    if case_id is None:
        return None
    lock_case(session, case_id)
    return session.scalars(
        select(Bill).where(Bill.reference == number).with_for_update().execution_options(populate_existing=True)
    ).one()


def _hindrance(bill: Bill | None, notice: Notice) -> str | None:
    """Why the money cannot be given to the bill. A payment made in time is honoured however late we hear of it."""
    if bill is None:
        return "bill-unknown"
    state = state_of(bill, notice.paid_at)
    if state != "issued":
        return f"bill-{state}"
    return None if bill.piastres == notice.piastres else "amount-differs"


def _suspend(session: Session, actor: Actor, payment: Payment, bill: Bill | None, code: str) -> None:
    payment.state, payment.code, payment.bill_id = "suspense", code, bill.id if bill else None
    ledger.move(
        session, key=f"payment:{payment.id}", debit=ledger.transit(payment.provider), credit=ledger.SUSPENSE,
        piastres=payment.piastres,
    )  # fmt: skip
    audit.record(
        session, AuditEvent.PAYMENT_SUSPENDED, actor=actor, subject=payment.id,
        code=code, reference=payment.reference, piastres=payment.piastres, transaction=payment.provider_txn,
    )  # fmt: skip


def _accept(session: Session, actor: Actor, payment: Payment, bill: Bill, office: str) -> None:
    payment.state, payment.code, payment.bill_id = "accepted", "accepted", bill.id
    ledger.move(
        session, key=f"payment:{payment.id}", debit=ledger.transit(payment.provider), credit=ledger.RECEIVABLE,
        piastres=payment.piastres,
    )  # fmt: skip
    year = today().year
    number = f"{office}-{year}-R-{take_number(session, f'receipt:{office}:{year}'):06d}"
    session.add(Receipt(number=number, bill_id=bill.id, payment_id=payment.id, piastres=payment.piastres))
    session.flush()
    audit.record(
        session, AuditEvent.PAYMENT_ACCEPTED, actor=actor, subject=bill.case_id,
        payment=payment.id, receipt=number, piastres=payment.piastres, transaction=payment.provider_txn,
    )  # fmt: skip
    settle(session, bill=bill, actor=actor)


def early_settlement_key(provider: str, transaction: str) -> str:
    """The booking of money that a settlement file delivered before its notification arrived."""
    return f"settled-unknown:{provider}:{transaction}"


def _release_early_settlement(session: Session, payment: Payment) -> None:
    """The bank had this money already and we kept it in suspense: now that its payment is booked, that is closed."""
    audit.hold(session)  # a settlement that is just being imported is either read here or reads this payment
    key = early_settlement_key(payment.provider, payment.provider_txn)
    if ledger.booked(session, key):
        piastres = ledger.amount(session, key=key, account=ledger.BANK)
        ledger.move(
            session, key=f"{key}:released", debit=ledger.SUSPENSE, credit=ledger.transit(payment.provider),
            piastres=piastres,
        )  # fmt: skip


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
    receipt = session.scalar(select(Receipt.number).where(Receipt.payment_id == payment.id))
    return Answer(payment.id, payment.state, payment.code, receipt)
