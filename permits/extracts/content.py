"""What a sheet says on a day as known at a moment, and the part of it that a purpose may see."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits.documents.extract import AnnotationLine, ExtractFacts
from permits.extracts.purposes import Sees, Shown
from permits.register.journal import journal_of
from permits.register.sheets import extract_facts, owners
from permits.register.tables import JournalEntry, Party, PartyIdentity, Sheet, Source

SEEN_DIGITS = 3
"""Last digits of a masked number that stay."""


@dataclass(frozen=True)
class OwnerPart:
    """An owner as the paper shows him: "" and None for what is hidden."""

    name: str
    identity: str
    share: Fraction | None
    entry: int | None


@dataclass(frozen=True)
class JournalPart:
    """An entry of the journal: its number, the day it was entered, its act and the number of its document."""

    number: int
    on: date
    act: str
    document: str


@dataclass(frozen=True)
class HistoryPart:
    """How an entry changed one party's share, from its legal day on."""

    number: int
    on: date
    act: str
    name: str
    before: Fraction
    after: Fraction


@dataclass(frozen=True)
class Content:
    """A sheet, whole or redacted: `hidden` are the codes of what is withheld; area in square metres."""

    parcel: str
    zone: str
    register: str
    tenure: str
    area: Decimal | None
    owners: tuple[OwnerPart, ...]
    annotations: tuple[AnnotationLine, ...]
    journal: tuple[JournalPart, ...]
    history: tuple[HistoryPart, ...]
    statuses: tuple[str, ...]
    hidden: tuple[str, ...] = ()


def read_content(session: Session, *, sheet: Sheet, as_of: date, known: datetime, language: str) -> Content:
    """Everything the sheet said at the end of a legal day as known at a moment; NotFound before it was opened."""
    facts = extract_facts(session, sheet=sheet, number="", as_of=as_of, language=language, known=known)
    held = owners(session, sheet=sheet, on=as_of, known=known)
    entries = [
        entry for entry in journal_of(session, sheet.id) if entry.valid_on <= as_of.isoformat() and entry.at <= known
    ]
    identities = _identities(session, [owner.party for owner in held])
    return Content(
        parcel=facts.parcel, zone=facts.zone, register=facts.register, tenure=facts.tenure, area=facts.area,
        owners=tuple(
            OwnerPart(line.name, identities.get(owner.party, ""), line.share, line.entry)
            for line, owner in zip(facts.owners, held, strict=True)
        ),
        annotations=facts.annotations, journal=tuple(_journal(session, facts, entries)),
        history=tuple(_history(session, entries, language)), statuses=facts.statuses,
    )  # fmt: skip


def _identities(session: Session, parties: list[str]) -> Mapping[str, str]:
    rows = session.scalars(select(PartyIdentity).where(PartyIdentity.party_id.in_(parties)))
    return {row.party_id: row.number for row in rows}


def _journal(session: Session, facts: ExtractFacts, entries: Iterable[JournalEntry]) -> Iterable[JournalPart]:
    documents = {
        row.id: row.number
        for row in session.scalars(
            select(Source).where(Source.id.in_([entry.source_id for entry in entries if entry.source_id]))
        )
    }
    sources = {entry.number: entry.source_id for entry in entries}
    for line in facts.entries:
        yield JournalPart(line.number, line.on, line.act, documents.get(sources.get(line.number) or "", ""))


def _history(session: Session, entries: Iterable[JournalEntry], language: str) -> Iterable[HistoryPart]:
    changed = [entry for entry in entries if "after" in entry.data]
    parties = {party for entry in changed for party in entry.data["after"]}
    names = {
        row.id: str(getattr(row, f"name_{language}"))
        for row in session.scalars(select(Party).where(Party.id.in_(sorted(parties))))
    }
    for entry in changed:
        before = entry.data.get("before", {})
        for party, share in entry.data["after"].items():
            yield HistoryPart(
                entry.number, date.fromisoformat(entry.valid_on), entry.act, names.get(party, ""),
                Fraction(before.get(party, "0")), Fraction(share),
            )  # fmt: skip


def redact(whole: Content, seen: Sees) -> Content:
    """The part of a sheet that a purpose sees, with the codes of what it does not."""
    nothing = seen.names is Shown.HIDDEN and seen.shares is Shown.HIDDEN
    return Content(
        parcel=whole.parcel, zone=whole.zone, register=whole.register, tenure=whole.tenure, area=whole.area,
        owners=() if nothing else tuple(_owner(owner, seen) for owner in whole.owners),
        annotations=tuple(_signal(line, seen) for line in whole.annotations if seen.sees_signal(line.kind)),
        journal=whole.journal if seen.journal is Shown.SHOWN else (),
        history=whole.history if seen.history is Shown.SHOWN and seen.names is Shown.SHOWN else (),
        statuses=whole.statuses, hidden=seen.hidden,
    )  # fmt: skip


def _owner(owner: OwnerPart, seen: Sees) -> OwnerPart:
    named = seen.names is Shown.SHOWN
    shared = seen.shares is Shown.SHOWN
    identity = {Shown.SHOWN: owner.identity, Shown.MASKED: masked(owner.identity), Shown.HIDDEN: ""}[seen.identities]
    return OwnerPart(
        owner.name if named else "", identity if named else "", owner.share if shared else None,
        owner.entry if shared else None,
    )  # fmt: skip


def _signal(line: AnnotationLine, seen: Sees) -> AnnotationLine:
    return line if seen.details is Shown.SHOWN else AnnotationLine(line.kind, "", line.entry, line.on)


def masked(number: str) -> str:
    """A number of which only the last digits are seen."""
    return "•" * max(0, len(number) - SEEN_DIGITS) + number[-SEEN_DIGITS:]
