"""Acts on persons as the registrar writes them: a signal placed and lifted, a group put on record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy.orm import Session

from permits.errors import Invalid, NotFound
from permits.people.actor import Actor, Role
from permits.register.deed import Deed
from permits.register.desk.form import person_in, share_in
from permits.register.desk.marks import kind_in
from permits.register.entering import reverse
from permits.register.journal import Document
from permits.register.marking import signal_about
from permits.register.parties import register_group
from permits.register.persons import entries_on, lift_from_person, place_on_person
from permits.register.tables import JournalEntry, Party


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


def form_group(session: Session, *, actor: Actor, name: str, members: Sequence[MemberLine]) -> Party:
    """A group of persons by their numbers; who is not known yet is registered with his name."""
    parts: dict[str, Fraction | None] = {}
    for line in members:
        party = person_in(session, actor, identity=line.identity, name=line.name)
        if party in parts:
            raise Invalid("group-member-twice")
        parts[party] = share_in(line.part) if line.part.strip() else None
    return register_group(session, actor=actor, name_ar=name, members=parts)
