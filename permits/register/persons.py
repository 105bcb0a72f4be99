"""Signals on persons: a prohibition of disposal (قصر التصرف) is kept by person and not on any sheet."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.db import new_id
from permits.errors import Conflict, NotFound
from permits.people.actor import Role
from permits.register.acts import Act
from permits.register.deed import Deed
from permits.register.journal import enter
from permits.register.parties import members_of
from permits.register.state import Signal
from permits.register.tables import Annotation, JournalEntry, Party
from permits.register.versions import annotation, holding, signal_of, supersede

_CHUNK = 500
"""Below every database's limit of parameters."""


def signals_on_persons(session: Session, party_ids: Iterable[str]) -> dict[str, list[Signal]]:
    """The signals in force on persons, by party; those on a member of a group count for the group."""
    wanted = list(party_ids)
    found: dict[str, list[Signal]] = {}
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        members = members_of(session, chunk)
        groups = {member: group for group, names in members.items() for member in names}
        query = holding(Annotation).where(Annotation.sheet_id.is_(None), Annotation.party_id.in_([*chunk, *groups]))
        for row in session.scalars(query.order_by(Annotation.id)):
            party = row.party_id or ""
            for about in {party, groups.get(party, party)} & set(chunk):
                found.setdefault(about, []).append(signal_of(row))
    return found


def why(deed: Deed) -> dict[str, str]:
    """The reason of an act as its entry keeps it, where one is given."""
    reason = deed.reason.strip()
    return {"reason": reason} if reason else {}


def place_on_person(session: Session, *, deed: Deed, party_id: str, signal: Signal) -> JournalEntry:
    """Put a signal on a person; it meets every act of that person on any sheet."""
    deed.actor.need(Role.REGISTRAR)
    party = session.scalar(select(Party).where(Party.id == party_id).with_for_update())
    if party is None:
        raise NotFound("party-unknown")
    known = signals_on_persons(session, [party_id]).get(party_id, [])
    if any((one.kind, one.detail) == (signal.kind, signal.detail) for one in known):
        raise Conflict("signal-known", detail=signal.detail)
    entry = enter(
        session, actor=deed.actor, act=Act.ANNOTATED, on=deed.day, party=party_id, document=deed.document,
        data={"kind": signal.kind, "detail": signal.detail, **why(deed)},
    )  # fmt: skip
    session.add(annotation(replace(signal, id=new_id(), party=party_id), entry, sheet=None))
    session.flush()
    audit.record(session, AuditEvent.SIGNAL_ON_PERSON, actor=deed.actor, subject=party_id, entry=entry.number)
    return entry


def lift_from_person(session: Session, *, deed: Deed, signal_id: str) -> JournalEntry:
    """Take a signal off a person."""
    deed.actor.need(Role.REGISTRAR)
    row = session.scalar(
        holding(Annotation).where(Annotation.signal_id == signal_id, Annotation.sheet_id.is_(None)).with_for_update()
    )
    if row is None:
        raise NotFound("signal-unknown")
    entry = enter(
        session, actor=deed.actor, act=Act.LIFTED, on=deed.day, party=row.party_id, document=deed.document,
        data={"kind": row.kind, "detail": row.detail, **why(deed)},
    )  # fmt: skip
    supersede(session, [row], entry)
    session.flush()
    audit.record(session, AuditEvent.SIGNAL_ON_PERSON, actor=deed.actor, subject=row.party_id or "", entry=entry.number)
    return entry


def entries_on(session: Session, party_id: str) -> list[JournalEntry]:
    """The entries of the journal on a person, the newest first."""
    query = select(JournalEntry).where(JournalEntry.party_id == party_id).order_by(JournalEntry.number.desc())
    return list(session.scalars(query))
