"""Dealings in shares as the form writes them: sale, gift, judgment, expropriation, correction."""

from sqlalchemy.orm import Session

from permits.errors import Invalid
from permits.people.actor import Actor
from permits.register.acts import Act
from permits.register.acts.transfers import Correction
from permits.register.dealings import enter_correction, enter_expropriation, transfer
from permits.register.deed import Deed
from permits.register.desk.form import Written, number_in, person_in, share_in
from permits.register.parties import PartyKind, find_named, register_party
from permits.register.tables import JournalEntry


def passed(session: Session, deed: Deed, written: Written) -> JournalEntry:
    """A share of one owner goes to one party, by sale, gift or judgment."""
    share, taker = share_in(written.share), _taker(session, deed.actor, written)
    return transfer(
        session, deed=deed, act=Act(written.act), sheet_id=written.sheet_id, taken={written.party: share},
        given={taker: share},
    )  # fmt: skip


def _taker(session: Session, actor: Actor, written: Written) -> str:
    """The group that is named, else the person."""
    if not written.group.strip():
        return person_in(session, actor, identity=written.identity, name=written.name)
    group = find_named(session, name=written.group, kinds=(PartyKind.GROUP,))
    if group is None:
        raise Invalid("group-unknown", name=written.group.strip())
    return group.id


def expropriated(session: Session, deed: Deed, written: Written) -> JournalEntry:
    """A part of every owner's share goes to the authority of a decree; one not known yet is registered."""
    part, kinds = share_in(written.share), (PartyKind.STATE, PartyKind.LEGAL)
    authority = find_named(session, name=written.name, kinds=kinds) or register_party(
        session, actor=deed.actor, name_ar=written.name, kind=PartyKind.STATE
    )
    return enter_expropriation(session, deed=deed, sheet_id=written.sheet_id, authority=authority.id, part=part)


def corrected(session: Session, deed: Deed, written: Written) -> JournalEntry:
    """The area or the description as they should have been."""
    area = number_in(written.area, "area-not-positive") if written.area.strip() else None
    if area is None and not written.description.strip():
        raise Invalid("registry-nothing-corrected")
    correction = Correction(area=area, description=written.description.strip() or None)
    return enter_correction(session, deed=deed, sheet_id=written.sheet_id, correction=correction)
