"""The one table of what may happen to an order of an extract, and the only function that changes its state."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.db import new_id, utcnow
from permits.errors import Conflict, Forbidden, NotFound
from permits.extracts.tables import ExtractEvent, ExtractOrder
from permits.people.actor import STAFF, Actor, Role


class OrderState(StrEnum):
    """Where an order stands; the text of each is `extract-state-<code>`."""

    ORDERED = "ordered"
    AWAITING = "awaiting"
    PAID = "paid"
    PREPARED = "prepared"
    AVAILABLE = "available"
    POSTED = "posted"
    DELIVERED = "delivered"
    RETURNED = "returned"
    AT_CENTRE = "at-centre"
    COLLECTED = "collected"
    DESTROYED = "destroyed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class OrderAction(StrEnum):
    """What somebody does to an order; the text of each is `extract-action-<code>`."""

    BILL = "bill"
    SETTLE = "settle"
    PREPARE = "prepare"
    OFFER = "offer"
    POST = "post"
    DELIVER = "deliver"
    RETURN = "return"
    BRING = "bring"
    COLLECT = "collect"
    DESTROY = "destroy"
    CANCEL = "cancel"
    EXPIRE = "expire"


class Channel(StrEnum):
    """How the extract reaches whoever ordered it; the text of each is `extract-channel-<code>`."""

    DIGITAL = "digital"
    CENTRE = "centre"
    POST = "post"


S, A, C = OrderState, OrderAction, Channel
DESK = (Role.REGISTRAR, Role.CASHIER)
"""Who hands extracts over."""

CARRIER = (*DESK, Role.SYSTEM)
"""Who says what became of a letter: a person, or the proofs of the post."""


@dataclass(frozen=True)
class Step:
    """One row: `action` by one of `roles` takes an order of one of `channels` from any of `sources` to `target`."""

    action: OrderAction
    sources: tuple[OrderState, ...]
    target: OrderState
    roles: tuple[Role, ...]
    channels: tuple[Channel, ...] = tuple(Channel)


STEPS = (
    Step(A.BILL, (S.ORDERED,), S.AWAITING, (Role.SYSTEM,)),
    Step(A.SETTLE, (S.AWAITING,), S.PAID, (Role.SYSTEM,)),
    Step(A.PREPARE, (S.PAID,), S.PREPARED, (Role.SYSTEM,)),
    Step(A.OFFER, (S.PREPARED,), S.AVAILABLE, (Role.SYSTEM,), (C.DIGITAL,)),
    Step(A.POST, (S.PREPARED, S.RETURNED), S.POSTED, DESK, (C.POST,)),
    Step(A.DELIVER, (S.POSTED,), S.DELIVERED, CARRIER, (C.POST,)),
    Step(A.RETURN, (S.POSTED,), S.RETURNED, CARRIER, (C.POST,)),
    Step(A.BRING, (S.PREPARED,), S.AT_CENTRE, DESK, (C.CENTRE,)),
    Step(A.COLLECT, (S.AT_CENTRE,), S.COLLECTED, DESK, (C.CENTRE,)),
    Step(A.DESTROY, (S.AT_CENTRE, S.RETURNED), S.DESTROYED, DESK, (C.CENTRE, C.POST)),
    Step(A.CANCEL, (S.ORDERED, S.AWAITING), S.CANCELLED, (Role.ENGINEER, Role.OWNER, *STAFF)),
    Step(A.EXPIRE, (S.AWAITING,), S.EXPIRED, (Role.SYSTEM, Role.ADMIN)),
)

WAITING = (S.PAID, S.PREPARED, S.POSTED, S.RETURNED, S.AT_CENTRE)
"""States in which somebody at a desk has something to do, or waits for the post."""


def _row(order: ExtractOrder, action: OrderAction) -> Step | None:
    found = (row for row in STEPS if row.action is action and S(order.state) in row.sources)
    return next((row for row in found if C(order.channel) in row.channels), None)


def allowed(order: ExtractOrder, actor: Actor) -> list[OrderAction]:
    """The actions that `actor` may take now: what every button asks."""
    rows = (_row(order, action) for action in OrderAction)
    return [row.action for row in rows if row is not None and actor.has(*row.roles)]


def lock(session: Session, order_id: str) -> ExtractOrder:
    """The order, locked until the caller's transaction ends."""
    query = select(ExtractOrder).where(ExtractOrder.id == order_id).with_for_update()
    found = session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFound("extract-order-unknown")
    return found


def take(
    session: Session, *, order_id: str, action: OrderAction, actor: Actor, **said: str
) -> ExtractOrder:  # fmt: skip
    """Take `action`: check the row and the role, set the state, write the event and the audit entry."""
    order = lock(session, order_id)
    step = _row(order, action)
    if step is None:
        raise Conflict("extract-wrong-state", state=order.state, action=str(action))
    if not actor.has(*step.roles):
        raise Forbidden("role-needed")
    write_event(session, order, action, step.target, actor, said)
    order.state, order.changed_at = str(step.target), utcnow()
    session.flush()
    return order


def write_event(
    session: Session, order: ExtractOrder, action: OrderAction | None, target: OrderState, actor: Actor,
    said: dict[str, str],
) -> None:  # fmt: skip
    """One step on record; `action` None for the order itself."""
    name = "order" if action is None else str(action)
    source = "" if action is None else order.state
    count = select(func.count()).select_from(ExtractEvent).where(ExtractEvent.order_id == order.id)
    event = ExtractEvent(
        id=new_id(), order_id=order.id, position=(session.scalar(count) or 0) + 1, action=name, source=source,
        target=str(target), actor_id=actor.id, data=said,
    )  # fmt: skip
    session.add(event)
    audit.record(
        session, AuditEvent.EXTRACT_ORDER_CHANGED, actor=actor, subject=order.id, number=order.number, action=name,
        source=source, target=str(target),
    )  # fmt: skip


def events_of(session: Session, *, order_id: str) -> list[ExtractEvent]:
    """Everything that happened to an order, in order."""
    query = select(ExtractEvent).where(ExtractEvent.order_id == order_id).order_by(ExtractEvent.position)
    return list(session.scalars(query))
