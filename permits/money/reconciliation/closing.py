"""A day is closed for ever once every difference of it is explained and the sides agree to the piastre."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.calendar import today
from permits.db import canonical
from permits.errors import Conflict, Invalid, NotFound
from permits.money import ledger
from permits.money.reconciliation.breaks import BreakState, note
from permits.money.reconciliation.days import active_days, read, sides_of, waiting_account
from permits.money.reconciliation.differences import Sides
from permits.money.reconciliation.tables import Break, DayClose
from permits.people.actor import Actor, Role
from permits.people.tables import User

READERS = (Role.ACCOUNTANT, Role.GOVERNOR, Role.SYSTEM)


class DayState(StrEnum):
    """Where a day stands; the text of each is `day-state-<state>`."""

    OPEN = "open"
    AWAITING_FILE = "awaiting_file"
    BROKEN = "broken"
    READY = "ready"
    CLOSED = "closed"


@dataclass(frozen=True)
class Day:
    """A day of a party as pages show it; `breaks` counts those that nobody has explained."""

    party: str
    day: str
    state: DayState
    sides: Sides
    breaks: int


def close_day(session: Session, *, actor: Actor, party: str, day: str) -> DayClose:
    """Close a day; again is the same. Conflict where it is not over, awaits its file or has a break to explain."""
    actor.need(Role.ACCOUNTANT, Role.SYSTEM)
    audit.hold(session)
    known = session.get(DayClose, (party, day))
    if known:
        return known
    if _date(day) >= today():
        raise Conflict("day-not-over", day=day)
    if (party, day) not in active_days(session, since=day, party=party):
        raise NotFound("day-unknown", day=day)
    sides = sides_of(session, read(session), party=party, day=day)
    if sides.awaiting:
        raise Conflict("day-awaits-file", day=day)
    breaks = note(session, party=party, day=day, sides=sides)
    left = [row for row in breaks if row.state == BreakState.OPEN]
    if left:
        raise Conflict("day-has-breaks", count=len(left))
    if not sides.agrees:
        raise Conflict("day-sums-differ", day=day)
    return _close(session, actor, party, day, sides, breaks)


def _close(
    session: Session, actor: Actor, party: str, day: str, sides: Sides, breaks: Sequence[Break]
) -> DayClose:  # fmt: skip
    account = waiting_account(party)
    content = canonical({
        "party": party, "day": day, "ours": sides.ours, "theirs": sides.theirs, "announced": sides.announced,
        "bank": sides.bank, "ledger": {name: ledger.balance(session, name) for name in (account, ledger.BANK)},
        "breaks": [[row.key, row.kind, row.stage, row.piastres, row.state, row.reason or ""] for row in breaks],
        "previous": _previous(session, party),
    })  # fmt: skip
    closed = DayClose(
        party=party, day=day, ours=sides.ours, theirs=sides.theirs, announced=sides.announced, bank=sides.bank,
        breaks=len(breaks), content=content, sha256=hashlib.sha256(content.encode()).hexdigest(), closed_by=actor.id,
    )  # fmt: skip
    session.add(closed)
    session.flush()
    audit.record(
        session, AuditEvent.DAY_CLOSED, actor=actor, subject=f"{party}:{day}", sha256=closed.sha256,
        ours=sides.ours, theirs=sides.theirs, announced=sides.announced, bank=sides.bank, breaks=len(breaks),
    )  # fmt: skip
    return closed


def _previous(session: Session, party: str) -> str:
    """The hash of the day that was closed before this one."""
    query = select(DayClose.sha256).where(DayClose.party == party)
    return session.scalar(query.order_by(DayClose.closed_at.desc()).limit(1)) or ""


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid("day-unreadable", day=text) from None


def show_day(session: Session, *, actor: Actor, party: str, day: str) -> Day:
    """A day as it stands; a closed one as it was closed."""
    actor.need(*READERS)
    _date(day)
    return _show(session, party, day, sides_of(session, read(session), party=party, day=day))


def _show(session: Session, party: str, day: str, sides: Sides) -> Day:
    closed = session.get(DayClose, (party, day))
    if closed:
        kept = Sides(closed.ours, closed.theirs, closed.announced, closed.bank, sides.differences)
        return Day(party, day, DayState.CLOSED, kept, 0)
    rows = {row.key: row for row in breaks_of(session, party=party, day=day)}
    left = sum(
        not one.found and (one.key not in rows or rows[one.key].state == BreakState.OPEN) for one in sides.differences
    )
    over = day < today().isoformat()
    state = DayState.AWAITING_FILE if sides.awaiting else DayState.BROKEN if left else DayState.OPEN
    return Day(party, day, DayState.READY if state is DayState.OPEN and over else state, sides, left)


def close_of(session: Session, *, party: str, day: str) -> tuple[DayClose | None, str]:
    """The row of a closed day with the name of who closed it."""
    closed = session.get(DayClose, (party, day))
    user = session.get(User, closed.closed_by) if closed else None
    return closed, user.name_ar if user else closed.closed_by if closed else ""


def breaks_of(session: Session, *, party: str, day: str) -> Sequence[Break]:
    """The breaks of a day, settled ones too."""
    query = select(Break).where(Break.party == party, Break.day == day)
    return session.scalars(query.order_by(Break.stage.desc(), Break.key)).all()


def list_days(session: Session, *, actor: Actor, since: date | None = None) -> list[Day]:
    """The days of every party since a day, the newest first."""
    actor.need(*READERS)
    start = since or today() - timedelta(days=31)
    reading = read(session)
    return [
        _show(session, party, day, sides_of(session, reading, party=party, day=day))
        for party, day in active_days(session, since=start.isoformat())
    ]
