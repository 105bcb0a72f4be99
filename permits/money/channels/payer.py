"""What a payer sees and may ask: his bill with its parts, its ways and receipts, his credits.

Whoever may see the subject sees all of it; whoever holds a link sees the one bill, and nobody's name.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from permits.db import utcnow
from permits.errors import NotFound
from permits.money import subjects
from permits.money.bills import BillState, bills_of, left_of, state_of
from permits.money.channels.registry import Channels
from permits.money.channels.ways import Way, ways
from permits.money.credits import available, bill_by_reference
from permits.money.payments import BillView, view_of
from permits.money.receipts import receipts_of
from permits.money.refunds import request_refund
from permits.money.tables import Bill, Credit, Demand, Payment, Receipt, Refund
from permits.people.actor import Actor, Role

GONE = (BillState.EXPIRED, BillState.WITHDRAWN)


@dataclass(frozen=True)
class Part:
    """One bill among those of the same subject: its state now, and new piastres."""

    reference: str
    state: str
    due_on: str
    piastres: int
    left: int


@dataclass(frozen=True)
class Held:
    """Money that is the payer's: a credit, what of it is free, and the state of each refund that was asked for."""

    credit: str
    account: str
    left: int
    asked: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Shown:
    """One bill and how it can be paid."""

    view: BillView
    service: str
    ways: tuple[Way, ...]

    @property
    def pages(self) -> list[Way]:
        """The channels whose own page the payer can be led to."""
        return [way for way in self.ways if way.channel.capabilities.redirect]

    @property
    def points(self) -> list[Way]:
        """The channels where he pays by the reference."""
        return [way for way in self.ways if not way.channel.capabilities.redirect]


def seen_bill(session: Session, *, actor: Actor, reference: str) -> Bill:
    """A bill whose subject this actor may see, or NotFound."""
    bill = bill_by_reference(session, reference)
    subjects.find(bill.demand.subject_kind).see(session, actor, bill.demand.subject_id)
    return bill


def shown(session: Session, *, channels: Channels, bill: Bill) -> Shown:
    """A bill as anybody who may see it sees it."""
    found = tuple(ways(session, channels=channels, bill=bill))
    return Shown(view_of(session, bill), bill.demand.service, found)


def parts_of(session: Session, bill: Bill) -> list[Part]:
    """The bills of the same subject that are paid or can be, the first due first: its instalments among them."""
    demand = bill.demand
    every = bills_of(session, kind=demand.subject_kind, subject_id=demand.subject_id)
    found = [(one, state_of(one, utcnow())) for one in every]
    kept = [(one, state) for one, state in found if state not in GONE or one.id == bill.id]
    kept.sort(key=lambda pair: (pair[0].due_on, pair[0].id))
    return [Part(one.reference, state, one.due_on, one.piastres, left_of(session, one)) for one, state in kept]


def receipts_shown(session: Session, bill: Bill) -> Sequence[Receipt]:
    """The receipts of the bill's subject."""
    return receipts_of(session, kind=bill.demand.subject_kind, subject_id=bill.demand.subject_id)


def held_for(session: Session, bill: Bill) -> list[Held]:
    """The credits that come of payments for the bill's subject or of its corrections, unless they are used up."""
    demand = bill.demand
    mine = select(Demand.id).where(Demand.subject_kind == demand.subject_kind, Demand.subject_id == demand.subject_id)
    paid = select(Payment.id).join(Bill, Bill.id == Payment.bill_id).where(Bill.demand_id.in_(mine))
    query = select(Credit).where(or_(Credit.payment_id.in_(paid), Credit.demand_id.in_(mine))).order_by(Credit.id)
    found = [_held(session, credit) for credit in session.scalars(query)]
    return [held for held in found if held.left or held.asked]


def _held(session: Session, credit: Credit) -> Held:
    asked = session.scalars(select(Refund).where(Refund.credit_id == credit.id).order_by(Refund.id))
    return Held(credit.id, credit.account, available(session, credit), tuple((r.state, r.piastres) for r in asked))


def ask_refund(session: Session, *, actor: Actor, reference: str, credit_id: str, payee: str, reason: str) -> Refund:
    """A payer asks for all that is left of a credit of his; an official agrees, another transfers it."""
    bill = seen_bill(session, actor=actor, reference=reference)
    held = next((held for held in held_for(session, bill) if held.credit == credit_id), None)
    if held is None:
        raise NotFound("credit-unknown")
    asking = Actor(actor.id, actor.name, frozenset({Role.SYSTEM}))  # his own name, with the right that he has here
    return request_refund(session, actor=asking, credit_id=credit_id, piastres=held.left, payee=payee, reason=reason)
