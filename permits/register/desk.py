"""The common acts as a registrar writes them on one form, and what they would change, before they are entered."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit
from permits.errors import Invalid
from permits.money.money import Money, MoneyError, parse_amount
from permits.people.actor import Actor, Role
from permits.register.acts import Act
from permits.register.acts.transfers import Correction
from permits.register.dealings import enter_correction, transfer
from permits.register.deed import Deed
from permits.register.journal import Document
from permits.register.marking import lift_signal, mortgage, place_signal, release, signal_about
from permits.register.parties import Identity, IdentityKind, find_identity, register_party
from permits.register.shares import read_share
from permits.register.signals import SignalKind
from permits.register.state import SheetState
from permits.register.tables import JournalEntry, Party, Sheet
from permits.register.versions import state_of


class DeskAct(StrEnum):
    """What the form enters; the text of each is `registry-act-<code>`."""

    SALE = "sale"
    MORTGAGE = "mortgage"
    RELEASE = "release"
    ATTACHMENT = "attachment"
    LIFT = "lift"
    CORRECTION = "correction"


@dataclass(frozen=True)
class Written:
    """The form as it was written: texts, parties and signals by their ids, the share over 2400 or as a fraction."""

    act: str
    sheet_id: str
    reason: str
    document: str
    day: date
    party: str = ""
    share: str = ""
    name: str = ""
    identity: str = ""
    amount: str = ""
    signal: str = ""
    area: str = ""
    description: str = ""


@dataclass(frozen=True)
class Change:
    """One owner's share before and after an act."""

    name: str
    before: Fraction
    after: Fraction


@dataclass(frozen=True)
class Preview:
    """What an act would change: owners, and the signals of the sheet before and after; what warns of it."""

    changes: tuple[Change, ...]
    before: SheetState
    after: SheetState
    warned: tuple[str, ...]


def enter_written(session: Session, *, actor: Actor, written: Written) -> JournalEntry:
    """Enter the act of a form; raises what the act itself raises, and Invalid for what cannot be read."""
    actor.need(Role.REGISTRAR)
    if not written.reason.strip():
        raise Invalid("reason-needed")
    if written.act not in _ACTS:
        raise Invalid("act-unknown", act=written.act[:30])
    deed = Deed(actor, Document("contract", written.document, written.day), None, written.reason)
    return _ACTS[DeskAct(written.act)](session, deed, written)


def preview_written(session: Session, *, actor: Actor, written: Written, language: str) -> Preview:
    """What the act of a form would change, worked out by entering it and taking it back; raises what refuses it."""
    actor.need(Role.REGISTRAR)
    sheet = session.get_one(Sheet, written.sheet_id)
    before = state_of(session, sheet)
    with audit.tried(session):
        entry = enter_written(session, actor=actor, written=written)
        after = state_of(session, sheet)
        parties = session.scalars(select(Party).where(Party.id.in_([*before.holdings, *after.holdings])))
        names = {party.id: str(getattr(party, f"name_{language}")) for party in parties}
        warned = tuple(entry.data.get("warned", ()))
    changes = tuple(Change(name, before.share_of(party), after.share_of(party)) for party, name in names.items())
    return Preview(changes, before, after, warned)


def _share(text: str) -> Fraction:
    try:
        return read_share(text)
    except ValueError as error:
        raise Invalid("registry-share-unreadable") from error


def _sale(session: Session, deed: Deed, written: Written) -> JournalEntry:
    share, buyer = _share(written.share), _buyer(session, deed.actor, written)
    return transfer(
        session, deed=deed, act=Act.SALE, sheet_id=written.sheet_id, taken={written.party: share}, given={buyer: share}
    )


def _buyer(session: Session, actor: Actor, written: Written) -> str:
    """Who the identity names; a person not known yet is registered with his name."""
    identity = Identity(IdentityKind.NATIONAL_NUMBER, written.identity)
    known = find_identity(session, identity)
    return (known or register_party(session, actor=actor, name_ar=written.name, identity=identity)).id


def _mortgage(session: Session, deed: Deed, written: Written) -> JournalEntry:
    amount = Money(_number(written.amount, "amount-invalid"))
    if not written.name.strip():
        raise Invalid("name-needed")
    return mortgage(
        session, deed=deed, sheet_id=written.sheet_id, creditor=written.name.strip(), amount=amount,
        party=written.party or None,
    )  # fmt: skip


def _release(session: Session, deed: Deed, written: Written) -> JournalEntry:
    return release(session, deed=deed, sheet_id=written.sheet_id, signal_id=written.signal)


def _attachment(session: Session, deed: Deed, written: Written) -> JournalEntry:
    signal = signal_about(SignalKind.ATTACHMENT, written.document, party=written.party or None)
    return place_signal(session, deed=deed, sheet_id=written.sheet_id, signal=signal)


def _lift(session: Session, deed: Deed, written: Written) -> JournalEntry:
    return lift_signal(session, deed=deed, sheet_id=written.sheet_id, signal_id=written.signal)


def _correction(session: Session, deed: Deed, written: Written) -> JournalEntry:
    area = _number(written.area, "area-not-positive") if written.area.strip() else None
    if area is None and not written.description.strip():
        raise Invalid("registry-nothing-corrected")
    correction = Correction(area=area, description=written.description.strip() or None)
    return enter_correction(session, deed=deed, sheet_id=written.sheet_id, correction=correction)


def _number(text: str, code: str) -> Decimal:
    try:
        return parse_amount(text)
    except MoneyError as error:
        raise Invalid(code) from error


_ACTS: dict[DeskAct, Callable[[Session, Deed, Written], JournalEntry]] = {
    DeskAct.SALE: _sale, DeskAct.MORTGAGE: _mortgage, DeskAct.RELEASE: _release, DeskAct.ATTACHMENT: _attachment,
    DeskAct.LIFT: _lift, DeskAct.CORRECTION: _correction,
}  # fmt: skip
