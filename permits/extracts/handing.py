"""Use cases of the desks: an extract brought to its centre and collected, or sent by post; and what nobody fetched."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits.calendar import local_day, today
from permits.errors import Conflict, Invalid
from permits.extracts import billing
from permits.extracts.tables import ExtractOrder
from permits.extracts.terms import terms
from permits.extracts.workflow import OrderAction, OrderState, lock, take
from permits.jobs import Context
from permits.money.bills import has_lapsed
from permits.people.actor import SYSTEM, Actor, Role

LONGEST_TRACKING = 60


def hand_to_post(session: Session, *, actor: Actor, order_id: str, tracking: str) -> ExtractOrder:
    """The letter is with the post under a tracking number."""
    number = tracking.strip()
    if not number or len(number) > LONGEST_TRACKING:
        raise Invalid("extract-tracking-needed")
    order = take(session, order_id=order_id, action=OrderAction.POST, actor=actor, tracking=number)
    order.tracking = number
    return order


def deliver(session: Session, *, actor: Actor, order_id: str, proof: str) -> ExtractOrder:
    """The post says that the letter was handed over; `proof` is who took it, or the number of the proof."""
    return take(session, order_id=order_id, action=OrderAction.DELIVER, actor=actor, proof=_said(proof))


def give_back(session: Session, *, actor: Actor, order_id: str, reason: str) -> ExtractOrder:
    """The post brought the letter back."""
    return take(session, order_id=order_id, action=OrderAction.RETURN, actor=actor, reason=_said(reason))


def bring(session: Session, *, actor: Actor, order_id: str) -> ExtractOrder:
    """The extract lies at the centre that was chosen."""
    return take(session, order_id=order_id, action=OrderAction.BRING, actor=actor)


def collect(session: Session, *, actor: Actor, order_id: str, name: str, identity: str) -> ExtractOrder:
    """Somebody took the extract: his name and the document of identity that was seen."""
    if not name.strip() or not identity.strip():
        raise Invalid("extract-identity-needed")
    return take(
        session, order_id=order_id, action=OrderAction.COLLECT, actor=actor, name=name.strip(),
        identity=identity.strip(),
    )  # fmt: skip


def destroy(session: Session, *, actor: Actor, order_id: str) -> ExtractOrder:
    """An extract that nobody fetched is destroyed, never before its days are over."""
    order = lock(session, order_id)
    if not destroyable(order):
        raise Conflict("extract-kept-longer", days=int(terms().kept_days.value))
    return take(session, order_id=order_id, action=OrderAction.DESTROY, actor=actor)


def destroyable(order: ExtractOrder) -> bool:
    """Whether an extract lay for its days at the centre, or after it came back."""
    return today() > local_day(order.changed_at) + timedelta(days=int(terms().kept_days.value))


def _said(text: str) -> str:
    if not text.strip():
        raise Invalid("reason-needed")
    return text.strip()


def expire(session: Session, *, actor: Actor) -> list[ExtractOrder]:
    """End every order whose bill was not paid in its time."""
    actor.need(Role.SYSTEM, Role.ADMIN)
    waiting = select(ExtractOrder.id).where(ExtractOrder.state == str(OrderState.AWAITING)).order_by(ExtractOrder.id)
    ended = []
    for order_id in session.scalars(waiting).all():
        bill = billing.bill_of(session, order_id=order_id)
        if bill is not None and has_lapsed(bill):
            ended.append(take(session, order_id=order_id, action=OrderAction.EXPIRE, actor=actor))
            billing.take_back(session, order_id=order_id, reason="order-expired")
    return ended


def run_expiry(context: Context, *, day: str) -> None:  # noqa: ARG001 - every job of a day is given it
    """The job of every day that ends what was not paid."""
    with context.database.transaction() as session:
        expire(session, actor=SYSTEM)
