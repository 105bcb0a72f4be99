"""The form of an act: what may be entered on it, the fields as they were written, and how they are read."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from sqlalchemy.orm import Session

from permits.errors import Invalid
from permits.money.money import MoneyError, parse_amount
from permits.people.actor import Actor
from permits.register.parties import Identity, IdentityKind, find_identity, register_party
from permits.register.shares import read_share
from permits.register.signals import SignalKind
from permits.register.state import ACTIVE, SheetStatus


class DeskAct(StrEnum):
    """What the form enters; the text of each is `registry-act-<code>`."""

    SALE = "sale"
    GIFT = "gift"
    JUDGMENT = "judgment"
    INHERITANCE = "inheritance"
    EXPROPRIATION = "expropriation"
    SPLIT = "split"
    MERGE = "merge"
    TO_PERMANENT = "to-permanent"
    MORTGAGE = "mortgage"
    RELEASE = "release"
    ATTACHMENT = "attachment"
    SIGNAL = "signal"
    LIFT = "lift"
    CORRECTION = "correction"
    REVERSAL = "reversal"


def acts_on(status: SheetStatus) -> tuple[DeskAct, ...]:
    """What may be entered on a sheet: where it no longer speaks for its property, only that an entry was wrong."""
    return tuple(DeskAct) if status in ACTIVE else (DeskAct.REVERSAL,)


PLACED = (
    SignalKind.LAWSUIT, SignalKind.ATTACHMENT, SignalKind.PRECAUTIONARY_ATTACHMENT, SignalKind.NO_DISPOSAL,
    SignalKind.EXPROPRIATION, SignalKind.VIOLATION,
)  # fmt: skip
"""The signals a registrar places by a document; a mortgage has its amount, and a permit's signal its case."""


@dataclass(frozen=True)
class HeirLine:
    """An heir as the deed of inheritance names him, with his part of what `of` left.

    `of` is 0 for the owner, else the number (from one) of the line of an heir who died too.
    """

    part: str
    identity: str = ""
    name: str = ""
    of: int = 0


@dataclass(frozen=True)
class PieceLine:
    """A parcel that a split makes; `owner` is the party to whom the whole of it is allotted."""

    parcel: str
    area: str
    owner: str = ""


@dataclass(frozen=True)
class MergedLine:
    """Another parcel of the same cadastral zone, and what it counts where the deed says so."""

    parcel: str
    weight: str = ""


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
    group: str = ""
    amount: str = ""
    signal: str = ""
    kind: str = ""
    area: str = ""
    description: str = ""
    parcel: str = ""
    entry: str = ""
    heirs: tuple[HeirLine, ...] = ()
    pieces: tuple[PieceLine, ...] = ()
    merged: tuple[MergedLine, ...] = ()


def share_in(text: str) -> Fraction:
    """A share as it was written; Invalid for what is none."""
    try:
        return read_share(text)
    except ValueError as error:
        raise Invalid("registry-share-unreadable") from error


def number_in(text: str, code: str) -> Decimal:
    """A number as it was written; Invalid by `code` for what is none."""
    try:
        return parse_amount(text)
    except MoneyError as error:
        raise Invalid(code) from error


def person_in(session: Session, actor: Actor, *, identity: str, name: str) -> str:
    """The party whom a national number names; who is not known yet is registered with his name."""
    document = Identity(IdentityKind.NATIONAL_NUMBER, identity)
    known = find_identity(session, document)
    return (known or register_party(session, actor=actor, name_ar=name, identity=document)).id
