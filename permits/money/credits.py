"""Money given to demands, and money that we hold for others: in suspense, or paid beyond what was owed."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.db import new_id
from permits.errors import Conflict, NotFound
from permits.money import ledger
from permits.money.bills import LIVE, BillEvent, change, has_lapsed, left_of, live_bills
from permits.money.demands import group, lock_group, owed, settle_if_paid
from permits.money.receipts import write_receipt
from permits.money.reference import BadReference, parse_reference
from permits.money.tables import Allotment, Bill, Credit, Demand, Payment, Refund
from permits.people.actor import Actor, Role

GONE = ("requested", "approved", "paid")
"""States of a refund whose money is not to be had any more."""


def give(
    session: Session, *, demand: Demand, bill: Bill | None, piastres: int, payment_id: str | None,
    credit_id: str | None = None,
) -> None:  # fmt: skip
    """Count money as paid on a locked demand, through `bill` where there is one; the caller books it."""
    session.add(
        Allotment(
            demand_id=demand.id, bill_id=bill.id if bill else None, payment_id=payment_id, credit_id=credit_id,
            piastres=piastres,
        )
    )  # fmt: skip
    session.flush()
    if bill:
        change(bill, BillEvent.PAY_PART if left_of(session, bill) else BillEvent.PAY)
        session.flush()
    settle_if_paid(session, demand=demand)


def owe_back(
    session: Session, *, account: str, piastres: int, payment_id: str | None = None, demand_id: str | None = None
) -> Credit:
    """Note money that is not ours; the caller books it."""
    credit = Credit(id=new_id(), account=account, piastres=piastres, payment_id=payment_id, demand_id=demand_id)
    session.add(credit)
    session.flush()
    return credit


def lock_credit(session: Session, credit_id: str) -> Credit:
    """A credit, locked until the caller's transaction ends; after every lock of a demand."""
    credit = session.scalar(select(Credit).where(Credit.id == credit_id).with_for_update())
    if credit is None:
        raise NotFound("credit-unknown")
    return credit


def available(session: Session, credit: Credit) -> int:
    """What of a credit was neither given to a bill, nor asked to be paid back, nor taken back; in new piastres."""
    given = select(func.sum(Allotment.piastres)).where(Allotment.credit_id == credit.id)
    moved = select(func.sum(Credit.piastres)).where(
        Credit.payment_id == credit.payment_id, Credit.account == ledger.OVERPAID
    )
    gone = select(func.sum(Refund.piastres)).where(Refund.credit_id == credit.id, Refund.state.in_(GONE))
    uses = [given, gone, moved] if credit.account == ledger.SUSPENSE else [given, gone]
    left = credit.piastres - sum(int(session.scalar(use) or 0) for use in uses)
    if left and credit.payment_id:
        left -= ledger.amount(session, key=reversal_key(credit.payment_id), account=credit.account)
    return left


def reversal_key(payment_id: str) -> str:
    """The booking of a payment that its provider took back (`permits.money.reversals`)."""
    return f"payment-reversed:{payment_id}"


def open_credits(session: Session, *, actor: Actor) -> Sequence[tuple[Credit, int]]:
    """Every credit with what is left of it, oldest first: what a cashier must give to a bill or pay back."""
    actor.need(Role.CASHIER, Role.ACCOUNTANT, Role.APPROVER, Role.SYSTEM)
    found = [(credit, available(session, credit)) for credit in session.scalars(select(Credit).order_by(Credit.id))]
    return [(credit, left) for credit, left in found if left]


def allot(session: Session, *, actor: Actor, office: str, credit_id: str, reference: str) -> int:
    """A cashier gives a credit to a bill; the new piastres given.

    Money in suspense leaves it whole: it gets its receipt now, and what is too much becomes overpaid. Of a credit
    that is overpaid already, only what the bill needs is taken.
    """
    actor.need(Role.CASHIER, Role.ACCOUNTANT, Role.SYSTEM)
    bill = bill_by_reference(session, reference)
    lock_group(session, bill.demand_id)
    session.refresh(bill)
    if bill.state not in LIVE or has_lapsed(bill):
        raise Conflict("bill-not-live", reference=bill.reference, state=bill.state)
    credit = lock_credit(session, credit_id)
    money, left = available(session, credit), left_of(session, bill)
    if money <= 0 or _refund_asked(session, credit):
        raise Conflict("credit-used")
    given = min(money, left)
    if given < left and not takes_part(session, bill, given):
        raise Conflict("part-not-allowed", left=left)
    _book(session, credit, bill, money, given, office)
    audit.record(
        session, AuditEvent.PAYMENT_ALLOTTED, actor=actor, subject=bill.demand.subject_id, credit=credit.id,
        reference=bill.reference, piastres=given,
    )  # fmt: skip
    give(session, demand=bill.demand, bill=bill, piastres=given, payment_id=credit.payment_id, credit_id=credit.id)
    return given


def _refund_asked(session: Session, credit: Credit) -> bool:
    """While a refund of money in suspense waits for its second person, nobody knows how much of it there is."""
    asked = select(Refund.id).where(Refund.credit_id == credit.id, Refund.state == "requested").limit(1)
    return credit.account == ledger.SUSPENSE and session.scalar(asked) is not None


def _book(session: Session, credit: Credit, bill: Bill, money: int, given: int, office: str) -> None:
    taken = money if credit.account == ledger.SUSPENSE else given
    entries = [
        ledger.Entry(credit.account, taken), ledger.Entry(ledger.RECEIVABLE, -given),
        ledger.Entry(ledger.OVERPAID, given - taken),
    ]  # fmt: skip
    ledger.post(session, key=f"allotted:{credit.id}:{bill.id}", entries=entries)
    if credit.account == ledger.SUSPENSE and credit.payment_id:
        write_receipt(session, office=office, bill=bill, payment=session.get_one(Payment, credit.payment_id),
                      piastres=taken)  # fmt: skip
        if taken > given:
            owe_back(session, account=ledger.OVERPAID, piastres=taken - given, payment_id=credit.payment_id)


def takes_part(session: Session, bill: Bill, piastres: int) -> bool:
    """Whether a bill may be paid in part by so much: its demand allows parts, and this one is large enough."""
    least = least_of(session, bill)
    return least is not None and least <= piastres


def least_of(session: Session, bill: Bill) -> int | None:
    """The least that is accepted on a bill at once, None where only the whole is."""
    root = session.get_one(Demand, bill.demand.adjusts or bill.demand_id)
    return min(root.minimum_part, left_of(session, bill)) if root.minimum_part else None


def bill_by_reference(session: Session, text: str) -> Bill:
    """The bill of a typed reference, or NotFound."""
    try:
        number = str(parse_reference(text))
    except BadReference:
        number = ""
    bill = session.scalar(select(Bill).where(Bill.reference == number))
    if bill is None:
        raise NotFound("bill-unknown", reference=text)
    return bill


def spend_within_group(session: Session, *, root: Demand, credit: Credit) -> None:
    """Give a new credit to whatever its own locked group still owes: the first due first. What is left stays."""
    left = available(session, credit)
    for demand in group(session, root):
        bills: Sequence[Bill | None] = live_bills(session, demand=demand)
        for bill in [*bills, None]:
            open_sum = left_of(session, bill) if bill else owed(session, demand=demand)
            given = min(left, open_sum)
            if given <= 0:
                continue
            key = f"allotted:{credit.id}:{bill.id if bill else demand.id}"
            ledger.move(session, key=key, debit=credit.account, credit=ledger.RECEIVABLE, piastres=given)
            give(session, demand=demand, bill=bill, piastres=given, payment_id=None, credit_id=credit.id)
            left -= given
