"""What a desk brings back: its entries are checked, kept, and its closed shifts booked. The same again changes nothing.

A taking can be voided until its shift is closed, so it becomes a payment when its shift is closed: see `booking`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.calendar import local_day
from permits.cash.booking import account, book_deposit, book_shift, lock_bills
from permits.cash.desks import blocks_of, lock_desk
from permits.cash.entries import Entry, entry_hash, read_entry, read_package, verify_entry
from permits.cash.sealed import BadSeal, public_key
from permits.cash.tables import CashDesk, CashEntry
from permits.cash.till import ClosedShift, Deposit, Event, Till
from permits.db import utcnow
from permits.errors import Conflict, Invalid, TooLarge
from permits.money.reconciliation.breaks import refresh
from permits.people.actor import Actor, Role

MOST_BYTES = 15 << 20
"""Of a package."""


@dataclass(frozen=True)
class Imported:
    """What an import did; `whole` is false where the package broke off and the rest must be sent again.

    `ahead` is by how many minutes at least the desk's clock goes before the office's.
    """

    desk: str
    entries: int
    shifts: int
    payments: int
    conflicts: int
    acknowledged: int
    whole: bool
    ahead: int = 0


def import_package(session: Session, *, actor: Actor, office: str, text: str) -> Imported:
    """Import a desk's package; a gap, a chain that differs or a step that cannot be is refused, and nothing kept."""
    actor.need(Role.CASHIER, Role.ADMIN, Role.SYSTEM)
    if len(text) > MOST_BYTES:
        raise TooLarge("file-large", most=MOST_BYTES >> 20)
    package = read_package(text)
    desk = lock_desk(session, package.desk)
    fresh = _unknown(session, desk, _verified(desk, package.signed))
    till = replay(session, desk.code)
    events: list[tuple[Entry, Event]] = []
    for entry, signed in fresh:
        events.append((entry, _follow(session, till, entry, entry_hash(signed))))
        session.add(CashEntry(desk=desk.code, seq=entry.seq, kind=entry.kind, signed=signed, hash=entry_hash(signed)))
    desk.seq, desk.head = till.seq, till.head
    session.flush()
    done = _book(session, actor, office, desk.code, events)
    ahead = minutes_ahead([entry.at for entry, _ in fresh], now=utcnow())
    result = replace(done, entries=len(fresh), acknowledged=desk.seq, whole=package.whole, ahead=ahead)
    if fresh:
        audit.record(
            session, AuditEvent.CASH_IMPORTED, actor=actor, subject=f"cash:{desk.code}", entries=len(fresh),
            until=desk.seq, head=desk.head.hex(), shifts=done.shifts, payments=done.payments, conflicts=done.conflicts,
        )  # fmt: skip
    return result


def minutes_ahead(written: Iterable[datetime], *, now: datetime) -> int:
    """By how many whole minutes at least a desk's clock goes before the office's; what it wrote keeps its own time."""
    return max(0, int((max(written, default=now) - now).total_seconds() // 60))


def _verified(desk: CashDesk, signed: Iterable[bytes]) -> list[tuple[Entry, bytes]]:
    key = public_key(desk.code, desk.public_key)
    try:
        return [(verify_entry(one, desk=desk.code, key=key), one) for one in signed]
    except BadSeal as error:
        raise Invalid("cash-signature", reason=error.code) from error


def _unknown(session: Session, desk: CashDesk, read: list[tuple[Entry, bytes]]) -> list[tuple[Entry, bytes]]:
    """The entries after those that are kept; what is kept must be sent as it was."""
    query = select(CashEntry.seq, CashEntry.hash).where(CashEntry.desk == desk.code)
    kept = {seq: digest for seq, digest in session.execute(query)}  # noqa: C416 - rows are no pairs to the type checker
    for entry, signed in read:
        if entry.seq <= desk.seq and kept.get(entry.seq) != entry_hash(signed):
            raise Conflict("cash-desk-forked", seq=entry.seq)
    fresh = [(entry, signed) for entry, signed in read if entry.seq > desk.seq]
    if fresh and fresh[0][0].seq != desk.seq + 1:
        raise Conflict("cash-gap", expected=desk.seq + 1, found=fresh[0][0].seq)
    return fresh


def replay(session: Session, desk: str) -> Till:
    """The till as the kept entries have it."""
    till = Till()
    query = select(CashEntry.signed, CashEntry.hash).where(CashEntry.desk == desk).order_by(CashEntry.seq)
    for signed, digest in session.execute(query):
        till.apply(read_entry(signed), digest)
    return till


def _follow(session: Session, till: Till, entry: Entry, digest: bytes) -> Event:
    event = till.apply(entry, digest)
    if entry.kind == "snapshot" and not set(till.blocks) <= set(blocks_of(session, entry.desk)):
        raise Conflict("cash-block-foreign", seq=entry.seq)
    return event


def _book(
    session: Session, actor: Actor, office: str, desk: str, events: list[tuple[Entry, Event]]
) -> Imported:  # fmt: skip
    """Book what was closed and deposited; the desk's days are reckoned again, as it changes them."""
    lock_bills(session, [t.reference for _, event in events if isinstance(event, ClosedShift) for t in event.takings])
    shifts = payments = conflicts = 0
    for entry, event in events:
        if isinstance(event, ClosedShift):
            conflicts += book_shift(session, actor=actor, office=office, desk=desk, shift=event, at=entry.at)
            shifts, payments = shifts + 1, payments + len(event.takings)
        elif isinstance(event, Deposit):
            book_deposit(session, actor=actor, desk=desk, deposit=event, at=entry.at)
    booked = [local_day(entry.at) for entry, event in events if event]
    if booked:
        audit.hold(session)
        refresh(session, party=account(desk), since=min(booked))
    return Imported(desk, 0, shifts, payments, conflicts, 0, whole=True)
