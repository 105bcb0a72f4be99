"""Tables of the property register: sheets, parties, shares, the journal and annotations.

The journal is append-only (the migration calls `permits.immutable.forbid_changes` for each name in
IMMUTABLE); a share or annotation ends by the entry that ends it and is never removed.
"""

from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from permits.db import Base, Id, new_id, utcnow

IMMUTABLE = ("journal_entries",)


class Sheet(Base):
    """The sheet of one parcel (صحيفة عقارية); `register` is temporary or permanent, `area` as text in m2."""

    __tablename__ = "sheets"
    __table_args__ = (UniqueConstraint("cadastral_zone", "parcel"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    parcel: Mapped[str] = mapped_column(String(40), index=True)
    cadastral_zone: Mapped[str] = mapped_column(String(120))
    zone_names: Mapped[dict[str, Any]]
    register: Mapped[str] = mapped_column(String(20))
    tenure: Mapped[str] = mapped_column(String(40))
    area: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20))


class Party(Base):
    """An owner by name; the layers give no other identity, so each sheet has its own parties."""

    __tablename__ = "parties"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    name_ar: Mapped[str]
    name_en: Mapped[str]


class JournalEntry(Base):
    """One numbered act on a sheet (دفتر اليومية)."""

    __tablename__ = "journal_entries"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    number: Mapped[int] = mapped_column(BigInteger, unique=True)
    sheet_id: Mapped[str] = mapped_column(Id, ForeignKey("sheets.id"), index=True)
    act: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(default=utcnow)
    data: Mapped[dict[str, Any]]


class SheetShare(Base):
    """A party's exact share of a sheet from one entry until another; both terms as text, of any size."""

    __tablename__ = "sheet_shares"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    sheet_id: Mapped[str] = mapped_column(Id, ForeignKey("sheets.id"), index=True)
    party_id: Mapped[str] = mapped_column(Id, ForeignKey("parties.id"))
    numerator: Mapped[str]
    denominator: Mapped[str]
    from_entry: Mapped[str] = mapped_column(Id, ForeignKey("journal_entries.id"))
    until_entry: Mapped[str | None] = mapped_column(Id, ForeignKey("journal_entries.id"))

    @property
    def fraction(self) -> Fraction:
        """The exact share."""
        return Fraction(int(self.numerator), int(self.denominator))


class Annotation(Base):
    """An annotation (إشارة) on a sheet: `kind` is a code of the catalogue, `detail` names what it is about."""

    __tablename__ = "annotations"
    __table_args__ = (UniqueConstraint("sheet_id", "kind", "detail"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    sheet_id: Mapped[str] = mapped_column(Id, ForeignKey("sheets.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    detail: Mapped[str] = mapped_column(String(200))
    from_entry: Mapped[str] = mapped_column(Id, ForeignKey("journal_entries.id"))
    until_entry: Mapped[str | None] = mapped_column(Id, ForeignKey("journal_entries.id"))


class Extract(Base):
    """An issued extract: its number and the fingerprint of its facts, by which a copy is checked."""

    __tablename__ = "extracts"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    sheet_id: Mapped[str] = mapped_column(Id, ForeignKey("sheets.id"), index=True)
    as_of: Mapped[str] = mapped_column(String(10))
    fingerprint: Mapped[str] = mapped_column(String(64))
    issued_at: Mapped[datetime] = mapped_column(default=utcnow)
