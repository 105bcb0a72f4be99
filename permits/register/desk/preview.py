"""What an act would change, told before it is entered: every sheet that it closes, changes or opens."""

from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit
from permits.errors import NotFound
from permits.people.actor import Actor, Role
from permits.register.desk.entering import enter_written
from permits.register.desk.form import Written
from permits.register.state import SheetState
from permits.register.tables import JournalEntry, Party, Sheet
from permits.register.versions import state_of, touched_by


@dataclass(frozen=True)
class Change:
    """One owner's share before and after an act."""

    name: str
    before: Fraction
    after: Fraction


@dataclass(frozen=True)
class SheetChange:
    """A sheet before an act and after it: None before it is opened, or once its opening is undone."""

    parcel: str
    register: str
    before: SheetState | None
    after: SheetState | None
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Preview:
    """Every sheet that an act touches, those that are there already first; and what warns of the act."""

    sheets: tuple[SheetChange, ...]
    warned: tuple[str, ...]


def preview_written(session: Session, *, actor: Actor, written: Written, language: str) -> Preview:
    """What the act of a form would change, worked out by entering it and taking it back; raises what refuses it."""
    actor.need(Role.REGISTRAR)
    with audit.tried(session):
        entry = enter_written(session, actor=actor, written=written)
        sheets = session.scalars(select(Sheet).where(Sheet.id.in_(touched_by(session, entry)))).all()
        told = [_told(session, sheet, entry, language) for sheet in sheets]
        warned = tuple(entry.data.get("warned", ()))
    return Preview(tuple(sorted(told, key=lambda one: (one.before is None, one.parcel))), warned)


def _told(session: Session, sheet: Sheet, entry: JournalEntry, language: str) -> SheetChange:
    before, after = _state(session, sheet, entry.number - 1), _state(session, sheet, None)
    held = [state.holdings for state in (before, after) if state is not None]
    parties = session.scalars(select(Party).where(Party.id.in_({party for one in held for party in one})))
    changes = tuple(
        Change(str(getattr(party, f"name_{language}")), _share(before, party.id), _share(after, party.id))
        for party in parties
    )
    number = f"{sheet.parcel}/{sheet.section}" if sheet.section else sheet.parcel
    return SheetChange(number, sheet.register, before, after, changes)


def _share(state: SheetState | None, party: str) -> Fraction:
    return state.share_of(party) if state is not None else Fraction(0)


def _state(session: Session, sheet: Sheet, known: int | None) -> SheetState | None:
    try:
        return state_of(session, sheet, known=known)
    except NotFound:  # not open yet, or no longer
        return None
