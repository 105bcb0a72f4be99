"""A party as the registrar sees it: who it is, its signals, its sheets; every look is on record."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits.errors import NotFound
from permits.people.actor import Actor, Role
from permits.privacy.accesses import look
from permits.privacy.sight import About, Subject
from permits.register.find import sheets_of
from permits.register.parties import members_of
from permits.register.persons import entries_on, signals_on_persons
from permits.register.state import Signal
from permits.register.tables import JournalEntry, Party, PartyIdentity, PartyMember, Sheet


@dataclass(frozen=True)
class Member:
    """A member of a group and its part, None where the group holds without parts."""

    party: Party
    part: Fraction | None


@dataclass(frozen=True)
class Dossier:
    """A party, the number of its document, what is signalled on it, the sheets it stands on, the group's members.

    `entries` are those of the journal on the person, the newest first.
    """

    party: Party
    identity: str
    signals: Sequence[Signal]
    sheets: Sequence[Sheet]
    members: Sequence[Member]
    entries: Sequence[JournalEntry]


def dossier_of(session: Session, *, actor: Actor, party_id: str) -> Dossier:
    """What the register knows of a party today; NotFound for nobody."""
    actor.need(Role.REGISTRAR)
    party = session.get(Party, party_id)
    if party is None:
        raise NotFound("party-unknown")
    look(session, actor=actor, subject=Subject.PARTY, subject_id=party.id, about=(About.NAME, About.IDENTITY))
    identity = session.get(PartyIdentity, party.id)
    return Dossier(
        party, identity.number if identity else "", signals_on_persons(session, [party.id]).get(party.id, []),
        sheets_of(session, actor=actor, party_id=party.id), group_members(session, party),
        entries_on(session, party.id),
    )  # fmt: skip


def group_members(session: Session, party: Party) -> list[Member]:
    """The members of a group with their parts; none of who is no group."""
    ids = members_of(session, [party.id]).get(party.id, [])
    parties = {one.id: one for one in session.scalars(select(Party).where(Party.id.in_(ids)))}
    rows = session.scalars(select(PartyMember).where(PartyMember.group_id == party.id))
    parts = {
        row.member_id: Fraction(int(row.numerator), int(row.denominator)) if row.numerator and row.denominator else None
        for row in rows
    }
    return [Member(parties[one], parts[one]) for one in ids]
