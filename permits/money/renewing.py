"""A bill whose time is over, renewed: a new reference for what is left of it, to which the old one leads."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from permits.errors import Conflict
from permits.money import subjects
from permits.money.bills import BillState, has_lapsed, renew
from permits.money.credits import bill_by_reference
from permits.money.demands import OFFICE, lock_group
from permits.money.tables import Bill, Invitation
from permits.people.actor import Actor, Role

PAYERS = (Role.ENGINEER, Role.OWNER)
"""Who may renew beside the office: of what he may see, which is his own."""


def may_renew(actor: Actor) -> bool:
    """Whether this actor renews bills that he sees."""
    return actor.has(*OFFICE, *PAYERS)


def renew_bill(session: Session, *, actor: Actor, reference: str) -> Bill:
    """The bill that takes the place of an expired one; the same again leads to the same. Conflict where it is live.

    Everything of its demand whose time is over is renewed with it, the amounts as they were demanded. The links that
    somebody was given to pay it lead to the new one.
    """
    actor.need(*OFFICE, *PAYERS)
    bill = bill_by_reference(session, reference)
    subjects.find(bill.demand.subject_kind).see(session, actor, bill.demand.subject_id)
    lock_group(session, bill.demand_id)
    session.refresh(bill)
    if known := renewal_of(session, bill):
        return known
    if not has_lapsed(bill):
        raise Conflict("bill-exists", reference=bill.reference)
    # his own name, with the right that he has to what he sees
    new = renew(session, actor=Actor(actor.id, actor.name, frozenset({Role.SYSTEM})), demand_id=bill.demand_id)
    for one in new:
        _follow(session, one)
    return next(one for one in new if (one.demand_id, one.position) == (bill.demand_id, bill.position))


def renewal_of(session: Session, bill: Bill) -> Bill | None:
    """The last bill in the line of those that took the place of an expired one; None where none did."""
    found = _next(session, bill)
    while found is not None and (after := _next(session, found)) is not None:
        found = after
    return found


def _next(session: Session, bill: Bill) -> Bill | None:
    if bill.state != BillState.EXPIRED:
        return None
    same = select(Bill).where(Bill.demand_id == bill.demand_id, Bill.position == bill.position, Bill.id > bill.id)
    return session.scalar(same.order_by(Bill.id).limit(1))


def _follow(session: Session, new: Bill) -> None:
    """Let what was handed out for the bill before lead to the new one."""
    before = select(Bill.id).where(
        Bill.demand_id == new.demand_id, Bill.position == new.position, Bill.state == str(BillState.EXPIRED)
    )
    links = update(Invitation).where(Invitation.bill_id.in_(before), Invitation.revoked_at.is_(None))
    session.execute(links.values(bill_id=new.id), execution_options={"synchronize_session": False})
