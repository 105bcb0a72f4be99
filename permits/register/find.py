"""The search for sheets by number and cadastral zone, however they are written, and by owner; closed ones too."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from permits.errors import Invalid
from permits.land.tables import Plot
from permits.people.actor import STAFF, Actor, Role
from permits.register.opening import successors
from permits.register.state import SheetStatus
from permits.register.tables import Sheet, SheetShare, SheetVersion
from permits.register.versions import holding
from permits.text import fold

MOST = 50


@dataclass(frozen=True)
class Found:
    """A sheet, how it stands, and the sheets that were made of one that is in force no longer."""

    sheet: Sheet
    status: SheetStatus
    became: tuple[Sheet, ...]


def find_sheets(session: Session, *, actor: Actor, words: str, most: int = MOST) -> list[Found]:
    """Sheets whose number begins with, or whose zone has, every word, those in force first; digits of any script."""
    actor.need(*STAFF)
    wanted = fold(words).split()
    if not wanted:
        raise Invalid("parcel-number-needed")
    return _found(session, *(_matches(word) for word in wanted), most=most)


def find_held(session: Session, *, actor: Actor, party_ids: Collection[str], most: int = MOST) -> list[Found]:
    """Sheets in which one of these parties holds a share, or held one when the sheet was closed."""
    actor.need(Role.REGISTRAR)
    return _found(session, Sheet.id.in_(_held(party_ids)), most=most)


def _found(session: Session, *conditions: ColumnElement[bool], most: int) -> list[Found]:
    """One whose opening was undone has no version that holds: the register does not know it."""
    query = (
        holding(SheetVersion)
        .join(Sheet, SheetVersion.sheet_id == Sheet.id)
        .where(*conditions)
        .order_by(Sheet.active.desc(), Sheet.folded, Sheet.parcel, Sheet.section, Sheet.id)
        .limit(most)
        .with_only_columns(Sheet, SheetVersion.state)
    )
    return [
        Found(sheet, SheetStatus(state), () if sheet.active else tuple(successors(session, sheet.id)))
        for sheet, state in session.execute(query)
    ]


def _held(party_ids: Collection[str]) -> Select[str]:
    return holding(SheetShare).with_only_columns(SheetShare.sheet_id).where(SheetShare.party_id.in_(party_ids))


def _matches(word: str) -> ColumnElement[bool]:
    number, _, section = word.partition("/")
    by_section = Sheet.parcel.startswith(number, autoescape=True) & Sheet.section.startswith(section, autoescape=True)
    whole = Sheet.parcel.startswith(word, autoescape=True)
    return or_(whole, Sheet.folded.contains(word, autoescape=True), by_section if section else whole)


def sheets_of(session: Session, *, actor: Actor, party_id: str) -> list[Sheet]:
    """The sheets in which a party holds a share now."""
    actor.need(Role.REGISTRAR)
    query = select(Sheet).where(Sheet.active, Sheet.id.in_(_held([party_id])))
    return list(session.scalars(query.order_by(Sheet.parcel, Sheet.section)))


def plots_of(session: Session, *, sheet: Sheet) -> list[Plot]:
    """The plots that were made from a sheet's parcel; none where two cadastral zones use its number, for then nobody
    can tell whose they are."""
    zones = select(Sheet.cadastral_zone).where(Sheet.parcel == sheet.parcel, Sheet.active).distinct()
    if len(session.scalars(zones.limit(2)).all()) > 1:
        return []
    return list(session.scalars(select(Plot).where(Plot.parcel == sheet.parcel).order_by(Plot.zone, Plot.number)))
