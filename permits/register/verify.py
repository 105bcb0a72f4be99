"""The whole register checked anew: each sheet one whole on every legal day, the journal in order, one sheet each.

It trusts no use case: everything is read from the tables, sheet by sheet, so that memory does not grow with them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from permits.register.shares import WHOLE
from permits.register.state import ACTIVE
from permits.register.tables import JournalEntry, Lineage, PartyMember, Sheet, SheetShare, SheetVersion
from permits.register.versions import holding

_BATCH = 1000


@dataclass(frozen=True)
class Inconsistency:
    """Something that must not be: a code, the number of the sheet or entry, and the value found."""

    code: str
    subject: str
    value: str = ""


@dataclass(frozen=True)
class Verified:
    """What was read, and everything that is wrong with it."""

    sheets: int
    entries: int
    faults: tuple[Inconsistency, ...]


def verify(session: Session) -> Verified:
    """Read the whole register."""
    sheets = session.scalar(select(func.count()).select_from(Sheet)) or 0
    entries = session.scalar(select(func.count()).select_from(JournalEntry)) or 0
    faults = [*_wholes(session), *_versions(session), *_journal(session), *_land_shares(session), *_groups(session)]
    return Verified(sheets, entries, tuple(faults))


def _wholes(session: Session) -> Iterator[Inconsistency]:
    """On every legal day on which something changes, the shares known now are one whole."""
    query = (
        select(SheetShare, Sheet.parcel)
        .join(Sheet, SheetShare.sheet_id == Sheet.id)
        .where(SheetShare.until_entry.is_(None))
        .order_by(SheetShare.sheet_id)
        .execution_options(yield_per=_BATCH)
    )
    for (_, parcel), found in groupby(session.execute(query), key=lambda row: (row[0].sheet_id, row[1])):
        yield from _whole_on_every_day([row[0] for row in found], parcel)


def _whole_on_every_day(rows: list[SheetShare], parcel: str) -> Iterator[Inconsistency]:
    if any(row.fraction <= 0 for row in rows):
        yield Inconsistency("share-not-positive", parcel)
    changes: dict[str, Fraction] = {}
    for row in rows:
        changes[row.valid_from] = changes.get(row.valid_from, Fraction(0)) + row.fraction
        if row.valid_to is not None:
            changes[row.valid_to] = changes.get(row.valid_to, Fraction(0)) - row.fraction
    total = Fraction(0)
    for day in sorted(changes):
        total += changes[day]
        if total != 1:
            yield Inconsistency("sheet-not-whole", parcel, f"{day}: {total}")


def _versions(session: Session) -> Iterator[Inconsistency]:
    """Every sheet that speaks for its property has one version in force, owners, and the state that says so."""
    shared = set(session.scalars(holding(SheetShare).with_only_columns(SheetShare.sheet_id).distinct()))
    query = select(Sheet, SheetVersion).outerjoin(
        SheetVersion,
        (SheetVersion.sheet_id == Sheet.id) & SheetVersion.until_entry.is_(None) & SheetVersion.valid_to.is_(None),
    )
    seen: set[str] = set()
    for sheet, version in session.execute(query.execution_options(yield_per=_BATCH)):
        if sheet.id in seen:
            yield Inconsistency("sheet-two-versions", sheet.parcel)
        seen.add(sheet.id)
        if sheet.active is not (version is not None and version.state in ACTIVE):
            yield Inconsistency("sheet-state", sheet.parcel, version.state if version else "")
        if sheet.active and sheet.id not in shared:
            yield Inconsistency("sheet-without-owner", sheet.parcel)


def _journal(session: Session) -> Iterator[Inconsistency]:
    """Numbers from one without a gap, and no entry earlier than the one before it."""
    query = select(JournalEntry.number, JournalEntry.at).order_by(JournalEntry.number)
    expected, last = 1, None
    for number, at in session.execute(query.execution_options(yield_per=_BATCH)):
        if number != expected:
            yield Inconsistency("journal-gap", str(expected), str(number))
        if last is not None and at < last:
            yield Inconsistency("journal-order", str(number))
        expected, last = number + 1, at


def _land_shares(session: Session) -> Iterator[Inconsistency]:
    """The sections of every divided building hold 2400 shares of its land, those in force."""
    query = (
        select(Lineage.parent_id, Sheet.parcel, func.sum(SheetVersion.land_shares))
        .join(SheetVersion, SheetVersion.sheet_id == Lineage.child_id)
        .join(Sheet, Sheet.id == Lineage.parent_id)
        .where(
            SheetVersion.until_entry.is_(None), SheetVersion.valid_to.is_(None), SheetVersion.land_shares.is_not(None),
            Sheet.section == "",
        )
        .group_by(Lineage.parent_id, Sheet.parcel)
    )  # fmt: skip
    for _, parcel, total in session.execute(query):
        if total != WHOLE:
            yield Inconsistency("land-shares-not-whole", parcel, str(total))


def _groups(session: Session) -> Iterator[Inconsistency]:
    """The parts of a group, where it has them, are one whole."""
    query = select(PartyMember).where(PartyMember.numerator.is_not(None)).order_by(PartyMember.group_id)
    for group, members in groupby(session.scalars(query), key=lambda row: row.group_id):
        parts = [Fraction(int(row.numerator or 0), int(row.denominator or 1)) for row in members]
        if sum(parts) != 1:
            yield Inconsistency("group-not-whole", group, str(sum(parts)))
