"""The money of an order: its fee is demanded at once, and what is paid carries it on by itself."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import jobs
from permits.errors import NotFound
from permits.extracts.tables import ExtractOrder
from permits.extracts.workflow import OrderAction, OrderState, lock, take
from permits.money.bills import bills_of, issue_whole
from permits.money.demands import Owed, Service, given_to, open_demand, open_root
from permits.money.revisions import cancel
from permits.money.subjects import Named, Subject
from permits.money.tables import Bill
from permits.people.actor import STAFF, SYSTEM, Actor, Role
from permits.services.catalogue import find_service
from permits.services.fees import ServiceFee

KIND = "extract"
JOB = "extract.prepare"


def demand_fee(session: Session, *, order: ExtractOrder, fee: ServiceFee, governorate: str) -> Bill:
    """Demand the fee from the applicant and bill it; a fee of nought settles itself. The card charges by one act."""
    (assessment,) = fee.assessments
    card = find_service(fee.service).card
    take(session, order_id=order.id, action=OrderAction.BILL, actor=SYSTEM)
    owed = Owed(Service(card.code, card.number), governorate, KIND, order.id, order.applicant, assessment)
    return issue_whole(session, actor=SYSTEM, demand=open_demand(session, actor=SYSTEM, owed=owed))


def take_back(session: Session, *, order_id: str, reason: str) -> None:
    """Cancel what is demanded of an order that ends unpaid; a part that was paid is a person's to give back."""
    root = open_root(session, kind=KIND, subject_id=order_id)
    if root is not None and not given_to(session, demand=root):
        cancel(session, actor=SYSTEM, demand_id=root.id, reason=reason)


def bill_of(session: Session, *, order_id: str) -> Bill | None:
    """The newest bill of an order, if there is one."""
    return next(iter(bills_of(session, kind=KIND, subject_id=order_id)[::-1]), None)


def may_see(order: ExtractOrder, actor: Actor) -> bool:
    """Whoever ordered it, and staff."""
    return actor.has(*STAFF, Role.SYSTEM) or order.ordered_by == actor.id


def seen(session: Session, actor: Actor, order_id: str) -> ExtractOrder:
    """An order that this actor may see; raises NotFound."""
    order = session.get(ExtractOrder, order_id)
    if order is None or not may_see(order, actor):
        raise NotFound("extract-order-unknown")
    return order


def _released(session: Session, order_id: str) -> None:
    """Go on to the paper; an order that ended meanwhile stays ended, its money a person's to give back."""
    if lock(session, order_id).state == OrderState.AWAITING:
        take(session, order_id=order_id, action=OrderAction.SETTLE, actor=SYSTEM)
        jobs.enqueue(session, JOB, order_id, order_id=order_id)


def _numbered(session: Session, number: str) -> str | None:
    return session.scalar(select(ExtractOrder.id).where(ExtractOrder.number == number))


def _named(session: Session, order_id: str) -> Named:
    order = session.get_one(ExtractOrder, order_id)
    return Named(order.number, order.plot)


SUBJECT = Subject(lock=lock, see=seen, released=_released, named=_named, numbered=_numbered)
"""What money does with an order."""
