"""The one table of what may happen to an occupancy, and the only function that changes its state."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.db import utcnow
from permits.errors import Conflict, Forbidden, NotFound
from permits.occupancy.tables import Occupancy
from permits.people.actor import Actor, Role


class OccupancyState(StrEnum):
    """Where an occupancy stands."""

    APPLIED = "applied"
    ASSESSED = "assessed"
    PAID = "paid"
    LICENSED = "licensed"
    EXPIRED = "expired"
    STOPPED = "stopped"
    RENEWED = "renewed"
    REFUSED = "refused"


class OccupancyAction(StrEnum):
    """What somebody does to an occupancy."""

    ASSESS = "assess"
    REFUSE = "refuse"
    SETTLE = "settle"
    LICENSE = "license"
    STOP = "stop"
    RENEW = "renew"
    EXPIRE = "expire"


S, A = OccupancyState, OccupancyAction


@dataclass(frozen=True)
class Step:
    """One row: `action` by one of `roles` takes an occupancy from any of `sources` to `target`."""

    action: OccupancyAction
    sources: tuple[OccupancyState, ...]
    target: OccupancyState
    roles: tuple[Role, ...]


STEPS = (
    Step(A.ASSESS, (S.APPLIED,), S.ASSESSED, (Role.REVIEWER, Role.APPROVER)),
    Step(A.REFUSE, (S.APPLIED, S.ASSESSED), S.REFUSED, (Role.REVIEWER, Role.APPROVER)),
    Step(A.SETTLE, (S.ASSESSED,), S.PAID, (Role.SYSTEM, Role.BILLER, Role.CASHIER)),
    Step(A.LICENSE, (S.PAID,), S.LICENSED, (Role.SYSTEM,)),
    Step(A.STOP, (S.LICENSED, S.RENEWED), S.STOPPED, (Role.APPROVER,)),
    Step(A.RENEW, (S.LICENSED, S.EXPIRED), S.RENEWED, (Role.SYSTEM,)),
    Step(A.EXPIRE, (S.APPLIED, S.ASSESSED, S.LICENSED), S.EXPIRED, (Role.SYSTEM, Role.ADMIN)),
)
"""Renewed is what the old one becomes once the licence that carries it on is issued."""

HOLDING = (S.ASSESSED, S.PAID, S.LICENSED, S.RENEWED)
"""States in which an occupancy keeps its place, for its days, from others."""


def allowed(occupancy: Occupancy, actor: Actor) -> list[OccupancyAction]:
    """The actions that `actor` may take now: what every button asks."""
    return [row.action for row in STEPS if S(occupancy.state) in row.sources and actor.has(*row.roles)]


def lock(session: Session, occupancy_id: str) -> Occupancy:
    """The occupancy, locked until the caller's transaction ends."""
    found = session.scalar(
        select(Occupancy)
        .where(Occupancy.id == occupancy_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound("occupancy-unknown")
    return found


def take(
    session: Session, *, occupancy_id: str, action: OccupancyAction, actor: Actor, note: str = ""
) -> Occupancy:  # fmt: skip
    """Take `action`: check the row and the role, set the state, write the audit entry."""
    occupancy = lock(session, occupancy_id)
    step = next((row for row in STEPS if row.action is action and S(occupancy.state) in row.sources), None)
    if step is None:
        raise Conflict("occupancy-wrong-state", state=occupancy.state, action=str(action))
    if not actor.has(*step.roles):
        raise Forbidden("role-needed")
    audit.record(
        session, AuditEvent.OCCUPANCY_CHANGED, actor=actor, subject=occupancy.id,
        action=str(action), source=occupancy.state, target=str(step.target), note=note,
    )  # fmt: skip
    occupancy.state, occupancy.changed_at = str(step.target), utcnow()
    return occupancy
