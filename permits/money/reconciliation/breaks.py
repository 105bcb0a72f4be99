"""Breaks: every difference of every open day has an owner, an age and a state, and is explained by a person.

What a later file or statement explains is settled by itself; every step is an event that nobody can change.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.calendar import today
from permits.db import new_id
from permits.errors import Conflict, Invalid, NotFound
from permits.money import ledger
from permits.money.demands import reason_of
from permits.money.reconciliation.days import active_days, read, sides_of
from permits.money.reconciliation.differences import BreakKind, Difference, Sides
from permits.money.reconciliation.late import is_closed
from permits.money.reconciliation.tables import Break, BreakEvent
from permits.money.reconciliation.terms import Owner, age, terms
from permits.people.actor import SYSTEM, Actor, Role

HORIZON = 45
"""How many days back an import looks for days that it may explain."""


class BreakState(StrEnum):
    """Where a break stands; the text of each is `break-state-<state>`."""

    OPEN = "open"
    EXPLAINED = "explained"
    SETTLED = "settled"


class BreakReason(StrEnum):
    """Why a person says a break is as it is; the text of each is `break-reason-<reason>`."""

    PROVIDER_CONFIRMED = "provider_confirmed"
    PROVIDER_ERROR = "provider_error"
    BANK_DELAY = "bank_delay"
    BANK_CHARGE = "bank_charge"
    NETTED = "netted"
    COUNTING_ERROR = "counting_error"
    CASHIER_LIABLE = "cashier_liable"
    OFFICE_ERROR = "office_error"


def refresh(session: Session, *, party: str | None = None, since: date | None = None) -> None:
    """Reckon every open day again; the caller holds the audit chain's end."""
    start = (since or today() - timedelta(days=HORIZON)).isoformat()
    pairs = {(row.party, row.day) for row in session.scalars(select(Break).where(Break.state != BreakState.SETTLED))}
    pairs |= set(active_days(session, since=start, party=party))
    reading = read(session)
    for one, day in sorted(pairs):
        if party in (None, one) and not is_closed(session, party=one, day=day):
            note(session, party=one, day=day, sides=sides_of(session, reading, party=one, day=day))


def reckon(session: Session, *, actor: Actor) -> None:
    """Reckon every open day again, as what came since may have explained or broken it."""
    actor.need(Role.ACCOUNTANT, Role.SYSTEM)
    audit.hold(session)
    refresh(session)


def note(session: Session, *, party: str, day: str, sides: Sides) -> Sequence[Break]:
    """Bring the breaks of an open day to what its sides say; those that still count, as they are now."""
    query = select(Break).where(Break.party == party, Break.day == day)
    known = {row.key: row for row in session.scalars(query.execution_options(populate_existing=True))}
    differences = {one.key: one for one in sides.differences}
    for key, row in known.items():
        if key not in differences and row.state != BreakState.SETTLED:
            _settle(session, row, "agrees")
    return [_note(session, party, day, one, known.get(one.key)) for one in differences.values()]


def _note(session: Session, party: str, day: str, one: Difference, row: Break | None) -> Break:
    if row is None:
        row = _open(session, party, day, one)
    elif (row.kind, row.piastres) != (one.kind, one.piastres):
        before: dict[str, str | int] = {"kind": row.kind, "piastres": row.piastres}
        row.kind, row.piastres, row.subject = str(one.kind), one.piastres, one.subject
        _event(session, row, "changed", SYSTEM, {**before, "to": str(one.kind), "now": one.piastres})
        _reopen(session, row)
    elif row.state == BreakState.SETTLED and not one.found:
        _reopen(session, row)
    if one.found:
        if row.state != BreakState.SETTLED:
            _settle(session, row, "found")
        _settle_other_half(session, row)
    return row


def _open(session: Session, party: str, day: str, one: Difference) -> Break:
    row = Break(
        id=new_id(), party=party, day=day, key=one.key, kind=str(one.kind), stage=str(one.stage), subject=one.subject,
        piastres=one.piastres, owner=str(terms().owners[one.kind]), state=str(BreakState.OPEN),
        opened_on=today().isoformat(),
    )  # fmt: skip
    session.add(row)
    session.flush()
    _event(session, row, "opened", SYSTEM, {"kind": row.kind, "piastres": row.piastres, "owner": row.owner})
    return row


def _reopen(session: Session, row: Break) -> None:
    if row.state != BreakState.OPEN:
        row.state, row.reason, row.note, row.explained_by = str(BreakState.OPEN), None, None, None
        _event(session, row, "reopened", SYSTEM, {})


def _settle(session: Session, row: Break, why: str) -> None:
    row.state = str(BreakState.SETTLED)
    _event(session, row, "settled", SYSTEM, {"why": why})


def _settle_other_half(session: Session, row: Break) -> None:
    """The same matter on a closed day, to the same amount the other way round, is over with this one."""
    query = select(Break).where(
        Break.party == row.party, Break.key == row.key, Break.day != row.day, Break.piastres == -row.piastres,
        Break.state != BreakState.SETTLED,
    )  # fmt: skip
    for other in session.scalars(query):
        if is_closed(session, party=other.party, day=other.day):
            _settle(session, other, "found")


def _event(session: Session, row: Break, event: str, actor: Actor, data: Mapping[str, str | int]) -> None:
    session.add(BreakEvent(break_id=row.id, event=event, actor=actor.id, data=dict(data)))
    session.flush()


def explain(session: Session, *, actor: Actor, break_id: str, reason: str, note: str) -> Break:
    """A person says why two sides differ: from now on it does not keep the day open.

    A withdrawal that nobody announced is booked by its reason; explained otherwise, it moves.
    """
    actor.need(Role.ACCOUNTANT, Role.SYSTEM)
    if reason not in list(BreakReason):
        raise Invalid("break-reason-unknown", reason=reason)
    said, row = reason_of(note), _lock(session, break_id)
    if row.kind == BreakKind.UNANNOUNCED_AT_BANK and row.piastres < 0:
        _book_withdrawal(session, row, reason)
    row.state, row.reason, row.note, row.explained_by = str(BreakState.EXPLAINED), reason, said, actor.id
    _event(session, row, "explained", actor, {"reason": reason, "note": said})
    audit.record(
        session, AuditEvent.BREAK_EXPLAINED, actor=actor, subject=f"{row.party}:{row.day}", key=row.key,
        piastres=row.piastres, reason=reason, note=said,
    )  # fmt: skip
    return row


def _book_withdrawal(session: Session, row: Break, reason: str) -> None:
    """Move what left the bank to the account of its reason; from that of the former one where it had another."""
    accounts = terms().withdrawals.accounts
    before = accounts[row.reason] if row.reason else ledger.WITHDRAWN
    if before != accounts[reason]:
        query = select(func.count()).where(BreakEvent.break_id == row.id, BreakEvent.event == "explained")
        key = f"withdrawal:{row.id}:{session.scalar(query)}"
        ledger.move(session, key=key, debit=accounts[reason], credit=before, piastres=-row.piastres)


def reassign(session: Session, *, actor: Actor, break_id: str, owner: str) -> Break:
    """Another answers for it."""
    actor.need(Role.ACCOUNTANT, Role.SYSTEM)
    if owner not in list(Owner):
        raise Invalid("break-owner-unknown", owner=owner)
    row = _lock(session, break_id)
    _event(session, row, "reassigned", actor, {"from": row.owner, "to": owner})
    row.owner = owner
    audit.record(
        session, AuditEvent.BREAK_REASSIGNED, actor=actor, subject=f"{row.party}:{row.day}", key=row.key, owner=owner
    )
    return row


def _lock(session: Session, break_id: str) -> Break:
    query = select(Break).where(Break.id == break_id).with_for_update()
    row = session.scalar(query.execution_options(populate_existing=True))
    if row is None:
        raise NotFound("break-unknown")
    if row.state == BreakState.SETTLED or is_closed(session, party=row.party, day=row.day):
        raise Conflict("break-over")
    return row


def open_breaks(session: Session, *, actor: Actor) -> Sequence[Break]:
    """Every break that nobody has explained, the oldest first."""
    actor.need(Role.ACCOUNTANT, Role.GOVERNOR, Role.SYSTEM)
    query = select(Break).where(Break.state == BreakState.OPEN)
    return session.scalars(query.order_by(Break.day, Break.party, Break.key)).all()


def history(session: Session, *, actor: Actor, break_id: str) -> Sequence[BreakEvent]:
    """What happened to a break, oldest first."""
    actor.need(Role.ACCOUNTANT, Role.GOVERNOR, Role.SYSTEM)
    return session.scalars(select(BreakEvent).where(BreakEvent.break_id == break_id).order_by(BreakEvent.id)).all()


def age_of(row: Break) -> int:
    """Working days since it was found."""
    return age(date.fromisoformat(row.opened_on), today())
