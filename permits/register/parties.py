"""Parties: persons with identity, groups that hold a share jointly, and the search for them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.db import new_id
from permits.errors import Conflict, Invalid, NotFound
from permits.people.actor import Actor, Role
from permits.register.shares import SharesError, require_whole
from permits.register.tables import Party, PartyIdentity, PartyMember
from permits.text import fold, fold_name

MOST = 50


class PartyKind(StrEnum):
    """What a party is."""

    NATURAL = "natural"
    LEGAL = "legal"
    STATE = "state"
    GROUP = "group"


class IdentityKind(StrEnum):
    """The document that names a party."""

    NATIONAL_NUMBER = "national-number"
    PASSPORT = "passport"
    RESIDENCE = "residence"
    COMMERCIAL_REGISTER = "commercial-register"


@dataclass(frozen=True)
class Identity:
    """The number of a document of identity, in digits of any script."""

    kind: IdentityKind
    number: str

    @property
    def plain(self) -> str:
        """The number as it is kept and searched."""
        return fold(self.number).replace(" ", "")

    @property
    def possible(self) -> bool:
        """Whether there may be such a number: a national one has eleven digits."""
        plain = self.plain
        national = len(plain) == 11 and plain.isascii() and plain.isdigit()
        return bool(plain) and (national or self.kind is not IdentityKind.NATIONAL_NUMBER)


def new_party(
    session: Session, *, name_ar: str, name_en: str = "", kind: PartyKind = PartyKind.NATURAL
) -> Party:  # fmt: skip
    """A party by its name alone."""
    if not name_ar.strip():
        raise Invalid("name-needed")
    party = Party(
        id=new_id(), kind=str(kind), name_ar=name_ar.strip(), name_en=name_en.strip() or name_ar.strip(),
        folded=f"{fold_name(name_ar)} | {fold_name(name_en)}",
    )  # fmt: skip
    session.add(party)
    session.flush()
    return party


def register_party(
    session: Session, *, actor: Actor, name_ar: str, name_en: str = "", kind: PartyKind = PartyKind.NATURAL,
    identity: Identity | None = None,
) -> Party:  # fmt: skip
    """A person with identity; the same document again is a Conflict, since that person is known."""
    actor.need(Role.REGISTRAR, Role.SYSTEM)
    party = new_party(session, name_ar=name_ar, name_en=name_en, kind=kind)
    if identity is not None:
        identify(session, actor=actor, party_id=party.id, identity=identity)
    audit.record(session, AuditEvent.PARTY_REGISTERED, actor=actor, subject=party.id, party=str(kind))
    return party


def lock_parties(session: Session, party_ids: Collection[str]) -> None:
    """Hold parties until the caller's transaction ends, in one order; NotFound where one is none."""
    query = select(Party.id).where(Party.id.in_(party_ids)).order_by(Party.id).with_for_update()
    if set(session.scalars(query)) != set(party_ids):
        raise NotFound("party-unknown")


def identify(session: Session, *, actor: Actor, party_id: str, identity: Identity) -> None:
    """Give a party its document of identity; a national number has eleven digits."""
    actor.need(Role.REGISTRAR, Role.SYSTEM)
    if not identity.possible:
        raise Invalid("identity-number-invalid")
    if find_identity(session, identity) is not None or session.get(PartyIdentity, party_id) is not None:
        raise Conflict("identity-known")
    session.add(PartyIdentity(party_id=party_id, kind=str(identity.kind), number=identity.plain))
    session.flush()


def find_identity(session: Session, identity: Identity) -> Party | None:
    """Whose document this is."""
    return session.scalar(
        select(Party)
        .join(PartyIdentity, PartyIdentity.party_id == Party.id)
        .where(PartyIdentity.kind == str(identity.kind), PartyIdentity.number == identity.plain)
    )


def find_named(session: Session, *, name: str, kinds: Collection[PartyKind]) -> Party | None:
    """The party of one of these kinds that bears a name, however it is spelt; Conflict where several do."""
    wanted = fold_name(name)
    if not wanted:
        raise Invalid("name-needed")
    query = select(Party).where(
        Party.kind.in_([str(kind) for kind in kinds]), Party.folded.startswith(f"{wanted} |", autoescape=True)
    )
    found = session.scalars(query.limit(2)).all()
    if len(found) > 1:
        raise Conflict("name-ambiguous", name=name.strip())
    return found[0] if found else None


def register_group(
    session: Session, *, actor: Actor, name_ar: str, members: Mapping[str, Fraction | None]
) -> Party:  # fmt: skip
    """A group that holds one share jointly; the parts of its members are all given, and then a whole, or none is."""
    actor.need(Role.REGISTRAR, Role.SYSTEM)
    parts = [part for part in members.values() if part is not None]
    if len(members) < 2 or len(parts) not in (0, len(members)):
        raise Invalid("group-members-needed")
    try:
        if parts:
            require_whole(parts)
    except SharesError as error:
        raise Invalid("group-not-whole", total=str(error.total)) from error
    known = set(session.scalars(select(Party.id).where(Party.id.in_(list(members)))))
    if known != set(members):
        raise NotFound("party-unknown")
    group = new_party(session, name_ar=name_ar, kind=PartyKind.GROUP)
    for member, part in members.items():
        numerator, denominator = (None, None) if part is None else (str(part.numerator), str(part.denominator))
        session.add(PartyMember(group_id=group.id, member_id=member, numerator=numerator, denominator=denominator))
    session.flush()
    audit.record(session, AuditEvent.PARTY_REGISTERED, actor=actor, subject=group.id, party=str(PartyKind.GROUP))
    return group


def members_of(session: Session, party_ids: list[str]) -> dict[str, list[str]]:
    """The members of those parties that are groups."""
    found: dict[str, list[str]] = {}
    for row in session.scalars(select(PartyMember).where(PartyMember.group_id.in_(party_ids))):
        found.setdefault(row.group_id, []).append(row.member_id)
    return found


def groups_of(session: Session, party_ids: Collection[str]) -> list[str]:
    """The groups that have one of these parties as a member."""
    query = select(PartyMember.group_id).where(PartyMember.member_id.in_(party_ids)).distinct()
    return list(session.scalars(query.order_by(PartyMember.group_id)))


def find_parties(session: Session, *, actor: Actor, words: str, most: int = MOST) -> list[Party]:
    """Parties whose name has every word, however it is spelt, or whose document has this number.

    The search is on record, for names and numbers are personal data.
    """
    actor.need(Role.REGISTRAR)
    wanted = fold_name(words).split()
    if not wanted:
        raise Invalid("name-needed")
    named = and_(*(Party.folded.contains(word, autoescape=True) for word in wanted))
    known = select(PartyIdentity.party_id).where(PartyIdentity.number == fold(words).replace(" ", ""))
    query = select(Party).where(or_(named, Party.id.in_(known)))
    audit.record(session, AuditEvent.PARTIES_SEARCHED, actor=actor, subject="register", words=fold_name(words))
    return list(session.scalars(query.order_by(Party.folded, Party.id).limit(most)))
