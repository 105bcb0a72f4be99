"""A small office with the sample zone, and shapes on its pavements; every name is invented."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType

from sqlalchemy.orm import Session

from permits.calendar import today
from permits.jobs import Context
from permits.land.zones import import_zone
from permits.money.payments import Answer
from permits.money.tables import Bill
from permits.occupancy import applying, assessing, billing, licensing
from permits.occupancy.applying import Wish
from permits.occupancy.tables import Occupancy
from permits.people.actor import SYSTEM, Actor, Role
from permits.registry import register_jobs
from sample_models.land import point_on_grid
from tests.money.test_payments import notice_of, tell

LAYERS = Path(__file__).parents[2] / "sample_models" / "zone" / "zone.gpkg"
OFFICE = "DM-01"
ENGINEER = Actor("engineer", "engineer", frozenset({Role.ENGINEER}))
REVIEWER = Actor("reviewer", "reviewer", frozenset({Role.REVIEWER}))
APPROVER = Actor("approver", "approver", frozenset({Role.APPROVER}))
ACCEPTED = {"entrance": "visited: the entrance is on the other side"}

FRONT = 20.0
"""v of the avenue's edge towards plots 101 to 106; the pavement is the two metres before it."""


def spot(u: float, depth: float, *, length: float = 5.0, off: float = 0.0) -> list[tuple[float, float]]:
    """Corners of a rectangle on the avenue's pavement: from the plots' line outwards, `off` metres from it."""
    low, high = FRONT - off - depth, FRONT - off
    return [point_on_grid(*corner) for corner in ((u, low), (u + length, low), (u + length, high), (u, high))]


def wish(
    corners: Sequence[tuple[float, float]], *, start: int = 1, days: int = 10, plot: str = "103", kind: str = "tables"
) -> Wish:  # fmt: skip
    """An application for so many days from `start` days after today."""
    first = today() + timedelta(days=start)
    return Wish(
        "FZ-1", kind, "1", "مقهى النموذج", first, first + timedelta(days=days - 1), json.dumps([*corners]), plot
    )


def open_street(context: Context) -> None:
    """Jobs and land."""
    register_jobs()
    with context.database.transaction() as session:
        import_zone(session, actor=SYSTEM, storage=context.storage, layers=LAYERS)


def applied(context: Context, what: Wish, actor: Actor = ENGINEER) -> Occupancy:
    with context.database.transaction() as session:
        return applying.apply(session, actor=actor, storage=context.storage, office=OFFICE, wish=what)


def assess(
    session: Session, context: Context, occupancy_id: str, accepted: Mapping[str, str] = ACCEPTED,
    exempt: Mapping[str, str] = MappingProxyType({}),
) -> Occupancy:  # fmt: skip
    return assessing.assess(
        session, actor=REVIEWER, storage=context.storage, governorate="01", occupancy_id=occupancy_id,
        accepted=accepted, exempt=exempt,
    )  # fmt: skip


def assessed(context: Context, what: Wish) -> Occupancy:
    found = applied(context, what)
    with context.database.transaction() as session:
        return assess(session, context, found.id)


def bill_of(context: Context, occupancy: Occupancy) -> Bill:
    with context.database.reading() as session:
        found = billing.bill_of(session, occupancy_id=occupancy.id)
    assert found is not None
    return found


def pay(context: Context, occupancy: Occupancy) -> Answer:
    """The bank tells that the whole bill was paid."""
    bill = bill_of(context, occupancy)
    return tell(context, notice_of(bill, f"T-{bill.reference}"))


def licensed(context: Context, what: Wish) -> Occupancy:
    """Assessed, paid and licensed, the job run here."""
    found = assessed(context, what)
    assert pay(context, found).code == "accepted"
    licensing.license_occupancy(context, occupancy_id=found.id)
    with context.database.reading() as session:
        return session.get_one(Occupancy, found.id)


def days_from_now(days: int) -> date:
    return today() + timedelta(days=days)
