"""Use cases of the registrar: open sheets from the cadastre, annotate them, read them, issue extracts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gis.zone import Parcel
from permits import audit
from permits.audit import AuditEvent
from permits.calendar import DAMASCUS, local_day, today
from permits.db import new_id, utcnow
from permits.documents.extract import AnnotationLine, EntryLine, ExtractFacts, OwnerLine
from permits.documents.sheet import fingerprint
from permits.errors import Conflict, Invalid, NotFound
from permits.land.tables import Plot
from permits.numbering import take_number
from permits.people.actor import STAFF, Actor, Role
from permits.register.shares import SharesError, require_whole
from permits.register.tables import Annotation, Extract, JournalEntry, Party, Sheet, SheetShare


@dataclass(frozen=True)
class Owner:
    """One owner of a sheet with the exact share and the entry it rests on."""

    name_ar: str
    name_en: str
    share: Fraction
    entry: int


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
    sheet = Sheet(
        id=new_id(), parcel=parcel.number, cadastral_zone=parcel.cadastral_zone["ar"],
        zone_names=dict(parcel.cadastral_zone), register=register, tenure=parcel.legal_kind,
        area=f"{Decimal(str(parcel.official_area)):.2f}", status=status,
    )  # fmt: skip
    session.add(sheet)
    session.flush()
    owners = [[share.owner["ar"], str(share.numerator), str(share.denominator)] for share in parcel.shares]
    entry = _enter(session, actor, sheet, "opened", source=parcel.sheet_no, owners=owners)
    for share in parcel.shares:
        party = Party(id=new_id(), name_ar=share.owner["ar"], name_en=share.owner["en"])
        session.add(party)
        session.flush()
        session.add(
            SheetShare(
                sheet_id=sheet.id, party_id=party.id, numerator=str(share.numerator),
                denominator=str(share.denominator), from_entry=entry.id,
            )
        )  # fmt: skip
    audit.record(session, AuditEvent.SHEET_OPENED, actor=actor, subject=sheet.id, parcel=parcel.number)
    return sheet


def _enter(session: Session, actor: Actor, sheet: Sheet, act: str, **data: Any) -> JournalEntry:
    entry = JournalEntry(
        id=new_id(), number=take_number(session, "journal"), sheet_id=sheet.id, act=act, actor_id=actor.id,
        at=utcnow(), data=data,
    )  # fmt: skip
    session.add(entry)
    session.flush()
    return entry


def _find(session: Session, *, zone: str, parcel: str) -> Sheet | None:
    return session.scalar(select(Sheet).where(Sheet.cadastral_zone == zone, Sheet.parcel == parcel))


def sheet_of_plot(session: Session, *, zone: str, plot: str) -> Sheet:
    """The sheet of the parcel that a plot was made from; Conflict where two cadastral zones use its number."""
    parcel = session.scalar(select(Plot.parcel).where(Plot.zone == zone, Plot.number == plot))
    found = session.scalars(select(Sheet).where(Sheet.parcel == parcel).limit(2)).all()
    if not found:
        raise NotFound("sheet-unknown", parcel=parcel or plot)
    if len(found) > 1:
        raise Conflict("sheet-ambiguous", parcel=parcel or plot)
    return found[0]


def owners(session: Session, *, sheet: Sheet, at: datetime | None = None) -> list[Owner]:
    """Who holds the sheet at a moment (now), in the order they were entered; the shares are its whole."""
    rows = [
        (share, party, entry)
        for share, party, entry in session.execute(
            select(SheetShare, Party, JournalEntry)
            .join(Party, SheetShare.party_id == Party.id)
            .join(JournalEntry, SheetShare.from_entry == JournalEntry.id)
            .where(SheetShare.sheet_id == sheet.id)
            .order_by(SheetShare.id)
        )
        if _holds(session, entry, share.until_entry, at or utcnow())
    ]
    return [Owner(party.name_ar, party.name_en, share.fraction, entry.number) for share, party, entry in rows]


def _holds(session: Session, entry: JournalEntry, until: str | None, at: datetime) -> bool:
    ended = session.get_one(JournalEntry, until).at if until else None
    return entry.at <= at and (ended is None or at < ended)


def annotate_permit(
    session: Session, *, actor: Actor, zone: str, plot: str, permit: str, expires: date
) -> Annotation:  # fmt: skip
    """Put a permit on the sheet of its property; the same permit again is the same annotation."""
    actor.need(Role.REGISTRAR, Role.SYSTEM)
    sheet = sheet_of_plot(session, zone=zone, plot=plot)
    known = session.scalar(
        select(Annotation).where(
            Annotation.sheet_id == sheet.id, Annotation.kind == "permit", Annotation.detail == permit
        )
    )
    if known:
        return known
    entry = _enter(session, actor, sheet, "annotated", kind="permit", detail=permit, expires=expires.isoformat())
    annotation = Annotation(id=new_id(), sheet_id=sheet.id, kind="permit", detail=permit, from_entry=entry.id)
    session.add(annotation)
    session.flush()
    audit.record(
        session, AuditEvent.SHEET_ANNOTATED, actor=actor, subject=sheet.id, parcel=sheet.parcel, permit=permit,
        entry=entry.number,
    )  # fmt: skip
    return annotation


def issue_extract(
    session: Session, *, actor: Actor, office: str, zone: str, plot: str, as_of: date, language: str = "ar"
) -> ExtractFacts:  # fmt: skip
    """A numbered extract of the sheet of a plot as of the end of a day; its fingerprint is kept."""
    actor.need(*STAFF, Role.SYSTEM)
    sheet = sheet_of_plot(session, zone=zone, plot=plot)
    year = today().year
    number = f"{office}-{year}-X-{take_number(session, f'extract:{office}:{year}'):06d}"
    facts = extract_facts(session, sheet=sheet, number=number, as_of=as_of, language=language)
    session.add(
        Extract(id=new_id(), number=number, sheet_id=sheet.id, as_of=as_of.isoformat(), fingerprint=fingerprint(facts))
    )
    audit.record(
        session, AuditEvent.EXTRACT_ISSUED, actor=actor, subject=sheet.id, number=number,
        fingerprint=fingerprint(facts), as_of=as_of.isoformat(),
    )  # fmt: skip
    return facts


def current_sheet(session: Session, *, actor: Actor, zone: str, plot: str, language: str) -> ExtractFacts:
    """What the sheet of a plot's parcel holds today, without issuing an extract."""
    actor.need(*STAFF, Role.SYSTEM)
    sheet = sheet_of_plot(session, zone=zone, plot=plot)
    return extract_facts(session, sheet=sheet, number="", as_of=today(), language=language)


def extract_facts(session: Session, *, sheet: Sheet, number: str, as_of: date, language: str) -> ExtractFacts:
    """What the sheet held at the end of a day of Damascus; raises NotFound before it was opened."""
    at = datetime.combine(as_of + timedelta(days=1), time.min, DAMASCUS) - timedelta(microseconds=1)
    entries = [entry for entry in _journal(session, sheet) if entry.at <= at]
    if not entries:
        raise NotFound("sheet-not-yet-open", parcel=sheet.parcel)
    held = owners(session, sheet=sheet, at=at)
    return ExtractFacts(
        number=number, parcel=sheet.parcel, zone=sheet.zone_names[language], register=sheet.register,
        tenure=sheet.tenure, area=Decimal(sheet.area), as_of=as_of,
        owners=tuple(OwnerLine(getattr(o, f"name_{language}"), o.share, o.entry) for o in held),
        annotations=tuple(_annotations(session, sheet, at)),
        entries=tuple(EntryLine(e.number, _day(e), e.act) for e in entries), statuses=(sheet.status,),
    )  # fmt: skip


def _journal(session: Session, sheet: Sheet) -> list[JournalEntry]:
    query = select(JournalEntry).where(JournalEntry.sheet_id == sheet.id).order_by(JournalEntry.number)
    return list(session.scalars(query))


def _annotations(session: Session, sheet: Sheet, at: datetime) -> Iterable[AnnotationLine]:
    rows = session.execute(
        select(Annotation, JournalEntry)
        .join(JournalEntry, Annotation.from_entry == JournalEntry.id)
        .where(Annotation.sheet_id == sheet.id)
        .order_by(JournalEntry.number)
    )
    for annotation, entry in rows:
        if _holds(session, entry, annotation.until_entry, at):
            yield AnnotationLine(annotation.kind, annotation.detail, entry.number, _day(entry))


def _day(entry: JournalEntry) -> date:
    return local_day(entry.at)


def known_extract(session: Session, *, number: str, fingerprint: str) -> bool:
    """Whether an extract of this number was issued with exactly these facts."""
    return (
        session.scalar(select(Extract.id).where(Extract.number == number, Extract.fingerprint == fingerprint))
        is not None
    )
