"""A registrar, and sheets to enter acts on."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from sqlalchemy.orm import Session

from permits.calendar import today
from permits.people.actor import Actor, Role
from permits.register.deed import Deed
from permits.register.journal import Document
from permits.register.opening import NewSheet, first_registration
from permits.register.parties import new_party
from permits.register.sheets import owners
from permits.register.state import SheetState
from permits.register.tables import Sheet

REGISTRAR = Actor("r", "r", frozenset({Role.REGISTRAR}))
ZONE = {"ar": "المزة بساتين", "en": "Mazzeh orchards"}
FIRST = date(2020, 1, 5)


def deed(number: str = "77", on: date | None = None, document: date | None = None) -> Deed:
    """A contract of the day on which it takes effect."""
    return Deed(REGISTRAR, Document("contract", number, document or on or today()), on)


def people(session: Session, *names: str) -> dict[str, str]:
    """Parties by name: the id of each."""
    return {name: new_party(session, name_ar=name).id for name in names}


def register(
    session: Session, parcel: str, holdings: Mapping[str, Fraction], *, on: date = FIRST, area: str = "600.00",
    section: str = "",
) -> Sheet:  # fmt: skip
    """A sheet of the temporary register."""
    place = NewSheet(zone=ZONE["ar"], names=ZONE, parcel=parcel, section=section)
    state = SheetState(tenure="ملك", area=Decimal(area), holdings=holdings)
    return first_registration(session, deed=deed("1", on), place=place, state=state)


def held(session: Session, sheet: Sheet, on: date | None = None) -> dict[str, str]:
    """Owners by name with their shares."""
    return {owner.name_ar: str(owner.share) for owner in owners(session, sheet=sheet, on=on)}
