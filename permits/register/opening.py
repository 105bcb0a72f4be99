"""Use cases that open sheets: first registration, split, merge, division by floors, transfer to the permanent one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.db import new_id
from permits.errors import Conflict, Invalid
from permits.people.actor import Role
from permits.register.acts import Act, parcels, strata
from permits.register.acts.parcels import Piece
from permits.register.acts.strata import Division
from permits.register.deed import Deed
from permits.register.entering import asked, lock_sheets, need_document, need_order, need_parties, said, told
from permits.register.journal import enter
from permits.register.state import SheetState, require_held
from permits.register.tables import JournalEntry, Lineage, Sheet
from permits.register.versions import open_version, save, state_of
from permits.text import fold


class RegisterKind(StrEnum):
    """The registers of an office."""

    PERMANENT = "permanent"
    TEMPORARY = "temporary"
    SUPPLEMENTARY = "supplementary"


class Evidence(StrEnum):
    """What a sheet was opened from."""

    ORIGINAL = "original"
    SCAN = "scan"
    ADMINISTRATIVE = "reconstructed-administratively"
    JUDICIAL = "reconstructed-judicially"


@dataclass(frozen=True)
class NewSheet:
    """The property a sheet is opened for; `names` are those of the cadastral zone, which `zone` is the Arabic of."""

    zone: str
    names: Mapping[str, str]
    parcel: str
    section: str = ""
    register: RegisterKind = RegisterKind.TEMPORARY
    evidence: Evidence = Evidence.ORIGINAL
    status: str = "provisional"


def first_registration(session: Session, *, deed: Deed, place: NewSheet, state: SheetState) -> Sheet:
    """Open a sheet with its first owners; Conflict where one speaks for the property already."""
    deed.actor.need(Role.REGISTRAR)
    need_document(deed, Act.FIRST_REGISTRATION)
    require_held(state.holdings)
    need_parties(session, state.holdings)
    sheet = new_sheet(session, place)
    entry = enter(
        session, actor=deed.actor, act=Act.FIRST_REGISTRATION, on=deed.day, sheet=sheet, document=deed.document,
        data={"after": {party: str(share) for party, share in state.holdings.items()}},
    )  # fmt: skip
    open_version(session, sheet, state, entry)
    audit.record(session, AuditEvent.SHEET_OPENED, actor=deed.actor, subject=sheet.id, parcel=sheet.parcel)
    return sheet


def new_sheet(session: Session, place: NewSheet) -> Sheet:
    """The row of a sheet without content yet."""
    if not place.parcel.strip():
        raise Invalid("parcel-number-needed")
    taken = select(Sheet.id).where(
        Sheet.cadastral_zone == place.zone, Sheet.parcel == place.parcel, Sheet.section == place.section, Sheet.active
    )
    if session.scalar(taken) is not None:
        raise Conflict("sheet-exists", parcel=place.parcel)
    sheet = Sheet(
        id=new_id(), parcel=place.parcel, section=place.section, cadastral_zone=place.zone,
        zone_names=dict(place.names), folded=fold(" ".join(place.names.values())), register=str(place.register),
        evidence=str(place.evidence), status=place.status, active=True,
    )  # fmt: skip
    session.add(sheet)
    session.flush()
    return sheet


def enter_split(session: Session, *, deed: Deed, sheet_id: str, pieces: Sequence[Piece]) -> list[Sheet]:
    """Split a parcel; its sheet is closed and the new ones name it as their parent."""
    (sheet,), (before,) = _begin(session, deed, Act.SPLIT, [sheet_id])
    after, children = parcels.split(before, pieces)
    entry = _enter(session, deed, Act.SPLIT, sheet, before, pieces=[[p.parcel, str(p.area)] for p in pieces])
    save(session, sheet, before, after, entry)
    places = [_place(sheet, parcel=piece.parcel) for piece in pieces]
    return _open(session, [sheet], places, children, entry)


def enter_merge(
    session: Session, *, deed: Deed, sheet_ids: Sequence[str], parcel: str, weights: Sequence[Fraction] | None = None
) -> Sheet:
    """Merge parcels of one cadastral zone into one; their sheets are closed."""
    sheets, states = _begin(session, deed, Act.MERGE, sheet_ids)
    if len({(sheet.cadastral_zone, sheet.register) for sheet in sheets}) > 1 or len(set(sheet_ids)) < len(sheet_ids):
        raise Invalid("parcels-do-not-merge")
    merged, *closed = parcels.merge(states, weights)
    for before in states[1:]:
        asked(session, Act.MERGE, before, None)
    entry = _enter(session, deed, Act.MERGE, sheets[0], states[0], merged=[sheet.parcel for sheet in sheets])
    for sheet, before, after in zip(sheets, states, closed, strict=True):
        save(session, sheet, before, after, entry)
    return _open(session, sheets, [_place(sheets[0], parcel=parcel)], [merged], entry)[0]


def enter_strata(session: Session, *, deed: Deed, sheet_id: str, division: Division) -> list[Sheet]:
    """Open a sheet for each section of an approved division; the parcel's keeps the common parts."""
    (sheet,), (before,) = _begin(session, deed, Act.STRATA, [sheet_id])
    after, children = strata.divide(before, division.sections, division.common)
    rows = [[s.number, s.kind, str(s.area), s.land_shares] for s in division.sections]
    entry = _enter(session, deed, Act.STRATA, sheet, before, sections=rows, common=list(division.common))
    save(session, sheet, before, after, entry)
    places = [_place(sheet, section=section.number) for section in division.sections]
    return _open(session, [sheet], places, children, entry)


def transfer_to_permanent(session: Session, *, deed: Deed, sheet_id: str, parcel: str = "") -> Sheet:
    """Carry a sheet of the temporary register to the permanent one; the old one is read-only and points on."""
    (sheet,), (before,) = _begin(session, deed, Act.TO_PERMANENT, [sheet_id])
    if sheet.register == RegisterKind.PERMANENT:
        raise Conflict("sheet-permanent", parcel=sheet.parcel)
    closed, carried = parcels.to_permanent(before)
    entry = _enter(session, deed, Act.TO_PERMANENT, sheet, before, parcel=parcel or sheet.parcel)
    save(session, sheet, before, closed, entry)
    place = _place(sheet, parcel=parcel or sheet.parcel, section=sheet.section, register=RegisterKind.PERMANENT)
    return _open(session, [sheet], [place], [carried], entry)[0]


def successors(session: Session, sheet_id: str) -> list[Sheet]:
    """The sheets that acts still standing made of this one."""
    query = (
        select(Sheet)
        .join(Lineage, Lineage.child_id == Sheet.id)
        .where(Lineage.parent_id == sheet_id, _stands())
        .order_by(Sheet.parcel, Sheet.section)
    )
    return list(session.scalars(query))


def predecessors(session: Session, sheet_id: str) -> list[Sheet]:
    """The sheets that this one was made of."""
    query = select(Sheet).join(Lineage, Lineage.parent_id == Sheet.id).where(Lineage.child_id == sheet_id, _stands())
    return list(session.scalars(query.order_by(Sheet.parcel, Sheet.section)))


def _stands() -> Any:
    reversal = select(JournalEntry.reverses).where(JournalEntry.reverses == Lineage.entry_id)
    return ~reversal.exists()


def _begin(
    session: Session, deed: Deed, act: Act, sheet_ids: Sequence[str]
) -> tuple[list[Sheet], list[SheetState]]:  # fmt: skip
    deed.actor.need(Role.REGISTRAR)
    need_document(deed, act)
    sheets = lock_sheets(session, sheet_ids)
    for sheet in sheets:
        need_order(session, sheet, deed)
    return sheets, [state_of(session, sheet) for sheet in sheets]


def _enter(
    session: Session, deed: Deed, act: Act, sheet: Sheet, before: SheetState, **data: Any
) -> JournalEntry:  # fmt: skip
    warned = asked(session, act, before, None)
    entry = enter(
        session, actor=deed.actor, act=act, on=deed.day, sheet=sheet, document=deed.document,
        data={**data, **said(deed, warned)},
    )  # fmt: skip
    told(session, deed.actor, sheet, entry)
    return entry


def _place(
    parent: Sheet, *, parcel: str | None = None, section: str = "", register: RegisterKind | None = None
) -> NewSheet:  # fmt: skip
    return NewSheet(
        zone=parent.cadastral_zone, names=parent.zone_names, parcel=parent.parcel if parcel is None else parcel,
        section=section, register=register or RegisterKind(parent.register), evidence=Evidence(parent.evidence),
        status=parent.status,
    )  # fmt: skip


def _open(
    session: Session, parents: Sequence[Sheet], places: Sequence[NewSheet], states: Sequence[SheetState],
    entry: JournalEntry,
) -> list[Sheet]:  # fmt: skip
    opened = []
    for place, state in zip(places, states, strict=True):
        require_held(state.holdings)
        need_parties(session, state.holdings)
        sheet = new_sheet(session, place)
        open_version(session, sheet, state, entry)
        session.add_all(Lineage(parent_id=parent.id, child_id=sheet.id, entry_id=entry.id) for parent in parents)
        opened.append(sheet)
    session.flush()
    return opened
