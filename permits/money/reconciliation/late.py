"""What comes for a day that is closed already belongs to the next open one; it is never refused."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit
from permits.money.reconciliation.tables import DayClose, DayItem


def is_closed(session: Session, *, party: str, day: str) -> bool:
    """Whether a day of a party is closed for ever."""
    return session.get(DayClose, (party, day)) is not None


def next_open(session: Session, *, party: str, day: str) -> str:
    """The day itself, or the first one after it that is not closed."""
    query = select(DayClose.day).where(DayClose.party == party, DayClose.day >= day)
    closed, found = set(session.scalars(query)), day
    while found in closed:
        found = (date.fromisoformat(found) + timedelta(days=1)).isoformat()
    return found


def place(session: Session, *, kind: str, item: str, party: str, day: str, piastres: int) -> None:
    """Say where an item belongs whose own day is closed; nothing where that is open.

    The audit chain's end is held, as by whoever closes a day: the item is in the closed sums or placed here.
    """
    audit.hold(session)
    if is_closed(session, party=party, day=day):
        put(session, kind=kind, item=item, party=party, day=day, piastres=piastres)


def put(session: Session, *, kind: str, item: str, party: str, day: str, piastres: int) -> None:
    """Let an item belong to the first open day from `day` on; the caller holds the audit chain's end."""
    where = next_open(session, party=party, day=day)
    session.add(DayItem(kind=kind, item=item, party=party, day=where, piastres=piastres))
    session.flush()
