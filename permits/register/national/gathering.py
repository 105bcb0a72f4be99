"""Queue the entries of the journal that are still to be announced, one announcement per sheet that an entry changed."""

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from permits.errors import NotFound
from permits.people.actor import Actor, Role
from permits.register.national.envelope import content_of
from permits.register.national.tables import Announcement, NationalReach
from permits.register.state import SheetState
from permits.register.tables import JournalEntry, Sheet
from permits.register.versions import KINDS, state_of

BATCH = 200


def gather(session: Session, *, actor: Actor, office: str, start: int) -> int:
    """Queue the next entries, at most BATCH of them; how many there were. `start` counts on the very first call.

    Entries are committed in the order of their numbers, so none is passed over. One on a person, such as a signal,
    changes no sheet and is not announced.
    """
    actor.need(Role.SYSTEM)
    reach = session.get(NationalReach, 1, with_for_update=True)
    if reach is None:
        reach = NationalReach(id=1, start=start, reached=start - 1)
        session.add(reach)
    query = select(JournalEntry).where(JournalEntry.number > reach.reached).order_by(JournalEntry.number).limit(BATCH)
    entries = session.scalars(query).all()
    for entry in entries:
        for sheet in touched(session, entry):
            _queue(session, entry, sheet, office)
        reach.reached = entry.number
    session.flush()
    return len(entries)


def touched(session: Session, entry: JournalEntry) -> list[Sheet]:
    """The sheets that an entry wrote on: those it split or merged too, and those that a reversal restored."""
    ids = {entry.sheet_id}
    for kind in KINDS:
        wrote = or_(kind.from_entry == entry.id, kind.until_entry == entry.id)
        ids.update(session.scalars(select(kind.sheet_id).where(wrote).distinct()))
    wanted = sorted(one for one in ids if one is not None)
    return list(session.scalars(select(Sheet).where(Sheet.id.in_(wanted)).order_by(Sheet.id)))


def _queue(session: Session, entry: JournalEntry, sheet: Sheet, office: str) -> None:
    before = session.scalar(select(func.max(Announcement.number)).where(Announcement.sheet_id == sheet.id))
    content = content_of(entry, sheet, office=office, before=before, state=_after(session, entry, sheet))
    session.add(Announcement(sheet_id=sheet.id, number=entry.number, content=content))
    session.flush()


def _after(session: Session, entry: JournalEntry, sheet: Sheet) -> SheetState | None:
    try:
        return state_of(session, sheet, known=entry.number)
    except NotFound:  # a reversal took the first registration back
        return None
