"""Sheets as the office reads them: opened from the cadastre, found by plot, read as of any day."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from gis.zone import Parcel
from permits import audit
from permits.audit import AuditEvent
from permits.calendar import local_day, today
from permits.documents.extract import AnnotationLine, EntryLine, ExtractFacts, OwnerLine
from permits.errors import Conflict, Invalid, NotFound
from permits.land.tables import Plot
from permits.people.actor import STAFF, Actor, Role
from permits.privacy.accesses import look
from permits.privacy.sight import Subject
from permits.register.acts import Act
from permits.register.journal import enter, journal_of
from permits.register.opening import NewSheet, RegisterKind, new_sheet, successors
from permits.register.parties import new_party
from permits.register.persons import signals_on_persons
from permits.register.shares import SharesError, require_whole
from permits.register.state import SheetState, Signal
from permits.register.tables import Annotation, JournalEntry, Party, Sheet, SheetShare
from permits.register.versions import holding, open_version, state_of


@dataclass(frozen=True)
class Owner:
    """One owner of a sheet with the exact share and the entry it rests on."""

    name_ar: str
    name_en: str
    share: Fraction
    entry: int
    party: str = ""


def open_sheets(
    session: Session,
    *,
    actor: Actor,
    parcels: Iterable[Parcel],
    register: str = "temporary",
    status: str = "fictitious",
) -> list[Sheet]:
    """Open a sheet for every parcel that has none; a sheet once open is changed by journal entries alone.

    Raises Invalid where the shares of a parcel are not exactly its whole.
    """
    actor.need(Role.REGISTRAR, Role.ADMIN, Role.SYSTEM)
    return [
        _open(session, actor, parcel, register, status)
        for parcel in parcels
        if _find(session, zone=parcel.cadastral_zone["ar"], parcel=parcel.number) is None
    ]


def _open(session: Session, actor: Actor, parcel: Parcel, register: str, status: str) -> Sheet:
    try:
        require_whole(share.fraction for share in parcel.shares)
    except SharesError as error:
        raise Invalid("shares-not-whole", parcel=parcel.number, total=str(error.total)) from error
    place = NewSheet(
        zone=parcel.cadastral_zone["ar"], names=dict(parcel.cadastral_zone), parcel=parcel.number,
        register=RegisterKind(register), status=status,
    )  # fmt: skip
    sheet = new_sheet(session, place)
    holdings = {
        new_party(session, name_ar=share.owner["ar"], name_en=share.owner["en"]).id: share.fraction
        for share in parcel.shares
    }
    written = [[share.owner["ar"], str(share.numerator), str(share.denominator)] for share in parcel.shares]
    entry = enter(
        session, actor=actor, act=Act.OPENED, on=today(), sheet=sheet,
        data={"source": parcel.sheet_no, "owners": written},
    )  # fmt: skip
    area = Decimal(f"{Decimal(str(parcel.official_area)):.2f}")
    open_version(session, sheet, SheetState(tenure=parcel.legal_kind, area=area, holdings=holdings), entry)
    audit.record(session, AuditEvent.SHEET_OPENED, actor=actor, subject=sheet.id, parcel=parcel.number)
    return sheet


def _find(session: Session, *, zone: str, parcel: str) -> Sheet | None:
    """Any sheet of a parcel, closed ones too: what the register once knew, the cadastre's file opens no more."""
    query = select(Sheet).where(Sheet.cadastral_zone == zone, Sheet.parcel == parcel, Sheet.section == "")
    return session.scalar(query.order_by(Sheet.active.desc(), Sheet.id.desc()).limit(1))


def sheet_of_plot(session: Session, *, zone: str, plot: str) -> Sheet:
    """The sheet of the parcel that a plot was made from; Conflict where two cadastral zones use its number."""
    parcel = session.scalar(select(Plot.parcel).where(Plot.zone == zone, Plot.number == plot))
    query = select(Sheet).where(Sheet.parcel == parcel, Sheet.section == "", Sheet.active)
    found = session.scalars(query.limit(2)).all()
    if not found:
        raise _none_in_force(session, parcel or plot)
    if len(found) > 1:
        raise Conflict("sheet-ambiguous", parcel=parcel or plot)
    return found[0]


def _none_in_force(session: Session, parcel: str) -> NotFound:
    """A sheet that an act closed names those that it became."""
    closed = select(Sheet.id).where(Sheet.parcel == parcel, Sheet.section == "")
    made = {sheet.parcel for sheet_id in session.scalars(closed) for sheet in successors(session, sheet_id)}
    if made:
        return NotFound("sheet-succeeded", parcel=parcel, now=" · ".join(sorted(made)))
    return NotFound("sheet-unknown", parcel=parcel)


def owners(
    session: Session, *, sheet: Sheet, on: date | None = None, known: datetime | None = None
) -> list[Owner]:  # fmt: skip
    """Who holds the sheet at the end of a legal day, as known at a moment (both now); the shares are its whole."""
    query = (
        holding(SheetShare, on=on, known=known)
        .join(Party, SheetShare.party_id == Party.id)
        .join(JournalEntry, SheetShare.basis_entry == JournalEntry.id)
        .where(SheetShare.sheet_id == sheet.id)
        .order_by(JournalEntry.number, SheetShare.id)
        .with_only_columns(
            Party.name_ar, Party.name_en, SheetShare.numerator, SheetShare.denominator, JournalEntry.number, Party.id
        )
    )
    return [
        Owner(arabic, english, Fraction(int(numerator), int(denominator)), entry, party)
        for arabic, english, numerator, denominator, entry, party in session.execute(query)
    ]


def personal_signals(session: Session, *, sheet: Sheet) -> list[tuple[int, Signal]]:
    """Signals in force on the owners as persons, which stand on no sheet: the owner's place in the list, the signal."""
    held = owners(session, sheet=sheet)
    found = signals_on_persons(session, [owner.party for owner in held])
    return [(at, signal) for at, owner in enumerate(held) for signal in found.get(owner.party, [])]


def current_sheet(
    session: Session, *, actor: Actor, zone: str, plot: str, language: str, on: date | None = None
) -> ExtractFacts:  # fmt: skip
    """What the sheet of a plot's parcel holds, or held at the end of `on`, without issuing an extract.

    Of the owners what `actor` may see; Invalid for a day to come.

    The look is kept, in the caller's transaction.
    """
    actor.need(*STAFF, Role.SYSTEM)
    day = on or today()
    if day > today():
        raise Invalid("sheet-day-to-come")
    sheet = sheet_of_plot(session, zone=zone, plot=plot)
    facts = extract_facts(session, sheet=sheet, number="", as_of=day, language=language)
    sight = look(session, actor=actor, subject=Subject.SHEET, subject_id=sheet.id)
    return replace(facts, owners=tuple(replace(one, name=sight.name(one.name, language)) for one in facts.owners))


def extract_facts(
    session: Session, *, sheet: Sheet, number: str, as_of: date, language: str, known: datetime | None = None
) -> ExtractFacts:
    """What the sheet held at the end of a legal day, as known at a moment (now); NotFound before it was opened.

    The same day and moment give the same facts for ever, whatever is entered later.
    """
    state = state_of(session, sheet, on=as_of, known=known)
    held = owners(session, sheet=sheet, on=as_of, known=known)
    entries = [
        entry for entry in journal_of(session, sheet.id)
        if entry.valid_on <= as_of.isoformat() and (known is None or entry.at <= known)
    ]  # fmt: skip
    return ExtractFacts(
        number=number, parcel=f"{sheet.parcel}/{sheet.section}" if sheet.section else sheet.parcel,
        zone=sheet.zone_names[language], register=sheet.register, tenure=state.tenure, area=state.area, as_of=as_of,
        owners=tuple(OwnerLine(getattr(o, f"name_{language}"), o.share, o.entry) for o in held),
        annotations=tuple(_annotations(session, sheet, as_of, known)),
        entries=tuple(EntryLine(e.number, local_day(e.at), e.act) for e in entries), statuses=(sheet.status,),
    )  # fmt: skip


def _annotations(
    session: Session, sheet: Sheet, on: date, known: datetime | None
) -> Iterable[AnnotationLine]:  # fmt: skip
    query = (
        holding(Annotation, on=on, known=known)
        .join(JournalEntry, Annotation.basis_entry == JournalEntry.id)
        .where(Annotation.sheet_id == sheet.id)
        .order_by(JournalEntry.number, Annotation.id)
        .add_columns(JournalEntry)
    )
    for row, entry in session.execute(query):
        yield AnnotationLine(row.kind, row.detail, entry.number, local_day(entry.at))
