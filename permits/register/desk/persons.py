"""Acts on persons as the registrar writes them: a signal placed and lifted, an entry undone, a group put on record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit
from permits.errors import Conflict, Invalid, NotFound
from permits.people.actor import Actor, Role
from permits.register.deed import Deed
from permits.register.desk.form import person_in, share_in
from permits.register.desk.marks import kind_in
from permits.register.dossier import group_members
from permits.register.entering import reverse
from permits.register.journal import Document
from permits.register.marking import signal_about
from permits.register.parties import (
    Identity,
    IdentityKind,
    PartyKind,
    find_identity,
    groups_of,
    lock_parties,
    members_of,
    register_group,
)
from permits.register.persons import entries_on, lift_from_person, place_on_person, signals_on_persons
from permits.register.state import Signal
from permits.register.tables import JournalEntry, Party
from permits.text import fold_name


class PersonAct(StrEnum):
    """What is entered on a person."""

    SIGNAL = "signal"
    LIFT = "lift"
    REVERSAL = "reversal"


@dataclass(frozen=True)
class Ground:
    """What an act on a person rests on: the document with its day and issuer, and the reason."""

    document: str
    day: date
    reason: str
    issuer: str = ""

    def deed(self, actor: Actor) -> Deed:
        """The same as the journal takes it; Invalid without a reason."""
        actor.need(Role.REGISTRAR)
        if not self.reason.strip():
            raise Invalid("reason-needed")
        document = Document("court-judgment", self.document, self.day, self.issuer.strip())
        return Deed(actor, document, None, self.reason)


@dataclass(frozen=True)
class MemberLine:
    """A member of a group as written: its national number, its name where it is not known yet, its part or nothing."""

    identity: str
    name: str = ""
    part: str = ""


def signal_person(session: Session, *, actor: Actor, party_id: str, kind: str, ground: Ground) -> JournalEntry:
    """Put a signal on a person; it meets every act of that person on any sheet."""
    signal = signal_about(kind_in(kind), ground.document)
    return place_on_person(session, deed=ground.deed(actor), party_id=party_id, signal=signal)


def clear_person(session: Session, *, actor: Actor, signal_id: str, ground: Ground) -> JournalEntry:
    """Take a signal off a person."""
    return lift_from_person(session, deed=ground.deed(actor), signal_id=signal_id)


def undo_on_person(
    session: Session, *, actor: Actor, party_id: str, number: int | None, ground: Ground
) -> JournalEntry:  # fmt: skip
    """Undo a wrong entry on this very person by a new one."""
    deed = ground.deed(actor)
    if number not in [entry.number for entry in entries_on(session, party_id)]:
        raise NotFound("entry-unknown", number=str(number or ""))
    return reverse(session, deed=deed, number=int(number or 0), reason=deed.reason)


@dataclass(frozen=True)
class OnPerson:
    """An act on a person as written: the kind of the signal placed, the signal lifted, or the number of the entry."""

    act: PersonAct
    party_id: str
    ground: Ground
    kind: str = ""
    signal: str = ""
    entry: int | None = None


def enter_on_person(session: Session, *, actor: Actor, written: OnPerson) -> JournalEntry:
    """Enter the act; a signal that is lifted must be on this very person."""
    match written.act:
        case PersonAct.SIGNAL:
            return signal_person(
                session, actor=actor, party_id=written.party_id, kind=written.kind, ground=written.ground
            )
        case PersonAct.LIFT:
            entry = clear_person(session, actor=actor, signal_id=written.signal, ground=written.ground)
            if entry.party_id != written.party_id:
                raise NotFound("signal-unknown")
            return entry
        case PersonAct.REVERSAL:
            return undo_on_person(
                session, actor=actor, party_id=written.party_id, number=written.entry, ground=written.ground
            )


def enter_on_person_after(session: Session, *, actor: Actor, written: OnPerson, last: int) -> JournalEntry:
    """The same for a program that read the person up to entry `last` (0: none): Conflict where one came since."""
    actor.need(Role.REGISTRAR)
    lock_parties(session, [written.party_id])
    number = next((entry.number for entry in entries_on(session, written.party_id)), 0)
    if number != last:
        raise Conflict("person-changed-since", number=number)
    return enter_on_person(session, actor=actor, written=written)


def preview_on_person(
    session: Session, *, actor: Actor, written: OnPerson
) -> tuple[Sequence[Signal], Sequence[Signal]]:
    """The signals on the person before the act and after it; nothing is entered."""
    actor.need(Role.REGISTRAR)
    lock_parties(session, [written.party_id])
    with audit.tried(session):
        before = signals_on_persons(session, [written.party_id]).get(written.party_id, [])
        enter_on_person(session, actor=actor, written=written)
        after = signals_on_persons(session, [written.party_id]).get(written.party_id, [])
    return before, after


def form_group(session: Session, *, actor: Actor, name: str, members: Sequence[MemberLine]) -> Party:
    """A group of persons by their numbers; who is not known yet is registered with his name.

    Conflict where the same persons are a group of this name already, so that a group sent twice is formed once.
    """
    actor.need(Role.REGISTRAR)
    parts: dict[str, Fraction | None] = {}
    for line in members:
        party = person_in(session, actor, identity=line.identity, name=line.name)
        if party in parts:
            raise Invalid("group-member-twice")
        parts[party] = share_in(line.part) if line.part.strip() else None
    lock_parties(session, parts)
    _need_new_group(session, name, frozenset(parts))
    return register_group(session, actor=actor, name_ar=name, members=parts)


@dataclass(frozen=True)
class TriedMember:
    """A member that a group would have: whether the register knew it before, and its part as it would be kept."""

    name: str
    known: bool
    part: str | None


def try_group(session: Session, *, actor: Actor, name: str, members: Sequence[MemberLine]) -> list[TriedMember]:
    """The members that the group would have; nothing is entered."""
    actor.need(Role.REGISTRAR)
    before = [find_identity(session, Identity(IdentityKind.NATIONAL_NUMBER, one.identity)) for one in members]
    known = {party.id for party in before if party}
    with audit.tried(session):
        found = group_members(session, form_group(session, actor=actor, name=name, members=members))
        return [
            TriedMember(one.party.name_ar, one.party.id in known, None if one.part is None else str(one.part))
            for one in found
        ]


def _need_new_group(session: Session, name: str, members: frozenset[str]) -> None:
    known = members_of(session, groups_of(session, members))
    same = [group for group, parties in known.items() if frozenset(parties) == members]
    query = select(Party.folded).where(Party.id.in_(same), Party.kind == str(PartyKind.GROUP))
    if any(folded.startswith(f"{fold_name(name)} |") for folded in session.scalars(query)):
        raise Conflict("group-known", name=name.strip())
