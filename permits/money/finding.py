"""Finding what somebody comes to pay: by a bill's reference, or the number of its case, order, contract or receipt."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits.calendar import today
from permits.errors import NotFound
from permits.money import subjects
from permits.money.bills import LIVE, bills_of, foremost
from permits.money.channels.payer import Part, parts_of, receipts_shown
from permits.money.credits import bill_by_reference
from permits.money.payments import BillView, view_of
from permits.money.reference import BadReference, parse_reference
from permits.money.renewing import renewal_of
from permits.money.tables import Bill, Receipt
from permits.people.actor import Actor, Role
from permits.text import fold

FINDERS = (Role.CASHIER, Role.APPROVER, Role.ACCOUNTANT, Role.SYSTEM)


@dataclass(frozen=True)
class Found:
    """A bill with the other bills of its subject and the receipts of all; `late` in days since it was due, or 0.

    `instead_of` is the expired reference that was asked for, where this bill took its place.
    """

    view: BillView
    service: str
    demand_id: str
    parts: tuple[Part, ...]
    receipts: tuple[Receipt, ...]
    late: int
    instead_of: str = ""

    @property
    def owed(self) -> int:
        """What is left of all its subject's bills, in new piastres."""
        return sum(part.left for part in self.parts if part.state in LIVE)


def find_payable(session: Session, *, actor: Actor, text: str) -> Found:
    """The bill that a typed or scanned number means: of a subject's bills the first due to be paid, or the newest.

    Any digits and spacing; raises NotFound.
    """
    actor.need(*FINDERS)
    asked = _bill(session, text)
    bill = renewal_of(session, asked) or asked
    parts = tuple(parts_of(session, bill))
    view = view_of(session, bill)
    days = (today() - view.due_on).days if bill.state in LIVE else 0
    return Found(
        view, bill.demand.service, bill.demand_id, parts, tuple(receipts_shown(session, bill)), max(days, 0),
        asked.reference if asked is not bill else "",
    )  # fmt: skip


def _bill(session: Session, text: str) -> Bill:
    try:
        return bill_by_reference(session, str(parse_reference(text)))
    except BadReference:
        number = fold(text).upper()
    receipt = session.scalar(select(Receipt).where(Receipt.number == number))
    if receipt:
        return session.get_one(Bill, receipt.bill_id)
    called = subjects.called(session, number)
    found = foremost([bill for kind, of in called for bill in bills_of(session, kind=kind, subject_id=of)])
    if found is None:
        raise NotFound("bill-unknown", reference=text)
    return found
