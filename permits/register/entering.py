"""How every act is entered: load the sheet, ask its signals, enter the journal, write what changed; and reversal."""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.errors import Conflict, Invalid, NotFound
from permits.people.actor import Actor, Role
from permits.register import signals
from permits.register.acts import Act
from permits.register.deed import Deed
from permits.register.journal import enter
from permits.register.persons import signals_on_persons, why
from permits.register.state import ACTIVE, Holdings, SheetState, SheetStatus
from permits.register.tables import JournalEntry, Party, Sheet
from permits.register.versions import built_upon, last_day, save, state_of, undo

MARKS = frozenset({Act.ANNOTATED, Act.LIFTED, Act.MORTGAGE, Act.RELEASE})
"""Acts on signals: they stand whoever owns the sheet."""


def lock_sheet(session: Session, sheet_id: str) -> Sheet:
    """The sheet, locked until the caller's transaction ends."""
    sheet = session.scalar(
        select(Sheet).where(Sheet.id == sheet_id).with_for_update().execution_options(populate_existing=True)
    )
    if sheet is None:
        raise NotFound("sheet-unknown", parcel=sheet_id)
    return sheet


def lock_sheets(session: Session, sheet_ids: Iterable[str]) -> list[Sheet]:
    """Several sheets, locked in one order so that two acts never wait for each other crosswise."""
    wanted = list(sheet_ids)
    locked = {sheet_id: lock_sheet(session, sheet_id) for sheet_id in sorted(set(wanted))}
    return [locked[sheet_id] for sheet_id in wanted]


def change(
    session: Session, deed: Deed, act: Act, sheet_id: str, *, apply: Callable[[SheetState], SheetState], **data: Any
) -> JournalEntry:
    """Enter an act on one sheet; `apply` is the pure act.

    Raises Invalid or Conflict where the act cannot be, a signal blocks it, or its day is before the last act's.
    """
    deed.actor.need(Role.REGISTRAR, Role.SYSTEM)
    need_document(deed, act)
    sheet = lock_sheet(session, sheet_id)
    need_order(session, sheet, deed)
    before = state_of(session, sheet)
    after = apply(before)
    need_parties(session, after.holdings)
    warned = asked(session, act, before, concerned(before, after))
    entry = enter(
        session, actor=deed.actor, act=act, on=deed.day, sheet=sheet, document=deed.document,
        data={**data, **shares_told(before, after), **said(deed, warned)},
    )  # fmt: skip
    save(session, sheet, before, after, entry)
    told(session, deed.actor, sheet, entry)
    return entry


def said(deed: Deed, warned: list[str]) -> dict[str, Any]:
    """The reason of an act and what warned of it, where there are any."""
    return {**why(deed), **({"warned": warned} if warned else {})}


def need_document(deed: Deed, act: Act) -> None:
    """Raise Invalid for an act without a source; the case's own signals rest on the permit that they name."""
    if deed.document is None and act not in (Act.ANNOTATED, Act.LIFTED):
        raise Invalid("document-needed")


def need_order(session: Session, sheet: Sheet, deed: Deed) -> None:
    """Raise Invalid for a legal day before that of the last act: the later one is reversed first."""
    last = last_day(session, sheet)
    if deed.day.isoformat() < last:
        raise Invalid("day-before-last-act", on=deed.day.isoformat(), last=last)


def need_parties(session: Session, holdings: Holdings) -> None:
    """Raise NotFound for a holder who is no party."""
    wanted = list(holdings)
    known: set[str] = set()
    for start in range(0, len(wanted), 500):  # below every database's limit of parameters
        known |= set(session.scalars(select(Party.id).where(Party.id.in_(wanted[start : start + 500]))))
    if known != set(wanted):
        raise NotFound("party-unknown")


def concerned(before: SheetState, after: SheetState) -> frozenset[str] | None:
    """Who gives something away, or whose share is signalled; None where an act concerns every owner."""
    if before.holdings == after.holdings:
        placed = [signal.party for signal in after.signals if signal not in before.signals]
        named = frozenset(party for party in placed if party is not None)
        return named if placed and len(named) == len(placed) else None
    return frozenset(party for party, share in before.holdings.items() if after.share_of(party) < share)


def asked(session: Session, act: Act, state: SheetState, involved: frozenset[str] | None) -> list[str]:
    """What warns of an act; Conflict where a signal on the sheet or on a person involved blocks it."""
    people = list(state.holdings) if involved is None else sorted(involved)
    persons = signals_on_persons(session, people)
    return signals.need_free(signals.effects(act, sheet=state.signals, persons=persons, involved=involved))


def shares_told(before: SheetState, after: SheetState) -> dict[str, Any]:
    """The changed shares before and after, as an entry keeps them."""
    changed = sorted(
        party for party in {*before.holdings, *after.holdings} if before.share_of(party) != after.share_of(party)
    )
    if not changed:
        return {}
    return {
        "before": {party: str(before.share_of(party)) for party in changed},
        "after": {party: str(after.share_of(party)) for party in changed},
    }


def told(session: Session, actor: Actor, sheet: Sheet, entry: JournalEntry) -> None:
    """Put an entry on the audit chain."""
    audit.record(
        session, AuditEvent.ACT_ENTERED, actor=actor, subject=sheet.id, parcel=sheet.parcel, act=entry.act,
        entry=entry.number,
    )  # fmt: skip


def reverse(session: Session, *, deed: Deed, number: int, reason: str) -> JournalEntry:
    """Undo a mistaken entry by a new one: the sheet is again what it was, and what was believed between stays known.

    The newest act of a sheet is reversed first; raises Conflict otherwise, or for an entry already reversed.
    """
    deed.actor.need(Role.REGISTRAR)
    if not reason.strip():
        raise Invalid("reason-needed")
    undone = session.scalar(select(JournalEntry).where(JournalEntry.number == number))
    if undone is None:
        raise NotFound("entry-unknown", number=number)
    sheet = lock_sheet(session, undone.sheet_id) if undone.sheet_id else None
    _need_reversible(session, undone)
    entry = enter(
        session, actor=deed.actor, act=Act.REVERSAL, on=deed.day, sheet=sheet, party=undone.party_id,
        document=deed.document, reverses=undone.id, data={"undone": undone.number, "reason": reason.strip()},
    )  # fmt: skip
    _reactivate(session, undo(session, undone, entry))
    audit.record(
        session, AuditEvent.ENTRY_REVERSED, actor=deed.actor, subject=undone.sheet_id or undone.party_id or "",
        number=number, entry=entry.number, reason=reason.strip(),
    )  # fmt: skip
    return entry


def _need_reversible(session: Session, undone: JournalEntry) -> None:
    again = session.scalar(select(JournalEntry.id).where(JournalEntry.reverses == undone.id))
    if again is not None or undone.act in (Act.REVERSAL, Act.OPENED):
        raise Conflict("entry-not-reversible", number=undone.number)
    if undone.act not in MARKS and built_upon(session, undone):
        raise Conflict("entry-built-upon", number=undone.number)


def _reactivate(session: Session, sheet_ids: list[str]) -> None:
    """Say again which sheet speaks for its property: those that the reversal closed first."""
    sheets = lock_sheets(session, sheet_ids)
    states = {sheet.id: _state_or_none(session, sheet) for sheet in sheets}
    for active in (False, True):
        for sheet in sheets:
            state = states[sheet.id]
            if (state is not None and state.status in ACTIVE) is active:
                sheet.active = active
        session.flush()
    for state in states.values():
        if state is not None and state.status is SheetStatus.OPEN:
            state.held_by(state.holdings)


def _state_or_none(session: Session, sheet: Sheet) -> SheetState | None:
    try:
        return state_of(session, sheet)
    except NotFound:  # the entry that opened it is undone
        return None
