"""What the tests of the collection do in one line each."""

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from permits.cases.tables import Case
from permits.db import utcnow
from permits.jobs import Context
from permits.money import ledger
from permits.money.credits import available
from permits.money.demands import allow_parts
from permits.money.payments import Answer, Notice
from permits.money.refunds import approve_refund, pay_refund, request_refund
from permits.money.tables import Bill, Credit, Refund
from permits.people.actor import Actor, Role
from tests.money.test_payments import tell

PAID_AT = utcnow()
"""One moment for all, so that what is told again is the same message."""
HIDDEN = ("revenue:", "transit:", "cash:")
CASHIER = Actor("cashier", "cashier", frozenset({Role.CASHIER}))
OTHER = replace(CASHIER, id="other-cashier")
APPROVER = Actor("approver", "approver", frozenset({Role.APPROVER}))


def pay(context: Context, bill: Bill, piastres: int, transaction: str = "T1", reference: str = "") -> Answer:
    """A bank's notice of so much for a bill."""
    notice = Notice(transaction, reference or bill.reference, piastres, PAID_AT, date(2026, 11, 22), "mobile")
    return tell(context, notice)


def in_parts(context: Context, bill: Bill) -> int:
    """Let a bill be paid in parts; the least."""
    with context.database.transaction() as session:
        return allow_parts(session, actor=CASHIER, demand_id=bill.demand_id)


def books(context: Context) -> dict[str, int]:
    """The accounts that are not nought, revenue and what is in transit aside; the ledger is balanced."""
    with context.database.reading() as session:
        assert ledger.unbalanced(session) == []
        every = ledger.balances(session)
    assert sum(every.values()) == 0
    return {account: piastres for account, piastres in every.items() if piastres and not account.startswith(HIDDEN)}


def now(context: Context, bill: Bill) -> Bill:
    """A bill as it stands."""
    with context.database.reading() as session:
        return session.get_one(Bill, bill.id)


def case_state(context: Context, bill: Bill) -> str:
    """Where its case stands."""
    with context.database.reading() as session:
        return session.get_one(Case, bill.case_id).state


def credit_of(context: Context) -> tuple[str, int]:
    """The newest credit, with what is left of it."""
    with context.database.reading() as session:
        credit = session.scalars(select(Credit).order_by(Credit.id.desc())).first()
        assert credit is not None
        return credit.id, available(session, credit)


def asked_back(context: Context, credit_id: str, piastres: int) -> Refund:
    """A refund that the cashier asks for."""
    with context.database.transaction() as session:
        return request_refund(
            session, actor=CASHIER, credit_id=credit_id, piastres=piastres, payee="أحمد المثال", reason="دفع مكرر"
        )


def paid_back(context: Context, credit_id: str, piastres: int, transfer: str = "X1") -> Refund:
    """A refund all the way to the bank's transfer."""
    refund = asked_back(context, credit_id, piastres)
    with context.database.transaction() as session:
        approve_refund(session, actor=OTHER, refund_id=refund.id)
    with context.database.transaction() as session:
        return pay_refund(session, actor=CASHIER, refund_id=refund.id, transfer_reference=transfer)
