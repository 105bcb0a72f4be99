"""Receipts (الإيصالات): one for each payment that was accepted, numbered without a gap per office and year."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from permits.calendar import today
from permits.db import new_id
from permits.money.tables import Allotment, Bill, Demand, Payment, Receipt
from permits.numbering import take_number


def write_receipt(session: Session, *, office: str, bill: Bill, payment: Payment, piastres: int) -> Receipt:
    """The receipt of a payment that was given to a bill; `piastres` is the money taken, the excess with it.

    A payer who holds a receipt already, from a cash desk, keeps its number.
    """
    number = payment.receipt_number or _next_number(session, office)
    receipt = Receipt(id=new_id(), number=number, bill_id=bill.id, payment_id=payment.id, piastres=piastres)
    session.add(receipt)
    session.flush()
    return receipt


def receipt_of(session: Session, payment: Payment) -> Receipt | None:
    """The receipt of a payment that was given to a bill."""
    return session.scalar(select(Receipt).where(Receipt.payment_id == payment.id))


def receipts_on(session: Session, bill: Bill) -> Sequence[Receipt]:
    """The receipts written on one bill, oldest first."""
    return session.scalars(select(Receipt).where(Receipt.bill_id == bill.id).order_by(Receipt.id)).all()


def _next_number(session: Session, office: str) -> str:
    year = today().year
    return f"{office}-{year}-R-{take_number(session, f'receipt:{office}:{year}'):06d}"


def receipts_of(session: Session, *, kind: str, subject_id: str) -> Sequence[Receipt]:
    """The receipts of the money that a subject's demands were given, oldest first."""
    paid = (
        select(Allotment.payment_id)
        .join(Demand, Demand.id == Allotment.demand_id)
        .where(Demand.subject_kind == kind, Demand.subject_id == subject_id, Allotment.payment_id.is_not(None))
    )
    return session.scalars(select(Receipt).where(Receipt.payment_id.in_(paid)).order_by(Receipt.id)).all()


def given_of(session: Session, receipt: Receipt) -> int:
    """What of a receipt's money its own bill was given with that payment, in new piastres."""
    query = select(func.sum(Allotment.piastres)).where(
        Allotment.payment_id == receipt.payment_id, Allotment.bill_id == receipt.bill_id, Allotment.piastres > 0
    )
    return int(session.scalar(query) or 0)


def paid_for(session: Session, *, kind: str, subject_id: str) -> int:
    """What was paid for a subject and is owed by it, in new piastres: less what its corrections gave back."""
    mine = select(Demand.id).where(Demand.subject_kind == kind, Demand.subject_id == subject_id)
    given = session.scalar(select(func.sum(Allotment.piastres)).where(Allotment.demand_id.in_(mine)))
    less = session.scalar(select(func.sum(Demand.piastres)).where(Demand.id.in_(mine), Demand.piastres < 0))
    return int(given or 0) + int(less or 0)
