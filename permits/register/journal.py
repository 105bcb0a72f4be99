"""The journal (دفتر اليومية): entries strictly in order, each with its legal day and its source, none ever edited."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from permits.calendar import DAMASCUS, today
from permits.db import new_id, utcnow
from permits.errors import Invalid
from permits.numbering import take_number
from permits.people.actor import Actor
from permits.register.acts import Act
from permits.register.tables import JournalEntry, Lineage, Sheet, Source


@dataclass(frozen=True)
class Document:
    """What an act rests on: kind (contract, deed-of-inheritance, court-judgment, decree, …), number, day, scan."""

    kind: str
    number: str
    day: date
    issuer: str = ""
    sha256: str | None = None


def enter(
    session: Session, *, actor: Actor, act: Act, on: date, sheet: Sheet | None = None, party: str | None = None,
    document: Document | None = None, reverses: str | None = None,
    data: Mapping[str, Any] | None = None,
) -> JournalEntry:  # fmt: skip
    """The next entry; its moment is never before that of the entry before it. Raises Invalid for a day to come."""
    if on > today() or (document is not None and document.day > on):
        raise Invalid("day-to-come", on=on.isoformat())
    source = _keep(session, document)
    number = take_number(session, "journal")
    before = session.scalar(select(JournalEntry.at).where(JournalEntry.number == number - 1))
    now = utcnow()
    entry = JournalEntry(
        id=new_id(), number=number, sheet_id=sheet.id if sheet else None, party_id=party, act=str(act),
        valid_on=on.isoformat(), source_id=source, reverses=reverses, actor_id=actor.id,
        at=now if before is None else max(now, before), data=dict(data or {}),
    )  # fmt: skip
    session.add(entry)
    session.flush()
    return entry


def _keep(session: Session, document: Document | None) -> str | None:
    if document is None:
        return None
    if not document.number.strip():
        raise Invalid("document-number-needed")
    source = Source(
        id=new_id(), kind=document.kind, number=document.number.strip(), day=document.day.isoformat(),
        issuer=document.issuer, sha256=document.sha256,
    )  # fmt: skip
    session.add(source)
    session.flush()
    return source.id


def entries_of_day(session: Session, *, day: date) -> list[tuple[JournalEntry, Sheet | None]]:
    """What was entered on a day of Damascus, with the sheet that each entry is on, in order."""
    begin = datetime.combine(day, time(), DAMASCUS)
    query = (
        select(JournalEntry, Sheet)
        .outerjoin(Sheet, JournalEntry.sheet_id == Sheet.id)
        .where(JournalEntry.at >= begin, JournalEntry.at < begin + timedelta(days=1))
        .order_by(JournalEntry.number)
    )
    return [(entry, sheet) for entry, sheet in session.execute(query)]


def journal_of(session: Session, sheet_id: str) -> list[JournalEntry]:
    """Every entry that concerns a sheet, in order: also those that made it of another, or another of it."""
    bound = exists().where(
        Lineage.entry_id == JournalEntry.id, or_(Lineage.parent_id == sheet_id, Lineage.child_id == sheet_id)
    )
    query = select(JournalEntry).where(or_(JournalEntry.sheet_id == sheet_id, bound)).order_by(JournalEntry.number)
    return list(session.scalars(query))
