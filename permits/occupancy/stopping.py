"""Use cases of a licence in force: stop it, carry it on, let it end."""

import json
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits.adapters.storage import Storage
from permits.calendar import today
from permits.documents.revoking import reason_of, withdraw
from permits.errors import Conflict, Invalid
from permits.jobs import Context
from permits.occupancy import billing
from permits.occupancy.applying import Wish, apply, get_occupancy
from permits.occupancy.licensing import licence_of
from permits.occupancy.tables import Occupancy
from permits.occupancy.workflow import OccupancyAction, OccupancyState, take
from permits.people.actor import SYSTEM, Actor, Role

RENEWABLE = (OccupancyState.LICENSED, OccupancyState.EXPIRED)


def stop(session: Session, *, actor: Actor, occupancy_id: str, reason: str, note: str) -> Occupancy:
    """Stop a licence before its day (إيقاف): it enters the list of revocations. `reason` is a code of that list."""
    actor.need(Role.APPROVER)
    why = reason_of(reason)
    if not note.strip():
        raise Invalid("reason-needed")
    occupancy = take(session, occupancy_id=occupancy_id, action=OccupancyAction.STOP, actor=actor, note=note.strip())
    licence = licence_of(session, occupancy_id=occupancy_id)
    if licence is None:
        raise Conflict("occupancy-wrong-state", state=occupancy.state, action="stop")
    withdraw(
        session, actor=actor, number=licence.number, subject=occupancy_id, reason=why, note=note.strip(),
        asked_by=actor.id,
    )  # fmt: skip
    return occupancy


def renew(
    session: Session, *, actor: Actor, storage: Storage, office: str, occupancy_id: str, last_day: date
) -> Occupancy:  # fmt: skip
    """Ask for the same place from the day after the last, or from today where that has passed.

    It is a new application, checked and paid anew; its licence will name the one that it carries on.
    """
    old = get_occupancy(session, actor=actor, occupancy_id=occupancy_id)
    if old.state not in RENEWABLE:
        raise Conflict("occupancy-wrong-state", state=old.state, action="renew")
    if session.scalar(select(Occupancy.id).where(Occupancy.renews == old.id, Occupancy.state.not_in(_ENDED))):
        raise Conflict("occupancy-renewal-asked")
    first = max(old.days[1] + timedelta(days=1), today())
    corners = json.dumps([*old.polygon.exterior.coords])
    wish = Wish(old.zone, old.kind, old.street_class, old.holder, first, last_day, corners, old.plot)
    return apply(session, actor=actor, storage=storage, office=office, wish=wish, renews=old)


_ENDED = [str(state) for state in (OccupancyState.REFUSED, OccupancyState.EXPIRED)]


def expire(session: Session, *, actor: Actor, on: date | None = None) -> list[Occupancy]:
    """End every occupancy whose last day is over, whether licensed, unpaid or never assessed."""
    actor.need(Role.SYSTEM, Role.ADMIN)
    open_ = [str(s) for s in (OccupancyState.APPLIED, OccupancyState.ASSESSED, OccupancyState.LICENSED)]
    over = session.scalars(
        select(Occupancy.id)
        .where(Occupancy.state.in_(open_), Occupancy.last_day < (on or today()).isoformat())
        .order_by(Occupancy.id)
    )
    ended = []
    for found in over.all():
        ended.append(take(session, occupancy_id=found, action=OccupancyAction.EXPIRE, actor=actor))
        billing.take_back(session, occupancy_id=found, reason="occupancy-expired")
    return ended


def run_expiry(context: Context, *, day: str) -> None:
    """The job of every day that ends what was over before it."""
    with context.database.transaction() as session:
        expire(session, actor=SYSTEM, on=date.fromisoformat(day))
