"""What is owed on a property, as far as its owner may know: his own bills, those in his name, the arrears on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from permits.cases.debts import debts_on
from permits.db import utcnow
from permits.extracts import billing as extracts
from permits.extracts.tables import ExtractOrder
from permits.money.bills import LIVE, bills_of, left_of, state_of
from permits.money.receipts import receipts_of
from permits.money.tables import CASE, Bill, Receipt
from permits.owners.holdings import Held
from permits.owners.works import Work
from permits.register.gate import Debt
from permits.text import fold_name


@dataclass(frozen=True)
class Owing:
    """A bill, its state now and what is left of it in new piastres; `open` whether its page may be read."""

    bill: Bill
    state: str
    left: int
    open: bool


@dataclass(frozen=True)
class Account:
    """Bills, the receipts of what was paid, and what is in arrears on the property beside them."""

    bills: tuple[Owing, ...]
    receipts: tuple[Receipt, ...]
    arrears: tuple[Debt, ...]


def account_of(
    session: Session, *, held: Held, works: Sequence[Work], orders: Sequence[ExtractOrder]
) -> Account:  # fmt: skip
    """Everything of one property; a bill of a case that is not the account's own is there only in its name."""
    names = {fold_name(one.party.name_ar) for one in held.shares}
    bills: list[Owing] = []
    for work in works:
        every = bills_of(session, kind=CASE, subject_id=work.case.id)
        bills += [_owing(session, b, seen=work.open) for b in every if work.open or fold_name(b.payer) in names]
    for order in orders:
        bills += [
            _owing(session, b, seen=True) for b in bills_of(session, kind=extracts.KIND, subject_id=order.id)
        ]  # fmt: skip
    subjects = [(CASE, work.case.id) for work in works if work.open] + [(extracts.KIND, one.id) for one in orders]
    receipts = [row for kind, one in subjects for row in receipts_of(session, kind=kind, subject_id=one)]
    told = {owing.bill.reference for owing in bills if owing.state in LIVE}
    arrears = tuple(debt for debt in debts_on(session, held.sheet) if debt.document not in told)
    kept = sorted(bills, key=lambda owing: (owing.state not in LIVE, owing.bill.due_on, owing.bill.id))
    return Account(tuple(kept), tuple(receipts), arrears)


def _owing(session: Session, bill: Bill, *, seen: bool) -> Owing:
    state = state_of(bill, utcnow())
    return Owing(bill, state, left_of(session, bill) if state in LIVE else 0, seen)
