"""A closed shift in the books: every taking is a payment under the rules of all payments, and what differs is shown.

The account cash:<desk> holds what a desk has of closed shifts and has not brought to the bank. Rounding to notes, over
and short have accounts of their own. The office trusts the desk with what it took, not with what a bill may be given.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.calendar import local_day
from permits.cash.tables import CashConflict, CashDeposit, CashEntry, CashShift
from permits.cash.till import ClosedShift, Deposit, Taking
from permits.money import ledger
from permits.money.demands import demand_of, lock_group
from permits.money.payments import Answer, Notice, notify
from permits.money.reconciliation.late import place
from permits.money.tables import Bill, Payment, Receipt
from permits.people.actor import Actor, Role

ROUNDING, OVER_SHORT, DEPOSITS = "cash-rounding", "cash-over-short", "transit:deposits"
CLEAN = ("accepted", "part")
"""Answers that need nobody's decision."""


def account(desk: str) -> str:
    """The provider under which a desk's takings are payments, and its account."""
    return f"cash:{desk}"


def lock_bills(session: Session, references: Iterable[str]) -> None:
    """Lock everything that will be paid, in one order for all: a payment holds the audit's end, and none waits then."""
    query = select(Bill.demand_id).where(Bill.reference.in_(sorted(set(references))))
    demands = [demand_of(session, demand_id) for demand_id in sorted(set(session.scalars(query)))]
    for demand in sorted(demands, key=lambda d: (d.subject_kind, d.subject_id, d.adjusts or d.id)):
        lock_group(session, demand.id)


def book_shift(session: Session, *, actor: Actor, office: str, desk: str, shift: ClosedShift, at: datetime) -> int:
    """Book a shift that the till has closed; how many of its takings a person must look at."""
    conflicts = sum(_book_taking(session, office, desk, taking) for taking in shift.takings)
    entries = [ledger.Entry(account(desk), shift.difference), ledger.Entry(OVER_SHORT, -shift.difference)]
    ledger.post(session, key=f"cash-shift:{desk}:{shift.number}", entries=entries)
    taken = sum(taking.cash for taking in shift.takings)
    session.add(
        CashShift(
            desk=desk, number=shift.number, cashier=shift.cashier, float_piastres=shift.float_piastres, taken=taken,
            counted=shift.counted, difference=shift.difference, closed_at=at,
        )
    )  # fmt: skip
    session.flush()
    _place(session, "shift", str(shift.number), desk, at, shift.difference + taken)
    audit.record(
        session, AuditEvent.CASH_SHIFT_BOOKED, actor=actor, subject=account(desk), shift=shift.number,
        cashier=shift.cashier, taken=taken, difference=shift.difference, conflicts=conflicts,
    )  # fmt: skip
    return conflicts


def _place(session: Session, kind: str, item: str, desk: str, at: datetime, piastres: int) -> None:
    """Brought after its day was closed, it belongs to the next open one."""
    place(session, kind=kind, item=item, party=account(desk), day=local_day(at).isoformat(), piastres=piastres)


def _book_taking(session: Session, office: str, desk: str, taking: Taking) -> int:
    """One taking as a payment of the provider cash:<desk>; 1 where it became a conflict."""
    provider = Actor(account(desk), desk, frozenset({Role.BILLER}))
    free = _is_free(session, taking.number)
    notice = Notice(
        transaction=str(taking.seq), reference=taking.reference, piastres=taking.piastres, paid_at=taking.paid_at,
        settlement_day=local_day(taking.paid_at), channel="cash", receipt_number=taking.number if free else None,
    )  # fmt: skip
    signed = session.get_one(CashEntry, (desk, taking.seq)).signed
    answer = notify(session, actor=provider, office=office, notice=notice, payload=signed)
    entries = [ledger.Entry(account(desk), taking.rounding), ledger.Entry(ROUNDING, -taking.rounding)]
    ledger.post(session, key=f"cash-rounding:{answer.payment}", entries=entries)
    code = answer.code if answer.code not in CLEAN else None if free else "number-taken"
    if code is None:
        return 0
    _note(session, desk, taking, answer, code)
    return 1


def _is_free(session: Session, number: str) -> bool:
    """Whether no other payment has this number: a paper book may have been typed in at two desks."""
    held = session.scalar(select(Payment.id).where(Payment.receipt_number == number))
    return held is None and session.scalar(select(Receipt.id).where(Receipt.number == number)) is None


def _note(session: Session, desk: str, taking: Taking, answer: Answer, code: str) -> None:
    session.add(
        CashConflict(
            desk=desk, seq=taking.seq, payment_id=answer.payment, number=taking.number, reference=taking.reference,
            piastres=taking.piastres, code=code,
        )
    )  # fmt: skip
    session.flush()


def book_deposit(session: Session, *, actor: Actor, desk: str, deposit: Deposit, at: datetime) -> None:
    """Money on its way to the bank."""
    ledger.move(
        session, key=f"cash-deposit:{desk}:{deposit.seq}", debit=DEPOSITS, credit=account(desk),
        piastres=deposit.piastres,
    )  # fmt: skip
    session.add(CashDeposit(desk=desk, slip=deposit.slip, piastres=deposit.piastres, at=at))
    session.flush()
    _place(session, "deposit", f"{desk}:{deposit.slip}", desk, at, deposit.piastres)
    audit.record(
        session, AuditEvent.CASH_DEPOSITED, actor=actor, subject=account(desk), slip=deposit.slip,
        piastres=deposit.piastres,
    )  # fmt: skip
