"""Reading and writing what a sheet holds in its two times: on a legal day, as known at a moment.

Writing is one difference between the sheet before an act and after it. A row that no longer holds is taken back by
the entry, and a copy that ends on the legal day takes its place, so that both the past and what was once believed of
it stay readable.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, inspect, or_, select
from sqlalchemy.orm import Session, aliased

from permits.db import new_id
from permits.errors import Conflict, NotFound
from permits.register.state import ACTIVE, SheetState, SheetStatus, Signal
from permits.register.tables import Annotation, JournalEntry, Sheet, SheetShare, SheetVersion

Row = TypeVar("Row", SheetVersion, SheetShare, Annotation)
KINDS = (SheetVersion, SheetShare, Annotation)


def holding(kind: type[Row], *, on: date | None = None, known: datetime | int | None = None) -> Select[Row]:
    """The rows that hold at the end of a legal day (now), as known at a moment or after an entry's number (now)."""
    query = select(kind)
    if on is None:
        query = query.where(kind.valid_to.is_(None))
    else:
        query = query.where(kind.valid_from <= on.isoformat(), _open_after(kind, on))
    if known is None:
        return query.where(kind.until_entry.is_(None))
    begun, ended = aliased(JournalEntry), aliased(JournalEntry)
    query = query.join(begun, kind.from_entry == begun.id).outerjoin(ended, kind.until_entry == ended.id)
    if isinstance(known, int):
        return query.where(begun.number <= known, or_(ended.id.is_(None), ended.number > known))
    return query.where(begun.at <= known, or_(ended.id.is_(None), ended.at > known))


def _open_after(kind: type[Any], on: date) -> ColumnElement[bool]:
    return or_(kind.valid_to.is_(None), kind.valid_to > on.isoformat())


def state_of(
    session: Session, sheet: Sheet, *, on: date | None = None, known: datetime | int | None = None
) -> SheetState:  # fmt: skip
    """The sheet on a day as known at a moment; NotFound before it was opened."""
    version = session.scalar(holding(SheetVersion, on=on, known=known).where(SheetVersion.sheet_id == sheet.id))
    if version is None:
        raise NotFound("sheet-not-yet-open", parcel=sheet.parcel)
    shares = _of_sheet(session, SheetShare, sheet, on, known)
    signals = _of_sheet(session, Annotation, sheet, on, known)
    return SheetState(
        tenure=version.tenure, area=Decimal(version.area), status=SheetStatus(version.state),
        description=version.description, land_shares=version.land_shares, common=tuple(version.common),
        holdings={row.party_id: row.fraction for row in shares}, signals=tuple(signal_of(row) for row in signals),
    )  # fmt: skip


def _of_sheet(
    session: Session, kind: type[Row], sheet: Sheet, on: date | None, known: datetime | int | None
) -> Sequence[Row]:
    query = holding(kind, on=on, known=known).where(kind.sheet_id == sheet.id).order_by(kind.id)
    return session.scalars(query).all()


def signal_of(row: Annotation) -> Signal:
    """A row as a value."""
    return Signal(
        id=row.signal_id, kind=row.kind, detail=row.detail, party=row.party_id, beneficiary=row.beneficiary,
        piastres=row.piastres, epoch=row.epoch, rank=row.rank, expires=row.expires,
    )  # fmt: skip


def last_day(session: Session, sheet: Sheet) -> str:
    """The legal day (ISO) of the newest act that stands on a sheet, "" for a new one."""
    days = [""]
    for kind in KINDS:
        rows = session.execute(
            select(kind.valid_from, kind.valid_to).where(kind.sheet_id == sheet.id, kind.until_entry.is_(None))
        )
        days += [day for row in rows for day in row if day is not None]
    return max(days)


def open_version(session: Session, sheet: Sheet, state: SheetState, entry: JournalEntry) -> None:
    """The first rows of a new sheet."""
    session.add(_version(sheet, state, entry))
    session.add_all(_share(sheet, party, share, entry) for party, share in state.holdings.items())
    session.add_all(annotation(signal, entry, sheet=sheet.id) for signal in state.signals)
    session.flush()


def save(session: Session, sheet: Sheet, before: SheetState, after: SheetState, entry: JournalEntry) -> None:
    """Write what an act changed; a share that grew rests on the entry, one that shrank on what it rested on."""
    if _described(before) != _described(after):
        _supersede(session, _of_sheet(session, SheetVersion, sheet, None, None), entry)
        session.add(_version(sheet, after, entry))
    _save_shares(session, sheet, before, after, entry)
    _save_signals(session, sheet, before, after, entry)
    sheet.active = after.status in ACTIVE
    session.flush()


def _described(state: SheetState) -> tuple[object, ...]:
    return state.tenure, state.area, state.status, state.description, state.land_shares, state.common


def _save_shares(
    session: Session, sheet: Sheet, before: SheetState, after: SheetState, entry: JournalEntry
) -> None:  # fmt: skip
    changed = {
        party for party in {*before.holdings, *after.holdings} if before.share_of(party) != after.share_of(party)
    }
    if not changed:
        return
    rows = {row.party_id: row for row in _of_sheet(session, SheetShare, sheet, None, None) if row.party_id in changed}
    _supersede(session, rows.values(), entry)
    for party, share in after.holdings.items():
        if party in changed:
            shrunk = share < before.share_of(party)
            session.add(_share(sheet, party, share, entry, rows[party].basis_entry if shrunk else entry.id))


def _save_signals(
    session: Session, sheet: Sheet, before: SheetState, after: SheetState, entry: JournalEntry
) -> None:  # fmt: skip
    gone = {signal.id for signal in before.signals} - {signal.id for signal in after.signals}
    if gone:
        rows = _of_sheet(session, Annotation, sheet, None, None)
        _supersede(session, [row for row in rows if row.signal_id in gone], entry)
    known = {signal.id for signal in before.signals}
    session.add_all(
        annotation(signal, entry, sheet=sheet.id) for signal in after.signals if signal.id not in known
    )  # fmt: skip


def _version(sheet: Sheet, state: SheetState, entry: JournalEntry) -> SheetVersion:
    return SheetVersion(
        sheet_id=sheet.id, tenure=state.tenure, area=f"{state.area:f}", state=str(state.status),
        description=state.description, land_shares=state.land_shares, common=list(state.common),
        valid_from=entry.valid_on, from_entry=entry.id, origin_entry=entry.id,
    )  # fmt: skip


def _share(
    sheet: Sheet, party: str, share: Fraction, entry: JournalEntry, basis: str | None = None
) -> SheetShare:  # fmt: skip
    return SheetShare(
        sheet_id=sheet.id, party_id=party, numerator=str(share.numerator), denominator=str(share.denominator),
        valid_from=entry.valid_on, from_entry=entry.id, origin_entry=entry.id, basis_entry=basis or entry.id,
    )  # fmt: skip


def annotation(signal: Signal, entry: JournalEntry, *, sheet: str | None) -> Annotation:
    """The row of a signal that an entry places."""
    return Annotation(
        signal_id=signal.id, sheet_id=sheet, party_id=signal.party, kind=signal.kind, detail=signal.detail,
        beneficiary=signal.beneficiary, piastres=signal.piastres, epoch=signal.epoch, rank=signal.rank,
        expires=signal.expires, valid_from=entry.valid_on, from_entry=entry.id, origin_entry=entry.id,
        basis_entry=entry.id,
    )  # fmt: skip


def supersede(session: Session, rows: Iterable[Annotation], entry: JournalEntry) -> None:
    """End signals on persons, as those of sheets end."""
    _supersede(session, rows, entry)


def _supersede(session: Session, rows: Iterable[Any], entry: JournalEntry) -> None:
    """Take rows back, and keep that they held until the legal day of the entry."""
    for row in rows:
        row.until_entry = entry.id
        if row.valid_from < entry.valid_on:
            session.add(_copy(row, valid_to=entry.valid_on, from_entry=entry.id, origin_entry=entry.id))


def _copy(row: Any, **changes: Any) -> Any:
    kind = type(row)
    kept = {column.key: getattr(row, column.key) for column in inspect(kind).column_attrs}
    return kind(**{**kept, "id": new_id(), "until_entry": None, **changes})


def undo(session: Session, undone: JournalEntry, entry: JournalEntry) -> list[str]:
    """Take back what an entry wrote and restore what it took back; the ids of the sheets concerned.

    Raises Conflict where a later entry stands upon it.
    """
    touched: set[str] = set()
    for kind in KINDS:
        wrote: Sequence[Any] = session.scalars(select(kind).where(kind.from_entry == undone.id)).all()
        stands: Sequence[Any] = session.scalars(
            select(kind).where(kind.origin_entry == undone.id, kind.until_entry.is_(None))
        ).all()
        if len(wrote) != len(stands):
            raise Conflict("entry-built-upon", number=undone.number)
        restored: Sequence[Any] = session.scalars(select(kind).where(kind.until_entry == undone.id)).all()
        for row in stands:
            row.until_entry = entry.id
        session.add_all(_copy(row, from_entry=entry.id) for row in restored)
        touched |= {row.sheet_id for row in [*stands, *restored] if row.sheet_id is not None}
    session.flush()
    return sorted(touched)


def touched_by(session: Session, entry: JournalEntry) -> list[str]:
    """The sheets on which an entry wrote or ended something."""
    found: set[str | None] = set()
    for kind in KINDS:
        rows = select(kind.sheet_id).where(or_(kind.from_entry == entry.id, kind.until_entry == entry.id))
        found |= set(session.scalars(rows))
    return sorted(sheet_id for sheet_id in found if sheet_id is not None)


def built_upon(session: Session, undone: JournalEntry) -> bool:
    """Whether a later act stands on one of the sheets that an entry wrote on."""
    touched = {
        sheet for kind in KINDS for sheet in session.scalars(select(kind.sheet_id).where(kind.from_entry == undone.id))
    }
    return any(
        session.scalar(
            select(kind.id)
            .join(JournalEntry, kind.origin_entry == JournalEntry.id)
            .where(kind.sheet_id.in_(touched), JournalEntry.number > undone.number, kind.until_entry.is_(None))
            .limit(1)
        )
        for kind in KINDS
    )
