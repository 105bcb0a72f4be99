"""The search for sheets by number and cadastral zone, however they are written, and by owner."""

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from permits.errors import Invalid
from permits.land.tables import Plot
from permits.people.actor import STAFF, Actor, Role
from permits.register.tables import Sheet, SheetShare
from permits.register.versions import holding
from permits.text import fold

MOST = 50


def find_sheets(session: Session, *, actor: Actor, words: str, most: int = MOST) -> list[Sheet]:
    """Sheets in force whose number begins with, or whose zone has, every word; digits of any script."""
    actor.need(*STAFF)
    wanted = fold(words).split()
    if not wanted:
        raise Invalid("parcel-number-needed")
    query = select(Sheet).where(Sheet.active, *(_matches(word) for word in wanted))
    return list(session.scalars(query.order_by(Sheet.folded, Sheet.parcel, Sheet.section).limit(most)))


def _matches(word: str) -> ColumnElement[bool]:
    number, _, section = word.partition("/")
    by_section = Sheet.parcel.startswith(number, autoescape=True) & Sheet.section.startswith(section, autoescape=True)
    whole = Sheet.parcel.startswith(word, autoescape=True)
    return or_(whole, Sheet.folded.contains(word, autoescape=True), by_section if section else whole)


def sheets_of(session: Session, *, actor: Actor, party_id: str) -> list[Sheet]:
    """The sheets in which a party holds a share now."""
    actor.need(Role.REGISTRAR)
    held = holding(SheetShare).with_only_columns(SheetShare.sheet_id).where(SheetShare.party_id == party_id)
    query = select(Sheet).where(Sheet.active, Sheet.id.in_(held))
    return list(session.scalars(query.order_by(Sheet.parcel, Sheet.section)))


def plots_of(session: Session, *, sheet: Sheet) -> list[Plot]:
    """The plots that were made from a sheet's parcel; none where two cadastral zones use its number, for then nobody
    can tell whose they are."""
    zones = select(Sheet.cadastral_zone).where(Sheet.parcel == sheet.parcel, Sheet.active).distinct()
    if len(session.scalars(zones.limit(2)).all()) > 1:
        return []
    return list(session.scalars(select(Plot).where(Plot.parcel == sheet.parcel).order_by(Plot.zone, Plot.number)))
