"""The permit on the sheet of its property: opened by the case, closed by expiry, revocation or occupancy."""

from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.calendar import today
from permits.errors import NotFound
from permits.jobs import Context
from permits.people.actor import SYSTEM, Actor, Role
from permits.register.deed import Deed
from permits.register.entering import lock_sheet
from permits.register.marking import lift_signal, place_signal, signal_about
from permits.register.sheets import sheet_of_plot
from permits.register.signals import SignalKind
from permits.register.tables import Annotation, JournalEntry, Sheet
from permits.register.versions import holding


class Closing(StrEnum):
    """Why the signal of a permit is lifted."""

    EXPIRED = "expired"
    REVOKED = "revoked"
    OCCUPIED = "occupied"


def annotate_permit(
    session: Session, *, actor: Actor, zone: str, plot: str, permit: str, expires: date
) -> Annotation:  # fmt: skip
    """Put a permit on the sheet of its property; the same permit again is the same signal."""
    actor.need(Role.REGISTRAR, Role.SYSTEM)
    sheet = lock_sheet(session, sheet_of_plot(session, zone=zone, plot=plot).id)
    known = _find(session, sheet, SignalKind.PERMIT, permit)
    if known:
        return known
    return _place(session, actor, sheet, SignalKind.PERMIT, permit, expires)


def close_permit(session: Session, *, actor: Actor, permit: str, why: Closing, occupancy: str = "") -> JournalEntry:
    """Lift the signal of a permit; occupancy puts its own signal (`occupancy` is its number) in the place.

    Raises NotFound where no sheet bears the permit, or no longer.
    """
    actor.need(Role.REGISTRAR, Role.SYSTEM)
    query = holding(Annotation).where(Annotation.kind == str(SignalKind.PERMIT), Annotation.detail == permit)
    row = session.scalar(query.order_by(Annotation.id).limit(1))
    if row is None or row.sheet_id is None:
        raise NotFound("permit-not-annotated", permit=permit)
    entry = lift_signal(session, deed=Deed(actor), sheet_id=row.sheet_id, signal_id=row.signal_id)
    if why is Closing.OCCUPIED:
        _place(session, actor, session.get_one(Sheet, row.sheet_id), SignalKind.OCCUPANCY_PERMIT, occupancy or permit)
    audit.record(
        session, AuditEvent.PERMIT_SIGNAL_CLOSED, actor=actor, subject=row.sheet_id, permit=permit, why=str(why),
        entry=entry.number,
    )  # fmt: skip
    return entry


def expire_permits(session: Session, *, actor: Actor, on: date | None = None) -> list[str]:
    """Lift the signals of all permits whose last day is before `on` (today); their numbers."""
    actor.need(Role.REGISTRAR, Role.SYSTEM)
    day = (on or today()).isoformat()
    query = holding(Annotation).where(Annotation.kind == str(SignalKind.PERMIT), Annotation.expires < day)
    permits = list(dict.fromkeys(row.detail for row in session.scalars(query.order_by(Annotation.id))))
    for permit in permits:
        close_permit(session, actor=actor, permit=permit, why=Closing.EXPIRED)
    return permits


def run_expiry(context: Context, *, day: str) -> None:
    """The job of every day that lifts the signals of permits which ended before it."""
    with context.database.transaction() as session:
        expire_permits(session, actor=SYSTEM, on=date.fromisoformat(day))


def _place(
    session: Session, actor: Actor, sheet: Sheet, kind: SignalKind, number: str, expires: date | None = None
) -> Annotation:  # fmt: skip
    signal = signal_about(kind, number, expires=expires.isoformat() if expires else None)
    entry = place_signal(session, deed=Deed(actor), sheet_id=sheet.id, signal=signal)
    audit.record(
        session, AuditEvent.SHEET_ANNOTATED, actor=actor, subject=sheet.id, parcel=sheet.parcel, permit=number,
        entry=entry.number,
    )  # fmt: skip
    return session.scalars(select(Annotation).where(Annotation.from_entry == entry.id)).one()


def _find(session: Session, sheet: Sheet, kind: SignalKind, number: str) -> Annotation | None:
    """The signal of a permit, in force or past: a permit that has ended is not put on again."""
    query = select(Annotation).where(
        Annotation.sheet_id == sheet.id, Annotation.kind == str(kind), Annotation.detail == number
    )
    return session.scalar(query.order_by(Annotation.id).limit(1))
